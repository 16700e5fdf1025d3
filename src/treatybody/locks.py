"""One writer at a time. A lock is held by a process, not by a file: a dead process holds none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from treatybody.errors import Busy, CorpusError

WAIT_SECONDS = 60.0


@contextlib.contextmanager
def writing(path: Path, what: str, wait: float | None = None) -> Iterator[None]:
    """Hold a lock while writing; a second writer waits, then is told who holds it.

    Arguments:
        path: the lock file; its text names the holder while it is held.
        what: what is being done, for the message.
        wait: seconds to wait; ``TREATYBODY_LOCK_WAIT`` or 60 by default.

    Raises:
        Busy: another process held the lock all the time.
        CorpusError: the lock file can't be made there.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=_wait() if wait is None else wait)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise Busy(f"{what} has to wait: {_holder(path)} is writing; try again later") from None
    except OSError as error:
        raise CorpusError(f"{what} failed: {path} can't be written ({error.strerror})") from None
    try:
        path.with_name(path.name + ".holder").write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        path.with_name(path.name + ".holder").unlink(missing_ok=True)
        lock.release()


def _wait() -> float:
    try:
        return float(os.environ.get("TREATYBODY_LOCK_WAIT", WAIT_SECONDS))
    except ValueError:
        return WAIT_SECONDS


def _holder(path: Path) -> str:
    try:
        number = path.with_name(path.name + ".holder").read_text(encoding="ascii")
    except OSError:
        return "another process"
    return f"process {number}"
