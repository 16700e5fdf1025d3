"""Reading many files in worker processes, each file under a time and a memory limit.

A crash, a hang or a file that needs too much memory costs that file alone: its process is
killed and a new one takes the next file.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

import msgspec

from treatybody.corpus import is_readable_name
from treatybody.errors import ReaderUnavailable
from treatybody.ingest.one_file import Job, Result, ingest
from treatybody.ingest.worker import READY, receive, send

_GRACE = 2.0  # seconds that a stopped reader has for ending its own helper programs


@dataclass(frozen=True)
class Limits:
    """What one file may cost: seconds of wall clock, megabytes of address space."""

    seconds: float = 120.0
    megabytes: int = 2048


class _Deadline:
    """Ends a process that works too long: asks it to clear up, then kills it."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self.child = child
        self.passed = False
        self._timers = [
            threading.Timer(seconds, self._ask),
            threading.Timer(seconds + _GRACE, child.kill),
        ]

    def _ask(self) -> None:
        self.passed = True
        self.child.terminate()

    def __enter__(self) -> _Deadline:
        for timer in self._timers:
            timer.daemon = True
            timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for timer in self._timers:
            timer.cancel()


_MISNAMED = Result(error=("ReadError", "the name is not in UTF-8; rename the file"))


class _Process:
    """One worker process, started when first needed and again after it was lost."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def read(self, job: Job) -> Result:
        """Send a job and wait for its result, at most as long as the limit says."""
        if not is_readable_name(job.path):
            return _MISNAMED
        child = self._child = self._child or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        with _Deadline(child, self.limits.seconds) as deadline:
            try:
                send(child.stdin, msgspec.msgpack.encode(job))
                answer = receive(child.stdout)
            except OSError:
                answer = None
        return self._lost(deadline.passed) if answer is None else _decode(answer)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "treatybody.ingest.worker"]
        child = subprocess.Popen(
            [*command, str(self.limits.megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert child.stdout is not None
        if receive(child.stdout) != READY:
            raise ReaderUnavailable(
                f"reading files failed: a reader process does not start; `{' '.join(command)}` "
                "says why"
            )
        return child

    def _lost(self, late: bool) -> Result:
        code = self.close(kill=True)
        if late:
            reason = f"reading took longer than {self.limits.seconds:g} seconds and was stopped"
            return Result(error=("ReaderTimeout", reason))
        reason = f"its reader crashed (exit status {code}); is the file damaged?"
        return Result(error=("DamagedFile", reason))

    def close(self, kill: bool = False) -> int | None:
        """End the process; returns its exit status, None if it never ran."""
        child, self._child = self._child, None
        if child is None:
            return None
        if kill:
            child.kill()
        for stream in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):  # the process may be gone already
                stream and stream.close()
        return child.wait()


def _decode(answer: bytes) -> Result:
    return msgspec.msgpack.decode(answer, type=Result)


def default_workers(files: int) -> int:
    """How many processes: one a core, but no more than the files keep busy.

    >>> default_workers(1)
    1
    """
    return max(1, min(os.cpu_count() or 1, files // 4 + 1))


def read_all(
    jobs: Sequence[Job], workers: int | None = None, limits: Limits | None = None
) -> Iterator[tuple[Job, Result]]:
    """Read files side by side; yields each with its result, in the order of ending.

    The largest are read first, so that no worker is left alone with one of them at the end. At
    most two jobs a worker wait in memory, so that a corpus of any size passes through.

    Arguments:
        jobs: the files.
        workers: how many processes; 0 reads in this one, without limits, for tests.
        limits: what one file may cost.
    """
    if workers == 0:
        yield from ((job, ingest(job)) for job in jobs)
        return
    count = workers or default_workers(len(jobs))
    processes = [_Process(limits or Limits()) for _ in range(count)]
    free: SimpleQueue[_Process] = SimpleQueue()
    for process in processes:
        free.put(process)
    pool = ThreadPoolExecutor(count)
    try:
        yield from _in_flight(pool, free, sorted(jobs, key=_size, reverse=True), 2 * count)
    finally:
        for process in processes:
            process.close(kill=True)
        pool.shutdown(cancel_futures=True)


def _size(job: Job) -> int:
    """Bytes of a file; its reader will say what is wrong with one that can't be looked at."""
    try:
        return Path(job.path).stat().st_size
    except OSError:
        return 0


def _in_flight(
    pool: ThreadPoolExecutor, free: SimpleQueue[_Process], jobs: Sequence[Job], most: int
) -> Iterator[tuple[Job, Result]]:
    def read(job: Job) -> Result:
        process = free.get()
        try:
            return process.read(job)
        finally:
            free.put(process)

    waiting = iter(jobs)
    running: dict[Future[Result], Job] = {pool.submit(read, j): j for j in islice(waiting, most)}
    while running:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            yield running.pop(future), future.result()
            running.update({pool.submit(read, job): job for job in islice(waiting, 1)})
