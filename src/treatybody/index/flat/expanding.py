"""Wildcards, fuzzy words and regular expressions against large dictionaries.

A pattern's words are found without looking at each word of the dictionary in Python: a prefix is
a stretch of the sorted terms; any other literal is searched in the bytes of all terms at once; a
fuzzy word is compared only with terms of about its length and letters. What is found is proved
with the same tests as in ``index.expansion``, so the answer is the same.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from treatybody.index import analysis
from treatybody.index.expansion import (
    Expander,
    Expansion,
    Pattern,
    fold_pattern,
    spelled,
    word_test,
)
from treatybody.index.flat.codec import listed
from treatybody.index.flat.inverting import Longs
from treatybody.index.flat.postings import FlatPostings
from treatybody.index.flat.termlists import Part
from treatybody.index.flat.terms import Terms
from treatybody.index.flat.writing import letters_of
from treatybody.query.tree import Fuzzy, Regex, Wildcard

_FIRST_WORD = bytes([ord(analysis.MARK) + 1])  # marked forms sort before all words


class _Found(NamedTuple):
    """Terms of one segment: their places, in how many paragraphs each stands, and its edits."""

    part: Part
    terms: Terms
    places: Longs
    counts: Longs
    edits: Longs


class FlatExpander(Expander):
    """Expands patterns, and tells the postings where the words are that it found."""

    def __init__(self, postings: FlatPostings) -> None:
        super().__init__(postings)  # type: ignore[arg-type]
        self.flat = postings

    def _expand(self, field: str, pattern: Pattern) -> Expansion:
        found = [one for one in self._found(field, pattern) if len(one.places)]
        if len(found) == 1:
            return self._of_one(field, pattern, found[0])
        counts: dict[str, tuple[int, int]] = {}
        for one in found:
            words = [_word(one.terms, place) for place in one.places.tolist()]
            rows = zip(words, one.counts.tolist(), one.edits.tolist(), strict=True)
            for word, count, edits in rows:
                counts[word] = (edits, counts.get(word, (0, 0))[1] + count)
        ranked = sorted((edits, -count, word) for word, (edits, count) in counts.items())
        kept = sorted((word, -count) for _, count, word in ranked[: self.limit])
        return Expansion(spelled(pattern), tuple(kept), len(ranked))

    def _of_one(self, field: str, pattern: Pattern, found: _Found) -> Expansion:
        best = np.lexsort((found.places, -found.counts, found.edits))[: self.limit]
        best.sort()
        places = found.places[best].tolist()
        words = [_word(found.terms, place) for place in places]
        self.flat.remember(field, words, found.part, places)
        counted = zip(words, found.counts[best].tolist(), strict=True)
        return Expansion(spelled(pattern), tuple(counted), len(found.places))

    def _found(self, field: str, pattern: Pattern) -> Iterator[_Found]:
        for part in self.flat.parts:
            words, terms = listed(part.words, field)
            places, edits = _matching(terms, pattern)
            counts = terms.counts_of(places)
            if part.live is not None and len(places):
                docs = (words.docs(terms, place) for place in places.tolist())
                live = (int(np.count_nonzero(part.live[some])) for some in docs)
                counts = np.fromiter(live, np.int64, len(places))
            there = counts > 0
            yield _Found(part, terms, places[there], counts[there], edits[there])


def _matching(terms: Terms, pattern: Pattern) -> tuple[Longs, Longs]:
    """The places of the terms of a pattern, ascending, and how many edits each is away."""
    if isinstance(pattern, Fuzzy):
        return _near(terms, pattern)
    places = _candidates(terms, pattern)
    _, test = word_test(pattern)
    if not _is_prefix(pattern):
        chosen = [place for place in places.tolist() if test(_word(terms, place))]
        places = np.array(chosen, np.int64)
    return places, np.zeros(len(places), np.int64)


def _is_prefix(pattern: Pattern) -> bool:
    literal = fold_pattern(pattern.pattern) if isinstance(pattern, Wildcard) else ""
    return literal.endswith("*") and not re.search(r"[*?]", literal.rstrip("*"))


def _candidates(terms: Terms, pattern: Wildcard | Regex) -> Longs:
    """Places of terms that may match: those with its prefix, or with its longest literal."""
    folded = fold_pattern(pattern.pattern)
    first = terms.place(_FIRST_WORD)
    if isinstance(pattern, Regex):
        literal = re.match(r"[^\W_]*(?![^\W_]|[*?{|])", folded.split("|")[0])
        prefix = literal.group() if literal and "|" not in folded and "(?" not in folded else ""
        there = terms.prefixed(prefix.encode()) if prefix else range(first, terms.count)
        return np.arange(max(first, there.start), there.stop)
    prefix, *_ = re.split(r"[*?]", folded, maxsplit=1)
    if prefix:
        there = terms.prefixed(prefix.encode("utf-8", "surrogatepass"))
        return np.arange(max(first, there.start), there.stop)
    longest = max(re.split(r"[*?]", folded), key=len)
    if not longest:
        return np.arange(first, terms.count)
    places = terms.containing(longest.encode("utf-8", "surrogatepass"))
    return places[places >= first]


def _near(terms: Terms, pattern: Fuzzy) -> tuple[Longs, Longs]:
    """Terms within the distance, a transposition being one edit (optimal string alignment).

    An edit changes at most two of the letters that a word has, and its length by one.
    """
    from rapidfuzz.distance import OSA

    typed, most = fold_pattern(pattern.text), pattern.distance
    sizes, letters = terms.sizes(), terms.letters()
    differing = np.bitwise_count(letters ^ letters_of(typed.encode("utf-8", "surrogatepass")))
    other = letters >> 31 != 0
    fits = (sizes >= len(typed) - most) & ((sizes <= len(typed) + most) | other)
    places = np.flatnonzero(fits & (differing <= 2 * most))
    places = places[places >= terms.place(_FIRST_WORD)]
    measured = [
        (place, OSA.distance(typed, _word(terms, place), score_cutoff=most))
        for place in places.tolist()
    ]
    near = np.array([pair for pair in measured if pair[1] <= most], np.int64).reshape(-1, 2)
    return near[:, 0], near[:, 1]


def apart(words: Sequence[str]) -> Sequence[str]:
    """Of some words those whose counts add up to how often any of them starts.

    At one position stand one plain word, with separators and without them if it is a number, and
    the whole of a joined run that starts there. What another of the words counts is left out.
    """
    if all(map(str.isalpha, words)):
        return words
    known = set(words)
    return [word for word in words if not _is_counted(word, known)]


def _is_counted(word: str, known: Container[str]) -> bool:
    """Whether one of some words stands wherever a word starts."""
    plain = analysis.plain_number(word)
    if plain != word or analysis.width(word) == 1:
        return plain != word and plain in known
    first = analysis.words(word)[0].text
    return first in known or analysis.plain_number(first) in known


def _word(terms: Terms, place: int) -> str:
    return terms[place].decode("utf-8", "surrogatepass")
