"""Dates as UN documents print them, in the six languages, whole or partial.

>>> str(parse("23 de abril de 2015"))
'2015-04-23'
>>> [str(found) for found in find("session (28 March–8 April 2022)")]
['2022-03-28..2022-04-08']
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from treatybody import tables


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month of a year, or a day; its text is ISO 8601 ("2024", "2024-06").

    Raises ``ValueError`` when there is no such day.

    >>> PartialDate(2024, 6).last_day
    '2024-06-30'
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or (self.month is None and self.day is not None):
            raise ValueError(f"no such date: {self.year}, {self.month}, {self.day}")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")
        if self.day is not None and not 1 <= self.day <= monthrange(self.year, self.month or 1)[1]:
            raise ValueError(f"no such day: {self.year}-{self.month}-{self.day}")

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{one:02}" for one in (self.month, self.day) if one)]
        return "-".join(parts)

    @property
    def first_day(self) -> str:
        """The first day that it can mean, which is also its place when sorted."""
        return f"{self.year:04}-{self.month or 1:02}-{self.day or 1:02}"

    @property
    def last_day(self) -> str:
        """The last day that it can mean."""
        month = self.month or 12
        return f"{self.year:04}-{month:02}-{self.day or monthrange(self.year, month)[1]:02}"


@dataclass(frozen=True, slots=True)
class Found:
    """A date or a span of dates at ``start`` to ``end`` of a text; a date is its own last."""

    start: int
    end: int
    first: PartialDate
    last: PartialDate

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


def from_iso(text: str) -> PartialDate | None:
    """Read "2024", "2024-06" or "2024-06-09"; None when it is nothing of the kind.

    >>> from_iso("2024-06").last_day
    '2024-06-30'
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip(), re.ASCII)
    return _date(*found.groups()) if found else None


def overlaps(date: str | None, low: str | None, high: str | None) -> bool:
    """Whether a record's ISO date meets a range whose ends are included; None leaves it open.

    A partial date meets every range that it overlaps. No date meets none.

    >>> overlaps("2024", "2024-06", None), overlaps("2023", "2024-06", None)
    (True, False)
    """
    own = from_iso(date or "")
    if own is None:
        return False
    first, last = from_iso(low or ""), from_iso(high or "")
    starts_in_time = last is None or own.first_day <= last.last_day
    return starts_in_time and (first is None or own.last_day >= first.first_day)


def parse(text: str) -> PartialDate | None:
    """Read a text that is one date in any of the six languages, or ISO; else None.

    >>> str(parse("2015年4月23日")), parse("no date")
    ('2015-04-23', None)
    """
    if (iso := from_iso(text)) is not None:
        return iso
    whole = re.sub(r"\s*(?:года|г)$", "", text.strip(" .,;()\n\t"))
    found = next(find(whole), None)
    if found is None or found.first != found.last:
        return None
    return found.first if len(whole) == found.end - found.start else None


def find(text: str) -> Iterator[Found]:
    """Yield each date and span of dates, in order; a bare year is not a date here.

    Arguments:
        text: in any of the six languages; offsets count its code points.

    >>> [str(found) for found in find("14 and 15 April 2015; avril 2016; 31 June 2015")]
    ['2015-04-14..2015-04-15', '2016-04', '2015-06']
    """
    levelled = _level(text)
    matches = [match for pattern in _patterns() for match in pattern.finditer(levelled)]
    at = 0
    for match in sorted(matches, key=lambda one: (one.start(), -one.end())):
        found = _read(match) if match.start() >= at else None
        if found:
            yield found
            at = found.end


def _level(text: str) -> str:
    """The text with plain digits and small letters, character by character."""
    if text.isascii():
        return text.lower()
    return "".join(_level_character(char) for char in text)


def _level_character(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    small = char.lower()
    return small if len(small) == 1 else char


def _read(match: re.Match[str]) -> Found | None:
    """The date or span of a match; its earlier end takes from the later one what it lacks."""
    missing = dict.fromkeys(("first_year", "first_month", "first_day", "day"))
    got: dict[str, str | None] = missing | match.groupdict()
    last = _date(got["year"], _month(got["month"]), got["day"])
    first = last
    if last and got["first_day"]:
        month = _month(got["first_month"]) or last.month
        first = _date(got["first_year"] or last.year, month, got["first_day"])
    if last is None or first is None or first > last:
        return None
    return Found(match.start(), match.end(), first, last)


def _date(
    year: str | int | None, month: str | int | None = None, day: str | int | None = None
) -> PartialDate | None:
    try:
        return PartialDate(int(year or 0), int(month) if month else None, int(day) if day else None)
    except ValueError:
        return None


def _month(form: str | None) -> int | None:
    if form is None or form.isdecimal():
        return int(form) if form else None
    name = re.split(r"\s*/\s*", form)[0].rstrip(".")
    return _months()[re.sub(r"\s+", " ", name)]


@cache
def _months() -> dict[str, int]:
    rows = tables.load("months")
    return {form: int(row["month"]) for row in rows for form in row["forms"].split("; ")}


_DAY = r"\d{1,2}"
_TH = r"(?:er|º|°|st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_OF = r"[\s,]+(?:(?:de|del|of)\s+)?"
_TO = (
    r"\s*(?:[-\u2010-\u2015\u2212~/]|\b(?:to|and|through|until|al?|y|e|et|au|à|по|и|до)\b|إلى|و)\s*"
)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Spans, days, days in American order, months; then the Chinese forms."""
    names = sorted(_months(), key=len, reverse=True)
    name = "(?:" + "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in names) + r")\b\.?"
    month = rf"(?:{name}(?:\s*/\s*{name})?)"
    day_month = rf"(?P<day>{_DAY}){_TH}{_OF}(?P<month>{month}){_OF}(?P<year>{_YEAR})"
    first_month = rf"(?:{_OF}(?P<first_month>{month})(?:{_OF}(?P<first_year>{_YEAR}))?)?"
    article = r"(?:(?:the|le|les|el|los)\s+)?"
    months = [
        rf"(?P<first_day>{_DAY}){_TH}{first_month}{_TO}{article}{day_month}",
        day_month,
        rf"(?P<month>{month})\s+(?P<day>{_DAY}){_TH},?\s+(?P<year>{_YEAR})",
        rf"(?P<month>{month}){_OF}(?P<year>{_YEAR})",
    ]
    numbers = [r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])"]
    return tuple(re.compile(r"(?<![\w-])" + one) for one in months + numbers) + _chinese()


def _chinese() -> tuple[re.Pattern[str], ...]:
    to = r"\s*(?:至|和|到|[-\u2010-\u2015~～、])\s*"
    year, month = rf"(?P<year>{_YEAR})\s*年\s*", rf"(?P<month>{_DAY})\s*月\s*"
    day = rf"(?P<day>{_DAY})\s*日"
    first_year = rf"(?P<first_year>{_YEAR})\s*年\s*"
    first_month = rf"(?P<first_month>{_DAY})\s*月\s*"
    first_day = rf"(?P<first_day>{_DAY})\s*日?{to}"
    forms = [
        first_year + first_month + first_day + year + month + day,
        year + first_month + first_day + month + day,
        year + month + first_day + day,
        year + month + day,
        year + month,
    ]
    return tuple(re.compile(r"(?<!\d)" + form) for form in forms)
