"""Tables: found by their rules or by plain alignment, delivered row by row.

UN tables have flat rules at the top, below the header and at the bottom, and none between
columns: columns are the white lanes that no row's text crosses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from treatybody.readers.pdfpages.furniture import flat_rules
from treatybody.readers.pdfpages.lanes import APART, Lane, cells_of, chunks, lanes_of
from treatybody.readers.pdfpages.layout import Layout
from treatybody.readers.pdfpages.lines import Line, label_of
from treatybody.readers.pdfpages.notes import raised_mark
from treatybody.readers.pdfpages.runs import Page, Rule

Row = tuple[list[list[Line]], bool]

NARROWEST = 0.12  # of the page's width: the shortest rule that bounds a table
FEWEST_UNRULED = 5  # lines
WIDE = 0.85  # of the font size: no justified blank is as wide
LARGEST_HEADER = 6  # lines
SHORT_CELL = 16  # characters: a figure or a word, not the line of a text


@dataclass(slots=True)
class Table:
    """Lines ``start`` to ``end`` of a page as rows; ``continues`` where it opens the page."""

    start: int
    end: int
    columns: int
    continues: bool
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class _Span:
    """A stretch of lines that may be a table, with the rules that cross it."""

    start: int
    end: int
    rules: list[float]


def tables_of(page: Page, lines: Sequence[Line], layout: Layout) -> list[Table]:
    """The tables among a page's body lines, from top to bottom.

    Arguments:
        page: for its rules and width.
        lines: in reading order.
        layout: the document's measures.
    """
    if len(lines) < 2:
        return []
    split = [_is_split(line, layout) for line in lines]
    if sum(split) < 2:
        return []
    found: list[Table] = []
    for span in _ruled(page, lines, split, layout) + _aligned(lines, split):
        table = _table(span, lines, layout)
        if table and not any(t.start < table.end and table.start < t.end for t in found):
            found.append(table)
    return sorted(found, key=lambda table: table.start)


def _is_split(line: Line, layout: Layout) -> bool:
    """True where a line holds two or more texts side by side, a label not counted.

    Between the margins of running text a justified blank may be wide; outside them it may not.
    """
    outside = line.x < layout.left - 5 or line.right > layout.right + 5
    parts = chunks(line, APART if outside else WIDE)
    if len(parts) < 2:
        return False
    return len(parts) > 2 or label_of(line) is None


def _ruled(page: Page, lines: Sequence[Line], split: list[bool], layout: Layout) -> list[_Span]:
    """Stretches between flat rules whose lines are mostly split."""
    rules = _bounding(page, lines)
    spans: list[_Span] = []
    for rule in rules:
        start = next((i for i, line in enumerate(lines) if line.y < rule.y0), len(lines))
        if spans and start <= spans[-1].end:
            spans[-1].rules.append(rule.y0)
            continue
        end = _end(start, lines, split, [r.y0 for r in rules if r.y0 < rule.y0], layout)
        if end > start:
            start = _with_header(start, lines, rule.y0)
        if end - start >= 2:
            spans.append(_Span(start, end, [rule.y0]))
    return spans


def _with_header(start: int, lines: Sequence[Line], height: float) -> int:
    """The first of the small slanted lines that stand right on a table's first rule."""
    while start and lines[start - 1].italic and 0 < lines[start - 1].y - height < 14:
        start -= 1
        height = lines[start].y
    return start


def _bounding(page: Page, lines: Sequence[Line]) -> list[Rule]:
    """Rules wide enough to bound a table, below the first line of the page's header."""
    top = lines[0].y + 1.9 * lines[0].size
    bottom = lines[-1].y - 2.0 * lines[-1].size
    wide = NARROWEST * page.width
    return [r for r in flat_rules(page) if r.x1 - r.x0 > wide and bottom < r.y0 < top]


def _end(
    start: int, lines: Sequence[Line], split: list[bool], rules: list[float], layout: Layout
) -> int:
    """How far a table goes that begins at a rule: band by band while bands look like rows."""
    end = start
    for height in [*rules, float("-inf")]:
        stop = next((i for i in range(end, len(lines)) if lines[i].y < height), len(lines))
        if stop == end:
            continue
        sure = end > start or height > float("-inf")
        rows = _rows_before_text(end, stop, lines, split, layout, sure)
        if rows == end:
            break
        end = rows
        if rows < stop:
            break
    return end


def _rows_before_text(
    start: int,
    stop: int,
    lines: Sequence[Line],
    split: list[bool],
    layout: Layout,
    sure: bool,
) -> int:
    """The end of the rows in a band: where running text begins, or the band's end.

    A band is of a table where a quarter of its lines is split; two are enough where the table
    has begun or a rule ends the band (``sure``), since cells may hold long texts.
    """
    end = start
    for index in range(start, stop):
        if _is_running_text(lines[index], split[index], layout) or raised_mark(lines[index]):
            break
        end = index + 1
    count = sum(split[start:end])
    title = end - start == 1 and end == stop and lines[start].italic
    enough = count * 4 >= end - start or (sure and count > 1)
    return end if (count and enough) or title else start


def _is_running_text(line: Line, split: bool, layout: Layout) -> bool:
    """True for a numbered paragraph's first line, a full line or a heading: no table's."""
    label = label_of(line)
    starts = abs(line.x - layout.left) < 3 and line.size > layout.size - 0.4
    if label and label[0].rstrip(".").isdigit() and starts and len(line.text) > SHORT_CELL:
        return True
    if split or line.size < layout.size - 0.4:
        return False
    return (starts and line.right > layout.right - 12) or line.size > layout.size + 1.5


def _aligned(lines: Sequence[Line], split: list[bool]) -> list[_Span]:
    """Runs of split lines without rules, one below the other."""
    spans: list[_Span] = []
    start: int | None = None
    for index in range(len(lines) + 1):
        near = 0 < index < len(lines) and _near(lines[index - 1], lines[index])
        if index < len(lines) and split[index] and (start is None or near):
            start = index if start is None else start
            continue
        if start is not None and index - start >= FEWEST_UNRULED:
            spans.append(_Span(start, index, []))
        start = index if index < len(lines) and split[index] else None
    return [span for span in spans if _even(lines[span.start : span.end])]


def _near(above: Line, line: Line) -> bool:
    return 0 < above.y - line.y < 2.6 * line.size


def _even(lines: Sequence[Line]) -> bool:
    """True where the second texts start, or end, at one place."""
    seconds = [chunks(line)[1] for line in lines]
    for edge in ([part[0].x for part in seconds], [part[-1].right for part in seconds]):
        middle = sorted(edge)[len(edge) // 2]
        if sum(1 for x in edge if abs(x - middle) < 3) >= 0.85 * len(edge):
            return True
    return False


def _table(span: _Span, lines: Sequence[Line], layout: Layout) -> Table | None:
    own = lines[span.start : span.end]
    header = _header_end(span, own)
    below = [line for line in own if line.y < header]
    lanes = lanes_of(below if len(below) > 1 else own)
    if len(lanes) < 2:
        return None
    rows = [(cells_of(row, lanes), header < row[0].y) for row in _row_lines(own, span.rules, lanes)]
    if len(rows) < 2:
        return None
    return Table(span.start, span.end, len(lanes), span.start == 0, rows)


def _header_end(span: _Span, own: Sequence[Line]) -> float:
    """The height of the rule below the header: the last one near the top with lines above it."""
    rules = sorted((y for y in span.rules if y < own[0].y), reverse=True)
    for height in rules:
        above = sum(1 for line in own if line.y > height)
        if above <= LARGEST_HEADER and above < len(own) and _all_small(own[:above]):
            following = [y for y in rules if y < height]
            return _lower_header(height, following, own)
    return float("inf")


def _lower_header(height: float, rules: list[float], own: Sequence[Line]) -> float:
    """A header may have rules inside (a heading over several columns): take the lowest."""
    for lower in rules:
        between = [line for line in own if lower < line.y < height]
        if between and len(between) <= 2 and all(line.italic for line in between):
            height = lower
    return height


def _all_small(lines: Sequence[Line]) -> bool:
    return bool(lines) and all(line.italic or line.bold or line.size < 9.6 for line in lines)


def _row_lines(own: Sequence[Line], rules: list[float], lanes: list[Lane]) -> list[list[Line]]:
    """The lines of each row."""
    usual = _usual_drop(own)
    rows: list[list[Line]] = []
    for line in own:
        if not rows or _starts_row(rows[-1], line, rules, usual, lanes):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _usual_drop(own: Sequence[Line]) -> float:
    """The distance of lines inside a cell: the smallest of the table, within reason."""
    drops = [a.y - b.y for a, b in pairwise(own)]
    size = median(line.size for line in own)
    wrapped = [drop for drop in drops if 0.95 * size < drop < 1.35 * size]
    return min(wrapped, default=1.2 * size)


def _starts_row(
    row: list[Line], line: Line, rules: list[float], usual: float, lanes: list[Lane]
) -> bool:
    last = row[-1]
    if any(line.y < height < last.y for height in rules):
        return True
    if last.y - line.y > 1.12 * usual:
        return _has_first(line, lanes) or last.y - line.y > 1.6 * usual
    return _has_first(line, lanes) and _is_figures(line, lanes) and _is_figures(last, lanes)


def _has_first(line: Line, lanes: list[Lane]) -> bool:
    return line.x < lanes[0][1]


def _is_figures(line: Line, lanes: list[Lane]) -> bool:
    """True where short texts stand in other columns than the first: a row of its own."""
    others = [cell[0].text for cell in cells_of([line], lanes)[1:] if cell]
    return bool(others) and all(len(text) < SHORT_CELL for text in others)
