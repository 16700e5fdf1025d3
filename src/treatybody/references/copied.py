"""Copied passages: runs of words that two documents share, found in near-linear time.

The words of a paragraph are read without the titles of treaties and the names of bodies, which
every paper repeats. Runs of thirteen words are compared by their hashes, sorted once; where a run
has stood in an earlier document, it is grown to the whole passage that is shared.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from treatybody import tables
from treatybody.model import Document, Link, Paragraph
from treatybody.references import things, treaties
from treatybody.references.places import source_of

LENGTH = 13
_BASE, _MIX = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
_TREATY = re.compile("Convention|Covenant|Protocol|Statute|Charter|Treaty|Declaration|No\\.")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
# A run that stands in more documents than this is a formula of the house, not a copy.
_FORMULA = 12
# A passage all of whose runs of so many words are such formulas is put together from them.
_SHORT = 5


@dataclass(frozen=True)
class Passage:
    """A shared run of words: where it stands in both paragraphs, and how many words it has."""

    source: str
    start: int
    end: int
    target: str
    target_start: int
    target_end: int
    words: int


@dataclass(frozen=True)
class _Words:
    """The words of a paragraph, names set aside; ``begin`` counts all words before it.

    ``text`` is the paragraph's with blanks for the names, so that offsets stay.
    """

    paragraph: Paragraph
    text: str
    words: list[str]
    begin: int

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the words stand; only asked of paragraphs that share a passage."""
        return [word.span() for word in _WORD.finditer(self.text)]


def find(documents: Mapping[str, Document], paragraphs: Iterable[Paragraph]) -> list[Passage]:
    """All passages that stand in an earlier document of the corpus too.

    Arguments:
        documents: by key; their dates decide which is the earlier one.
        paragraphs: of all documents, in any order.

    A passage is reported once, from the later document to the earliest.
    """
    ordered = sorted(paragraphs, key=lambda one: _order(documents, one))
    read = list(_read([one for one in ordered if one.kind in {"paragraph", "annex"}]))
    if not read:
        return []
    row = _run(read)
    first = _first_places(row)
    begins = [one.begin for one in read]
    stock = _stock(row)
    return [passage for one in read for passage in _in_paragraph(read, begins, one, first, stock)]


def links(documents: Mapping[str, Document], paragraphs: Sequence[Paragraph]) -> list[Link]:
    """The passages as computed links of kind ``repeats``."""
    texts = {one.id: one for one in paragraphs}
    return [_link(texts, one) for one in find(documents, paragraphs)]


def _link(texts: Mapping[str, Paragraph], one: Passage) -> Link:
    source, target = texts[one.source], texts[one.target]
    return Link(
        source=source_of(source, one.start),
        target=source_of(target, one.target_start),
        kind="repeats",
        evidence=source.text[one.start : one.end],
        start=one.start,
        end=one.end,
        where="text",
        explicit=False,
        status="resolved",
        note=f"{one.words} words in common",
    )


def _order(documents: Mapping[str, Document], one: Paragraph) -> tuple[str, str, int]:
    document = documents.get(one.document)
    return (document.date if document and document.date else "9999"), one.document, one.position


# --- words and runs --------------------------------------------------------------------------


def _read(paragraphs: Iterable[Paragraph]) -> Iterator[_Words]:
    begin = 0
    for one in paragraphs:
        text = _blanked(one.text)
        words = [_folded(word) for word in _WORD.findall(text)]
        if len(words) >= LENGTH:
            yield _Words(one, text, words, begin)
            begin += len(words)


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def _blanked(text: str) -> str:
    """The text with blanks for what is set aside."""
    for start, end in _aside(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _aside(text: str) -> list[tuple[int, int]]:
    """The spans of treaty titles and of the names of bodies."""
    named = [found.span() for found in _bodies().finditer(text)] if "ommitt" in text else []
    if _TREATY.search(text):
        named += [(start, end) for start, end, _ in treaties.find(text)]
        named += [(one.start, one.end) for one in things.find(text, None)]
    return named


@cache
def _bodies() -> re.Pattern[str]:
    names = [
        name
        for row in tables.load("committees")
        for name in (row["name"], *row["forms"], *row["names"].values())
    ]
    joined = "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len)[::-1]
    )
    return re.compile(rf"(?<!\w)(?:{joined})", re.IGNORECASE)


def _first_places(row: _Run) -> dict[int, int]:
    """For each run that stood in an earlier document: where it is, and where it stood first.

    All runs are hashed at once and sorted; equal hashes stand together, the earliest first.
    """
    import numpy as np

    document, whole = row.document, row.left >= LENGTH
    order, group, spread = _spread(_hashes(row, LENGTH), document)
    heads = np.searchsorted(group, np.arange(group[-1] + 1))
    earliest = order[heads[group]]
    fits = (spread[group] > 1) & (spread[group] <= _FORMULA) & whole[order] & whole[earliest]
    fits &= document[order] != document[earliest]
    return dict(zip(order[fits].tolist(), earliest[fits].tolist(), strict=True))


def _spread(keys: Any, document: Any) -> tuple[Any, Any, Any]:
    """The order by hash, the group of equal hashes there, in how many papers each stands."""
    import numpy as np

    order = np.argsort(keys, kind="stable")
    same = keys[order][1:] == keys[order][:-1]
    group = np.concatenate(([0], np.cumsum(~same)))
    # Texts stand document by document, and the sort is stable: within a group documents ascend.
    papers = document[order]
    another = np.concatenate(([True], ~same | (papers[1:] != papers[:-1])))
    return order, group, np.bincount(group[another], minlength=group[-1] + 1)


def _stock(row: _Run) -> Any:
    """At each word: whether the short run that begins there is stock phrase of many papers."""
    import numpy as np

    order, group, spread = _spread(_hashes(row, _SHORT), row.document)
    stock = np.empty(len(order), dtype=bool)
    stock[order] = spread[group] > _FORMULA
    return stock


@dataclass(frozen=True)
class _Run:
    """All words in a row, as numbers; the document of each; how many words its text still has."""

    words: Any
    document: Any
    left: Any


def _run(read: Sequence[_Words]) -> _Run:
    import numpy as np

    numbers: dict[str, int] = {}
    keys_of: dict[str, int] = {}
    words = np.fromiter(
        (numbers.setdefault(word, len(numbers) + 1) for one in read for word in one.words),
        dtype=np.uint64,
    )
    lengths = [len(one.words) for one in read]
    papers = [keys_of.setdefault(one.paragraph.document, len(keys_of)) for one in read]
    left = np.concatenate([np.arange(length, 0, -1) for length in lengths])
    return _Run(words, np.repeat(np.array(papers), lengths), left)


def _hashes(row: _Run, length: int) -> Any:
    """The hash of the run of so many words that begins at each word."""
    import numpy as np

    padded = np.concatenate((row.words * np.uint64(_MIX), np.zeros(length, dtype=np.uint64)))
    keys = np.zeros(len(row.words), dtype=np.uint64)
    for at in range(length):
        keys = keys * np.uint64(_BASE) + padded[at : at + len(row.words)]
        keys ^= keys >> np.uint64(29)
    return keys


# --- passages --------------------------------------------------------------------------------


def _in_paragraph(
    read: Sequence[_Words],
    begins: Sequence[int],
    one: _Words,
    first: Mapping[int, int],
    stock: Any,
) -> Iterator[Passage]:
    at = 0
    while at <= len(one.words) - LENGTH:
        place = first.get(one.begin + at)
        if place is None:
            at += 1
            continue
        other = read[bisect_right(begins, place) - 1]
        length = _grown(one, at, other, place - other.begin)
        runs = stock[one.begin + at : one.begin + at + length - _SHORT + 1]
        if length >= LENGTH and not runs.all():
            yield _passage(one, at, other, place - other.begin, length)
        at += max(length, 1)


def _grown(one: _Words, at: int, other: _Words, begin: int) -> int:
    """How many words two places share from here on; 0 when only their hashes agreed."""
    length = 0
    limit = min(len(one.words) - at, len(other.words) - begin)
    while length < limit and one.words[at + length] == other.words[begin + length]:
        length += 1
    return length


def _passage(one: _Words, at: int, other: _Words, begin: int, length: int) -> Passage:
    return Passage(
        source=one.paragraph.id,
        start=one.spans[at][0],
        end=one.spans[at + length - 1][1],
        target=other.paragraph.id,
        target_start=other.spans[begin][0],
        target_end=other.spans[begin + length - 1][1],
        words=length,
    )
