"""XLSX: a header, readable widths, matched words bold, written in constant memory.

Excel holds at most 32,767 characters in a cell. A longer text goes on in rows below that say
"(continued)" in their citation; nothing is cut.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from treatybody.errors import ExportError
from treatybody.exporters.rows import Cell, Options, Row, cells

if TYPE_CHECKING:
    from treatybody.exporters.batches import Batch

NAME = "xlsx"
SUFFIXES = (".xlsx",)
CELL_LIMIT = 32_767
LINES = 1_048_576
_SHEET_LIMIT = 31
_NAME_LIMIT = 200
_SUMMARY = (("query", 40), ("paragraphs", 12), ("text of the query", 70), ("note", 50))
_WIDTHS = {"text": 100, "footnotes": 60, "section": 40, "citation": 32, "title": 40, "link": 40}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # no time of day: the same hits, the same bytes
_SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
Pieces = list[tuple[str, bool]]


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write rows as one worksheet (more where they are more than a sheet holds)."""
    with _workbook(out) as book:
        Table(book, "Paragraphs", options).write(rows)


def write_workbook(batches: Sequence[Batch], out: BinaryIO, options: Options) -> None:
    """Write a sheet for each query, after a summary that counts them all, the empty ones too."""
    with _workbook(out) as book:
        summary = book.add_worksheet("Summary")
        names = sheet_names([batch.name for batch in batches])
        for batch, name in zip(batches, names, strict=True):
            Table(book, name, options).write(batch.rows)
        _summarize(book, summary, list(zip(batches, names, strict=True)))


@contextlib.contextmanager
def _workbook(out: BinaryIO) -> Iterator[Any]:
    """An open workbook; it is made in a temporary file and copied, for pipes can't be sought."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryFile() as made:
        book = xlsxwriter.Workbook(made, dict(_SETTINGS))
        book.set_properties({"created": _CREATED})
        yield book
        try:
            book.close()
        except FileCreateError as error:  # what it makes of any fault of the system
            raise error.args[0] from None
        made.seek(0)
        shutil.copyfileobj(made, out)


def _summarize(book: Any, sheet: Any, batches: Sequence[tuple[Batch, str]]) -> None:
    bold = book.add_format({"bold": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"font_color": "blue", "underline": 1, "valign": "top"})
    for column, (heading, width) in enumerate(_SUMMARY):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    for line, (batch, name) in enumerate(batches, start=1):
        place = "internal:'" + name.replace("'", "''") + "'!A1"
        if sheet.write_url(line, 0, place, link, batch.name[:_NAME_LIMIT]):
            sheet.write_string(line, 0, batch.name[:CELL_LIMIT], plain)
        sheet.write_number(line, 1, batch.count, plain)
        sheet.write_string(line, 2, batch.query[:CELL_LIMIT], plain)
        sheet.write_string(line, 3, (batch.note or "")[:CELL_LIMIT], plain)


def sheet_names(names: Sequence[str]) -> list[str]:
    """A name for each sheet as Excel allows them: 31 characters, some signs not, all different.

    >>> sheet_names(["a/b", "a b", "A/B", "History", "x" * 40])[:4]
    ['a b', 'a b (2)', 'A B (3)', 'History_']
    """
    taken = {"summary"}
    found = []
    for name in names:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip("' ")
        plain = _cut(plain, _SHEET_LIMIT).strip("' ") or "query"
        plain = f"{plain}_" if plain.casefold() == "history" else plain
        number, chosen = 1, plain
        while chosen.casefold() in taken:
            number += 1
            chosen = _ended(plain, f" ({number})")
        taken.add(chosen.casefold())
        found.append(chosen)
    return found


def _ended(name: str, ending: str) -> str:
    return _cut(name, _SHEET_LIMIT - len(ending)).rstrip("' ") + ending


class Table:
    """Rows on one worksheet, and on further ones where a sheet is full.

    Arguments:
        book: an open ``xlsxwriter.Workbook``.
        name: the first sheet's name.
        options: the columns.
        most: lines that a sheet holds.
    """

    def __init__(self, book: Any, name: str, options: Options, most: int = LINES) -> None:
        self.book = book
        self.name = name
        self.most = most
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.columns = options.columns
        self.sheets = 0
        self._open()

    def _open(self) -> None:
        """Begin a sheet with its header."""
        self.sheets += 1
        name = self.name if self.sheets == 1 else _ended(self.name, f" part {self.sheets}")
        self.sheet = self.book.add_worksheet(name)
        self.line = 0
        for column, heading in enumerate(self.columns):
            self.sheet.set_column(column, column, _WIDTHS.get(heading, 14))
        self.sheet.freeze_panes(1, 0)
        self._put(list(self.columns), self.bold)

    def _close(self) -> None:
        self.sheet.autofilter(0, 0, max(1, self.line - 1), len(self.columns) - 1)

    def write(self, rows: Iterator[Row]) -> None:
        """Write all rows."""
        for row in rows:
            self._row(row)
        self._close()

    def _row(self, row: Row) -> None:
        parts = [self._parts(row, name, cell) for name, cell in self._cells(row)]
        for depth in range(max(map(len, parts))):
            line = [part[depth] if depth < len(part) else None for part in parts]
            if depth and "citation" in self.columns:
                line[self.columns.index("citation")] = f"{row.hit.citation} (continued)"
            if self.line >= self.most:
                self._close()
                self._open()
            self._put(line, self.plain)

    def _cells(self, row: Row) -> Iterator[tuple[str, Cell]]:
        return zip(self.columns, cells(row, self.columns), strict=True)

    def _parts(self, row: Row, name: str, cell: Cell) -> Sequence[Cell | Pieces]:
        """A cell as what fits into one, one below the other."""
        if not isinstance(cell, str):
            return [cell]
        if name == "text" and row.hit.spans:
            return list(_split(_pieces(cell, row.hit.spans)))
        return list(_chunks(cell)) or [""]

    def _put(self, line: Sequence[Cell | Pieces], style: Any) -> None:
        for column, cell in enumerate(line):
            if isinstance(cell, list):
                done = self._put_rich(column, cell)
            elif isinstance(cell, str):
                done = self.sheet.write_string(self.line, column, cell, style)
            elif cell is not None:
                done = self.sheet.write_number(self.line, column, cell, style)
            else:
                done = 0
            if done:  # the library says so by a number and writes nothing
                where = f"{self.columns[column]}, line {self.line + 1}"
                raise ExportError(f"the spreadsheet does not take a cell ({where}); try csv")
        self.line += 1

    def _put_rich(self, column: int, pieces: Pieces) -> int:
        """Matched words bold; a text that is one piece can't be rich in this format."""
        mixed: list[Any] = []
        for text, bold in pieces:
            mixed += [self.bold, text] if bold else [text]
        if len(pieces) > 1:
            done = self.sheet.write_rich_string(self.line, column, *mixed, self.plain)
            if not done:
                return 0
        whole = "".join(text for text, _ in pieces)
        style = self.bold if all(bold for _, bold in pieces) else self.plain
        failed: int = self.sheet.write_string(self.line, column, whole, style)
        return failed


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Pieces:
    """A text cut at its matches, empty pieces left out."""
    pieces, last = [], 0
    for start, end in spans:
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    return [piece for piece in [*pieces, (text[last:], False)] if piece[0]]


def _split(pieces: Pieces) -> Iterator[Pieces]:
    """Pieces as they fit into cells."""
    cell: Pieces = []
    room = CELL_LIMIT
    for text, bold in pieces:
        while text:
            taken = _cut(text, room)
            if taken:
                cell.append((taken, bold))
            text, room = text[len(taken) :], room - _units(taken)
            if text:
                yield cell
                cell, room = [], CELL_LIMIT
    yield cell


def _chunks(text: str) -> Iterator[str]:
    while text:
        taken = _cut(text, CELL_LIMIT)
        yield taken
        text = text[len(taken) :]


def _units(text: str) -> int:
    """The length as Excel counts it: in UTF-16 code units.

    >>> _units("a😀")
    3
    """
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str, limit: int) -> str:
    """The beginning of a text, at most ``limit`` code units long."""
    taken = text[:limit]
    while _units(taken) > limit:
        taken = taken[: len(taken) - (_units(taken) - limit + 1) // 2]
    return taken
