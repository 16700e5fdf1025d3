"""Counts a process's calls on the file system, and makes one of them go wrong.

The functions of ``os`` and ``open`` that change or read files are replaced, so that no special
file system and no preloaded library is needed. A written file goes through ``_Counted``, where
every write that reaches the system is a call of its own.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Fault = Literal["kill", "torn", "power", "error", "full", "fsync"]
FAULTS: tuple[Fault, ...] = ("kill", "torn", "power", "error", "full", "fsync")

_CHANGING = ("mkdir", "rmdir", "replace", "rename", "unlink", "remove", "fsync", "ftruncate")
_ON_FULL_DISK = {"write", "mkdir", "create", "fsync"}  # removing and renaming need no space


@dataclass
class Meter:
    """Counts calls; at number ``at`` (from 1) the fault happens.

    ``kill``: the process is gone before the call. ``torn``: half of the bytes are written, then
    it is gone (calls other than writes: gone right after). ``power``: as ``kill``, and of every
    file that was not synchronized only half is left. ``error``: the call fails once with EIO.
    ``full``: from here on nothing can be written, for want of space. ``fsync``: synchronizing
    fails once and what was written is half gone, though the next attempt says that all is well
    (as Linux does it, see Rebello and others, "Can applications recover from fsync failures?",
    USENIX ATC 2020); it can happen at calls of fsync alone.
    """

    below: Path
    at: int = 0
    fault: Fault = "kill"
    calls: list[str] = field(default_factory=list)
    unsynced: dict[str, int] = field(default_factory=dict)
    _real: dict[str, Callable[..., Any]] = field(default_factory=dict)

    def install(self) -> None:
        """Replace the functions, for the rest of this process's life."""
        for name in _CHANGING:
            self._real[name] = getattr(os, name)
            setattr(os, name, self._counted(name))
        self._real["open"] = io.open
        io.open = builtins.open = self._open

    def _counted(self, name: str) -> Callable[..., Any]:
        real = self._real[name]

        def call(*args: Any, **kwargs: Any) -> Any:
            path = _path_of(args[0], kwargs.get("dir_fd"))
            if not self._concerns(path):
                return real(*args, **kwargs)
            self.step(name, path)
            result = real(*args, **kwargs)
            self._note(name, path, args)
            self._after()
            return result

        return call

    def _concerns(self, path: str) -> bool:
        return path.startswith(str(self.below))

    def _note(self, name: str, path: str, args: tuple[Any, ...]) -> None:
        if name == "fsync":
            self.unsynced.pop(path, None)
        elif name in ("replace", "rename"):
            size = self.unsynced.pop(path, None)
            self.unsynced.pop(_path_of(args[1]), None)
            if size is not None:
                self.unsynced[_path_of(args[1])] = size
        elif name in ("unlink", "remove"):
            self.unsynced.pop(path, None)

    def step(self, name: str, path: str) -> None:
        """One call is about to be made."""
        self.calls.append(f"{name} {path}")
        number = len(self.calls)
        if self.fault == "full" and self.at and number >= self.at and name in _ON_FULL_DISK:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        if number == self.at and self.fault == "fsync":
            if os.path.isfile(path):  # noqa: PTH113
                os.truncate(path, os.stat(path).st_size // 2)  # noqa: PTH116
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        if number == self.at and self.fault == "error":
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        if number == self.at and self.fault in ("kill", "power"):
            self.die()

    def tears(self) -> bool:
        """Whether this call is to be cut off in the middle."""
        return len(self.calls) == self.at and self.fault == "torn"

    def _after(self) -> None:
        if self.tears():
            self.die()

    def die(self) -> None:
        """The process is gone; with ``power``, so is what was not synchronized."""
        if self.fault == "power":
            for path in self.unsynced:
                if os.path.isfile(path):  # noqa: PTH113 - as cheap as can be
                    os.truncate(path, os.stat(path).st_size // 2)  # noqa: PTH116
        os.kill(os.getpid(), signal.SIGKILL)

    def _open(
        self,
        file: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        path = _path_of(file)
        if not self._concerns(path):
            return self._real["open"](
                file, mode, buffering, encoding, errors, newline, closefd, opener
            )
        writes = bool(set(mode) & set("wax+"))
        self.step("create" if set(mode) & set("wax") else "open", path)
        if not writes:
            opened = self._real["open"](
                file, mode, buffering, encoding, errors, newline, closefd, opener
            )
            self._after()
            return opened
        raw = _Counted(self, file, mode.replace("t", "").replace("b", ""), closefd, opener)
        self._after()
        stream: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return stream if "b" in mode else io.TextIOWrapper(stream, encoding, errors, newline)


class _Counted(io.FileIO):
    """A file whose writes are calls of the meter."""

    def __init__(self, meter: Meter, file: Any, mode: str, closefd: bool, opener: Any) -> None:
        super().__init__(file, mode, closefd, opener)
        self.meter = meter
        self.path = _path_of(file)

    def write(self, data: Any, /) -> int:
        """Write, if the meter lets it."""
        self.meter.step("write", self.path)
        self.meter.unsynced[self.path] = 1
        if self.meter.tears():
            super().write(bytes(data)[: len(data) // 2])
            self.meter.die()
        return super().write(data) or 0


def can_happen(fault: Fault, call: str) -> bool:
    """Whether a fault can happen at a call of :attr:`Meter.calls`."""
    return fault != "fsync" or call.startswith("fsync ")


def _path_of(file: Any, folder: int | None = None) -> str:
    """The path of a path (below an open folder) or of an open file."""
    if folder is not None:
        return f"{_path_of(folder)}/{os.fsdecode(file)}"
    if isinstance(file, int):
        try:
            return os.readlink(f"/proc/self/fd/{file}")  # noqa: PTH115
        except OSError:
            return ""
    try:
        return os.path.abspath(os.fsdecode(file))  # noqa: PTH100
    except TypeError:
        return ""
