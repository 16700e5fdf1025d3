"""Tables: found by their rules or by plain alignment, delivered row by row.

UN tables have flat rules at the top, below the header and at the bottom, and none between
columns: columns are the white lanes that no row's text crosses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from treatybody.readers.pdfpages.aligned import is_split, stretches
from treatybody.readers.pdfpages.furniture import flat_rules
from treatybody.readers.pdfpages.lanes import Lane, cells_of, chunks, lanes_of
from treatybody.readers.pdfpages.layout import Layout
from treatybody.readers.pdfpages.lines import Line, label_of
from treatybody.readers.pdfpages.notes import raised_mark
from treatybody.readers.pdfpages.runs import Page, Rule

Row = tuple[list[list[Line]], bool]

_FIGURES = re.compile(r"[\d\s.,%()–-]+")
NARROWEST = 0.12  # of the page's width: the shortest rule that bounds a table
SPACED = 1.12  # of the usual distance of lines: more parts two rows
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


def tables_of(
    page: Page, lines: Sequence[Line], layout: Layout, follows_table: bool = False
) -> list[Table]:
    """The tables among a page's body lines, from top to bottom.

    Arguments:
        page: for its rules and width.
        lines: in reading order.
        layout: the document's measures.
        follows_table: whether a table has ended the page before.
    """
    if len(lines) < 2:
        return []
    split = [is_split(line, layout) for line in lines]
    if sum(split) < 2:
        return []
    found = _made(_ruled(page, lines, split, layout), lines)
    found += _made(_aligned(lines, found, layout, follows_table), lines)
    return sorted(found, key=lambda table: table.start)


def _made(spans: Sequence[_Span], lines: Sequence[Line]) -> list[Table]:
    """The tables that spans amount to, from the top; of two that overlap the first."""
    found: list[Table] = []
    for span in spans:
        table = _table(span, lines)
        if table and not any(t.start < table.end and table.start < t.end for t in found):
            found.append(table)
    return sorted(found, key=lambda table: table.start)


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


def _aligned(
    lines: Sequence[Line], ruled: Sequence[Table], layout: Layout, follows_table: bool
) -> list[_Span]:
    """Texts side by side without rules, between the ruled tables."""
    spans: list[_Span] = []
    start = 0
    for end, after in [*((t.start, t.end) for t in ruled), (len(lines), len(lines))]:
        own = lines[start:end]
        found = stretches(
            own,
            layout,
            lambda line, split: _is_running_text(line, split, layout),
            follows_table and start == 0,
        )
        spans += [_Span(start + one.start, start + one.end, []) for one in found]
        start = after
    return spans


def _table(span: _Span, lines: Sequence[Line]) -> Table | None:
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
    even = not rules and _is_even(own, usual)
    rows: list[list[Line]] = []
    for line in own:
        if not rows or _starts_row(rows[-1], line, rules, usual, lanes, even):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _is_even(own: Sequence[Line], usual: float) -> bool:
    """True where all lines stand equally far apart: then each first cell begins a row."""
    return all(above.y - line.y < SPACED * usual for above, line in pairwise(own))


def _usual_drop(own: Sequence[Line]) -> float:
    """The distance of lines inside a cell: the smallest of the table, within reason.

    Only of lines that stand one below the other: cells side by side may be at any heights.
    """
    size = median(line.size for line in own)
    drops = [a.y - b.y for a, b in pairwise(own) if _overlap(a, b)]
    return min((drop for drop in drops if 0.95 * size < drop < 1.35 * size), default=1.2 * size)


def _overlap(above: Line, line: Line) -> bool:
    """True where a text of one line stands over a text of the other."""
    spans = [(group[0].x, group[-1].right) for group in chunks(line)]
    return any(
        group[0].x < right and left < group[-1].right
        for group in chunks(above)
        for left, right in spans
    )


def _starts_row(
    row: list[Line],
    line: Line,
    rules: list[float],
    usual: float,
    lanes: list[Lane],
    even: bool,
) -> bool:
    last = row[-1]
    if any(line.y < height < last.y for height in rules):
        return True
    if even and _has_first(line, lanes) and len(chunks(line)) > 1:
        return True
    if last.y - line.y > SPACED * usual:
        return _has_first(line, lanes) or last.y - line.y > 1.6 * usual
    return _has_first(line, lanes) and _is_figures(line, lanes) and _is_figures(last, lanes)


def _has_first(line: Line, lanes: list[Lane]) -> bool:
    return line.x < lanes[0][1]


def _is_figures(line: Line, lanes: list[Lane]) -> bool:
    """True where figures or short texts stand in other columns than the first: a row of its own."""
    others = [cell[0].text for cell in cells_of([line], lanes)[1:] if cell]
    return bool(others) and all(len(t) < SHORT_CELL or _FIGURES.fullmatch(t) for t in others)
