"""What the parser passes from rule to rule: a node, and where in the text it stands."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Item:
    """A node at ``start`` to ``end`` of the levelled text.

    ``words`` are the parts of one unquoted plain word, none for everything else; ``joined`` is
    true when nothing but space stands between that word and what comes before.
    """

    node: Node
    start: int
    end: int
    words: tuple[str, ...] = ()
    joined: bool = False


def flat(kind: type[And] | type[Or], nodes: list[Node]) -> list[Node]:
    """Take the items of nested groups of the same kind up into one list.

    >>> flat(And, [And((Word("a"), Word("b"))), Word("c")])
    [Word(text='a'), Word(text='b'), Word(text='c')]
    """
    found: list[Node] = []
    for node in nodes:
        found.extend(node.items if isinstance(node, kind) else [node])
    return found


def has_place(node: Node) -> bool:
    """Whether a node stands at places of the text, so that something can be near it."""
    if isinstance(node, Or):
        return all(has_place(item) for item in node.items)
    if isinstance(node, Synonyms):
        return all(has_place(item) for item in (node.typed, *node.alternatives))
    return isinstance(node, Word | Exact | Wildcard | Fuzzy | Regex | Phrase | Near)


def is_words(node: Node) -> bool:
    """Whether a node asks for words of the text, not for a fact or for their absence."""
    return not isinstance(node, Filter | Range | Within | Not | Everything)


def near_depth(node: Node) -> int:
    """How deep NEARs stand in one another; a hyphenated word counts as its parts.

    >>> near_depth(Near(Near(Word("a"), Word("b"), 1), Word("c"), 1))
    2
    """
    if isinstance(node, Near):
        return 1 + max(near_depth(node.left), near_depth(node.right))
    if isinstance(node, Or):
        return max(near_depth(item) for item in node.items)
    return near_depth(node.typed) if isinstance(node, Synonyms) else 0
