"""From lines to paragraphs: where one ends and the next begins, over columns and pages too."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from treatybody.readers.pdfpages.layout import Layout
from treatybody.readers.pdfpages.lines import Label, Line, label_of
from treatybody.readers.pdfpages.runs import LABEL

Region = Literal["body", "header", "footer", "masthead", "contents"]

EXTRA_LEADING = 1.22  # times the usual distance: a paragraph's space
OTHER_SIZE = 0.7  # points
INDENT = 0.7  # of the font size
SURE_TAB = 0.95  # of the font size: wider than justified blanks are
HANGING = 3.5  # of the font size: how far a text may hang behind its dash or number
FULL = 1.2  # of the font size: what may be missing at the right of a full line
LONGEST_HEADING = 4  # lines
_SENTENCE_END = (".", ";", ":", ",", "?", "!")
_END = (".", ";", ":", "?", "!", "”.", ".”", "»", ")", "]")


@dataclass(slots=True)
class Draft:
    """A paragraph in the making."""

    lines: list[Line]
    region: Region = "body"
    label: Label | None = None
    cells: list[list[Line]] = field(default_factory=list)
    table: tuple[int, int, bool] | None = None

    @property
    def last(self) -> Line:
        """The line that was added last."""
        return self.lines[-1]


def drafts(lines: list[Line], layout: Layout, region: Region = "body") -> list[Draft]:
    """Paragraphs of lines in reading order; lines of several pages may follow one another.

    Arguments:
        lines: without furniture and notes.
        layout: the document's measures.
        region: what the paragraphs will say of their place.
    """
    found: list[Draft] = []
    for index, line in enumerate(lines):
        label = _label(line, layout)
        if found and label and _runs_on(found[-1], line, label, layout):
            label = None
        heading = found and not label and _heads_page(found[-1], lines, index, layout)
        if found and not heading and not _begins(found[-1], line, label, layout):
            found[-1].lines.append(line)
        else:
            found.append(Draft([line], region, label))
    return found


def _label(line: Line, layout: Layout) -> Label | None:
    """The line's label; a bare figure in small type belongs to a drawing and is none."""
    label = label_of(line)
    small = line.size < layout.size - OTHER_SIZE
    return None if label and small and label[0].isdigit() else label


def _runs_on(draft: Draft, line: Line, label: Label, layout: Layout) -> bool:
    """True where what looks like a label is the next word of a justified text: "(b) the ..."."""
    last = draft.last
    sentence = label.text.endswith(".") and _ended(last)
    if sentence or label.gap > SURE_TAB or not is_full(last, line, layout):
        return False
    below = last.page == line.page and last.y - line.y > 0
    if below and last.y - line.y > EXTRA_LEADING * layout.leading(line.size):
        return False
    same_edge = len(draft.lines) > 1 and abs(line.x - last.x) < 2
    first_lines = draft.lines[0].x - line.x > INDENT * line.size or bool(draft.label)
    return same_edge or (len(draft.lines) == 1 and first_lines and line.x <= draft.lines[0].x + 2)


def _begins(draft: Draft, line: Line, label: Label | None, layout: Layout) -> bool:
    """True where a line begins a paragraph of its own after a draft."""
    last = draft.last
    if label or abs(last.size - line.size) > OTHER_SIZE:
        return True
    drop = last.y - line.y
    if last.page != line.page or drop < -0.5 * line.size:
        return _begins_elsewhere(draft, line, layout)
    if drop > EXTRA_LEADING * layout.leading(line.size):
        return True
    return _begins_by_form(draft, line, layout)


def _begins_by_form(draft: Draft, line: Line, layout: Layout) -> bool:
    """Judged by edges and weight, where the leading tells nothing."""
    last = draft.last
    full = is_full(last, line, layout)
    if last.bold != line.bold and not full and _all_bold(draft) != line.bold:
        return True
    ended = _ended(last)
    if (ended or not full) and _indented(draft, line) and not _centred(draft, line, layout):
        return True
    return ended and not full and (line.text[:1].isupper() or _is_next_label(draft, line))


def _is_next_label(draft: Draft, line: Line) -> bool:
    """True where a label stands right under the draft's, with no more than a blank behind it."""
    under = abs(line.x - draft.lines[0].x) < 2
    return bool(draft.label) and under and LABEL.match(line.text) is not None


def _ended(line: Line) -> bool:
    """True where a line ends as paragraphs do; a note's mark may stand behind the full stop."""
    for piece in reversed(line.pieces):
        if not piece.raised:
            return piece.text.rstrip(" *").endswith(_END)
    return False


def _all_bold(draft: Draft) -> bool:
    return all(line.bold for line in draft.lines)


def is_full(last: Line, line: Line, layout: Layout) -> bool:
    """True where the next line's first word had no room at a line's end."""
    room = max(layout.right, last.right) - last.right
    word = line.text.split(" ", 1)[0]
    width = len(word) * (line.right - line.x) / max(len(line.text), 1)
    return room < width + FULL * line.size


def _indented(draft: Draft, line: Line) -> bool:
    """True where a line's left edge does not fit the paragraph."""
    step = INDENT * line.size
    first = draft.lines[0]
    if len(draft.lines) > 1:
        return line.x - draft.last.x > step or draft.last.x - line.x > step
    if any(piece.hole and abs(piece.x - line.x) < 3 for piece in first.pieces):
        return False
    if LABEL.match(first.text) and 0 < line.x - first.x < HANGING * line.size:
        return False
    if draft.label:
        return abs(line.x - draft.label[1]) > step and line.x - first.x > step
    return line.x - first.x > step


def _centred(draft: Draft, line: Line, layout: Layout) -> bool:
    return all(is_centred(ln, layout) for ln in (draft.last, line))


def is_centred(line: Line, layout: Layout) -> bool:
    """True where a line stands in the middle between the margins, clear of both."""
    left, right = line.x - layout.left, layout.right - line.right
    return left > 12 and right > 12 and abs(left - right) < 0.12 * (layout.right - layout.left)


def _begins_elsewhere(draft: Draft, line: Line, layout: Layout) -> bool:
    """The first line of a column or page: it goes on where the last one was cut off."""
    last = draft.last
    if last.bold != line.bold and (_all_bold(draft) or _short_heading(draft, layout)):
        return True
    if len(draft.lines) > 1 and line.x - draft.last.x > INDENT * line.size:
        return True
    if _short_heading(draft, layout):
        return True
    ended = _ended(last)
    if ended and ((line.bold and not last.bold) or (line.italic and not last.italic)):
        return True
    return ended and not is_full(last, line, layout)


def _heads_page(draft: Draft, lines: list[Line], index: int, layout: Layout) -> bool:
    """True where a page's first lines, up to the next paragraph, are a heading.

    A paragraph that ends in bold and fills its last line looks like one that goes on in the bold
    heading over the next page; but no paragraph ends without a full stop.
    """
    line = lines[index]
    if line.page == draft.last.page or not line.bold or not _ended(draft.last):
        return False
    last = _last_of_heading(lines, index, layout)
    return (
        last is not None
        and line.text[:1].isupper()
        and not last.text.endswith(_SENTENCE_END)
        and layout.right - last.right > 2 * layout.size
    )


def _last_of_heading(lines: list[Line], index: int, layout: Layout) -> Line | None:
    """The last of a few bold lines over a labelled paragraph, a larger distance or a table."""
    for above, line in pairwise(lines[index : index + LONGEST_HEADING + 1]):
        far = above.y - line.y > EXTRA_LEADING * layout.leading(above.size)
        if line.page != above.page or far or _label(line, layout):
            return above
        if not line.bold:
            return None
    return lines[-1] if len(lines) - index <= LONGEST_HEADING else None


def _short_heading(draft: Draft, layout: Layout) -> bool:
    """True for a heading: bold or large, and not as wide as the text."""
    big = draft.last.size > layout.size + OTHER_SIZE
    return (big or _all_bold(draft)) and draft.last.right < layout.right - 2 * layout.size
