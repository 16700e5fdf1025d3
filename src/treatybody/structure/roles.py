"""What each block of a body is: heading, numbered paragraph, part of one, table row, or text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from treatybody.structure import runs, styles, wording
from treatybody.structure.headings import LONGEST, is_sentence
from treatybody.structure.items import Item

Kind = Literal["annex", "heading", "number", "part", "procedural", "row", "text"]

_NEVER_HEADING = 400


@dataclass(frozen=True, slots=True)
class Role:
    """A block and what it is; ``run`` and ``fault`` belong to numbers (see ``runs.Ruling``)."""

    item: Item
    kind: Kind
    run: int = 0
    fault: str | None = None


def assign(
    found: Sequence[Item], procedural: str | None = None, all_sentences: bool = False
) -> list[Role]:
    """Give each block its role; every block gets one, in order.

    Arguments:
        found: the blocks of a body.
        procedural: the key of ``procedural.toml`` whose lines are no paragraphs.
        all_sentences: every paragraph ends as a sentence does; what doesn't is a heading.
    """
    given = Given(procedural, all_sentences)
    roles: list[Role] = []
    for opening, stretch in _stretches(found):
        if opening is not None:
            roles.append(Role(opening, "annex"))
        roles.extend(_stretch(stretch, given))
    return roles


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of the kind of document; see ``assign``."""

    procedural: str | None = None
    all_sentences: bool = False

    def is_procedural(self, item: Item) -> bool:
        """Whether a block is a line of procedure."""
        text = item.text.text
        return bool(
            self.procedural
            and item.block.cell is None
            and len(text) < 250
            and wording.opens("procedural", self.procedural, text)
        )

    def is_heading(self, item: Item) -> bool:
        """Whether a block is a heading."""
        if self.all_sentences and item.label is None and item.block.cell is None:
            return is_certain_heading(item) or could_be_heading(item)
        return is_certain_heading(item)


def _stretches(found: Sequence[Item]) -> Iterator[tuple[Item | None, list[Item]]]:
    """The body and each annex: numbering runs in each of them for itself."""
    opening: Item | None = None
    stretch: list[Item] = []
    for item in found:
        if _opens_annex(item) and (stretch or opening):
            yield opening, stretch
            opening, stretch = item, []
        else:
            stretch.append(item)
    yield opening, stretch


def _opens_annex(item: Item) -> bool:
    text = item.text.text
    if item.block.cell is not None or item.label is not None or len(text) > 150:
        return False
    found = wording.pattern("heading_words", "annex").match(text)
    if not found or is_sentence(text):
        return False
    alone = len(text) - found.end() < 3
    return (
        alone
        or bool(item.block.bold or item.block.centred or item.block.outline)
        or ((styles.role(item.block.style) or ("", 0))[0] in ("heading", "title"))
    )


def _stretch(stretch: Sequence[Item], given: Given) -> list[Role]:
    procedural = [given.is_procedural(item) for item in stretch]
    certain = [
        not line and given.is_heading(item) for line, item in zip(procedural, stretch, strict=True)
    ]
    places = [
        place
        for place, item in enumerate(stretch)
        if item.number is not None and not certain[place] and item.block.cell is None
    ]
    values = [runs.value(stretch[place].number or "0") for place in places]
    reads_well = [_reads_like_paragraph(stretch[place]) for place in places]
    rulings = dict(zip(places, runs.accept(values, reads_well), strict=True))
    return [
        Role(item.unlabelled() if item.number is None else item, "procedural")
        if procedural[place]
        else _role(item, certain[place], rulings.get(place))
        for place, item in enumerate(stretch)
    ]


def _role(item: Item, certain: bool, ruling: runs.Ruling | None) -> Role:
    if item.block.cell is not None:
        return Role(item, "row")
    if certain:
        return Role(item, "heading")
    if ruling and ruling.part is not None:
        return Role(item, "number", ruling.part, ruling.fault)
    if ruling:
        return _refused(item)
    if item.label and item.label.form in ("letter", "number", "bullet"):
        return Role(item, "part")
    return Role(item.unlabelled(), "text") if item.label else Role(item, "text")


def _refused(item: Item) -> Role:
    """A number that is no paragraph number: of a heading, of a list item, or of the text."""
    if could_be_heading(item) and item.block.bold is not False:
        return Role(item, "heading")
    if len(item.number or "") <= 2 and "." not in (item.number or ""):
        return Role(item, "part")
    return Role(item.unlabelled(), "text")


def is_certain_heading(item: Item) -> bool:
    """Whether a block is a heading by its style, its label or its look."""
    block, text = item.block, item.text.text
    if block.cell is not None or not text or len(item.whole.text) > _NEVER_HEADING:
        return False
    role = styles.role(block.style)
    if role:
        return role[0] in ("heading", "title")
    if block.outline:
        return True
    return could_be_heading(item) and _form_says_heading(item)


def could_be_heading(item: Item) -> bool:
    """Whether a block has the form of a heading: short, not a sentence, with a letter in it."""
    text = item.text.text
    if not text or len(text) > LONGEST or not any(char.isalpha() for char in text):
        return False
    return bool(item.block.bold) or not is_sentence(text)


def _form_says_heading(item: Item) -> bool:
    block, label = item.block, item.label
    emphatic = bool(block.bold or block.centred)
    if label is None:
        if wording.opens("heading_words", "part", item.text.text) and len(item.text.text) < 100:
            return True
        return emphatic or block.indent > 0 or bool(block.italic and len(item.text.text) < 200)
    if label.form == "capital":
        return True
    if label.form == "number" and not label.bracketed:
        return emphatic or block.indent > 0
    return label.form == "letter" and bool(block.bold)


def _reads_like_paragraph(item: Item) -> bool:
    """Whether a numbered block is rather a paragraph than a heading or a list item."""
    text = item.text.text
    return is_sentence(text) or len(text) > 120 or text.endswith((")", "”", '"', "?", "!"))
