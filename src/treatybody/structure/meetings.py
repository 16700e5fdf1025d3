"""Summary records: statements, the lines of procedure, and headings without numbers.

Every statement ends as a sentence does, so that a short block that doesn't is a heading, also
where the file says nothing of its look. Procedural lines ("The meeting rose at 1.05 p.m.") are
records of their own and don't count among the paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence

from treatybody.structure import body, roles, speakers, wording
from treatybody.structure.drafts import Draft
from treatybody.structure.items import Item


def is_record(found: Sequence[Item]) -> bool:
    """Whether blocks tell how a meeting was called to order, as only summary records do."""
    return any(is_procedural(item) for item in found[:60])


def is_procedural(item: Item) -> bool:
    """Whether a block is a line of procedure."""
    return wording.opens("procedural", "meeting", item.text.text)


def drafts(found: Sequence[Item]) -> list[Draft]:
    """The paragraphs and procedural lines of a record, with their speakers."""
    made = body.fold(roles.assign(found, procedural="meeting", all_sentences=True))
    speakers.assign(made)
    return made
