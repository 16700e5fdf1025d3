"""Who speaks in a summary record, and who goes on speaking in the paragraphs that follow.

A statement opens with its speaker ("Mr. Charef (Country Rapporteur) said that ..."). A role is
printed at the first turn only; at the later ones it is a known fact of the document.

>>> turn("Mr. Charef (Country Rapporteur) said that he wished to know whether it was true.")
Turn(name='Mr. Charef', said_of='Country Rapporteur')
>>> turn("He wished to know why.") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from treatybody import states, tables
from treatybody.model import Speaker
from treatybody.structure.drafts import Draft

_CAPITALS = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽА-ЯЁ"


@dataclass(frozen=True, slots=True)
class Turn:
    """The beginning of a statement: the name as printed and what stands in brackets behind it."""

    name: str
    said_of: str | None


@cache
def _names() -> str:
    table = tables.settings("speakers")
    titles = "|".join(map(re.escape, table["titles"]))
    small = "|".join(table["particles"])
    further = rf"\s(?:[{_CAPITALS}]|(?:{small})\b)[^\s,:()]*"
    person = rf"(?:{titles})\.?\s[^\s,.:()]+(?:{further}){{0,6}}"
    return rf"(?:(?:El|La)\s(?=Sra?\b))?(?P<name>{'|'.join(table['functions'])}|{person})"


_BRACKETS = r"\s\((?P<of>[^()]{2,120})\)"


@cache
def _said() -> re.Pattern[str]:
    """A name, and a verb or a colon behind it."""
    says = "|".join(tables.settings("speakers")["says"])
    verb = rf"(?:,\s[^.]{{2,250}}?,)?,?\s(?:then\s|also\s|further\s)?(?:{says})\b"
    return re.compile(rf"{_names()}(?:{_BRACKETS})?(?:\s?:|{verb})")


@cache
def _described() -> re.Pattern[str]:
    return re.compile(_names() + _BRACKETS)


@cache
def _unknown() -> re.Pattern[str]:
    """A name, and words that may be those of a speaker."""
    table = tables.settings("speakers")
    others = "|".join([*table["of_another"], *table["particles"]])
    return re.compile(rf"{_names()}(?:{_BRACKETS})?(?=\s[a-zß-ÿа-яё])(?!\s(?:{others})\b)")


def turn(text: str) -> Turn | None:
    """Who opens a statement with this text; None when nobody does.

    A State or a function in brackets tells a speaker, whatever the verb behind it.

    >>> turn("The Chair: I declare the meeting open."), turn("Mr. Doe (Peru) sang.")
    (Turn(name='The Chair', said_of=None), Turn(name='Mr. Doe', said_of='Peru'))
    >>> turn("Mr. Doe had sung.") is None
    True
    """
    found = _said().match(text)
    if not found:
        found = _described().match(text)
        if not found or not _is_role(found["of"]):
            return None
    return Turn(found["name"].strip(), found["of"])


def _is_role(words: str) -> bool:
    """Whether words in brackets behind a name are a State or a function in the committee."""
    known = tables.settings("speakers")["committee"]
    return any(word in words.lower() for word in known) or states.find(words) is not None


def may_open(text: str) -> bool:
    """Whether a text begins like a statement of somebody, in words that are not known here.

    >>> may_open("Ms. Doe sang a song."), may_open("Ms. Doe had sung."), may_open("She sang.")
    (True, False, False)
    """
    return _unknown().match(text) is not None


def assign(drafts: Iterable[Draft]) -> None:
    """Set the speaker of each paragraph; headings and procedural lines end a statement."""
    known: dict[str, Speaker] = {}
    current: Speaker | None = None
    section: list[str] | None = None
    for draft in drafts:
        if draft.kind != "paragraph" or draft.section != section:
            current = None
        section = draft.section
        if draft.kind != "paragraph":
            continue
        opened = turn(draft.text().text)
        if opened is None and may_open(draft.text().text):
            current = None  # better nobody than the one before
        if opened:
            current = known[opened.name] = _speaker(opened, known.get(opened.name))
        draft.speaker = current


def _speaker(opened: Turn, before: Speaker | None) -> Speaker:
    role = opened.said_of or (before.role if before else None)
    return Speaker(name=opened.name, role=role, side=_side(opened, role))


def _side(opened: Turn, role: str | None) -> Literal["committee", "state", "other"] | None:
    """Which side someone speaks for: by the function, by the brackets, else a bare name.

    Records print a State's delegates with the State in brackets; members of the committee have
    a function there, or nothing.
    """
    table = tables.settings("speakers")
    described = f"{opened.name} {role or ''}".lower()
    sides: tuple[Literal["state", "other", "committee"], ...] = ("state", "other", "committee")
    for side in sides:
        if any(word in described for word in table[side]):
            return side
    if role:
        return "state" if states.find(role) else "other"
    return "committee"
