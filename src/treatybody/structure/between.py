"""What stands between two numbered paragraphs that follow one another: judged by both of them.

>>> from treatybody.blocks import Block
>>> from treatybody.structure.items import items
>>> texts = ("1. Peru replied.", "Work", "2. Peru has laws.")
>>> found = items([Block(text=text, left=72, size=10) for text in texts])
>>> plain_headings(found, {0: Ruling(0), 2: Ruling(0)})
{1}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from treatybody.structure import runs, subparagraphs, wording
from treatybody.structure.headings import is_sentence
from treatybody.structure.items import Item
from treatybody.structure.runs import Ruling

_LONGEST = 160
_MOST_LINES = 3
_ENDED = (".”", ".»", ".)", "?", "؟", "？")
_SAME_EDGE = 2.0  # points
_SAME_SIZE = 0.6


def plain_headings(stretch: Sequence[Item], rulings: Mapping[int, Ruling]) -> set[int]:
    """Headings without weight or style: a lone line at the paragraphs' edge, between two of them.

    Only where the file tells edges: a line of a list may look the same in a text. There a line
    must say itself what it is: "Question 2 (a) and (b)".
    """
    over = _over_numbers(stretch, rulings)
    plain = {
        place
        for place in over
        if place
        and stretch[place].label is None
        and _reads_like_heading(stretch[place])
        and _stands_alone(stretch[place - 1], stretch[place], stretch[place + 1])
    }
    named = {place for place in over if _names_question(stretch[place])}
    return plain | {at for at in named if at == 0 or not _is_open(stretch[at - 1])}


def lone_headings(
    stretch: Sequence[Item], rulings: Mapping[int, Ruling], headings: set[int]
) -> set[int]:
    """Headings in a text that tells nothing of looks: lines over a number, after a sentence.

    Only where no heading is set in with tabs, as the United Nations' template does it: there a
    line at the edge is none.

    >>> from treatybody.blocks import Block
    >>> from treatybody.structure.items import items
    >>> texts = ("1. It agreed.", "Work", "2. It has:", "Laws", "3. It has none.", "Equal pay")
    >>> found = items([Block(text=text) for text in texts])
    >>> lone_headings(found, {0: Ruling(0), 2: Ruling(0), 4: Ruling(0)}, set())
    {1}
    """
    if any(stretch[place].block.indent and not stretch[place].label for place in headings):
        return set()
    found: set[int] = set()
    for place in _over_numbers(stretch, rulings):
        first = place
        while (
            first >= 0
            and place - first < _MOST_LINES
            and _is_lone(stretch[first], first in headings)
        ):
            first -= 1
        if first < 0 or first in headings or _has_ended(stretch[first]):
            found.update(range(first + 1, place + 1))
    return found


def _is_lone(item: Item, known: bool) -> bool:
    block = item.block
    unseen = block.left is None and block.size is None and block.bold is None
    return unseen and not known and item.label is None and _reads_like_heading(item)


def lettered_headings(
    stretch: Sequence[Item], rulings: Mapping[int, Ruling], headings: set[int]
) -> set[int]:
    """Headings without weight or style that are lettered: "(a) Laws" and, later, "(b) Policies".

    A part of a paragraph stands under what leads up to it or under the part before, or closes with
    a mark. What is lettered and does neither is a heading where the letters go on.

    >>> from treatybody.blocks import Block
    >>> from treatybody.structure.items import items
    >>> texts = ("1. It agreed.", "(a) Laws", "2. It has laws.", "(b) Policies", "3. It has none.")
    >>> found = items([Block(text=text) for text in texts])
    >>> sorted(lettered_headings(found, {0: Ruling(0), 2: Ruling(0), 4: Ruling(0)}, set()))
    [1, 3]
    """
    rows: list[list[int]] = []
    for place in _over_numbers(stretch, rulings):
        before = _letters_before(stretch[place])
        if before is None or (place - 1 not in headings and _leads_to(stretch, place, before)):
            continue
        goes_on = [row for row in rows if _printed(stretch[row[-1]]) in before]
        if goes_on:
            goes_on[-1].append(place)
        elif not before:
            rows.append([place])
    return {place for row in rows if len(row) > 1 for place in row}


def _letters_before(item: Item) -> tuple[str, ...] | None:
    """What may stand before the letter of a lone line: none before "(a)"; None for other lines."""
    label = item.label
    if label is None or label.form != "letter" or label.value.isdecimal():
        return None
    if not label.bracketed or not _reads_like_heading(item):
        return None
    return subparagraphs.before(label)


def _leads_to(stretch: Sequence[Item], place: int, before: tuple[str, ...]) -> bool:
    """Whether a lettered line is a part of the paragraph above it."""
    above = stretch[place - 1]
    if not place or above.block.cell is not None:
        return False
    return _printed(above) in before or not _has_ended(above)


def _has_ended(item: Item) -> bool:
    text = item.whole.text
    return text.endswith(_ENDED) or (text.endswith((".", "。")) and is_sentence(text))


def _printed(item: Item) -> str:
    return item.label.printed if item.label else ""


def _over_numbers(stretch: Sequence[Item], rulings: Mapping[int, Ruling]) -> list[int]:
    return [place for place in range(len(stretch) - 1) if _is_number(rulings, place + 1)]


def _is_number(rulings: Mapping[int, Ruling], place: int) -> bool:
    return place in rulings and rulings[place].part is not None


def _reads_like_heading(item: Item) -> bool:
    text = item.text.text
    if item.block.cell is not None or len(text) > _LONGEST:
        return False
    begins, ends = text[:1].isalpha() and not text[:1].islower(), text[-1:].isalnum()
    return begins and (ends or text.endswith(")")) and len(text) > 3 and not _is_caption(text)


def _names_question(item: Item) -> bool:
    """Whether a line without a look of its own names what is answered under it."""
    text, block = item.text.text, item.block
    if block.left is not None or block.cell is not None or item.label or len(text) > _LONGEST:
        return False
    return wording.opens("heading_words", "question", text) and not is_sentence(text)


def _is_open(above: Item) -> bool:
    """Whether a block leads up to what follows it, or breaks off."""
    text = above.whole.text
    return text.endswith((":", ";", ",", "-")) or (above.number is not None and text[-1:].isalnum())


def _is_caption(text: str) -> bool:
    return wording.opens("heading_words", "caption", text)


def _stands_alone(above: Item, item: Item, below: Item) -> bool:
    """Whether a sentence has ended above, and the line stands where the paragraph below does."""
    left, edge = item.block.left, below.block.left
    if left is None or edge is None or abs(left - edge) > _SAME_EDGE:
        return False
    size, usual = item.block.size or 0.0, below.block.size or 0.0
    ended = above.whole.text.endswith((".", ".”", ".)")) and above.block.cell is None
    return ended and is_sentence(above.whole.text) and size > usual - _SAME_SIZE


def missed_numbers(
    stretch: Sequence[Item], headings: set[int], rulings: Mapping[int, Ruling]
) -> set[int]:
    """Paragraphs in the style of a heading: their number is the one missing between two others.

    Arguments:
        stretch: the blocks of a body or of an annex.
        headings: the places that were taken for headings.
        rulings: on the other numbered blocks.
    """
    taken = [place for place in sorted(rulings) if rulings[place].part is not None]
    return {
        place
        for before, after in pairwise(taken)
        for place in range(before + 1, after)
        if place in headings and _fills(stretch[before], stretch[place], stretch[after])
    }


def _fills(before: Item, item: Item, after: Item) -> bool:
    number = item.number
    if number is None or not is_sentence(item.text.text):
        return False
    first, own, last = (runs.value(one or "0") for one in (before.number, number, after.number))
    return runs.follows(first, own) and runs.follows(own, last) and not runs.follows(first, last)
