"""Characters of Word's symbol fonts as Unicode.

``w:sym`` and text in a symbol font name a place in the font (0xF0B7), not a character.
"""

from __future__ import annotations

import re
from functools import cache

from treatybody.tables import load

UNKNOWN = "\ufffd"
_IN_FONT = re.compile("[\uf000-\uf0ff]")
_PRIVATE = range(0xF000, 0xF100)


def character(font: str | None, code: int) -> str:
    """The character at ``code`` of ``font``; U+FFFD when the table doesn't know it.

    >>> character("Symbol", 0xF061), character("Wingdings", 0xF0A7), character("Arial", 0x41)
    ('α', '▪', 'A')
    """
    place = code - 0xF000 if code in _PRIVATE else code
    fonts = _fonts()
    named = (font or "").lower()
    if named in fonts:
        return fonts[named].get(place, UNKNOWN)
    if code in _PRIVATE:
        return fonts["symbol"].get(place, UNKNOWN)
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else UNKNOWN


def readable(text: str, font: str | None) -> str:
    """``text`` with what lies in the fonts' private range as Unicode.

    >>> readable("\\uf0b7 item", "Symbol")
    '• item'
    """
    return _IN_FONT.sub(lambda mark: character(font, ord(mark[0])), text)


@cache
def _fonts() -> dict[str, dict[int, str]]:
    fonts: dict[str, dict[int, str]] = {}
    for row in load("symbol_fonts"):
        fonts.setdefault(row["font"], {})[int(row["code"], 16)] = row["character"]
    return fonts
