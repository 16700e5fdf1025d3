"""Documents put together: front matter apart, then the body, then the records."""

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
    several,
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


def assemble(reading: Reading, source: Source, stated: Stated | None) -> list[Structured]:
    """The records of a file, for each document that it holds.

    What the manifest states of the file is taken for its first document.
    """
    found, starred = starred_notes.tie(items(reading.blocks))
    notes = {**reading.notes, **starred}
    inferred = footnotes.are_inferred(reading.notes)
    made: list[Structured] = []
    parts = several.split(found)
    for place, part in enumerate(parts):
        own = _own_notes(part, notes) if place < len(parts) - 1 else notes
        whole = _Part(part, own, reading.properties, inferred)
        made.append(_assemble(whole, source, stated if place == 0 else None))
        notes = {key: note for key, note in notes.items() if key not in own}
    return made


@dataclass(frozen=True, slots=True)
class _Part:
    """What there is of one document."""

    found: list[Item]
    notes: dict[str, Note]
    properties: dict[str, str]
    inferred_marks: bool


def _own_notes(part: list[Item], notes: dict[str, Note]) -> dict[str, Note]:
    keys = {mark.key for item in part for mark in item.whole.marks}
    return {key: note for key, note in notes.items() if key in keys}


def _assemble(part: _Part, source: Source, stated: Stated | None) -> Structured:
    head = front.split(mend(part.found))
    printed = masthead.read(head, part.properties, _texts_of_notes(head.title, part.notes))
    known, notices = facts.combine(printed, stated, source.file)
    if part.inferred_marks:
        why = "inferred: the extractor's numbers, counted without asterisk notes"
        known.origin["footnotes"] = why
    notices += facts.doubts(known, source.file)
    document = facts.document(known, source)
    drafts = _drafts(head, document.type)
    footnotes.place_strays([item.whole for item in head.masthead], drafts)
    drafts += footnotes.unplaced(drafts, part.notes)
    marks = footnotes.printed(part.found, part.notes)
    made = records.paragraphs(drafts, document.document, part.notes, marks)
    return Structured(document, made, [*notices, *records.notices(drafts, source.file)])


def _texts_of_notes(found: list[Item], notes: dict[str, Note]) -> list[str]:
    return [notes[m.key].text for item in found for m in item.whole.marks if m.key in notes]


def _drafts(head: front.Front, type_: str) -> list[Draft]:
    if type_ == "summary_record":
        return [*front.title(head), *meetings.drafts(head.body)]
    if head.letter:
        return letters.drafts(head.body)
    return [*front.title(head), *body.fold(roles.assign(head.body))]
