"""A tree in words, for ``--explain``: one thing a line, what belongs together indented.

>>> from treatybody.query.parser import parse
>>> print(describe(parse("expuls* NEAR/10 appeal -minors", synonyms=False).tree))
all of:
  within 10 words of each other:
    words like expuls*
    any form of "appeal"
  none with:
    any form of "minors"
"""

from __future__ import annotations

from treatybody.query.tree import (
    And,
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
from treatybody.query.unparse import bare, chain, typed

_PLACES = {
    "section": "in the headings",
    "note": "in the footnotes",
    "speaker": "the speaker's name",
}
_FACTS = {"state": "State", "para": "paragraph number", "query": "saved query"}
_INDENT = "  "


def describe(node: Node) -> str:
    """Return what a tree asks for, in words."""
    return "\n".join(lines(node))


def lines(node: Node) -> list[str]:
    """Return the lines of :func:`describe`."""
    if isinstance(node, And | Or):
        head = "all of:" if isinstance(node, And) else "any of:"
        return _block(head, *node.items)
    if isinstance(node, Not):
        return _block("none with:", node.item)
    if isinstance(node, Within):
        return _block(_PLACES.get(node.field, node.field) + ":", node.node)
    if isinstance(node, Near):
        return _near(node)
    if isinstance(node, Synonyms):
        return _block(f'"{typed(node)}" or, from the synonym table:', *node.alternatives)
    return [_leaf(node)]


def _block(head: str, *nodes: Node) -> list[str]:
    return [head, *(_INDENT + line for node in nodes for line in lines(node))]


def _near(node: Near) -> list[str]:
    parts = chain(node)
    if parts is not None and all(isinstance(part, Word) for part in parts):
        return [f'any form of "{bare(node)}", hyphenated or next to each other']
    if node.distance == 1 and node.ordered:
        return _block("next to each other, in this order:", node.left, node.right)
    order = ", in this order" if node.ordered else " of each other"
    words = "1 word" if node.distance == 1 else f"{node.distance} words"
    return _block(f"within {words}{order}:", node.left, node.right)


def _leaf(node: Node) -> str:
    if isinstance(node, Word):
        return f'any form of "{node.text}"'
    if isinstance(node, Exact):
        return f'exactly "{node.text}"'
    if isinstance(node, Wildcard):
        return f"words like {node.pattern}"
    if isinstance(node, Fuzzy):
        letters = "1 letter" if node.distance == 1 else "2 letters"
        return f'words at most {letters} from "{node.text}"'
    if isinstance(node, Regex):
        return f"words that match /{node.pattern}/"
    if isinstance(node, Phrase):
        more = f", with at most {node.slop} more words between them" if node.slop else ""
        return f'as typed: "{bare(node)}"{more}'
    return _fact(node)


def _fact(node: Node) -> str:
    if isinstance(node, Filter):
        return f"{_FACTS.get(node.field, node.field)}: {' or '.join(node.values)}"
    if isinstance(node, Range):
        name = _FACTS.get(node.field, node.field)
        if node.low == node.high:
            return f"{name}: {node.low}"
        ends = (("from", node.low), ("to", node.high))
        return f"{name}: " + " ".join(f"{word} {end}" for word, end in ends if end)
    return "everything"
