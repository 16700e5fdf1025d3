"""Headings: which blocks are headings, and the path of headings that stands over a paragraph.

Depth comes from the numbering form (Section I, I., A., 1., (a), unnumbered), never from tabs;
among unnumbered headings from the style or the look, where the file has them, else from words: an
article stands above what is numbered, a question or reply above what names neither.

>>> path = Path()
>>> for text in ("II. Replies", "A. Laws", "Reply to paragraph 1", "B. Data"):
...     closed = path.add(heading_of(items([Block(text=text)])[0]))
>>> path.section(), [heading.text.text for heading in closed]
(['II. Replies', 'B. Data'], ['A. Laws', 'Reply to paragraph 1'])
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from treatybody.blocks import Block
from treatybody.structure import labels, styles, wording
from treatybody.structure.items import Item, items
from treatybody.structure.marked import Marked, join

__all__ = ["Block", "Heading", "Path", "heading_of", "is_sentence", "items"]

LONGEST = 320
_PART, _ROMAN, _CAPITAL, _NUMBER, _LETTER, _UNNUMBERED = 0, 1, 2, 3, 4, 6
_ARTICLE, _QUESTION = 2.5, 5
_DEEPER = 0.1  # "1.1" stands under "1.", and above "(a)"
_CLEARLY_LIGHTER = 10.0  # a point of size
_BRACKETS = re.compile(r"\([^()]*\)")
_SENTENCE_ENDS = (".", ";", ":", ",", "。", "；", "：", "،", "؛")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its text with its label, its rank by form and its weight by look.

    ``weight`` compares headings of one kind only: ("style", depth) or ("look", lightness).
    """

    text: Marked
    rank: float
    weight: tuple[str, float] | None
    label: labels.Label | None


def is_sentence(text: str) -> bool:
    """Whether a text ends as sentences and list items do, and headings don't."""
    return wording.ends_sentence(text, _SENTENCE_ENDS)


def opens_part(text: str) -> bool:
    """Whether an unlabelled heading stands above the numbered ones: "Section I", "Decision 8/1".

    >>> opens_part("Section I"), opens_part("Decision 8/CMA.3"), opens_part("Decision 8 says so")
    (True, True, False)
    """
    return opens_act(text) or wording.opens("heading_words", "part", text)


def opens_act(text: str) -> bool:
    """Whether a text is the number of a decision or resolution and nothing else."""
    return wording.opens("heading_words", "act", text)


def heading_of(item: Item) -> Heading:
    """A block that is known to be a heading, as one."""
    label = item.label
    text = item.text
    if label is not None:
        text = join([Marked(label.printed), item.text], " " if item.text.text else "")
    return Heading(text, _rank(item), _weight(item.block), label)


def _rank(item: Item) -> float:
    label = item.label
    if label is None:
        return _rank_by_words(item)
    if label.form == "capital":
        return _ROMAN if label.is_roman and not label.bracketed else _CAPITAL
    if label.form == "number":
        return _NUMBER + _DEEPER * label.value.count(".")
    return _LETTER


def _rank_by_words(item: Item) -> float:
    text = item.text.text
    if opens_part(text):
        return _PART
    if _weight(item.block) is not None:
        return _UNNUMBERED
    if any(wording.opens("heading_words", key, text) for key in ("article", "closing")):
        return _ARTICLE
    return _QUESTION if wording.opens("heading_words", "question", text) else _UNNUMBERED


def _weight(block: Block) -> tuple[str, float] | None:
    role = styles.role(block.style)
    if role and role[0] == "heading":
        return "style", float(role[1])
    if block.outline:
        return "style", float(block.outline)
    if block.size is None and block.bold is None:
        return None
    lightness = -(block.size or 0.0) * 10
    plain = not (block.bold or block.italic or block.centred)
    return "look", lightness + (0 if block.bold else 4) + (2 if block.italic else 0) + 4 * plain


class Path:
    """The headings that are open at a place of the document, outermost first."""

    def __init__(self) -> None:
        self._open: list[Heading] = []
        self._just_added = False
        self._raised: dict[tuple[str, float], float] = {}
        self._articles = _ARTICLE

    def add(self, heading: Heading) -> list[Heading]:
        """Open a heading, closing those that it ends; returns the closed ones, outermost first."""
        heading = self._ranked(self._settled(heading))
        if self._just_added and self._may_nest(heading):
            closed = self._lifted(heading)
        else:
            closed = self._closed_by(heading)
        self._open.append(heading)
        self._just_added = True
        return closed

    def _closed_by(self, heading: Heading) -> list[Heading]:
        closed: list[Heading] = []
        while self._open and _ends(heading, self._open[-1]):
            closed.insert(0, self._open.pop())
        return closed

    def _lifted(self, heading: Heading) -> list[Heading]:
        """Lift what stands over a heading above it, where words alone have told its rank.

        Not out of a numbered heading: "Laws" between "2." and "(a)" stays under "2.".
        """
        *outer, above = self._open
        if above.weight is not None or above.rank < heading.rank or heading.rank == _UNNUMBERED:
            return []
        lifted = replace(above, rank=heading.rank - 0.5)
        if any(one.label and _ends(lifted, one) for one in outer):
            return []
        self._open = outer
        closed = self._closed_by(lifted)
        self._open.append(lifted)
        return closed

    def leave(self) -> None:
        """Something other than a heading has followed."""
        self._just_added = False

    def section(self) -> list[str]:
        """The texts of the open headings."""
        return [heading.text.text for heading in self._open]

    def _may_nest(self, heading: Heading) -> bool:
        """A heading right after an unnumbered one stands under it, unless it is heavier.

        Numbered headings (1., (a)) under an unnumbered one show that headings of its look stand
        above the numbers in this document, as articles do above numbered questions.
        """
        above = self._open[-1]
        if above.label is not None or above.rank == _PART:
            return False
        if heading.rank < _NUMBER and not _is_heavier(above, heading):
            return False
        if _comparable(heading, above) and _lightness(heading) < _lightness(above):
            return False
        if heading.rank < _UNNUMBERED and above.rank >= heading.rank and above.weight:
            self._raised[above.weight] = heading.rank - 0.5
            self._open[-1] = replace(above, rank=heading.rank - 0.5)
        return True

    def _ranked(self, heading: Heading) -> Heading:
        """An unnumbered heading with the rank that its look has in this document.

        Articles known by their words alone stand under "1." where one comes right behind it.
        """
        if heading.label is None and heading.rank == _ARTICLE:
            above = self._open[-1] if self._open and self._just_added else None
            if above and above.label and above.rank > _ARTICLE:
                self._articles = above.rank + 0.5
            return replace(heading, rank=self._articles)
        raised = self._raised.get(heading.weight) if heading.weight else None
        if heading.rank != _UNNUMBERED or raised is None:
            return heading
        return replace(heading, rank=raised)

    def _settled(self, heading: Heading) -> Heading:
        """ "I." after "H." is a letter, "I." elsewhere a roman numeral."""
        if heading.rank != _ROMAN or heading.label is None:
            return heading
        place = labels.letter(heading.label.value)
        for above in self._open:
            before = labels.letter(above.label.value) if above.label else None
            if above.rank == _CAPITAL and place and before == place - 1:
                return replace(heading, rank=_CAPITAL)
        return heading


def _ends(heading: Heading, above: Heading) -> bool:
    """Whether a heading closes the one above it: by form, an unnumbered one also by look."""
    same_form = heading.rank == above.rank
    by_style = bool(heading.weight and heading.weight[0] == "style")
    differ = _comparable(heading, above) and _lightness(heading) != _lightness(above)
    if differ and (heading.label is None or above.label is None) and (same_form or by_style):
        return _lightness(heading) < _lightness(above)
    if heading.label is None and above.rank >= _NUMBER and _is_larger(heading, above):
        return True  # an article closes the "(c)" under the article before
    if above.label is None and heading.rank >= _NUMBER and _is_larger(above, heading):
        return False  # and stays open over the "1." under it
    return heading.rank <= above.rank


def _is_larger(heading: Heading, above: Heading) -> bool:
    """Whether a heading is set at least a point larger than another, or as much heavier."""
    return (
        _comparable(heading, above) and _lightness(above) - _lightness(heading) >= _CLEARLY_LIGHTER
    )


def _is_heavier(above: Heading, heading: Heading) -> bool:
    """Whether an unnumbered heading is set larger than the "A." or "I." right under it."""
    if above.rank != _UNNUMBERED or not _comparable(above, heading):
        return False
    if any(char.isdigit() for char in _BRACKETS.sub("", above.text.text)):
        return False  # "Reply to paragraph 1" is set too large by mistake
    return _lightness(heading) - _lightness(above) >= _CLEARLY_LIGHTER


def _comparable(one: Heading, other: Heading) -> bool:
    return bool(one.weight and other.weight and one.weight[0] == other.weight[0])


def _lightness(heading: Heading) -> float:
    return heading.weight[1] if heading.weight else 0.0
