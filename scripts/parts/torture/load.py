"""Readers over an index that is rebuilt under them, and builds without end."""

from __future__ import annotations

import gc
import json
import os
import statistics
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from treatybody import index
from treatybody.query.parser import parse

from .made import CHANGED, FEWER, SMALL, Home, digest, warm

MORE_MEMORY = 24 * 2**20  # bytes that a process may grow: pages of the allocator, caches of the OS


def under_readers(folder: Path, rebuilds: int, readers: int) -> tuple[str, list[str]]:
    """Rebuild under readers; half of them open the index anew each time, half keep theirs.

    Returns what was done in one line of numbers, and the failures.
    """
    warm()
    home = Home(folder / "home")
    right = set()
    for sources in (CHANGED, FEWER, SMALL):
        home.put(sources)
        home.build()
        right.add(digest(home.answers()))
    stop = folder / "stop"
    children = [_reader(home, stop, folder / str(n), right, n % 2 == 0) for n in range(readers)]
    published = sum(_rebuild(home, n) for n in range(rebuilds))
    time.sleep(0.2)
    stop.touch()
    for child in children:
        os.waitpid(child, 0)
    said = [json.loads((folder / str(n)).read_text()) for n in range(readers)]
    failures = [failure for one in said for failure in one["failures"]]
    answers, grown = sum(one["answers"] for one in said), max(one["grown"] for one in said)
    line = (
        f"{readers} readers, {published} generations published under them, {answers} answers, "
        f"each right for one generation; memory grew by {grown // 1024} KiB at most"
    )
    return line, failures


def _rebuild(home: Home, number: int) -> bool:
    home.put((CHANGED, FEWER, SMALL)[number % 3])
    published = home.build(full=number % 5 == 4).published
    time.sleep(0.05)
    return published


def _reader(home: Home, stop: Path, result: Path, right: set[str], anew: bool) -> int:
    """A process that searches until told to stop; returns its number."""
    child = os.fork()
    if child:
        return child
    failures, answers, first = [], 0, (0, 0)
    try:
        for said in _anew(home) if anew else _kept(home):
            answers += 1
            if said not in right:
                failures.append("an answer is right for no generation")
            if answers == 8:
                first = usage()
            if stop.exists():
                break
    except BaseException:
        failures.append(traceback.format_exc())
    memory, files = usage()
    grown = memory - first[0] if answers > 8 else 0
    if grown > MORE_MEMORY or (answers > 8 and files > first[1]):
        failures.append(f"grew by {grown} bytes; open files {first[1]} -> {files}")
    result.write_text(json.dumps({"failures": failures, "answers": answers, "grown": grown}))
    os._exit(0)


def _anew(home: Home) -> Iterator[str]:
    while True:
        yield digest(home.answers())


def _kept(home: Home) -> Iterator[str]:
    """An index opened once: its answers must never change, whatever is published."""
    with index.open_index(home.corpus.index) as opened:
        before = digest(home.answers())
        first = None
        while True:
            hits = [hit for q in ("lighthouse", "20*") for hit in opened.search(parse(q).tree)]
            said = digest({"hits": [f"{hit.id} {hit.text}" for hit in hits]})
            first = first or said
            yield before if said == first else "changed"


def many_builds(folder: Path, cycles: int) -> tuple[str, list[str]]:
    """Incremental builds one after the other; the last tenth must be as the first was."""
    warm()
    home = Home(folder / "home")
    home.put(SMALL)
    home.build()
    seconds, searches, sizes, uses = [], [], [], []
    for number in range(cycles):
        home.put(_changed(number))
        seconds.append(_timed(home.build))
        searches.append(_timed(home.answers))
        sizes.append(_size(home.root / "index"))
        uses.append(usage())
    tenth = max(3, cycles // 10)
    rows = {
        "build ms": [1000 * s for s in seconds],
        "search ms": [1000 * s for s in searches],
        "index KiB": [size / 1024 for size in sizes],
        "memory MiB": [memory / 2**20 for memory, _ in uses],
        "open files": [float(files) for _, files in uses],
    }
    middle = statistics.median
    compared = {name: (middle(row[:tenth]), middle(row[-tenth:])) for name, row in rows.items()}
    shown = {name: f"{name} {a:.1f} -> {b:.1f}" for name, (a, b) in compared.items()}
    failures = [shown[name] for name, (a, b) in compared.items() if b > _MOST[name] * a + 1]
    line = ", ".join(shown.values())
    return f"{cycles} incremental builds; first and last tenth: {line}", failures + home.orphans()


_MOST = {"build ms": 2.0, "search ms": 2.0, "index KiB": 1.1, "memory MiB": 1.2, "open files": 1.0}


def _changed(number: int) -> dict[str, str]:
    """The made sources with one document changed, and now and then one gone."""
    sources = FEWER if number % 7 == 6 else SMALL
    name = sorted(sources)[number % len(sources)]
    word = f"lighthouse number {number}"
    return {**sources, name: sources[name].replace("lighthouse", word).replace("harbour", word)}


def _timed(work: object) -> float:
    assert callable(work)
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def usage() -> tuple[int, int]:
    """Memory of this process in bytes, and how many files it has open.

    What only the collector frees (maps of files in circles of objects) is freed first.
    """
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), len(os.listdir("/proc/self/fd"))  # noqa: PTH208
