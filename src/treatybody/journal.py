"""Replacing many files all together: staged, then named in a journal, then moved into place.

A replacement writes its new files into ``.staging/`` and, once they are on disk, a journal
that names them and the files to remove. From that moment it will happen: whoever finds a
journal (``finish``) moves what is still staged. Before it, nothing has happened.
This is write-ahead logging with whole files as the log records.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from types import TracebackType

STAGING = ".staging"
JOURNAL = ".journal.json"


class Replacement:
    """A set of files to write and remove below a folder, made visible by ``commit``.

    As a context it commits at the end, and forgets everything on an error.

    Arguments:
        root: the folder; made when missing.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._written: list[str] = []
        self._removed: list[str] = []
        finish(root)

    def __enter__(self) -> Replacement:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self.cancel()

    def write(self, name: str, data: bytes) -> bool:
        """Stage a file (a path below the root with slashes); False when it has these bytes."""
        if _same(self.root / name, data):
            return False
        staged = self.root / STAGING / name
        staged.parent.mkdir(parents=True, exist_ok=True)
        write_durably(staged, data)
        self._written.append(name)
        return True

    def remove(self, name: str) -> None:
        """Mark a file for removal."""
        if (self.root / name).exists():
            self._removed.append(name)

    def commit(self) -> bool:
        """Make all changes visible; False when there were none."""
        import json

        if not self._written and not self._removed:
            return False
        plan = {"write": sorted(self._written), "remove": sorted(self._removed)}
        _sync_tree(self.root / STAGING)
        self.root.mkdir(parents=True, exist_ok=True)
        partial = self.root / (JOURNAL + ".new")
        write_durably(partial, json.dumps(plan).encode())
        partial.replace(self.root / JOURNAL)
        sync_folder(self.root)
        finish(self.root)
        return True

    def cancel(self) -> None:
        """Forget what was staged, unless it is already in the journal."""
        import shutil

        if (self.root / JOURNAL).exists():
            return
        shutil.rmtree(self.root / STAGING, ignore_errors=True)


class Comparison(Replacement):
    """A replacement that changes nothing and remembers what it would have changed.

    ``differing`` holds the names of files that are missing or have other bytes, ``stray`` those
    that should not be there.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.differing: list[str] = []
        self.stray: list[str] = []

    def write(self, name: str, data: bytes) -> bool:
        """Note a file that is not as it should be."""
        differs = not _same(self.root / name, data)
        if differs:
            self.differing.append(name)
        return differs

    def remove(self, name: str) -> None:
        """Note a file that should not be there."""
        self.stray.append(name)

    def commit(self) -> bool:
        """Change nothing."""
        return bool(self.differing or self.stray)


def finish(root: Path) -> bool:
    """Finish a replacement that a journal names, or clear away one that never got so far.

    Returns True when a journal was found.
    """
    import shutil

    journal = root / JOURNAL
    found = journal.is_file()
    if found:
        plan = _plan(journal.read_bytes())
        if plan is not None:
            _carry_out(root, plan)
        journal.unlink()
        sync_folder(root)
    with contextlib.suppress(OSError):
        (root / (JOURNAL + ".new")).unlink()
    shutil.rmtree(root / STAGING, ignore_errors=True)
    return found


def _plan(data: bytes) -> dict[str, list[str]] | None:
    """What a journal says; None when it is damaged, or names a place outside the folder.

    Such a journal is dropped: a build finds by their checksums which files are not as they
    should be. Folders come from strangers too, and a journal moves and removes files.
    """
    import json

    try:
        plan = json.loads(data)
        named = {what: list(plan[what]) for what in ("write", "remove")}
    except (ValueError, TypeError, KeyError):
        return None
    return named if all(map(_is_below, named["write"] + named["remove"])) else None


def _is_below(name: object) -> bool:
    """Whether a name is that of a file in the folder or one folder below.

    >>> _is_below("paragraphs/a.jsonl"), _is_below("../a.jsonl"), _is_below("/a.jsonl")
    (True, False, False)
    """
    parts = name.split("/") if isinstance(name, str) else []
    plain = all(part.strip(".") and not set(part) & set("\\:\0") for part in parts)
    return plain and 1 <= len(parts) <= 2


def _carry_out(root: Path, plan: dict[str, list[str]]) -> None:
    folders = {root}
    for name in plan["write"]:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # moved before an interruption
            (root / STAGING / name).replace(target)
        folders.add(target.parent)
    for name in plan["remove"]:
        (root / name).unlink(missing_ok=True)
        folders.add((root / name).parent)
    for folder in sorted(folders):
        sync_folder(folder)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk (where the system can do that)."""
    if os.name == "nt" or not folder.is_dir():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
    sync_folder(folder)


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False
