"""Bytes to blocks: one module of this folder is one file format, found by listing the folder.

A format module has ``NAME`` and ``VERSION`` (written into a document's source), ``SUFFIXES``
(lower case, with the dot) and ``read(path) -> Reading``, which raises ``ReadError`` and nothing
else. This module finds the format of a file and refuses one that is not what its name says.

>>> suffixes()[".txt"]
'text'
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Protocol, cast

from treatybody.blocks import Reading
from treatybody.errors import DamagedFile, ReadError, UnknownFormat
from treatybody.readers import magic


class Format(Protocol):
    """What every format module offers."""

    NAME: str
    VERSION: str
    SUFFIXES: tuple[str, ...]

    def read(self, path: Path, **options: str) -> Reading:
        """Read one file of this format."""


@cache
def formats() -> dict[str, Format]:
    """The format modules of this folder by their name.

    >>> formats()["text"].SUFFIXES
    ('.txt',)
    """
    modules = (import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    found = [cast(Format, module) for module in modules if hasattr(module, "SUFFIXES")]
    return {module.NAME: module for module in found}


def suffixes() -> dict[str, str]:
    """Every suffix that can be read, with the name of its format."""
    return {suffix: name for name, module in formats().items() for suffix in module.SUFFIXES}


def read(path: Path, **options: str) -> Reading:
    """Read one source file with the module that its suffix names.

    Arguments:
        path: the file.
        options: passed to formats that take an argument of that name (``engine`` of PDF).

    Raises:
        UnknownFormat: no module reads this suffix.
        DamagedFile: it is empty, or its first bytes are those of another format.
        ReadError: whatever else the format's module finds wrong.
    """
    known = suffixes()
    suffix = path.suffix.lower()
    if suffix not in known:
        raise UnknownFormat(
            f"{path.name}: no reader for {suffix or 'a file without suffix'}; "
            f"readable are {', '.join(sorted(known))}"
        )
    _check_first_bytes(path, suffix)
    reader = formats()[known[suffix]].read
    accepted = signature(reader).parameters
    return reader(path, **{name: value for name, value in options.items() if name in accepted})


def _check_first_bytes(path: Path, suffix: str) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(magic.HEAD)
    except OSError as error:
        broken = path.is_symlink() and not path.exists()
        reason = "it is a link that leads nowhere; mend or remove it" if broken else error.strerror
        raise ReadError(f"reading {path.name} failed: {reason}") from None
    if not head:
        raise DamagedFile(f"{path.name} is empty; put the document there again or remove it")
    actual = magic.mismatch(head, suffix)
    if actual:
        raise DamagedFile(f"{path.name} is not {suffix} but {actual}; give it that suffix")
