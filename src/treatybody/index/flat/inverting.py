"""From paragraphs to runs: what one batch of them says, term by term.

A run holds, for one list of terms of one field, the terms in order and for each its postings in
the order of the paragraphs. Runs are made batch by batch, anywhere, and merged by ``writing``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from treatybody.index import analysis
from treatybody.index.fields import GAP

if TYPE_CHECKING:
    from treatybody.index.flat.tokens import Tokens, Vocabulary

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
_MARK = analysis.MARK.encode()


class Run(NamedTuple):
    """The inverted terms of a batch.

    Arguments:
        terms: in UTF-8, in any order, each once.
        df: int32, shape (terms,): how many paragraphs of the batch have each.
        docs: int32, shape (postings,): the paragraph of each posting, term by term.
        counts: int32, shape (postings,): occurrences of each posting.
        places: int32, shape (occurrences,): their positions.
    """

    terms: list[bytes]
    df: Ints
    docs: Ints
    counts: Ints
    places: Ints


def ranges(starts: NDArray[np.signedinteger], counts: NDArray[np.signedinteger]) -> Longs:
    """Stretches of neighbouring numbers, one behind the other.

    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)


def before(counts: NDArray[np.signedinteger]) -> Longs:
    """How many come before each.

    >>> before(np.array([2, 3, 1])).tolist()
    [0, 2, 5]
    """
    return np.cumsum(counts, dtype=np.int64) - counts


class Values(NamedTuple):
    """The values of one text field in a batch of paragraphs, in order.

    Arguments:
        docs: the paragraph of each, ascending; one with several values stands several times.
        texts: the values.
        languages: the language of each.
    """

    docs: list[int]
    texts: list[str]
    languages: list[str]


class Inverted(NamedTuple):
    """A field of a batch: its terms, and for each value its paragraph and number of words."""

    exact: Run
    stem: Run
    docs: Ints
    lengths: Longs

    def by_doc(self, first: int, count: int) -> Longs:
        """The length of the field in each of ``count`` paragraphs from ``first`` on."""
        sums = np.bincount(self.docs - first, weights=self.lengths, minlength=count)
        return sums.astype(np.int64)


def invert(values: Values) -> Inverted:
    """Invert a field of a batch.

    The same terms at the same positions as ``fields.FieldWords`` gives, text by text.

    >>> found = invert(Values([0, 1], ["States' reports", "The State"], ["en", "en"]))
    >>> found.stem.terms, found.stem.df.tolist(), found.lengths.tolist()
    ([b'en:state', b'en:report', b'en:the'], [2, 1, 1], [2, 2])
    """
    from treatybody.index.flat.tokens import tokens, vocabulary

    found = tokens(values.texts)
    alone = {
        place: analysis.words(values.texts[place]) for place in np.flatnonzero(~found.done).tolist()
    }
    counts = found.counts.copy()
    for place, words in alone.items():
        counts[place] = len(words)
    first = before(counts)
    docs = np.array(values.docs, np.int32)
    slots = _Slots(np.repeat(docs, counts), _positions(docs, counts))
    numbers = ranges(first[found.done], counts[found.done])
    known = vocabulary(found.folded, found.starts, found.ends)
    exact, stem = _Terms(known.words), _Terms([])
    exact.add(known.ids, numbers)
    _add_joined(exact, found, known, numbers)
    _add_stems(stem, known, numbers, np.repeat(_codes(values.languages), counts)[numbers])
    for place, words in alone.items():
        exact.add_each(analysis.exact_terms(words), int(first[place]))
        stem.add_each(analysis.stem_terms(words, values.languages[place]), int(first[place]))
    return Inverted(exact.run(slots), stem.run(slots), docs, counts)


class _Slots(NamedTuple):
    """The paragraph and the position of each word of a batch: int32, shape (words,)."""

    docs: Ints
    places: Ints


class _Terms:
    """Terms of a batch, and which words have them."""

    def __init__(self, words: list[bytes]) -> None:
        self.ids = {word: number for number, word in enumerate(words)}
        self._found: list[Longs] = []
        self._terms: list[int] = []
        self._slots: list[int] = []

    def id(self, term: bytes) -> int:
        """The number of a term."""
        return self.ids.setdefault(term, len(self.ids))

    def add(self, terms: Longs, slots: Longs) -> None:
        """Add terms, by number, and the words that have them."""
        self._found.append(terms << _SLOT | slots)

    def add_each(self, terms: Iterator[tuple[str, int]], first: int) -> None:
        """Add the terms of one text whose first word is ``first``."""
        for term, position in terms:
            self._terms.append(self.id(term.encode("utf-8", "surrogatepass")))
            self._slots.append(first + position)

    def run(self, slots: _Slots) -> Run:
        """All of them by term: one sort of numbers that hold both."""
        self.add(np.array(self._terms, np.int64), np.array(self._slots, np.int64))
        packed = np.concatenate(self._found)
        packed.sort()
        terms, place = packed >> _SLOT, packed & ((1 << _SLOT) - 1)
        docs, places = slots.docs[place], slots.places[place]
        new = np.ones(len(packed), bool)
        new[1:] = (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])
        first = np.flatnonzero(new)
        counts = np.diff(first, append=len(packed)).astype(np.int32)
        df = np.bincount(terms[first], minlength=len(self.ids)).astype(np.int32)
        return Run(list(self.ids), df, docs[first], counts, places)


_SLOT = 26  # bits that number the words of a batch


def _codes(languages: list[str]) -> Longs:
    """Languages as one number each: their two letters, or three."""
    known = {one: int.from_bytes(one.encode(), "big") for one in set(languages)}
    return np.array([known[one] for one in languages], np.int64)


def _positions(docs: Ints, counts: Longs) -> Ints:
    """The position of each word; the values of a paragraph stand ``GAP`` apart."""
    base = before(counts + GAP)
    opening = np.searchsorted(docs, docs)
    base -= base[opening]
    return ranges(base, counts).astype(np.int32)


def _add_joined(exact: _Terms, found: Tokens, known: Vocabulary, numbers: Longs) -> None:
    """Numbers without separators, marked forms, and the wholes of joined runs."""
    plain = _plain(exact, known)
    other = np.flatnonzero(plain[known.ids] >= 0)
    exact.add(plain[known.ids[other]], numbers[other])
    joined = np.flatnonzero(found.joins)
    forms = [(joined, known.ids[joined])]
    both = joined[plain[known.ids[joined]] >= 0]
    forms.append((both, plain[known.ids[both]]))
    names = list(exact.ids)
    for places, ids in forms:
        pairs = ids << 8 | found.joins[places]
        _add_named(exact, ids, numbers[places], lambda one: _MARK + names[one])
        _add_named(
            exact, pairs, numbers[places], lambda one: _MARK + bytes([one & 255]) + names[one >> 8]
        )
    _add_wholes(exact, found, joined, numbers)


def _add_named(terms: _Terms, ids: Longs, slots: Longs, name: Callable[[int], bytes]) -> None:
    distinct, which = np.unique(ids, return_inverse=True)
    made = np.array([terms.id(name(one)) for one in distinct.tolist()], np.int64)
    if len(made):
        terms.add(made[which], slots)


def _plain(exact: _Terms, known: Vocabulary) -> Longs:
    """For each word the number of its form without separators, or -1 where there is none."""
    plain = np.full(len(known.words), -1)
    for number, word in enumerate(known.words):
        if word[0] < 0x3A and (b"," in word or b"." in word):
            form = analysis.plain_number(word.decode()).encode()
            if form != word:
                plain[number] = exact.id(form)
    return plain


def _add_wholes(exact: _Terms, found: Tokens, joined: Longs, numbers: Longs) -> None:
    from treatybody.index.flat.tokens import vocabulary

    if not len(joined):
        return
    opens = joined[np.diff(joined, prepend=-1) != 1] - 1
    closes = joined[np.diff(joined, append=len(found.joins) + 1) != 1]
    starts, ends = found.starts[opens], found.ends[closes]
    short = ends - starts <= analysis.LONGEST_WHOLE
    known = vocabulary(found.folded, starts[short], ends[short])
    ids = np.array([exact.id(word) for word in known.words], np.int64)
    if len(ids):
        exact.add(ids[known.ids], numbers[opens[short]])


def _add_stems(stem: _Terms, known: Vocabulary, numbers: Longs, languages: Longs) -> None:
    codes = [languages[0]] if len(languages) and (languages == languages[0]).all() else None
    for code in map(int, np.unique(languages) if codes is None else codes):
        language = code.to_bytes((code.bit_length() + 7) // 8, "big").decode()
        here = np.flatnonzero(languages == code) if codes is None else slice(None)
        used = np.bincount(known.ids[here], minlength=len(known.words)).nonzero()[0]
        ids = np.zeros(len(known.words), np.int64)
        ids[used] = [stem.id(_stem(language, known.words[word])) for word in used.tolist()]
        stem.add(ids[known.ids[here]], numbers[here])


@lru_cache(maxsize=1 << 19)
def _stem(language: str, word: bytes) -> bytes:
    return analysis.stemmer(language)(word.decode()).encode()
