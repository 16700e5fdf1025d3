"""The first page's head: what stands above its last full-width rule, column by column."""

from __future__ import annotations

from treatybody.readers.pdfpages.furniture import full_width, patterns
from treatybody.readers.pdfpages.lines import Line, split
from treatybody.readers.pdfpages.runs import Page

LOWEST = 0.5  # of the page's height: the head ends above it
RIGHT_COLUMN = 0.58  # of the page's width


Columns = tuple[list[Line], list[Line]]


def masthead(page: Page, lines: list[Line]) -> tuple[Columns, list[Line]]:
    """Divide the first page's lines into the head's (left and right column) and the rest.

    Arguments:
        page: the first page.
        lines: its lines from top to bottom, without furniture.
    """
    floor = _floor(page, lines)
    head = [line for line in lines if line.y > floor]
    rest = [line for line in lines if line.y <= floor]
    return _by_column(page, head), rest


def _floor(page: Page, lines: list[Line]) -> float:
    """The height at which the head ends; above everything where there is no head."""
    high = [rule for rule in full_width(page) if rule.y0 > LOWEST * page.height][:3]
    marks = [line for line in lines if patterns()["masthead"].search(line.text)]
    marks = [line for line in marks if line.y > LOWEST * page.height]
    if not marks:
        return page.height * 2
    below = [rule.y0 for rule in high if rule.y0 < marks[-1].y]
    return max(below) if below else marks[-1].y - 1


def _by_column(page: Page, head: list[Line]) -> Columns:
    cuts = [cut for line in head for cut in split(line)]
    left = [cut for cut in cuts if cut.x < RIGHT_COLUMN * page.width]
    right = [cut for cut in cuts if cut.x >= RIGHT_COLUMN * page.width]
    return left, right
