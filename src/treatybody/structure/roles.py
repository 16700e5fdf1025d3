"""What each block of a body is: heading, numbered paragraph, part of one, table row, or text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from treatybody.blocks import Block
from treatybody.structure import bare, between, captions, numbers, runs, styles, wording
from treatybody.structure.headings import LONGEST, is_sentence, opens_act, opens_part
from treatybody.structure.items import Item

Kind = Literal["act", "annex", "caption", "heading", "number", "part", "procedural", "row", "text"]

_NEVER_HEADING = 400
_SAME_EDGE = 2.0  # points
_QUOTES = ("“", "«", "„", '"')


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
    run = 0
    for opening, stretch in _stretches(found):
        in_annex = opening is not None and opening.kind == "annex"
        first = 0 if in_annex else run
        if opening is not None:
            roles.append(replace(opening, run=first))
        own = _stretch(stretch, given, first)
        roles.extend(own)
        if not in_annex:
            run = max((role.run for role in own), default=run) + 1
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


def _stretches(found: Sequence[Item]) -> Iterator[tuple[Role | None, list[Item]]]:
    """The body and each annex: numbering runs in each of them for itself.

    Where the body is several decisions, the next one ends the annex of the one before.
    """
    opening: Role | None = None
    stretch: list[Item] = []
    for item in found:
        annex = _opens_annex(item) and (stretch or opening)
        act = opening and opening.kind == "annex" and _opens_act(item)
        if annex or act:
            yield opening, stretch
            opening, stretch = Role(item, "annex" if annex else "act"), []
        else:
            stretch.append(item)
    yield opening, stretch


def _opens_act(item: Item) -> bool:
    return item.block.cell is None and item.label is None and opens_act(item.text.text)


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


def _stretch(stretch: Sequence[Item], given: Given, first_run: int) -> list[Role]:
    procedural = {place for place, item in enumerate(stretch) if given.is_procedural(item)}
    captioned = captions.places(stretch) - procedural
    settled = procedural | captioned
    headings = {
        place
        for place, item in enumerate(stretch)
        if place not in settled
        and given.is_heading(item)
        and not _is_of_list(item, stretch[place - 1] if place else None)
        and not _only_looks_centred(item, stretch[max(0, place - 1) : place + 2])
        and not _opens_list(item, stretch[place + 1 : place + 2])
    }
    places = [
        place
        for place, item in enumerate(stretch)
        if item.number is not None and place not in headings | settled and item.block.cell is None
    ]
    rulings, others = numbers.rule(stretch, places, headings)
    missed = between.missed_numbers(stretch, headings, rulings)
    if missed:
        headings -= missed
        rulings, others = numbers.rule(stretch, sorted({*places, *missed}), headings)
    headings |= others | between.plain_headings(stretch, rulings) - settled
    headings |= between.lettered_headings(stretch, rulings, headings) - settled
    headings |= bare.headings(stretch, rulings, headings) - settled
    return [
        Role(_kept(item), "procedural" if place in procedural else "caption")
        if place in settled
        else _role(item, place in headings, rulings.get(place), first_run)
        for place, item in enumerate(stretch)
    ]


def _kept(item: Item) -> Item:
    return item if item.number is not None else item.unlabelled()


def _role(item: Item, certain: bool, ruling: runs.Ruling | None, first_run: int) -> Role:
    if item.block.cell is not None:
        return Role(item, "row")
    if certain:
        return Role(item, "heading")
    if ruling and ruling.part is not None:
        return Role(item, "number", first_run + ruling.part, ruling.fault)
    if ruling:
        return _refused(item)
    if item.label and item.label.form in ("letter", "number", "bullet"):
        return Role(item, "part")
    return Role(item.unlabelled(), "text") if item.label else Role(item, "text")


def _refused(item: Item) -> Role:
    """A number that is no paragraph number: of a heading, of a list item, or of the text."""
    if could_be_heading(item) and (item.block.bold is not False or item.block.italic):
        return Role(item, "heading")
    dotted = bool(item.label and item.label.printed != item.label.value)
    if dotted and len(item.number or "") <= 2:
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


def _is_of_list(item: Item, before: Item | None) -> bool:
    """Whether a lettered block in bold stands in a list, and is no heading."""
    if item.label is None or item.label.form != "letter" or before is None:
        return False
    return before.text.text.endswith((":", ";", ",", " and", " or"))


def _only_looks_centred(item: Item, around: Sequence[Item]) -> bool:
    """Whether nothing but its place speaks for a heading, and the lines next to it stand there too.

    A line of an indented list or quotation may end as far from the margin as it begins.
    """
    block = item.block
    if not block.centred or block.bold or block.italic or block.outline or block.left is None:
        return False
    if styles.role(block.style) or item.label is not None:
        return False
    if item.text.text.startswith(_QUOTES):
        return True
    return any(
        other.block.left is not None and abs(other.block.left - block.left) < _SAME_EDGE
        for other in around
        if other is not item and not other.block.centred and other.block.cell is None
    )


def _opens_list(item: Item, after: Sequence[Item]) -> bool:
    """Whether a numbered block in bold leads up to "(a)", and is no heading."""
    if item.number is None or not after or after[0].label is None:
        return False
    return after[0].label.value in ("a", "i") and after[0].label.bracketed


def could_be_heading(item: Item) -> bool:
    """Whether a block has the form of a heading: short, not a sentence, with a letter in it."""
    text = item.text.text
    if not text or len(text) > LONGEST or not any(char.isalpha() for char in text):
        return False
    return not is_sentence(text) or bool(item.block.bold and _is_short_sentence(item))


def _is_short_sentence(item: Item) -> bool:
    """A few words in bold that end with a full stop, as some headings do."""
    text = item.text.text
    return len(text) < 80 and text.endswith(".") and item.number is None and not item.label


def _form_says_heading(item: Item) -> bool:
    block, label = item.block, item.label
    emphatic = bool(block.bold or block.centred)
    if label is None:
        if opens_part(item.text.text) and len(item.text.text) < 100:
            return True
        return emphatic or _tabbed(block) or bool(block.italic and len(item.text.text) < 200)
    if label.form == "capital":
        return True
    if label.form == "number" and not label.bracketed:
        return emphatic or _tabbed(block)
    return label.form == "letter" and bool(block.bold)


def _tabbed(block: Block) -> bool:
    """Whether leading tabs tell a heading: only where the file knows nothing of its look."""
    return block.indent > 0 and block.size is None and block.bold is None
