"""The table of words that name nothing."""

from __future__ import annotations

from treatybody import tables
from treatybody.index import analysis


def test_they_stand_in_the_table_as_they_are_compared() -> None:
    """To fold them at every start would cost a first search more than its answer."""
    words = [word for row in tables.load("light_words") for word in row["words"].split()]
    assert len(words) > 50
    assert [word for word in words if analysis.fold(word) != word] == []
