"""The field's own synonyms: what else unquoted words can be called.

``data/synonyms.toml`` holds groups of forms that mean the same. Words match whatever their case,
accents and plural s; the longest form wins. Alternatives stand next to each other in order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from treatybody.query import words
from treatybody.query.tree import And, Node, Synonyms

Key = tuple[str, ...]


def expand(typed: Sequence[Key], nodes: Sequence[Node]) -> Iterator[tuple[int, int, Node | None]]:
    """Yield (start, end, node) over a run of words; node is None where nothing is added.

    Arguments:
        typed: for each word its parts ("non-governmental" has two).
        nodes: the node of each word.
    """
    at = 0
    while at < len(typed):
        end, forms = _longest(typed, at)
        if forms:
            yield at, end, _synonyms(list(nodes[at:end]), forms)
        else:
            yield at, end, None
        at = end


def knows(text: str) -> bool:
    """Whether the table has other forms for these words."""
    return _longest([form_key(text)], 0)[1] != ()


def _longest(typed: Sequence[Key], at: int) -> tuple[int, tuple[str, ...]]:
    first = _fold(typed[at][0]) if typed[at] else ""
    table, longest = _table(first)
    for end in range(min(len(typed), at + longest), at, -1):
        key = _key([part for word in typed[at:end] for part in word])
        forms = table.get(key) or _numbered(key)
        if forms:
            return end, forms
    return at + 1, ()


def _synonyms(nodes: list[Node], forms: tuple[str, ...]) -> Node:
    typed = nodes[0] if len(nodes) == 1 else And(tuple(nodes))
    alternatives = dict.fromkeys(form_node(form) for form in forms)
    return Synonyms(typed, tuple(node for node in alternatives if node != typed))


@cache
def form_node(form: str) -> Node:
    """Return the node of a form: its words next to each other, in any of their forms.

    >>> form_node("State party")
    Near(left=Word(text='state'), right=Word(text='party'), distance=1, ordered=True)
    """
    return words.adjacent([words.bare(piece.group()) for piece in words.pieces(form)])


def _numbered(key: Key) -> tuple[str, ...]:
    """Forms of ``Act No. 28950``: the table's kind "before number" has Act and Law."""
    if len(key) not in (2, 3) or not key[-1].isdecimal():
        return ()
    if len(key) == 3 and key[1] not in ("no", "n", "nº", "n°", "number"):
        return ()
    names = _before_number(key[0]).get(key[0], ())
    between = "No. " if len(key) == 3 else ""
    return tuple(f"{name} {between}{key[-1]}" for name in names)


Group = tuple[str, tuple[str, ...]]


@cache
def _groups(first: str) -> tuple[Group, ...]:
    """The groups in which a form may begin with a word, given folded; no other is read."""
    from treatybody import tables

    rows = tables.unread("synonyms")
    if first.isascii():
        near = [first, first[:-1] + "ies"] if first.endswith("y") else [first]
        rows = tuple(
            row
            for row, folded in zip(rows, _folded(), strict=True)
            if any(one in folded for one in near)
        )
    return tuple(map(_group, rows))


@cache
def _folded() -> tuple[str, ...]:
    """The groups as they are written, in small letters without accents and other scripts."""
    from treatybody import tables

    return tuple(
        unicodedata.normalize("NFKD", row.casefold()).encode("ascii", "ignore").decode()
        for row in tables.unread("synonyms")
    )


@cache
def _group(row: str) -> Group:
    from treatybody import tables

    ((said,),) = tables.parsed(row).values()
    return said.get("kind", ""), tuple(said["forms"])


@cache
def _table(first: str) -> tuple[dict[Key, tuple[str, ...]], int]:
    """Return the other forms by the key of each form, and the most words that a form has.

    Arguments:
        first: the first word of what is looked up, folded.
    """
    found: dict[Key, dict[str, None]] = {}
    longest = 0
    for kind, forms in _groups(first):
        longest = max(longest, 3 if kind == "before number" else 0)
        if kind == "before number":
            continue
        keyed = [(form, form_key(form)) for form in forms]
        for _, own in keyed:
            found.setdefault(own, {}).update({form: None for form, key in keyed if key != own})
    longest = max([longest, *map(len, found)])
    return {key: tuple(forms) for key, forms in found.items()}, longest


@cache
def _before_number(first: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for kind, forms in _groups(first):
        if kind == "before number":
            for form in forms:
                found[_fold(form)] = tuple(one for one in forms if one != form)
    return found


def form_key(form: str) -> Key:
    """Return what a form is looked up by.

    >>> form_key("States parties")
    ('state', 'party')
    """
    parts = [part for piece in words.pieces(form) for _, part in words.parts(piece.group())]
    return _key(parts)


def _key(parts: Sequence[str]) -> Key:
    return tuple(_fold(part) for part in parts)


def _fold(part: str) -> str:
    """Small letters without accents and plural s."""
    bare = part.lower() if part.isascii() else _without_accents(part)
    if len(bare) > 4 and bare.endswith("ies"):
        return bare[:-3] + "y"
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss") else bare


def _without_accents(part: str) -> str:
    folded = unicodedata.normalize("NFKD", part.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))
