"""What unquoted words mean together: synonyms of several words, and words not worth requiring."""

from __future__ import annotations

from itertools import pairwise

from treatybody.query.items import Item, is_words
from treatybody.query.tree import Node


def with_synonyms(items: list[Item]) -> list[Item]:
    """Return a run of words with the synonym table's alternatives added.

    Arguments:
        items: unquoted plain words with nothing but space between them.
    """
    from treatybody.query import synonyms

    found = []
    for start, end, node in synonyms.expand(
        [one.words for one in items], [one.node for one in items]
    ):
        run = items[start:end]
        found.append(run[0] if node is None else Item(node, run[0].start, run[-1].end))
    return found


def required(text: str, items: list[Item], synonyms: bool) -> tuple[list[Node], list[str]]:
    """Return the nodes that a group of ANDed items requires, and notes on what was left out.

    Arguments:
        text: the levelled text in which the items stand.
        synonyms: whether alternatives are added.
    """
    expanded = [one for run in _runs(items) for one in _expanded(run, synonyms)]
    kept = _without_stop_words(text, expanded, _linked(text, items))
    starts = {item.start for item in kept}
    dropped = [text[item.start : item.end] for item in expanded if item.start not in starts]
    shown = ", ".join(f"`{word}`" for word in dict.fromkeys(dropped))
    notes = [f"too common to be required outside quotes: {shown}"] if dropped else []
    return [item.node for item in kept], notes


def _runs(items: list[Item]) -> list[list[Item]]:
    """Part the items into runs of words that stand together, and single others."""
    runs: list[list[Item]] = []
    for item in items:
        if item.words and item.joined and runs and runs[-1][-1].words:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _expanded(run: list[Item], synonyms: bool) -> list[Item]:
    return with_synonyms(run) if synonyms and run[0].words else run


def _without_stop_words(text: str, items: list[Item], linked: set[int]) -> list[Item]:
    """Leave out stop words, unless nothing but facts would remain."""
    if len(items) < 2:
        return items
    from treatybody.query.stop_words import is_one

    kept = [
        item
        for item in items
        if item.start in linked
        or not (item.words and is_one(item.node))
        or _is_capital(text[item.start : item.end])
    ]
    return kept if any(is_words(item.node) for item in kept) else items


def _is_capital(typed: str) -> bool:
    """Whether a single capital letter was typed: "group A" means that letter."""
    return len(typed) == 1 and typed.isupper()


def _linked(text: str, items: list[Item]) -> set[int]:
    """Return where items start that stand beside a typed AND: those are meant."""
    linked = set()
    for left, right in pairwise(items):
        if text[left.end : right.start].strip() == "AND":
            linked |= {left.start, right.start}
    return linked
