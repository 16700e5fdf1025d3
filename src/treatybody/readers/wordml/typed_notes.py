"""Notes that a table's author typed: a raised letter in the table, and below it a paragraph that
begins with the same raised letter.

Only the pair makes a note. A raised 3 without such a paragraph stays a raised one (a cubic metre),
except that in a table a lone raised letter after a word is taken off the word: left there, it
would spell another word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

from treatybody.blocks import Block, Cell, Note, NoteMark

PREFIX = "raised:"
_MARK = re.compile(r"(?:[a-z]|\d{1,2}|\*{1,3}|[†‡§])\Z")
_LETTER = re.compile(r"[a-z]\Z")
# A raised figure that is no note's mark stays raised, as it is printed: 266,000 km².
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SEVERAL = re.compile(r",\s*")
# How far below a table its notes may stand, in blocks: two tables of a page and their headings.
_REACH = 80


class _Place(NamedTuple):
    block: int
    offset: int
    mark: str
    opens: bool


def parts(raised: str) -> list[str]:
    """The marks in a raised text, none when it is no mark.

    >>> parts("a,b"), parts("th"), parts("3")
    (['a', 'b'], [], ['3'])
    """
    marks = _SEVERAL.split(raised.strip())
    return marks if all(_MARK.match(mark) for mark in marks) else []


def tie(blocks: list[Block]) -> tuple[list[Block], dict[str, Note]]:
    """Make notes of the provisional marks (``raised:a``) that have a body, and text of the rest.

    Arguments:
        blocks: of the body, in order.

    Returns the blocks without those that were notes, and the notes by key.
    """
    places = list(_places(blocks))
    pairs = dict(_pairs(places))
    bodies = sorted(set(pairs.values()))
    per_block = Counter(body.block for body in bodies)
    taken = {index for index, count in per_block.items() if _is_whole(blocks[index], count)}
    marked = {place.block for place in places}
    kept = [
        _settled(block, index, pairs) if index in marked else block
        for index, block in enumerate(blocks)
        if index not in taken
    ]
    notes = {_key(body): _note(blocks, body) for body in bodies}
    return kept, notes | _lone(kept)


def _is_whole(block: Block, notes: int) -> bool:
    """Whether a block holds so many notes and nothing else."""
    lines = sum(bool(line.strip()) for line in block.text.split("\n"))
    return notes == (1 if block.cell is None else lines) == len(block.marks)


def _places(blocks: list[Block]) -> Iterator[_Place]:
    for index, block in enumerate(blocks):
        for mark in block.marks:
            if mark.key.startswith(PREFIX):
                letters = mark.key.removeprefix(PREFIX)
                yield _Place(index, mark.offset, letters, _opens(block, mark.offset))


def _opens(block: Block, offset: int) -> bool:
    """Whether a mark stands where a note begins: at the start of a line, with text behind it."""
    before = block.text[:offset]
    return (not before or before[-1] in "\n\t") and bool(block.text[offset:].strip())


def _pairs(places: list[_Place]) -> Iterator[tuple[_Place, _Place]]:
    """Each mark with its body: in the first group of bodies that follows it."""
    openings = [place for place in places if place.opens]
    first = 0
    for mark in places:
        while first < len(openings) and openings[first] < mark:
            first += 1
        if not mark.opens:
            body = _body(mark, openings, first)
            if body is not None:
                yield mark, body


def _body(mark: _Place, openings: list[_Place], first: int) -> _Place | None:
    last: _Place | None = None
    for place in islice(openings, first, first + _REACH):
        if place.block - mark.block > _REACH:
            return None
        if last is not None and place.block > last.block + 1:
            return None  # another group begins: those are another table's notes
        if place.mark == mark.mark:
            return place
        last = place
    return None


def _key(body: _Place) -> str:
    return f"typed:{body.block}:{body.offset}"


def _note(blocks: list[Block], body: _Place) -> Note:
    block = blocks[body.block]
    text = block.text[body.offset :]
    if block.cell is not None:
        text = text.partition("\n")[0]
    return Note(key=_key(body), source_mark=body.mark, mark=body.mark, text=text.strip())


def _settled(block: Block, index: int, pairs: dict[_Place, _Place]) -> Block:
    """A block with its provisional marks tied, or written back into the text."""
    for mark in reversed(block.marks):
        if not mark.key.startswith(PREFIX):
            continue
        letters = mark.key.removeprefix(PREFIX)
        body = pairs.get(_Place(index, mark.offset, letters, False))
        if body is not None:
            block = _renamed(block, mark, _key(body))
        elif not _stays_off(block, mark, letters):
            block = _written_back(block, mark, _as_text(block, mark, letters))
    return block


def _stays_off(block: Block, mark: NoteMark, letters: str) -> bool:
    word = block.text[: mark.offset][-2:]
    return block.cell is not None and bool(_LETTER.match(letters)) and word.isalpha()


def _as_text(block: Block, mark: NoteMark, letters: str) -> str:
    place = block.marks.index(mark)
    if place and block.marks[place - 1].offset == mark.offset:
        return "," + letters.translate(_HIGH)
    return letters + "\t" if _opens(block, mark.offset) else letters.translate(_HIGH)


def _renamed(block: Block, mark: NoteMark, key: str) -> Block:
    place = block.marks.index(mark)
    new = NoteMark(offset=mark.offset, key=key)
    marks = (*block.marks[:place], new, *block.marks[place + 1 :])
    return msgspec.structs.replace(block, marks=marks)


def _written_back(block: Block, mark: NoteMark, text: str) -> Block:
    """Put a raised text back where it was, and move what stands behind it."""
    at, length = mark.offset, len(text)
    behind = block.marks.index(mark)
    marks = tuple(
        NoteMark(offset=old.offset + length * (place > behind), key=old.key)
        for place, old in enumerate(block.marks)
        if place != behind
    )
    return msgspec.structs.replace(
        block,
        text=block.text[:at] + text + block.text[at:],
        marks=marks,
        cell=block.cell and _moved(block.cell, at, length),
    )


def _moved(cell: Cell, at: int, length: int) -> Cell:
    spans = []
    done = False
    for start, end in cell.spans:
        inside = not done and start <= at <= end
        moved = (start + length * done, end + length * (done or inside))
        done = done or inside
        spans.append(moved)
    return msgspec.structs.replace(cell, spans=tuple(spans))


def _lone(blocks: list[Block]) -> dict[str, Note]:
    """Notes without text for the marks that were taken off their words and have no body."""
    found = {}
    for block in blocks:
        for mark in block.marks:
            if mark.key.startswith(PREFIX):
                letter = mark.key.removeprefix(PREFIX)
                found[mark.key] = Note(key=mark.key, source_mark=letter, mark=letter, text="")
    return found
