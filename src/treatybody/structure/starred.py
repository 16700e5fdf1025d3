"""Asterisk notes on a title that stand among the text: tied to their mark again.

The first page's notes ("* Adopted by the Committee at its ...") belong to marks in the title or
in the masthead. Text extractions leave them wherever the page ended, PDF pages at the foot.

>>> from treatybody.blocks import Block
>>> from treatybody.structure.items import items
>>> texts = ("Report of Peru* **", "1. Peru replied.", "* Not edited. ** The annexes are on file.")
>>> found, notes = tie(items([Block(text=text) for text in texts]))
>>> [item.whole.text for item in found], [note.text for note in notes.values()]
(['Report of Peru', '1. Peru replied.'], ['Not edited.', 'The annexes are on file.'])
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from treatybody.blocks import Note, NoteMark
from treatybody.structure.items import Item
from treatybody.structure.marked import Marked

_FRONT = 80
_BODY = re.compile(r"(?P<stars>\*{1,5})\s+(?=\S)|(?P<only>\*{1,5})(?=[A-Z])")
_NEXT = re.compile(r"\s(?P<stars>\*{2,5})\s+(?=\S)")
_MARKS = re.compile(r"\s?(?<!\*)(?P<stars>\*{1,5})(?!\*)(?:,?\s*(?=\*)|\s*$)?")


def tie(found: Sequence[Item]) -> tuple[list[Item], dict[str, Note]]:
    """The blocks without the asterisk notes that have a mark before them, and those notes."""
    kept: list[Item] = []
    notes: dict[str, Note] = {}
    for place, item in enumerate(found):
        bodies = list(_bodies(item)) if place < _FRONT else []
        hosts = [_host(kept, stars) for stars, _ in bodies]
        if not bodies or None in hosts:
            kept.append(item)
            continue
        for (stars, text), host in zip(bodies, hosts, strict=True):
            key = f"{stars}{len(notes)}"
            notes[key] = Note(key=key, source_mark=stars, mark=stars, text=text)
            kept[host or 0] = _marked(kept[host or 0], stars, key)
    return kept, notes


def _bodies(item: Item) -> Iterator[tuple[str, str]]:
    """The notes that a block consists of: the mark and the text of each."""
    text = item.whole.text
    first = _BODY.match(text)
    if not first or item.block.cell is not None:
        return
    stars, start = first["stars"] or first["only"], first.end()
    for following in _NEXT.finditer(text, start):
        if len(following["stars"]) == len(stars) + 1:
            yield stars, text[start : following.start()].strip()
            stars, start = following["stars"], following.end()
    yield stars, text[start:].strip()


def _host(kept: Sequence[Item], stars: str) -> int | None:
    """The block of the front that carries the mark."""
    for place, item in enumerate(kept[:_FRONT]):
        if not _BODY.match(item.whole.text) and _find(item.whole.text, stars):
            return place
    return None


def _find(text: str, stars: str) -> re.Match[str] | None:
    for found in _MARKS.finditer(text):
        behind_word = found.start() > 0 and not text[: found.start()].isspace()
        if found["stars"] == stars and behind_word:
            return found
    return None


def _marked(item: Item, stars: str, key: str) -> Item:
    """The block with its printed asterisks taken out and a note mark in their place."""
    return replace(item, whole=_swap(item.whole, stars, key), text=_swap(item.text, stars, key))


def _swap(text: Marked, stars: str, key: str) -> Marked:
    found = _find(text.text, stars)
    if not found:
        return text
    rest = text.cut(found.end())
    before = text.cut(0, found.start())
    shift = len(before.text)
    marks = [m for m in text.marks if m.offset <= found.start()]
    marks.append(NoteMark(shift, key))
    marks += [
        NoteMark(m.offset - found.end() + shift, m.key)
        for m in text.marks
        if m.offset > found.start()
    ]
    clean = tuple(NoteMark(max(m.offset, 0), m.key) for m in marks)
    return Marked(before.text + rest.text, clean)
