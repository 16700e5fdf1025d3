"""Numbers as Word writes them in lists and note marks (§17.18.59, ST_NumberFormat)."""

from __future__ import annotations

from functools import cache

from treatybody.tables import settings

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Beyond these Word itself goes back to figures; so a wild start value costs no memory.
_MOST_REPEATS = 30
_MOST_ROMAN = 32767


def numeral(number: int, form: str) -> str:
    """``number`` in the number format ``form``; figures where the form is unknown.

    >>> [numeral(n, "lowerLetter") for n in (1, 26, 27, 53)]
    ['a', 'z', 'aa', 'aaa']
    >>> numeral(14, "lowerRoman"), numeral(22, "ordinal"), numeral(7, "decimalZero")
    ('xiv', '22nd', '07')
    """
    if form in ("none", "bullet"):
        return ""
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "ordinal":
        return _ordinal(number)
    return _listed(number, form)


def known(form: str) -> bool:
    """Whether this format is written as Word does, not in figures for want of better."""
    named = {"decimal", "decimalZero", "none", "bullet", "ordinal", "lowerRoman", "upperRoman"}
    return (
        form in named
        or form in _table("alphabets")
        or form in _table("frames")
        or (form in _table("digits") or form in _table("words"))
    )


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    written = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        written += letters * count
    return written


def _ordinal(number: int) -> str:
    teens = 10 <= number % 100 <= 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _listed(number: int, form: str) -> str:
    """Formats that a table describes: alphabets, counted words, foreign digits, frames."""
    alphabet = _table("alphabets").get(form)
    if alphabet:
        return _letters(number, alphabet)
    words = _table("words").get(form)
    if words and 0 < number <= len(words):
        return str(words[number - 1])
    digits = _table("digits").get(form)
    if digits:
        return "".join(digits[int(digit)] if digit.isdigit() else digit for digit in str(number))
    frame = _table("frames").get(form)
    return frame.replace("N", str(number)) if frame else str(number)


def _letters(number: int, alphabet: str) -> str:
    """Word repeats the letter: after z comes aa, then bb."""
    repeats, place = divmod(number - 1, len(alphabet))
    if not 0 <= repeats < _MOST_REPEATS:
        return str(number)
    return alphabet[place] * (repeats + 1)


@cache
def _table(name: str) -> dict[str, str]:
    return dict(settings("word_numerals").get(name, {}))
