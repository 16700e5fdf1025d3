"""One document put together: front matter apart, then the body, then the records."""

from __future__ import annotations

from dataclasses import dataclass

from treatybody.blocks import Reading
from treatybody.model import Document, Notice, Paragraph, Source
from treatybody.structure import (
    body,
    facts,
    footnotes,
    front,
    letters,
    meetings,
    records,
    roles,
)
from treatybody.structure.drafts import Draft
from treatybody.structure.facts import Stated
from treatybody.structure.items import items


@dataclass(frozen=True, slots=True)
class Structured:
    """A document, its paragraphs in order, and what a person should know about them."""

    document: Document
    paragraphs: list[Paragraph]
    notices: list[Notice]


def assemble(reading: Reading, source: Source, stated: Stated | None) -> Structured:
    """The records of a file that holds one document."""
    found = items(reading.blocks)
    head = front.split(found)
    printed = front.read(head, reading.properties)
    known, notices = facts.combine(printed, stated, source.file)
    if footnotes.are_inferred(reading.notes):
        why = "inferred: the extractor's numbers, counted without asterisk notes"
        known.origin["footnotes"] = why
    document = facts.document(known, source)
    drafts = _drafts(head, document.type)
    marks = footnotes.printed_marks(reading.blocks, reading.notes)
    made = records.paragraphs(drafts, document.document, reading.notes, marks)
    return Structured(document, made, [*notices, *records.notices(drafts, source.file)])


def _drafts(head: front.Front, type_: str) -> list[Draft]:
    if type_ == "summary_record":
        return [*front.title(head), *meetings.drafts(head.body)]
    if letters.is_letter(head.body):
        return letters.drafts(head.body)
    return [*front.title(head), *body.fold(roles.assign(head.body))]
