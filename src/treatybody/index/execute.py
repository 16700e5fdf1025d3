"""Executing a query tree over postings: which paragraphs match, and where.

This engine goes posting by posting and is meant to be right before it is fast. It asks the
index only what ``postings.Postings`` offers, so another engine can stand in its place, and the
same code finds the matches inside one paragraph.

What the nodes mean:

* Words, patterns and phrases are looked up in the text and in the footnotes; ``Within`` names
  another field. The parts of an ``And`` may lie in different fields; those of a phrase or NEAR
  lie in one, and in one footnote or heading.
* ``Word`` is any form of the word, in any language of the index; joined parts stand together.
* In a phrase, a space demands that nothing joins the two words, a join demands that join. With
  slop, words between them may be joined to them.
* ``*`` alone in a phrase is any one word.
* NEAR of things that share a word does not match on that word alone.
* ``Not`` is taken from all paragraphs; which kinds are searched is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from treatybody.errors import UsageError
from treatybody.index import analysis, spans
from treatybody.index.analysis import MARK, Token
from treatybody.index.expansion import Expander, Pattern
from treatybody.index.facts import Facts
from treatybody.index.fields import SEARCHED, STEM, TEXT_FIELDS
from treatybody.index.postings import Postings
from treatybody.index.spans import Algebra, Found
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
    PhrasePart,
    Range,
    Regex,
    Synonyms,
    Wildcard,
    Within,
    Word,
)

Fields = tuple[str, ...]
_PATTERNS = (Wildcard, Fuzzy, Regex)
_FIELD_NAMES = {name: name for name in TEXT_FIELDS} | {"footnotes": "note", "notes": "note"}


def field_named(name: str) -> str:
    """The text field that a ``Within`` names.

    Raises:
        UsageError: there is none of this name.
    """
    if name not in _FIELD_NAMES:
        raise UsageError(f"there is no text field `{name}`; use text, section, note or speaker")
    return _FIELD_NAMES[name]


class Executor:
    """Executes trees.

    Arguments:
        postings: where the words stand.
        expander: what patterns stand for.
        facts: what filters and ranges select.
    """

    # arithmetic of positions: another engine puts its own in its place
    algebra: Algebra = spans

    def __init__(self, postings: Postings, expander: Expander, facts: Facts) -> None:
        self.postings = postings
        self.expander = expander
        self.facts = facts
        self._located: dict[tuple[Node, str], Found] = {}

    def numbers(self, node: Node, fields: Fields = SEARCHED) -> set[int]:
        """The paragraphs that match a node."""
        match node:
            case And(items):
                return self._all(items, fields)
            case Or(items):
                return set().union(*(self.numbers(item, fields) for item in items))
            case Synonyms(typed, others):
                return self.numbers(Or((typed, *others)), fields)
            case Not(item):
                return self.postings.everything() - self.numbers(item, fields)
            case Within(name, inner):
                return self.numbers(inner, (field_named(name),))
            case Filter("speaker", values):
                names = Or(tuple(Exact(value) for value in values))
                return self.numbers(names, ("speaker",))
            case Filter() | Range():
                return self.postings.everything() & self.facts.select(node)
            case Everything():
                return self.postings.everything()
        return set().union(*(self.frequencies(node, field) for field in fields))

    def _all(self, items: Sequence[Node], fields: Fields) -> set[int]:
        wanted = [item for item in items if not isinstance(item, Not)]
        found = self.numbers(wanted[0], fields) if wanted else self.postings.everything()
        for item in wanted[1:]:
            if found:
                found = found & self.numbers(item, fields)
        for excluded in items:
            if isinstance(excluded, Not) and found:
                found = found - self.numbers(excluded.item, fields)
        return found

    def frequencies(self, node: Node, field: str) -> dict[int, int]:
        """How often something with a place stands in a field of each paragraph."""
        term = self._single_term(node, field)
        if term is not None:
            return dict(self.postings.frequencies(*term))
        if isinstance(node, _PATTERNS):
            return self._pattern_frequencies(node, field)
        found = self.located(node, field)
        return {number: len({s for s, _ in matches}) for number, matches in found.items()}

    def _pattern_frequencies(self, pattern: Pattern, field: str) -> dict[int, int]:
        """How many positions begin a word of a pattern: a run and its first part are one."""
        starts: dict[int, set[int]] = {}
        for word in self.expanded(pattern, field):
            for number, positions in self.postings.positions(field, word).items():
                starts.setdefault(number, set()).update(positions)
        return {number: len(positions) for number, positions in starts.items()}

    def _single_term(self, node: Node, field: str) -> tuple[str, str] | None:
        """The one term that a word stands for, if it is one: then its places don't matter."""
        if not isinstance(node, (Word, Exact)):
            return None
        tokens = analysis.words(node.text)
        if len(tokens) != 1 or (isinstance(node, Word) and len(self.postings.languages) != 1):
            return None
        if isinstance(node, Exact) or analysis.is_cjk(tokens[0].text):
            return field, tokens[0].text
        return field + STEM, analysis.stemmer(self.postings.languages[0])(tokens[0].text)

    def located(self, node: Node, field: str) -> Found:
        """Where a node matches in a field.

        Raises:
            UsageError: the node has no place in a text (a filter, a negation).
        """
        known = self._located.get((node, field))
        if known is None:
            known = self._located[node, field] = self._locate(node, field)
        return known

    def _locate(self, node: Node, field: str) -> Found:
        match node:
            case Word(text):
                return self._word(analysis.spoken(analysis.words(text)), field)
            case Exact(text):
                return self._exact(text, field)
            case Wildcard() | Fuzzy() | Regex():
                return self._pattern(node, field)
            case Phrase(parts, slop):
                return self._phrase(parts, slop, field)
            case Near(left, right, distance, ordered):
                sides = self.located(left, field), self.located(right, field)
                return self.algebra.near(*sides, distance, ordered)
            case And(items):
                return self.algebra.both([self.located(item, field) for item in items])
            case Or(items):
                return self.algebra.either(self.located(item, field) for item in items)
            case Synonyms(typed, others):
                return self.algebra.either(self.located(item, field) for item in (typed, *others))
            case Within(name, inner):
                return (
                    self.located(inner, field)
                    if field_named(name) == field
                    else self.algebra.either(())
                )
        raise UsageError("NEAR and ADJ need words, phrases or wildcards on both sides")

    def _word(self, tokens: Sequence[Token], field: str) -> Found:
        if not tokens:
            return self.algebra.either(())
        cjk = [analysis.is_cjk(token.text) for token in tokens]
        if all(cjk) and len(tokens) > 1:
            return self._character_pairs(tokens, field)
        if any(cjk) or any(token.join not in ("", "-", "'") for token in tokens):
            return self._adjacent(tokens, field)
        return self.algebra.either(
            self.algebra.chain([self._stem(token, language, field) for token in tokens])
            for language in self.postings.languages
        )

    def _stem(self, token: Token, language: str, field: str) -> Found:
        term = analysis.stemmer(language)(token.text)
        return self._term(field + STEM, term, 1)

    def _character_pairs(self, tokens: Sequence[Token], field: str) -> Found:
        pairs = [a.text + b.text for a, b in pairwise(tokens)]
        widths = [1] * (len(pairs) - 1) + [2]
        return self.algebra.chain(
            [
                self._term(field + STEM, "zh:" + pair, width)
                for pair, width in zip(pairs, widths, strict=True)
            ]
        )

    def _exact(self, text: str, field: str, join: str = "", strict: bool = True) -> Found:
        return self._adjacent(analysis.words(text), field, join, strict)

    def _adjacent(
        self, tokens: Sequence[Token], field: str, join: str = "", strict: bool = True
    ) -> Found:
        """Words as typed, next to each other, the first joined to what stands before as told."""
        parts = []
        for place, token in enumerate(tokens):
            if place:
                apart = token.start > tokens[place - 1].end
                join = token.join or (" " if apart else "")
            found = self._term(field, token.text, 1)
            parts.append(self._joined(found, [token.text], join, field, strict or place > 0))
        return self.algebra.chain(parts)

    def _joined(
        self, found: Found, firsts: Iterable[str], join: str, field: str, strict: bool
    ) -> Found:
        """Of what was found, what is joined to the word before it as told.

        Arguments:
            firsts: the first words of all that was found.
            join: the join; a space demands none if ``strict``; empty demands nothing.
        """
        if not join or (join == " " and not strict):
            return found
        mark = MARK if join == " " else MARK + join
        marked = self._any_of(field, [mark + first for first in firsts], 1)
        return self.algebra.starting(found, marked, join != " ")

    def _term(self, field: str, term: str, width: int) -> Found:
        """The matches of a term that takes ``width`` positions."""
        return self.algebra.of_term(self.postings.positions(field, term), width)

    def _pattern(self, pattern: Pattern, field: str, join: str = "", strict: bool = True) -> Found:
        by_width: dict[int, list[str]] = {}
        firsts: dict[str, None] = {}
        for word in self.expanded(pattern, field):
            width = analysis.width(word)
            by_width.setdefault(width, []).append(word)
            firsts[word if width == 1 else analysis.words(word)[0].text] = None
        several = (self._any_of(field, words, width) for width, words in by_width.items())
        return self._joined(self.algebra.either(several), firsts, join, field, strict)

    def _any_of(self, field: str, terms: Sequence[str], width: int) -> Found:
        """The matches of any of some terms, all of which take ``width`` positions."""
        return self.algebra.either(self._term(field, term, width) for term in terms)

    def expanded(self, pattern: Pattern, field: str) -> Sequence[str]:
        """The words that a pattern stands for."""
        return self.expander.expand(field, pattern).names

    def _phrase(self, parts: Sequence[PhrasePart], slop: int, field: str) -> Found:
        found: list[Found] = []
        skips: list[int] = []
        skip = 0
        for run in _runs(parts):
            if _is_any_word(run):
                skip += 1
                continue
            join = " " if found or skip else ""
            skips.append(skip if found else 0)
            found.append(self._phrase_run(run, join, slop == 0, field))
            skip = 0
        return self.algebra.chain(found, slop, skips)

    def _phrase_run(self, run: Sequence[PhrasePart], join: str, strict: bool, field: str) -> Found:
        """One joined run of a phrase; with wildcards there are two ways to read it."""
        whole = "".join([_typed(run[0]), *(part.join + _typed(part) for part in run[1:])])
        if all(isinstance(part.term, Exact) for part in run):
            return self._exact(whole, field, join, strict)
        as_whole = self._pattern(Wildcard(whole), field, join, strict)
        if len(run) == 1:
            return as_whole
        joins = [join, *(part.join for part in run[1:])]
        by_part = [
            self._exact(part.term.text, field, before, strict)
            if isinstance(part.term, Exact)
            else self._pattern(part.term, field, before, strict)
            for before, part in zip(joins, run, strict=True)
        ]
        return self.algebra.either([as_whole, self.algebra.chain(by_part)])


def _runs(parts: Sequence[PhrasePart]) -> Iterable[list[PhrasePart]]:
    """Parts that are joined by something else than a space, together."""
    run: list[PhrasePart] = []
    for part in parts:
        if run and part.join in ("", " "):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def typed_runs(parts: Sequence[PhrasePart]) -> list[Exact]:
    """The joined runs of a phrase that have no wildcards, as they were typed."""
    runs = [run for run in _runs(parts) if all(isinstance(part.term, Exact) for part in run)]
    return [
        Exact("".join([_typed(run[0]), *(part.join + _typed(part) for part in run[1:])]))
        for run in runs
    ]


def loose_parts(parts: Sequence[PhrasePart]) -> list[Exact | Wildcard]:
    """What stands in every match of a phrase besides what ``typed_runs`` tells.

    Of a run with wildcards these are its plain parts: the whole of it has them too.
    """
    found: list[Exact | Wildcard] = []
    for run in _runs(parts):
        if len(run) == 1 and not _is_any_word(run) and isinstance(run[0].term, Wildcard):
            found.append(run[0].term)
        elif any(isinstance(part.term, Wildcard) for part in run):
            found += [part.term for part in run if isinstance(part.term, Exact)]
    return found


def _is_any_word(run: Sequence[PhrasePart]) -> bool:
    term = run[0].term
    return len(run) == 1 and isinstance(term, Wildcard) and not term.pattern.strip("*")


def _typed(part: PhrasePart) -> str:
    return part.term.text if isinstance(part.term, Exact) else part.term.pattern
