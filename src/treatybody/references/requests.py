"""Follow-up: what a committee asks for by when, and what its letter says to each paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from treatybody import dates
from treatybody.references import words
from treatybody.references.model import Reference
from treatybody.references.places import Place

_STOP = re.compile(r"(?<![ \w]\w)(?<!i\.e)(?<!paras)(?<!para)(?<!No)[.?!]\s+(?=[A-ZÁÉÍ])")


@dataclass(frozen=True)
class Deadline:
    """By when: ``within`` as printed ("within two years"), ``due`` as an ISO date, if printed."""

    within: str | None
    due: str | None


@lru_cache(maxsize=64)
def deadline(text: str) -> Deadline | None:
    """The deadline of a request, None where there is none.

    >>> deadline("within two years — i.e., by 24 April 2017 — written information")
    Deadline(within='within two years', due='2017-04-24')
    """
    within = words.pattern("follow_up", "within").search(text)
    until = _until(text)
    if not within and not until:
        return None
    return Deadline(within[0] if within else None, until)


def _until(text: str) -> str | None:
    for found in words.pattern("follow_up", "until").finditer(text):
        rest = text[found.end() : found.end() + 40]
        date = re.match(
            r"\s+(?:the\s+)?"
            r"(\d{1,2}(?:er|st|nd|rd|th|º)?\s+(?:de\s+)?\w+\s+(?:de\s+|del\s+)?\d{4}|\w+\s+\d{4})",
            rest,
        )
        parsed = dates.parse(date[1]) if date else None
        if parsed:
            return str(parsed)
    return None


def mark(place: Place, found: Sequence[Reference]) -> list[Reference]:
    """Turn the references of a paragraph that requests follow-up into ``requests_follow_up``."""
    if place.where != "text":
        return list(found)
    return [_marked(place.text, one) for one in found]


def _marked(text: str, one: Reference) -> Reference:
    if one.document not in {"@self", "@bare", "@unnamed"} or not one.point or one.point == "-1":
        return one
    begin, end = _sentence(text, one.start)
    sentence = text[begin:end]
    by = deadline(sentence) if _asks(sentence) else None
    if by is None:
        return one
    said = "; ".join(part for part in (by.within, f"due {by.due}" if by.due else None) if part)
    return msgspec.structs.replace(one, kind="requests_follow_up", document="@self", note=said)


@lru_cache(maxsize=64)
def _asks(sentence: str) -> bool:
    """Whether a sentence asks for information on measures."""
    about = words.pattern("follow_up", "about").search(sentence)
    return bool(about and words.pattern("follow_up", "request").search(sentence))


def _sentence(text: str, at: int) -> tuple[int, int]:
    """The sentence around ``at``; points inside "i.e." or "para. 5" don't end it."""
    stops = _stops(text)
    index = bisect_right(stops, at)
    return stops[index - 1] if index else 0, stops[index] if index < len(stops) else len(text)


@lru_cache(maxsize=8)
def _stops(text: str) -> tuple[int, ...]:
    return tuple(found.end() for found in _STOP.finditer(text))


def assess(place: Place, found: Sequence[Reference]) -> list[Reference]:
    """Turn what a letter's paragraph opens with into ``assesses``."""
    opening = _opening().match(place.text) if place.where == "text" else None
    if not opening:
        return list(found)
    first = re.split(r",|\bthe Committee\b", place.text[opening.end() :], maxsplit=1)
    until = opening.end() + len(first[0]) + 1
    return [
        msgspec.structs.replace(one, kind="assesses") if one.point and one.start < until else one
        for one in found
    ]


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:\(\w\)\s*)?(?:{words.forms('assess', 'opening')})", re.I)
