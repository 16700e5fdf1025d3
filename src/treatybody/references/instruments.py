"""National instruments under all their names: "Act No. 28950" is "Law No. 28950".

An instrument's key is State, kind and number: ``PER:law:28950``. Kinds, their names and the
issuers above States are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from treatybody import tables
from treatybody.references import numbers, titled

_NUMBER = (
    r"(?=[A-Z]{0,3}-?\d)[A-Z]{0,2}-?\d[\dA-Z]*(?:[.,]\d{3}(?!\d))*"
    r"(?:[-\u2010\u2011/][A-Z0-9]+(?:[.\d]*[A-Z0-9])?)*"
)
_NUMBERED = r"(?:N(?:o|°|º|os|r)s?\.?|no\.?|nos\.?|number|núms?\.?|n[°º]|#)"
_JOINT = rf"\s*(?:,\s*(?:and\s+)?|and\s+|y\s+|et\s+)(?:{_NUMBERED}\s*)?"


@dataclass(frozen=True)
class Instrument:
    """An instrument as named: its span, the key it makes, its number."""

    start: int
    end: int
    key: str


def find(text: str, state: str | None) -> list[Instrument]:
    """All numbered instruments of a text, in order.

    Arguments:
        text: anything.
        state: the code of the State whose paper this is; without one nothing is found, since
            a number means nothing without its issuer, unless the issuer is named.

    >>> [one.key for one in find("Legislative Decrees No. 1350 and No. 1297", "PER")]
    ['PER:legislative_decree:1350', 'PER:legislative_decree:1297']
    """
    if not numbers.in_text(text):
        return []
    found: list[Instrument] = []
    for match in _pattern().finditer(text):
        name, marked = match["name"], bool(match["no"] or match["union"])
        kind, bare = _kinds()[_singular(name)]
        listed = _numbers(text, match.end() if marked else match.end("name"))
        if not listed or not (marked or _sure(bare, listed[0][0])):
            continue
        end = listed[-1][1]
        issuer = "EU" if match["union"] else _issuer(text, match.start(), end) or state
        small = name[0].islower() and not (match["no"] and _singular(name) in _small())
        if not issuer or (small and issuer == state):
            continue
        keys = [f"{_union(number) or issuer}:{kind}:{canonical(number)}" for number, _ in listed]
        found.extend(Instrument(match.start(), end, key) for key in keys)
    return _with_titled(text, found, state)


def _with_titled(text: str, found: list[Instrument], state: str | None) -> list[Instrument]:
    """Those whose number stands behind their title, where no other reading claims it."""
    taken = [(one.start, one.end) for one in found]
    for one in titled.find(text) if state else ():
        if any(start < one.end and one.start < end for start, end in taken):
            continue
        kind, _ = _kinds()[_singular(" ".join(one.kind.split()))]
        issuer = _issuer(text, one.start, one.end) or state
        number = canonical(_of_year(text, one.end, one.number))
        found.append(Instrument(one.start, one.end, f"{issuer}:{kind}:{number}"))
    return sorted(found, key=lambda one: one.start)


def _union(number: str) -> str | None:
    """The issuer that a number names itself: "2001/29/EC"."""
    return "EU" if re.search(r"\d/(?:EC|EU|EEC|CE|UE)\Z", number) else None


def _sure(bare: bool, number: str) -> bool:
    """Whether a number without "No." is an instrument's: "Law 30/2007", "Bill S-201"."""
    return (bare and _plain(number)) or bool(re.fullmatch(r"[A-Z]-\d{1,4}", number))


def _plain(number: str) -> bool:
    """Whether a number without "No." is surely one: it has two parts or three digits."""
    return bool(re.search(r"\d[/-]\d|\d{3}", number)) and not re.fullmatch(r"(?:19|20)\d\d", number)


def canonical(number: str) -> str:
    """A number in the one form that keys have.

    >>> canonical("000109-2023-MIGRACIONES"), canonical("13,146"), canonical("001-2016-IN")
    ('109-2023-MIGRACIONES', '13146', '001-2016-IN')
    """
    plain = re.sub(r"(?<=\d)[.,](?=\d{3})", "", number)
    plain = re.sub(r"[\u2010\u2011]", "-", plain)
    first = re.split("[-/]", plain, maxsplit=1)[0]
    joint, rest = plain[len(first) : len(first) + 1], plain[len(first) + 1 :]
    if first.isdecimal():
        first = first.lstrip("0").zfill(3) if joint == "-" else first.lstrip("0") or "0"
    return f"{first}{joint}{rest}"


def _numbers(text: str, at: int) -> list[tuple[str, int]]:
    """The numbers of a list, each with its end."""
    found: list[tuple[str, int]] = []
    one = re.compile(rf"\s*(?P<n>{_NUMBER})").match(text, at)
    while one:
        number, end = one["n"], one.end("n")
        found.append((_of_year(text, end, number), end))
        dated = _YEAR.match(text, end)
        again = re.compile(rf"{_JOINT}(?P<n>{_NUMBER})(?!\s*(?:per\b|\(No))").match(
            text, dated.end() if dated else end
        )
        one = again if again and _same_make(number, again) else None
    return found


# "Act No. 15 of 2016", "Act No. 45 of 1 March 2007", "loi no 45 du 1er mars 2007".
_YEAR = re.compile(
    r"\s+(?:of\s+(?:\d{1,2}\s+[A-Z]\w+\s+|[A-Z]\w+\s+)?|du\s+\d{1,2}(?:er)?\s+\w+\s+)"
    r"(?P<year>(?:19|20)\d\d)\b"
)


def _of_year(text: str, end: int, number: str) -> str:
    """A small number with the year behind it: laws that are numbered anew each year."""
    year = _YEAR.match(text, end) if re.fullmatch(r"\d{1,3}", number) else None
    return f"{number}/{year['year']}" if year else number


def _same_make(first: str, again: re.Match[str]) -> bool:
    """Whether a further number is made like the first: a year or a count is not one."""
    if re.search(_NUMBERED, again[0]):
        return True
    shape = re.sub(r"\d+", "9", first)
    return (
        shape == re.sub(r"\d+", "9", again["n"])
        and ("-" in first or "/" in first or len(first) >= 4)
        and not re.fullmatch(r"(?:19|20)\d\d", again["n"])
    )


def _issuer(text: str, start: int, end: int) -> str | None:
    """The body above the State that the words name, before or behind."""
    for row in tables.load("instruments_issuers"):
        names = "|".join(row["forms"])
        if re.search(rf"(?:{names})\s+\Z", text[max(0, start - 40) : start]):
            return str(row["code"])
        if re.match(rf"\s+of\s+the\s+(?:{names})\b", text[end : end + 60]):
            return str(row["code"])
    return None


# --- names -----------------------------------------------------------------------------------


@cache
def _kinds() -> dict[str, tuple[str, bool]]:
    rows = tables.load("instruments")
    return {
        form: (row["kind"], row["bare"])
        for row in rows
        for form in (*row["forms"], *row.get("small", ()))
    }


@cache
def _small() -> frozenset[str]:
    """The names that are written with a small letter though they name an instrument."""
    return frozenset(form for row in tables.load("instruments") for form in row.get("small", ()))


def _singular(name: str) -> str:
    plain = re.sub(r"\s+", " ", name)
    if plain in _kinds():
        return plain
    return (
        re.sub(r"s\b(?=\Z)", "", plain) if plain[:-1] in _kinds() else plain.replace("s ", " ", 1)
    )


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_kinds(), key=len, reverse=True)
    joined = "|".join(rf"{re.escape(n)}s?".replace(r"\ ", r"\s+") for n in names)
    first = re.escape("".join({name[0] for name in names}))  # passes over most places quickly
    return re.compile(
        rf"(?<![\w-])(?=[{first}])(?P<name>{joined})(?:\s+(?P<union>\((?:EU|EC|EEC)\)))?"
        rf"(?:\s+(?P<no>{_NUMBERED})(?=\s*[A-Z]{{0,3}}-?\d)|\s+(?=\d|[A-Z]-\d))"
    )


def is_kind(word: str) -> bool:
    """Whether a single word names a kind of instrument.

    >>> is_kind("Act"), is_kind("Action")
    (True, False)
    """
    return _singular(word) in _kinds()


def is_title(name: str) -> bool:
    """Whether a name is a title of its own, not only a kind of instrument.

    >>> is_title("Mental Health Act"), is_title("Federal Law")
    (True, False)
    """
    return " " in name and " ".join(name.split()) not in _kinds()


def mentions(text: str) -> Iterator[str]:
    """The keys of a text without State, for comparing: kind and number."""
    for one in find(text, "X"):
        yield one.key.split(":", 1)[1]
