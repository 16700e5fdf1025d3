"""What "Ibid." means: the document that the note or the text before pointed at."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from treatybody.references import words
from treatybody.references.model import Reference
from treatybody.references.places import Place, reference

# The document of an "Ibid." before which nothing was found: a law, a book, an unknown paper.
UNKNOWN = "@other:ibid."


@cache
def _word() -> str:
    return words.forms("same", "place")


def opens(text: str) -> bool:
    """Whether a text begins with "Ibid." or "See ibid.".

    >>> opens("Ibid., para. 3."), opens("See ibid., para. 3."), opens("Note ibid.")
    (True, True, False)
    """
    see = r"(?:(?:see|cf\.|véase|véanse|voir)\s+(?:also\s+)?)?"
    return re.match(rf"\W*{see}{_word()}", text, re.I) is not None


def in_note(place: Place, here: list[Reference], last: list[Reference]) -> list[Reference]:
    """Give "Ibid., para. 394" the document of the note before."""
    if place.note is None or not opens(place.text):
        return here
    owners = {(one.document, (one.thing or "").split("#")[0] or None) for one in last}
    if len(owners) != 1:
        return [_owned(one, UNKNOWN, None) for one in here]
    if not here and re.fullmatch(rf"\s*{_word()}\s*", place.text, re.I):
        return _the_same(place, last)
    document, thing = owners.pop()
    if not here:
        return _plain_ibid(place, document, thing)
    return [_owned(one, document, thing) for one in here]


def alone(place: Place, here: list[Reference], last: list[Reference]) -> list[Reference]:
    """ "(ibid.)": the very paragraph that the text pointed at last."""
    found = []
    for one in re.finditer(rf"\({_word()}\)", place.text, re.I):
        before = [ref for ref in here if ref.document and ref.end <= one.start()] or last
        meant = max(before, key=lambda ref: ref.start, default=None)
        if meant and meant.kind == "cites":
            made = reference(place, one.start(), one.end(), note="Ibid.: what was cited before")
            same = {"document": meant.document, "point": meant.point, "thing": meant.thing}
            found.append(msgspec.structs.replace(made, **same))
    return found


def in_text(
    here: list[Reference], last: list[Reference]
) -> tuple[list[Reference], list[Reference]]:
    """Give "(ibid., para. 180)" the document that the text pointed into last.

    Also returns what a later paragraph's "ibid." means: a document cited by its symbol, not a
    resolution that was only spoken of ("paragraph 5 of resolution 70/1").
    """
    done: list[Reference] = []
    lasting = last
    for one in sorted(here, key=lambda ref: ref.start):
        if one.document in {"@unnamed", "@bare"} and opens(one.evidence):
            thing = (last[-1].thing or "").split("#")[0] if last else None
            one = _owned(one, last[-1].document if last else UNKNOWN, thing or None)
        done.append(one)
        if one.kind == "cites" and one.document not in {"@self", "@bare", "@unnamed"}:
            last = [one]
            lasting = last if one.document else lasting
    return done, lasting


def _the_same(place: Place, last: list[Reference]) -> list[Reference]:
    """ "Ibid." and no more: all that the note before pointed at in that document."""
    pointing = [one for one in last if one.point or "#" in (one.thing or "")] or last[:1]
    stop = len(place.text.rstrip())
    note = "Ibid.: what the note before names"
    return [
        reference(
            place,
            len(place.text) - len(place.text.lstrip()),
            stop,
            kind=one.kind,
            document=one.document,
            point=one.point,
            thing=one.thing,
            note=note,
        )
        for one in pointing
    ]


def _plain_ibid(place: Place, document: str | None, thing: str | None) -> list[Reference]:
    kind = "cites" if document else "names"
    end = re.match(rf"\s*{_word()}(?:,?\s+arts?\.\s+[\d.,()a-z -]*\d)?", place.text, re.I)
    stop = end.end() if end else len(place.text)
    note = "Ibid.: what the note before names"
    return [reference(place, 0, stop, kind=kind, document=document, thing=thing, note=note)]


def _owned(one: Reference, document: str | None, thing: str | None) -> Reference:
    if one.document not in {"@unnamed", "@bare"}:
        return one
    outside = f"{thing}#{one.point}" if thing else None
    return msgspec.structs.replace(
        one, document=document, thing=outside, point=None if outside else one.point, cue="Ibid."
    )


def after_note(place: Place, before: list[Reference]) -> list[Reference]:
    """What a further "Ibid." would mean after a note in which nothing was found."""
    return before if opens(place.text) else []
