"""Walk a web page and deliver its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from treatybody.blocks import Block, Cell, Note
from treatybody.readers import rows
from treatybody.readers.hypertext import notes
from treatybody.readers.hypertext.lists import ListNumbers
from treatybody.readers.wordml.content import Content
from treatybody.readers.wordml.styles import RunFormat

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = frozenset(
    {
        "script", "style", "head", "template", "noscript", "iframe", "object", "svg", "canvas",
        "audio", "video", "select", "textarea", "input", "datalist", "rp", "rt", "del", "s",
    }
)  # fmt: skip
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em",
        "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "samp", "small", "span",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
    }
)  # fmt: skip
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_CENTRE = re.compile(r"text-align\s*:\s*center", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADING = re.compile(r"h[1-6]\Z")
_PLAIN = RunFormat(False, False, False, False, None, False, None)


class Page:
    """One web page.

    Arguments:
        root: its ``html`` element.
    """

    def __init__(self, root: HtmlElement) -> None:
        self._root = root
        self._notes = notes.find(root)
        self._bodies = {note.body for note in self._notes.values()}
        self._content = Content()
        self._gap = False  # a space is due before the next word
        self._begun = False  # the line has words already
        self._owner: HtmlElement = root
        self._label: str | None = None
        self._depth = 0
        self._table = 0

    def blocks(self) -> list[Block]:
        """The page's blocks in order."""
        body = self._root.find("body")
        blocks = list(self._walk(self._root if body is None else body, _PLAIN))
        return blocks + list(self._flush())

    def notes(self) -> dict[str, Note]:
        """The page's notes by key."""
        return {
            note.key: Note(
                key=note.key, source_mark=note.mark, mark=note.mark, text=notes.text(note)
            )
            for note in self._notes.values()
        }

    def _walk(self, element: HtmlElement, look: RunFormat) -> Iterator[Block]:
        """What stands inside an element, and not the text behind it."""
        self._text(element.text, look)
        for child in element:
            if isinstance(child.tag, str) and not self._is_unseen(child):
                yield from self._enter(child, look)
            self._text(child.tail, look)

    def _enter(self, element: HtmlElement, look: RunFormat) -> Iterator[Block]:
        if element in self._notes:
            self._content.mark(self._notes[element].key)
        elif element.tag == "br":
            self._break(look)
        elif element.tag in _INLINE:
            yield from self._walk(element, _inline_look(element, look))
        elif element.tag == "table":
            yield from self._flush()
            yield from self._rows(element)
        else:
            yield from self._block_element(element, look)

    def _block_element(self, element: HtmlElement, look: RunFormat) -> Iterator[Block]:
        yield from self._flush()
        before = self._owner
        self._owner = element
        if element.tag in ("ol", "ul"):
            yield from self._list(element, look)
        else:
            yield from self._walk(element, look)
        yield from self._flush()
        self._owner = before

    def _list(self, element: HtmlElement, look: RunFormat) -> Iterator[Block]:
        numbers = ListNumbers(element)
        self._depth += 1
        for item in element:
            if item.tag == "li" and not self._is_unseen(item):
                self._label = numbers.label(item)
                yield from self._block_element(item, look)
                self._label = None
            elif isinstance(item.tag, str) and not self._is_unseen(item):
                yield from self._enter(item, look)
        self._depth -= 1

    def _rows(self, table: HtmlElement) -> Iterator[Block]:
        self._table += 1
        mine = self._table
        for place, row in enumerate(_own_rows(table), start=1):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            parts = [self._inside(cell) for cell in cells if not self._is_unseen(cell)]
            header = all(cell.tag == "th" for cell in cells) or row.getparent().tag == "thead"
            block = _row(parts, mine, place, header)
            if block.text.strip():
                yield block
            yield from (inner for part in parts for inner in part if inner.cell)

    def _inside(self, cell: HtmlElement) -> list[Block]:
        return [*self._walk(cell, _PLAIN), *self._flush()]

    def _text(self, text: str | None, look: RunFormat) -> None:
        if not text:
            return
        if self._is_pre():
            self._content.add(text, look)
            return
        words = _SPACE.sub(" ", text)
        if words.startswith(" ") or self._gap:
            self._gap = self._begun
        if words.strip(" "):
            self._content.add(" " * self._gap + words.strip(" "), look)
            self._gap, self._begun = words.endswith(" "), True

    def _break(self, look: RunFormat) -> None:
        """A line break; spaces before and after it don't show."""
        self._content.add("\n", look)
        self._gap = self._begun = False

    def _is_pre(self) -> bool:
        return str(self._owner.tag) == "pre"

    def _is_unseen(self, element: HtmlElement) -> bool:
        if element.tag in _UNSEEN or element.get("hidden") is not None:
            return True
        return element in self._bodies or bool(_HIDING.search(element.get("style") or ""))

    def _flush(self) -> Iterator[Block]:
        content, self._content = self._content, Content()
        self._gap = self._begun = False
        if not content.text and not content.marks:
            return
        label, self._label = self._label, None
        yield Block(
            text=content.text,
            label=label,
            label_source="automatic" if label else None,
            level=self._depth - 1 if label else None,
            style=self._owner.tag,
            outline=int(self._owner.tag[1]) if _HEADING.match(self._owner.tag) else None,
            bold=content.wholly("bold"),
            italic=content.wholly("italic"),
            centred=_centred(self._owner),
            upper=content.upper,
            marks=content.marks,
            line=self._owner.sourceline,
        )


def _inline_look(element: HtmlElement, look: RunFormat) -> RunFormat:
    return look._replace(
        bold=look.bold or element.tag in ("b", "strong"),
        italic=look.italic or element.tag in ("i", "em", "cite"),
    )


def _centred(element: HtmlElement) -> bool:
    aligned = (element.get("align") or "").lower() == "center"
    return aligned or element.tag == "center" or bool(_CENTRE.search(element.get("style") or ""))


def _own_rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _row(parts: list[list[Block]], table: int, place: int, header: bool) -> Block:
    text, spans, marks = rows.join(parts)
    header = header and bool(parts)
    return Block(
        text=text, marks=marks, cell=Cell(table=table, row=place, header=header, spans=spans)
    )
