"""A published generation, opened for a glance: facts of documents and records as plain values.

It proves what it reads, as every reader does, and reads no more than it is asked for. Record
types take longer to load than one word takes to find; :mod:`snapshot` adds them, and Whoosh.
"""

from __future__ import annotations

import json
import os
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from treatybody.index import published
from treatybody.index.flat.layout import NAME
from treatybody.index.flat.reading import FlatFile
from treatybody.index.flat.records import Records


class Record(dict[str, Any]):
    """A JSON object whose values are attributes, as those of a record are.

    >>> decoded(b'{"speaker": {"name": "Ms. Landazuri"}}').speaker.name
    'Ms. Landazuri'
    """

    __getattr__ = dict.__getitem__


def decoded(data: bytes | memoryview) -> Any:
    """What JSON says, with its objects as records."""
    return json.loads(bytes(data), object_hook=Record)


class Segment:
    """One segment of a snapshot; its paragraphs are numbered from ``base`` on.

    Arguments:
        folder: where its files lie.
        entry: what the generation says of it (``layout.SegmentEntry``).
        base: the number of its first paragraph in the snapshot.
    """

    def __init__(self, folder: published.Folder, entry: Any, base: int) -> None:
        self.path = os.path.join(folder, NAME)
        self.entry = entry
        self.base = base
        self._columns: dict[str, Sequence[int]] = {}
        self._met: dict[int, Any] = {}

    @cached_property
    def flat(self) -> FlatFile:
        """The file of the segment; each block is proved when it is first touched."""
        with open(self.path, "rb") as file:
            return FlatFile(file, lambda: published.damaged(self.path))

    @cached_property
    def records(self) -> Records:
        """Its records."""
        return Records(self.flat)

    @cached_property
    def firsts(self) -> Sequence[int]:
        """The number in the segment of each document's first paragraph, and of the end."""
        firsts = array("I", self.flat.column("document_first", 0, self.entry.documents))
        firsts.append(self.entry.paragraphs)
        return firsts

    def alive(self) -> Iterator[int]:
        """The places of the documents that the generation uses."""
        dead = set(self.entry.dead)
        return (place for place in range(self.entry.documents) if place not in dead)

    @property
    def count(self) -> int:
        """How many paragraphs are used."""
        count: int = self.entry.paragraphs
        for place in self.entry.dead:
            count -= self.firsts[place + 1] - self.firsts[place]
        return count

    @cached_property
    def documents(self) -> Sequence[Any]:
        """The facts of its documents, dead ones too."""
        data = bytes(self.flat.view("documents", 0, self.flat.count("documents")))
        return list(map(decoded, data.splitlines()))

    def document(self, place: int) -> Any:
        """The facts of one of its documents."""
        if "documents" in self.__dict__:
            return self.documents[place]
        if place not in self._met:
            start = self.flat.number("document_ends", place - 1) if place else 0
            end = self.flat.number("document_ends", place)
            self._met[place] = self._decoded(self.flat.view("documents", start, end))
        return self._met[place]

    def _decoded(self, data: memoryview) -> Any:
        return decoded(data)

    def column(self, name: str) -> Sequence[int]:
        """A column by paragraph."""
        if name not in self._columns:
            self._columns[name] = self.flat.column(name, 0, self.entry.paragraphs)
        return self._columns[name]

    def close(self) -> None:
        """Close its file."""
        if "flat" in self.__dict__:
            self.flat.close()


S = TypeVar("S", bound=Segment)


class Snapshot(Generic[S]):
    """The segments of a published generation: where its paragraphs and documents stand."""

    segments: list[S]

    def place_of(self, number: int) -> tuple[int, int]:
        """The segment of a paragraph, and the place of its document there."""
        segment = bisect_right(self._bases, number) - 1
        found = self.segments[segment]
        return segment, bisect_right(found.firsts, number - found.base) - 1

    @cached_property
    def _bases(self) -> list[int]:
        return [segment.base for segment in self.segments]

    def document_of(self, number: int) -> Any:
        """The facts of the document that a paragraph belongs to."""
        segment, place = self.place_of(number)
        return self.segments[segment].document(place)

    def documents_of(self, numbers: Sequence[int]) -> list[Any]:
        """The facts of the documents that some paragraphs belong to."""
        if len(self.segments) != 1:
            return list(map(self.document_of, numbers))
        (only,) = self.segments
        firsts, first, end, document, found = only.firsts, 0, 0, None, []
        for number in numbers:
            if not first <= number < end:  # hits of one document often follow each other
                place = bisect_right(firsts, number) - 1
                first, end, document = firsts[place], firsts[place + 1], only.document(place)
            found.append(document)
        return found

    def segment_of(self, number: int) -> tuple[S, int]:
        """The segment of a paragraph and its place in it."""
        segment = self.segments[bisect_right(self._bases, number) - 1]
        return segment, number - segment.base


class Glance(Snapshot[Segment]):
    """The generation that is published now.

    Arguments:
        index: the index folder.

    Raises:
        NoIndex, IndexVersion, DamagedIndex: it can't be used.
        OSError: files of it are gone, or can't be opened.
    """

    def __init__(self, index: published.Folder) -> None:
        generation = decoded(published.said(index, *published.pointer(index)))
        self.segments = []
        base = 0
        for entry in generation.segments:
            folder = os.path.join(index, "segments", entry.name)
            self.segments.append(Segment(folder, entry, base))
            base += entry.paragraphs

    def paragraph(self, number: int) -> Any:
        """A paragraph's record by its number."""
        segment, place = self.segment_of(number)
        return decoded(segment.records.one(place))

    def close(self) -> None:
        """Close the files."""
        for segment in self.segments:
            segment.close()
