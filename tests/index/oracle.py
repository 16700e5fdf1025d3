"""What queries mean, said a second time and as plainly as possible: by trying everything.

Texts are made as lists of (join, word), so that the oracle needs no analysis of its own.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from treatybody.index.analysis import stemmer
from treatybody.query import tree as t

Span = tuple[int, int]
SEARCHED = ("text", "note")
LIGHT = ("may", "what", "such")  # those that the tests use
SCORED = ("text", "section", "note")
SAMPLED = 3  # few enough for small corpora: the tests set the index to the same


@dataclass
class Words:
    """One text: its words, each with what joins it to the one before ("" is a space)."""

    words: list[tuple[str, str]]

    @property
    def text(self) -> str:
        shown = "".join((join or " ") + word for join, word in self.words)
        return shown.strip()

    def terms(self) -> list[tuple[str, int, int]]:
        """(term, start, end) of all words, plain numbers and joined runs."""
        found = []
        for place, (_, word) in enumerate(self.words):
            found += [(form, place, place) for form in {word, plain(word)}]
        for first, last in self.runs():
            whole = self.words[first][1]
            whole += "".join(j + w for j, w in self.words[first + 1 : last + 1])
            found.append((whole, first, last))
        return found

    def runs(self) -> list[Span]:
        runs, first = [], 0
        for place in range(1, len(self.words) + 1):
            if place == len(self.words) or not self.words[place][0]:
                if place - first > 1:
                    runs.append((first, place - 1))
                first = place
        return runs


@dataclass
class Para:
    """A paragraph of the corpus."""

    id: str
    text: Words
    notes: list[Words] = field(default_factory=list)
    sections: list[Words] = field(default_factory=list)
    speaker: list[Words] = field(default_factory=list)
    kind: str = "paragraph"
    language: str = "en"
    state: str = "PER"
    date: str | None = "2015-04-23"

    def values(self, name: str) -> list[Words]:
        named = {"text": [self.text], "note": self.notes}
        return (named | {"section": self.sections, "speaker": self.speaker})[name]


def plain(word: str) -> str:
    return word.replace(",", "") if word[0].isdigit() else word


def spans(node: t.Node, para: Para, name: str) -> set[tuple[int, int, int]]:
    """(value, start, end) of all matches in a field."""
    return {
        (place, start, end)
        for place, words in enumerate(para.values(name))
        for start, end in in_words(node, words, para, name)
    }


def in_words(node: t.Node, words: Words, para: Para, name: str) -> set[Span]:
    match node:
        case t.Word(text):
            return stemmed(text, words, para.language)
        case t.Exact(text) if "-" in text:
            first, *rest = map(t.Exact, text.split("-"))
            return run_spans(
                [t.PhrasePart("", first), *(t.PhrasePart("-", w) for w in rest)], words
            )
        case t.Exact(text):
            return {(s, e) for term, s, e in words.terms() if term == text and s == e}
        case t.Wildcard(pattern):
            return {(s, e) for term, s, e in words.terms() if fnmatch.fnmatchcase(term, pattern)}
        case t.Regex(pattern):
            return {(s, e) for term, s, e in words.terms() if re.fullmatch(pattern, term)}
        case t.Fuzzy(text, most):
            return {(s, e) for term, s, e in words.terms() if edits(text, term) <= most}
        case t.Phrase(parts, slop):
            return phrase(parts, slop, words)
        case t.Near(left, right, distance, ordered):
            ways = [(left, right)] if ordered else [(left, right), (right, left)]
            return {
                (s, e2)
                for first, second in ways
                for s, e in in_words(first, words, para, name)
                for s2, e2 in in_words(second, words, para, name)
                if 0 < s2 - e <= distance
            }
        case t.Or(items):
            return set().union(*(in_words(item, words, para, name) for item in items))
        case t.Synonyms(typed, others):
            return in_words(t.Or((typed, *others)), words, para, name)
        case t.Within(field, inner):
            return in_words(inner, words, para, name) if field == name else set()
    raise AssertionError(node)


def stemmed(text: str, words: Words, language: str) -> set[Span]:
    stem = stemmer(language)
    asked = [stem(word) for word in text.split("-")]
    have = [stem(word) for _, word in words.words]
    size = len(asked)
    starts = range(len(have) - size + 1)
    return {(s, s + size - 1) for s in starts if have[s : s + size] == asked}


def phrase(parts: tuple[t.PhrasePart, ...], slop: int, words: Words) -> set[Span]:
    """Parts joined by more than a space stand next to each other, whatever the slop."""
    runs: list[list[t.PhrasePart]] = []
    for part in parts:
        if part.join in ("", " ") or not runs:
            runs.append([part])
        else:
            runs[-1].append(part)
    found = [(s, e, 0) for s, e in run_spans(runs[0], words)]
    for run in runs[1:]:
        found = [
            (s, e2, spent + s2 - e - 1)
            for s, e, spent in found
            for s2, e2 in run_spans(run, words)
            if s2 > e and spent + s2 - e - 1 <= slop and (slop or not words.words[s2][0])
        ]
    return {(s, e) for s, e, _ in found}


def run_spans(run: list[t.PhrasePart], words: Words) -> set[Span]:
    found = part_spans(run[0], words)
    for part in run[1:]:
        found = {
            (s, e2)
            for s, e in found
            for s2, e2 in part_spans(part, words)
            if s2 == e + 1 and words.words[s2][0] == part.join
        }
    if any(isinstance(part.term, t.Wildcard) for part in run):
        whole = "".join(
            (part.join if place else "")
            + getattr(part.term, "text", "")
            + getattr(part.term, "pattern", "")
            for place, part in enumerate(run)
        )
        found |= in_words(t.Wildcard(whole), words, None, "text")  # type: ignore[arg-type]
    return found


def part_spans(part: t.PhrasePart, words: Words) -> set[Span]:
    return in_words(part.term, words, None, "text")  # type: ignore[arg-type]


def edits(a: str, b: str) -> int:
    """Optimal string alignment, by the book."""
    d = [[i + j if not i * j else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            d[i][j] = min(
                d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1)
    return d[-1][-1]


def holds(node: t.Node, para: Para, fields: tuple[str, ...] = SEARCHED) -> bool:
    """Whether a paragraph matches, kinds aside."""
    match node:
        case t.And(items):
            return all(holds(item, para, fields) for item in items)
        case t.Or(items):
            return any(holds(item, para, fields) for item in items)
        case t.Synonyms(typed, others):
            return holds(t.Or((typed, *others)), para, fields)
        case t.Not(item):
            return not holds(item, para, fields)
        case t.Within(name, inner):
            return holds(inner, para, (name,))
        case t.Everything():
            return True
        case t.Filter("state", values):
            return para.state in values
        case t.Filter("has", values):
            return any(words.words for name in values for words in para.values(name))
        case t.Filter("kind", values):
            return para.kind in values
        case t.Range("year", low, high):
            return para.date is not None and (low or "") <= para.date[:4] <= (high or "9999")
    return any(spans(node, para, name) for name in fields)


def names_kind(node: t.Node) -> bool:
    match node:
        case t.And(items) | t.Or(items):
            return any(map(names_kind, items))
        case t.Not(inner) | t.Within(_, inner):
            return names_kind(inner)
        case t.Filter("kind"):
            return True
    return False


def search(node: t.Node, corpus: list[Para]) -> set[str]:
    """The ids of what a query finds."""
    every = names_kind(node)
    kinds = ("paragraph", "table", "annex")
    return {p.id for p in corpus if (every or p.kind in kinds) and holds(node, p)}


# ranking


def units(node: t.Node, within: tuple[str, ...] | None = None) -> list[tuple[t.Node, object]]:
    match node:
        case t.And(items) | t.Or(items):
            return [unit for item in items for unit in units(item, within)]
        case t.Within(name, inner):
            return units(inner, (name,))
        case t.Not() | t.Filter() | t.Range() | t.Everything():
            return []
    return [(node, within)]


def evidence(node: t.Node, w: object, within: tuple[str, ...] | None = None) -> list[tuple]:
    """(node, within, share) of what only orders."""
    found: list[tuple] = []
    match node:
        case t.And(items) | t.Or(items):
            words = [item for item in items if in_pairs(item)]
            for a, b in pairwise(words):
                if a != b:
                    found.append((t.Near(a, b, 1, ordered=True), within, w.adjacent))
            for a, b in [*pairwise(words), *zip(words, words[2:], strict=False)]:
                if a != b:
                    found.append((t.Near(a, b, w.window), within, w.near))
            for item in items:
                found += evidence(item, w, within)
        case t.Within(name, inner):
            found += evidence(inner, w, (name,))
    return found


def is_light(node: t.Node) -> bool:
    return isinstance(node, t.Word) and node.text in LIGHT


def in_pairs(node: t.Node) -> bool:
    if is_light(node):
        return False
    if isinstance(node, t.Synonyms):
        return all(in_pairs(item) for item in (node.typed, *node.alternatives))
    return isinstance(node, (t.Word, t.Exact, t.Phrase))


def scores(node: t.Node, corpus: list[Para], weights: object) -> dict[str, float]:
    """BM25F of every paragraph, by its formula; what stands twice counts twice."""
    w = weights
    typed = [(unit, within, w.light if is_light(unit) else 1.0) for unit, within in units(node)]
    words = [one for one in typed if type(one[0]) is t.Word]
    as_typed = [(t.Exact(unit.text), within, share * w.exact) for unit, within, share in words]
    total = dict.fromkeys((p.id for p in corpus), 0.0)
    pairs = evidence(node, w)
    for unit, within, share in [*typed, *as_typed, *pairs]:
        count = reckoned if (unit, within, share) in pairs else exactly
        idf = rarity(count(unit, within or SEARCHED, corpus), len(corpus))
        if (unit, within, share) in typed:
            idf *= topical(unit, within or SEARCHED, corpus)
        for one, score in unit_scores(unit, within, idf, corpus, w).items():
            total[one] += share * score
    return total


def topical(unit: t.Node, fields: tuple[str, ...], corpus: list[Para]) -> float:
    """How often a unit stands in the paragraphs that have it."""
    matches = sum(len({(v, s) for v, s, _ in spans(unit, p, f)}) for p in corpus for f in fields)
    return max(1, matches / max(1, exactly(unit, fields, corpus)))


def rarity(having: float, everything: int) -> float:
    return log(1 + (everything - having + 0.5) / (having + 0.5))


def unit_scores(
    unit: t.Node, within: tuple[str, ...] | None, idf: float, corpus: list[Para], w: object
) -> dict[str, float]:
    average = {name: mean([length(p, name) for p in corpus]) for name in SCORED}
    found = {}
    for p in corpus:
        frequency = 0.0
        for name in within or SCORED:
            count = len({(v, s) for v, s, _ in spans(unit, p, name)})
            b = w.b[name] if name in SCORED else 0
            norm = 1 - b + b * length(p, name) / average[name] if b else 1
            frequency += w.weight[name] * count / norm
        found[p.id] = idf * frequency * (w.k1 + 1) / (w.k1 + frequency)
    return found


def exactly(unit: t.Node, fields: tuple[str, ...], corpus: list[Para]) -> float:
    """How many paragraphs have a unit."""
    return sum(holds(unit, p, fields) for p in corpus)


def reckoned(pair: t.Near, fields: tuple[str, ...], corpus: list[Para]) -> float:
    """How many paragraphs have a pair, reckoned from a sample of those with both of its words."""
    both, every = exactly(t.And((pair.left, pair.right)), fields, corpus), 1
    while both > every * SAMPLED:
        every *= 2
    sampled = [p for place, p in enumerate(by_symbol(corpus)) if place % every == 0]
    found = exactly(pair, fields, sampled) * every
    return min(max(found, every / 2), both) if every > 1 else found


def by_symbol(corpus: list[Para]) -> list[Para]:
    """In the order of symbols, numbers counting as numbers, and of positions."""
    return sorted(corpus, key=lambda p: [int(one) for one in re.findall(r"\d+", p.id)])


def length(para: Para, name: str) -> int:
    return sum(len(words.words) for words in para.values(name))


def mean(lengths: list[int]) -> float:
    present = [one for one in lengths if one]
    return sum(present) / len(present) if present else 1.0
