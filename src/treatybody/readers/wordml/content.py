"""The visible content of one paragraph while it is being gathered."""

from __future__ import annotations

from collections import Counter

from treatybody.blocks import NoteMark
from treatybody.readers.wordml import typed_notes
from treatybody.readers.wordml.styles import RunFormat

# No row has more typed marks; a made-up one may not cost more than its length.
_MOST_MARKS = 200
_EDGE = " \t\n\u00a0"


class Content:
    """Text, note marks and look of one paragraph; runs are added in reading order.

    Arguments:
        typed_notes: take raised letters for provisional note marks (see ``typed_notes``).
    """

    def __init__(self, typed_notes: bool = False) -> None:
        self._typed_notes = typed_notes
        self._raised: tuple[str, RunFormat] | None = None
        self._closing = False
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[NoteMark] = []
        self._weights = {"all": 0, "bold": 0, "italic": 0, "caps": 0}
        self._sizes: Counter[float] = Counter()
        self.contents = False

    def add(self, text: str, look: RunFormat) -> None:
        """Add visible text that looks so."""
        if self._typed_notes and look.raised:
            before = self._raised[0] if self._raised else ""
            self._raised = (before + text, look)
            return
        self._settle()
        self._append(text, look)

    def _settle(self) -> None:
        """Decide about the raised text that came last: marks, or text after all."""
        if self._raised is None:
            return
        (text, look), self._raised = self._raised, None
        if self._closing and text.strip():
            text = text.lstrip().removeprefix(")").removeprefix("]")
            self._closing = False
        marks = typed_notes.parts(text) if len(self._marks) < _MOST_MARKS else []
        for mark in marks:
            self._marks.append(NoteMark(offset=self._length, key=typed_notes.PREFIX + mark))
        self._append(text if not marks else " " * (text != text.rstrip()), look)

    def _append(self, text: str, look: RunFormat) -> None:
        self._pieces.append(text)
        self._length += len(text)
        weight = len(text) - text.count(" ") - text.count("\t")
        self._weights["all"] += weight
        self._weights["bold"] += weight * look.bold
        self._weights["italic"] += weight * look.italic
        self._weights["caps"] += weight * look.caps
        if look.size and weight:
            self._sizes[look.size] += weight

    def mark(self, key: str) -> None:
        """Add a note mark at this point; raised brackets around it belong to it."""
        if self._raised and self._raised[0].strip() in ("(", "["):
            opening, look = self._raised
            self._raised = (opening.strip("([ "), look)
            self._closing = True
        self._settle()
        self._marks.append(NoteMark(offset=self._length, key=key))

    @property
    def _whole(self) -> str:
        self._settle()
        return "".join(self._pieces)

    @property
    def text(self) -> str:
        """The text without what stands before and after it."""
        return self._whole.strip(_EDGE)

    @property
    def indent(self) -> int:
        """How many tabs stand before the text."""
        whole = self._whole
        return whole[: len(whole) - len(whole.lstrip(_EDGE))].count("\t")

    @property
    def marks(self) -> tuple[NoteMark, ...]:
        """The note marks, their offsets counted in ``text``."""
        whole = self._whole
        cut = len(whole) - len(whole.lstrip(_EDGE))
        end = len(self.text)
        return tuple(
            NoteMark(offset=min(max(mark.offset - cut, 0), end), key=mark.key)
            for mark in self._marks
        )

    def wholly(self, quality: str) -> bool | None:
        """Whether all of the text is "bold", "italic" or "caps"; None without text."""
        if not self._weights["all"]:
            return None
        return self._weights[quality] == self._weights["all"]

    @property
    def upper(self) -> bool | None:
        """Whether the text shows in capitals."""
        if not any(letter.isalpha() for letter in self.text):
            return None
        return self.text.isupper() or bool(self.wholly("caps"))

    @property
    def size(self) -> float | None:
        """The size of most of the text, in points."""
        if not self._sizes:
            return None
        return max(self._sizes.items(), key=lambda pair: (pair[1], pair[0]))[0]
