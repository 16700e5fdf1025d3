"""A worker process: reads jobs from standard input, writes results to standard output.

Started as ``python -P -m treatybody.ingest.worker MEMORY`` by ``processes.py``. Each message is
a 4-byte big-endian length and that many bytes of MessagePack. Limits are set here, before any
file is opened: a hostile file can cost its own process and nothing else.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import struct
import sys
from typing import IO

LENGTH = struct.Struct(">I")
READY = b"ready"


def send(stream: IO[bytes], data: bytes) -> None:
    """Write one message."""
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Read one message; None when the other side has gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (size,) = LENGTH.unpack(head)
    data = stream.read(size)
    return data if len(data) == size else None


def limit_memory(megabytes: int) -> None:
    """Cap this process's address space, and leave no core files (not on Windows)."""
    if os.name == "nt" or megabytes <= 0:
        return
    import resource

    size = megabytes * 1024 * 1024
    # macOS refuses to lower the address space: there the time limit alone holds
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _private_output() -> IO[bytes]:
    """Keep the pipe for results; what a library prints goes nowhere."""
    pipe = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return pipe


def main() -> None:
    """Serve jobs until standard input ends."""
    results = _private_output()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # `finally` clears temporary files up
    limit_memory(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    import msgspec

    from treatybody import readers
    from treatybody.ingest.one_file import Job, ingest

    readers.formats()  # a fault of our own code must stop the build, not cost every file
    # What is loaded now stays: it need not be looked through for each new piece of garbage.
    gc.freeze()
    gc.set_threshold(50_000)
    send(results, READY)
    while (message := receive(sys.stdin.buffer)) is not None:
        job = msgspec.msgpack.decode(message, type=Job)
        send(results, msgspec.msgpack.encode(ingest(job)))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main()
