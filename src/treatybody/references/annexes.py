"""Paragraphs of annexes: "annex II to the report (A/66/48), para. 4" is none of the report's own.

The address says so as the ids of records do: ``A/66/48#annex-2.4``.
"""

from __future__ import annotations

import re
from functools import cache

from treatybody.references import words


def opening(text: str, at: int) -> tuple[str | None, int]:
    """The annex that is named at ``at``, and where the paper begins that it belongs to.

    >>> opening("of annex II to the report", 3), opening("of the report", 3)
    (('2', 15), (None, 3))
    """
    found = _named().match(text, at)
    return (_number(found["number"]), found.end()) if found else (None, at)


def around(text: str, paper: tuple[int, int], at: int) -> str | None:
    """The annex of a paper in which the number at ``at`` stands, named before or behind the paper.

    >>> around("annex II to A/66/48, para. 4", (12, 19), 21)
    '2'
    >>> around("A/66/48, annex, para. 4", (0, 7), 16), around("A/66/48, para. 4", (0, 7), 9)
    ('1', None)
    """
    behind = _word().search(text, paper[1], at)
    if behind:
        return _number(behind["number"])
    before = _before().search(text, max(0, paper[0] - 150), paper[0])
    return _number(before["number"]) if before else None


def address(annex: str | None, point: str) -> str:
    """A point's address below the document.

    >>> address("2", "4(a)"), address(None, "16..19")
    ('annex-2.4(a)', '16..19')
    """
    return f"annex-{annex}.{point}" if annex else point


def _number(printed: str | None) -> str:
    """An annex's number in digits; the one annex of a paper has none and is the first."""
    if not printed:
        return "1"
    if printed.isdecimal():
        return str(int(printed))
    roman = _roman(printed)
    return str(roman or ord(printed[0].upper()) - ord("A") + 1)


def _roman(printed: str) -> int:
    value = {"I": 1, "V": 5, "X": 10, "L": 50}
    digits = [value.get(one, 0) for one in printed]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-one if one < after else one for one, after in pairs) if all(digits) else 0


_NUMBER = r"(?:\s+(?P<number>(?-i:[IVXL]+|[A-Z])|\d{1,2})(?!\w))?"


def _annex() -> str:
    return rf"(?<!\w){words.forms('annex', 'word')}(?!\w){_NUMBER}"


@cache
def _word() -> re.Pattern[str]:
    return re.compile(_annex(), re.I)


@cache
def _named() -> re.Pattern[str]:
    the = r"(?:(?:the|its|la|l[’'])\s*)?"
    return re.compile(rf"{the}{_annex()}\s+{words.forms('annex', 'to')}\s*", re.I)


@cache
def _before() -> re.Pattern[str]:
    """ "annex II to the report of the Committee (", up to the symbol."""
    between = r"(?:(?!(?:and|or|see|et|y|in)\b)[\w’'-]+\s+){0,10}"
    return re.compile(rf"{_annex()}\s+{words.forms('annex', 'to')}\s*{between}\(?\Z", re.I)
