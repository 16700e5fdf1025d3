"""Whoosh's side of the index: schema, field type, format, segment, storage, writer.

Only names that Whoosh 2.7.4, Whoosh-Reloaded 2.7.5 and whoosh3 3.54 have in common are used.
The schema comes from code and Whoosh's own table of contents is never written, so opening an
index loads no pickled objects. What is read and written is told in ``flat.codec``.
Importing this module imports Whoosh, so it is imported only where an index is read or written.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage, Storage
from whoosh.formats import Format
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from treatybody.index.batches import Analysis, Batch, Said
from treatybody.index.fields import STEM, TEXT_FIELDS, values
from treatybody.index.flat.codec import FlatCodec, FlatSegment
from treatybody.index.flat.inverting import Inverted, Values, invert
from treatybody.index.flat.reading import FlatFile
from treatybody.model import Document, Paragraph

NAME = "segment"
BATCH = 3 << 20  # bytes of records that are analysed together


class FlatPositions(Format):  # type: ignore[misc]
    """Postings that hold their positions as little-endian 32-bit numbers."""

    def __init__(self) -> None:
        super().__init__()

    def encode(self, positions: Sequence[int]) -> bytes:
        """Ascending positions as bytes."""
        return _little(array("I", positions)).tobytes()

    def decode_positions(self, data: bytes) -> array[int]:
        """The positions of a posting."""
        found = array("I")
        found.frombytes(data)
        return _little(found)

    def decode_frequency(self, data: bytes) -> int:
        """How many positions a posting has."""
        return len(data) // 4

    def decode_weight(self, data: bytes) -> float:
        """The weight of a posting: its frequency."""
        return float(self.decode_frequency(data))


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class AnalysedWords(FieldType):  # type: ignore[misc]
    """A text field: the words of many paragraphs are analysed at once.

    Arguments:
        name: the text field.
    """

    def __init__(self, name: str) -> None:
        super().__init__(FlatPositions(), analyzer=None, scorable=False)
        self.name = name

    def invert(self, paragraphs: Sequence[tuple[Paragraph, str]], first: int) -> Inverted:
        """The terms of paragraphs, given with their languages; ``first`` is the first's number."""
        docs, texts, languages = [], [], []
        for number, (paragraph, language) in enumerate(paragraphs, first):
            for text in values(paragraph, self.name):
                docs.append(number)
                texts.append(text)
                languages.append(language)
        return invert(Values(docs, texts, languages))


def schema() -> Schema:
    """The fields of a segment: exact and stem terms of each text field."""
    names = [(name, name + suffix) for name in TEXT_FIELDS for suffix in ("", STEM)]
    return Schema(**{name: AnalysedWords(field) for field, name in names})


class WorkStorage(FileStorage):  # type: ignore[misc]
    """The work folder."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        """A place for temporary files, of which we make none."""
        return RamStorage()


class WorkIndex(FileIndex):  # type: ignore[misc]
    """One new segment in a work folder; has no table of contents on disk and no lock of its own."""

    def __init__(self, folder: str) -> None:
        self.storage = WorkStorage(folder)
        self._schema = schema()
        self.indexname = NAME

    def _read_toc(self) -> TOC:
        return TOC(self._schema, [], 0)

    def latest_generation(self) -> int:
        """There is only one."""
        return 0

    def writer(self, procs: int = 1, **options: Any) -> SegmentWriter:
        """The writer of the segment."""
        return WorkWriter(self, _lk=False, codec=FlatCodec(), **options)


class WorkWriter(SegmentWriter):  # type: ignore[misc]
    """Writes one segment; what is published, and when, is decided elsewhere.

    Arguments:
        workers: processes that analyse, as in ``batches.Analysis``.
    """

    def __init__(self, *arguments: Any, workers: int | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._analysis = Analysis(workers)
        self._encode = msgspec.json.Encoder().encode
        self._lines: list[bytes] = []
        self._languages: list[str] = []
        self._size = 0

    def begin(self, document: Document, fingerprint: str) -> None:
        """Begin a document; paragraphs that are added belong to it."""
        self._check_state()
        self.perdocwriter.begin(document, fingerprint)

    def add_paragraph(self, paragraph: Paragraph, language: str) -> None:
        """Add one paragraph; it is packed and inverted together with others."""
        self._check_state()
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_record(paragraph)
        self.perdocwriter.finish_doc()
        self._lines.append(self._encode(paragraph) + b"\n")
        self._languages.append(language)
        self._size += len(self._lines[-1])
        self.docnum += 1
        self._added = True
        if self._size >= BATCH:
            self._take(self._analysis.add(self._batch()))

    def _batch(self) -> Batch:
        first, sizes = self.docnum - len(self._lines), list(map(len, self._lines))
        dictionary = self.perdocwriter.dictionary(self._lines)
        batch = Batch(first, b"".join(self._lines), sizes, self._languages, dictionary)
        self._lines, self._languages, self._size = [], [], 0
        return batch

    def _take(self, found: Iterable[Said]) -> None:
        for said in found:
            self.perdocwriter.add_packed(said.packed, said.room, said.sizes)
            for name, inverted in said.fields.items():
                self.fieldwriter.add_run(name, inverted)
                self.perdocwriter.add_lengths(name, inverted)

    def _flush_segment(self) -> None:
        self._take(self._analysis.add(self._batch()))
        self._take(self._analysis.finish())
        self._analysis.close()
        self.newsegment.set_doc_count(self.docnum)
        super()._flush_segment()

    def commit(self, *arguments: Any, **options: Any) -> None:
        """Write the segment, even one without paragraphs."""
        self._added = True
        super().commit(*arguments, **options)

    def cancel(self) -> None:
        """Give up."""
        self._analysis.close()
        super().cancel()

    def _commit_toc(self, segments: list[FlatSegment]) -> None:
        """Nothing: generations take the place of Whoosh's table of contents."""


class HeldFile(Storage):  # type: ignore[misc]
    """A segment's file, open since the index was opened, so that it can't vanish."""

    def __init__(self, flat: FlatFile) -> None:
        self.flat = flat
        self.readonly = True

    def list(self) -> list[str]:
        """Nothing that Whoosh would open itself."""
        return []

    def close(self) -> None:
        """The index closes its files itself."""


def segment_reader(flat: FlatFile, paragraphs: int, dead: set[int]) -> SegmentReader:
    """Whoosh's reader of a published segment.

    Arguments:
        flat: the segment's file.
        paragraphs: how many there are, dead ones included.
        dead: numbers of those that the generation no longer uses.
    """
    segment = FlatSegment(paragraphs, frozenset(dead))
    return SegmentReader(HeldFile(flat), schema(), segment, codec=segment.codec())
