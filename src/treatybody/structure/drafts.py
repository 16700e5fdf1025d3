"""A paragraph while it is being put together: its lines, then its text and sub-paragraphs.

>>> from treatybody.structure.labels import read
>>> draft = Draft(kind="paragraph", lines=[Line(Marked("Please explain:"))])
>>> draft.lines.append(Line(Marked("Bills;"), read("(a) ")[0]))
>>> draft.text().text, draft.subparagraphs()[0].start
('Please explain:\\n(a) Bills;', 16)
"""

from __future__ import annotations

from dataclasses import dataclass, field

from treatybody.blocks import NoteMark
from treatybody.model import Kind, Speaker, Subparagraph
from treatybody.structure import subparagraphs, wording
from treatybody.structure.items import Item
from treatybody.structure.labels import Label
from treatybody.structure.marked import Marked, join

_ENDS = (".", ";", ":", "?", "!", "”", '"', "»")


@dataclass(slots=True)
class Line:
    """A line of a paragraph; ``depth`` is how far it is indented, in tabs or points."""

    text: Marked
    label: Label | None = None
    depth: float | None = None

    @property
    def is_part(self) -> bool:
        """Whether its label makes it a sub-paragraph (a bullet does not)."""
        return self.label is not None and self.label.form != "bullet"

    def printed(self) -> Marked:
        """The line with its label and one space."""
        if self.label is None:
            return self.text
        return join([Marked(self.label.printed), self.text], " " if self.text.text else "")


@dataclass(slots=True)
class Draft:
    """A record to be: see ``model.Paragraph``.

    ``annex`` names the annex, ``part`` the run of numbers; ``marks`` are the keys of notes whose
    mark stands in the heading over the paragraph or in the masthead: they are put at offset 0.
    """

    kind: Kind
    number: str | None = None
    section: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    item: Item | None = None
    annex: str | None = None
    part: int = 0
    fault: str | None = None
    speaker: Speaker | None = None

    def text(self) -> Marked:
        """The whole text, sub-paragraphs on lines of their own."""
        text = join([line.printed() for line in self.lines], "\n")
        return Marked(text.text, (*(NoteMark(0, key) for key in self.marks), *text.marks))

    def go_on(self, line: Line) -> None:
        """Add a line; one that goes on with the sentence before it is joined to that."""
        last = self.lines[-1] if self.lines else None
        broken = last and line.label is None and _is_broken(last.text.text, line.text.text)
        if last and (broken or self._is_run_in(line)):
            last.text = join([last.text, line.printed()], " ")
        else:
            self.lines.append(line)

    def _is_run_in(self, line: Line) -> bool:
        """Whether "(b)" only stands at a line's beginning: its "(a)" runs in the text before."""
        before = subparagraphs.before(line.label) if line.label and line.is_part else ()
        printed = {one.label.printed for one in self.lines if one.label}
        if not before or printed & {*before, line.label.printed if line.label else ""}:
            return False
        return any(f"{label} " in self.lines[-1].text.text for label in before)

    def subparagraphs(self) -> list[Subparagraph]:
        """The labelled parts; each reaches over its own parts, up to the next of its level."""
        spans = self._spans()
        parts = [place for place, line in enumerate(self.lines) if line.is_part]
        found = [self.lines[place].label for place in parts]
        depths = [self.lines[place].depth for place in parts]
        known = subparagraphs.levels([label for label in found if label], depths)
        return [
            Subparagraph(
                label=label.printed,
                start=spans[place][0],
                end=spans[self._last_line(place, number, parts, known)][1],
                level=known[number],
            )
            for number, (place, label) in enumerate(zip(parts, found, strict=True))
            if label
        ]

    def _spans(self) -> list[tuple[int, int]]:
        spans, start = [], 0
        for line in self.lines:
            end = start + len(line.printed().text)
            spans.append((start, end))
            start = end + 1
        return spans

    def _last_line(self, place: int, number: int, parts: list[int], known: list[int]) -> int:
        """The last line that belongs to the part that opens at line ``place``."""
        last = place
        levels = dict(zip(parts, known, strict=True))
        for later in range(place + 1, len(self.lines)):
            if later in levels and levels[later] <= known[number]:
                break
            if later not in levels and not self._belongs(later, place):
                break
            last = later
        return last

    def _belongs(self, later: int, place: int) -> bool:
        """Whether an unlabelled line is still of the part: a bullet, or one as far in."""
        line, part = self.lines[later], self.lines[place]
        if line.depth is None or part.depth is None:
            return line.label is not None
        return line.depth >= part.depth - 0.5 if line.label else line.depth > part.depth + 0.5


def _is_broken(before: str, after: str) -> bool:
    """Whether a sentence runs from one block into the next."""
    goes_on = after[:1].islower() or after[:1].isdigit() or after.startswith("(")
    return goes_on and not wording.ends_sentence(before, _ENDS)
