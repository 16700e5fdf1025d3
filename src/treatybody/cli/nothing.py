"""What to say when nothing was found: what each word alone would have found, and near words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from treatybody.query import tree as nodes


def advice(index: Any, understood: Any) -> Iterator[str]:
    """Lines that say why nothing was found and what to try.

    Arguments:
        index: an open index.
        understood: the parsed query.
    """
    words = list(dict.fromkeys(_words(understood.tree)))
    yield f"nothing found for {understood.text!r}"
    for word in words[:8]:
        count = index.count(nodes.Word(word))
        near = "" if count else _near(index, word)
        yield f"  {word}: {count} alone{near}"
    if len(words) > 1:
        any_word = nodes.Or(tuple(nodes.Word(word) for word in words))
        count = index.count(any_word)
        if count:
            yield f"  with OR between the words: {count}"


def _near(index: Any, word: str) -> str:
    suggestions = index.suggest(word)
    return f"; near it: {', '.join(suggestions)}" if suggestions else ""


def _words(node: Any) -> Iterator[str]:
    """The words of a tree that were asked for (not the ones excluded)."""
    if isinstance(node, nodes.Word | nodes.Exact):
        yield node.text
    elif isinstance(node, nodes.Phrase):
        for part in node.parts:
            yield from _words(part.term)
    elif isinstance(node, nodes.And | nodes.Or):
        for item in node.items:
            yield from _words(item)
    elif isinstance(node, nodes.Near):
        yield from _words(node.left)
        yield from _words(node.right)
    elif isinstance(node, nodes.Synonyms):
        yield from _words(node.typed)
