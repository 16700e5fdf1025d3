"""Many queries in one export: a file for each, one file with all, or a workbook of sheets."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from treatybody.errors import ExportError
from treatybody.exporters.rows import Options, Row
from treatybody.exporters.writing import to_file

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.I)  # names that Windows keeps
_LONGEST = 160


@dataclass
class Batch:
    """One query of a batch and its rows, which come once; ``count`` grows as they are taken.

    Arguments:
        name: the query's name.
        query: its text, filters included.
        note: what it is for.
        source: its rows.
    """

    name: str
    query: str
    note: str | None
    source: Iterable[Row]
    count: int = field(default=0, init=False)

    @property
    def rows(self) -> Iterator[Row]:
        """The rows, each with the query's name."""
        for row in self.source:
            self.count += 1
            yield Row(row.hit, row.document, self.name)


def combined(
    module: ModuleType, batches: Sequence[Batch], key: Callable[[Row], Any]
) -> Iterator[Row]:
    """The rows of all queries for one file, query by query.

    Where a format has one entry a document, the queries' rows are merged by ``key``, in whose
    order each query's rows must come: a document that two queries find is one entry.
    """
    if getattr(module, "ENTRIES", False):
        yield from heapq.merge(*(batch.rows for batch in batches), key=key)
        return
    for batch in batches:
        yield from batch.rows


def file_names(names: Iterable[str], suffix: str) -> list[str]:
    """A file name for each query: letters, digits, dots and hyphens alone, all different.

    >>> file_names(["a/b", "a b", "../x", "CON"], ".csv")
    ['a_b.csv', 'a_b-2.csv', 'x.csv', '_CON.csv']
    """
    taken: set[str] = set()
    found = []
    for name in names:
        stem = _stem(name).strip("._-") or "query"
        stem = f"_{stem}" if _RESERVED.fullmatch(stem) else stem
        number, chosen = 1, stem
        while chosen.casefold() in taken:
            number += 1
            chosen = f"{stem}-{number}"
        taken.add(chosen.casefold())
        found.append(chosen + suffix)
    return found


def _stem(name: str) -> str:
    """At most ``_LONGEST`` bytes; with their end, names can have 255 on most systems."""
    plain = re.sub(r"[^\w.-]+", "_", name)
    return plain.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore")


def to_folder(
    module: ModuleType, batches: Sequence[Batch], folder: Path, options: Options, force: bool
) -> list[Path]:
    """Write one file a query, each whole or not at all; queries without hits have one too.

    Raises:
        ExportError: a file exists and ``force`` is not set (then none is written), or the folder
            can't be made.
    """
    targets = [folder / name for name in file_names([b.name for b in batches], module.SUFFIXES[0])]
    existing = [target for target in targets if target.exists()]
    if existing and not force:
        more = f" and {len(existing) - 1} more exist" if len(existing) > 1 else " exists"
        raise ExportError(f"{existing[0]}{more}; choose another folder or add --force")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ExportError(f"making the folder {folder} failed ({error.strerror})") from None
    for batch, target in zip(batches, targets, strict=True):
        chosen = Options(columns=options.columns, title=batch.name)
        to_file(module, batch.rows, target, chosen, force)
    return targets
