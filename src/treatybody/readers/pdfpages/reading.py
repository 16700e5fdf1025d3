"""One PDF from open to Reading: pages, furniture, notes, contents, tables, paragraphs, checks."""

from __future__ import annotations

from pathlib import Path

from treatybody.blocks import Block, Reading
from treatybody.errors import DamagedFile, NoText
from treatybody.readers.pdfpages.blocks import Tied, block_of
from treatybody.readers.pdfpages.columns import in_reading_order
from treatybody.readers.pdfpages.contents import Contents
from treatybody.readers.pdfpages.furniture import Sheet, without_furniture
from treatybody.readers.pdfpages.hyphens import Words
from treatybody.readers.pdfpages.layout import Layout, body_size, measure
from treatybody.readers.pdfpages.lines import Line, lines_of
from treatybody.readers.pdfpages.masthead import masthead
from treatybody.readers.pdfpages.notes import divide, gather
from treatybody.readers.pdfpages.paragraphs import Draft, drafts
from treatybody.readers.pdfpages.runs import Page


def read_file(path: Path, engine: str) -> Reading:
    """Read one file; see `treatybody.readers.pdf.read`."""
    from treatybody.readers.pdfpages.pdfium_engine import PdfiumFile

    file = PdfiumFile(path)
    try:
        pages = [page for n in range(1, len(file) + 1) if (page := file.page(n))]
        properties, count = file.properties(), len(file)
    finally:
        file.close()
    if not pages:
        raise DamagedFile(f"{path.name} has no page that can be read; get the file again")
    if not any(page.runs for page in pages):
        raise NoText(
            f"{path.name} holds pictures of pages and no text; "
            f"run `ocrmypdf {path.name} with-text.pdf` and use its result"
        )
    blocks, tied = assemble(pages)
    return Reading(
        reader="pdf/pdfium",
        reader_version="1",
        blocks=blocks,
        notes=tied.notes,
        properties=properties,
        pages=count,
    )


def assemble(pages: list[Page]) -> tuple[list[Block], Tied]:
    """The blocks and notes of a document's pages.

    Arguments:
        pages: as the engines read them, in order.
    """
    sheets: list[Sheet] = [(page, lines_of(page)) for page in pages]
    lines = without_furniture(sheets)
    size = body_size(lines)
    head, lines[0] = masthead(pages[0], lines[0])
    bodies, feet = _divide(pages, lines, size)
    words = Words([line.text for body in bodies for line in body])
    tied = Tied(gather(feet), words)
    layout = measure(bodies, size)
    found = drafts(head[0], layout, "masthead")
    found += [Draft([line], "masthead") for line in head[1]]
    found += _body(bodies, layout)
    blocks = [block_of(draft, layout, tied, words) for draft in found]
    return [block for block in blocks if block], tied


def _divide(
    pages: list[Page], lines: list[list[Line]], size: float
) -> tuple[list[list[Line]], list[tuple[int, list[Line]]]]:
    bodies, feet = [], []
    for page, own in zip(pages, lines, strict=True):
        body, foot = divide(page, own, size)
        bodies.append(in_reading_order(page, body))
        feet.append((page.number, foot))
    return bodies, feet


def _body(bodies: list[list[Line]], layout: Layout) -> list[Draft]:
    """Drafts of all pages' body lines; tables of contents apart."""
    contents = Contents()
    found: list[Draft] = []
    open_lines: list[Line] = []
    for lines in bodies:
        start, end = contents.count(lines)
        open_lines += lines[:start] if end else lines
        if end:
            found += drafts(open_lines, layout)
            found += drafts(lines[start:end], layout, "contents")
            open_lines = lines[end:]
    return found + drafts(open_lines, layout)
