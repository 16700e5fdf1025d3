"""From blocks to records: the document's facts and its paragraphs, whatever format they had.

>>> from treatybody.blocks import Block, Reading
>>> from treatybody.model import Source
>>> blocks = [Block(text="1.\\tThe Committee met.")]
>>> reading = Reading(reader="text", reader_version="1", blocks=blocks)
>>> source = Source(file="a.txt", sha256="", reader="text", reader_version="1", also=[])
>>> made = documents(reading, source)[0]
>>> made.paragraphs[0].id, made.paragraphs[0].text
('file:a#1', 'The Committee met.')
"""

from __future__ import annotations

from treatybody.blocks import Reading
from treatybody.model import Source
from treatybody.structure.assemble import Structured, assemble
from treatybody.structure.facts import Stated

__all__ = ["Stated", "Structured", "documents"]


def documents(reading: Reading, source: Source, stated: Stated | None = None) -> list[Structured]:
    """The documents of one file, each with its paragraphs and with what should be known of it.

    Arguments:
        reading: what the reader found.
        source: the file, for the document record; notices name ``source.file``.
        stated: what the manifest says of the file.

    Never raises, whatever the text is. A file has several documents when it has several
    mastheads.
    """
    return assemble(reading, source, stated)
