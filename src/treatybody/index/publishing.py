"""Publishing: bring the index up to what the records say, by re-indexing only the difference.

A changed document's old paragraphs stay in their segment and are dead: the new generation says
so. Small segments, and those that are half dead, are written anew together with what
changed, so that there are never many (the sizes of the others at least double from one to the
next, as in a log-structured merge tree; O'Neil and others, 1996).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress
from operator import ne
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from treatybody import locks
from treatybody.errors import CorpusError, IndexProblem
from treatybody.index import layout
from treatybody.index.flat.layout import NAME
from treatybody.index.flat.reading import FlatFile
from treatybody.index.layout import FileSum, Generation, SegmentEntry
from treatybody.index.segments import Due, write_segment
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
    index_dir: Path,
    store: Records,
    *,
    full: bool = False,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Published:
    """Publish the records as a new generation; readers see all of it or the one before.

    An index that is damaged or of another version is made anew. Publishing records that are
    published already writes nothing.

    Arguments:
        index_dir: the index folder; made when missing.
        store: the records.
        full: index every document again.
        progress: called with (document key, documents done, documents to do).
        workers: processes that analyse; one a core by default, and none for few records. The
            bytes of the index don't depend on it.

    Raises:
        Busy: another process is publishing.
        CorpusError: the index can't be written; the last good generation stays in place.
    """
    with locks.writing(index_dir / layout.LOCK, f"publishing the index {index_dir}"):
        try:
            work = _Publication(index_dir, store, full, progress or _silent)
            work.workers = workers
            return work.run()
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


class _Indexed(NamedTuple):
    """What a segment says of its documents, and from what they were indexed."""

    keys: list[str]
    fingerprints: list[str]
    firsts: Sequence[int]

    def paragraphs(self, places: Iterable[int]) -> int:
        """How many paragraphs some of its documents have."""
        return sum(self.firsts[place + 1] - self.firsts[place] for place in places)


@lru_cache(maxsize=16)
def _indexed(path: Path) -> _Indexed:
    """The documents of a segment's file; it is immutable, so that they are read once."""
    with path.open("rb") as file:
        flat = FlatFile(file, lambda: layout.damaged(path))
    keys, fingerprints = (flat.json(name, list[str]) for name in ("keys", "fingerprints"))
    firsts = flat.column("document_first", 0, len(keys))
    paragraphs = flat.count("kind")
    flat.close()
    return _Indexed(keys, fingerprints, [*firsts, paragraphs])


class _Old:
    """A segment of the last generation, beside the records of today.

    Arguments:
        entry: of the segment.
        said: what it says.
        now: the fingerprint of every document, by key.
    """

    def __init__(self, entry: SegmentEntry, said: _Indexed, now: Mapping[str, str]) -> None:
        self.entry = entry
        self.said = said
        changes = map(ne, said.fingerprints, map(now.get, said.keys))
        other = set(compress(range(entry.documents), changes))
        self.differing = other.difference(entry.dead)
        self.gone = other.union(entry.dead)

    def keys(self, places: Iterable[int]) -> list[str]:
        """The keys of some of its documents."""
        return [self.said.keys[place] for place in places]

    def alive(self) -> list[str]:
        """The keys of the documents that have not changed."""
        return self.keys(place for place in range(self.entry.documents) if place not in self.gone)

    def size(self) -> int:
        """How many paragraphs have not changed."""
        return self.entry.paragraphs - self.said.paragraphs(self.gone)


class _Publication:
    """One publication under the lock."""

    def __init__(self, index: Path, store: Records, full: bool, progress: Progress) -> None:
        self.index = index
        self.store = store
        self.progress = progress
        self.last = last_generation(index)
        self.full = full
        self.workers: int | None = None
        self.documents = store.documents()
        self.fingerprints = {key: store.fingerprint(key) for key in self.documents}
        self.old = [
            _Old(entry, _indexed(_file(index, entry)), self.fingerprints)
            for entry in (self.last.segments if self.last else ())
        ]

    def run(self) -> Published:
        generation, links = self._next()
        new = self.last is None or not _same(generation, self.last)
        if new:
            layout.publish_generation(self.index, generation, links)
        else:
            assert self.last is not None
            generation = self.last
        layout.clean(self.index, self._kept(generation))
        return self._report(generation, new)

    def _next(self) -> tuple[Generation, bytes]:
        segments = self._segments()
        links = msgspec.json.Encoder().encode_lines(self.store.links())
        generation = Generation(
            format=layout.FORMAT, number=self._number(), segments=segments, links=_sum(links)
        )
        return generation, links

    def _segments(self) -> list[SegmentEntry]:
        old = [] if self.full else self.old
        due = set(self.documents) if self.full else self._added.union(self._differing())
        sizes = [one.size() for one in old]
        count = self._paragraphs(due, most=max(sizes, default=0))
        kept = _kept_segments([one.entry for one in old], sizes, count)
        segments = []
        for number, one in enumerate(old):
            if number in kept:
                segments.append(msgspec.structs.replace(one.entry, dead=sorted(one.gone)))
            else:
                due.update(one.alive())
        if due:
            counter = self._counter(len(due))
            found = write_segment(self.index, self._read(sorted(due)), counter, self.workers)
            segments.append(found)
        return segments

    def _differing(self) -> list[str]:
        """The documents that were published otherwise, and are there."""
        keys = (key for one in self.old for key in one.keys(one.differing))
        return [key for key in keys if key in self.documents]

    @cached_property
    def _removed(self) -> list[str]:
        """The documents that were published, and are gone."""
        keys = (key for one in self.old for key in one.keys(one.differing))
        return [key for key in keys if key not in self.documents]

    @cached_property
    def _added(self) -> set[str]:
        """The documents that were not published."""
        known = sum(one.entry.documents - len(one.entry.dead) for one in self.old)
        if len(self.documents) == known - len(self._removed):
            return set()
        added = set(self.documents)
        for one in self.old:
            dead = one.keys(one.entry.dead)
            added.difference_update(set(one.said.keys).difference(dead) if dead else one.said.keys)
        return added

    def _paragraphs(self, keys: Iterable[str], most: int) -> int:
        """How many paragraphs some documents have; it need not be known beyond ``most``."""
        count = 0
        for key in keys:
            if count > most:
                break
            count += len(self.store.paragraphs(key))
        return count

    def _read(self, keys: Sequence[str]) -> Iterator[Due]:
        for key in keys:
            yield self.documents[key], self.fingerprints[key], self.store.paragraphs(key)

    def _counter(self, total: int) -> Callable[[str], None]:
        done = 0

        def count(key: str) -> None:
            nonlocal done
            done += 1
            self.progress(key, done, total)

        return count

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
        changed, added = self._differing(), self._added
        before = sum(one.entry.documents - len(one.entry.dead) for one in self.old)
        return Published(
            added=tuple(sorted(added)),
            changed=tuple(sorted(changed)),
            removed=tuple(sorted(self._removed)),
            unchanged=before - len(changed) - len(self._removed),
            generation=generation.number,
            new=new,
        )


def _file(index: Path, segment: SegmentEntry) -> Path:
    return layout.segment_folder(index, segment.name) / NAME


def _kept_segments(
    segments: Sequence[SegmentEntry], sizes: Sequence[int], due: int
) -> frozenset[int]:
    """Numbers of the segments that stay as they are; the documents of the rest are due too.

    Arguments:
        segments: those of the last generation.
        sizes: how many paragraphs of each have not changed.
        due: the number of paragraphs that are to be indexed anyway.
    """
    kept = []
    for number in sorted(range(len(segments)), key=lambda number: sizes[number]):
        half_dead = sizes[number] * 2 < segments[number].paragraphs
        if sizes[number] == 0 or half_dead or (due and sizes[number] <= 2 * due):
            due += sizes[number]
        else:
            kept.append(number)
    return frozenset(kept)


def _sum(data: bytes) -> FileSum:
    import hashlib

    return FileSum(len(data), hashlib.sha256(data).hexdigest())


def _same(one: Generation, other: Generation) -> bool:
    return msgspec.structs.replace(one, number=other.number) == other
