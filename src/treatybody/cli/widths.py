"""How many columns of a terminal a text takes: wide characters two, combining marks none."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category, east_asian_width


def columns(text: str) -> int:
    """The width of a text.

    >>> columns("abc"), columns("移民"), columns("e\\u0301")
    (3, 4, 1)
    """
    return sum(map(_width, text))


def _width(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def fit(text: str, width: int) -> str:
    """A text filled up with blanks to a width, or cut with an ellipsis.

    >>> fit("移民工人", 5), fit("ab", 4)
    ('移民…', 'ab  ')
    """
    used = columns(text)
    if used > width:
        text = first_columns(text, width - 1) + "…"
        used = columns(text)
    return text + " " * (width - used)


def first_columns(text: str, width: int) -> str:
    """The beginning of a text, no wider than a width."""
    return text[: _most(text, width)]


def last_columns(text: str, width: int) -> str:
    """The end of a text, no wider than a width, filled up with blanks on its left."""
    taken = _most(reversed(text), width)
    shown = text[len(text) - taken :]
    return " " * (width - columns(shown)) + shown


def _most(characters: Iterable[str], width: int) -> int:
    """How many characters fit."""
    count = 0
    for character in characters:
        width -= _width(character)
        if width < 0:
            break
        count += 1
    return count
