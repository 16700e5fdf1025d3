"""The front of a document: masthead and title, apart from the body.

The front ends where the first numbered paragraph, the first numbered heading or the first
sentence stands. Readers that know the layout mark the masthead themselves; texts do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from treatybody import dates, symbols, tables
from treatybody.structure import letters, meetings, styles, wording
from treatybody.structure.drafts import Draft, Line
from treatybody.structure.facts import PRINTED, Facts
from treatybody.structure.headings import is_sentence
from treatybody.structure.items import Item
from treatybody.structure.marked import join

_LONGEST_TITLE = 400


@dataclass(frozen=True, slots=True)
class Front:
    """Blocks of the masthead, of the title and of the body, each in order."""

    masthead: list[Item]
    title: list[Item]
    body: list[Item]


def split(found: Sequence[Item]) -> Front:
    """Tell the masthead and the title from the body; running heads and contents are left out."""
    masthead = [item for item in found if item.block.region in ("header", "footer", "masthead")]
    text = [item for item in found if item.block.region == "body"]
    if letters.is_letter(text):
        return Front([*masthead, *letters.letterhead(text)], [], text)
    end = _end_of_front(text)
    titles = _title_places(text[:end])
    kept: list[Item] = []
    for place, item in enumerate(text[:end]):
        if place in titles:
            continue
        (masthead if is_masthead_line(item) else kept).append(item)
    return Front(masthead, [text[place] for place in titles], [*kept, *text[end:]])


def title(front: Front) -> list[Draft]:
    """The title record, where a title is printed."""
    if not front.title:
        return []
    text = join([item.whole for item in front.title], " ")
    return [Draft(kind="title", lines=[Line(text)], item=front.title[0])]


def _end_of_front(text: Sequence[Item]) -> int:
    for place, item in enumerate(text[:60]):
        if item.block.cell is not None or item.number is not None:
            return place
        if item.label and item.label.form == "capital":
            return place
        if is_sentence(item.text.text) and len(item.text.text) > 60:
            return place
    return min(len(text), 60)


def _title_places(front: Sequence[Item]) -> list[int]:
    """Where the title stands: by its style, else the first block that opens like one."""
    styled = [p for p, item in enumerate(front) if styles.role(item.block.style) == ("title", 0)]
    if styled:
        return styled
    words = "record" if meetings.is_record(front) else "title"
    for place, item in enumerate(front):
        if _looks_like_title(item, words):
            return [place]
    return []


def _looks_like_title(item: Item, words: str) -> bool:
    text = item.whole.text
    if len(text) > _LONGEST_TITLE or is_masthead_line(item):
        return False
    return wording.opens("heading_words", words, text) and not is_sentence(text)


def is_masthead_line(item: Item) -> bool:
    """Whether a block of the front is masthead: a committee's name, a symbol, a date ..."""
    text = item.whole.text.strip("* ")
    if len(text) > 200:
        return False
    if _key(text) in _committees() or wording.pattern("masthead", "line").fullmatch(text):
        return True
    symbol = symbols.parse(text)
    found = list(dates.find(text))
    return bool(symbol or (found and found[0].end - found[0].start > len(text) - 3))


@cache
def _committees() -> dict[str, str]:
    """Every printed name of a committee, levelled, with its code."""
    names: dict[str, str] = {}
    for row in tables.load("committees"):
        for name in (row["name"], *row["names"].values()):
            names[_key(name)] = row["code"]
    return names


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def read(front: Front, properties: Mapping[str, str]) -> Facts:
    """What the front prints: symbol, reference, committee, date, title."""
    facts = Facts()
    texts = [item.whole.text for item in front.masthead]
    for text in texts:
        facts.add("committee", _committees().get(_key(text)), PRINTED)
        _read_line(text, facts)
    if front.title:
        facts.add("title", join([item.whole for item in front.title], " ").text, PRINTED)
    return facts


def _read_line(text: str, facts: Facts) -> None:
    reference = wording.pattern("masthead", "reference").search(text)
    if reference:
        facts.add("reference", reference["value"], PRINTED)
        return
    for _, _, symbol in symbols.find(text):
        facts.add("symbol", symbol.text, PRINTED)
        break
    for found in dates.find(text):
        if found.first == found.last and found.first.day:
            facts.add("date", str(found.first), PRINTED)
        break
