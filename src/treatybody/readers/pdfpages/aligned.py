"""Tables without rules: texts side by side, parted by a white lane that no line of them crosses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from treatybody.readers.pdfpages.lanes import APART, chunks
from treatybody.readers.pdfpages.layout import Layout
from treatybody.readers.pdfpages.lines import Line, label_of

WIDE = 0.85  # of the font size: no justified blank is as wide
FEWEST = 4  # lines that hold two texts or more
SHARE = 0.25  # of a table's lines that hold two texts or begin behind the lane
LANE = 5.0  # points: the narrowest white lane
EVEN = 0.7  # share of the texts behind the lane that begin, or end, at the edge of a column
COLUMN = 0.25  # of those texts that begin, or end, at one place make it an edge
NEAR = 3.2  # of the font size: how far apart two rows may stand
WRAPPED = 1.35  # of the font size: how far a cell's next line may stand
YEAR = 4  # digits
LONGEST_TOP = 3  # lines of a cell that a page begins with

Edges = tuple[float, float]


def is_split(line: Line, layout: Layout) -> bool:
    """True where a line holds two or more texts side by side, a label not counted.

    Between the margins of running text a justified blank may be wide; outside them it may not.
    """
    parts = chunks(line, _apart(line, layout))
    if len(parts) < 2:
        return False
    return len(parts) > 2 or not _is_labelled(line)


def _is_labelled(line: Line) -> bool:
    """True behind the number of a paragraph; a year is the first cell of a row."""
    label = label_of(line)
    return label is not None and not (len(label.text) == YEAR and label.text.isdigit())


def _apart(line: Line, layout: Layout) -> float:
    outside = line.x < layout.left - 5 or line.right > layout.right + 5
    return APART if outside else WIDE


class Stretch(NamedTuple):
    """Lines ``start`` to ``end`` of a page that may be a table, and the lane in it."""

    start: int
    end: int
    edges: Edges


@dataclass(slots=True)
class _Lane:
    """The white lane that the lines so far leave free.

    ``split`` are the lines that hold texts on both sides of it, ``behind`` those that begin there.
    """

    edges: Edges
    start: int
    split: list[int] = field(default_factory=list)
    behind: list[int] = field(default_factory=list)

    def takes(self, line: Line, gaps: Sequence[Edges]) -> bool:
        """Take a line up where it leaves the lane free, and narrow the lane to what is left."""
        low, high = self.edges
        if gaps:
            fits = [(max(low, a), min(high, b)) for a, b in gaps]
        else:
            fits = [(max(low, line.right), high), (low, min(high, line.x))]
        best = max(fits, key=lambda edges: edges[1] - edges[0])
        if best[1] - best[0] < LANE:
            return False
        self.edges = best
        return True


def stretches(
    lines: Sequence[Line],
    layout: Layout,
    runs: Callable[[Line, bool], bool],
    follows_table: bool = False,
) -> list[Stretch]:
    """The stretches of lines that hold texts side by side, from the top.

    Arguments:
        lines: of one page, in reading order.
        layout: the document's measures.
        runs: whether a line is one of running text, given whether it is split.
        follows_table: whether a table has ended the page before, which may go on here.
    """
    split = [is_split(line, layout) for line in lines]
    found: list[Stretch] = []
    lane: _Lane | None = None
    for index, line in enumerate(lines):
        gaps = _gaps(line, layout) if split[index] else []
        ends = runs(line, split[index]) or (lane and not _near(lines[index - 1], line))
        if lane and (ends or not lane.takes(line, gaps)):
            found += _accepted(lines, lane, index)
            lane = None
        if lane is None and gaps and not runs(line, True):
            lane = _Lane(gaps[0], index)
        if lane and gaps:
            lane.split.append(index)
        elif lane and line.x >= lane.edges[1]:
            lane.behind.append(index)
    found += _accepted(lines, lane, len(lines)) if lane else []
    return _from_top(lines, found) if follows_table else found


def _gaps(line: Line, layout: Layout) -> list[Edges]:
    parts = chunks(line, _apart(line, layout))
    return [(a[-1].right, b[0].x) for a, b in pairwise(parts)]


def _near(above: Line, line: Line) -> bool:
    return 0 < above.y - line.y < NEAR * line.size


def _accepted(lines: Sequence[Line], lane: _Lane, end: int) -> list[Stretch]:
    """The stretch without what stands below its last row, if it is a table."""
    last = max([*lane.split, *lane.behind])
    while last + 1 < end and lines[last].y - lines[last + 1].y < WRAPPED * lines[last].size:
        last += 1
    count = last + 1 - lane.start
    shown = len(lane.split) + len(lane.behind)
    if len(lane.split) < FEWEST or shown < SHARE * count or not _is_even(lines, lane):
        return []
    return [Stretch(lane.start, last + 1, lane.edges)]


def _is_even(lines: Sequence[Line], lane: _Lane) -> bool:
    """True where the texts behind the lane start, or end, at the edges of columns."""
    behind = [
        [piece for piece in lines[index].pieces if piece.x >= lane.edges[1] - 1]
        for index in (*lane.split, *lane.behind)
    ]
    starts = [pieces[0].x for pieces in behind if pieces]
    ends = [pieces[-1].right for pieces in behind if pieces]
    return any(_share(edge) >= EVEN for edge in (starts, ends) if edge)


def _share(edges: list[float]) -> float:
    """The share of the edges that stand at one of the few places where many do."""
    near = [sum(1 for x in edges if abs(x - edge) < 3) for edge in edges]
    return sum(1 for count in near if count >= COLUMN * len(edges)) / len(edges)


def _from_top(lines: Sequence[Line], found: list[Stretch]) -> list[Stretch]:
    """A table that goes on at a page's top may begin there with lines of its first column."""
    if not found or not 0 < found[0].start <= LONGEST_TOP:
        return found
    first, top = found[0], lines[: found[0].start]
    fits = all(line.right < first.edges[1] - LANE for line in top)
    if fits and all(_near(a, line) for a, line in pairwise(lines[: found[0].start + 1])):
        return [first._replace(start=0), *found[1:]]
    return found
