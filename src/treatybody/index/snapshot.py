"""One published generation, open for reading: it stays readable whatever is published next."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from treatybody.index.layout import FileSum, Generation, SegmentEntry
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


class DocumentEntry(msgspec.Struct, frozen=True, gc=False):
    """Where a document lies: ``count`` paragraphs from ``first`` on in one segment.

    ``place`` is its own place among the documents of the segment.
    """

    key: str
    segment: int
    place: int
    first: int
    count: int


class Segment:
    """One segment of a snapshot; its paragraphs are numbered from ``base`` on."""

    def __init__(self, files: Files, entry: SegmentEntry, base: int) -> None:
        self.files = files
        self.entry = entry
        self.base = base
        self._columns: dict[str, Sequence[int]] = {}
        self._met: dict[int, Document] = {}

    @cached_property
    def flat(self) -> FlatFile:
        """The file of the segment; each block is proved when it is first touched."""
        path = self.files.folder / NAME
        return FlatFile(self.files.open[NAME], lambda: layout.damaged(path))

    @cached_property
    def keys(self) -> list[str]:
        """The keys of its documents, dead ones too."""
        return self.flat.json("keys", list[str])

    @cached_property
    def firsts(self) -> Sequence[int]:
        """The number in the segment of each document's first paragraph, and of the end."""
        firsts = self.flat.column("document_first", 0, self.entry.documents)
        return [*firsts, self.entry.paragraphs]

    def alive(self) -> Iterator[int]:
        """The places of the documents that the generation uses."""
        dead = set(self.entry.dead)
        return (place for place in range(self.entry.documents) if place not in dead)

    @cached_property
    def live(self) -> list[range]:
        """The numbers in the segment of the paragraphs of each document that is used."""
        firsts = self.firsts
        return [range(firsts[place], firsts[place + 1]) for place in self.alive()]

    @property
    def count(self) -> int:
        """How many paragraphs are used."""
        firsts = self.firsts if self.entry.dead else ()
        dead = sum(firsts[place + 1] - firsts[place] for place in self.entry.dead)
        return self.entry.paragraphs - dead

    @cached_property
    def documents(self) -> list[Document]:
        """The facts of its documents, dead ones too."""
        data = self.flat.view("documents", 0, self.flat.count("documents"))
        return self._decoded(msgspec.json.Decoder(Document).decode_lines, data)

    def document(self, place: int) -> Document:
        """The facts of one of its documents."""
        if "documents" in self.__dict__:
            return self.documents[place]
        if place not in self._met:
            self._met[place] = self._one(place)
        return self._met[place]

    def _one(self, place: int) -> Document:
        start = self.flat.number("document_ends", place - 1) if place else 0
        data = self.flat.view("documents", start, self.flat.number("document_ends", place))
        return self._decoded(msgspec.json.Decoder(Document).decode, data)

    def _decoded(self, decode: Callable[[memoryview], T], data: memoryview) -> T:
        try:
            return decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise layout.damaged(self.files.folder / NAME) from None

    def close(self) -> None:
        """Close its file."""
        if "flat" in self.__dict__:
            self.flat.close()
        self.files.close()

    def column(self, name: str) -> Sequence[int]:
        """A column by paragraph."""
        if name not in self._columns:
            self._columns[name] = self.flat.column(name, 0, self.entry.paragraphs)
        return self._columns[name]

    @cached_property
    def printed(self) -> list[str | None]:
        """The printed number of each paragraph."""
        return self.flat.json("printed", list[str | None])

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
        self.generation, self._held, files = _open(index)
        self.segments: list[Segment] = []
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

    def _place_of(self, number: int) -> tuple[int, int]:
        """The segment of a paragraph, and the place of its document there."""
        bases = [segment.base for segment in self.segments]
        segment = bisect_right(bases, number) - 1
        return segment, bisect_right(self.segments[segment].firsts, number - bases[segment]) - 1

    def entry_of(self, number: int) -> DocumentEntry:
        """The document that a paragraph belongs to."""
        return self._entry(*self._place_of(number))

    def document_of(self, number: int) -> Document:
        """The facts of the document that a paragraph belongs to."""
        segment, place = self._place_of(number)
        return self.segments[segment].document(place)

    def segment_of(self, number: int) -> tuple[Segment, int]:
        """The segment of a paragraph and its place in it."""
        segment = self.segments[self._place_of(number)[0]]
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

    def several(self, numbers: Sequence[int]) -> Iterator[Paragraph]:
        """Paragraphs by their numbers, in this order."""
        for number, line in zip(numbers, self.records(numbers), strict=True):
            yield _decode(line, self.segment_of(number)[0])

    def paragraphs(self, key: str) -> list[Paragraph]:
        """A document's paragraphs by position."""
        entry = self.entries[key]
        segment = self.segments[entry.segment]
        return [_decode(line, segment) for line in segment.records(entry.first, entry.count)]

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
