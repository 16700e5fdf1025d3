"""Charts and diagrams: their labels are scraps of small type, no paragraphs and no headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from treatybody.readers.pdfpages.furniture import patterns
from treatybody.readers.pdfpages.layout import Layout
from treatybody.readers.pdfpages.lines import Line, segments
from treatybody.readers.pdfpages.notes import raised_mark

SMALLER = 0.6  # points below the size of the text
LONGEST = 45  # characters of one label
FEWEST = 4  # lines
SHARE = 0.25  # of the lines that are figures, or labels side by side

_FIGURES = re.compile(r"[\d\s.,%()+–-]+")


def drawings_of(lines: Sequence[Line], layout: Layout) -> Iterator[tuple[int, int]]:
    """Where the labels of drawings stand among a page's lines: (first, one behind the last).

    Arguments:
        lines: in reading order, without tables.
        layout: the document's measures.
    """
    start: int | None = None
    for index in range(len(lines) + 1):
        scrap = index < len(lines) and _is_scrap(lines[index], layout)
        if scrap and start is None:
            start = index
        if not scrap and start is not None:
            if _is_drawing(lines[start:index]):
                yield start, index
            start = None


def _is_scrap(line: Line, layout: Layout) -> bool:
    if line.size > layout.size - SMALLER or raised_mark(line):
        return False
    if patterns()["legend"].match(line.text.strip()):
        return False
    longest = max(sum(len(piece.text) for piece in cut) for cut in segments(line))
    return longest < LONGEST


def _is_drawing(lines: Sequence[Line]) -> bool:
    figures = sum(1 for line in lines if _FIGURES.fullmatch(line.text) or len(segments(line)) > 1)
    return len(lines) >= FEWEST and figures >= SHARE * len(lines)
