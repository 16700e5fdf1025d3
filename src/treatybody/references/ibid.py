"""What "Ibid." means: the document that the note or the text before pointed at."""

from __future__ import annotations

import re

import msgspec

from treatybody.references.model import Reference
from treatybody.references.places import Place, reference


def in_note(place: Place, here: list[Reference], last: list[Reference]) -> list[Reference]:
    """Give "Ibid., para. 394" the document of the note before."""
    if place.note is None or not re.match(r"\s*ibid\b", place.text, re.I):
        return here
    owners = {(one.document, (one.thing or "").split("#")[0] or None) for one in last}
    if len(owners) != 1:
        return here
    if not here and re.fullmatch(r"\s*ibid\.?\s*", place.text, re.I):
        return _the_same(place, last)
    document, thing = owners.pop()
    if not here:
        return _plain_ibid(place, document, thing)
    return [_owned(one, document, thing) for one in here]


def alone(place: Place, last: list[Reference]) -> list[Reference]:
    """ "(ibid.)": the very paragraph that the text pointed at last."""
    return [
        msgspec.structs.replace(
            reference(place, one.start(), one.end(), note="Ibid.: what was cited before"),
            document=last[-1].document,
            point=last[-1].point,
            thing=last[-1].thing,
        )
        for one in re.finditer(r"\(ibid\.?\)", place.text, re.I)
        if last and last[-1].kind == "cites"
    ]


def in_text(
    here: list[Reference], last: list[Reference]
) -> tuple[list[Reference], list[Reference]]:
    """Give "(ibid., para. 180)" the document that the text pointed into last."""
    done: list[Reference] = []
    for one in here:
        if last and one.document == "@unnamed" and re.match(r"\(?\s*ibid", one.evidence, re.I):
            one = _owned(one, last[-1].document, (last[-1].thing or "").split("#")[0] or None)
        done.append(one)
        if one.kind == "cites" and one.document not in {"@self", "@bare", "@unnamed"}:
            last = [one]
    return done, last


def _the_same(place: Place, last: list[Reference]) -> list[Reference]:
    """ "Ibid." and no more: all that the note before pointed at in that document."""
    pointing = [one for one in last if one.point or "#" in (one.thing or "")] or last[:1]
    stop = len(place.text.rstrip())
    note = "Ibid.: what the note before names"
    return [
        reference(
            place,
            place.text.lower().find("ibid"),
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
    end = re.match(r"\s*ibid\.?(?:,?\s+arts?\.\s+[\d.,()a-z -]*\d)?", place.text, re.I)
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
    return before if re.match(r"\s*ibid\b", place.text, re.I) else []
