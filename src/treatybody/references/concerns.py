"""From a recommendation to the concern it answers: the structure of concluding observations.

Committees print the concern and then the recommendation, in two paragraphs or in one. Where they
stand in two, the recommendation answers the concerns above it, back to the last recommendation or
heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from treatybody.model import Document, Paragraph
from treatybody.references import words
from treatybody.references.model import Reference


def find(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[Reference]:
    """One ``recommends_on`` for each concern that stands above a recommendation."""
    if document.type != "concluding_observations":
        return
    numbered = [one for one in paragraphs if one.kind == "paragraph" and one.number]
    open_concerns: list[Paragraph] = []
    for one in numbered:
        if open_concerns and open_concerns[-1].section != one.section:
            open_concerns = []
        verb = recommends(one.text)
        if verb is None:
            if _concern().search(one.text[:600]):
                open_concerns.append(one)
            continue
        yield from (_reference(one, verb, concern) for concern in open_concerns)
        open_concerns = []


def recommends(text: str) -> tuple[int, int] | None:
    """The words that make a paragraph a recommendation, None where it voices a concern first.

    >>> recommends("The Committee recommends that the State party ratify it.")
    (14, 24)
    """
    concern = _concern().search(text[:400])
    before = concern.start() if concern else len(text)
    said, opening = _recommend().search(text[:400]), _opening().match(text[:400])
    if said and said.start() <= before:
        return said.span("verb")
    return opening.span("verb") if opening and opening.start("verb") <= before else None


def is_recommendation(paragraph: Paragraph) -> bool:
    """Whether a paragraph of concluding observations asks the State party for something."""
    return paragraph.kind == "paragraph" and (
        recommends(paragraph.text) is not None
        or _any_recommend().search(paragraph.text) is not None
    )


def _reference(one: Paragraph, verb: tuple[int, int], concern: Paragraph) -> Reference:
    return Reference(
        sources=[one.id],
        where="text",
        start=verb[0],
        end=verb[1],
        evidence=one.text[verb[0] : verb[1]],
        kind="recommends_on",
        document="@self",
        point=concern.number,
        note="the concern printed above it",
    )


@cache
def _recommend() -> re.Pattern[str]:
    body = r"(?:\b(?:Committee|Comité|it)\b,?(?:\s+\S+){0,12}?|\A)\s+"
    return re.compile(rf"{body}(?P<verb>{words.forms('concern', 'recommend')})\b")


@cache
def _opening() -> re.Pattern[str]:
    """ "The State party should ...", also behind "In the light of article 5, "."""
    opens = words.forms("concern", "recommend_opens")
    return re.compile(rf"\W*(?:[^.;]{{3,160}}?,\s+)?(?P<verb>{opens})\b")


@cache
def _any_recommend() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:Committee|Comité|It)\b(?:\s+\w+){0,4}?\s+"
        rf"(?:{words.forms('concern', 'recommend')})\b"
    )


@cache
def _concern() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?:Committee|Comité|It|it)\b(?:[,\s]+\S+){0,3}?\s+"
        rf"(?:{words.forms('concern', 'concern')})|\A{words.forms('concern', 'concern_opens')})\b"
    )
