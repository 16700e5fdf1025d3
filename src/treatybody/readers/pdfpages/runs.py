"""What both engines deliver: positioned runs of text and the rules drawn on a page.

All lengths are points (1/72 inch); the origin is the lower left corner of the page as it is
shown, so a page that is stored turned has been turned upright by the engine.

>>> Run(72.0, 700.0, 100.0, 10.0, False, False, "Peru").text
'Peru'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Run(NamedTuple):
    """A piece of one line in one font: baseline origin, right edge, size, weight, text."""

    x: float
    y: float
    right: float
    size: float
    bold: bool
    italic: bool
    text: str


class Rule(NamedTuple):
    """A thin straight line: lower left and upper right corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def flat(self) -> bool:
        """True for a horizontal rule."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(slots=True)
class Page:
    """One page: its number (1-based), its size, what stands on it and who read it.

    ``turned`` counts the runs left out because they stand at an angle to the rest; ``mirrored``
    says that left and right have been exchanged (`mirrored`).
    """

    number: int
    width: float
    height: float
    engine: str
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    turned: int = 0
    mirrored: bool = False


def mirrored(page: Page) -> Page:
    """The page with left and right exchanged, so that right-to-left text reads as other text.

    >>> mirrored(Page(1, 600, 800, "", [Run(500, 9, 540, 10, False, False, "ا")])).runs[0].x
    60
    """
    w = page.width
    runs = [run._replace(x=w - run.right, right=w - run.x) for run in page.runs]
    rules = [rule._replace(x0=w - rule.x1, x1=w - rule.x0) for rule in page.rules]
    return Page(page.number, w, page.height, page.engine, runs, rules, page.turned, True)


TAB = 0.5  # of the font size: a gap after a label that is a tab and no blank
HOLE = 0.75  # a gap inside a run that parts two columns
FEWEST_TABLE_RULES = 3
THICKEST_RULE = 3.0
SHORTEST_RULE = 8.0


def rule_of(x0: float, y0: float, x1: float, y1: float) -> Rule | None:
    """The rule that a drawn box amounts to, or None where the box is thick or short.

    >>> rule_of(10, 20, 200, 20.5).flat
    True
    >>> rule_of(10, 20, 200, 90) is None
    True
    """
    thin, long = sorted((x1 - x0, y1 - y0))
    if thin > THICKEST_RULE or long < SHORTEST_RULE:
        return None
    return Rule(x0, y0, x1, y1)


_BOLD = re.compile(r"bold|black|heavy|(?<![a-z])demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)


def style_of(font: str) -> tuple[bool, bool]:
    """Weight and slant as the font's name tells them: both engines know the name.

    >>> style_of("ABCDEE+TimesNewRoman,BoldItalic")
    (True, True)
    """
    return bool(_BOLD.search(font)), bool(_ITALIC.search(font))


def upright(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """A point of a stored page on the page as shown.

    Arguments:
        x, y: the point, in the stored page.
        turn: quarter turns clockwise (0 to 3).
        width, height: of the stored page.

    >>> upright(10, 20, 1, 600, 800)
    (20, 590)
    """
    if turn == 1:
        return y, width - x
    if turn == 2:
        return width - x, height - y
    if turn == 3:
        return height - y, x
    return x, y


LABEL = re.compile(
    r"\s*((?:\d{1,4}(?:\.\d{1,3}){0,3}(?:\s(?:bis|ter|quater|quinquies)(?!\w))?[.)]?"
    r"|[IVXLC]{1,7}\.|[A-Z]\.|\([a-z]{1,4}\)|\(\d{1,3}\)"
    r"|[a-z]\)|[ivx]{2,5}\)|[а-я]\)|\([а-я]\)|\([A-Z]\)|[•●▪■◦–—\-\uf0b7·o§]))(\s+)(?=\S)"
)


def label_break(text: str) -> tuple[int, int] | None:
    """Where a typed number or letter ends and where the text after it begins.

    >>> label_break("14. Another achievement")
    (3, 4)
    >>> label_break("Another") is None
    True
    """
    match = LABEL.match(text)
    return (match.end(1), match.end()) if match else None


def is_label(text: str) -> bool:
    """True for a typed number, letter or bullet and nothing else.

    >>> is_label("(a)"), is_label("12 bis."), is_label("iii)"), is_label("Peru")
    (True, True, True, False)
    """
    match = LABEL.match(f"{text} x") if len(text) < 12 else None
    return bool(match) and match.end() == len(text) + 1  # type: ignore[union-attr]


_GAP = re.compile(r"(?<=\S)\s+(?=\S)")


def gaps(text: str, everywhere: bool) -> Iterator[tuple[int, int, float]]:
    """Where a run may hold a tab: (end of what stands before, start of what follows, width).

    The width, in font sizes, is what the gap must exceed to be a tab.

    Arguments:
        text: the run's.
        everywhere: look behind each word (on pages with tables), not only behind a label.

    >>> list(gaps("14. Another one", False)), len(list(gaps("14. Another one", True)))
    ([(3, 4, 0.5)], 2)
    """
    label = label_break(text)
    if label:
        yield (*label, TAB)
    if everywhere:
        for match in _GAP.finditer(text):
            if not label or match.start() > label[0]:
                yield match.start(), match.end(), HOLE


def has_tables(rules: list[Rule]) -> bool:
    """True for a page whose flat rules may be those of a table: then gaps are looked for.

    >>> has_tables([])
    False
    """
    return sum(rule.flat for rule in rules) >= FEWEST_TABLE_RULES
