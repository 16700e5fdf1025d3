"""Words too common to be required: they are left out of unquoted words, never of quotes."""

from __future__ import annotations

from functools import cache

from treatybody import tables
from treatybody.query.tree import Node, Word


def is_one(node: Node) -> bool:
    """Whether the node is a single stop word.

    >>> is_one(Word("the")), is_one(Word("migrant"))
    (True, False)
    """
    return isinstance(node, Word) and node.text in _all()


@cache
def _all() -> frozenset[str]:
    rows = tables.load("stop_words")
    return frozenset(word for row in rows for word in row["words"].split())
