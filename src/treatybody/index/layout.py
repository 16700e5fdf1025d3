"""How an index lies on disk, and how a generation is published.

    index/
      CURRENT                      one line: format, generation, checksum of its generation.json
      .lock                        held by the one process that writes
      segments/<name>/             immutable; the name is a checksum of the contents
        segment.flat               records, words and columns: see ``flat/layout.py``
      generations/<n>/             immutable
        generation.json            names, sizes and checksums of all files; where documents lie
        documents.jsonl            facts of the documents, by key
        links.jsonl

A generation becomes visible when ``CURRENT`` is replaced, after everything that it names is on
disk. The last two stay; a segment goes when no kept generation names it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from treatybody.errors import DamagedIndex, IndexVersion, NoIndex
from treatybody.journal import sync_folder, write_durably

FORMAT = 3
KEPT = 2
LOCK = ".lock"
_NAME = "treatybody-index"
REBUILD = "run `tb build`"


class FileSum(msgspec.Struct, frozen=True):
    """The size in bytes and the SHA-256 of an immutable file."""

    size: int
    sha256: str


class SegmentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A segment that a generation uses; ``paragraphs`` counts dead ones too."""

    name: str
    paragraphs: int
    files: dict[str, FileSum]


class DocumentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Where a document lies: ``count`` paragraphs from ``first`` on in one segment."""

    key: str
    fingerprint: str
    segment: int
    first: int
    count: int


class Generation(msgspec.Struct, frozen=True, kw_only=True):
    """All that is published together; documents stand by key."""

    format: int
    number: int
    segments: list[SegmentEntry]
    documents: list[DocumentEntry]
    files: dict[str, FileSum]


class Current(msgspec.Struct, frozen=True):
    """What ``CURRENT`` says."""

    number: int
    sha256: str


def read_current(index: Path) -> Current:
    """The published generation.

    Raises:
        NoIndex: nothing has been published.
        IndexVersion: another version of the program published it.
        DamagedIndex: the pointer can't be read.
    """
    try:
        line = (index / "CURRENT").read_bytes()
    except FileNotFoundError:
        raise NoIndex(f"there is no index in {index}: {REBUILD}") from None
    except OSError as error:
        raise DamagedIndex(f"reading {index} failed ({error.strerror}): {REBUILD}") from None
    return _parse_current(line, index)


def _parse_current(line: bytes, index: Path) -> Current:
    parts = line.split()
    named = len(parts) >= 2 and parts[0] == _NAME.encode()
    if named and parts[1].isdigit() and int(parts[1]) != FORMAT:
        raise IndexVersion(f"the index in {index} was built by another version: {REBUILD}")
    if not named or len(parts) != 4 or line != b" ".join(parts) + b"\n" or not parts[2].isdigit():
        raise damaged(index / "CURRENT")
    return Current(int(parts[2]), parts[3].decode("ascii", "replace"))


def damaged(path: Path) -> DamagedIndex:
    """The error for a file that is not what was published."""
    return DamagedIndex(f"index is damaged: {REBUILD} ({path.parent.name}/{path.name})")


def read_generation(index: Path, current: Current) -> Generation:
    """A generation, proved by its checksum.

    Raises:
        DamagedIndex: it is not what was published.
        FileNotFoundError: it is gone, because two newer ones were published meanwhile.
    """
    path = generation_folder(index, current.number) / "generation.json"
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != current.sha256:
        raise damaged(path)
    try:
        return msgspec.json.decode(data, type=Generation)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise damaged(path) from None


def generation_folder(index: Path, number: int) -> Path:
    """The folder of a generation."""
    return index / "generations" / str(number)


def segment_folder(index: Path, name: str) -> Path:
    """The folder of a segment."""
    return index / "segments" / name


def checksum(path: Path) -> FileSum:
    """The size and checksum of a file as it is now."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return FileSum(file.tell(), digest.hexdigest())


def check(path: Path, expected: FileSum) -> None:
    """Prove a file.

    Raises:
        DamagedIndex: it is missing or not what was published.
    """
    try:
        same = checksum(path) == expected
    except OSError:
        same = False
    if not same:
        raise damaged(path)


def files_of(index: Path, generation: Generation) -> Iterable[tuple[Path, FileSum]]:
    """All files that a generation names, with what they must be."""
    for segment in generation.segments:
        for name, expected in segment.files.items():
            yield segment_folder(index, segment.name) / name, expected
    for name, expected in generation.files.items():
        yield generation_folder(index, generation.number) / name, expected


def adopt_segment(index: Path, work: Path, files: dict[str, FileSum]) -> str:
    """Move a finished work folder among the segments; returns its name, made of its contents."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name} {files[name].size} {files[name].sha256}\n".encode())
    name = digest.hexdigest()[:20]
    target = segment_folder(index, name)
    if _intact(target, files):
        shutil.rmtree(work)
        return name
    shutil.rmtree(target, ignore_errors=True)
    sync_files(work)
    work.replace(target)
    sync_folder(target.parent)
    return name


def _intact(folder: Path, files: dict[str, FileSum]) -> bool:
    """Whether a folder holds these files already: an equal build, or an interrupted one."""
    try:
        return all(checksum(folder / name) == expected for name, expected in files.items())
    except OSError:
        return False


def publish_generation(index: Path, generation: Generation, files: dict[str, bytes]) -> None:
    """Write a generation and make it the current one."""
    folder = generation_folder(index, generation.number)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        write_durably(folder / name, data)
    data = msgspec.json.encode(generation) + b"\n"
    write_durably(folder / "generation.json", data)
    sync_folder(folder)
    sync_folder(folder.parent)
    digest = hashlib.sha256(data).hexdigest()
    partial = index / "CURRENT.new"
    write_durably(partial, f"{_NAME} {FORMAT} {generation.number} {digest}\n".encode())
    partial.replace(index / "CURRENT")
    sync_folder(index)


def clean(index: Path, kept: Iterable[Generation]) -> None:
    """Remove what no kept generation names; what is still held open goes with a later build."""
    generations = {str(generation.number) for generation in kept}
    segments = {segment.name for generation in kept for segment in generation.segments}
    for room, wanted in (("generations", generations), ("segments", segments)):
        for path in sorted((index / room).glob("*")):
            if path.name not in wanted:
                shutil.rmtree(path, ignore_errors=True)
    with contextlib.suppress(OSError):
        (index / "CURRENT.new").unlink()


def sync_files(folder: Path) -> None:
    """Wait until all files of a folder are on the disk."""
    for path in sorted(folder.iterdir()):
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    sync_folder(folder)
