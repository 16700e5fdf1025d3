"""Paragraph references: "(paras. 33 and 45)", "paragraph 26 of the State party report".

Finding says which document the words name, never which one they mean: a bare bracket is
``@unnamed``, a bare "paragraph 39" ``@bare``; resolving decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from treatybody.references import numbers, words
from treatybody.references.model import Reference
from treatybody.references.numbers import Point
from treatybody.references.places import Place


@dataclass(frozen=True)
class Named:
    """A document or other thing that stands in the text: its span and what it is."""

    start: int
    end: int
    document: str | None = None
    thing: str | None = None


@dataclass(frozen=True)
class Owner:
    """Which document a paragraph number belongs to, and the words that say so.

    ``at`` is where it stands in the text, when it is part of the evidence.
    """

    document: str | None
    thing: str | None = None
    cue: str | None = None
    at: tuple[int, int] | None = None


@dataclass(frozen=True)
class Expression:
    """A cue and its list of numbers; ``outer`` includes brackets that hold nothing else."""

    start: int
    end: int
    points: Sequence[Point]
    outer: tuple[int, int]
    bracketed: bool


def find(place: Place, named: Sequence[Named], taken: Sequence[tuple[int, int]]) -> list[Reference]:
    """The paragraph references of one place.

    Arguments:
        place: the text.
        named: symbols, resolutions and the like that were found in it, in order.
        taken: spans that belong to articles ("article 17, paragraph 2").
    """
    found: list[Reference] = []
    carried: Owner | None = None
    for expression in _expressions(place.text, taken):
        owner = _owner(place.text, expression, named)
        if owner.document is None and owner.thing is None:
            continue  # another owner: "paragraph 5 of the Labour Act"
        if owner.document == "@bare" and carried:
            owner = replace(carried, cue=f"carried over from “{carried.cue}”")
        elif owner.document and owner.cue and not expression.bracketed:
            carried = _carrying(owner)
        found.extend(_references(place, expression, owner))
    return found + list(_previous(place))


def _carrying(owner: Owner) -> Owner | None:
    return None if owner.document == "@self" else owner


def _references(place: Place, expression: Expression, owner: Owner) -> Iterator[Reference]:
    start, end = _with_owner(place.text, expression.outer, owner)
    for point in expression.points:
        thing = f"{owner.thing}#{point.address}" if owner.thing else None
        yield Reference(
            sources=place.sources(start),
            where=place.where,
            start=start,
            end=end,
            evidence=place.text[start:end],
            kind="cites",
            document=owner.document,
            point=None if thing else point.address,
            thing=thing,
            cue=owner.cue,
            heading=place.text if place.where == "section" else None,
        )


def _with_owner(text: str, outer: tuple[int, int], owner: Owner) -> tuple[int, int]:
    """Let the evidence begin with the symbol that owns the numbers, bracket and all."""
    if owner.at is None:
        return outer
    start, end = min(outer[0], owner.at[0]), max(outer[1], owner.at[1])
    see = re.search(r"(?<!\w)(?:see|cf\.)\s+(?:also\s+)?\Z", text[:start], re.I)
    start = see.start() if see else start
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return start - 1, end + 1
    return start, end


# --- expressions -----------------------------------------------------------------------------


def _expressions(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Expression]:
    cue = words.cue("paragraph")
    at = 0
    while found := cue.search(text, at):
        at = found.end()
        if any(start <= found.start() < end for start, end in taken):
            continue
        lone = not re.match(r"\w+s\b|¶¶|§§|пп", found["cue"], re.I)
        points, end = numbers.read(text, found.end(), cue=cue, lone=lone)
        if points:
            at = end
            yield _expression(text, found.start(), end, points)


def _expression(text: str, start: int, end: int, points: list[Point]) -> Expression:
    """The expression with "see" and "above", and with the bracket that holds nothing else."""
    after = re.compile(rf"\s+(?:{words.forms('self', 'after')})(?!\w)", re.I).match(text, end)
    stop = after.end() if after else end
    see = re.search(
        r"(?<!\w)(?:see|cf\.?|véase|voir|ibid\.,?)\s+(?:also\s+)?\Z", text[:start], re.I
    )
    begin = see.start() if see else start
    if text[begin - 1 : begin] == "(" and text[stop : stop + 1] == ")":
        return Expression(start, end, points, (begin - 1, stop + 1), True)
    return Expression(start, end, points, (begin, stop), _inside_bracket(text, start))


def _inside_bracket(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)


# --- owners ----------------------------------------------------------------------------------


def _owner(text: str, expression: Expression, named: Sequence[Named]) -> Owner:
    """Who owns the numbers: what follows says it best, then what stands before."""
    return (
        _owner_after(text, expression, named)
        or _owner_before(text, expression, named)
        or _by_default(text, expression)
    )


def _owner_after(text: str, expression: Expression, named: Sequence[Named]) -> Owner | None:
    rest = text[expression.end : expression.end + 160]
    if words.pattern("self", "after").match(rest.lstrip(" ,")):
        return Owner("@self")
    opening = _OF().match(rest)
    if not opening:
        return None
    begin = expression.end + opening.end()
    direct = next((one for one in named if one.start - begin in (0, 4)), None)
    if direct:
        return _printed(text, direct)
    return _role_owner(text, begin, named)


def _role_owner(text: str, begin: int, named: Sequence[Named]) -> Owner | None:
    """ "of the State party report", "of these concluding observations (CMW/C/PER/CO/1)"."""
    phrase = re.split(r"[.;:)\n]|, (?!and\b)", text[begin : begin + 160])[0]
    best = None
    for role, pattern in words.roles():
        found = pattern.search(phrase)
        if found and not re.search(r"[(,]", phrase[: found.start()]):
            key = (found.start(), -found.end())
            best = min(best, (key, role, found)) if best else (key, role, found)
    if not best:
        return Owner(None) if re.match(r"[\w“\"]", phrase) else None
    _, role, found = best
    lead = phrase[: found.start()]
    if re.search(rf"(?:^|\b){words.forms('self', 'before')}\s+\Z", lead, re.I):
        return Owner("@self", cue=phrase[: found.end()].strip())
    stop = begin + found.end()
    symbol = next((o for o in named if o.document and 0 <= o.start - stop <= 3), None)
    return Owner(symbol.document if symbol else role, cue=text[begin:stop].strip())


def _owner_before(text: str, expression: Expression, named: Sequence[Named]) -> Owner | None:
    start = expression.outer[0]
    direct = [one for one in named if one.end <= expression.start and _has_paragraphs(one)]
    if direct and _joins(text[direct[-1].end : expression.start]):
        return _printed(text, direct[-1])
    short = _SHORT().search(text[: expression.start])
    if short:
        return Owner(f"@short:{short[1]}", cue=short[1])
    return _role_before(text, start)


def _printed(text: str, one: Named) -> Owner:
    return Owner(one.document, one.thing, text[one.start : one.end], (one.start, one.end))


def _has_paragraphs(one: Named) -> bool:
    """ILO conventions and Goals are not cited by paragraph: a bracket behind them is not theirs."""
    return not (one.thing or "").startswith(("ILO ", "SDG "))


def _joins(between: str) -> bool:
    """Whether what stands between a symbol and "para." keeps them together."""
    plain = re.sub(
        r"\b(?:at|see|in|and|annex\s+\w+,?|sect\.\s+\w+,?|chap\.\s+\w+,?)\b", "", between
    )
    plain = re.sub(r"\bof \d{1,2} \w+ \d{4}\b|\(\d{4}\)", "", plain)
    return len(between) < 60 and re.fullmatch(r"[\s,:()\[\]]*", plain) is not None


def _role_before(text: str, start: int) -> Owner | None:
    """As in "its previous concluding observations (para. 11)", "the initial report, para. 3"."""
    lead = text[max(0, start - 120) : start]
    named = words.role_in(lead)
    if not named:
        return None
    role, begin, end = named
    if not re.fullmatch(r"[\s,]*(?:[,(]?\s*(?:at|in|see|under)?\s*)", lead[end:]):
        return None
    if re.search(rf"{words.forms('self', 'before')}\s+\Z", lead[:begin], re.I):
        return None
    return Owner(role, cue=lead[begin:end])


def _by_default(text: str, expression: Expression) -> Owner:
    return Owner("@unnamed" if expression.bracketed else "@bare")


@cache
def _OF() -> re.Pattern[str]:  # noqa: N802
    return re.compile(rf"\s*,?\s*{words.owner_of()}\s+", re.I)


@cache
def _SHORT() -> re.Pattern[str]:  # noqa: N802
    return re.compile(r"(?<![\w/.-])([A-Z][A-Z0-9]{0,8}(?:-[A-Z0-9]{1,8})+),?\s*\(?\Z")


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
