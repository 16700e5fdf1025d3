"""Writing one segment: records, columns, and Whoosh's terms and postings."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec

from treatybody.index import columns
from treatybody.index.fields import SCORED, STEM, TEXT_FIELDS, FieldWords, values
from treatybody.index.layout import SegmentEntry, adopt_segment, checksum
from treatybody.journal import write_durably
from treatybody.model import Document, Paragraph

if TYPE_CHECKING:
    from whoosh.writing import SegmentWriter

WORK = ".building"
Placed = tuple[str, int, int]


def write_segment(
    index: Path,
    documents: Iterable[tuple[Document, Sequence[Paragraph]]],
    done: Callable[[str], None],
) -> tuple[SegmentEntry, list[Placed]]:
    """Write a segment; it is on disk when this returns, and in no generation yet.

    Arguments:
        index: the index folder.
        documents: what to put into it, in this order.
        done: called with the key of each document.

    Returns the segment and, for each document, (key, first paragraph, number of paragraphs).
    """
    work = index / "segments" / WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    placed: list[Placed] = []
    with SegmentFiles(work) as files:
        for document, paragraphs in documents:
            placed.append((document.document, files.count, len(paragraphs)))
            for paragraph in paragraphs:
                files.add(paragraph, document.language)
            done(document.document)
    sums = {path.name: checksum(path) for path in sorted(work.iterdir())}
    name = adopt_segment(index, work, sums)
    return SegmentEntry(name=name, paragraphs=files.count, files=sums), placed


class SegmentFiles:
    """The files of a segment while they are written; a failure cancels Whoosh's writer."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.count = 0
        self.columns: dict[str, list[int]] = {name: [] for name in columns.TYPES}
        self.columns["offset"].append(0)
        self.printed: list[str | None] = []
        self._encode = msgspec.json.Encoder().encode

    def __enter__(self) -> SegmentFiles:
        from treatybody.index.whoosh_parts import WorkIndex

        self._records = (self.work / "paragraphs.jsonl").open("wb")
        self._writer: SegmentWriter = WorkIndex(str(self.work)).writer()
        return self

    def add(self, paragraph: Paragraph, language: str) -> None:
        """Add one paragraph."""
        line = self._encode(paragraph) + b"\n"
        self._records.write(line)
        row = {
            "offset": self.columns["offset"][-1] + len(line),
            "kind": columns.KINDS.index(paragraph.kind),
        }
        indexed: dict[str, dict[str, list[int]]] = {}
        for field in TEXT_FIELDS:
            found = FieldWords(values(paragraph, field), language)
            indexed |= {field: found.exact(), field + STEM: found.stem()}
            if field in SCORED:
                row[f"{field}_words"] = found.length
        self._writer.add_document(**{name: terms for name, terms in indexed.items() if terms})
        for name, number in row.items():
            self.columns[name].append(number)
        self.printed.append(paragraph.number)
        self.count += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._records.close()
        if kind is not None:
            self._cancel()
            return
        try:
            self._writer.commit()
            for name, data in self._packed():
                write_durably(self.work / name, data)
        except BaseException:
            self._cancel()
            raise
        self._drop_leftovers()

    def _packed(self) -> Iterator[tuple[str, bytes]]:
        for name, numbers in self.columns.items():
            yield name + columns.SUFFIX, columns.pack(name, numbers)
        yield "printed.json", self._encode(self.printed)

    def _cancel(self) -> None:
        """Close what Whoosh holds open, whatever state its writer is in, and remove the folder."""
        with contextlib.suppress(Exception):  # half-way it may fail; the folder goes anyway
            if not self._writer.is_closed:
                self._writer.cancel()
        shutil.rmtree(self.work, ignore_errors=True)

    def _drop_leftovers(self) -> None:
        """Remove Whoosh's empty temporary folders."""
        for path in self.work.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
