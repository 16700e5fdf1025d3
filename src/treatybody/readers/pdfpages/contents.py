"""Tables of contents: lines with dot leaders, and what stands between them and their heading."""

from __future__ import annotations

import re

from treatybody.readers.pdfpages.furniture import patterns
from treatybody.readers.pdfpages.lines import Line, segments

_LEADERS = re.compile(r"(?:\.\s?){6,}|(?:…\s?){3,}|_{6,}\s*\d")
FEWEST_DOTS = 6  # as the expression has it
_PAGE = re.compile(r"[\d\s–—,-]{1,20}|[ivxl]{1,6}")
FEWEST = 2  # entries that make a table of contents


class Contents:
    """Follows a table of contents from page to page."""

    def __init__(self) -> None:
        self.open = False

    def count(self, lines: list[Line]) -> tuple[int, int]:
        """The first and the last-but-one index of the page's contents lines; equal where none.

        Arguments:
            lines: a page's body lines in reading order.
        """
        heading = self._heading(lines)
        started = self.open or heading is not None
        entries = [i for i, line in enumerate(lines) if _is_entry(line, started)]
        if heading is not None:
            entries = [i for i in entries if i > heading]
        led = sum(1 for i in entries if _has_leaders(lines[i].text))
        if len(entries) < FEWEST or led * 2 < len(entries):
            self.open = False
            return 0, 0
        start = heading if heading is not None else self._first(lines, entries[0])
        self.open = entries[-1] >= len(lines) - 3
        return start, entries[-1] + 1

    def _heading(self, lines: list[Line]) -> int | None:
        form = patterns()["contents"]
        return next((i for i, ln in enumerate(lines) if form.fullmatch(ln.text.strip(" :"))), None)

    def _first(self, lines: list[Line], entry: int) -> int:
        """Where a table without a heading on this page begins: an entry may have wrapped."""
        if self.open:
            return 0
        while entry and _same_entry(lines[entry - 1], lines[entry]):
            entry -= 1
        return entry


def _same_entry(above: Line, line: Line) -> bool:
    return abs(above.size - line.size) < 0.3 and above.y - line.y < 1.35 * line.size


def _has_leaders(text: str) -> bool:
    """True for a line with leaders; most lines have too few dots to be looked through."""
    dotted = text.count(".") >= FEWEST_DOTS or "…" in text or "_" in text
    return dotted and bool(_LEADERS.search(text))


def _is_entry(line: Line, started: bool) -> bool:
    """True for leaders, or, once a table has begun, for a page number behind a hole."""
    if _has_leaders(line.text):
        return True
    cuts = segments(line) if started else []
    return len(cuts) > 1 and bool(_PAGE.fullmatch("".join(p.text for p in cuts[-1]).strip()))
