"""Batches of paragraphs, packed and inverted: here, or in processes of their own when many.

What a batch says depends on the batch alone, and batches are taken in their order, so that the
bytes of an index are the same however many processes worked on it. A worker is started as
``python -P -m treatybody.index.batches``; it reads batches from standard input and writes what
they say to standard output, each with its length before it, in MessagePack.
"""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from treatybody.index.fields import TEXT_FIELDS
from treatybody.index.flat.packing import pack
from treatybody.model import Paragraph

HELD = 2  # full batches that are worth starting processes for
MOST = 8  # processes; one alone takes the answers of all
_LENGTH = struct.Struct(">Q")


class Batch(msgspec.Struct, array_like=True):
    """Some paragraphs.

    Arguments:
        first: the number of the first.
        lines: their records, one behind the other.
        sizes: how many bytes each record has.
        languages: the language of each.
        dictionary: with which records are packed.
    """

    first: int
    lines: bytes
    sizes: list[int]
    languages: list[str]
    dictionary: bytes


class Said(msgspec.Struct, array_like=True):
    """What a batch says.

    Arguments:
        packed: the records, packed one by one.
        room: how many bytes each takes there.
        sizes: how many bytes each has when it is unpacked.
        fields: for each text field its terms and its numbers: what ``Inverted`` holds.
    """

    packed: bytes
    room: list[int]
    sizes: list[int]
    fields: dict[str, Any]


def say(batch: Batch) -> Said:
    """Pack and invert a batch."""
    from treatybody.index.whoosh_parts import schema

    paragraphs = msgspec.json.Decoder(Paragraph).decode_lines(batch.lines)
    spoken = list(zip(paragraphs, batch.languages, strict=True))
    known = schema()
    fields = {name: known[name].invert(spoken, batch.first) for name in TEXT_FIELDS}
    packed, room = pack(batch.lines, batch.sizes, batch.dictionary)
    return Said(packed, room, batch.sizes, fields)


class Analysis:
    """Takes batches, gives what they say, in order.

    Arguments:
        workers: how many processes; one a core by default, none for 0.
    """

    def __init__(self, workers: int | None = None) -> None:
        wanted = os.cpu_count() or 1 if workers is None else workers
        self._wanted = min(wanted, MOST) if wanted > 1 else 0
        self._held: list[Batch] = []
        self._waiting: deque[tuple[_Worker, Batch]] = deque()
        self._free: list[_Worker] = []

    def add(self, batch: Batch) -> Iterator[Said]:
        """Take a batch; gives what is known by now."""
        self._held.append(batch)
        if not self._wanted:
            yield from map(say, self._taken())
        elif len(self._held) >= HELD or self._waiting:
            self._start()
            for one in self._taken():
                if not self._free:
                    yield self._next()
                worker = self._free.pop()
                worker.send(one)
                self._waiting.append((worker, one))

    def finish(self) -> Iterator[Said]:
        """What is known of all others."""
        while self._waiting:
            yield self._next()
        yield from map(say, self._taken())

    def close(self) -> None:
        """End all processes."""
        for worker in [*self._free, *(worker for worker, _ in self._waiting)]:
            worker.close()
        self._free, self._waiting = [], deque()

    def _taken(self) -> list[Batch]:
        taken, self._held = self._held, []
        return taken

    def _start(self) -> None:
        if not self._free and not self._waiting:
            self._free = [_Worker() for _ in range(self._wanted)]

    def _next(self) -> Said:
        worker, batch = self._waiting.popleft()
        said = worker.receive()
        self._free.append(worker)
        # a process that was killed costs time: what it had to say is found out here
        return say(batch) if said is None else said


class _Worker:
    """One process."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        with contextlib.suppress(OSError):
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "treatybody.index.batches"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def send(self, batch: Batch) -> None:
        if self._child and self._child.stdin:
            with contextlib.suppress(OSError):
                _send(self._child.stdin, msgspec.msgpack.encode(batch))

    def receive(self) -> Said | None:
        data = _receive(self._child.stdout) if self._child and self._child.stdout else None
        return None if data is None else _unpacked(data)

    def close(self) -> None:
        if self._child is None:
            return
        self._child.kill()
        for stream in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):  # what was not sent can't be any more
                stream and stream.close()
        self._child.wait()


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    data = stream.read(size)
    return data if len(data) == size else None


def _packed(said: Said) -> bytes:
    def plain(value: Any) -> Any:
        return value.dtype.str, value.data  # arrays alone have no form of their own

    return msgspec.msgpack.Encoder(enc_hook=plain).encode(said)


def _unpacked(data: bytes) -> Said:
    import numpy as np

    from treatybody.index.flat.inverting import Inverted, Run

    def array(pair: tuple[str, bytes]) -> Any:
        return np.frombuffer(pair[1], pair[0])

    said = msgspec.msgpack.decode(data, type=Said)
    for name, (exact, stem, docs, lengths) in said.fields.items():
        one, other = (Run(terms, *map(array, numbers)) for terms, *numbers in (exact, stem))
        said.fields[name] = Inverted(one, other, array(docs), array(lengths))
    return said


def main() -> None:
    """Serve batches until standard input ends."""
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while (message := _receive(sys.stdin.buffer)) is not None:
        _send(results, _packed(say(msgspec.msgpack.decode(message, type=Batch))))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main()
