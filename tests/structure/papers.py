"""Documents of a few blocks, made for a test and read by the structure stage."""

from __future__ import annotations

from treatybody import structure
from treatybody.blocks import Block, Cell, Note, Reading
from treatybody.model import Paragraph, Source
from treatybody.structure import Structured

SENTENCE = "The Committee notes with concern the lack of information on measures taken."


def source(file: str = "a.docx") -> Source:
    return Source(file=file, sha256="", reader="test", reader_version="1", also=[])


def made(*blocks: Block | str, notes: dict[str, Note] | None = None) -> Structured:
    found = [block if isinstance(block, Block) else Block(text=block) for block in blocks]
    reading = Reading(reader="test", reader_version="1", blocks=found, notes=notes or {})
    [one] = structure.documents(reading, source())
    return one


def addresses(one: Structured) -> list[str]:
    return [p.id.split("#")[1] for p in one.paragraphs]


def row(text: str, table: int, number: int) -> Block:
    cells, start = [], 0
    for cell in text.split("\t"):
        cells.append((start, start + len(cell)))
        start += len(cell) + 1
    return Block(
        text=text, cell=Cell(table=table, row=number, header=number == 1, spans=tuple(cells))
    )


def only(one: Structured, address: str) -> Paragraph:
    [found] = [p for p in one.paragraphs if p.id.endswith(f"#{address}")]
    return found
