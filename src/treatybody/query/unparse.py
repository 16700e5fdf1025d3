"""A tree written as a query: what the parser would read as the same tree.

>>> from treatybody.query.parser import parse
>>> unparse(parse('(detention OR custody) -"in absentia" state:Peru', synonyms=False).tree)
'(detention OR custody) AND NOT "in absentia" AND state:PER'
"""

from __future__ import annotations

import re

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

_SIMPLE_VALUE = re.compile(r"[\w*/#@:.-]+")
_MOST_PARTS = 20


def unparse(node: Node) -> str:
    """Return a query whose tree is ``node``, as long as ``node`` came from the parser.

    The words that the synonym table added are left out: parsing adds them again.
    """
    if isinstance(node, And):
        return " AND ".join(_bracketed(item, Or) for item in node.items)
    if isinstance(node, Or):
        return " OR ".join(unparse(item) for item in node.items)
    if isinstance(node, Not):
        return "NOT " + _bracketed(node.item, And, Or, Near, Synonyms)
    if isinstance(node, Near):
        return _hyphenated(node) or _near(node)
    if isinstance(node, Synonyms):
        return typed(node)
    if isinstance(node, Within):
        inside = unparse(node.node)
        plain = isinstance(node.node, Word | Exact | Phrase | Everything)
        return f"{node.field}:{inside}" if plain else f"{node.field}:({inside})"
    return _leaf(node)


def _bracketed(node: Node, *kinds: type[Node]) -> str:
    text = unparse(node)
    return f"({text})" if isinstance(node, kinds) and " " in text else text


def _near(node: Near) -> str:
    operator = f"{'ADJ' if node.ordered else 'NEAR'}/{node.distance}"
    return f"{_bracketed(node.left, Or)} {operator} {_bracketed(node.right, Or, Near)}"


def _leaf(node: Node) -> str:
    if isinstance(node, Wildcard):
        return '"?"' if node.pattern == "?" else node.pattern
    if isinstance(node, Fuzzy):
        return f"{node.text}~{node.distance}"
    if isinstance(node, Regex):
        return f"/{node.pattern}/"
    if isinstance(node, Exact):
        return f'"{node.text}"'
    if isinstance(node, Phrase):
        return f'"{bare(node)}"' + (f"~{node.slop}" if node.slop else "")
    if isinstance(node, Filter):
        return f"{node.field}:" + ",".join(_value(value) for value in node.values)
    if isinstance(node, Range):
        return f"{node.field}:" + _range(node)
    return node.text if isinstance(node, Word) else "*"


def _value(value: str) -> str:
    simple = _SIMPLE_VALUE.fullmatch(value) and ".." not in value
    return value if simple else f'"{value}"'


def _range(node: Range) -> str:
    if node.low is None and node.high is None:
        return "*"
    if node.low == node.high and node.low is not None:
        return _value(node.low)
    return f"{_value(node.low or '')}..{_value(node.high or '')}".replace('""', "")


# --- words as they were typed ----------------------------------------------------------------


def typed(node: Synonyms) -> str:
    """Return the words that a person typed, without the alternatives.

    >>> typed(Synonyms(And((Word("state"), Word("party"))), ()))
    'state party'
    """
    items = node.typed.items if isinstance(node.typed, And) else (node.typed,)
    return " ".join(bare(item) for item in items)


def bare(node: Node) -> str:
    """Return a word, hyphenated word or run of joined parts without quotes."""
    if isinstance(node, Phrase):
        return "".join(
            part.join + (part.term.text if isinstance(part.term, Exact) else part.term.pattern)
            for part in node.parts
        )
    parts = chain(node) if isinstance(node, Near) else None
    return "-".join(_leaf(part) for part in parts or [node])


def chain(node: Near) -> list[Node] | None:
    """Return the words of a hyphenated word or run of words, None when it is no such thing.

    >>> chain(Near(Word("non"), Word("governmental"), 1, ordered=True))
    [Word(text='non'), Word(text='governmental')]
    """
    parts: list[Node] = []
    at: Node = node
    while isinstance(at, Near) and at.ordered and at.distance == 1:
        parts.append(at.right)
        at = at.left
    parts.append(at)
    return parts[::-1] if all(_is_part(part) for part in parts) else None


def _is_part(node: Node) -> bool:
    if isinstance(node, Wildcard):
        return re.search(r"[^\W_]", node.pattern) is not None and "-" not in node.pattern
    return isinstance(node, Word)


def _hyphenated(node: Near) -> str | None:
    """Return ``a-b`` where that is read as this node and not as a synonym."""
    from treatybody.query import synonyms

    parts = chain(node)
    if parts is None or len(parts) > _MOST_PARTS:
        return None
    text = bare(node)
    return None if synonyms.knows(text) else text
