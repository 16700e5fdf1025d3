"""The whole way of one source file: read, structure, find references.

This runs in a worker process (``worker.py``); what it returns crosses a pipe as MessagePack.
"""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import msgspec

from treatybody import readers, references, structure
from treatybody.errors import ReadError
from treatybody.manifest import Entry
from treatybody.model import Document, Notice, Paragraph, Source


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A file to read: where it lies, its path below ``corpus/sources``, the manifest's facts."""

    path: str
    file: str
    sha256: str
    facts: dict[str, object] | None = None
    basis: dict[str, str] = {}
    options: dict[str, str] = {}


class Ingested(msgspec.Struct, frozen=True, kw_only=True):
    """One document of a file; ``references`` are encoded lines, as they are stored."""

    document: Document
    paragraphs: list[Paragraph]
    references: bytes


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a job: documents, or the class and sentence of the error."""

    documents: list[Ingested] = []
    notices: list[Notice] = []
    error: tuple[str, str] | None = None


def sha256(path: Path) -> str:
    """The checksum of a file's bytes, read in pieces."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def ingest(job: Job) -> Result:
    """Read one file; a file that can't be read gives a Result with an error, never a raise."""
    try:
        return _ingest(job)
    except ReadError as error:
        refused = isinstance(error.__context__, OSError)  # by the system, not for its contents
        return Result(error=("ReadError" if refused else type(error).__name__, str(error)))
    except OSError as error:
        reason = f"{job.file} can't be read ({error.strerror or error}); run `tb build` again"
        return Result(error=("ReadError", reason))
    except MemoryError:
        return Result(error=("RefusedFile", "reading it takes more memory than one file may use"))
    except RecursionError:
        return Result(error=("RefusedFile", "it is nested too deeply to be a document"))
    except Exception as error:
        # Whatever a library lets escape costs this file alone.
        shown = f"{type(error).__name__}: {error}"[:200]
        return Result(error=("DamagedFile", f"its reader failed ({shown}); is the file damaged?"))


def _ingest(job: Job) -> Result:
    reading = readers.read(Path(job.path), **job.options)
    if not job.sha256:  # a record must say of which bytes it was made
        raise ReadError(f"{job.file} could not be read when the build began; run `tb build` again")
    entry = None if job.facts is None else Entry(job.file, job.facts, job.basis)
    source = Source(
        file=job.file,
        sha256=job.sha256,
        reader=reading.reader,
        reader_version=reading.reader_version,
        also=[],
    )
    made = structure.documents(reading, source, entry)
    notices = [notice for part in made for notice in part.notices]
    done = [_with_references(part.document, part.paragraphs) for part in made]
    notices.extend(
        Notice(file=job.file, line=line, message=message) for line, message in reading.warnings
    )
    return Result(documents=done, notices=notices)


def _with_references(document: Document, paragraphs: list[Paragraph]) -> Ingested:
    found = references.find(document, paragraphs)
    encoded = msgspec.json.Encoder().encode_lines(found)
    return Ingested(document=document, paragraphs=paragraphs, references=encoded)


def is_normal(text: str) -> bool:
    """Whether a text is in Unicode normal form C, as all records are."""
    return unicodedata.is_normalized("NFC", text)
