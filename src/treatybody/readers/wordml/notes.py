"""Footnotes and endnotes: the mark that each shows, in the order of the text.

Word counts a mark when it meets the reference; a custom mark is typed and not counted. The format
and the restart are set for the document and may be set for a section (§17.11.11, §17.11.17-20).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from treatybody.readers.wordml.names import W, child, number, value
from treatybody.readers.wordml.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEFAULT_FORM = {"footnote": "decimal", "endnote": "lowerRoman"}
_EDGES = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class Scheme(NamedTuple):
    """How the notes of one kind are numbered in one section."""

    form: str
    start: int
    restart: str


class Reference(NamedTuple):
    """A note that the text refers to; ``mark`` None where only the page layout decides it."""

    key: str
    mark: str | None
    running: int
    typed: bool


class NoteCounter:
    """Gives each reference its mark.

    Arguments:
        settings: root of ``settings.xml`` or None.
        sections: the ``w:sectPr`` of each section, in order.
    """

    def __init__(self, settings: _Element | None, sections: list[_Element]) -> None:
        self._settings = settings
        self._sections = sections
        self._section = 0
        self._next: dict[str, int] = {}
        self._running = 0
        self.references: dict[str, Reference] = {}

    def next_section(self) -> None:
        """A section has ended."""
        self._section += 1
        for kind in _DEFAULT_FORM:
            if self._scheme(kind).restart == "eachSect":
                self._next.pop(kind, None)

    def _scheme(self, kind: str) -> Scheme:
        here = self._sections[self._section] if self._section < len(self._sections) else None
        layers = [child(here, kind + "Pr"), child(self._settings, kind + "Pr")]
        return Scheme(
            form=_said(layers, "numFmt") or _DEFAULT_FORM[kind],
            start=number(_said(layers, "numStart")) or 1,
            restart=_said(layers, "numRestart") or "continuous",
        )

    def refer(self, kind: str, note: str, custom: str | None) -> str:
        """Count a reference and return the note's key.

        Arguments:
            kind: "footnote" or "endnote".
            note: the note's id in its part.
            custom: the typed mark, None when Word numbers it.
        """
        key = f"{kind}:{note}"
        self._running += 1
        mark = custom if custom is not None else self._automatic(kind)
        self.references.setdefault(key, Reference(key, mark, self._running, custom is not None))
        return key

    def _automatic(self, kind: str) -> str | None:
        scheme = self._scheme(kind)
        count = self._next.get(kind, scheme.start)
        self._next[kind] = count + 1
        return None if scheme.restart == "eachPage" else numeral(count, scheme.form)


def bodies(root: _Element | None, kind: str) -> dict[str, _Element]:
    """The notes of one part by key, without the lines that separate notes from text."""
    notes = [] if root is None else root.findall(W + kind)
    return {
        f"{kind}:{note.get(W + 'id')}": note for note in notes if note.get(W + "type") not in _EDGES
    }


def _said(layers: list[_Element | None], name: str) -> str | None:
    return next((text for text in (value(layer, name) for layer in layers) if text), None)
