"""PDF files: PDFium for every day, pdfminer.six as the second reader.

Both engines deliver positioned runs; one shared stage (`pdfpages`) makes blocks of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from treatybody.blocks import Reading

NAME = "pdf"
VERSION = "1"
SUFFIXES = (".pdf",)

Engine = Literal["pdfium", "pdfminer"]


def read(path: Path, engine: Engine = "pdfium") -> Reading:
    """Read a PDF.

    Arguments:
        path: the file.
        engine: "pdfium" (fast; pdfminer reads the first page and doubtful pages once more and
            differences become warnings) or "pdfminer" (every page).

    Raises:
        EncryptedFile: a password stands before the text.
        DamagedFile: it is cut off, corrupt or no PDF.
        NoText: it holds pictures of pages only.
    """
    from treatybody.readers.pdfpages.reading import read_file

    return read_file(path, engine)
