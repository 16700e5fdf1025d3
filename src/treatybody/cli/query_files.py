"""Where a batch's queries come from: a file, a pipe, standard input or the terminal.

A file is read and done with. What comes through a pipe may come late, or never: whoever waits is
told what for.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from treatybody.cli.session import say
from treatybody.cycle import saved
from treatybody.cycle.saved import SavedQuery
from treatybody.errors import UsageError

STDIN = Path("-")
PATIENCE = 2.0  # seconds before it is said that nothing comes
MOST = 10_000_000  # bytes; a device may have no end


def read(path: Path) -> list[SavedQuery]:
    """The queries of a file; ``-`` is standard input.

    Raises:
        UsageError: they can't be read; the message says why.
    """
    if path != STDIN and (path.is_file() or path.is_dir() or not path.exists()):
        return saved.read(path)
    name = "standard input" if path == STDIN else str(path)
    with _said_while_waiting(path, name):
        data = _all_of(path, name)
    if len(data) > MOST:
        raise UsageError(f"{name} holds more than {MOST:,} bytes; name a file of queries")
    return saved.decoded(data, Path(name))


def _all_of(path: Path, name: str) -> bytes:
    try:
        if path == STDIN:
            return sys.stdin.buffer.read(MOST + 1)
        with path.open("rb") as file:
            return file.read(MOST + 1)
    except (OSError, AttributeError) as error:  # standard input may be closed: then it is None
        why = getattr(error, "strerror", None) or "it is closed"
        raise UsageError(f"reading queries from {name} failed ({why}); name a file") from None


@contextlib.contextmanager
def _said_while_waiting(path: Path, name: str) -> Iterator[None]:
    if path == STDIN and sys.stdin is not None and sys.stdin.isatty():
        say("type the queries, one a line; Ctrl-D on a line of its own ends them, Ctrl-C gives up")
        yield
        return
    message = f"waiting for queries from {name}, which has not ended yet; Ctrl-C gives up"
    timer = threading.Timer(PATIENCE, say, [message])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
