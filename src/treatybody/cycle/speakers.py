"""Who speaks in a summary record, and how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from treatybody.model import Paragraph


@dataclass
class Part:
    """What one speaker said: the ids of the paragraphs in order, and the words in all."""

    name: str
    role: str | None
    side: str | None
    paragraphs: list[str] = field(default_factory=list)
    words: int = 0


def speakers(paragraphs: Iterable[Paragraph]) -> list[Part]:
    """The speakers of a summary record in the order in which they first speak.

    Arguments:
        paragraphs: of one record, by position.
    """
    found: dict[tuple[str, str | None], Part] = {}
    for one in paragraphs:
        if one.speaker is None:
            continue
        key = (one.speaker.name, one.speaker.side)
        part = found.setdefault(key, Part(one.speaker.name, one.speaker.role, one.speaker.side))
        part.role = part.role or one.speaker.role
        part.paragraphs.append(one.id)
        part.words += len(one.text.split())
    return list(found.values())
