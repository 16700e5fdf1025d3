"""Paragraph references: "(paras. 33 and 45)", "paragraph 26 of the State party report".

Finding says which document the words name, never which one they mean: a bare bracket is
``@unnamed``, a bare "paragraph 39" ``@bare``; resolving decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from treatybody.references import annexes, numbers, words
from treatybody.references.model import Reference
from treatybody.references.numbers import Point
from treatybody.references.owners import SAME, Expression, Named, Owner, few, owner_of
from treatybody.references.places import Place

_OF_LETTERS = re.compile(
    r"\b(?:sub-?paragraphs?|points?|letters?)\s+\(?([a-z])\)(?:\s+(?:and|or)\s+\(?([a-z])\))?\s+of\s+"
    r"(?:the\s+)?\Z",
    re.I,
)


def find(
    place: Place,
    named: Sequence[Named],
    taken: Sequence[tuple[int, int]],
    kind: str,
    committee: str | None = None,
) -> list[Reference]:
    """The paragraph references of one place.

    Arguments:
        place: the text.
        named: symbols, resolutions and the like that were found in it, in order.
        taken: spans that belong to articles ("article 17, paragraph 2").
        kind: the document's type ("our report" is itself only in a report).
        committee: whose papers these are.
    """
    found: list[Reference] = []
    carried: Owner | None = None
    last = (-1, _NOBODY)
    elsewhere = False
    for expression in _expressions(place.text, taken):
        note = place.note is not None
        owner = owner_of(place.text, expression, named, kind, committee=committee, note=note)
        if owner.document == SAME:
            owner = _cited_last(place.text, expression, named, last)
        if owner.document is None and owner.thing is None:
            elsewhere = True
            continue  # another owner: "paragraph 5 of the Labour Act"
        if owner.document == "@bare" and elsewhere and not carried and few(expression):
            continue  # "paragraph 2 of that article says ..., and paragraph 3 ..."
        if owner.document == "@bare" and carried:
            owner = replace(carried, cue=f"carried over from “{carried.cue}”")
        elif owner.document and owner.cue:
            carried = _carrying(owner, expression, carried)
            last = (expression.end, owner)
        found.extend(_references(place, expression, owner))
    return found + list(_previous(place))


def _cited_last(
    text: str, expression: Expression, named: Sequence[Named], last: tuple[int, Owner]
) -> Owner:
    """What "the same document" is: the symbol or the paper that stands nearest before it.

    Nobody's, where it is far, or where a law or a plan stands between that may be meant.
    """
    nearest, owner = last
    for one in named:
        if nearest < one.end <= expression.start and (one.document or "/" in (one.thing or "")):
            nearest, owner = one.end, Owner(one.document, one.thing, text[one.start : one.end])
    between = text[max(nearest, 0) : expression.start]
    if len(between) > _NEAR or words.pattern("same", "unseen").search(between):
        return _NOBODY
    return replace(owner, at=None)


_NOBODY = Owner(None)
_NEAR = 400


def _carrying(owner: Owner, expression: Expression, before: Owner | None) -> Owner | None:
    """What a later bare "paragraph 39" of the same paragraph is carried over from."""
    if owner.document == "@self":
        return None
    role = (owner.document or "").startswith("@")
    return before if expression.bracketed and not role else owner


def _references(place: Place, expression: Expression, owner: Owner) -> Iterator[Reference]:
    start, end = _with_owner(place.text, expression.outer, owner)
    for point in expression.points:
        address = annexes.address(owner.annex, point.address)
        thing = f"{owner.thing}#{address}" if owner.thing else None
        yield Reference(
            sources=place.sources(start),
            where=place.where,
            start=start,
            end=end,
            evidence=place.text[start:end],
            kind="cites",
            document=owner.document,
            point=None if thing else address,
            thing=thing,
            cue=owner.cue,
            heading=place.text if place.where == "section" else None,
        )


def _with_owner(text: str, outer: tuple[int, int], owner: Owner) -> tuple[int, int]:
    """Let the evidence begin with the symbol that owns the numbers, bracket and all."""
    if owner.at is None:
        return outer
    start, end = min(outer[0], owner.at[0]), max(outer[1], owner.at[1])
    see = _see().search(text, max(0, start - 40), start)
    start = see.start() if see else start
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return start - 1, end + 1
    return start, end


@cache
def _see() -> re.Pattern[str]:
    ibid = words.forms("same", "place")
    return re.compile(rf"(?<!\w)(?:see|cf\.?|véase|voir|{ibid},?)\s+(?:also\s+)?\Z", re.I)


# --- expressions -----------------------------------------------------------------------------


def _expressions(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Expression]:
    cue = words.cue("paragraph")
    at = 0 if numbers.in_text(text) else len(text)
    while found := cue.search(text, at):
        at = found.end()
        if any(start <= found.start() < end for start, end in taken):
            continue
        if found["cue"].lower().strip() == "para" and _spanish(text, found.start()):
            continue
        lone = not re.match(r"\w+s\b|¶¶|§§|пп", found["cue"], re.I)
        points, end = numbers.read(text, found.end(), cue=cue, lone=lone)
        if points and not re.match(r"(?:19|20)\d\d\b", points[0].address):
            points, end = numbers.lettered(text, points, end)
            at = end
            points = _lettered(text, found.start(), points)
            yield _expression(text, found.start(), end, points)


def _lettered(text: str, start: int, points: list[Point]) -> list[Point]:
    """ "point (b) of paragraph 14" is 14(b)."""
    letters = _OF_LETTERS.search(text, max(0, start - 60), start)
    if not letters or len(points) != 1 or not points[0].address.isdecimal():
        return points
    return [
        replace(points[0], address=f"{points[0].address}({one})") for one in letters.groups() if one
    ]


def _spanish(text: str, at: int) -> bool:
    """Whether "para" is the Spanish "for" and no abbreviation."""
    return bool(re.search(r"\b(?:el|la|los|las|de|del|un|una)\b", text[max(0, at - 60) : at]))


def _expression(text: str, start: int, end: int, points: list[Point]) -> Expression:
    """The expression with "see" and "above", and with the bracket that holds nothing else."""
    after = re.compile(rf"\s+(?:{words.forms('self', 'after')})(?!\w)", re.I).match(text, end)
    stop = after.end() if after else end
    see = _see().search(text, max(0, start - 40), start)
    begin = see.start() if see else start
    if text[begin - 1 : begin] == "(" and text[stop : stop + 1] == ")":
        return Expression(start, end, points, (begin - 1, stop + 1), True)
    return Expression(start, end, points, (begin, stop), _inside_bracket(text, start))


def _inside_bracket(text: str, at: int) -> bool:
    """Whether a bracket is open at ``at`` that opened in the same sentence."""
    depth = 0
    for char in reversed(text[max(0, at - 400) : at]):
        depth += (char == "(") - (char == ")")
        if depth > 0:
            return True
    return False


def _previous(place: Place) -> Iterator[Reference]:
    """ "the information mentioned in the previous paragraph"."""
    if place.where != "text":
        return
    for found in words.pattern("self", "previous").finditer(place.text):
        yield Reference(
            sources=place.sources(found.start()),
            where=place.where,
            start=found.start(),
            end=found.end(),
            evidence=found[0],
            kind="cites",
            document="@self",
            point="-1",
        )
