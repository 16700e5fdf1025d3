"""What the rest of a document says of its references: defaults, short names, issuers."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from treatybody import symbols, tables
from treatybody.model import Document
from treatybody.references import headings, words
from treatybody.references.model import Reference
from treatybody.references.places import Place


def settle(
    found: Sequence[Reference], all_places: Sequence[Place], document: Document
) -> list[Reference]:
    """Apply to the references of a document what it says elsewhere."""
    settled = _defaults(found, _note_default(all_places, document))
    settled = _issued_elsewhere(_short_names(settled, all_places))
    settled = _in_questions(_lettered(settled, document), all_places, document)
    return _without_answered(settled)


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


def _lettered(found: Sequence[Reference], document: Document) -> list[Reference]:
    """In replies "(see paragraphs 4 (a) and 7)" means questions, where the letters are theirs."""
    answered = {one.point for one in found if one.kind == "replies_to"}
    bare = [one for one in found if one.document in {"@unnamed", "@bare"} and one.kind == "cites"]
    lettered = [one for one in bare if one.point and "(" in one.point]
    if document.type not in headings.ANSWERING or not lettered:
        return list(found)
    if not all(one.point in answered for one in lettered):
        return list(found)
    note = "no document is named; the letters are those of the list’s questions"
    return [
        msgspec.structs.replace(one, document="@list_of_issues", note=note) if one in bare else one
        for one in found
    ]


_ASKED_OF = {
    "replies_to_list_of_issues": "@state_report",
    "state_report": "@concluding_observations",
}


def _in_questions(
    found: Sequence[Reference], all_places: Sequence[Place], document: Document
) -> list[Reference]:
    """What a question means that is repeated, without a number, over its answer.

    A list asks about the report, one prior to reporting about the observations before it.
    """
    role = _ASKED_OF.get(document.type)
    if role is None:
        return list(found)
    asks = words.pattern("question", "opens")
    repeated = {
        place.paragraph.id
        for place in all_places
        if place.where == "text" and not place.paragraph.number and asks.match(place.text)
    }
    note = "no document is named; it stands in a question that is repeated here"
    return [
        msgspec.structs.replace(one, document=role, note=note)
        if one.document in {"@unnamed", "@bare"}
        and one.where == "text"
        and any(source.partition("(")[0] in repeated for source in one.sources)
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
