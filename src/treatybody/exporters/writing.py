"""Choosing a format and writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from treatybody.errors import ExportError, UsageError
from treatybody.exporters.rows import Options, Row

_ROOMS = {"rows", "writing", "entries", "batches"}
Writer = Callable[[Iterator[Row], BinaryIO, Options], None]


@cache
def formats() -> dict[str, ModuleType]:
    """Every format by its name, from the list of this folder."""
    folder = Path(__file__).parent
    names = sorted(p.stem for p in folder.glob("[a-z]*.py") if p.stem not in _ROOMS)
    modules = [import_module(f"treatybody.exporters.{name}") for name in names]
    return {module.NAME: module for module in modules}


def choose(name: str | None, target: Path | None) -> ModuleType:
    """The format that was named, else the one of the file's suffix.

    Raises:
        UsageError: there is no such format, or none can be told.
    """
    known = formats()
    if name:
        for module in known.values():
            if name.lower() == module.NAME or f".{name.lower()}" in module.SUFFIXES:
                return module
        raise UsageError(f"there is no format `{name}`; formats: {', '.join(known)}")
    suffix = "".join(target.suffixes[-2:]).lower() if target else ""
    for module in known.values():
        if any(suffix.endswith(ending) for ending in module.SUFFIXES):
            return module
    what = f"no format is known for {target}" if target else "standard output has no suffix"
    raise UsageError(f"{what}; add --format ({', '.join(known)})")


def to_file(
    module: ModuleType, rows: Iterator[Row], target: Path, options: Options, force: bool
) -> None:
    """Write a file whole or not at all; an existing one stays unless ``force``.

    Raises:
        ExportError: the file exists, or its folder can't be written.
    """
    with whole_file(target, force) as out:
        module.write(rows, out, options)


@contextlib.contextmanager
def whole_file(target: Path, force: bool) -> Iterator[BinaryIO]:
    """A file to write that appears under its name when all is written, and else not at all.

    A device or a named pipe is written into as it is.

    Raises:
        ExportError: the file exists, or its folder can't be written.
    """
    if target.is_dir():
        raise ExportError(f"{target} is a folder; name a file in it")
    if target.exists() and not target.is_file():
        with target.open("wb") as out:
            yield out
        return
    if target.exists() and not force:
        raise ExportError(f"{target} exists; choose another name or add --force")
    target = _pointed_at(target)
    with _partial(target) as (handle, place):
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(place).replace(target)


def _pointed_at(target: Path) -> Path:
    """What is written in truth: a link stays, what it points at is replaced."""
    try:
        return target.resolve()
    except (OSError, RuntimeError):  # Python 3.11 and 3.12 raise RuntimeError for a circle
        raise ExportError(f"{target} is a link that leads in a circle; name another") from None


@contextlib.contextmanager
def _partial(target: Path) -> Iterator[tuple[int, str]]:
    """A file beside the target, gone again if it was not moved there."""
    try:
        handle, place = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        message = f"writing {target} failed ({error.strerror}); choose another folder"
        raise ExportError(message) from None
    try:
        mask = os.umask(0)
        os.umask(mask)
        Path(place).chmod(0o666 & ~mask)
        yield handle, place
    finally:
        Path(place).unlink(missing_ok=True)
