"""Keyword in context: each match in the middle of its line, aligned (a concordance)."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from treatybody.cli.plain import one_line
from treatybody.model import Hit

_CITATION = 34


def concordance(hits: Iterable[Hit], width: int | None = None) -> Iterator[str]:
    """Lines of a concordance: citation, left context, match, right context.

    ``width`` is in terminal columns; the terminal's own by default.
    """
    columns = width or shutil.get_terminal_size((120, 24)).columns
    side = max(20, (columns - _CITATION - 16) // 2)
    for hit in hits:
        for start, end in hit.spans:
            yield _line(hit, start, end, side)


def _line(hit: Hit, start: int, end: int, side: int) -> str:
    text = one_line(hit.text)
    left = _last_columns(text[max(0, start - side) : start], side)
    right = text[end : end + side]
    citation = one_line(hit.citation).ljust(_CITATION)
    return f"{citation}  {left}[{text[start:end]}]{right}".rstrip()


def _last_columns(text: str, columns: int) -> str:
    """The end of a text, padded on its left to a width in columns (wide characters count two)."""
    taken: list[str] = []
    room = columns
    for character in reversed(text):
        room -= 2 if east_asian_width(character) in "WF" else 1
        if room < 0:
            break
        taken.append(character)
    shown = "".join(reversed(taken))
    used = sum(2 if east_asian_width(c) in "WF" else 1 for c in shown)
    return " " * (columns - used) + shown
