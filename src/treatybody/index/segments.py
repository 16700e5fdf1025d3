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
Due = tuple[Document, str, Sequence[Paragraph]]


def write_segment(
    index: Path,
    documents: Iterable[Due],
    done: Callable[[str], None],
    workers: int | None = None,
) -> SegmentEntry:
    """Write a segment; it is in no generation yet.

    Arguments:
        index: the index folder.
        documents: what to put into it, in this order, with the fingerprints of their records.
        done: called with the key of each document.
        workers: processes that analyse; one a core by default, and none for few records.
    """
    work = index / "segments" / WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    with SegmentFiles(work, workers) as files:
        for document, fingerprint, paragraphs in documents:
            files.begin(document, fingerprint)
            for paragraph in paragraphs:
                files.add(paragraph, document.language)
            done(document.document)
    sums = {path.name: checksum(path) for path in sorted(work.iterdir())}
    name = adopt_segment(index, work, sums)
    return SegmentEntry(name=name, paragraphs=files.count, documents=files.documents, files=sums)


class SegmentFiles:
    """A segment while it is written; a failure cancels Whoosh's writer and leaves nothing."""

    def __init__(self, work: Path, workers: int | None = None) -> None:
        self.work = work
        self._workers = workers
        self.count = self.documents = 0

    def __enter__(self) -> SegmentFiles:
        from treatybody.index.whoosh_parts import WorkIndex

        self._writer: WorkWriter = WorkIndex(str(self.work)).writer(workers=self._workers)
        return self

    def begin(self, document: Document, fingerprint: str) -> None:
        """Begin a document."""
        self._writer.begin(document, fingerprint)
        self.documents += 1

    def add(self, paragraph: Paragraph, language: str) -> None:
        """Add one paragraph of the document that was begun."""
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

    def _cancel(self) -> None:
        """Close what Whoosh holds open, whatever state its writer is in, and remove the folder."""
        with contextlib.suppress(Exception):  # half-way it may fail; the folder goes anyway
            if not self._writer.is_closed:
                self._writer.cancel()
        shutil.rmtree(self.work, ignore_errors=True)
