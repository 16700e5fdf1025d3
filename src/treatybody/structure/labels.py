"""The numbers and letters that stand before paragraphs, sub-paragraphs and headings.

Reading a label says only what it may be: "(i)" is a letter or a roman numeral, "C." a letter or
the roman hundred. What it is follows from its place in a sequence (``subparagraphs``,
``headings``, ``runs``).

>>> read("33.\\tThe Committee")
(Label(printed='33.', value='33', form='number'), 4)
>>> read("(i) Bills")[0].is_roman, read("(i) Bills")[0].is_letter
(True, True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

Form = Literal["number", "letter", "capital", "bullet"]

# "33." and "24.1" open paragraphs, and number headings; "33" alone needs a tab behind it.
_NUMBER = re.compile(
    r"(?P<core>\d{1,4}(?:\.\d{1,3})*(?:\s(?:bis|ter|quater|quinquies)(?=\.\s|\.?\t))?)"
    r"(?:(?P<dot>\.)(?!\d)\s*|\s?-\t\s*|\s*\t\s*|(?<=\.\d)\s+|(?<=\.\d\d)\s+)(?=\S)"
)
_BARE = re.compile(r"(?P<core>\d{1,4})(?P<dot>\.)?\s*\Z")
_BRACKETED = re.compile(
    r"\((?P<core>[a-z]{1,2}|[ivxl]{1,6}|\d{1,2}|[A-Z]|[а-я]|[أ-ي]{1,2})\s?\)\.?(?:\s+|(?=\w)|\Z)"
)
_HALF = re.compile(r"(?P<core>[a-z]{1,2}|[ivxl]{1,5}|\d{1,2}|[а-я])\)(?:\s+|\Z)")
_DOTTED = re.compile(r"(?P<core>[a-z]|[ivx]{1,5})\.(?:\t|\s{2,}|\Z)\s*")
_CAPITAL = re.compile(r"(?P<core>[A-Z]|[IVXL]{1,7})(?:\.|\s*\t)(?:\s+|\Z)(?=\S|\Z)")
_BULLET = re.compile(r"(?P<core>[•·▪●◦‣∙\uf0b7\uf0a7]|[–—-](?=\t))(?:\s+|\Z)")
_ROMAN = re.compile(r"(?:x{0,4})(?:ix|iv|v?i{0,3})|xl(?:ix|iv|v?i{0,3})", re.I)
# Letters in the order in which UN texts use them for lists.
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщэюя",
    "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Label:
    """A label as printed ("(a)"), its core ("a") and its form."""

    printed: str
    value: str
    form: Form

    @property
    def bracketed(self) -> bool:
        """Whether it closes with a bracket, as sub-paragraphs do."""
        return self.printed.endswith(")")

    @property
    def is_roman(self) -> bool:
        """Whether it can be read as a roman numeral."""
        return self.form in ("letter", "capital") and roman(self.value) is not None

    @property
    def is_letter(self) -> bool:
        """Whether it can be read as a letter (a, ..., z, aa, ...)."""
        return self.form in ("letter", "capital") and letter(self.value) is not None


def read(text: str) -> tuple[Label, int] | None:
    """The label that opens a text, and where the text after it begins; None without one."""
    for pattern, form, printed in _FORMS:
        found = pattern.match(text)
        if found:
            core = found["core"]
            dot = found.groupdict().get("dot") or ""
            actual: Form = "number" if form == "letter" and core.isdecimal() else form
            if form == "letter" and core.isupper():
                actual = "capital"
            return Label(printed.format(core) + dot, core, actual), found.end()
    return None


def of_numbering(label: str) -> Label | None:
    """A label that a format's automatic numbering gives ("33.", "(a)", "A.").

    >>> of_numbering("24.1").value, of_numbering("(a)").form, of_numbering("•").form
    ('24.1', 'letter', 'bullet')
    """
    text = label.strip()
    dotted = re.fullmatch(r"\d{1,4}(?:\.\d{1,3})*(?: (?:bis|ter|quater|quinquies))?\.?", text)
    if dotted:
        return Label(text, text.rstrip("."), "number")
    found = read(text)
    if found and found[1] == len(text):
        return found[0]
    if text and not any(char.isalnum() for char in text):
        return Label(text, text, "bullet")
    return None


_FORMS: tuple[tuple[re.Pattern[str], Form, str], ...] = (
    (_NUMBER, "number", "{}"),
    (_BARE, "number", "{}"),
    (_BRACKETED, "letter", "({})"),
    (_HALF, "letter", "{})"),
    (_DOTTED, "letter", "{}."),
    (_CAPITAL, "capital", "{}."),
    (_BULLET, "bullet", "{}"),
)


def roman(core: str) -> int | None:
    """The value of a roman numeral up to 49, None for anything else.

    >>> roman("iv"), roman("XIX"), roman("iiii")
    (4, 19, None)
    """
    if not core or not _ROMAN.fullmatch(core):
        return None
    values = [_VALUES[char] for char in core.lower()]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def letter(core: str) -> int | None:
    """The place of a letter in a, ..., z, aa, ..., zz (bb is 28); None for other pairs.

    >>> letter("c"), letter("aa"), letter("ab")
    (3, 27, None)
    """
    if not 0 < len(core) <= 2 or core[0] != core[-1]:
        return None
    for alphabet in _ALPHABETS:
        place = alphabet.find(core[0].lower()) + 1
        if place:
            return place + len(alphabet) * (len(core) - 1)
    return None


@cache
def letters() -> tuple[str, ...]:
    """The letters of lists in their order, a to zz."""
    latin = _ALPHABETS[0]
    return (*latin, *(char * 2 for char in latin))


@cache
def romans() -> tuple[str, ...]:
    """The roman numerals up to 49.

    >>> romans()[:4]
    ('i', 'ii', 'iii', 'iv')
    """
    tens = ("", "x", "xx", "xxx", "xl")
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return tuple(ten + one for ten in tens for one in ones)[1:]
