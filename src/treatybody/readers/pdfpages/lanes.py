"""The columns of a table: lanes of text between the white lanes that no row crosses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from treatybody.readers.pdfpages.lines import Line, Piece, part_of

Lane = tuple[float, float]  # left and right edge of a column's text

APART = 0.45  # of the font size: two texts with this much between them stand in two cells
LABEL_GAP = 3.0
STEP = 2.0  # points
NARROWEST_GAP = 3.0
CROSSED = 0.1  # share of the lines that may cross a white lane (headings over columns)


def chunks(line: Line, apart: float = APART) -> list[list[Piece]]:
    """The line's pieces in groups with gaps of more than ``apart`` font sizes between them.

    >>> from treatybody.readers.pdfpages.lines import lines_of
    >>> from treatybody.readers.pdfpages.runs import Page, Run
    >>> runs = [Run(72, 700, 99, 9, False, False, "Lima"), Run(110, 700, 140, 9, False, False, "4")]
    >>> [group[0].text for group in chunks(lines_of(Page(1, 595, 842, "", runs))[0])]
    ['Lima', ' 4']
    """
    groups: list[list[Piece]] = []
    for piece in line.pieces:
        if not piece.text.strip():
            continue
        gap = piece.x - groups[-1][-1].right if groups else 0.0
        if groups and (gap < apart * line.size or _is_labelled(groups[-1], gap, line.size)):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


_LABEL = re.compile(r"[IVXLC]{1,5}\.|[A-Z]\.|\([a-z]{1,4}\)|[•●▪■◦]")


def _is_labelled(group: list[Piece], gap: float, size: float) -> bool:
    """True for a letter or bullet and the text behind its tab: one cell."""
    text = "".join(piece.text for piece in group).strip()
    return gap < LABEL_GAP * size and bool(_LABEL.fullmatch(text))


def lanes_of(lines: Sequence[Line]) -> list[Lane]:
    """The columns of a table's lines, from left to right."""
    spans = [(g[0].x, g[-1].right) for line in lines for g in chunks(line)]
    if not spans:
        return []
    left, right = min(a for a, _ in spans), max(b for _, b in spans)
    counts = [0] * (int((right - left) / STEP) + 2)
    for a, b in spans:
        for k in range(int((a - left) / STEP), int((b - left) / STEP) + 1):
            counts[k] += 1
    most = max(1, int(CROSSED * len(lines)))
    return _between([count > most for count in counts], left)


def _between(taken: list[bool], left: float) -> list[Lane]:
    lanes: list[Lane] = []
    for k, is_taken in enumerate(taken):
        x = left + k * STEP
        if not is_taken:
            continue
        if lanes and x - lanes[-1][1] < NARROWEST_GAP:
            lanes[-1] = (lanes[-1][0], x + STEP)
        else:
            lanes.append((x, x + STEP))
    return lanes


def cells_of(lines: Sequence[Line], lanes: list[Lane]) -> list[list[Line]]:
    """The lines of a row cut at the lanes: one list a column, empty where nothing stands."""
    cells: list[list[Line]] = [[] for _ in lanes]
    for line in lines:
        parts: dict[int, list[Piece]] = {}
        for group in chunks(line):
            parts.setdefault(_lane(group, lanes), []).extend(group)
        for column, pieces in parts.items():
            cells[column].append(part_of(line, pieces))
    return cells


def _lane(group: list[Piece], lanes: list[Lane]) -> int:
    """The column that a text overlaps most; the leftmost of those that it covers."""
    left, right = group[0].x, group[-1].right
    overlaps = [min(right, b) - max(left, a) for a, b in lanes]
    best = max(overlaps)
    covered = [k for k, (a, b) in enumerate(lanes) if overlaps[k] >= 0.6 * (b - a)]
    return covered[0] if covered and best > 0 else overlaps.index(best)
