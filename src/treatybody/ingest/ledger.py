"""What was read last time, so that a build reads only what changed.

The ledger lies in the index folder and may be deleted at any time: it is never the truth, only
a reason not to read a file again. A file is unchanged when its bytes, its manifest entry and
the code that reads it are, and the records made of it still have the bytes that were written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from treatybody.corpus import Corpus, source_files
from treatybody.journal import write_durably
from treatybody.manifest import Manifest

if TYPE_CHECKING:
    from treatybody.ingest.one_file import Job

NAME = "ledger.json"
_CODE = ("readers", "structure", "references", "data", "ingest")


class FileState(msgspec.Struct, frozen=True, kw_only=True):
    """A source file when it was last read; ``size`` and ``mtime`` only serve a quick look."""

    sha256: str
    entry: str
    size: int
    mtime: int
    keys: list[str]
    error: tuple[str, str] | None


class Ledger(msgspec.Struct, kw_only=True):
    """All source files of one corpus, and checksums of the record files made of them.

    ``counts`` are the links and the paragraphs of the last report.
    """

    corpus: str = ""
    code: str = ""
    manifest: str = ""
    ignore: list[str] = []
    files: dict[str, FileState] = {}
    records: dict[str, str] = {}
    links: str = ""
    counts: tuple[int, int] = (0, 0)


class _Sealed(msgspec.Struct):
    """The ledger as it is written, with its checksum: a flipped bit must not lose a document."""

    sha256: str
    ledger: Ledger


def _seal(ledger: Ledger) -> str:
    return hashlib.sha256(msgspec.json.encode(ledger)).hexdigest()


def load(index: Path) -> Ledger:
    """The ledger of the last build; an empty one when there is none or it is damaged."""
    try:
        found = msgspec.json.decode((index / NAME).read_bytes(), type=_Sealed)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Ledger()
    return found.ledger if found.sha256 == _seal(found.ledger) else Ledger()


def save(index: Path, ledger: Ledger) -> None:
    """Replace the ledger."""
    index.mkdir(parents=True, exist_ok=True)
    partial = index / (NAME + ".new")
    sealed = _Sealed(_seal(ledger), ledger)
    write_durably(partial, msgspec.json.format(msgspec.json.encode(sealed), indent=1))
    partial.replace(index / NAME)


def code_digest() -> str:
    """A checksum of the code and tables that turn files into records.

    A change of normalization reads every file again, with no version number to forget.
    """
    package = Path(__file__).parent.parent
    files = list(package.glob("*.py"))
    for room in _CODE:  # not compiled code: Python writes that at moments of its own
        inside = (p for p in (package / room).rglob("*") if "__pycache__" not in p.parts)
        files += [path for path in inside if path.is_file()]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def entry_digest(job: Job) -> str:
    """A checksum of what the manifest and the options say about a file."""
    said = msgspec.json.encode([job.facts, job.basis, job.options], order="deterministic")
    return hashlib.sha256(said).hexdigest()


def digest_of(path: Path) -> str:
    """A checksum of a file; the empty string when there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def looks_stale(corpus: Corpus) -> bool:
    """A quick look, by sizes and times alone: is a build due?

    ``tb build`` itself compares bytes; this serves the launcher, which looks before each search.
    """
    if not (corpus.index / "CURRENT").is_file():
        return True
    ledger = load(corpus.index)
    if ledger.corpus != str(corpus.root) or ledger.manifest != digest_of(corpus.manifest):
        return True
    if not corpus.sources.is_dir():
        return False
    kept = Manifest(ignore=tuple(ledger.ignore))
    found = [file for file, _ in source_files(corpus.sources) if not kept.ignores(file)]
    now = {file: stat(corpus.sources / file) for file in found}
    return {f: (s.size, s.mtime) for f, s in ledger.files.items()} != now


def stat(path: Path) -> tuple[int, int]:
    """Size in bytes and time of change in nanoseconds; -1 when it has gone meanwhile."""
    try:
        found = path.stat()
    except OSError:
        return -1, -1
    return found.st_size, found.st_mtime_ns
