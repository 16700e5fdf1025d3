"""One document put together: front matter apart, then the body, then the records."""

from __future__ import annotations

from dataclasses import dataclass

from treatybody.blocks import Note, Reading
from treatybody.model import Document, Notice, Paragraph, Source
from treatybody.structure import (
    body,
    facts,
    footnotes,
    front,
    letters,
    masthead,
    meetings,
    records,
    roles,
)
from treatybody.structure import starred as starred_notes
from treatybody.structure.drafts import Draft
from treatybody.structure.facts import Stated
from treatybody.structure.items import Item, items
from treatybody.structure.mending import mend


@dataclass(frozen=True, slots=True)
class Structured:
    """A document, its paragraphs in order, and what a person should know about them."""

    document: Document
    paragraphs: list[Paragraph]
    notices: list[Notice]


def assemble(reading: Reading, source: Source, stated: Stated | None) -> Structured:
    """The records of a file that holds one document."""
    found, starred = starred_notes.tie(items(reading.blocks))
    notes = {**reading.notes, **starred}
    head = front.split(mend(found))
    printed = masthead.read(head, reading.properties, _texts_of_notes(head.title, notes))
    known, notices = facts.combine(printed, stated, source.file)
    if footnotes.are_inferred(reading.notes):
        why = "inferred: the extractor's numbers, counted without asterisk notes"
        known.origin["footnotes"] = why
    document = facts.document(known, source)
    drafts = _drafts(head, document.type)
    footnotes.place_strays([item.whole for item in head.masthead], drafts)
    lost = footnotes.unplaced(drafts, notes)
    drafts += lost
    made = records.paragraphs(drafts, document.document, notes, footnotes.printed(found, notes))
    notices += records.notices(drafts, source.file)
    return Structured(document, made, notices)


def _texts_of_notes(found: list[Item], notes: dict[str, Note]) -> list[str]:
    return [notes[m.key].text for item in found for m in item.whole.marks if m.key in notes]


def _drafts(head: front.Front, type_: str) -> list[Draft]:
    if type_ == "summary_record":
        return [*front.title(head), *meetings.drafts(head.body)]
    if head.letter:
        return letters.drafts(head.body)
    return [*front.title(head), *body.fold(roles.assign(head.body))]
