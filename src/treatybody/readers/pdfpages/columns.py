"""Reading order: pages in two columns are read left column first, between full-width lines."""

from __future__ import annotations

from statistics import median

from treatybody.readers.pdfpages.furniture import flat_rules
from treatybody.readers.pdfpages.lines import Line, part_of, split
from treatybody.readers.pdfpages.runs import Page

FEWEST_LINES = 12  # a side
SHORTEST_SIDE = 22  # characters at the median: shorter ones are table cells
LEFTMOST = 0.4  # of the page's width: the gutter stands in its middle fifth
CROSSING = 0.12  # share of the characters that may run over the gutter (headings, notes)


def in_reading_order(page: Page, lines: list[Line]) -> list[Line]:
    """The page's lines as a person reads them; lines of two columns are cut apart.

    Arguments:
        page: for its width.
        lines: from top to bottom.
    """
    if len(lines) < FEWEST_LINES or not _has_right_side(page, lines):
        return lines
    gutter = _gutter(page, [part for line in lines for part in split(line)])
    if gutter is None or _has_table(page, lines, gutter):
        return lines
    return _banded([part for line in lines for part in _cut(line, gutter)], gutter)


def _has_right_side(page: Page, lines: list[Line]) -> bool:
    """False where too few texts begin right of the leftmost gutter: most pages, told quickly."""
    leftmost = page.width * LEFTMOST
    begin = (p.x for line in lines for p in line.pieces if p.hole or p is line.pieces[0])
    return sum(x >= leftmost for x in begin) >= FEWEST_LINES


def _has_table(page: Page, lines: list[Line], gutter: float) -> bool:
    """True where a rule runs over the gutter between the lines: columns of a table."""
    top, bottom = lines[0].y, lines[-1].y
    return any(r.x0 < gutter < r.x1 and bottom < r.y0 < top for r in flat_rules(page))


def _cut(line: Line, gutter: float) -> list[Line]:
    """The line's two halves, or the line where one of its texts runs over the gutter."""
    left = [piece for piece in line.pieces if piece.right <= gutter]
    right = [piece for piece in line.pieces if piece.x >= gutter]
    if len(left) + len(right) < len(line.pieces) or not left or not right:
        return [line]
    return [part_of(line, left), part_of(line, right)]


def _gutter(page: Page, cuts: list[Line]) -> float | None:
    total = sum(len(cut.text) for cut in cuts) or 1
    steps = [page.width * (LEFTMOST + 0.01 * k) for k in range(21)]
    best = min(steps, key=lambda x: (_crossing(cuts, x), abs(x - page.width / 2)))
    if _crossing(cuts, best) > CROSSING * total:
        return None
    left = [cut for cut in cuts if cut.right <= best]
    right = [cut for cut in cuts if cut.x >= best]
    return best if _is_column(left) and _is_column(right) else None


def _crossing(cuts: list[Line], x: float) -> int:
    return sum(len(cut.text) for cut in cuts if cut.x < x < cut.right)


def _is_column(side: list[Line]) -> bool:
    """Many long lines with one left edge: running text, not a table's column."""
    if len(side) < FEWEST_LINES or median(len(cut.text) for cut in side) < SHORTEST_SIDE:
        return False
    edge = median(cut.x for cut in side)
    near = sum(1 for cut in side if abs(cut.x - edge) < 4)
    even = sum(1 for cut in side if cut.right > max(c.right for c in side) - 25)
    return near > 0.5 * len(side) and even > 0.5 * len(side)


def _banded(cuts: list[Line], gutter: float) -> list[Line]:
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for cut in cuts:
        if cut.x < gutter < cut.right:
            ordered += [*left, *right, cut]
            left, right = [], []
        else:
            (left if cut.right <= gutter else right).append(cut)
    return ordered + left + right
