"""Classes that hold values: what they have in common with frozen dataclasses."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass
from typing import get_args

import pytest

from treatybody.frozen import Frozen
from treatybody.index.columns import KINDS
from treatybody.model import Kind
from treatybody.query.tree import And, Near, Not, Word


class Span(Frozen):
    """Two numbers."""

    start: int
    end: int = 0


@dataclass(frozen=True)
class Model:
    start: int
    end: int = 0


def test_as_a_dataclass() -> None:
    assert repr(Span(1)).replace("Span", "Model") == repr(Model(1))
    assert Span(1) == Span(start=1, end=0) != Span(1, 2)
    assert Span(1) != Model(1) and Span(1) != (1, 0)
    assert len({Span(1), Span(1, 0), Span(2)}) == 2
    assert Span(1).changed(end=3) == Span(1, 3)
    match Span(1, 2):
        case Span(start, end):
            assert (start, end) == (1, 2)


@pytest.mark.parametrize("values", [(), (1, 2, 3)], ids=str)
def test_what_does_not_fit_is_refused(values: tuple[int, ...]) -> None:
    with pytest.raises(TypeError, match="Span"):
        Span(*values)
    for named in ({"start": 2}, {"other": 2}):
        with pytest.raises(TypeError, match="Span"):
            Span(1, **named)


def test_nothing_changes() -> None:
    with pytest.raises(AttributeError):
        Span(1).end = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del Span(1).end


def test_copies_are_equal() -> None:
    tree = And((Word("a"), Not(Near(Word("b"), Word("c"), 3))))
    assert pickle.loads(pickle.dumps(tree)) == copy.deepcopy(tree) == tree
    assert hash(copy.copy(tree)) == hash(tree)


def test_a_remembered_hash_stays_in_its_process() -> None:
    """Hashes of strings differ from process to process."""
    tree = Not(Word("a"))
    before = pickle.dumps(tree)
    hash(tree)
    assert pickle.dumps(tree) == before
    assert hash(tree) == hash(Not(Word("a"))) != hash(tree.changed(item=Word("b")))


def test_the_kinds_of_the_columns_are_those_of_the_model() -> None:
    assert get_args(Kind) == KINDS
