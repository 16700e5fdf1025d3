"""SQLite: a table ``paragraphs`` with full-text search and facet indexes, ready for Datasette."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from treatybody.exporters.rows import COLUMNS, Cell, Options, Row, cells

NAME = "sqlite"
SUFFIXES = (".sqlite", ".sqlite3", ".db")
_FACETS = ("type", "state", "committee", "document", "date")
_BATCH = 500


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write a database; it is made in a temporary folder and copied."""
    with tempfile.TemporaryDirectory(prefix="treatybody-") as folder:
        place = Path(folder) / "export.sqlite"
        _fill(place, rows, options)
        with place.open("rb") as made:
            shutil.copyfileobj(made, out)


def _fill(place: Path, rows: Iterator[Row], options: Options) -> None:
    from sqlite_utils import Database

    names = tuple(dict.fromkeys([*options.columns, "id", *_FACETS]))
    database = Database(place)
    table = database.table("paragraphs")
    table.create({name: _type(name) for name in names})
    table.insert_all((_record(row, names) for row in rows), batch_size=_BATCH)
    searched = [name for name in ("text", "section", "footnotes") if name in names]
    if searched:
        table.enable_fts(searched, tokenize="porter unicode61 remove_diacritics 2")
    for name in _FACETS:
        table.create_index([name])
    database.vacuum()
    database.close()


def _type(name: str) -> type:
    if name == "score":
        return float
    return int if name == "page" else str


def _record(row: Row, names: tuple[str, ...]) -> dict[str, Cell]:
    assert set(names) <= set(COLUMNS)
    return dict(zip(names, cells(row, names), strict=True))
