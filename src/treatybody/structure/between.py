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
_ENDED = (".”", ".»", ".)", "?", "؟", "？")
_SAME_EDGE = 2.0  # points
_SAME_SIZE = 0.6


def plain_headings(stretch: Sequence[Item], rulings: Mapping[int, Ruling]) -> set[int]:
    """Headings without weight or style: a lone line at the paragraphs' edge, between two of them.

    Only where the file tells edges; ``bare`` judges texts that tell nothing of the kind.
    """
    return {
        place
        for place in over_numbers(stretch, rulings)
        if place
        and stretch[place].label is None
        and reads_like_heading(stretch[place])
        and _stands_alone(stretch[place - 1], stretch[place], stretch[place + 1])
    }


def lettered_headings(
    stretch: Sequence[Item], rulings: Mapping[int, Ruling], headings: set[int]
) -> set[int]:
    """Headings without weight or style that are lettered: "(a) Laws" and, later, "(b) Policies".

    A part of a paragraph stands under what leads up to it or under the part before, or closes with
    a mark. What is lettered and does neither is a heading where the next letter does neither too.

    >>> from treatybody.blocks import Block
    >>> from treatybody.structure.items import items
    >>> texts = ("1. It agreed.", "(a) Laws", "2. It has laws.", "(b) Policies", "3. It has none.")
    >>> found = items([Block(text=text) for text in texts])
    >>> sorted(lettered_headings(found, {0: Ruling(0), 2: Ruling(0), 4: Ruling(0)}, set()))
    [1, 3]
    """
    rows: list[list[int]] = []
    for place in over_numbers(stretch, rulings):
        before = _letters_before(stretch[place])
        if before is None or (place - 1 not in headings and _leads_to(stretch, place, before)):
            continue
        goes_on = [row for row in rows if _printed(stretch[row[-1]]) in before]
        if goes_on:
            goes_on[-1].append(place)
        else:
            rows.append([place])
    return {place for row in rows if len(row) > 1 for place in row}


def _letters_before(item: Item) -> tuple[str, ...] | None:
    """What may stand before the letter of a lone line: none before "(a)"; None for other lines."""
    label = item.label
    if label is None or label.form != "letter" or label.value.isdecimal():
        return None
    if not label.bracketed or not reads_like_heading(item):
        return None
    return subparagraphs.before(label)


def _leads_to(stretch: Sequence[Item], place: int, before: tuple[str, ...]) -> bool:
    """Whether a lettered line is a part of the paragraph above it."""
    above = stretch[place - 1]
    if not place or above.block.cell is not None or is_named(above):
        return False
    return _printed(above) in before or not has_ended(above)


def is_named(item: Item) -> bool:
    """Whether a line names the article, or the question, that is treated under it."""
    text = item.text.text
    named = any(wording.opens("heading_words", key, text) for key in ("article", "question"))
    return named and len(text) <= _LONGEST and not is_sentence(text)


def has_ended(item: Item) -> bool:
    """Whether a block ends as the last sentence of a paragraph does."""
    text = item.whole.text
    ends = text.endswith(_ENDED) or (text.endswith((".", "。")) and is_sentence(text))
    return ends or wording.opens("heading_words", "remark", text)


def _printed(item: Item) -> str:
    return item.label.printed if item.label else ""


def over_numbers(stretch: Sequence[Item], rulings: Mapping[int, Ruling]) -> list[int]:
    """The places right above a numbered paragraph."""
    return [place for place in range(len(stretch) - 1) if _is_number(rulings, place + 1)]


def _is_number(rulings: Mapping[int, Ruling], place: int) -> bool:
    return place in rulings and rulings[place].part is not None


def reads_like_heading(item: Item) -> bool:
    """Whether a text, without its label, may be a heading: a few words, no mark at the end."""
    text = item.text.text
    if item.block.cell is not None or len(text) > _LONGEST:
        return False
    begins, ends = text[:1].isalpha() and not text[:1].islower(), text[-1:].isalnum()
    return begins and (ends or text.endswith(")")) and len(text) > 3 and not _is_caption(text)


def _is_caption(text: str) -> bool:
    return any(wording.opens("heading_words", key, text) for key in ("caption", "remark"))


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
