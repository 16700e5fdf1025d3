"""Writing one segment, through Whoosh's writer."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from treatybody.index.layout import SegmentEntry, adopt_segment, checksum
from treatybody.model import Document, Paragraph

if TYPE_CHECKING:
    from treatybody.index.whoosh_parts import WorkWriter

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
    """A segment while it is written; a failure cancels Whoosh's writer and leaves nothing."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.count = 0

    def __enter__(self) -> SegmentFiles:
        from treatybody.index.whoosh_parts import WorkIndex

        self._writer: WorkWriter = WorkIndex(str(self.work)).writer()
        return self

    def add(self, paragraph: Paragraph, language: str) -> None:
        """Add one paragraph."""
        self._writer.add_paragraph(paragraph, language)
        self.count += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._cancel()
            return
        try:
            self._writer.commit()
        except BaseException:
            self._cancel()
            raise
        self._drop_leftovers()

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
