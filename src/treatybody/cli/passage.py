"""Which part of a long paragraph a card shows: the window with the most different matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]
WHOLE = 1200
WINDOW = 700


@dataclass(frozen=True)
class Passage:
    """A part of a text: ``start`` and ``end`` in the text, and the matches inside, moved along."""

    start: int
    end: int
    text: str
    spans: tuple[Span, ...]

    @property
    def cut_before(self) -> bool:
        """Whether text was left out before."""
        return self.start > 0


def passage(text: str, spans: Sequence[Span], whole: int = WHOLE, width: int = WINDOW) -> Passage:
    """The whole text when short, else the best window around the matches, cut at blanks.

    >>> passage("a b c", [(2, 3)]).text
    'a b c'
    """
    if len(text) <= whole:
        return Passage(0, len(text), text, tuple(spans))
    start, end = _window(text, spans, width)
    inside = tuple((s - start, e - start) for s, e in spans if start <= s and e <= end)
    return Passage(start, end, text[start:end], inside)


def _window(text: str, spans: Sequence[Span], width: int) -> Span:
    if not spans:
        return 0, _blank_after(text, width)
    first = max(range(len(spans)), key=lambda i: _matches_from(text, spans, i, width))
    start = max(0, spans[first][0] - width // 4)
    start = 0 if start == 0 else text.rfind(" ", 0, start) + 1
    return start, _blank_after(text, start + width)


def _matches_from(text: str, spans: Sequence[Span], first: int, width: int) -> int:
    """How many different matched words a window that begins at a match holds."""
    limit = spans[first][0] + width * 3 // 4
    return len({text[s:e].casefold() for s, e in spans[first:] if e <= limit})


def _blank_after(text: str, place: int) -> int:
    found = text.find(" ", place)
    return len(text) if found < 0 else found
