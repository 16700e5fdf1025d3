"""Read one paragraph: every run that is shown, wherever Word has wrapped it.

python-docx's own paragraph text leaves out insertions, content controls, smart tags and simple
fields. Here whatever is not known to be hidden is walked through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from treatybody.readers.wordml import fonts
from treatybody.readers.wordml.content import Content
from treatybody.readers.wordml.fields import Fields, is_silent, simple_kind
from treatybody.readers.wordml.names import MC, M, W, child, flag
from treatybody.readers.wordml.notes import NoteCounter
from treatybody.readers.wordml.styles import RunFormat, StyleSheet

if TYPE_CHECKING:
    from lxml.etree import _Element

# What holds no visible text of this paragraph, whatever stands inside.
_SKIPPED = frozenset(
    W + name
    for name in (
        "del", "moveFrom", "pPr", "rPr", "tblPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr",
        "delText", "delInstrText", "fldData", "rt", "rubyPr", "proofErr", "annotationRef",
        "commentReference", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
        "pgNum", "control",
    )
) | {M + "ctrlPr", M + "rPr"}  # fmt: skip
# What Choice branches may require so that this reader understands them.
_UNDERSTOOD = frozenset({"wps", "wpg", "wpc", "w14", "w15", "w16", "wp14", "wpi", "v", "a14"})
_CONSTANTS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_BOOKMARKED = 8  # runs that a note's bookmark may hold
# Embedding controls, which Word writes as text at the end of ``w:dir``.
_DIRECTIONS = re.compile("[\u202a-\u202e]")
BOX = W + "txbxContent"


class RunReader:
    """Reads the runs of one story (body, header, or one note).

    Arguments:
        root: of the story.
        styles: the package's styles.
        notes: counts note references; None where no notes can be.
        running: whether the story is a header or footer, whose page numbers are dropped.
    """

    def __init__(
        self, root: _Element, styles: StyleSheet, notes: NoteCounter | None, running: bool = False
    ) -> None:
        self._styles = styles
        self._notes = notes
        self._fields = Fields(root)
        self._dropped = _PAGE_FIELDS if running else frozenset()
        self._bookmarks = _note_bookmarks(root)
        self._custom = ""
        self._style: str | None = None
        self._inline: dict[str, Callable[[_Element, RunFormat, Content], None]] = {
            W + "t": self._text,
            W + "sym": self._symbol,
            W + "fldChar": self._field_mark,
            W + "instrText": self._instruction,
            W + "footnoteReference": self._reference,
            W + "endnoteReference": self._reference,
        }

    @property
    def uncomputed(self) -> set[str]:
        """Kinds of fields that show a number which the file does not hold."""
        return self._fields.uncomputed

    def read(self, paragraph: _Element, content: Content) -> list[_Element]:
        """Add a paragraph's visible text to ``content`` and return its text boxes."""
        self._style = self._styles.paragraph_style(child(paragraph, "pPr"))
        boxes: list[_Element] = []
        for run in self._visible(paragraph, boxes):
            if run.tag == W + "r":
                self._run(run, content, boxes)
            elif run.tag == M + "t" and self._fields.shown:
                content.add(run.text or "", self._styles.run_format(self._style, None))
        content.contents = content.contents or self._fields.inside("TOC") is not None
        return boxes

    def _visible(self, parent: _Element, boxes: list[_Element]) -> Iterator[_Element]:
        """The runs below ``parent`` in order, through every wrapper."""
        for element in parent:
            tag = element.tag
            if tag in (W + "r", M + "t"):
                yield element
            elif tag == BOX:
                boxes.append(element)
            elif tag == MC + "AlternateContent":
                yield from self._visible(chosen(element), boxes)
            elif tag not in _SKIPPED and isinstance(tag, str) and not self._is_silent(element):
                yield from self._visible(element, boxes)

    def _is_silent(self, element: _Element) -> bool:
        if element.tag != W + "fldSimple":
            return False
        kind = simple_kind(element)
        return is_silent(kind) or kind in self._dropped

    def _run(self, run: _Element, content: Content, boxes: list[_Element]) -> None:
        look = self._styles.run_format(self._style, child(run, "rPr"))
        self._pieces(run, look, content, boxes)

    def _pieces(
        self, parent: _Element, look: RunFormat, content: Content, boxes: list[_Element]
    ) -> None:
        for piece in parent:
            tag = piece.tag
            if tag in self._inline:
                self._inline[tag](piece, look, content)
            elif tag in _CONSTANTS:
                self._show(_CONSTANTS[tag], look, content)
            elif tag == BOX:
                boxes.append(piece)
            elif tag == MC + "AlternateContent":
                self._pieces(chosen(piece), look, content, boxes)
            elif tag == W + "r":
                self._run(piece, content, boxes)
            elif tag not in _SKIPPED and isinstance(tag, str):
                self._pieces(piece, look, content, boxes)

    def _shown(self, look: RunFormat) -> bool:
        if look.hidden or not self._fields.shown:
            return False
        return not self._dropped or self._fields.inside(*self._dropped) is None

    def _show(self, text: str, look: RunFormat, content: Content) -> None:
        if text and self._shown(look):
            content.contents = content.contents or self._fields.inside("TOC") is not None
            content.add(text, look)

    def _text(self, piece: _Element, look: RunFormat, content: Content) -> None:
        text = _DIRECTIONS.sub("", fonts.readable(piece.text or "", look.font))
        if self._custom:
            text = self._after_custom_mark(text)
        key = self._cross_reference(look)
        if key and text.strip():
            content.mark(key)
        else:
            self._show(text, look, content)

    def _after_custom_mark(self, text: str) -> str:
        """The mark that a note reference announced is no text."""
        mark, self._custom = self._custom, ""
        return text.replace(mark, "", 1)

    def _cross_reference(self, look: RunFormat) -> str | None:
        """The note whose mark a raised NOTEREF field repeats."""
        code = self._fields.inside("NOTEREF")
        if not code or not self._shown(look) or not (look.raised or "\\f" in code):
            return None
        words = code.split()
        return self._bookmarks.get(words[1]) if len(words) > 1 else None

    def _symbol(self, piece: _Element, look: RunFormat, content: Content) -> None:
        try:
            code = int(piece.get(W + "char") or "", 16)
        except ValueError:
            return
        text = fonts.character(piece.get(W + "font"), code)
        self._show(self._after_custom_mark(text) if self._custom else text, look, content)

    def _field_mark(self, piece: _Element, look: RunFormat, content: Content) -> None:
        self._fields.mark(piece)

    def _instruction(self, piece: _Element, look: RunFormat, content: Content) -> None:
        self._fields.instruction(piece.text or "")

    def _reference(self, piece: _Element, look: RunFormat, content: Content) -> None:
        if self._notes is None or not self._shown(look):
            return
        custom = _custom_mark(piece) if flag_of(piece, "customMarkFollows") else None
        self._custom = custom or ""
        content.mark(self._notes.refer(_NOTES[str(piece.tag)], piece.get(W + "id") or "", custom))


def chosen(alternate: _Element) -> _Element:
    """The branch of an ``mc:AlternateContent`` to read: the first one understood (Part 3, 9.3)."""
    for branch in alternate.findall(MC + "Choice"):
        if set((branch.get("Requires") or "").split()) <= _UNDERSTOOD:
            return branch
    fallback = alternate.find(MC + "Fallback")
    return alternate.makeelement(W + "nothing") if fallback is None else fallback


def flag_of(element: _Element, name: str) -> bool:
    """An on/off attribute."""
    return (element.get(W + name) or "0").lower() in {"1", "true", "on"}


def mark_gone(properties: _Element | None) -> bool:
    """Whether a paragraph's end is deleted or hidden, so that it runs into the next one.

    A style separator (``specVanish``) is no such end: it keeps heading and text apart.
    """
    mark = child(properties, "rPr")
    if mark is None:
        return False
    if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
        return True
    return bool(flag(mark, "vanish")) and not flag(mark, "specVanish")


def _custom_mark(reference: _Element) -> str:
    """The typed mark after a reference: the rest of its run, else the run that follows."""
    own = "".join(_mark_text(piece) for piece in reference.itersiblings())
    if own.strip():
        return own.strip()
    run = reference.getparent()
    following = None if run is None else run.getnext()
    if following is None or following.tag != W + "r":
        return ""
    return "".join(_mark_text(piece) for piece in following).strip()


def _mark_text(piece: _Element) -> str:
    if piece.tag == W + "t":
        return piece.text or ""
    if piece.tag == W + "sym":
        try:
            return fonts.character(piece.get(W + "font"), int(piece.get(W + "char") or "", 16))
        except ValueError:
            return ""
    return ""


def _note_bookmarks(root: _Element) -> dict[str, str]:
    """Bookmarks that stand around a note reference, with the note's key."""
    found: dict[str, str] = {}
    for bookmark in root.iter(W + "bookmarkStart"):
        for element in islice(bookmark.itersiblings(), _BOOKMARKED):
            if element.tag == W + "bookmarkEnd":
                break
            for tag, kind in _NOTES.items():
                for reference in element.iter(tag):
                    name = bookmark.get(W + "name") or ""
                    found.setdefault(name, f"{kind}:{reference.get(W + 'id')}")
    return found
