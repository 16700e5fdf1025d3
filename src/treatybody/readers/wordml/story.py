"""Walk one story (body, header, footer, text box) in document order and deliver its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from treatybody.blocks import Block, Cell
from treatybody.readers import rows
from treatybody.readers.wordml import tables
from treatybody.readers.wordml.content import Content
from treatybody.readers.wordml.names import MC, W, child
from treatybody.readers.wordml.notes import NoteCounter
from treatybody.readers.wordml.numbering import Counters, Numbering
from treatybody.readers.wordml.runs import RunReader, chosen, mark_gone
from treatybody.readers.wordml.styles import StyleSheet

if TYPE_CHECKING:
    from lxml.etree import _Element

Region = Literal["body", "header", "footer", "masthead", "contents"]

_SKIPPED = frozenset({W + "del", W + "moveFrom", W + "sdtPr", W + "sdtEndPr", W + "customXmlPr"})
_PAGE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
LONGEST_SCRAP = 80  # characters
_CONTENTS_STYLE = re.compile(r"(toc|table of contents|table of figures) ?\d?\b", re.I)


def paragraphs_and_tables(parent: _Element) -> Iterator[_Element]:
    """The ``w:p`` and ``w:tbl`` below a body or cell, through every wrapper."""
    for element in parent:
        if element.tag in (W + "p", W + "tbl"):
            yield element
        elif element.tag == MC + "AlternateContent":
            yield from paragraphs_and_tables(chosen(element))
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            yield from paragraphs_and_tables(element)


def sections(body: _Element) -> list[_Element]:
    """The ``w:sectPr`` of each section; all but the last stand in a section's last paragraph."""
    found = [
        child(child(paragraph, "pPr"), "sectPr")
        for paragraph in paragraphs_and_tables(body)
        if paragraph.tag == W + "p"
    ]
    return [section for section in [*found, child(body, "sectPr")] if section is not None]


class Story:
    """Turns the paragraphs and tables of one story into blocks.

    Arguments:
        root: the element that holds them.
        styles, numbering: of the package.
        notes: counts note references; None where there can be none.
        region: where the blocks stand.
        table: the number of the last table before this story.
    """

    def __init__(
        self,
        root: _Element,
        styles: StyleSheet,
        numbering: Numbering,
        notes: NoteCounter | None,
        region: Region = "body",
        table: int = 0,
    ) -> None:
        self._root = root
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._region: Region = region
        self._counters = Counters()
        self._box_counters = Counters()
        self._runs = RunReader(root, styles, notes, running=region in ("header", "footer"))
        self.table = table

    @property
    def uncomputed(self) -> set[str]:
        """Kinds of fields met so far that show a number which the file does not hold."""
        return self._runs.uncomputed

    def blocks(self) -> Iterator[Block]:
        """All blocks of the story."""
        yield from self._blocks(self._root, self._counters)

    def _blocks(self, parent: _Element, counters: Counters) -> Iterator[Block]:
        carried: Content | None = None
        boxes: list[_Element] = []
        last: _Element | None = None
        for element in paragraphs_and_tables(parent):
            if element.tag == W + "p":
                content = carried or Content(typed_notes=self._notes is not None)
                boxes += self._runs.read(element, content)
                gone = mark_gone(child(element, "pPr"))
                carried, last = (content, element) if gone else (None, None)
                if not gone:
                    yield from self._paragraph(element, content, counters)
                self._end_section(element)
            if carried is not None and element.tag == W + "tbl":
                yield from self._left_over(last, carried, counters)
                carried = None
            if carried is None:
                yield from self._boxes(boxes)
                boxes = []
            if element.tag == W + "tbl":
                yield from self._table(element, counters)
        if carried is not None:
            yield from self._left_over(last, carried, counters)
        yield from self._boxes(boxes)

    def _left_over(
        self, paragraph: _Element | None, content: Content, counters: Counters
    ) -> Iterator[Block]:
        """Text whose paragraph end is deleted, and nothing follows to take it."""
        if paragraph is not None and content.text:
            yield from self._paragraph(paragraph, content, counters)

    def _end_section(self, paragraph: _Element) -> None:
        if self._notes is not None and child(child(paragraph, "pPr"), "sectPr") is not None:
            self._notes.next_section()

    def _boxes(self, boxes: list[_Element]) -> Iterator[Block]:
        for box in boxes:
            found = list(self._blocks(box, self._box_counters))
            if not _is_page_number(found):
                yield from [_one(found)] if _is_drawn(found) else found

    def _paragraph(
        self, paragraph: _Element, content: Content, counters: Counters
    ) -> Iterator[Block]:
        if not content.text and child(child(paragraph, "pPr"), "sectPr") is not None:
            return  # nothing but a section break: it shows no number and takes none
        block = self._block(paragraph, content, counters)
        if block.text or block.label or block.marks:
            yield block

    def _block(self, paragraph: _Element, content: Content, counters: Counters) -> Block:
        properties = child(paragraph, "pPr")
        reference = self._numbering.reference(properties)
        label = counters.label(*reference) if reference else None
        level = reference[0].levels.get(reference[1]) if reference else None
        style = self._styles.label(properties)
        return Block(
            text=content.text,
            label=label,
            label_source="automatic" if label else None,
            level=reference[1] if reference and label else None,
            indent=content.indent,
            left=self._styles.left(properties, level.properties if level else None),
            style=style,
            outline=self._styles.outline(properties),
            bold=content.wholly("bold"),
            italic=content.wholly("italic"),
            centred=self._styles.centred(properties),
            upper=content.upper,
            size=content.size,
            marks=content.marks,
            region=self._place(style, content),
        )

    def _place(self, style: str | None, content: Content) -> Region:
        listed = content.contents or bool(style and _CONTENTS_STYLE.match(style))
        return "contents" if listed and self._region == "body" else self._region

    def _table(self, table: _Element, counters: Counters) -> Iterator[Block]:
        found = tables.rows(table)
        if tables.is_frame(found):
            for row in found:
                yield from self._blocks(row.cells[0], counters)
            return
        self.table += 1
        mine = self.table
        for row in found:
            block, inner = self._row(row, mine, counters)
            if block.text or block.marks:
                yield block
            yield from inner

    def _row(self, row: tables.Row, table: int, counters: Counters) -> tuple[Block, list[Block]]:
        """One row as a block, and the blocks of tables inside it, which follow it."""
        cells: list[list[Block]] = [
            [] if tables.continues(cell) else list(self._blocks(cell, counters))
            for cell in row.cells
        ]
        inner = [block for blocks in cells for block in blocks if block.cell is not None]
        return _joined(cells, row, table, self._region), inner


def _is_page_number(box: list[Block]) -> bool:
    """Whether a text box holds a bare number: of a page, or of the slide that was pasted in."""
    return len(box) == 1 and bool(_PAGE_NUMBER.fullmatch(box[0].text))


def _is_drawn(box: list[Block]) -> bool:
    """Whether a text box is one of a drawing (an organization chart): centred scraps of text."""
    return bool(box) and all(
        block.centred
        and block.cell is None
        and not block.label
        and not block.outline
        and len(block.text) < LONGEST_SCRAP
        for block in box
    )


def _one(box: list[Block]) -> Block:
    """The paragraphs of a box as one block; none of them is a heading of what follows."""
    joined = rows.join([box])
    return Block(text=joined.text, marks=joined.marks, size=box[0].size, region=box[0].region)


def _joined(cells: list[list[Block]], row: tables.Row, table: int, region: Region) -> Block:
    joined = rows.join(cells)
    own = [block for blocks in cells for block in blocks if block.cell is None]
    filled = [block for block in own if block.text or block.label]
    return Block(
        text=joined.text if filled else "",
        bold=_all(filled, "bold"),
        italic=_all(filled, "italic"),
        size=max((block.size for block in filled if block.size), default=None),
        style=filled[0].style if len({block.style for block in filled}) == 1 else None,
        marks=joined.marks,
        cell=Cell(table=table, row=row.place, header=row.header, spans=joined.spans),
        region=region,
    )


def _all(blocks: list[Block], fact: str) -> bool | None:
    said = [getattr(block, fact) for block in blocks if block.text]
    return all(said) if said else None
