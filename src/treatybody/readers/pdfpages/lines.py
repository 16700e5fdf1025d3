"""From runs to lines: runs on one baseline, from left to right, with raised marks kept apart.

A gap between two runs is a blank when it is wider than a hair (`BLANK`), and a hole (a tab, a
table column) when it is wider than any justified blank (`HOLE`). Both engines are treated alike:
neither's own idea of blanks and line ends is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from treatybody.readers.pdfpages.righttoleft import with_phrases_upright
from treatybody.readers.pdfpages.runs import TAB, Page, Run, is_label

BLANK = 0.14  # of the font size
HOLE = 1.05
SAME_BASELINE = 0.13
RAISED_AT_MOST = 0.65
RAISED_SIZE = 0.84

_STAR_MARKS = frozenset("*, ")
_LEVELLED = str.maketrans(
    {
        # symbol fonts: digits and signs stand 0xF000 higher
        **{chr(0xF000 + code): chr(code) for code in range(0x20, 0x40)},
        "\ufffe": "-",
        "\u2010": "-",
        "\u2011": "-",
        "\u0002": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\t": " ",
        "\r": " ",
        "\n": " ",
        "\ufeff": None,
        "\u200b": None,
        "\x00": None,
        "\u2217": "*",
        "\uf0b7": "•",
        "\uf0a7": "▪",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)


class Piece(NamedTuple):
    """A run as part of a line: its text with the blank before it, and whether it is raised."""

    text: str
    x: float
    right: float
    size: float
    bold: bool
    italic: bool
    raised: bool
    hole: bool  # a wide gap stands before it


@dataclass(slots=True)
class Line:
    """One printed line of one column."""

    page: int
    y: float
    x: float
    right: float
    size: float
    pieces: list[Piece]
    text: str
    lift: float = 0.0  # how far raised marks make the line's top stand above others
    facts: dict[str, bool] = field(default_factory=dict)

    @property
    def bold(self) -> bool:
        """True when every word of the line is bold."""
        return all(p.bold for p in self.pieces if not p.raised and _wordy(p.text))

    @property
    def italic(self) -> bool:
        """True when every word of the line is italic."""
        return all(p.italic for p in self.pieces if not p.raised and _wordy(p.text))


def _wordy(text: str) -> bool:
    return any(c.isalnum() for c in text)


def lines_of(page: Page) -> list[Line]:
    """The page's lines from top to bottom.

    Arguments:
        page: as an engine read it.

    >>> runs = [Run(72, 700, 110, 10, False, False, "Peru"), Run(112.5, 700, 140, 10, False,
    ...         False, "ratified"), Run(140, 703.5, 143, 6, False, False, "2")]
    >>> [line.text for line in lines_of(Page(1, 595, 842, "", runs))]
    ['Peru ratified2']
    """
    if not page.mirrored:
        return [_line(page.number, runs, high) for runs, high in _baselines(page)]
    return [_line(page.number, with_phrases_upright(r), set()) for r, _ in _baselines(page)]


_Raised = set[int]


def _baselines(page: Page) -> list[tuple[list[Run], _Raised]]:
    """Runs of one baseline with the ids of the raised ones among them."""
    groups = _levels(run for run in page.runs if _on_page(run, page))
    raised = [set[int]() for _ in groups]
    largest = _largest(groups)
    if groups and min(_smallest(groups)) >= RAISED_SIZE * max(largest):
        return [(_once(sorted(runs, key=_left_edge)), set()) for runs in groups]
    # What is moved is smaller than what it joins: the largest of a level stays what it was.
    for index in range(len(groups) - 1):
        if min(map(_size, groups[index])) < RAISED_SIZE * max(largest[index + 1 : index + 4]):
            _lower(groups, raised, index)
    largest = _largest(groups)
    for index in range(len(groups) - 1, 0, -1):
        above = max(largest[max(index - 2, 0) : index])
        if groups[index] and min(map(_size, groups[index])) < RAISED_SIZE * above:
            _lift(groups, index)
    return [
        (_once(sorted(runs, key=_left_edge)), high)
        for runs, high in zip(groups, raised, strict=True)
        if runs
    ]


_left_edge = attrgetter("x")
_size = attrgetter("size")


def _largest(groups: list[list[Run]]) -> list[float]:
    """The largest size of each level; 0 where all its runs were moved."""
    return [max(map(_size, runs), default=0.0) for runs in groups]


def _smallest(groups: list[list[Run]]) -> list[float]:
    return [min(map(_size, runs)) for runs in groups]


def _on_page(run: Run, page: Page) -> bool:
    return -5 <= run.x <= page.width + 5 and -5 <= run.y <= page.height + 5 and run.size > 0.5


def _levels(runs: Iterable[Run]) -> list[list[Run]]:
    groups: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.y):
        last = groups[-1] if groups else None
        if last and _level(last[-1], run, SAME_BASELINE) and _level(last[0], run, 0.3):
            last.append(run)
        else:
            groups.append([run])
    return groups


def _level(high: Run, low: Run, share: float) -> bool:
    return high.y - low.y <= share * max(high.size, low.size)


def _lower(groups: list[list[Run]], raised: list[_Raised], index: int) -> None:
    """Move small runs of this level to the line below that they are raised from."""
    stay = []
    for run in groups[index]:
        for below in range(index + 1, min(index + 4, len(groups))):
            if _rises_from(run, groups[below]):
                groups[below].append(run)
                raised[below].add(id(run))
                break
        else:
            stay.append(run)
    groups[index] = stay


def _rises_from(run: Run, runs: list[Run]) -> bool:
    """True where a run is small, a little higher than a line and next to one of its runs."""
    for other in runs:
        rise = run.y - other.y
        highest = 1.0 if set(run.text) <= _STAR_MARKS else RAISED_AT_MOST
        if (
            run.size < RAISED_SIZE * other.size
            and 0 < rise <= highest * other.size
            and run.x - other.right < 0.9 * other.size
            and other.x - run.right < 1.6 * other.size
        ):
            return True
    return False


def _lift(groups: list[list[Run]], index: int) -> None:
    """Move small runs of this level to the line above that they hang from."""
    for above in range(index - 1, max(index - 3, -1), -1):
        for run in [r for r in groups[index] if _hangs_from(r, groups[above])]:
            groups[index].remove(run)
            groups[above].append(run)


def _hangs_from(run: Run, runs: list[Run]) -> bool:
    return any(
        run.size < RAISED_SIZE * other.size
        and 0 < other.y - run.y <= 0.35 * other.size
        and run.x - other.right < 0.4 * other.size
        and other.x - run.right < 0.4 * other.size
        for other in runs
    )


def _once(runs: list[Run]) -> list[Run]:
    """Without the second copy of text that is printed twice to look bold."""
    if len({run.text for run in runs}) == len(runs):
        return runs
    kept: list[Run] = []
    for run in runs:
        twin = any(
            other.text == run.text and abs(other.x - run.x) < 0.25 * run.size for other in kept[-3:]
        )
        if not twin:
            kept.append(run)
    return kept


def _line(number: int, runs: list[Run], high: _Raised) -> Line:
    pieces: list[Piece] = []
    ended = False
    for run in runs:
        piece = _piece(run, pieces[-1] if pieces else None, id(run) in high, ended)
        ended = run.text.endswith((" ", "\u00a0"))
        if pieces and _only_stars(piece.text) and _only_stars(pieces[-1].text.strip()):
            first = pieces.pop()
            piece = first._replace(text=first.text + piece.text, right=piece.right)
        pieces.append(piece)
    base = [run for run in runs if id(run) not in high] or runs
    size = _main_size(base)
    return Line(
        number,
        max(base, key=lambda run: len(run.text)).y,
        pieces[0].x,
        max(piece.right for piece in pieces),
        size,
        pieces,
        "".join(piece.text for piece in pieces),
    )


def _only_stars(text: str) -> bool:
    return not text.strip("*")


def _main_size(runs: Sequence[Run | Piece]) -> float:
    """The size in which most characters are set, in tenths of a point."""
    if len(runs) == 1:
        return round(runs[0].size, 1)
    weights: dict[float, int] = {}
    for run in runs:
        size = round(run.size, 1)
        weights[size] = weights.get(size, 0) + len(run.text)
    return max(weights, key=lambda size: (weights[size], size))


def _piece(run: Run, before: Piece | None, raised: bool, ended: bool) -> Piece:
    """A run as a piece of its line; ``ended`` says that the run before ended in a blank."""
    text = run.text if _is_level(run.text) else run.text.translate(_LEVELLED)
    shown = text.strip(" ")
    if before is None:
        blank, hole = False, False
    else:
        gap = run.x - before.right
        size = max(run.size, before.size) if not raised else before.size
        hole = gap > HOLE * size
        blank = gap > BLANK * size or (gap > 0 and (ended or text.startswith(" ")))
    if text.endswith(" ") and not shown:
        shown = ""
    return Piece(
        (" " if blank else "") + _single_blanks(shown),
        run.x,
        run.right,
        run.size,
        run.bold,
        run.italic,
        raised,
        hole,
    )


def _is_level(text: str) -> bool:
    """True for what `_LEVELLED` would leave as it is, told at a glance."""
    return text.isascii() and text.isprintable()


def _single_blanks(text: str) -> str:
    return " ".join(text.split()) if "  " in text else text


def segments(line: Line) -> list[list[Piece]]:
    """The line's pieces, cut at its holes.

    >>> from treatybody.readers.pdfpages.runs import Page
    >>> runs = [Run(72, 700, 80, 10, False, False, "1."), Run(110, 700, 140, 10, False, False, "x")]
    >>> [len(cut) for cut in segments(lines_of(Page(1, 595, 842, "", runs))[0])]
    [1, 1]
    """
    cuts: list[list[Piece]] = []
    for piece in line.pieces:
        if piece.hole or not cuts:
            cuts.append([])
        cuts[-1].append(piece)
    return cuts


def split(line: Line) -> list[Line]:
    """One line a segment."""
    return [part_of(line, cut) for cut in segments(line)]


def part_of(line: Line, pieces: list[Piece]) -> Line:
    """A line made of some of a line's pieces."""
    first = pieces[0]._replace(text=pieces[0].text.lstrip(" "), hole=False)
    pieces = [first, *pieces[1:]]
    return Line(
        line.page,
        line.y,
        first.x,
        max(p.right for p in pieces),
        _main_size(pieces),
        pieces,
        "".join(p.text for p in pieces),
    )


class Label(NamedTuple):
    """A typed number or letter, where the text after it begins, and the gap, in font sizes."""

    text: str
    x: float
    gap: float


def label_of(line: Line) -> Label | None:
    """The typed number or letter that starts a line before a tab.

    The tab is what tells "(a)<tab>Adopt" from a line that happens to start with "(a) of".
    """
    end = _label_end(line)
    label = "".join(piece.text for piece in line.pieces[:end]).strip()
    if not end or not is_label(label):
        return None
    x = line.pieces[end].x
    return Label(label, x, (x - line.pieces[end - 1].right) / line.size)


def _label_end(line: Line) -> int:
    """How many pieces stand before the first tab; 0 where there is none near the start."""
    for index, piece in enumerate(line.pieces[1:7], 1):
        if piece.x - line.pieces[index - 1].right > TAB * line.size:
            return index
    return 0
