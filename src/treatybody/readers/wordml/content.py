"""The visible content of one paragraph while it is being gathered."""

from __future__ import annotations

from collections import Counter

from treatybody.blocks import NoteMark
from treatybody.readers.wordml.styles import RunFormat

_EDGE = " \t\n\u00a0"


class Content:
    """Text, note marks and look of one paragraph; runs are added in reading order."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[NoteMark] = []
        self._weights = {"all": 0, "bold": 0, "italic": 0, "caps": 0}
        self._sizes: Counter[float] = Counter()
        self.contents = False

    def add(self, text: str, look: RunFormat) -> None:
        """Add visible text that looks so."""
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
        """Add a note mark at this point."""
        self._marks.append(NoteMark(offset=self._length, key=key))

    @property
    def text(self) -> str:
        """The text without what stands before and after it."""
        return "".join(self._pieces).strip(_EDGE)

    @property
    def indent(self) -> int:
        """How many tabs stand before the text."""
        whole = "".join(self._pieces)
        return whole[: len(whole) - len(whole.lstrip(_EDGE))].count("\t")

    @property
    def marks(self) -> tuple[NoteMark, ...]:
        """The note marks, their offsets counted in ``text``."""
        whole = "".join(self._pieces)
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
