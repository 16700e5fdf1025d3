"""Executing query trees on arrays. What the nodes mean is told in ``index.execute``.

Sets of paragraphs are ascending int32 arrays, filters are masks. A phrase or NEAR is looked up
only in the paragraphs that have all of its words, so that few positions are decoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any

import numpy as np

from treatybody.index import analysis
from treatybody.index.execute import Executor, Fields, field_named, loose_parts, typed_runs
from treatybody.index.expansion import Expander
from treatybody.index.fields import SEARCHED, STEM
from treatybody.index.flat import docsets, places
from treatybody.index.flat.docsets import Docs
from treatybody.index.flat.expanding import apart
from treatybody.index.flat.facts import FlatFacts
from treatybody.index.flat.places import Keys, Partners
from treatybody.index.flat.postings import FlatPostings, joined
from treatybody.index.flat.termlists import Mask
from treatybody.query.tree import (
    And,
    Everything,
    Exact,
    Filter,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Range,
    Regex,
    Synonyms,
    Wildcard,
    Within,
    Word,
)

Term = tuple[str, str]
Counts = tuple[Docs, Docs]
_EMPTY = np.empty(0, np.int32)
_LOCATED = 1 << 15  # paragraphs in which places are looked up at a time
_MERGED = 4  # so many sets are merged whatever their length
_MANY = 16  # times the size of a set, from which on it is looked up rather than merged
_KEPT = 4  # parts of a query's paragraphs whose places are known


class FlatExecutor(Executor):
    """Executes trees for one query; what it looked up, it remembers.

    Arguments:
        postings, expander, facts: of the index.
        only: paragraphs to which ``located`` and ``counts`` are limited: others may be left out.
        counted: what the one without a limit has counted (not that one itself: it keeps this one,
            and in a circle the arrays of both would stay until a collection of garbage).
    """

    algebra: Any = places

    def __init__(
        self,
        postings: FlatPostings,
        expander: Expander,
        facts: FlatFacts,
        only: Docs | None = None,
        counted: dict[tuple[Node, str], Counts] | None = None,
    ) -> None:
        super().__init__(postings, expander, facts)  # type: ignore[arg-type]
        self.words = postings
        self.masks = facts
        self.only = only
        self._parts: list[tuple[Docs, FlatExecutor]] = []
        self._sets: dict[tuple[Node, Fields], Docs] = {}
        self._sizes: dict[tuple[Node, Fields], int] = {}
        self._counted: dict[tuple[Node, str], Counts] = {}
        self._everywhere = self._counted if counted is None else counted
        self._having_all: dict[tuple[Node | str, ...], Docs | None] = {}
        self._partners: dict[tuple[Node, Node, str], Partners | None] = {}

    def within(self, only: Docs) -> FlatExecutor:
        """The same, with places in some paragraphs only; what was located there lately is known."""
        for known, executor in self._parts:
            if docsets.same(known, only):
                return executor
        made = FlatExecutor(self.words, self.expander, self.masks, only, self._everywhere)
        self._parts = [(only, made), *self._parts[: _KEPT - 1]]
        return made

    def paragraphs(self, node: Node, fields: Fields = SEARCHED) -> Docs:
        """The paragraphs that match a node."""
        known = self._sets.get((node, fields))
        if known is None:
            known = self._sets[node, fields] = self._paragraphs(node, fields)
        return known

    def having(self, node: Node, fields: Fields = SEARCHED) -> int:
        """How many paragraphs match a node; of words as few are looked at as tell it."""
        known = self._sizes.get((node, fields))
        if known is None:
            told = None if (node, fields) in self._sets else self._told(node, fields)
            known = len(self.paragraphs(node, fields)) if told is None else told
            self._sizes[node, fields] = known
        return known

    def _told(self, node: Node, fields: Fields) -> int | None:
        if isinstance(node, Or) and countable(node):
            several = sum(self.having(item, fields) for item in node.items)
            return several - len(self.paragraphs(And(node.items), fields))
        terms = [self.terms_of(node, field) for field in fields]
        if None in terms:
            return None
        there = [t for several in terms for t in several or () if self.words.has(*t)]
        return self.words.having_any(there) if len(there) < 3 else None

    def matches(self, node: Node, fields: Fields = SEARCHED) -> int:
        """How often a node starts in all paragraphs; of long lists no posting is looked at."""
        return sum(self._starting(node, field) for field in fields)

    def _starting(self, node: Node, field: str) -> int:
        terms = self.terms_of(node, field)
        if terms is None:
            return int(self.counts(node, field)[1].sum(dtype=np.int64))
        return sum(self.words.occurrences(*term) for term in terms)

    def _paragraphs(self, node: Node, fields: Fields) -> Docs:
        match node:
            case And(items):
                return self._every(items, fields)
            case Or(items):
                return self.union(self.paragraphs(item, fields) for item in items)
            case Synonyms(typed, others):
                return self.paragraphs(Or((typed, *others)), fields)
            case Within(name, inner):
                return self.paragraphs(inner, (field_named(name),))
            case Filter("speaker", values):
                names = Or(tuple(Exact(value) for value in values))
                return self.paragraphs(names, ("speaker",))
            case Not() | Filter() | Range() | Everything():
                return np.flatnonzero(self._mask(node, fields)).astype(np.int32)
        return self.union(self._having(node, field) for field in fields)

    def _mask(self, node: Node, fields: Fields) -> Mask:
        """The paragraphs that match a node, as a mask."""
        if isinstance(node, Everything):
            return self.masks.live
        if isinstance(node, Range) or (isinstance(node, Filter) and node.field != "speaker"):
            return self.masks.mask(node)
        if isinstance(node, Not):
            return self.masks.live & ~self._mask(node.item, fields)
        mask = np.zeros(self.words.size, bool)
        mask[self.paragraphs(node, fields)] = True
        return mask

    def _every(self, items: Sequence[Node], fields: Fields) -> Docs:
        masked = [item for item in items if isinstance(item, (Not, Filter, Range, Everything))]
        rest = [item for item in items if item not in masked]
        if not rest:
            mask = self.masks.live
            for item in masked:
                mask = mask & self._mask(item, fields)
            return np.flatnonzero(mask).astype(np.int32)
        found = self._shared(rest, fields)
        for item in masked:
            if len(found):
                found = found[self._mask(item, fields)[docsets.index(found)]]
        return found

    def _shared(self, items: Sequence[Node], fields: Fields) -> Docs:
        """The paragraphs that match all; nothing more is looked up once there are none."""
        sets: list[Docs] = []
        for item in items:
            sets.append(self.paragraphs(item, fields))
            if not len(sets[-1]):
                return _EMPTY
        sets.sort(key=len)
        found = sets[0]
        for other in sets[1:]:
            found = self.intersection(found, other)
        return found

    def intersection(self, small: Docs, large: Docs) -> Docs:
        """What is in both."""
        there = docsets.inside(large, small, self.words.size)
        found = large[there]
        self.words.met(large, found, there)
        return found

    def union(self, several: Iterable[Docs]) -> Docs:
        """What is in any: few are put into many; few sets are merged, many gathered in a mask."""
        sets = [docs for docs in several if len(docs)]
        if len(sets) < 2:
            return sets[0] if sets else _EMPTY
        if len(sets) == 2 and min(map(len, sets)) * _MANY < max(map(len, sets)):
            return docsets.put_in(*sorted(sets, key=len))
        if len(sets) <= _MERGED or sum(map(len, sets)) * 16 < self.words.size:
            merged = np.concatenate(sets)
            merged.sort(kind="stable")
            return docsets.distinct(merged)
        mask = np.zeros(self.words.size, bool)
        for docs in sets:
            mask[docsets.index(docs)] = True
        return np.flatnonzero(mask).astype(np.int32)

    # one field

    def _having(self, node: Node, field: str) -> Docs:
        """The paragraphs that match something with a place in a field."""
        terms = self.terms_of(node, field)
        if terms is not None:
            return self.union(self.words.docs(*term) for term in terms)
        return self.counts(node, field)[0]

    def counts(self, node: Node, field: str) -> Counts:
        """The paragraphs that something stands in, and how often it starts in each."""
        known = self._counted.get((node, field)) or self._everywhere.get((node, field))
        if known is None:
            known = self._counted[node, field] = self._count(node, field)
        return known

    def among(self, node: Node, fields: Fields, only: Docs) -> Docs:
        """The paragraphs that match something with a place; no others than ``only`` can."""
        here = self.within(only)
        for field in fields:
            self._counted[node, field] = here.counts(node, field)
        return self.union(self._counted[node, field][0] for field in fields)

    def knows(self, node: Node, fields: Fields) -> bool:
        """Whether it was looked up already where something stands."""
        return all((node, field) in self._everywhere for field in fields)

    def _absent(self, node: Node, field: str) -> bool:
        """Whether it is plain from the lists of terms that something stands nowhere."""
        if isinstance(node, Near):
            return self._absent(node.left, field) or self._absent(node.right, field)
        terms = self.terms_of(node, field)
        return terms is not None and not any(self.words.has(*term) for term in terms)

    def _count(self, node: Node, field: str) -> Counts:
        terms = self.terms_of(node, field)
        if terms is not None:
            several = [self.words.counts(*t, self.only) for t in terms if self.words.has(*t)]
            there = [pair for pair in several if len(pair[0])]
            if len(there) < 2:
                return there[0] if there else (_EMPTY, _EMPTY)
            return self.words.summed(there)
        if isinstance(node, (Wildcard, Fuzzy, Regex)):
            return self.words.tally(field, apart(self.expanded(node, field)))
        return (_EMPTY, _EMPTY) if self._absent(node, field) else self._count_located(node, field)

    def terms_of(self, node: Node, field: str) -> list[Term] | None:
        """The terms that a word stands for, where no two can start at one position."""
        if not isinstance(node, (Word, Exact)):
            return None
        suffix, terms = _terms(node, tuple(self.words.languages))
        return None if terms is None else [(field + suffix, term) for term in terms]

    # places

    def _count_located(self, node: Node, field: str) -> Counts:
        """Where a node matches, looked up in the paragraphs that may have it, some at a time."""
        few = self.only is not None and len(self.only) <= _LOCATED
        only = None if few else self._candidates(node, field)
        if only is None:
            return places.counted(self._starts(node, field))
        if self.only is not None:
            only = self.intersection(*sorted((only, self.only), key=len))
        found = [(_EMPTY, _EMPTY)]
        for at in range(0, len(only), _LOCATED):
            here = self.within(only[at : at + _LOCATED])
            found.append(places.counted(here._starts(node, field)))
            self.words.rest()
        docs, counts = map(joined, zip(*found, strict=True))
        return docs, counts

    def _starts(self, node: Node, field: str) -> Keys:
        """The keys of the first words of all matches, ascending."""
        if isinstance(node, Near):
            left: Any = self.located(node.left, field)
            right: Any = self.located(node.right, field)
            if left.start is left.end and right.start is right.end:
                partners = self._partners_of(node, field, left.start, right.start)
                if partners is not None:
                    return partners.starts(node.distance, node.ordered)
            return places.near_starts(left, right, node.distance, node.ordered)
        found: Any = self.located(node, field)
        return found.start  # type: ignore[no-any-return]

    def _partners_of(self, node: Near, field: str, left: Keys, right: Keys) -> Partners | None:
        """The partners of two words, which are asked for by each NEAR of both."""
        key = node.left, node.right, field
        if key not in self._partners:
            self._partners[key] = places.partners(left, right)
        return self._partners[key]

    def _candidates(self, node: Node, field: str) -> Docs | None:
        """Paragraphs without which a node can't match; None where that saves nothing."""
        of = partial(self._candidates, field=field)
        match node:
            case Word() | Exact():
                return self._with_word(node, field)
            case Wildcard() | Fuzzy() | Regex():
                return self._having(node, field)
            case Phrase(parts):
                return self._with_all([*typed_runs(parts), *loose_parts(parts)], field)
            case Near(left, right):
                return self._with_all([left, right], field)
            case And(items):
                return self._with_all(items, field)
            case Or(items):
                found = [of(item) for item in items]
                sets = [docs for docs in found if docs is not None]
                return self.union(sets) if len(sets) == len(found) else None
            case Synonyms(typed, others):
                return of(Or((typed, *others)))
        return None

    def _with_word(self, node: Word | Exact, field: str) -> Docs | None:
        if self.terms_of(node, field) is not None:
            return self._having(node, field)
        tokens = analysis.words(node.text)
        if isinstance(node, Word):
            tokens = analysis.spoken(tokens)
            if all(t.join in ("", "-", "'") and not analysis.is_cjk(t.text) for t in tokens):
                return self._with_all([Word(token.text) for token in tokens], field)
        return self._with_all([Exact(token.text) for token in tokens], field)

    def _with_all(self, nodes: Sequence[Node], field: str) -> Docs | None:
        key = *nodes, field
        if key not in self._having_all:
            self._having_all[key] = self._shared_candidates(nodes, field)
        return self._having_all[key]

    def _shared_candidates(self, nodes: Sequence[Node], field: str) -> Docs | None:
        found = [self._candidates(node, field) for node in nodes]
        sets = [docs for docs in found if docs is not None]
        if not sets:
            return None
        if self.only is not None:
            sets.append(self.only)
        sets.sort(key=len)
        shared = sets[0]
        for docs in sets[1:]:
            shared = self.intersection(shared, docs)
        return shared

    def _term(self, field: str, term: str, width: int) -> Any:
        return places.of_term(self.words.positions(field, term, self.only), width)

    def _any_of(self, field: str, terms: Sequence[str], width: int) -> Any:
        return places.of_term(self.words.positions_of_any(field, terms, self.only), width)


@lru_cache(maxsize=1 << 12)
def _terms(node: Word | Exact, languages: tuple[str, ...]) -> tuple[str, tuple[str, ...] | None]:
    """The suffix of a field's name and the terms there that a word stands for; None for a chain."""
    tokens = analysis.words(node.text)
    if isinstance(node, Word):
        tokens = analysis.spoken(tokens)
    if len(tokens) != 1:
        return "", None
    text = tokens[0].text
    if isinstance(node, Exact) or analysis.is_cjk(text):
        return "", (text,)
    return STEM, tuple(dict.fromkeys(analysis.stemmer(language)(text) for language in languages))


def countable(node: Node) -> bool:
    """Whether it is one word, or either of two, counted without finding all."""
    if isinstance(node, Or):
        return len(node.items) == 2 and all(isinstance(one, (Word, Exact)) for one in node.items)
    return isinstance(node, (Word, Exact))
