"""Footnotes: found at the foot of a page by rule and size, joined over pages, tied to their marks.

A mark in the text is a raised piece of digits or an asterisk; it is tied to a note of the same
page, or of the page after, where a paragraph runs on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from treatybody.readers.pdfpages.furniture import flat_rules
from treatybody.readers.pdfpages.lines import Line, Piece
from treatybody.readers.pdfpages.runs import Page

MARK = re.compile(r"\d{1,4}|\*{1,5}|[†‡§¶]{1,2}|[a-z]{1,2}")
_SEPARATOR = re.compile(r"[_—―─]{5,}")
SMALLER = 0.5  # points below the body's size
LONGEST_RULE = 0.5  # of the page's width
FIRST_LINES = 4  # of what stands below a rule: rows of a table show among them
SHORT_RULE = 0.2  # the template's own separator


@dataclass(slots=True)
class FootNote:
    """A note as it stands at the foot: its mark, its lines, the page where it begins."""

    page: int
    mark: str
    lines: list[Line] = field(default_factory=list)


def divide(page: Page, lines: list[Line], body_size: float) -> tuple[list[Line], list[Line]]:
    """The page's lines above and below its note separator.

    Arguments:
        page: for its rules.
        lines: from top to bottom, without furniture.
        body_size: the document's prevailing font size, in points.
    """
    start = _start(page, lines, body_size)
    body = [line for line in lines[:start] if not _SEPARATOR.fullmatch(line.text.strip())]
    foot = [line for line in lines[start:] if not _SEPARATOR.fullmatch(line.text.strip())]
    return body, foot


def _start(page: Page, lines: list[Line], body_size: float) -> int:
    """The index of the first note line; the number of lines where there is none."""
    for height, short in _separators(page, lines):
        start = next((i for i, line in enumerate(lines) if line.y < height), len(lines))
        if start == len(lines):
            continue
        mark = raised_mark(lines[start])
        sure = short and mark is not None and not mark.isalpha()
        if sure or _all_notes(lines[start:], body_size, page.mirrored):
            return start
    return _start_by_size(lines, body_size)


def _separators(page: Page, lines: list[Line]) -> list[tuple[float, bool]]:
    """Heights of flat rules and of lines of underscores, from the top; True for short ones."""
    heights = [(line.y + 1, True) for line in lines if _SEPARATOR.fullmatch(line.text.strip())]
    left = min((line.x for line in lines), default=0.0)
    for rule in flat_rules(page):
        width = rule.x1 - rule.x0
        if 20 < width < LONGEST_RULE * page.width and rule.x0 < left + 60:
            heights.append((rule.y0, width < SHORT_RULE * page.width))
    return sorted(heights, reverse=True)


def _all_notes(lines: list[Line], body_size: float, mirrored: bool) -> bool:
    """True where lines below a rule are small or start with a mark."""
    small = sum(1 for line in lines if line.size < body_size - SMALLER)
    if small < 0.85 * len(lines) or _is_row(lines):
        return False
    # Without a mark it is the rest of a note: running text, and no row of a table. The blanks of
    # right-to-left text tell nothing.
    first = lines[:FIRST_LINES]
    holed = sum(1 for line in first if any(piece.hole for piece in line.pieces))
    return mirrored or bool(mark_of(lines[0])) or holed * 2 <= len(first)


def _is_row(lines: list[Line]) -> bool:
    """True for the rows of a table under its rule: most lines have holes beside the label's."""
    holed = sum(1 for line in lines if sum(p.hole for p in line.pieces) > 1)
    return holed > 0.4 * len(lines)


def _start_by_size(lines: list[Line], body_size: float) -> int:
    start = len(lines)
    while start and lines[start - 1].size < body_size - SMALLER:
        start -= 1
    while start < len(lines) and not raised_mark(lines[start]):
        start += 1
    return len(lines) if start == 0 else start


def raised_mark(line: Line) -> str | None:
    """The mark that a note's first line starts with, raised or an asterisk."""
    first = line.pieces[0]
    text = first.text.strip()
    if (first.raised or text.startswith(("*", "†", "‡"))) and MARK.fullmatch(text):
        return text
    return None


def mark_of(line: Line) -> tuple[str, Line, bool] | None:
    """The mark that a line of the notes starts with, the line without it, and whether it is sure.

    A mark is raised or an asterisk; a number before a gap may be one.
    """
    raised = raised_mark(line)
    if raised:
        return raised, _with(line, line.pieces[1:]), True
    first = line.pieces[0]
    text = first.text.strip()
    gap = line.pieces[1].x - first.right if len(line.pieces) > 1 else 0
    if gap > 2.0 and re.fullmatch(r"\d{1,3}", text):
        return text, _with(line, line.pieces[1:]), False
    return _glued(line)


def _glued(line: Line) -> tuple[str, Line, bool] | None:
    """An asterisk that shares its run with the note's first words."""
    match = re.match(r"(\*{1,5}|[†‡]{1,2})\s*(?=\S)", line.text)
    if not match or not line.pieces[0].text.startswith(match.group(1)):
        return None
    first = line.pieces[0]
    cut = first._replace(text=first.text[match.end() :].lstrip())
    return match.group(1), _with(line, [cut, *line.pieces[1:]]), True


def _with(line: Line, pieces: list[Piece]) -> Line:
    text = "".join(piece.text for piece in pieces).strip()
    x = pieces[0].x if pieces else line.right
    return Line(line.page, line.y, x, line.right, line.size, pieces, text)


def gather(feet: list[tuple[int, list[Line]]]) -> list[FootNote]:
    """The notes of all pages, those that run over to the next page joined.

    Arguments:
        feet: each page's number and the lines below its separator.
    """
    notes: list[FootNote] = []
    for page, lines in feet:
        for line in lines:
            found = mark_of(line)
            if found and _plausible(found[0], found[2], notes, page):
                notes.append(FootNote(page, found[0], [found[1]]))
            elif notes:
                notes[-1].lines.append(line)
            else:
                notes.append(FootNote(page, "", [line]))
    return notes


def _plausible(mark: str, sure: bool, notes: list[FootNote], page: int) -> bool:
    """True where the mark can follow the notes before it."""
    if mark.isalpha():
        here = [note.mark for note in notes if note.page == page]
        return not here or here[-1].isalpha()
    if sure:
        return True
    numbers = [int(note.mark) for note in notes if note.mark.isdigit()]
    return int(mark) == (numbers[-1] + 1 if numbers else 1)


def below_table(lines: list[Line], start: int, body_size: float) -> tuple[list[FootNote], int]:
    """The notes that stand right below a table, and the index of the line after them.

    Arguments:
        lines: a page's body lines.
        start: the index of the first line below the table.
        body_size: the document's prevailing font size, in points.
    """
    notes: list[FootNote] = []
    index = start
    while index < len(lines) and lines[index].size < body_size - SMALLER:
        line = lines[index]
        found = mark_of(line)
        if found and found[2]:
            notes.append(FootNote(line.page, found[0], [found[1]]))
        elif notes and _near(notes[-1].lines[-1], line):
            notes[-1].lines.append(line)
        elif notes or index > start + 2:
            break
        index += 1
    return (notes, index) if notes else (notes, start)


def _near(above: Line, line: Line) -> bool:
    return 0 < above.y - line.y < 1.4 * line.size
