"""XLSX: a header, readable widths, matched words bold, written in constant memory.

Excel holds at most 32,767 characters in a cell. A longer text goes on in rows below that say
"(continued)" in their citation; nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from treatybody.exporters.rows import Cell, Options, Row, cells

NAME = "xlsx"
SUFFIXES = (".xlsx",)
CELL_LIMIT = 32_767
_WIDTHS = {"text": 100, "footnotes": 60, "section": 40, "citation": 32, "title": 40, "link": 40}
_SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
Pieces = list[tuple[str, bool]]


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write rows as one worksheet."""
    import xlsxwriter

    with xlsxwriter.Workbook(out, dict(_SETTINGS)) as book:
        Sheet(book, "Paragraphs", options).write(rows)


class Sheet:
    """One worksheet of a workbook, filled from the top.

    Arguments:
        book: an open ``xlsxwriter.Workbook``.
        name: the sheet's name.
        options: the columns.
    """

    def __init__(self, book: Any, name: str, options: Options) -> None:
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.sheet = book.add_worksheet(name)
        self.columns = options.columns
        self.line = 0

    def write(self, rows: Iterator[Row]) -> int:
        """Write the header and all rows; returns how many rows were given."""
        for column, name in enumerate(self.columns):
            self.sheet.set_column(column, column, _WIDTHS.get(name, 14))
        self.sheet.freeze_panes(1, 0)
        self._put(list(self.columns), self.bold)
        count = 0
        for row in rows:
            self._row(row)
            count += 1
        self.sheet.autofilter(0, 0, max(1, self.line - 1), len(self.columns) - 1)
        return count

    def _row(self, row: Row) -> None:
        parts = [self._parts(row, name, cell) for name, cell in self._cells(row)]
        for depth in range(max(map(len, parts))):
            line = [part[depth] if depth < len(part) else None for part in parts]
            if depth and "citation" in self.columns:
                line[self.columns.index("citation")] = f"{row.hit.citation} (continued)"
            self._put(line, self.plain)

    def _cells(self, row: Row) -> Iterator[tuple[str, Cell]]:
        return zip(self.columns, cells(row, self.columns), strict=True)

    def _parts(self, row: Row, name: str, cell: Cell) -> Sequence[Cell | Pieces]:
        """A cell as what fits into one, one below the other."""
        if not isinstance(cell, str):
            return [cell]
        if name == "text" and row.hit.spans and len(cell) <= CELL_LIMIT:
            return [_pieces(cell, row.hit.spans)]
        return [cell[i : i + CELL_LIMIT] for i in range(0, len(cell), CELL_LIMIT)] or [""]

    def _put(self, line: Sequence[Cell | Pieces], style: Any) -> None:
        for column, cell in enumerate(line):
            if isinstance(cell, list):
                self._put_rich(column, cell)
            elif isinstance(cell, str):
                self.sheet.write_string(self.line, column, cell, style)
            elif cell is not None:
                self.sheet.write_number(self.line, column, cell, style)
        self.line += 1

    def _put_rich(self, column: int, pieces: Pieces) -> None:
        """Matched words bold; a text that is one piece can't be rich in this format."""
        if len(pieces) == 1:
            text, bold = pieces[0]
            self.sheet.write_string(self.line, column, text, self.bold if bold else self.plain)
            return
        mixed: list[Any] = []
        for text, bold in pieces:
            mixed += [self.bold, text] if bold else [text]
        self.sheet.write_rich_string(self.line, column, *mixed, self.plain)


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Pieces:
    """A text cut at its matches, empty pieces left out."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    return [piece for piece in [*pieces, (text[last:], False)] if piece[0]]
