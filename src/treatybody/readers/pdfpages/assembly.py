"""The shared stage: from the pages of either engine to the blocks and notes of a document."""

from __future__ import annotations

from treatybody.blocks import Block
from treatybody.readers.pdfpages.blocks import Tied, block_of, plain_marks
from treatybody.readers.pdfpages.columns import in_reading_order
from treatybody.readers.pdfpages.contents import Contents
from treatybody.readers.pdfpages.drawings import drawings_of
from treatybody.readers.pdfpages.furniture import Sheet, without_furniture
from treatybody.readers.pdfpages.hyphens import Words
from treatybody.readers.pdfpages.layout import Layout, body_size, measure
from treatybody.readers.pdfpages.lines import Line, lines_of
from treatybody.readers.pdfpages.masthead import masthead
from treatybody.readers.pdfpages.notes import FootNote, below_table, divide, gather
from treatybody.readers.pdfpages.paragraphs import Draft, drafts
from treatybody.readers.pdfpages.righttoleft import is_right_to_left
from treatybody.readers.pdfpages.runs import Page, mirrored
from treatybody.readers.pdfpages.tables import Table, tables_of


def assemble(pages: list[Page]) -> tuple[list[Block], Tied]:
    """The blocks and notes of a document.

    Arguments:
        pages: as the engines read them, in order.
    """
    if is_right_to_left(_sample(pages)):
        pages = [mirrored(page) for page in pages]
    sheets: list[Sheet] = [(page, lines_of(page)) for page in pages]
    lines = without_furniture(sheets)
    size = body_size(lines)
    head, lines[0] = masthead(pages[0], lines[0])
    bodies, feet = _divide(pages, lines, size)
    words = Words([line.text for body in bodies for line in body])
    tied = Tied(gather(feet), words)
    layout = measure(bodies, size)
    found = drafts(head[0], layout, "masthead")
    found += [Draft([line], "masthead") for line in head[1]]
    body = _Body(layout)
    found += body.read(pages, bodies)
    for number, notes in body.table_notes:
        tied.add_table_notes(number, notes, words)
    tied.plain = plain_marks(found)
    blocks = [block_of(draft, layout, tied, words) for draft in found]
    return [block for block in blocks if block], tied


def _sample(pages: list[Page]) -> str:
    return " ".join(run.text for page in pages[:3] for run in page.runs)


def _divide(
    pages: list[Page], lines: list[list[Line]], size: float
) -> tuple[list[list[Line]], list[tuple[int, list[Line]]]]:
    """Each page's body lines in reading order, and its note lines."""
    bodies, feet = [], []
    for page, own in zip(pages, lines, strict=True):
        body, foot = divide(page, own, size)
        bodies.append(in_reading_order(page, body))
        feet.append((page.number, foot))
    return bodies, feet


HIGHEST_HEADER = 4  # rows


class _Body:
    """Drafts of the body: paragraphs, with tables and tables of contents between them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.found: list[Draft] = []
        self.waiting: list[Line] = []
        self.tables = 0
        self.table_notes: list[tuple[int, list[FootNote]]] = []
        self.columns = 0
        self.top: list[list[str]] = []

    def read(self, pages: list[Page], bodies: list[list[Line]]) -> list[Draft]:
        contents = Contents()
        for page, lines in zip(pages, bodies, strict=True):
            start, end = contents.count(lines)
            self._text(page, lines[:start])
            if end:
                self._flush()
                self.found += drafts(lines[start:end], self.layout, "contents")
            self._text(page, lines[end:])
        self._flush()
        return self.found

    def _text(self, page: Page, lines: list[Line]) -> None:
        """Lines of one page: tables are set down as they come, the rest waits to be joined."""
        done = self._notes_below(lines, 0) if self._after_table() else 0
        for table in tables_of(page, lines, self.layout, self._after_table()):
            self._prose(lines[done : table.start])
            self._flush()
            self._table(table)
            done = self._notes_below(lines, table.end)
        self._prose(lines[done:])

    def _prose(self, lines: list[Line]) -> None:
        """Lines without tables; the labels of a drawing are set down as a table of one cell."""
        done = 0
        for start, end in drawings_of(lines, self.layout):
            self.waiting += lines[done:start]
            self._flush()
            self.tables, self.columns = self.tables + 1, 0
            own = lines[start:end]
            self.found.append(Draft(own, cells=[own], table=(self.tables, 1, False)))
            done = end
        self.waiting += lines[done:]

    def _after_table(self) -> bool:
        return bool(not self.waiting and self.found and self.found[-1].table)

    def _notes_below(self, lines: list[Line], start: int) -> int:
        """Take up the notes below a table; where the text goes on after them."""
        notes, end = below_table(lines, start, self.layout.size)
        if notes:
            self.table_notes.append((self.tables, notes))
        return end

    def _flush(self) -> None:
        self.found += drafts(self.waiting, self.layout)
        self.waiting = []

    def _table(self, table: Table) -> None:
        before = self.found[-1].table if self.found else None
        goes_on = before is not None and table.continues and table.columns == self.columns
        if not goes_on:
            self.tables += 1
        row = before[1] if before and goes_on else 0
        self.columns = table.columns
        shown = [[line.text for cell in cells for line in cell] for cells, _ in table.rows]
        again = _same_from_top(shown, self.top) if goes_on else 0
        self.top = self.top if goes_on else shown[:HIGHEST_HEADER]
        for cells, header in table.rows[again:]:
            row += 1
            lines = [line for cell in cells for line in cell]
            self.found.append(Draft(lines, cells=cells, table=(self.tables, row, header)))


def _same_from_top(rows: list[list[str]], top: list[list[str]]) -> int:
    """How many rows a table's next page repeats from its beginning: its header."""
    count = 0
    for row, first in zip(rows, top, strict=False):
        if row != first:
            break
        count += 1
    return count
