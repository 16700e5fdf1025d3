"""A query tree in words, with what its patterns stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from treatybody.index.execute import Fields, field_named
from treatybody.index.expansion import Expansion, Pattern, spelled
from treatybody.index.fields import SEARCHED
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

SHOWN = 12
_PATTERNS = (Wildcard, Fuzzy, Regex)


def patterns(node: Node, fields: Fields = SEARCHED) -> Iterator[tuple[Pattern, Fields]]:
    """The patterns of a tree with the fields that each is looked up in; of phrases too."""
    if isinstance(node, _PATTERNS):
        yield node, fields
    elif isinstance(node, Phrase):
        for part in node.parts:
            yield from patterns(part.term, fields)
    elif isinstance(node, Within):
        yield from patterns(node.node, (field_named(node.field),))
    else:
        for child in children(node):
            yield from patterns(child, fields)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes that a node is made of."""
    match node:
        case And(items) | Or(items):
            return items
        case Synonyms(typed, others):
            return (typed, *others)
        case Not(inner) | Within(_, inner):
            return (inner,)
        case Near(left, right):
            return (left, right)
    return ()


def lines(
    node: Node, count: Callable[[Node], int], expansion: Callable[[Pattern], Expansion]
) -> Iterator[str]:
    """The tree, one node a line, indented, with the number of paragraphs that match it."""
    return _lines(node, 0, count, expansion)


def _lines(
    node: Node, depth: int, count: Callable[[Node], int], expansion: Callable[[Pattern], Expansion]
) -> Iterator[str]:
    found = "" if isinstance(node, Within) else f": {count(node):,}"
    if row := _row(node):
        yield "  " * depth + f"any forms of the words `{' '.join(row)}`, next to each other{found}"
        return
    yield "  " * depth + described(node) + found
    for pattern, _ in patterns(node) if isinstance(node, (*_PATTERNS, Phrase)) else ():
        yield "  " * (depth + 1) + _expansion_line(expansion(pattern))
    for child in children(node):
        yield from _lines(child, depth + 1, count, expansion)


def _row(node: Node) -> list[str]:
    """The words of a hyphenated word or of a synonym's several words, which are one thing."""
    if not isinstance(node, Near) or node.distance != 1 or not node.ordered:
        return []
    left = [node.left.text] if isinstance(node.left, Word) else _row(node.left)
    return [*left, node.right.text] if left and isinstance(node.right, Word) else []


def _expansion_line(expansion: Expansion) -> str:
    if not expansion.words:
        return f"{expansion.pattern} matches no word"
    ranked = sorted(expansion.words, key=lambda word: (-word[1], word[0]))
    shown = ", ".join(f"{word} ({count:,})" for word, count in ranked[:SHOWN])
    more = f" and {len(ranked) - SHOWN:,} more" if len(ranked) > SHOWN else ""
    cut = (
        f"; cut at {len(ranked):,} of {expansion.found:,}" if expansion.found > len(ranked) else ""
    )
    return f"{expansion.pattern} stands for {shown}{more}{cut}"


def described(node: Node) -> str:
    """One node in words.

    >>> described(Word("migrants"))
    'any form of the word `migrants`'
    """
    match node:
        case Word(text):
            return f"any form of the word `{text}`"
        case Exact(text):
            return f"the word `{text}` as typed"
        case Wildcard() | Fuzzy() | Regex():
            return spelled(node)
        case Phrase(parts, slop):
            words = "".join(
                part.join + (part.term.text if isinstance(part.term, Exact) else part.term.pattern)
                for part in parts
            )
            return f'the phrase "{words}"' + (f" with {slop} more words between" if slop else "")
        case Filter(field, ("*",)) | Range(field, None, None):
            return f"with any {field}"
        case Range(field, low, high) if low == high:
            return f"{field} is {low}"
        case Near(_, _, distance, ordered):
            order = ", in this order" if ordered else ""
            return f"both, {_between(distance - 1)}{order}"
        case Filter("has", values):
            return f"with a {' or '.join(values)}"
        case Filter(field, values):
            return f"{field} is {' or '.join(values)}"
        case Range(field, low, high):
            return f"{field} from {low or 'the first'} to {high or 'the last'}"
        case Within(field):
            return f"in the field {field}"
    return _NAMES[type(node).__name__]


def _between(words: int) -> str:
    if words == 0:
        return "next to each other"
    return "at most 1 word between them" if words == 1 else f"at most {words} words between them"


_NAMES = {
    "And": "all of",
    "Or": "any of",
    "Not": "not",
    "Synonyms": "the same thing, however it is called",
    "Everything": "every paragraph",
}
