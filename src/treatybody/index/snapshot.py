"""One published generation, open for reading: it stays readable whatever is published next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from io import BufferedReader
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from treatybody.errors import DamagedIndex
from treatybody.index import glance, layout
from treatybody.index.flat.layout import NAME
from treatybody.index.flat.reading import FlatFile
from treatybody.index.layout import FileSum, Generation, SegmentEntry
from treatybody.model import Document, Link, Paragraph

if TYPE_CHECKING:
    from whoosh.reading import SegmentReader

T = TypeVar("T")
_TRIES = 5
_DECODED = 1 << 8  # paragraphs that are decoded at a time
_MERGED = 1 << 14  # records of several segments that are put in order together


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


class DocumentEntry(msgspec.Struct, frozen=True, gc=False):
    """Where a document lies: ``count`` paragraphs from ``first`` on in one segment.

    ``place`` is its own place among the documents of the segment.
    """

    key: str
    segment: int
    place: int
    first: int
    count: int


class Segment(glance.Segment):
    """One segment of a snapshot, its facts as records."""

    entry: SegmentEntry

    def __init__(self, files: Files, entry: SegmentEntry, base: int) -> None:
        super().__init__(files.folder, entry, base)
        self.files = files

    @cached_property
    def flat(self) -> FlatFile:
        """The file of the segment; each block is proved when it is first touched."""
        return FlatFile(self.files.open[NAME], lambda: layout.damaged(self.path))

    @cached_property
    def keys(self) -> list[str]:
        """The keys of its documents, dead ones too."""
        return self.flat.json("keys", list[str])

    @cached_property
    def live(self) -> list[range]:
        """The numbers in the segment of the paragraphs of each document that is used."""
        firsts = self.firsts
        return [range(firsts[place], firsts[place + 1]) for place in self.alive()]

    @cached_property
    def documents(self) -> list[Document]:
        """The facts of its documents, dead ones too."""
        data = self.flat.view("documents", 0, self.flat.count("documents"))
        try:
            return msgspec.json.Decoder(Document).decode_lines(data)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise layout.damaged(self.path) from None

    def _decoded(self, data: memoryview) -> Document:
        try:
            return msgspec.json.decode(data, type=Document)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise layout.damaged(self.path) from None

    def close(self) -> None:
        """Close its file."""
        super().close()
        self.files.close()

    @cached_property
    def printed(self) -> list[str | None]:
        """The printed number of each paragraph."""
        return self.flat.json("printed", list[str | None])

    @cached_property
    def reader(self) -> SegmentReader:
        """Whoosh's reader of the segment."""
        from treatybody.index.whoosh_parts import segment_reader

        firsts, gone = self.firsts, self.entry.dead
        dead = {number for place in gone for number in range(firsts[place], firsts[place + 1])}
        return segment_reader(self.flat, self.entry.paragraphs, dead)


class Snapshot(glance.Snapshot[Segment]):
    """A published generation.

    Paragraphs have numbers, unique in the snapshot; those of one document follow each other.

    Arguments:
        index: the index folder.

    Raises:
        NoIndex, IndexVersion, DamagedIndex: it can't be used; the message says what to do.
    """

    def __init__(self, index: Path) -> None:
        self.index = index
        self.generation, self._held, files = _open(index)
        self.segments = []
        base = 0
        for held, entry in zip(files, self.generation.segments, strict=True):
            self.segments.append(Segment(held, entry, base))
            base += entry.paragraphs

    @cached_property
    def entries(self) -> dict[str, DocumentEntry]:
        """Where each document lies, by its key."""
        found = [
            self._entry(number, place)
            for number, segment in enumerate(self.segments)
            for place in segment.alive()
        ]
        return {entry.key: entry for entry in sorted(found, key=lambda entry: entry.key)}

    def _entry(self, number: int, place: int) -> DocumentEntry:
        segment = self.segments[number]
        first, end = segment.firsts[place], segment.firsts[place + 1]
        return DocumentEntry(segment.keys[place], number, place, first, end - first)

    def fingerprints(self) -> dict[str, str]:
        """What each document was indexed from, by its key."""
        found = [segment.flat.json("fingerprints", list[str]) for segment in self.segments]
        return {key: found[one.segment][one.place] for key, one in self.entries.items()}

    def first(self, entry: DocumentEntry) -> int:
        """The number of a document's first paragraph."""
        return self.segments[entry.segment].base + entry.first

    def numbers(self, entry: DocumentEntry) -> range:
        """The numbers of a document's paragraphs."""
        first = self.first(entry)
        return range(first, first + entry.count)

    def entry_of(self, number: int) -> DocumentEntry:
        """The document that a paragraph belongs to."""
        return self._entry(*self.place_of(number))

    def column(self, name: str, number: int) -> int:
        """A paragraph's value in a column."""
        segment, place = self.segment_of(number)
        return segment.column(name)[place]

    def records(self, numbers: Sequence[int]) -> Iterator[bytes]:
        """Paragraphs as they are stored, in the order of their numbers: lines of JSON."""
        if len(self.segments) == 1:
            return iter(self.segments[0].records.at(numbers))
        parts = (numbers[at : at + _MERGED] for at in range(0, len(numbers), _MERGED))
        return chain.from_iterable(map(self._records, parts))

    def _records(self, numbers: Sequence[int]) -> Iterable[bytes]:
        found: dict[int, bytes] = {}
        for segment in self.segments:
            base, end = segment.base, segment.base + segment.entry.paragraphs
            own = [number for number in numbers if base <= number < end]
            found.update(zip(own, segment.records.at([n - base for n in own]), strict=True))
        return map(found.__getitem__, numbers)

    def paragraph(self, number: int) -> Paragraph:
        """A paragraph by its number."""
        segment, place = self.segment_of(number)
        return self.decoded([number], [segment.records.one(place)], Paragraph)[0]

    def each(self, numbers: Sequence[int]) -> Iterator[Paragraph]:
        """Many paragraphs by their numbers, some at a time."""
        records = self.records(numbers)
        for first in range(0, len(numbers), _DECODED):
            some = numbers[first : first + _DECODED]
            yield from self.decoded(some, islice(records, len(some)), Paragraph)

    def decoded(self, numbers: Sequence[int], lines: Iterable[bytes], kind: type[T]) -> list[T]:
        """Paragraphs, or parts of them, from their records."""
        made: list[T] = []
        try:
            made.extend(map(msgspec.json.Decoder(kind).decode, lines))
        except (msgspec.DecodeError, UnicodeDecodeError):
            segment, _ = self.segment_of(numbers[len(made)])
            raise layout.damaged(segment.path) from None
        return made

    def paragraphs(self, key: str) -> list[Paragraph]:
        """A document's paragraphs by position."""
        entry = self.entries[key]
        lines = self.segments[entry.segment].records.neighbours(entry.first, entry.count)
        return self.decoded(self.numbers(entry), lines, Paragraph)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every document by its key."""
        every = [segment.documents for segment in self.segments]
        return {key: every[one.segment][one.place] for key, one in self.entries.items()}

    @cached_property
    def links(self) -> list[Link]:
        """All resolved links."""
        return self._held.lines(next(iter(self._held.open)), Link)

    def live(self) -> Iterator[int]:
        """The numbers of all paragraphs."""
        for segment in self.segments:
            for live in segment.live:
                yield from range(segment.base + live.start, segment.base + live.stop)

    def close(self) -> None:
        """Close the files."""
        self._held.close()
        for segment in self.segments:
            segment.close()


def _open(index: Path) -> tuple[Generation, Files, list[Files]]:
    """Open all files of the current generation; once more when it was cleaned away meanwhile."""
    for _ in range(_TRIES):
        current = layout.read_current(index)
        opened: list[Files] = []
        try:
            generation = layout.read_generation(index, current)
            links = layout.links_path(index, generation.links)
            opened.append(Files(links.parent, {links.name: generation.links}))
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
