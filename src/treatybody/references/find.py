"""Finding: the typed references of one document, with exact offsets; it never guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from treatybody import symbols
from treatybody.model import Document, Footnote, Paragraph
from treatybody.references import (
    aliases,
    articles,
    concerns,
    corrigenda,
    headings,
    ibid,
    instruments,
    paragraphs,
    places,
    questions,
    reissues,
    requests,
    settle,
    things,
    treaties,
)
from treatybody.references.model import Reference
from treatybody.references.owners import Named
from treatybody.references.places import Place
from treatybody.symbols import Symbol


def find(document: Document, paragraphs: Sequence[Paragraph]) -> list[Reference]:
    """Find what a document points at, from the document alone.

    Arguments:
        document: its facts (type, committee and State decide what words can mean).
        paragraphs: its paragraphs by position.

    Returns the references in the order of the text, each with its evidence.
    """
    all_places = places.of(paragraphs)
    asked = headings.asked(document, paragraphs)
    replies = _openings(all_places, document, asked)
    found = replies + list(concerns.find(document, paragraphs))
    answered = _spans(replies)
    last_note: list[Reference] = []
    last_text: list[Reference] = []
    for place in all_places:
        here = _in_place(place, document)
        if place.note is None:
            here += ibid.alone(place, here, last_text)
            here, last_text = ibid.in_text(here, last_text)
        else:
            here = ibid.in_note(place, here, last_note)
            last_note = here or ibid.after_note(place, last_note)
        found.extend(one for one in here if not _inside(one, answered))
    found = settle.settle(found, all_places, document)
    found += aliases.find(all_places, found)
    order = {one.id: at for at, one in enumerate(paragraphs)}
    notes = {f"note:{note.mark}": at for at, note in enumerate(_notes(paragraphs))}
    return sorted((one for one in found if one.sources), key=lambda one: _key(one, order, notes))


def _openings(
    all_places: Sequence[Place], document: Document, asked: headings.Asked
) -> list[Reference]:
    """What paragraphs and headings say of themselves: which question, or which correction."""
    if reissues.corrected(document.symbol):
        return list(corrigenda.find(all_places))
    return headings.find(all_places, document, asked)


def _notes(paragraphs: Sequence[Paragraph]) -> Iterator[Footnote]:
    for one in paragraphs:
        yield from one.footnotes


def _key(
    one: Reference, order: dict[str, int], notes: dict[str, int]
) -> tuple[int, int, int, int, str, str]:
    """The order of the text: headings, then text, then notes in their order."""
    source = one.sources[0]
    while source not in order and "(" in source:
        source = source.rpartition("(")[0]
    rank = {"section": -2, "text": -1}.get(one.where, notes.get(one.where, 0))
    return order.get(source, 0), rank, one.start, one.end, one.kind, _target(one)


def _target(one: Reference) -> str:
    """What is meant as one word, numbers filled up so that 9 comes before 10."""
    joined = " ".join(filter(None, (one.document, one.point, one.thing)))
    return re.sub(r"\d+", lambda digits: digits[0].zfill(6), joined)


# --- one place -------------------------------------------------------------------------------


def _in_place(place: Place, document: Document) -> list[Reference]:
    """Everything that one text points at."""
    printed = _symbols(place, document)
    named_things = things.find(place.text, document.committee)
    in_articles, taken = articles.find(place, document.committee, document.type)
    if place.where == "section" and document.type == "summary_record":
        return []  # an agenda item's title says nothing of what is said under it
    named = sorted(
        [Named(s, e, symbol.text) for s, e, symbol in printed]
        + [Named(t.start, t.end, None, t.target) for t in named_things],
        key=lambda one: one.start,
    )
    pointed = paragraphs.find(place, named, taken, document.type, document.committee)
    if document.type == "concluding_observations":
        pointed = requests.mark(place, pointed)
    if document.type == "follow_up_letter":
        pointed = requests.assess(place, pointed)
    said = [(one.start, one.end) for one in pointed]
    return [
        *pointed,
        *in_articles,
        *(one for one in _documents(place, printed, document) if not _within(one, said)),
        *(one for one in _things(place, named_things) if not _within(one, said)),
        *_treaties(place, taken, document),
        *_instruments(place, document),
        *questions.find(place, document),
    ]


def _within(one: Reference, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a paragraph reference already says it: "A/66/48, para. 26"."""
    return any(start <= one.start and one.end <= end for start, end in spans)


def _symbols(place: Place, document: Document) -> list[tuple[int, int, Symbol]]:
    return list(symbols.find(place.text, document.committee))


def _documents(
    place: Place, printed: Sequence[tuple[int, int, Symbol]], document: Document
) -> Iterator[Reference]:
    """Symbols; a misprint is kept as printed and says what it most likely stands for."""
    for start, end, symbol in printed:
        if symbol.text in (document.symbol, *document.also_symbols):
            continue
        note = f"likely a misprint of {symbol.likely}" if symbol.likely else None
        yield places.reference(place, start, end, document=symbol.text, note=note)


def _things(place: Place, found: Sequence[things.Thing]) -> Iterator[Reference]:
    for one in found:
        yield places.reference(
            place, one.start, one.end, kind="names", thing=one.target, note=one.note
        )


def _treaties(
    place: Place, taken: Sequence[tuple[int, int]], document: Document
) -> Iterator[Reference]:
    """Treaties named in full, where no article of theirs says it better."""
    for start, end, code in treaties.find(place.text) + treaties.protocols(
        place.text, document.committee
    ):
        if any(begin <= start <= stop + 1 for begin, stop in taken):
            continue
        yield places.reference(place, start, end, kind="names", thing=code)


def _instruments(place: Place, document: Document) -> Iterator[Reference]:
    for one in instruments.find(place.text, document.state):
        yield places.reference(place, one.start, one.end, kind="names", thing=one.key)


# --- what a reply heading already says -------------------------------------------------------


def _spans(replies: Sequence[Reference]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for one in replies:
        key = (one.heading or "", one.where)
        spans.setdefault(key, []).append((one.start, one.end))
    return spans


def _inside(one: Reference, spans: dict[tuple[str, str], list[tuple[int, int]]]) -> bool:
    """Whether a paragraph reference is the very words of a reply heading."""
    if one.where != "section" or one.kind != "cites" or not one.point:
        return False
    within = spans.get((one.heading or "", one.where), [])
    return any(start <= one.start and one.end <= end for start, end in within)
