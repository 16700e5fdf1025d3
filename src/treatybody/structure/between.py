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

from treatybody.structure import runs, wording
from treatybody.structure.headings import is_sentence
from treatybody.structure.items import Item
from treatybody.structure.runs import Ruling

_LONGEST = 160
_SAME_EDGE = 2.0  # points
_SAME_SIZE = 0.6


def plain_headings(stretch: Sequence[Item], rulings: Mapping[int, Ruling]) -> set[int]:
    """Headings without weight or style: a lone line at the paragraphs' edge, between two of them.

    Only where the file tells edges: a line of a list may look the same in a text. There a line
    must say itself what it is: "Question 2 (a) and (b)".
    """
    over = [place for place in range(len(stretch) - 1) if _is_number(rulings, place + 1)]
    plain = {
        place
        for place in over
        if place
        and _reads_like_heading(stretch[place])
        and _stands_alone(stretch[place - 1], stretch[place], stretch[place + 1])
    }
    named = {place for place in over if _names_question(stretch[place])}
    return plain | {at for at in named if at == 0 or not _is_open(stretch[at - 1])}


def _is_number(rulings: Mapping[int, Ruling], place: int) -> bool:
    return place in rulings and rulings[place].part is not None


def _reads_like_heading(item: Item) -> bool:
    text = item.text.text
    if item.block.cell is not None or item.label is not None or len(text) > _LONGEST:
        return False
    return text[:1].isupper() and text[-1:].isalnum() and len(text) > 3 and not _is_caption(text)


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
