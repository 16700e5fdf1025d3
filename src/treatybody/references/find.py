"""Finding: the typed references of one document, with exact offsets; it never guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from treatybody import symbols, tables
from treatybody.model import Document, Footnote, Paragraph
from treatybody.references import (
    articles,
    concerns,
    headings,
    instruments,
    numbers,
    paragraphs,
    places,
    requests,
    things,
    treaties,
    words,
)
from treatybody.references.model import Reference
from treatybody.references.paragraphs import Named
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
    replies = headings.find(all_places, document, asked)
    found = replies + list(concerns.find(document, paragraphs))
    answered = _spans(replies)
    last_note: list[Reference] = []
    for place in all_places:
        here = _in_place(place, document)
        here = _after_ibid(place, here, last_note)
        if place.note is not None:
            last_note = here or last_note_after(place, last_note)
        found.extend(one for one in here if not _inside(one, answered))
    found = _defaults(found, _note_default(all_places, document))
    found = _without_answered(_issued_elsewhere(_short_names(found, all_places)))
    order = {one.id: at for at, one in enumerate(paragraphs)}
    notes = {f"note:{note.mark}": at for at, note in enumerate(_notes(paragraphs))}
    return sorted((one for one in found if one.sources), key=lambda one: _key(one, order, notes))


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
    pointed = paragraphs.find(place, named, taken)
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
        *_questions(place, document),
    ]


def _within(one: Reference, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a paragraph reference already says it: "A/66/48, para. 26"."""
    return any(start <= one.start and one.end <= end for start, end in spans)


def _symbols(place: Place, document: Document) -> list[tuple[int, int, Symbol]]:
    return list(symbols.find(place.text, document.committee))


def _reference(place: Place, start: int, end: int, **facts: str | None) -> Reference:
    base = Reference(
        sources=place.sources(start),
        where=place.where,
        start=start,
        end=end,
        evidence=place.text[start:end],
        kind="cites",
        heading=place.text if place.where == "section" else None,
    )
    return msgspec.structs.replace(base, **facts)


def _documents(
    place: Place, printed: Sequence[tuple[int, int, Symbol]], document: Document
) -> Iterator[Reference]:
    """Symbols; a misprint is kept as printed and says what it most likely stands for."""
    for start, end, symbol in printed:
        if symbol.text in (document.symbol, *document.also_symbols):
            continue
        note = f"likely a misprint of {symbol.likely}" if symbol.likely else None
        yield _reference(place, start, end, document=symbol.text, note=note)


def _things(place: Place, found: Sequence[things.Thing]) -> Iterator[Reference]:
    for one in found:
        yield _reference(place, one.start, one.end, kind="names", thing=one.target, note=one.note)


def _treaties(
    place: Place, taken: Sequence[tuple[int, int]], document: Document
) -> Iterator[Reference]:
    """Treaties named in full, where no article of theirs says it better."""
    for start, end, code in treaties.find(place.text):
        if any(begin <= start <= stop + 1 for begin, stop in taken):
            continue
        yield _reference(place, start, end, kind="names", thing=code)


def _instruments(place: Place, document: Document) -> Iterator[Reference]:
    for one in instruments.find(place.text, document.state):
        yield _reference(place, one.start, one.end, kind="names", thing=one.key)


# --- questions of a list of issues, in running text ------------------------------------------


@dataclass(frozen=True)
class _Question:
    start: int
    end: int
    point: str
    note: str | None


def _questions(place: Place, document: Document) -> Iterator[Reference]:
    """Questions of the answered list: "see the answer to question 44", "issue 27 below"."""
    if document.type not in headings.ANSWERING or place.where == "section":
        return
    for one in _asked(place.text):
        yield _reference(
            place, one.start, one.end, document="@list_of_issues", point=one.point, note=one.note
        )


def _asked(text: str) -> Iterator[_Question]:
    reply = words.forms("cues", "reply")
    cue = words.cue("question")
    for found in cue.finditer(text):
        points, end = numbers.read(text, found.end(), glued=True)
        lead = re.search(rf"\b(?:{reply})\s+(?:\w+\s+){{0,4}}?\Z", text[: found.start()], re.I)
        listed = re.match(
            rf"\s*(?:of|in)\s+the\s+{words.forms_of_role('@list_of_issues')}", text[end:], re.I
        )
        near = re.match(r"\s*(?:above|below)\b", text[end:])
        if not (lead or listed or near):
            continue
        start = lead.start() if lead else found.start()
        note = "this document's answer to it" if lead or near else None
        for point in points:
            yield _Question(start, end, point.address, note)


# --- notes -----------------------------------------------------------------------------------


def _after_ibid(place: Place, here: list[Reference], last: list[Reference]) -> list[Reference]:
    """Give "Ibid., para. 394" the document of the note before."""
    if place.note is None or not re.match(r"\s*ibid\b", place.text, re.I):
        return here
    owners = {(one.document, (one.thing or "").split("#")[0] or None) for one in last}
    if len(owners) != 1:
        return here
    document, thing = owners.pop()
    if not here:
        return _plain_ibid(place, document, thing)
    return [_owned(one, document, thing) for one in here]


def _plain_ibid(place: Place, document: str | None, thing: str | None) -> list[Reference]:
    kind = "cites" if document else "names"
    end = re.match(r"\s*ibid\.?(?:,?\s+arts?\.\s+[\d.,()a-z -]*\d)?", place.text, re.I)
    stop = end.end() if end else len(place.text)
    note = "Ibid.: what the note before names"
    return [_reference(place, 0, stop, kind=kind, document=document, thing=thing, note=note)]


def _owned(one: Reference, document: str | None, thing: str | None) -> Reference:
    if one.document not in {"@unnamed", "@bare"}:
        return one
    outside = f"{thing}#{one.point}" if thing else None
    return msgspec.structs.replace(
        one, document=document, thing=outside, point=None if outside else one.point, cue="Ibid."
    )


def last_note_after(place: Place, before: list[Reference]) -> list[Reference]:
    """What a further "Ibid." would mean after a note in which nothing was found."""
    return before if re.match(r"\s*ibid\b", place.text, re.I) else []


def _note_default(all_places: Sequence[Place], document: Document) -> tuple[str, str] | None:
    """What a note says that bare paragraph numbers refer to: a symbol or a role, and its words."""
    for place in all_places:
        said = words.pattern("note", "forms").search(place.text)
        if not said:
            continue
        rest = place.text[said.end() :]
        symbol = next((s.text for _, _, s in symbols.find(rest, document.committee)), None)
        role = words.role_in(rest)
        named = symbol or (role[0] if role else None)
        if named:
            return named, place.text
    return None


def _defaults(found: Sequence[Reference], default: tuple[str, str] | None) -> list[Reference]:
    if default is None:
        return list(found)
    return [
        msgspec.structs.replace(one, document=default[0], cue=default[1])
        if one.document == "@unnamed" and not one.where.startswith("note")
        else one
        for one in found
    ]


# --- short names -----------------------------------------------------------------------------


def _short_names(found: Sequence[Reference], all_places: Sequence[Place]) -> list[Reference]:
    """Give a State's own short name ("GOI-IR") the document that its definition names."""
    names = {one.document for one in found if (one.document or "").startswith("@short:")}
    meanings = {name: _meaning(str(name)[7:], all_places) for name in names}
    return [
        msgspec.structs.replace(one, document=meanings[one.document])
        if meanings.get(one.document)
        else one
        for one in found
    ]


def _meaning(short: str, all_places: Sequence[Place]) -> str | None:
    definition = re.compile(
        rf"(?P<lead>[^.;]{{3,160}})[(\[][^()]{{0,40}}[“\"'‘]?{re.escape(short)}[”\"'’]?\s*[)\]]"
    )
    for place in all_places:
        for one in definition.finditer(place.text):
            symbol = [s.text for _, _, s in symbols.find(one["lead"])]
            role = words.role_in(one["lead"])
            if symbol or role:
                return symbol[-1] if symbol else role[0]  # type: ignore[index]
    return None


# --- what the rest of the document adds ------------------------------------------------------


def _issued_elsewhere(found: Sequence[Reference]) -> list[Reference]:
    """ "Decision No. 545" is the Andean Community's where the document has said so once."""
    issuers = {row["code"] for row in tables.load("instruments_issuers")}
    above = {
        one.thing.split(":", 1)[1]: one.thing
        for one in found
        if one.kind == "names" and one.thing and one.thing.split(":")[0] in issuers
    }
    return [
        msgspec.structs.replace(one, thing=above[one.thing.split(":", 1)[1]])
        if one.kind == "names" and one.thing and one.thing.partition(":")[2] in above
        else one
        for one in found
    ]


def _without_answered(found: Sequence[Reference]) -> list[Reference]:
    """Leave out of a heading's citation the paragraphs that reply to that very document."""
    replying = {(s, one.document) for one in found if one.kind == "replies_to" for s in one.sources}
    return [
        msgspec.structs.replace(
            one, sources=[s for s in one.sources if (s, one.document) not in replying]
        )
        if one.where == "section" and one.kind == "cites"
        else one
        for one in found
    ]


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
