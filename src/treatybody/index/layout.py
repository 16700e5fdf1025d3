"""How an index lies on disk, and how a generation is published.

    index/
      CURRENT                      one line: format, generation, checksum of its generation.json
      README.md                    says that all this may be deleted
      .lock                        held by the one process that writes
      segments/<name>/             immutable; the name is a checksum of the contents
        segment.flat               documents, records and words: see ``flat/layout.py``
      links/<name>.jsonl           immutable, named alike: all resolved links
      generations/<n>/             immutable
        generation.json            names, sizes and checksums of all files; which documents of
                                   each segment are dead

A generation becomes visible when ``CURRENT`` is replaced, after everything that it names is on
disk. The last two stay; a segment goes when no kept generation names it. What a generation says
does not grow with the documents, so that replacing one of them writes little.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from treatybody.index import published
from treatybody.index.published import FORMAT as FORMAT
from treatybody.index.published import REBUILD as REBUILD
from treatybody.index.published import damaged as damaged
from treatybody.journal import sync_folder, write_durably

KEPT = 2
LOCK = ".lock"
README = """\
# index/

A built thing: `tb build` makes it from `corpus/`, and it may be deleted at any time.
Nothing here but this page is committed.
"""
_SETTLED = 2_000_000_000  # nanoseconds; a younger file may change without a new time of change


class FileSum(msgspec.Struct, frozen=True):
    """The size in bytes and the SHA-256 of an immutable file."""

    size: int
    sha256: str


class SegmentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A segment that a generation uses; both numbers count dead ones too.

    Arguments:
        dead: the places of those of its documents that the generation does not use, ascending.
    """

    name: str
    paragraphs: int
    documents: int
    files: dict[str, FileSum]
    dead: list[int] = []


class Generation(msgspec.Struct, frozen=True, kw_only=True):
    """All that is published together."""

    format: int
    number: int
    segments: list[SegmentEntry]
    links: FileSum


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
    return Current(*published.pointer(index))


def read_generation(index: Path, current: Current) -> Generation:
    """A generation, proved by its checksum.

    Raises:
        DamagedIndex: it is not what was published.
        FileNotFoundError: it is gone, because two newer ones were published meanwhile.
    """
    data = published.said(index, current.number, current.sha256)
    try:
        return msgspec.json.decode(data, type=Generation)
    except (msgspec.DecodeError, UnicodeDecodeError):
        path = generation_folder(index, current.number) / "generation.json"
        raise damaged(path) from None


def generation_folder(index: Path, number: int) -> Path:
    """The folder of a generation."""
    return index / "generations" / str(number)


def segment_folder(index: Path, name: str) -> Path:
    """The folder of a segment."""
    return index / "segments" / name


def links_path(index: Path, links: FileSum) -> Path:
    """The file of a generation's links."""
    return index / "links" / f"{links.sha256[:20]}.jsonl"


class _Stamp(NamedTuple):
    """What changes when a file does: another file in its place, its size, its times."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


def checksum(path: Path) -> FileSum:
    """The size and checksum of a file.

    A file that this process has summed before and that was not touched since is not read again;
    a process that begins reads every file once.
    """
    about = path.stat()
    stamp = _Stamp(about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    settled = time.time_ns() - max(stamp.modified, stamp.changed) > _SETTLED
    return _summed(path, stamp) if settled else _summed.__wrapped__(path, stamp)


@lru_cache(maxsize=1024)
def _summed(path: Path, _stamp: _Stamp) -> FileSum:
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
    yield links_path(index, generation.links), generation.links


def adopt_segment(index: Path, work: Path, files: dict[str, FileSum]) -> str:
    """Move a finished work folder among the segments; returns its name, made of its contents.

    The name is on disk when the generation that uses it is published.
    """
    import shutil

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
    return name


def _intact(folder: Path, files: dict[str, FileSum]) -> bool:
    """Whether a folder holds these files already: an equal build, or an interrupted one."""
    try:
        return all(checksum(folder / name) == expected for name, expected in files.items())
    except OSError:
        return False


def publish_generation(index: Path, generation: Generation, links: bytes) -> None:
    """Write a generation, with its links unless they are there, and make it the current one."""
    import shutil

    path = links_path(index, generation.links)
    if not _intact(path.parent, {path.name: generation.links}):
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        write_durably(path, links)
    folder = generation_folder(index, generation.number)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    data = msgspec.json.encode(generation) + b"\n"
    write_durably(folder / "generation.json", data)
    # what was written before is on disk by now, so that these take no time of their own
    for changed in (folder, folder.parent, path.parent, index / "segments", index):
        sync_folder(changed)
    digest = hashlib.sha256(data).hexdigest()
    partial = index / "CURRENT.new"
    write_durably(partial, f"{published.NAME} {FORMAT} {generation.number} {digest}\n".encode())
    partial.replace(index / "CURRENT")
    sync_folder(index)
    with contextlib.suppress(OSError):  # a page for people: nothing is lost without it
        _explain(index / "README.md")


def _explain(page: Path) -> None:
    if not page.is_file() or page.read_bytes() != README.encode():
        page.write_bytes(README.encode())


def clean(index: Path, kept: Iterable[Generation]) -> None:
    """Remove what no kept generation names; what is still held open goes with a later build."""
    generations = {str(generation.number) for generation in kept}
    segments = {segment.name for generation in kept for segment in generation.segments}
    links = {links_path(index, generation.links).name for generation in kept}
    for room, wanted in (("generations", generations), ("segments", segments), ("links", links)):
        for path in sorted((index / room).glob("*")):
            if path.name not in wanted:
                _remove(path)
    with contextlib.suppress(OSError):
        (index / "CURRENT.new").unlink()


def _remove(path: Path) -> None:
    import shutil

    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def sync_files(folder: Path) -> None:
    """Wait until all files of a folder are on the disk."""
    for path in sorted(folder.iterdir()):
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    sync_folder(folder)
