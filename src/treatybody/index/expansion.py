"""Wildcards, fuzzy words and regular expressions: which words of the index they stand for.

Each stands for at most ``LIMIT`` words: the most frequent ones, for a fuzzy word the nearest.
Whether words were cut away is kept, so that it can be said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from treatybody.errors import UsageError
from treatybody.index import analysis
from treatybody.index.postings import WhooshPostings
from treatybody.query.tree import Fuzzy, Regex, Wildcard

LIMIT = 1000
Pattern = Wildcard | Fuzzy | Regex


@dataclass(frozen=True)
class Expansion:
    """The words that a pattern stands for in a field, in the order of the alphabet, with the number
    of paragraphs that have each; ``found`` counts those that were cut away too."""

    pattern: str
    words: tuple[tuple[str, int], ...]
    found: int

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words without their numbers."""
        return tuple(word for word, _ in self.words)

    @property
    def notice(self) -> str | None:
        """What a person should know."""
        if not self.found:
            return f"{self.pattern} matches no word"
        if self.found > len(self.words):
            return f"{self.pattern} cut at {len(self.words):,} of {self.found:,} words"
        return None


class Expander:
    """Expands patterns against the dictionary of an index; remembers what it expanded."""

    def __init__(self, postings: WhooshPostings, limit: int = LIMIT) -> None:
        self.postings = postings
        self.limit = limit
        self.done: dict[tuple[str, Pattern], Expansion] = {}

    def expand(self, field: str, pattern: Pattern) -> Expansion:
        """The words of a field that a pattern stands for."""
        known = self.done.get((field, pattern))
        if known is None:
            known = self.done[field, pattern] = self._expand(field, pattern)
        return known

    def _expand(self, field: str, pattern: Pattern) -> Expansion:
        if isinstance(pattern, Fuzzy):
            ranked = self._near_words(field, pattern)
        else:
            ranked = [(0, word) for word in self._matching_words(field, pattern)]
        count = self.postings.paragraphs_with
        counted = [(edits, -count(field, word), word) for edits, word in ranked]
        counted = sorted(ranking for ranking in counted if ranking[1])
        words = sorted((word, -count) for _, count, word in counted[: self.limit])
        return Expansion(spelled(pattern), tuple(words), len(counted))

    def _near_words(self, field: str, pattern: Fuzzy) -> list[tuple[int, str]]:
        """Words within the distance, a transposition being one edit (optimal string alignment)."""
        from rapidfuzz.distance import OSA

        typed = fold_pattern(pattern.text)
        most = pattern.distance
        near = []
        for word in self.postings.terms(field):
            if abs(len(word) - len(typed)) <= most:
                edits = OSA.distance(typed, word, score_cutoff=most)
                if edits <= most:
                    near.append((edits, word))
        return near

    def _matching_words(self, field: str, pattern: Wildcard | Regex) -> Iterable[str]:
        prefix, matches = word_test(pattern)
        return [word for word in self.postings.terms(field, prefix) if matches(word)]


def word_test(pattern: Wildcard | Regex) -> tuple[str, Callable[[str], object]]:
    """The prefix that all words of a pattern have, and a test for a word.

    >>> prefix, test = word_test(Wildcard("expuls*n"))
    >>> prefix, bool(test("expulsion")), bool(test("expulsions"))
    ('expuls', True, False)
    """
    folded = fold_pattern(pattern.pattern)
    if isinstance(pattern, Regex):
        return "", _regex_test(pattern, folded)
    prefix = re.split(r"[*?]", folded, maxsplit=1)[0]
    parts = {"*": ".*", "?": "."}
    expression = "".join(parts.get(c, re.escape(c)) for c in re.sub(r"\*+", "*", folded))
    return prefix, re.compile(expression, re.DOTALL).fullmatch


def _regex_test(pattern: Regex, folded: str) -> Callable[[str], object]:
    from treatybody.query.automaton import Automaton, TooMuch

    def test(word: str) -> bool:
        try:
            return automaton.matches(word)
        except TooMuch:
            raise UsageError(
                f"{spelled(pattern)} takes too many steps over the words of this index; "
                "make it simpler or begin it with letters"
            ) from None

    automaton = Automaton(folded)
    return test


def fold_pattern(pattern: str) -> str:
    """A pattern without accents, its signs kept; letters behind a backslash keep their case.

    >>> fold_pattern("Expulsión.*"), fold_pattern(r"Niño\\D")
    ('expulsion.*', 'nino\\\\D')
    """
    return re.sub(r"\\.|[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*", _fold_letters, _levelled(pattern))


def _levelled(pattern: str) -> str:
    return unicodedata.normalize("NFC", pattern).replace("’", "'").replace("\u2011", "-")


def _fold_letters(match: re.Match[str]) -> str:
    letters = match.group()
    return letters if letters.startswith("\\") else analysis.fold(letters)


def spelled(pattern: Pattern) -> str:
    """How a pattern is shown in a message.

    >>> spelled(Fuzzy("detntion", 1))
    'fuzzy word `detntion~1`'
    """
    if isinstance(pattern, Fuzzy):
        return f"fuzzy word `{pattern.text}~{pattern.distance}`"
    if isinstance(pattern, Regex):
        return f"regular expression `/{pattern.pattern}/`"
    return f"wildcard `{pattern.pattern}`"
