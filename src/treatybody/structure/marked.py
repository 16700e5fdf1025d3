"""A text with the places of its footnote marks, kept together while the text is changed.

>>> title = Marked("Report of Peru ", (NoteMark(14, "1"),))
>>> title.strip().text, title.cut(10).marks[0].offset
('Report of Peru', 4)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from treatybody.blocks import NoteMark

# No-break spaces are spaces, the no-break hyphen is "-" and marks that no reader sees are nothing.
_LEVEL = {
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2060\u3000"), " "),
    0x2011: "-",
    **dict.fromkeys(map(ord, "\u00ad\u200b\ufeff\u2060"), None),
    **dict.fromkeys((*range(9), *range(14, 32), *range(127, 160))),
    ord("\r"): "\n",
    ord("\v"): "\n",
    ord("\f"): "\n",
    ord("\u2028"): "\n",
    ord("\u2029"): "\n",
}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the note marks in it, in order; offsets lie in 0..len(text)."""

    text: str
    marks: tuple[NoteMark, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.marks)

    def cut(self, start: int, end: int | None = None) -> Marked:
        """The part from start to end; marks outside of it move to its edges."""
        stop = len(self.text) if end is None else end
        moved = (NoteMark(min(max(m.offset, start), stop) - start, m.key) for m in self.marks)
        return Marked(self.text[start:stop], tuple(moved))

    def split(self, at: int, skip: int = 0) -> tuple[Marked, Marked]:
        """The part before ``at`` and the part behind ``at + skip``, each with its own marks."""
        before = tuple(mark for mark in self.marks if mark.offset <= at)
        behind = tuple(
            NoteMark(max(mark.offset - at - skip, 0), mark.key)
            for mark in self.marks
            if mark.offset > at
        )
        return Marked(self.text[:at], before), Marked(self.text[at + skip :], behind)

    def strip(self) -> Marked:
        """The text without blanks around it."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def sub(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Marked:
        """The text with each match replaced; marks behind it move along."""
        pieces: list[Marked] = []
        position = 0
        for found in pattern.finditer(self.text):
            pieces.append(self._exactly(position, found.start()))
            inside = [m for m in self.marks if found.start() < m.offset < found.end()]
            replaced = new(found)
            pieces.append(Marked(replaced, tuple(NoteMark(0, m.key) for m in inside)))
            position = found.end()
        return join([*pieces, self._exactly(position, len(self.text))]) if pieces else self

    def _exactly(self, start: int, end: int) -> Marked:
        """The part between, with the marks that stand in it or at its edges."""
        inside = (
            NoteMark(mark.offset - start, mark.key)
            for mark in self.marks
            if start <= mark.offset <= end
        )
        return Marked(self.text[start:end], tuple(inside))


def join(parts: Iterable[Marked], between: str = "") -> Marked:
    """Parts put one after the other.

    >>> join([Marked("a"), Marked("b", (NoteMark(1, "7"),))], " ").marks[0].offset
    3
    """
    text = ""
    marks: list[NoteMark] = []
    for index, part in enumerate(parts):
        text += between if index else ""
        marks.extend(NoteMark(m.offset + len(text), m.key) for m in part.marks)
        text += part.text
    return Marked(text, tuple(marks))


def level(text: str, marks: tuple[NoteMark, ...] = ()) -> Marked:
    """A reader's text in the characters that records have.

    >>> level("Law No.\\u00a030001 on non\\u2011refoulement").text
    'Law No. 30001 on non-refoulement'
    """
    pieces: list[Marked] = []
    position = 0
    for mark in sorted(marks, key=lambda m: m.offset):
        offset = min(max(mark.offset, position), len(text))
        pieces += [Marked(_levelled(text[position:offset])), Marked("", (NoteMark(0, mark.key),))]
        position = offset
    pieces.append(Marked(_levelled(text[position:])))
    return join(pieces)


def _levelled(text: str) -> str:
    plain = _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n")).translate(_LEVEL)
    return unicodedata.normalize("NFC", plain)
