"""Which part of a long paragraph a card shows: the window with the most different matches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]
WHOLE = 1200
WINDOW = 700


@dataclass(frozen=True)
class Passage:
    """A part of a text: ``start`` and ``end`` in the text, and the matches inside, moved along.

    ``left_out`` counts the characters of the text that are not shown.
    """

    start: int
    end: int
    text: str
    spans: tuple[Span, ...]
    left_out: int = 0

    @property
    def cut_before(self) -> bool:
        """Whether text was left out before."""
        return self.start > 0

    @property
    def cut_after(self) -> bool:
        """Whether text was left out behind."""
        return self.left_out > self.start


def passage(text: str, spans: Sequence[Span], whole: int = WHOLE, width: int = WINDOW) -> Passage:
    """The whole text when short, else the best window around the matches, cut at blanks.

    >>> passage("a b c", [(2, 3)]).text
    'a b c'
    >>> cut = passage("one two three four five", [(8, 13)], whole=10, width=8)
    >>> cut.text, cut.spans, cut.left_out
    ('two three', ((4, 9),), 14)
    """
    if len(text) <= whole:
        return Passage(0, len(text), text, tuple(spans))
    start, end = _window(text, spans, width)
    inside = tuple(
        (max(s, start) - start, min(e, end) - start) for s, e in spans if s < end and e > start
    )
    return Passage(start, end, text[start:end], inside, len(text) - (end - start))


def _window(text: str, spans: Sequence[Span], width: int) -> Span:
    if not spans:
        return 0, _break_after(text, width)
    first = max(range(len(spans)), key=lambda i: _matches_from(text, spans, i, width))
    start = _break_before(text, spans[first][0] - width // 4)
    return start, _break_after(text, max(start + width, spans[first][1]))


def _matches_from(text: str, spans: Sequence[Span], first: int, width: int) -> int:
    """How many different matched words a window that begins at a match holds."""
    limit = spans[first][0] + width * 3 // 4
    return len({text[s:e].casefold() for s, e in spans[first:] if e <= limit})


_NO_BLANKS = 40  # Chinese has none: then the cut is where it falls


def _break_before(text: str, place: int) -> int:
    if place <= 0:
        return 0
    found = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1
    return found if place - found <= _NO_BLANKS else place


def _break_after(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    found = [at for at in (text.find(" ", place), text.find("\n", place)) if at >= 0]
    end = min(found, default=len(text))
    return end if end - place <= _NO_BLANKS else place
