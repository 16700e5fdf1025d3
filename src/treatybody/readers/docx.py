"""Word files (.docx and its kin), as Word shows them.

python-docx opens the package, its parts and its styles; the text is walked in the XML itself
(``wordml``), since python-docx's own paragraph text leaves out tracked insertions, content
controls, smart tags, simple fields, automatic numbers and notes.
"""

from __future__ import annotations

from pathlib import Path

from treatybody.blocks import Reading
from treatybody.errors import DamagedFile, NoText, ReadError, RefusedFile

NAME = "docx"
VERSION = "1"
SUFFIXES = (".docx", ".docm", ".dotx")


def read(path: Path) -> Reading:
    """Read a Word file.

    Raises:
        EncryptedFile: a password stands before the text.
        RefusedFile: the package is unsafe to unpack.
        NoText: it holds no text at all.
        DamagedFile: whatever else keeps Word from opening it.
    """
    try:
        return _read(path)
    except ReadError:
        raise
    except RecursionError:
        raise RefusedFile(f"{path.name} is nested too deep to be a document") from None
    except MemoryError:
        raise RefusedFile(f"{path.name} needs more memory than a document may") from None
    except Exception as error:
        # A broken package can fail anywhere in three libraries; the file is at fault, and alone.
        kind = type(error).__name__
        raise DamagedFile(
            f"{path.name} breaks the rules of Word files ({kind}: {error}); save it again from Word"
        ) from error


def _read(path: Path) -> Reading:
    from treatybody.readers.wordml.document import Document

    document = Document(path)
    blocks = document.blocks()
    notes = document.notes()
    if not any(block.text for block in blocks):
        raise NoText(f"{path.name} holds no text; if it holds pictures, run OCR on them first")
    return Reading(
        reader=NAME,
        reader_version=VERSION,
        blocks=blocks,
        notes=notes,
        properties=document.properties,
        warnings=[(None, warning) for warning in document.warnings],
    )
