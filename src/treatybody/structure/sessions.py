"""The number of a session, from the words that print it.

>>> number("Adopted by the Committee at its twenty-second session (13-14 April 2015).")
'22'
>>> number("105th session"), number("The one hundred and fifth session"), number("in session")
('105', '105', None)
"""

from __future__ import annotations

import re

from treatybody import tables

_DIGITS = re.compile(
    r"\b(\d{1,3})(?:st|nd|rd|th|e|º|ª|-я|-й)?\s(?:session|período de sesiones|сесс)"
)
_GROUP = re.compile(r"working group|groupe de travail|grupo de trabajo", re.IGNORECASE)
_WORDS = re.compile(r"\b((?:[a-z]+[\s-]){1,5})(?:session|meeting)\b", re.IGNORECASE)


def number(text: str) -> str | None:
    """The session that a text names first; None when it names none."""
    if _GROUP.search(text):
        return None  # a working group counts its own sessions
    digits = _DIGITS.search(text)
    if digits:
        return digits[1]
    for found in _WORDS.finditer(text):
        value = _value(re.split(r"[\s-]+", found[1].strip().lower()))
        if value and found[0].lower().endswith("session"):
            return str(value)
    return None


def _value(words: list[str]) -> int | None:
    """The value of the ordinal that a row of words ends with."""
    table = tables.settings("ordinals")
    if not words or words[-1] not in table["ordinals"]:
        return None
    total: int = table["ordinals"][words[-1]]
    for word in reversed(words[:-1]):
        if word in table["tens"]:
            total += table["tens"][word] if total % 100 != table["tens"][word] else 0
        elif word not in ("and", "one"):
            break
    return total
