"""Questions of a list of issues that running text names: "see the answer to question 44"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from treatybody.model import Document
from treatybody.references import headings, numbers, words
from treatybody.references.model import Reference
from treatybody.references.places import Place, reference


@dataclass(frozen=True)
class _Question:
    start: int
    end: int
    point: str
    note: str | None


def find(place: Place, document: Document) -> Iterator[Reference]:
    """Questions of the answered list: "see the answer to question 44", "issue 27 below"."""
    if document.type not in headings.ANSWERING or place.where == "section":
        return
    if not numbers.in_text(place.text):
        return
    for one in _asked(place.text):
        yield reference(
            place, one.start, one.end, document="@list_of_issues", point=one.point, note=one.note
        )


def _asked(text: str) -> Iterator[_Question]:
    yield from _short_questions(text)
    for found in words.cue("question").finditer(text):
        points, end = numbers.read(text, found.end(), glued=True)
        lead = _lead().search(text, max(0, found.start() - 80), found.start())
        if lead and _OF_OTHER.match(text, end):
            continue
        if lead and _SEE.match(lead[0]) and not _ASKED.match(found["cue"]):
            continue  # "see point 3" is anyone's, "see question 3" the list's
        near = _NEAR.match(text, end)
        alone = bool(_ASKED.match(found["cue"])) and _bracketed(text, found.start(), end)
        if not (lead or near or alone or _listed().match(text, end)):
            continue
        start = lead.start() if lead else found.start()
        if alone:
            start, end = start - 1, text.index(")", end - 1) + 1
        note = "this document’s answer to it" if lead or near or alone else None
        for point in points:
            yield _Question(start, end, point.address, note)


def _bracketed(text: str, start: int, end: int) -> bool:
    """Whether a bracket holds the questions and nothing else: "(issues 14-16)"."""
    inside = text[start:end]
    closed = text[end : end + 1] == ")" or inside.count(")") > inside.count("(")
    return text[start - 1 : start] == "(" and closed


_SEE = re.compile(r"see|refer|under", re.I)
# "under question 5 of the census": another's question.
_OF_OTHER = re.compile(r"\s+(?:of|in)\s+the\s+(?!lists?\b)", re.I)
_ASKED = re.compile(r"questions?|issues?|preguntas?|cuesti", re.I)
_NEAR = re.compile(r"\s*(?:above|below)\b")


@cache
def _lead() -> re.Pattern[str]:
    reply = words.forms("cues", "reply")
    return re.compile(
        rf"(?:\b(?:{reply}|see|refer\s+to)\s+(?:(?!paragraph)\w+\s+){{0,4}}?"
        r"|\b(?:set\s+out|raised|asked|answered|described|discussed|mentioned)\s+(?:in|under)\s+(?:the\s+)?"
        r"|(?<![\d)]\s)\bunder\s+(?:the\s+)?)\Z",
        re.I,
    )


@cache
def _listed() -> re.Pattern[str]:
    role = words.forms_of_role("@list_of_issues")
    return re.compile(rf"\s*(?:of|in)\s+the\s+{role}", re.I)


def _short_questions(text: str) -> Iterator[_Question]:
    """ "See Q8b", "see Q6a and b": a State's short way of naming its answers."""
    form = (
        r"(?<!\w)Q\s?(?P<n>\d{1,2})(?:\s?(?P<a>[a-z])\b(?:(?:,| and)\s(?P<b>[a-z])\b)?)?(?![\w/])"
    )
    for one in re.finditer(form + r"(?!\s(?:of\s)?(?:19|20)\d\d)", text):
        for letter in (one["a"], one["b"]) if one["b"] else (one["a"],):
            point = one["n"] + (f"({letter})" if letter else "")
            yield _Question(one.start(), one.end(), point, "this document’s answer to it")
