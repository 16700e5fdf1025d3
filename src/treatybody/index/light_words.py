"""Words that ask or refer and name nothing: they count less in an order, and find as all do."""

from __future__ import annotations

from functools import cache

from treatybody import tables
from treatybody.index import analysis
from treatybody.query.tree import Node, Word


def is_light(node: Node) -> bool:
    """Whether the node is a single word that names nothing; case and accents don't matter.

    >>> is_light(Word("what")), is_light(Word("Cuáles")), is_light(Word("migrant"))
    (True, True, False)
    """
    return isinstance(node, Word) and analysis.fold(node.text) in _all()


@cache
def _all() -> frozenset[str]:
    """They stand in the table without case and accents (a test holds it)."""
    rows = tables.load("light_words")
    return frozenset(word for row in rows for word in row["words"].split())
