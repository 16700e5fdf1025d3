"""The places of a document where references can stand: texts, headings and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from treatybody.model import Document, Paragraph
from treatybody.references.model import Reference


@dataclass(frozen=True)
class Place:
    """One text that can hold references.

    Arguments:
        text: what is searched.
        where: ``text``, ``section`` or ``note:<mark>``.
        paragraph: the paragraph it belongs to (the first one under a heading).
        under: for a heading, the paragraphs under it.
        note: for a note, its index among the document's notes.
    """

    text: str
    where: str
    paragraph: Paragraph
    under: tuple[Paragraph, ...] = ()
    note: int | None = None

    def sources(self, start: int) -> list[str]:
        """Ids that own the words at ``start``."""
        if self.where == "section":
            return [one.id for one in self.under]
        if self.where == "text":
            return [source_of(self.paragraph, start)]
        offset = next(
            (n.offset for n in self.paragraph.footnotes if f"note:{n.mark}" == self.where), 0
        )
        return [source_of(self.paragraph, max(offset - 1, 0))]


@dataclass
class Context:
    """What finding in one document has at hand: its facts, its places and what was found."""

    document: Document
    paragraphs: Sequence[Paragraph]
    places: list[Place] = field(default_factory=list)
    found: list[Reference] = field(default_factory=list)


def source_of(paragraph: Paragraph, offset: int) -> str:
    """The id of the innermost sub-paragraph that holds ``offset``, else the paragraph's.

    A label alone does not say where it hangs, so those of the parts above it come first:
    ``#11(a)(ii)``.
    """
    inside = [
        (part.end - part.start, address)
        for part, address in zip(paragraph.subparagraphs, addresses(paragraph), strict=True)
        if part.start <= offset < part.end
    ]
    return paragraph.id + (min(inside)[1] if inside else "")


def addresses(paragraph: Paragraph) -> list[str]:
    """The addresses of all sub-paragraphs below the paragraph's id: "(a)", "(a)(ii)".

    A label that is printed "a)" has the same address as "(a)".
    """
    stack: list[tuple[int, str]] = []
    found = []
    for part in paragraph.subparagraphs:
        while stack and stack[-1][0] >= part.level:
            stack.pop()
        address = (stack[-1][1] if stack else "") + f"({part.label.strip('().')})"
        stack.append((part.level, address))
        found.append(address)
    return found


def of(paragraphs: Sequence[Paragraph]) -> list[Place]:
    """All places of a document in reading order: headings before what stands under them."""
    headings = dict(_headings(paragraphs))
    found: list[Place] = []
    notes = 0
    for index, paragraph in enumerate(paragraphs):
        found.extend(headings.get(index, []))
        found.append(Place(paragraph.text, "text", paragraph))
        for note in paragraph.footnotes:
            found.append(Place(note.text, f"note:{note.mark}", paragraph, note=notes))
            notes += 1
    return found


def _headings(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, list[Place]]]:
    """Each heading at the first paragraph under it, with all paragraphs under it."""
    before: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        section = list(paragraph.section)
        same = _common(before, section)
        new = [_under(paragraphs, index, depth) for depth in range(same, len(section))]
        if new:
            yield index, new
        before = section


def _common(left: list[str], right: list[str]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _under(paragraphs: Sequence[Paragraph], index: int, depth: int) -> Place:
    path = list(paragraphs[index].section[: depth + 1])
    end = index
    while end < len(paragraphs) and list(paragraphs[end].section[: depth + 1]) == path:
        end += 1
    return Place(path[-1], "section", paragraphs[index], under=tuple(paragraphs[index:end]))


def reference(place: Place, start: int, end: int, **facts: str | None) -> Reference:
    """A reference that stands at a span of a place; ``facts`` are its other fields."""
    base = Reference(
        sources=place.sources(start),
        where=place.where,
        start=start,
        end=end,
        evidence=place.text[start:end],
        kind="cites",
        heading=place.text if place.where == "section" else None,
    )
    return msgspec.structs.replace(base, **facts)
