"""Phrases, NEAR and patterns inside one text, against the oracle: many small cases, no disk."""

from __future__ import annotations

from itertools import pairwise

import index_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st
from index_oracle import Para, Words
from index_records import paragraph

from treatybody.index.execute import Executor
from treatybody.index.expansion import Expander
from treatybody.index.postings import ParagraphPostings
from treatybody.query import tree as t

WORDS = ["a", "b", "ab"]
JOINS = ["", "", "-", "/"]
LEAVES = ["a", "b", "ab", "a*", "*b", "*"]


class OneParagraph(ParagraphPostings):
    """The postings of one paragraph, with its words as the dictionary."""

    def terms(self, field: str, prefix: str = "") -> list[str]:
        found = [word for word in self.terms_of(field) if word.startswith(prefix)]
        return sorted(word for word in found if not word.startswith("\x1f"))

    def paragraphs_with(self, field: str, term: str) -> int:
        return len(self.positions(field, term))


def _texts(pairs: list[tuple[str, str]]) -> Words:
    return Words([("" if not place else join, word) for place, (join, word) in enumerate(pairs)])


texts = st.lists(
    st.tuples(st.sampled_from(JOINS), st.sampled_from(WORDS)), min_size=1, max_size=8
).map(_texts)


def _term(text: str) -> t.Exact | t.Wildcard:
    return t.Wildcard(text) if "*" in text else t.Exact(text)


def _phrase(first: str, rest: list[tuple[str, str]], slop: int) -> t.Phrase:
    parts = [t.PhrasePart(join, _term(text)) for join, text in rest]
    return t.Phrase((t.PhrasePart("", _term(first)), *parts), slop)


phrases = st.builds(
    _phrase,
    st.sampled_from(LEAVES[:-1]),
    st.lists(
        st.tuples(st.sampled_from([" ", " ", "-", "/"]), st.sampled_from(LEAVES[:-1])),
        min_size=1,
        max_size=3,
    ),
    st.integers(0, 3),
)
nears = st.recursive(
    st.one_of(st.sampled_from(LEAVES).map(_term), st.just(t.Word("a-b")), phrases),
    lambda inner: st.one_of(
        st.builds(t.Near, inner, inner, st.integers(1, 4), st.booleans()),
        st.tuples(inner, inner).map(t.Or),
    ),
    max_leaves=3,
)


def located(node: t.Node, words: Words) -> set[tuple[int, int]]:
    postings = OneParagraph(0, paragraph("X", 1, words.text), "xx", ["xx"])
    executor = Executor(postings, Expander(postings), None)
    return set(executor.located(node, "text").get(0, {}))


def expected(node: t.Node, words: Words) -> set[tuple[int, int]]:
    return oracle.in_words(node, words, Para("X", words, language="xx"), "text")


@settings(max_examples=600, deadline=None)
@given(node=phrases, words=texts)
def test_phrases(node: t.Phrase, words: Words) -> None:
    assert located(node, words) == expected(node, words)


@settings(max_examples=600, deadline=None)
@given(node=nears, words=texts)
def test_near(node: t.Node, words: Words) -> None:
    assert located(node, words) == expected(node, words)


@settings(max_examples=300, deadline=None)
@given(words=texts)
def test_every_stretch_of_a_text_is_found_as_a_phrase(words: Words) -> None:
    parts = [t.PhrasePart(join or " ", t.Exact(word)) for join, word in words.words]
    for start, end in pairwise(range(0, len(parts) + 1, 2)):
        stretch = t.Phrase(tuple(parts[start:end]))
        assert (start, end - 1) in located(stretch, words)
