"""Lists of paragraph and article numbers, in every form in which they are printed.

>>> [point.address for point in read("16-19 and 21 (a)-(c)", 0)[0]]
['16..19', '21(a)', '21(b)', '21(c)']
>>> [point.address for point in read("160-64; 146.11-146.12", 0)[0]]
['160..164', '146.11..146.12']
>>> [point.address for point in read("9-10 and 12 bis (a)", 0)[0]]
['9..10', '12 bis(a)']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

_DIGIT = re.compile(r"\d")
_DASH = r"[-\u2010-\u2015\u2212]"
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,3})*(?![\d/]|\.\d|,\d{3}(?!\d))")
# A number put in later: "12 bis".
_AGAIN = re.compile(r"\s?(bis|ter|quater|quinquies)\b(?!\.\w)", re.I)
_RANGE = re.compile(rf"\s*(?:{_DASH}|\bto\b|\bthrough\b|\ba\b|\bal\b|\bà\b|\bau\b|\bпо\b)\s*")
# "(a)", and "a)" as Spanish and French print it; never the end of an outer bracket.
_LABEL = re.compile(r"(?:\s?\((?=[a-z\d])|\s?(?=[a-z]+\)))([a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)")
_GLUED = re.compile(r"\s?([a-z])\)?(?![\w(])")
_AND = r"(?:and|or|&|y|e|et|ou|и|as\s+well\s+as|in\s+conjunction\s+with)"
_JOIN = re.compile(rf"\s*(?:[,;]\s*(?:{_AND}\s+)?|(?<![^\W\d_]){_AND}\s+)(?:\s*to\s+(?=\d))?", re.I)
_FOLLOWING = re.compile(r"\s*(?:ff?\b\.?|et\s+seq\b\.?|and\s+following\b|y\s+ss\b\.?)")
_AFTER = re.compile(
    r"\s*(?:$|[)\].,;:!?/]|[-\u2013\u2014*]|"
    r"(?:of|above|below|supra|infra|and|or|to|in|on|from|which|that|thereof|as|at|"
    r"under|with|by|for|were|was|are|is|have|has|had|should|shall|must|may|concern\w*|relat\w*|"
    r"respectively|regarding|"
    r"here|the|see|y|e|et|de|del|du|des|supra|ff?|"
    r"set|contained|mentioned|ter|bis|seq|also|where|"
    r"[A-Z])\b)"
)

_POINTED = re.compile(r",?\s+(?:points?|letters?|lit\.|sub-?paragraphs?)\s+(?=\(?[a-z]\))", re.I)
_DESCRIBED = re.compile(
    r"(?:\s*\((?![a-z]{1,3}\))[^()\d][^()]{2,160}\)"
    r"|,?\s*(?:on|regarding|concerning|relating\s+to|which\s+concerns?)\s[^.;\d]{3,220}?(?:\(arts?\.[^)]*\))?)"
    rf"\s*(?:[,;]\s*(?:{_AND}\s+)?|\s{_AND}\s+)(?=\d)"
)
_COUNTED = re.compile(
    r"\s*(?:%|per\s?cent|percent|(?:years?|months?|weeks?|days?|persons?|people|children|women|men|"
    r"cases?|million|billion|thousand|euros?|States?|members?|other)\b)"
)


def in_text(text: str) -> bool:
    """Whether a text has a digit: where not, nothing numbered needs to be looked for.

    >>> in_text("paragraph 5"), in_text("the paragraph above")
    (True, False)
    """
    return _DIGIT.search(text) is not None


@dataclass(frozen=True)
class Point:
    """One item of a list: ``address`` is "33", "35(f)", "16..19" or "40.."; offsets cover it."""

    address: str
    start: int
    end: int


def read(
    text: str,
    at: int,
    *,
    glued: bool = False,
    cue: re.Pattern[str] | None = None,
    lone: bool = False,
) -> tuple[list[Point], int]:
    """Read a list of numbers that begins at ``at``; return its points and where it ends.

    Arguments:
        text: any text.
        at: where the first number is expected.
        glued: whether letters may stand without brackets ("1a-f").
        cue: a word that may stand again before a number ("para. 3 and para. 5").
        lone: whether the word before was a singular ("paragraph 5, 12 persons ...").

    Numbers that are followed by a word they count ("paragraph 11, 27 persons") end the list.
    """
    points, end = _item(text, at, glued)
    while points:
        joined = _JOIN.match(text, end)
        if not lone and (described := _described(text, end)):
            more, stop = _item(text, described, glued)
            points, end = points + more, stop
            continue
        if not joined:
            break
        begin = _skip(text, joined.end(), cue)
        letters, stop = _more_letters(text, joined, points[-1])
        if letters:
            points, end = points + letters, stop
            continue
        more, stop = _item(text, begin, glued)
        if not more or not _belongs(text, joined, begin, stop, lone and begin == joined.end()):
            break
        points, end = points + more, stop
    return points, end


def lettered(text: str, points: list[Point], at: int) -> tuple[list[Point], int]:
    """Letters that a word joins to a number: "7 letters (a) to (c)", "13, point (d)" is 13(d)."""
    joined = _POINTED.match(text, at)
    if not joined or len(points) != 1 or not points[0].address.isdecimal():
        return points, at
    stem = f"{points[0].address} "
    found, end = read(stem + text[joined.end() : joined.end() + 60], 0)
    if not all("(" in one.address for one in found):
        return points, at
    stop = joined.end() + end - len(stem)
    return [replace(one, start=points[0].start, end=stop) for one in found], stop


def _described(text: str, end: int) -> int | None:
    """Where the next number stands behind a description of the last one, None if there is none.

    "paragraphs 12 (children) and 32 (work)", "paragraphs 26, on education, and 33, on health".
    """
    found = _DESCRIBED.match(text, end)
    if not found:
        return None
    number = _NUMBER.match(text, found.end())
    if not number or int(number[0].split(".")[0]) > 200:
        return None
    after = re.compile(
        r"(?:\s?\([a-z]\))*\s*(?:,?\s*(?:on|regarding|concerning)\s|\(|[.,;]|above\b|$)"
    )
    return found.end() if after.match(text, number.end()) else None


def _skip(text: str, at: int, cue: re.Pattern[str] | None) -> int:
    found = cue.match(text, at) if cue else None
    return found.end() if found else at


def _belongs(text: str, joined: re.Match[str], begin: int, stop: int, lone: bool) -> bool:
    """Whether a further number is an item: what follows must not be something it counts."""
    number = _NUMBER.match(text, begin)
    if number and number[0].isdecimal() and int(number[0]) >= 1900:
        return False
    if lone and "," in joined[0] and not re.search(rf"\b{_AND}\b", joined[0]):
        return bool(re.match(r"\s*(?:$|[)\],;:]|\.(?:\s|$)|\s(?:and|or|y|et)\s+\d)", text[stop:]))
    if not lone and re.search(rf"&|\b{_AND}\b", joined[0]):
        return not _COUNTED.match(text, stop)
    return bool(_AFTER.match(text, stop)) or _LABEL.match(text, stop) is not None


def _item(text: str, at: int, glued: bool) -> tuple[list[Point], int]:
    """A number with its letters, or a range."""
    number = _NUMBER.match(text, at)
    if not number or number[0][0] == "0":
        return [], at
    again = _AGAIN.match(text, number.end())
    printed = f"{number[0]} {again[1].lower()}" if again else number[0]
    stop = again.end() if again else number.end()
    letters, end = _letters(text, stop, glued)
    if letters:
        return [Point(printed + one, at, end) for one in letters], end
    return ([Point(printed, at, stop)], stop) if again else _ranged(text, number, at)


def _ranged(text: str, number: re.Match[str], at: int) -> tuple[list[Point], int]:
    low, end = number[0], number.end()
    dash = _RANGE.match(text, end)
    last = _NUMBER.match(text, dash.end()) if dash else None
    if last and (high := _high(low, last[0])):
        return [Point(f"{low}..{high}", at, last.end())], last.end()
    following = _FOLLOWING.match(text, end)
    if following:
        return [Point(f"{low}..", at, following.end())], following.end()
    return [Point(low, at, end)], end


def _high(low: str, high: str) -> str | None:
    """The upper end of a range in full ("160-64" is 164), None where it is no range."""
    if "." in low or "." in high:
        return high if low.split(".")[:-1] == high.split(".")[:-1] else None
    if int(high) <= int(low) and len(high) < len(low):
        high = low[: len(low) - len(high)] + high
    return high if int(low) < int(high) <= int(low) + 500 else None


# --- letters ---------------------------------------------------------------------------------


def _letters(text: str, at: int, glued: bool) -> tuple[list[str], int]:
    """The labels directly behind a number: "(a)", "(a) (ii)", "(a)-(c)", and "a-f" if glued."""
    first = _LABEL.match(text, at)
    if not first:
        return _glued_letters(text, at) if glued else ([], at)
    nested, end = f"({first[1]})", first.end()
    while deeper := _LABEL.match(text, end):
        nested, end = f"{nested}({deeper[1]})", deeper.end()
    return _letter_range(text, nested, end)


def _letter_range(text: str, nested: str, end: int) -> tuple[list[str], int]:
    dash = _RANGE.match(text, end)
    last = _LABEL.match(text, dash.end()) if dash else None
    if not last:
        return [nested], end
    stem, _, low = nested.rpartition("(")
    names = _between(low.rstrip(")"), last[1])
    return ([f"{stem}({name})" for name in names], last.end()) if names else ([nested], end)


def _glued_letters(text: str, at: int) -> tuple[list[str], int]:
    first = _GLUED.match(text, at)
    if not first:
        return [], at
    dash = _RANGE.match(text, first.end())
    last = _GLUED.match(text, dash.end()) if dash else None
    if last and (names := _between(first[1], last[1])):
        return [f"({name})" for name in names], last.end()
    return [f"({first[1]})"], first.end()


def _between(low: str, high: str) -> list[str]:
    """The labels from one to another: letters or small Roman numbers; empty if they don't run."""
    if low in _romans() and high in _romans() and len(low + high) > 2:
        names = _romans()
        return names[names.index(low) : names.index(high) + 1]
    if len(low) == len(high) == 1 and low.isalpha() and low < high:
        return [chr(code) for code in range(ord(low), ord(high) + 1)]
    return []


@cache
def _romans() -> list[str]:
    ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    return [ten + one for ten in ("", "x", "xx") for one in ones][1:]


def _more_letters(text: str, joined: re.Match[str], last: Point) -> tuple[list[Point], int]:
    """Letters that go on after a comma or "and": "39 (a), (c) and (e)"."""
    label = _LABEL.match(text, joined.end())
    if not label or "(" not in last.address:
        return [], joined.end()
    stem = last.address.rpartition("(")[0]
    roman = re.fullmatch(r"[ivx]+", label[1])
    if roman and not re.fullmatch(r".*\([ivx]+\)", last.address):
        return _as_letter(text, joined, last, label)
    if not roman and re.fullmatch(r".*\([a-z]\)\([ivx]+\)", last.address):
        stem = stem.rpartition("(")[0]  # "12 (a) (ii) and (b)": a letter again
    names, end = _letters(text, joined.end(), glued=False)
    return [Point(stem + name, joined.end(), end) for name in names], end


def _as_letter(
    text: str, joined: re.Match[str], last: Point, label: re.Match[str]
) -> tuple[list[Point], int]:
    """ "(h) and (i)": the ninth letter, not a Roman one, where the letter before is near."""
    stem, _, before = last.address.rpartition("(")
    point = Point(f"{stem}({label[1]})", joined.end(), label.end())
    if len(label[1]) == 1 and before.rstrip(")") < label[1]:
        return [point], label.end()
    return [replace(point, address=f"{last.address}({label[1]})")], label.end()
