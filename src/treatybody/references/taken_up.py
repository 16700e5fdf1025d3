"""Computed links from the statements of a record to the questions and answers of the same cycle.

A summary record prints no references. What a statement shares with a question or an answer of the
cycle (names, instruments, numbers, rare words) is shown as the reason, never as a printed link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from treatybody.model import Document, Link, Paragraph
from treatybody.references.shared import Features, Scale, Shared, features

_LISTS = ("list_of_issues", "list_of_issues_prior_to_reporting")
_ANSWERS = ("replies_to_list_of_issues", "state_report")
# What two paragraphs must share to be linked: this weight, and this part of the best one's.
_LEAST, _NEAR, _MOST = 18.0, 0.6, 3


def links(
    documents: Mapping[str, Document],
    paragraphs: Sequence[Paragraph],
    resolved: Sequence[Link],
) -> list[Link]:
    """Compute ``takes_up`` for all summary records of a corpus.

    Arguments:
        documents: by key.
        paragraphs: of all documents.
        resolved: the resolved links: they tell which paragraphs answer questions.
    """
    by_document: dict[str, list[Paragraph]] = {}
    for one in paragraphs:
        by_document.setdefault(one.document, []).append(one)
    answers = {one.source for one in resolved if one.kind == "replies_to"}
    found: list[Link] = []
    cycles: dict[tuple[str | None, str | None, str | None], list[Document]] = {}
    for document in documents.values():
        cycles.setdefault(_cycle(document), []).append(document)
    for document in documents.values():
        if document.type == "summary_record":
            kin = cycles[_cycle(document)] if document.state else []
            candidates = _candidates(kin, by_document, answers)
            found.extend(_of_record(by_document.get(document.document, []), candidates))
    return found


def _cycle(one: Document) -> tuple[str | None, str | None, str | None]:
    return one.committee, one.state, one.cycle


def _candidates(
    kin: Sequence[Document], by_document: Mapping[str, list[Paragraph]], answers: set[str]
) -> list[Paragraph]:
    """The questions and answers of the cycle that a record belongs to."""
    papers = {one.document: one.type for one in kin if one.type in _LISTS + _ANSWERS}
    return [
        one
        for key in sorted(papers)
        for one in by_document.get(key, [])
        if one.kind == "paragraph" and one.number and (papers[key] in _LISTS or one.id in answers)
    ]


def _of_record(record: Sequence[Paragraph], candidates: Sequence[Paragraph]) -> Iterator[Link]:
    statements = [one for one in record if one.kind == "paragraph" and one.speaker]
    if not statements or not candidates:
        return
    read = {one.id: features(one.text) for one in (*statements, *candidates)}
    scale = Scale(read.values())
    for statement in statements:
        yield from _of_statement(statement, candidates, read, scale)


def _of_statement(
    statement: Paragraph,
    candidates: Sequence[Paragraph],
    read: Mapping[str, Features],
    scale: Scale,
) -> Iterator[Link]:
    own = read[statement.id]
    compared = [(scale.compare(own, read[one.id]), one.id) for one in candidates]
    compared.sort(key=lambda pair: (-pair[0].weight, pair[1]))
    best = compared[0][0].weight
    for shared, target in compared[:_MOST]:
        if shared.weight >= max(_LEAST, _NEAR * best) and _names(own, shared) >= 2:
            yield _link(statement, target, own, shared)


def _names(own: Features, shared: Shared) -> int:
    """How many separate names, numbers or turns of speech are shared; one long name is one.

    "Ministry of Labour", "Labour and Employment", "Employment Promotion" are one body's name.
    """
    spans = sorted(own.spans[one] for one in shared.what if Shared(0, [one]).strong)
    ends = [-_APART - 1, *accumulate((end for _, end in spans), max)]
    return sum(start > before + _APART for (start, _), before in zip(spans, ends, strict=False))


# Features nearer to each other than so many characters are parts of one name.
_APART = 3


def _link(statement: Paragraph, target: str, own: Features, shared: Shared) -> Link:
    start, end = own.spans[shared.what[0]]
    words = [_written(statement.text, own, feature) for feature in shared.what[:8]]
    return Link(
        source=statement.id,
        target=target,
        kind="takes_up",
        evidence=statement.text[start:end],
        start=start,
        end=end,
        where="text",
        explicit=False,
        status="resolved",
        note=f"computed; shared: {', '.join(words)}",
    )


def _written(text: str, own: Features, feature: str) -> str:
    start, end = own.spans[feature]
    return " ".join(text[start:end].split())
