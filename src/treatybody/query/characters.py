"""The query's characters made level: one style of hyphen, apostrophe and space, no hidden marks.

Levelling keeps the way back: every character of the levelled text knows its place in the query
as typed, so that an error can point at it.

>>> level("non\u2011governmental").text
'non-governmental'
>>> level("a\u00adb c").place(1), level("a\u00adb c").text
(2, 'ab c')
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

DOUBLE_QUOTES = '"“”„‟«»〝〞〟「」『』'
CLOSES = {"“": "”", "„": "“”", "«": "»", "»": "«", "〝": "〞〟", "「": "」", "『": "』"}
SINGLE_QUOTES = {"'": "'", "‘": "’'", "‚": "‘’", "‹": "›"}

_HYPHENS = dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\u2043", "-")
_APOSTROPHES = dict.fromkeys("\u2019\u02bc\u201b", "'")
_KEPT_WIDE = "\uff1a"  # the wide colon is punctuation of Chinese prose, never a field's
_TILDES = dict.fromkeys("\u223c\u02dc\u301c", "~")
_LEVEL = {**_HYPHENS, **_APOSTROPHES, **_TILDES}


@dataclass(frozen=True, slots=True)
class Levelled:
    """A levelled text; ``offsets[i]`` is the place of its character ``i`` in the text as typed."""

    text: str
    offsets: tuple[int, ...]

    def place(self, index: int) -> int:
        """Return where levelled character ``index`` stands in the text as typed."""
        return self.offsets[min(index, len(self.offsets) - 1)]


def level(text: str) -> Levelled:
    """Level ``text``; never fails, whatever the characters."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, typed in enumerate(text):
        for character in _levelled(typed):
            composed = _composed(characters, character)
            if composed:
                characters[-1] = composed
            else:
                characters.append(character)
                offsets.append(offset)
    return Levelled("".join(characters), (*offsets, len(text)))


def _composed(before: list[str], mark: str) -> str | None:
    """Return the one character that a letter and the mark behind it make, if there is one."""
    if not before or not unicodedata.combining(mark):
        return None
    together = unicodedata.normalize("NFC", before[-1] + mark)
    return together if len(together) == 1 else None


def _levelled(character: str) -> str:
    """Return what stands for one typed character: itself, plainer ones, a space or nothing."""
    if character < "\x7f":
        return character if character >= " " else " "
    if character in _LEVEL:
        return _LEVEL[character]
    if "\uff01" <= character <= "\uff5e" and character != _KEPT_WIDE:
        return chr(ord(character) - 0xFEE0)
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category[0] in "ZC" else unicodedata.normalize("NFC", character)
