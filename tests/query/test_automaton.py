"""Regular expressions: what Python's own find, in steps that no expression can blow up."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from treatybody.errors import UsageError
from treatybody.index import expansion
from treatybody.query import automaton
from treatybody.query.automaton import Automaton, TooMuch
from treatybody.query.tree import Regex

single = st.sampled_from(["a", "b", "é", ".", "[ab]", "[^a]", "-", r"\d", r"\w", r"\W", r"\.", "]"])
counts = st.sampled_from(["", "", "*", "+", "?", "*?", "??", "{2}", "{0,2}", "{1,}", "{,2}"])
assertions = st.sampled_from(["^", "$", r"\b", r"\B"])


def _more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    row = st.lists(inner, max_size=4).map("".join)
    choice = st.lists(row, min_size=1, max_size=3).map("|".join)
    return st.tuples(choice, counts).map(lambda made: f"({made[0]}){made[1]}")


expressions = st.lists(
    st.recursive(st.tuples(single, counts).map("".join) | assertions, _more, max_leaves=8),
    min_size=1,
    max_size=5,
).map("".join)


@given(expressions, st.lists(st.text("abé1-.B", min_size=1, max_size=7), min_size=1, max_size=8))
@settings(max_examples=300, deadline=None)
def test_matches_what_python_matches(expression: str, words: list[str]) -> None:
    right = re.compile(expression, re.IGNORECASE | re.DOTALL)
    try:
        ours = Automaton(expression)
    except TooMuch:
        assume(False)
    for word in words:
        folded = word.lower()
        assert ours.matches(folded) == bool(right.fullmatch(folded)), (expression, folded)


RUNAWAY = [
    "(a+)+$",
    "(x|x)*y",
    "(a*)*b",
    "((a+)+)+b",
    ".*.*.*.*.*.*x",
    "(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b",
    "(aa|a)(aa|a)(aa|a)(aa|a)(aa|a)(aa|a)(aa|a)(aa|a)(aa|a)(aa|a)(aa|a)(aa|a)(aa|a)b",
    "a{1,30}a{1,30}a{1,30}b",
    "(a?){30}(a?){30}b",
    "((ab)*(ab)*)*c",
]
WORDS = ["".join(letters) for letters in product("abxy", repeat=7)]
LONG = ["a" * size for size in range(1, 241)] + ["ab" * size for size in range(1, 121)]


@pytest.mark.parametrize("expression", RUNAWAY)
def test_nothing_runs_away(expression: str) -> None:
    """Counted in steps, not in seconds: the same on every machine."""
    ours = Automaton(expression)
    for word in [*WORDS, *LONG]:
        ours.matches(word)
    assert ours.steps < 60_000, "of each word anew it would be millions"


def test_steps_do_not_grow_with_the_dictionary() -> None:
    ours = Automaton("(.|a)*(b|ab)(x+)+y?")
    for word in WORDS:
        ours.matches(word)
    taken = ours.steps
    for word in WORDS:
        ours.matches(word + word)
    assert ours.steps < 2 * taken


def test_what_needs_too_many_steps_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets of places can still be many: then it stops, and says so."""
    monkeypatch.setattr(automaton, "MOST_STEPS", 2_000)
    _, test = expansion.word_test(Regex("(a|b)*a(a|b){12}"))
    with pytest.raises(UsageError, match="takes too many steps over the words of this index"):
        for word in WORDS:
            test(word + word)


@pytest.mark.parametrize("expression", ["((a{30}){30}){30}", "((((){30}){30}){30}){30}"])
def test_counting_too_far_is_refused_at_once(expression: str) -> None:
    with pytest.raises(TooMuch):
        Automaton(expression)
