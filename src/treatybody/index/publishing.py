"""Publishing: bring the index up to what the records say, by re-indexing only the difference.

A changed document's old paragraphs stay in their segment and are dead: the new generation does
not name them. Small segments, and those that are half dead, are written anew together with what
changed, so that there are never many (the sizes of the others at least double from one to the
next, as in a log-structured merge tree; O'Neil and others, 1996).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from treatybody import locks
from treatybody.errors import CorpusError, IndexProblem
from treatybody.index import layout
from treatybody.index.layout import DocumentEntry, FileSum, Generation, SegmentEntry
from treatybody.index.segments import write_segment
from treatybody.model import Document, Link, Paragraph

Progress = Callable[[str, int, int], None]


class Records(Protocol):
    """What is published: the record store of a corpus."""

    def documents(self) -> dict[str, Document]:
        """Every document by its key."""

    def paragraphs(self, key: str) -> list[Paragraph]:
        """A document's paragraphs by position."""

    def fingerprint(self, key: str) -> str:
        """A checksum of all that is known of a document."""

    def links(self) -> list[Link]:
        """All resolved links."""


@dataclass(frozen=True)
class Published:
    """What publishing did, as keys of documents; ``new`` is false when nothing had changed."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    generation: int
    new: bool


def publish(
    index_dir: Path, store: Records, *, full: bool = False, progress: Progress | None = None
) -> Published:
    """Publish the records as a new generation; readers see all of it or the one before.

    An index that is damaged or of another version is made anew. Publishing records that are
    published already writes nothing.

    Arguments:
        index_dir: the index folder; made when missing.
        store: the records.
        full: index every document again.
        progress: called with (document key, documents done, documents to do).

    Raises:
        Busy: another process is publishing.
        CorpusError: the index can't be written; the last good generation stays in place.
    """
    with locks.writing(index_dir / layout.LOCK, f"publishing the index {index_dir}"):
        try:
            return _Publication(index_dir, store, full, progress or _silent).run()
        except OSError as error:
            place = error.filename or index_dir
            reason = error.strerror or error
            raise CorpusError(
                f"publishing the index failed: {place} can't be written ({reason}); "
                "the last index stays in place"
            ) from error


def _silent(_what: str, _done: int, _total: int) -> None:
    """No progress wanted."""


def last_generation(index: Path) -> Generation | None:
    """The published generation with every file proved; None when it can't be used."""
    try:
        generation = layout.read_generation(index, layout.read_current(index))
        for path, expected in layout.files_of(index, generation):
            layout.check(path, expected)
    except (IndexProblem, FileNotFoundError):
        return None
    return generation


class _Publication:
    """One publication under the lock."""

    def __init__(self, index: Path, store: Records, full: bool, progress: Progress) -> None:
        self.index = index
        self.store = store
        self.progress = progress
        self.last = last_generation(index)
        self.documents = dict(sorted(store.documents().items()))
        self.fingerprints = {key: store.fingerprint(key) for key in self.documents}
        self.before = {e.key: e for e in self.last.documents} if self.last else {}
        self.reusable = {} if full else self._unchanged()

    def run(self) -> Published:
        generation, files = self._next()
        new = self.last is None or not _same(generation, self.last)
        if new:
            layout.publish_generation(self.index, generation, files)
        else:
            assert self.last is not None
            generation = self.last
        layout.clean(self.index, self._kept(generation))
        return self._report(generation, new)

    def _unchanged(self) -> dict[str, DocumentEntry]:
        return {
            key: entry
            for key, entry in self.before.items()
            if self.fingerprints.get(key) == entry.fingerprint
        }

    def _next(self) -> tuple[Generation, dict[str, bytes]]:
        segments, entries = self._segments()
        files = self._facts()
        generation = Generation(
            format=layout.FORMAT,
            number=self._number(),
            segments=segments,
            documents=sorted(entries, key=lambda entry: entry.key),
            files={name: _sum(data) for name, data in files.items()},
        )
        return generation, files

    def _segments(self) -> tuple[list[SegmentEntry], list[DocumentEntry]]:
        old = self.last.segments if self.last else []
        kept = _kept_segments(old, list(self.reusable.values()), self._due_paragraphs())
        places = {number: place for place, number in enumerate(kept)}
        segments = [old[number] for number in kept]
        entries = [
            msgspec.structs.replace(entry, segment=places[entry.segment])
            for entry in self.reusable.values()
            if entry.segment in places
        ]
        due = sorted(set(self.documents) - {entry.key for entry in entries})
        if due:
            segment, placed = write_segment(self.index, self._read(due), self._counter(len(due)))
            entries += [self._entry(len(segments), *place) for place in placed]
            segments.append(segment)
        return segments, entries

    def _due_paragraphs(self) -> int:
        due = set(self.documents) - set(self.reusable)
        return sum(len(self.store.paragraphs(key)) for key in due)

    def _read(self, keys: Sequence[str]) -> Iterator[tuple[Document, list[Paragraph]]]:
        for key in keys:
            yield self.documents[key], self.store.paragraphs(key)

    def _counter(self, total: int) -> Callable[[str], None]:
        done = 0

        def count(key: str) -> None:
            nonlocal done
            done += 1
            self.progress(key, done, total)

        return count

    def _entry(self, segment: int, key: str, first: int, count: int) -> DocumentEntry:
        fingerprint = self.fingerprints[key]
        return DocumentEntry(
            key=key, fingerprint=fingerprint, segment=segment, first=first, count=count
        )

    def _facts(self) -> dict[str, bytes]:
        encode_lines = msgspec.json.Encoder().encode_lines
        return {
            "documents.jsonl": encode_lines(list(self.documents.values())),
            "links.jsonl": encode_lines(self.store.links()),
        }

    def _number(self) -> int:
        folders = [path.name for path in (self.index / "generations").glob("*")]
        return max((int(name) for name in folders if name.isdigit()), default=0) + 1

    def _kept(self, newest: Generation) -> list[Generation]:
        """The newest generation and the ones before it that readers may still open."""
        folders = (path.name for path in (self.index / "generations").glob("*"))
        older = sorted(int(n) for n in folders if n.isdigit() and int(n) < newest.number)
        kept = [newest]
        for number in reversed(older):
            path = layout.generation_folder(self.index, number) / "generation.json"
            with contextlib.suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
                if len(kept) < layout.KEPT:
                    kept.append(msgspec.json.decode(path.read_bytes(), type=Generation))
        return kept

    def _report(self, generation: Generation, new: bool) -> Published:
        old, now = set(self.before), set(self.documents)
        return Published(
            added=tuple(sorted(now - old)),
            changed=tuple(
                key
                for key in sorted(now & old)
                if self.before[key].fingerprint != self.fingerprints[key]
            ),
            removed=tuple(sorted(old - now)),
            unchanged=sum(
                1 for key in now & old if self.before[key].fingerprint == self.fingerprints[key]
            ),
            generation=generation.number,
            new=new,
        )


def _kept_segments(
    segments: Sequence[SegmentEntry], live: Sequence[DocumentEntry], due: int
) -> list[int]:
    """Numbers of the segments that stay as they are; the documents of the rest are due too.

    Arguments:
        segments: those of the last generation.
        live: the documents that have not changed.
        due: the number of paragraphs that are to be indexed anyway.
    """
    sizes = [0] * len(segments)
    for entry in live:
        sizes[entry.segment] += entry.count
    kept = []
    for number in sorted(range(len(segments)), key=lambda number: sizes[number]):
        half_dead = sizes[number] * 2 < segments[number].paragraphs
        if sizes[number] == 0 or half_dead or (due and sizes[number] <= 2 * due):
            due += sizes[number]
        else:
            kept.append(number)
    return sorted(kept)


def _sum(data: bytes) -> FileSum:
    import hashlib

    return FileSum(len(data), hashlib.sha256(data).hexdigest())


def _same(one: Generation, other: Generation) -> bool:
    return msgspec.structs.replace(one, number=other.number) == other
