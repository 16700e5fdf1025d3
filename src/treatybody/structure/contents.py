"""Tables of contents, which repeat the headings and are no text of the document.

Readers that see the layout mark them; in Word files and texts they are paragraphs or table rows
that follow the word "Contents", or that end in a page number behind a tab or leader dots.

>>> from treatybody.structure.items import items
>>> from treatybody.blocks import Block
>>> texts = ("Contents", "I. Laws\\t3", "II. Data ..... 12", "I. Laws", "1. Peru replied.")
>>> [item.whole.text for item in without(items([Block(text=text) for text in texts]))]
['I. Laws', '1. Peru replied.']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from treatybody.structure import styles, wording
from treatybody.structure.headings import is_sentence
from treatybody.structure.items import Item

_RANGE = r"\d{1,4}(?:\s?[-–]\s?\d{1,4})?"  # of paragraphs, before the page
_ENTRY = re.compile(
    rf"(?:.*(?:\t|\.{{4,}}|…|\s{{3,}})\s*)(?:{_RANGE}\s+)?(?:\d{{1,4}}|[ivxl]{{1,6}})\s*"
    rf"|{_RANGE}(?:\s+\d{{1,4}})?\s*|.*\s\d{{1,4}}\s?[-–]\s?\d{{1,4}}\s+\d{{1,4}}\s*|.*\.{{8,}}\s*",
    re.DOTALL,
)
_PAGES_HEAD = re.compile(
    r"\W*(?:\w{0,20}\s+)?(?:pages?|paragraphs?|página|paras?\.?|стр\.?|الصفحة|页次)\W*", re.I
)
_FRONT = 400
_AHEAD = 3  # lines among which another entry shows that one in two lines goes on


def without(found: Sequence[Item]) -> list[Item]:
    """The blocks without tables of contents."""
    kept: list[Item] = []
    inside = False
    for place, item in enumerate(found):
        if item.block.region == "contents" or styles.role(item.block.style) == ("contents", 0):
            continue
        if place < _FRONT and _opens(item, found[place + 1 : place + 4]):
            inside = True
            continue
        following = found[place + 1 : place + 1 + _AHEAD]
        inside = inside and (_is_entry(item, following) or _is_annexes(item))
        if not inside:
            kept.append(item)
    return kept


def _opens(item: Item, following: Sequence[Item]) -> bool:
    """Whether the word "Contents" stands alone here, with entries behind it."""
    word = wording.pattern("heading_words", "contents").fullmatch(item.whole.text.strip(" :*"))
    return bool(word) and any(_is_entry(one) for one in following)


def _is_annexes(item: Item) -> bool:
    """Whether a line is "Annexes" and nothing else, which may have no page."""
    text = item.whole.text
    found = wording.pattern("heading_words", "annex").match(text)
    return found is not None and len(text) - found.end() < 3


def _is_entry(item: Item, following: Sequence[Item] = ()) -> bool:
    """Whether a block is an entry: something, then a tab or dots, then a page number.

    One that a line's end has broken shows no page itself, but stands before others.
    """
    printed = item.block.text
    if len(printed) > 400:
        return False
    whole = bool(_ENTRY.fullmatch(printed) or _PAGES_HEAD.fullmatch(printed))
    broken = item.number is None and not is_sentence(printed)
    return whole or (broken and any(map(_is_entry, following)))
