"""Ranges of dates, years and paragraph numbers: one value, or ``low..high``, or half of that.

>>> read_range("date", "today-90d..", date(2024, 12, 5))
Range(field='date', low='2024-09-06', high=None)
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from treatybody.query.tree import Range

ANY = "*"
_PARA = re.compile(r"\d{1,5}(?:\.\d{1,4})*(?:\s?(?:bis|ter|quater|quinquies)|[a-z])?", re.ASCII)


class FieldProblem(ValueError):
    """A value that a field can't have; ``index`` is its place among the values."""

    def __init__(self, message: str, index: int = 0) -> None:
        super().__init__(message)
        self.index = index


def read_range(name: str, value: str, today: date | None = None) -> Range:
    """Return the range of ``date``, ``year`` or ``para`` that ``value`` means, or FieldProblem.

    >>> read_range("year", "2015..")
    Range(field='year', low='2015', high=None)
    """
    if value == ANY:
        return Range(name, None, None)
    low, dots, high = (part.strip() for part in value.partition(".."))
    if not dots:
        low = high = _end(name, value, today)
        return Range(name, low, high)
    if not low and not high:
        raise FieldProblem(f"{name}: needs a value on one side of the two points")
    return _ordered(Range(name, *(_end(name, end, today) if end else None for end in (low, high))))


def _ordered(found: Range) -> Range:
    if found.low and found.high and _sorted(found.low) > _sorted(found.high, last=True):
        raise FieldProblem(f"{found.field}: runs backwards, from {found.low} to {found.high}")
    return found


def _sorted(end: str, last: bool = False) -> tuple[int, ...]:
    numbers = tuple(int(number) for number in re.findall(r"\d+", end))
    return (*numbers, *((10**6,) * (4 - len(numbers)) if last else ()))


def _end(name: str, value: str, today: date | None) -> str:
    if name == "para":
        return _para(value)
    if name == "year":
        if not re.fullmatch(r"\d{4}", value, re.ASCII) or value == "0000":
            raise FieldProblem(f"`{value}` is not a year; write year:2015 or year:2015..2020")
        return value
    return _relative(value, today) or _date(value)


def _para(value: str) -> str:
    value = value.lower()
    if not _PARA.fullmatch(value):
        message = f"`{value}` is not a paragraph number; write para:33 or para:31..33"
        raise FieldProblem(f"{message} (tb show finds sub-paragraphs and unnumbered ones)")
    return value


def _date(value: str) -> str:
    from treatybody import dates

    found = dates.parse(value)
    if found is None:
        message = f"`{value}` is not a date; write 2015, 2015-04 or 2015-04-23"
        raise FieldProblem(message)
    return str(found)


def _relative(value: str, today: date | None) -> str | None:
    """Read ``today``, ``yesterday``, ``today-90d``, ``today-6m``, ``today-2y``."""
    found = re.fullmatch(r"(today|yesterday)(?:-(\d{1,4})([dmy]))?", value.lower(), re.ASCII)
    if not found:
        return None
    day = (today or date.today()) - timedelta(days=found[1] == "yesterday")
    back = int(found[2] or 0)
    if found[3] in (None, "d"):
        return (day - timedelta(days=back)).isoformat()
    return _months_back(day, back * (12 if found[3] == "y" else 1), value)


def _months_back(day: date, months: int, typed: str) -> str:
    from calendar import monthrange

    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < 1:
        raise FieldProblem(f"`{typed}` lies before the year 1")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).isoformat()
