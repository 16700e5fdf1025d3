"""What to say when nothing was found: what each part alone would find, near words, other queries.

Only counts that the index gave are said, and only queries that find something are suggested.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from treatybody.query import tree as nodes
from treatybody.query.unparse import unparse

_MOST = 8
_SHORTEST = 4  # a word of three letters is one letter off too many others
_LONGER = 6
_FACTS = (nodes.Filter, nodes.Range)


def advice(index: Any, understood: Any) -> Iterator[str]:
    """Lines that say why nothing was found and what to try.

    Arguments:
        index: an open index.
        understood: the parsed query.
    """
    parts = list(_parts(understood.tree))
    yield f"nothing found for {_shown(understood)}"
    for part in parts[:_MOST]:
        yield f"  {unparse(part)}: {index.count(part):,} alone{_near(index, part)}"
    if len(parts) > _MOST:
        yield f"  and {len(parts) - _MOST} more parts"
    for what, tree in _instead(index, understood.tree, parts):
        count = index.count(tree)
        if count:
            yield f"  {what}: {count:,}, tb search {shlex.quote(unparse(tree))}"


def _shown(understood: Any) -> str:
    text = understood.text.strip()
    return repr(text if text else unparse(understood.tree))


def _parts(node: Any) -> Iterator[Any]:
    """What was asked for, each part by itself: words, phrases, patterns, facts."""
    if isinstance(node, nodes.And | nodes.Or):
        for item in node.items:
            yield from _parts(item)
    elif isinstance(node, nodes.Near) and not _one_word(node):
        yield from _parts(node.left)
        yield from _parts(node.right)
    elif not isinstance(node, nodes.Not | nodes.Everything):
        yield node


def _one_word(node: nodes.Near) -> bool:
    """Whether it is a hyphenated word or a symbol, which people see as one."""
    return node.ordered and node.distance == 1


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, nodes.Word | nodes.Exact):
        yield node.text
    elif isinstance(node, nodes.Phrase):
        for part in node.parts:
            yield from _words(part.term)
    elif isinstance(node, nodes.Near):
        yield from _words(node.left)
        yield from _words(node.right)
    elif isinstance(node, nodes.Synonyms):
        yield from _words(node.typed)
    elif isinstance(node, nodes.Within):
        yield from _words(node.node)


def _near(index: Any, part: Any) -> str:
    """Words of the corpus that look like those of a part that stand nowhere."""
    if _document(part):
        return ""
    missing = [word for word in _words(part) if not index.count(nodes.Exact(word))]
    missing = [word for word in missing if not index.count(nodes.Word(word))]
    said = []
    for word in dict.fromkeys(missing):
        near = suggestions(index, word)
        if near:
            said.append(f"near {word!r}: {', '.join(near)}" if len(missing) > 1 else _list(near))
    return f"; {'; '.join(said)}" if said else ""


def suggestions(index: Any, word: str) -> list[str]:
    """Words of the corpus that a misspelt one may be: one letter off, two in a longer word."""
    from rapidfuzz.distance import OSA

    most = 1 if len(word) < _LONGER else 2
    near = (one for one in index.suggest(word, 20) if OSA.distance(word.casefold(), one) <= most)
    return [one for one in near if len(one) >= _SHORTEST][:3]


def _list(near: Sequence[str]) -> str:
    return f"did you mean {' or '.join([', '.join(near[:-1]), near[-1]] if near[1:] else near)}?"


Replace = Callable[[str], str | None]


def _instead(index: Any, tree: Any, parts: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Other queries, each with what was changed."""
    spelled = _spelled(index, tree)
    if spelled != tree:
        yield "spelled so", spelled
    facts = [part for part in parts if isinstance(part, _FACTS)]
    words = [part for part in parts if not isinstance(part, _FACTS)]
    named = [_document(part) or part for part in words]
    if named != words:
        yield "in the document itself", _all([*named, *facts])
    loose = [one for part in words for one in _loosened(part)]
    if loose != words:
        yield "the words anywhere in the paragraph", _all([*loose, *facts])
    if len(loose) > 1:
        yield "with OR between the words", _all([nodes.Or(tuple(dict.fromkeys(loose))), *facts])
    if facts and words:
        yield "without the filters", _without_facts(tree)


def _all(items: Sequence[Any]) -> Any:
    return items[0] if len(items) == 1 else nodes.And(tuple(dict.fromkeys(items)))


def _document(part: Any) -> nodes.Filter | None:
    """The document that a symbol names: a document seldom mentions itself.

    >>> from treatybody.query.parser import parse
    >>> _document(parse("CMW/C/PER/CO/1").tree)
    Filter(field='symbol', values=('CMW/C/PER/CO/1',))
    """
    if not isinstance(part, nodes.Phrase) or not _is_symbol(part):
        return None
    typed = "".join(one.join + one.term.text for one in part.parts)  # type: ignore[union-attr]
    return nodes.Filter("symbol", (typed.upper(),))


def _is_symbol(phrase: nodes.Phrase) -> bool:
    joins = {part.join for part in phrase.parts[1:]}
    typed = all(isinstance(part.term, nodes.Exact) for part in phrase.parts)
    return typed and "/" in joins and " " not in joins


def _loosened(part: Any) -> list[Any]:
    """A phrase as its words in any form and place; a symbol has no words of its own."""
    if isinstance(part, nodes.Phrase) and not _is_symbol(part):
        terms = [inner.term for inner in part.parts]
        return [nodes.Word(t.text) if isinstance(t, nodes.Exact) else t for t in terms]
    return [part]


def _without_facts(node: Any) -> Any:
    if isinstance(node, nodes.And):
        kept = [item for item in node.items if not isinstance(item, _FACTS)]
        return _all(kept) if kept else nodes.Everything()
    return node


def _spelled(index: Any, node: Any) -> Any:
    """The tree with each word that stands nowhere replaced by the nearest one that does."""
    if isinstance(node, nodes.And | nodes.Or):
        return node.changed(items=tuple(_spelled(index, item) for item in node.items))
    if isinstance(node, nodes.Near):
        return node.changed(left=_spelled(index, node.left), right=_spelled(index, node.right))
    if isinstance(node, nodes.Phrase) and not _is_symbol(node):
        parts = (p.changed(term=_spelled(index, p.term)) for p in node.parts)
        return node.changed(parts=tuple(parts))
    if isinstance(node, nodes.Word | nodes.Exact) and not index.count(node):
        near = suggestions(index, node.text)
        return node.changed(text=near[0]) if near else node
    return node
