"""One Word file as a whole: first-page header, body, first-page footer, and the notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from treatybody.blocks import Block, Note
from treatybody.errors import DamagedFile
from treatybody.readers.wordml import typed_notes
from treatybody.readers.wordml.names import R, W, child, flag
from treatybody.readers.wordml.notes import NoteCounter, Reference, bodies
from treatybody.readers.wordml.numbering import Numbering
from treatybody.readers.wordml.package import WordPackage
from treatybody.readers.wordml.story import Region, Story, sections
from treatybody.readers.wordml.styles import StyleSheet

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS = ("footnote", "endnote")


class Document:
    """Everything that a Word file shows.

    Arguments:
        path: the file.

    Raises:
        ReadError: the package can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self._package = WordPackage(path)
        body = child(self._package.main.element, "body")
        if body is None:
            raise DamagedFile(f"{path.name} has no document body; save it again from Word")
        self._body = body
        self._styles = StyleSheet(self._package.part("styles"))
        self._numbering = Numbering(self._package.part("numbering"), self._styles)
        self._settings = self._package.part("settings")
        self._sections = sections(body)
        self._counter = NoteCounter(self._settings, self._sections)
        self._typed_notes: dict[str, Note] = {}
        self.properties = self._package.properties

    @property
    def warnings(self) -> list[str]:
        """What could not be read as Word shows it."""
        forms = sorted(self._numbering.unknown_forms)
        return self._package.warnings + [
            f"numbers of the format {form} are given in figures" for form in forms
        ]

    def blocks(self) -> list[Block]:
        """First-page header, body and first-page footer."""
        story = Story(self._body, self._styles, self._numbering, self._counter)
        body, self._typed_notes = typed_notes.tie(list(story.blocks()))
        for kind in sorted(story.uncomputed):
            self._package.warnings.append(f"numbers made by {kind} fields are missing")
        return [*self._edge("header"), *body, *self._edge("footer")]

    def _edge(self, region: Region) -> Iterator[Block]:
        root = self._package.by_id(self._first_page(region))
        if root is not None:
            story = Story(root, self._styles, self._numbering, None, region)
            yield from story.blocks()

    def _first_page(self, region: Region) -> str | None:
        """The relationship of the header or footer that page one shows (§17.10.6)."""
        first = self._sections[0] if self._sections else None
        if first is None:
            return None
        wanted = "first" if flag(first, "titlePg") else "default"
        for reference in first.findall(f"{W}{region}Reference"):
            if reference.get(W + "type", "default") == wanted:
                return reference.get(R + "id")
        return None

    def notes(self) -> dict[str, Note]:
        """The notes that the body refers to; call it after ``blocks``."""
        found: dict[str, _Element] = {}
        for kind in _KINDS:
            found |= bodies(self._package.part(kind + "s"), kind)
        references = self._counter.references.values()
        automatic = {
            reference.key: self._note(reference, found.get(reference.key))
            for reference in references
        }
        return automatic | self._typed_notes

    def _note(self, reference: Reference, body: _Element | None) -> Note:
        if body is None:
            self._package.warnings.append(f"the text of note {reference.mark} is missing")
        text = "" if body is None else self._note_text(body)
        if reference.typed and reference.mark and text.startswith(reference.mark):
            text = text[len(reference.mark) :].lstrip()
        return Note(
            key=reference.key,
            source_mark=reference.mark or str(reference.running),
            mark=reference.mark,
            text=text,
        )

    def _note_text(self, body: _Element) -> str:
        story = Story(body, self._styles, self._numbering, None)
        lines = (f"{b.label} {b.text}" if b.label else b.text for b in story.blocks())
        return "\n".join(lines).strip()
