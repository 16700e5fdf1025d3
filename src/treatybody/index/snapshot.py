"""One published generation, open for reading: it stays readable whatever is published next."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from io import BufferedReader
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from treatybody.errors import DamagedIndex
from treatybody.index import layout
from treatybody.index.flat.layout import NAME
from treatybody.index.flat.reading import FlatFile
from treatybody.index.layout import DocumentEntry, FileSum, Generation, SegmentEntry
from treatybody.model import Document, Link, Paragraph

if TYPE_CHECKING:
    from whoosh.reading import SegmentReader

T = TypeVar("T")
_TRIES = 5


class Files:
    """The files of one folder, held open; each is proved when it is first used."""

    def __init__(self, folder: Path, sums: dict[str, FileSum]) -> None:
        self.folder = folder
        self.sums = sums
        self.open: dict[str, BufferedReader] = {}
        self._proved: set[str] = set()
        try:
            for name in sums:
                self.open[name] = (folder / name).open("rb")
        except BaseException:
            self.close()
            raise

    def file(self, name: str) -> BufferedReader:
        """A file whose checksum is right.

        Raises:
            DamagedIndex: it is not.
        """
        file = self.open[name]
        if name not in self._proved:
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            if FileSum(file.tell(), digest) != self.sums[name]:
                raise layout.damaged(self.folder / name)
            self._proved.add(name)
        return file

    def read(self, name: str) -> bytes:
        """The bytes of a file whose checksum is right."""
        file = self.file(name)
        file.seek(0)
        return file.read()

    def lines(self, name: str, kind: type[T]) -> list[T]:
        """The JSON Lines of a file as records."""
        try:
            return msgspec.json.Decoder(kind).decode_lines(self.read(name))
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise layout.damaged(self.folder / name) from None

    def close(self) -> None:
        """Close all files."""
        for file in self.open.values():
            file.close()


class Segment:
    """One segment of a snapshot; its paragraphs are numbered from ``base`` on."""

    def __init__(self, files: Files, entry: SegmentEntry, base: int, live: list[range]) -> None:
        self.files = files
        self.entry = entry
        self.base = base
        self.live = live
        self._columns: dict[str, Sequence[int]] = {}

    @cached_property
    def flat(self) -> FlatFile:
        """The file of the segment; each block is proved when it is first touched."""
        path = self.files.folder / NAME
        return FlatFile(self.files.open[NAME], lambda: layout.damaged(path))

    def column(self, name: str) -> Sequence[int]:
        """A column by paragraph."""
        if name not in self._columns:
            self._columns[name] = self.flat.column(name, 0, self.entry.paragraphs)
        return self._columns[name]

    @cached_property
    def printed(self) -> list[str | None]:
        """The printed number of each paragraph."""
        data = self.flat.view("printed", 0, self.flat.count("printed"))
        return msgspec.json.decode(data, type=list[str | None])

    def records(self, first: int, count: int) -> list[bytes]:
        """The records of neighbouring paragraphs as JSON."""
        return self.flat.records(first, count)

    @cached_property
    def reader(self) -> SegmentReader:
        """Whoosh's reader of the segment."""
        from treatybody.index.whoosh_parts import segment_reader

        dead = set(range(self.entry.paragraphs)).difference(*self.live)
        return segment_reader(self.flat, self.entry.paragraphs, dead)


class Snapshot:
    """A published generation.

    Paragraphs have numbers, unique in the snapshot; those of one document follow each other.

    Arguments:
        index: the index folder.

    Raises:
        NoIndex, IndexVersion, DamagedIndex: it can't be used; the message says what to do.
    """

    def __init__(self, index: Path) -> None:
        self.index = index
        self.generation, self._facts, files = _open(index)
        self.entries = {entry.key: entry for entry in self.generation.documents}
        self.segments = self._segments(files)
        self._starts, self._by_start = self._places()

    def _segments(self, files: list[Files]) -> list[Segment]:
        live: list[list[range]] = [[] for _ in files]
        for place in self.generation.documents:
            live[place.segment].append(range(place.first, place.first + place.count))
        made, base = [], 0
        for held, entry, alive in zip(files, self.generation.segments, live, strict=True):
            made.append(Segment(held, entry, base, alive))
            base += entry.paragraphs
        return made

    def _places(self) -> tuple[list[int], list[DocumentEntry]]:
        placed = sorted((self.first(entry), entry.key) for entry in self.generation.documents)
        return [start for start, _ in placed], [self.entries[key] for _, key in placed]

    def first(self, entry: DocumentEntry) -> int:
        """The number of a document's first paragraph."""
        return self.segments[entry.segment].base + entry.first

    def numbers(self, entry: DocumentEntry) -> range:
        """The numbers of a document's paragraphs."""
        first = self.first(entry)
        return range(first, first + entry.count)

    def entry_of(self, number: int) -> DocumentEntry:
        """The document that a paragraph belongs to."""
        return self._by_start[bisect_right(self._starts, number) - 1]

    def segment_of(self, number: int) -> tuple[Segment, int]:
        """The segment of a paragraph and its place in it."""
        segment = self.segments[self.entry_of(number).segment]
        return segment, number - segment.base

    def column(self, name: str, number: int) -> int:
        """A paragraph's value in a column."""
        segment, place = self.segment_of(number)
        return segment.column(name)[place]

    def records(self, numbers: Iterable[int]) -> Iterator[bytes]:
        """Paragraphs as they are stored, in the order of their numbers: lines of JSON."""
        bases = [segment.base for segment in self.segments]
        for place, some in groupby(numbers, lambda number: bisect_right(bases, number) - 1):
            segment = self.segments[place]
            yield from segment.flat.records_at(number - segment.base for number in some)

    def paragraph(self, number: int) -> Paragraph:
        """A paragraph by its number."""
        segment, place = self.segment_of(number)
        return _decode(segment.records(place, 1)[0], segment)

    def paragraphs(self, key: str) -> list[Paragraph]:
        """A document's paragraphs by position."""
        entry = self.entries[key]
        segment = self.segments[entry.segment]
        return [_decode(line, segment) for line in segment.records(entry.first, entry.count)]

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every document by its key."""
        return {d.document: d for d in self._facts.lines("documents.jsonl", Document)}

    @cached_property
    def links(self) -> list[Link]:
        """All resolved links."""
        return self._facts.lines("links.jsonl", Link)

    def live(self) -> Iterator[int]:
        """The numbers of all paragraphs."""
        for entry in self._by_start:
            yield from self.numbers(entry)

    def close(self) -> None:
        """Close the files."""
        self._facts.close()
        for segment in self.segments:
            segment.files.close()


def _decode(line: bytes, segment: Segment) -> Paragraph:
    try:
        return msgspec.json.decode(line, type=Paragraph)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise layout.damaged(segment.files.folder / NAME) from None


def _open(index: Path) -> tuple[Generation, Files, list[Files]]:
    """Open all files of the current generation; once more when it was cleaned away meanwhile."""
    for _ in range(_TRIES):
        current = layout.read_current(index)
        opened: list[Files] = []
        try:
            generation = layout.read_generation(index, current)
            folder = layout.generation_folder(index, generation.number)
            opened.append(Files(folder, generation.files))
            for segment in generation.segments:
                folder = layout.segment_folder(index, segment.name)
                opened.append(Files(folder, segment.files))
            return generation, opened[0], opened[1:]
        except OSError as error:
            for files in opened:
                files.close()
            problem = error
            if layout.read_current(index) == current:
                break
    missing = Path(problem.filename or index)
    raise DamagedIndex(f"{layout.damaged(missing)}: {problem.strerror}")
