"""The tables of words that structure knows documents by, as compiled patterns.

>>> bool(opens("procedural", "meeting", "The meeting rose at 1.05 p.m."))
True
"""

from __future__ import annotations

import re
from functools import cache

from treatybody import tables


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """One key of a table of patterns, as one pattern; case does not matter."""
    choices = "|".join(f"(?:{choice})" for choice in tables.settings(table)[key])
    return re.compile(choices, re.IGNORECASE)


def opens(table: str, key: str, text: str) -> bool:
    """Whether a text begins with one of the table's patterns."""
    return bool(pattern(table, key).match(text.lstrip()))


def ends_sentence(text: str, marks: tuple[str, ...]) -> bool:
    """Whether a text ends with one of the marks, and not with a short form such as "No.".

    >>> ends_sentence("It noted that.", (".",)), ends_sentence("general comment No.", (".",))
    (True, False)
    """
    stripped = text.rstrip()
    if not stripped.endswith(marks):
        return False
    last = stripped.rsplit(None, 1)[-1].lstrip("(“")
    return not pattern("heading_words", "abbreviation").fullmatch(last)
