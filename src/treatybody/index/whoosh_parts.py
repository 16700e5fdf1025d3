"""Whoosh's side of the index: schema, field type, format, segment, storage, writer.

Only names that Whoosh 2.7.4, Whoosh-Reloaded 2.7.5 and whoosh3 3.54 have in common are used.
The schema comes from code and Whoosh's own table of contents is never written, so opening an
index loads no pickled objects but those inside Whoosh's posting blocks.
Importing this module imports Whoosh, so it is imported only where an index is read or written.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from io import BufferedReader
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage, Storage
from whoosh.filedb.structfile import StructFile
from whoosh.formats import Format
from whoosh.index import TOC, FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from treatybody.index.fields import STEM, TEXT_FIELDS

NAME = "segment"
_SEGMENT_ID = "0"  # the folder names the segment, so that equal contents have equal bytes


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
    """A field whose words come analysed, as a mapping of terms to ascending positions."""

    def __init__(self) -> None:
        super().__init__(FlatPositions(), analyzer=None, scorable=False)

    def index(
        self, value: Mapping[str, Sequence[int]], **_options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """What Whoosh's writer takes: (term, frequency, weight, positions) of each term."""
        encode = self.format.encode
        for term, positions in value.items():
            count = len(positions)
            yield term.encode("utf-8", "surrogatepass"), count, float(count), encode(positions)


def schema() -> Schema:
    """The fields of a segment: exact and stem terms of each text field."""
    names = [name + suffix for name in TEXT_FIELDS for suffix in ("", STEM)]
    return Schema(**{name: AnalysedWords() for name in names})


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec, with segment names that are the same in every build.

    Lengths of fields have columns of our own, which are exact; Whoosh keeps none.
    """

    length_stats = False

    def new_segment(self, storage: Storage, indexname: str) -> W3Segment:
        """A segment without a random name."""
        return W3Segment(self, indexname, segid=_SEGMENT_ID)


class WorkIndex(FileIndex):  # type: ignore[misc]
    """One new segment in a work folder; has no table of contents on disk and no lock of its own."""

    def __init__(self, folder: str) -> None:
        self.storage = FileStorage(folder)
        self._schema = schema()
        self.indexname = NAME

    def _read_toc(self) -> TOC:
        return TOC(self._schema, [], 0)

    def latest_generation(self) -> int:
        """There is only one."""
        return 0

    def writer(self, procs: int = 1, **options: Any) -> SegmentWriter:
        """The writer of the segment."""
        return WorkWriter(self, _lk=False, codec=Codec(), compound=False, **options)


class WorkWriter(SegmentWriter):  # type: ignore[misc]
    """Writes one segment; what is published, and when, is decided elsewhere."""

    def _commit_toc(self, segments: list[W3Segment]) -> None:
        """Nothing: generations take the place of Whoosh's table of contents."""


class HeldFiles(Storage):  # type: ignore[misc]
    """A segment's files, open since the index was opened, so that they can't vanish."""

    def __init__(self, files: Mapping[str, BufferedReader]) -> None:
        self.files = files
        self.readonly = True

    def list(self) -> list[str]:
        """The names of the files."""
        return list(self.files)

    def file_exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self.files

    def file_length(self, name: str) -> int:
        """The size of a file in bytes."""
        return self.files[name].seek(0, 2)

    def open_file(self, name: str, **_options: Any) -> StructFile:
        """A file for Whoosh to read from its beginning."""
        self.files[name].seek(0)
        return StructFile(self.files[name], name=name)

    def close(self) -> None:
        """The index closes its files itself."""


def segment_reader(
    files: Mapping[str, BufferedReader], paragraphs: int, dead: set[int]
) -> SegmentReader:
    """Whoosh's reader of a published segment.

    Arguments:
        files: the segment's files by name.
        paragraphs: how many there are, dead ones included.
        dead: numbers of those that the generation no longer uses.
    """
    codec = Codec()
    segment = W3Segment(codec, NAME, doccount=paragraphs, segid=_SEGMENT_ID, deleted=dead or None)
    return SegmentReader(HeldFiles(files), schema(), segment, codec=codec)
