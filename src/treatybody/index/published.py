"""Which generation is published: the pointer and what it points to, read with little.

Every command that asks the index begins here, so this module needs neither record types nor
pathlib. ``layout.py`` draws what lies on disk, and writes it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from treatybody.errors import DamagedIndex, IndexVersion, NoIndex

FORMAT = 10
NAME = "treatybody-index"
REBUILD = "run `tb build`"
Folder = str | os.PathLike[str]


def pointer(index: Folder) -> tuple[int, str]:
    """The number of the published generation, and the SHA-256 of what it says.

    Raises:
        NoIndex: nothing has been published.
        IndexVersion: another version of the program published it.
        DamagedIndex: the pointer can't be read.
    """
    path = os.path.join(index, "CURRENT")
    try:
        with open(path, "rb") as file:
            line = file.read()
    except FileNotFoundError:
        raise NoIndex(f"there is no index in {index}: {REBUILD}") from None
    except NotADirectoryError:
        raise NoIndex(f"{index} is a file: name the folder of an index, or {REBUILD}") from None
    except OSError as error:
        raise DamagedIndex(f"reading {index} failed ({error.strerror}): {REBUILD}") from None
    parts = line.split()
    named = len(parts) >= 2 and parts[0] == NAME.encode()
    if named and parts[1].isdigit() and int(parts[1]) != FORMAT:
        raise IndexVersion(f"the index in {index} was built by another version: {REBUILD}")
    if not named or len(parts) != 4 or line != b" ".join(parts) + b"\n" or not parts[2].isdigit():
        raise damaged(path)
    return int(parts[2]), parts[3].decode("ascii", "replace")


def damaged(path: Folder) -> DamagedIndex:
    """The error for a file that is not what was published."""
    folder, name = os.path.split(os.fspath(path))
    return DamagedIndex(f"index is damaged: {REBUILD} ({os.path.basename(folder)}/{name})")


def said(index: Folder, number: int, sha256: str) -> bytes:
    """What a generation says, proved by its checksum.

    Raises:
        DamagedIndex: it is not what was published.
        FileNotFoundError: it is gone, because two newer ones were published meanwhile.
    """
    path = os.path.join(index, "generations", str(number), "generation.json")
    with open(path, "rb") as file:
        data = file.read()
    if _sha256()(data).hexdigest() != sha256:
        raise damaged(path)
    return data


def _sha256() -> Callable[[bytes], Any]:
    """SHA-256; Python's own where it has one: loading OpenSSL's takes longer than a search.

    (``random`` of the standard library does the same.)
    """
    try:
        from _sha256 import sha256  # type: ignore[import-not-found,unused-ignore]  # 3.11
    except ImportError:
        try:
            from _sha2 import sha256  # type: ignore[import-not-found,unused-ignore]  # from 3.12 on
        except ImportError:
            from hashlib import sha256
    found: Callable[[bytes], Any] = sha256
    return found
