"""From runs to ``segment.flat``: terms merged, postings laid one behind the other and packed.

The runs are merged without sorting a posting again: every run lists its postings term by term,
in the order of the paragraphs, so each stretch is copied to where the final order has it. This
is done for a bounded number of occurrences at a time.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from treatybody.index.flat.champions import ChampionWriter
from treatybody.index.flat.inverting import Ints, Inverted, Longs, Run, before, ranges
from treatybody.index.flat.layout import (
    BITS,
    COMMON,
    LISTS,
)
from treatybody.index.flat.sections import IN_MEMORY, Array, FlatWriter, Patched, Stream
from treatybody.index.flat.skips import SkipWriter

BATCH = 1 << 21  # occurrences that are merged at a time


class Kept(NamedTuple):
    """A run of both lists of terms of a field, exact ones first, that waits to be merged.

    Arguments:
        exact, stem: int32, the number of each term in the order in which they were met.
        df, docs, counts, places: as in ``Run``; all lie in a temporary file.
        span: its first byte there, and the one behind its last.
    """

    exact: Ints
    stem: Ints
    df: Ints
    docs: Ints
    counts: Ints
    places: Ints
    span: tuple[int, int]


class FieldRuns:
    """The runs of one field, in the order of their paragraphs, in one temporary file."""

    def __init__(self) -> None:
        self.ids: dict[str, dict[bytes, int]] = {name: {} for name in LISTS}
        self._file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - open as long as the runs
        self._sizes: list[list[int]] = []
        self._lengths: list[tuple[Ints, Longs]] = []
        self._map: mmap.mmap | None = None

    def add(self, found: Inverted) -> None:
        """Keep what a batch says."""
        arrays = []
        for name, run in ((name, getattr(found, name)) for name in LISTS):
            ids = self.ids[name]
            each = (ids.setdefault(term, len(ids)) for term in run.terms)
            arrays.append(np.fromiter(each, np.int32, len(run.terms)))
        both = zip(found.exact[1:], found.stem[1:], strict=True)
        arrays += map(np.concatenate, both)
        for array in arrays:
            self._file.write(array.tobytes())
        self._sizes.append([array.size for array in arrays])
        self._lengths.append((found.docs, found.lengths))

    def lengths(self, paragraphs: int) -> Longs:
        """The length of the field in each paragraph: int64."""
        lengths = np.zeros(paragraphs, np.int64)
        for docs, some in self._lengths:
            np.add.at(lengths, docs, some)
        return lengths

    def kept(self) -> list[Kept]:
        """All runs; nothing can be added any more."""
        whole, end, kept = np.frombuffer(self._data(), np.int32), 0, []
        for sizes in self._sizes:
            ends = np.cumsum([end, *sizes]).tolist()
            exact, stem, df, docs, counts, places = (whole[a:b] for a, b in pairwise(ends))
            span = 4 * end, 4 * ends[-1]
            kept.append(Kept(exact, stem, df, docs, counts, places, span))
            end = ends[-1]
        return kept

    def _data(self) -> bytes | mmap.mmap:
        if 4 * sum(map(sum, self._sizes)) <= IN_MEMORY:
            self._file.seek(0)
            return self._file.read()
        self._file.flush()
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return self._map

    def forget(self, run: Kept) -> None:
        """Give back the memory that reading a run has taken; it can be read again."""
        if self._map is not None and hasattr(mmap, "MADV_DONTNEED"):
            start = run.span[0] // mmap.PAGESIZE * mmap.PAGESIZE
            if run.span[1] > start:
                self._map.madvise(mmap.MADV_DONTNEED, start, run.span[1] - start)


def write_words(out: FlatWriter, field: str, runs: FieldRuns, paragraphs: int) -> None:
    """Write the words of a field.

    Arguments:
        out: the file.
        field: its name.
        runs: what was said of it.
        paragraphs: how many the segment has.
    """
    merged = _merge(runs)
    own = merged.same == np.arange(len(merged.same))
    common = merged.df * COMMON > paragraphs
    order = np.concatenate([np.flatnonzero(own & ~common), np.flatnonzero(own & common)])
    rare = int(np.count_nonzero(own & ~common))
    _write_terms(out, field, merged, order)
    writer = PostingsWriter(field, runs.lengths(paragraphs))
    _write_postings(runs, merged, order, rare, writer)
    writer.write(out)


class _Merged(NamedTuple):
    """Both lists of terms of a field over all runs; stems are numbered behind exact terms.

    Arguments:
        terms: for each list its terms.
        maps: for each run the number of each of its terms.
        df, cf: int64, for each term its postings and occurrences.
        same: int64, for each term the term whose postings it shares: itself, or an exact one.
    """

    terms: dict[str, list[bytes]]
    maps: list[Ints]
    df: Longs
    cf: Longs
    same: Longs


def _merge(runs: FieldRuns) -> _Merged:
    terms, ranks = {}, {}
    base = 0
    for name, ids in runs.ids.items():
        terms[name] = sorted(ids)
        ranks[name] = np.empty(len(ids), np.int64)
        ranks[name][[ids[term] for term in terms[name]]] = np.arange(base, base + len(ids))
        base += len(ids)
    df, cf = np.zeros(base, np.int64), np.zeros(base, np.int64)
    mark = np.zeros(base, np.uint64)
    maps = []
    for run in runs.kept():
        numbers = np.concatenate([ranks["exact"][run.exact], ranks["stem"][run.stem]])
        sizes = _sums(run.counts, run.df)
        df[numbers] += run.df
        cf[numbers] += sizes
        mark[numbers] += _sums(_marks(run), sizes)
        maps.append(numbers.astype(np.int32))
        runs.forget(run)
    return _Merged(terms, maps, df, cf, _same(df, cf, mark, len(terms["exact"])))


def _sums(numbers: Array, counts: Array) -> Array:
    """The sum of each stretch of ``counts`` numbers; no stretch is empty."""
    if not len(counts):
        return np.zeros(0, numbers.dtype)
    return np.add.reduceat(numbers, before(counts), dtype=numbers.dtype)


def _marks(run: Kept) -> NDArray[np.uint64]:
    """A mixed number for each occurrence (splitmix64; Steele, Lea and Flood, 2014)."""
    mixed = np.repeat(run.docs, run.counts).astype(np.uint64) << np.uint64(32)
    mixed |= run.places.astype(np.uint64)
    mixed += np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def _same(df: Longs, cf: Longs, mark: NDArray[np.uint64], exact: int) -> Longs:
    """For each term the one whose postings it shares: equal sums of 64 mixed bits say so."""
    same = np.arange(len(df))
    if not exact:
        return same
    order = np.argsort(mark[:exact], kind="stable")
    found = np.searchsorted(mark[:exact], mark[exact:], sorter=order)
    other = order[np.minimum(found, exact - 1)]
    stems = np.arange(exact, len(df))
    equal = (mark[other] == mark[stems]) & (df[other] == df[stems]) & (cf[other] == cf[stems])
    same[stems[equal]] = other[equal]
    return same


def _write_terms(out: FlatWriter, field: str, merged: _Merged, order: Longs) -> None:
    first, occ = np.zeros_like(merged.df), np.zeros_like(merged.df)
    first[order], occ[order] = before(merged.df[order]), before(merged.cf[order])
    first, occ = first[merged.same], occ[merged.same]
    base = 0
    for name, terms in merged.terms.items():
        here = slice(base, base + len(terms))
        ends = np.cumsum(np.fromiter(map(len, terms), np.int64))
        out.add(f"{field}.{name}.terms", np.frombuffer(b"".join(terms), np.uint8))
        out.add(f"{field}.{name}.ends", _long(ends))
        if name == "exact":
            out.add(f"{field}.{name}.letters", _letters(terms, ends))
        out.add(f"{field}.{name}.df", merged.df[here].astype("<u4"))
        out.add(f"{field}.{name}.first", _long(first[here]))
        out.add(f"{field}.{name}.occ", _long(occ[here]))
        base += len(terms)


def letters_of(term: bytes) -> np.uint32:
    """The letters of a term as bits: 31 for the ASCII characters, and one for all others."""
    bits = 0
    for byte in term:
        bits |= 1 << (byte % 31 if byte < 128 else 31)
    return np.uint32(bits)


def _letters(terms: Sequence[bytes], ends: Longs) -> NDArray[np.uint32]:
    if not terms:
        return np.empty(0, np.uint32)
    data = np.frombuffer(b"".join(terms), np.uint8)
    return np.bitwise_or.reduceat(_bits()[data], before(np.diff(ends, prepend=0)))


@lru_cache(maxsize=1)
def _bits() -> NDArray[np.uint32]:
    """For each byte its bit."""
    return np.array([letters_of(bytes([byte])) for byte in range(256)], np.uint32)


def _long(numbers: Longs) -> Array:
    largest = int(numbers.max(initial=0))
    return numbers.astype("<u4" if largest < 1 << 32 else "<u8")


def _write_postings(
    runs: FieldRuns, merged: _Merged, order: Longs, rare: int, writer: PostingsWriter
) -> None:
    sources = []
    for run, numbers in zip(runs.kept(), merged.maps, strict=True):
        sources.append(_Source(run, numbers, order))
        runs.forget(run)
    for start, stop in _batches(merged.cf[order], rare):
        chosen = order[start:stop]
        batch = _gather(sources, start, stop, merged.df[chosen], merged.cf[chosen], runs.forget)
        writer.add(batch, common=start >= rare)


class PostingsWriter:
    """Collects the postings of a field and writes them.

    Arguments:
        field: its name.
        lengths: int64, shape (paragraphs,): its length in words in each.
    """

    def __init__(self, field: str, lengths: Longs) -> None:
        self._field = field
        self._docs = Stream("<u4")
        self._packed = {name: Patched(bits) for name, bits in BITS.items()}
        self._skips = SkipWriter(field)
        self._champions = ChampionWriter(field, lengths)

    def add(self, batch: Run, *, common: bool) -> None:
        """Add the postings of some terms, rare ones before common ones."""
        if common:
            gaps = self._packed["gaps"]
            self._champions.add(self._docs.count + gaps.low.count, batch)
            self._skips.add(gaps.low.count, self._packed["places"].low.count, batch)
            gaps.add(_gaps(batch))
        else:
            self._docs.add(batch.docs)
        self._packed["counts"].add(batch.counts - 1)
        self._packed["places"].add(batch.places)

    def write(self, out: FlatWriter) -> None:
        """Write the sections."""
        out.stream(f"{self._field}.docs", self._docs.parts(), "<u4")
        for name, patched in self._packed.items():
            patched.write(out, f"{self._field}.{name}")
        self._skips.write(out)
        self._champions.write(out)


def _batches(cf: Longs, rare: int) -> Iterator[tuple[int, int]]:
    """Stretches of terms with about ``BATCH`` occurrences; none holds rare and common ones."""
    ends = np.cumsum(cf)
    start = 0
    while start < len(cf):
        done = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + BATCH, side="right")))
        stop = rare if start < rare < stop else stop
        yield start, stop
        start = stop


def _gaps(batch: Run) -> Ints:
    """How many paragraphs are skipped before each posting; a term's first counts from 0."""
    gaps = np.diff(batch.docs, prepend=np.int32(-1)) - 1
    starts = before(batch.df)
    gaps[starts] = batch.docs[starts]
    return gaps.astype(np.int32)


class _Source:
    """A run, its terms in the final order.

    Arguments:
        numbers: the number of each of the run's terms.
        order: the numbers of the terms that are stored, in their final order.
    """

    def __init__(self, run: Kept, numbers: Ints, order: Longs) -> None:
        self.run = run
        place = np.full(int(max(numbers.max(initial=-1), order.max(initial=-1))) + 1, -1)
        place[order] = np.arange(len(order))
        own = np.flatnonzero(place[numbers] >= 0)
        own = own[np.argsort(place[numbers[own]], kind="stable")]
        cf = _sums(run.counts, run.df).astype(np.int64)
        self.places = place[numbers[own]].astype(np.int32)
        self.first = before(run.df)[own].astype(np.int32)
        self.occ = before(cf)[own].astype(np.int32)
        self.df, self.cf = run.df[own], cf[own].astype(np.int32)

    def terms(self, start: int, stop: int) -> slice:
        """The terms that belong to a stretch of the final order."""
        first, last = np.searchsorted(self.places, [start, stop])
        return slice(int(first), int(last))


def _gather(
    sources: Sequence[_Source],
    start: int,
    stop: int,
    df: Longs,
    cf: Longs,
    done: Callable[[Kept], None],
) -> Run:
    """The postings of a stretch of terms, put together from all runs.

    The terms of a run lie in another order than the final one, so that a stretch of rare ones
    touches all of its pages: ``done`` is told which run is no longer needed.
    """
    docs = np.empty(int(df.sum()), np.int32)
    counts, places = np.empty_like(docs), np.empty(int(cf.sum()), np.int32)
    next_doc, next_place = before(df), before(cf)
    for source in sources:
        here = source.terms(start, stop)
        terms = source.places[here] - start
        to = ranges(next_doc[terms], source.df[here])
        taken = ranges(source.first[here], source.df[here])
        docs[to], counts[to] = source.run.docs[taken], source.run.counts[taken]
        to = ranges(next_place[terms], source.cf[here])
        places[to] = source.run.places[ranges(source.occ[here], source.cf[here])]
        next_doc[terms] += source.df[here]
        next_place[terms] += source.cf[here]
        done(source.run)
    return Run([], df.astype(np.int32), docs, counts, places)
