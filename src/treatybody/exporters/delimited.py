"""CSV: UTF-8 with a byte order mark, so that spreadsheets read accents; one row a hit.

Cells that a spreadsheet would take for a formula get an apostrophe in front, as OWASP
("CSV Injection") advises; RFC 4180 for quoting and line ends.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from treatybody.exporters.rows import Cell, Options, Row, cells

NAME = "csv"
SUFFIXES = (".csv",)
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def harmless(cell: Cell) -> str:
    """A cell that no spreadsheet takes for a formula, and that no NUL ends too early.

    >>> harmless("=1+1"), harmless("a=1"), harmless(-2.5)
    ("'=1+1", 'a=1', '-2.5')
    """
    if isinstance(cell, str):
        shown = cell if cell.isprintable() else _CONTROLS.sub("\ufffd", cell)
        return f"'{shown}" if shown.startswith(_FORMULA) else shown
    return "" if cell is None else str(cell)


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write rows as CSV."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
    try:
        writer = csv.writer(text)
        writer.writerow(options.columns)
        for row in rows:
            writer.writerow([harmless(cell) for cell in cells(row, options.columns)])
    finally:
        text.flush()
        text.detach()
