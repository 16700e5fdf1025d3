"""Where the time of a build goes: `tb build` on a folder of documents, stage by stage.

    python benchmarks/chain.py ../shared/corpora/crpd-pdf --every 5

The folder is copied and built twice. Then every n-th file is read once more in one process, with
a clock around each stage; the least of three times counts, since other work only adds to it.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from treatybody import build, index, references, structure
from treatybody.corpus import Corpus
from treatybody.ingest.one_file import Job, ingest
from treatybody.readers.pdfpages import reading

READING: list[tuple[str, Any, str]] = [
    ("PDFium: runs of all pages", reading._Job, "read_pages"),
    ("pdfminer.six: first and doubtful pages", reading._Job, "read_again"),
    ("lines, notes, tables, blocks", reading, "assemble"),
    ("structure", structure, "documents"),
    ("finding references", references, "find"),
]
BUILD: list[tuple[str, Any, str]] = [
    ("reading, in worker processes", build._Build, "_read"),
    ("records", build._Build, "_stage"),
    ("links", build._Build, "link"),
    ("index", index, "publish"),
]
ROUNDS = 3


def _timed(times: Counter[str], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*args: Any, **named: Any) -> Any:
        start = time.perf_counter(), _cpu()
        try:
            return function(*args, **named)
        finally:
            times[name, "wall"] += time.perf_counter() - start[0]
            times[name, "cpu"] += _cpu() - start[1]
            times[name, "memory"] = _peak(resource.RUSAGE_CHILDREN)

    return wrapped


def _cpu() -> float:
    """Seconds of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak(who: int) -> int:
    """The most memory that this process, or the greatest one it started, has held, in MB."""
    return resource.getrusage(who).ru_maxrss // 1024


def _clocks(stack: ExitStack, places: list[tuple[str, Any, str]]) -> Counter[Any]:
    times: Counter[Any] = Counter()
    for name, owner, function in places:
        clocked = _timed(times, name, getattr(owner, function))
        stack.enter_context(patch.object(owner, function, clocked))
    return times


def whole(corpus: Corpus) -> None:
    """Print the stages of a first build, and how long a second one takes."""
    with ExitStack() as stack:
        times = _clocks(stack, BUILD)
        start = time.perf_counter(), _cpu()
        report = build.build(corpus)
        wall, cpu = time.perf_counter() - start[0], _cpu() - start[1]
    print(f"{len(report.read)} files, {report.paragraphs:,} paragraphs, {report.links:,} links")
    print("\n| stage | wall clock, s | CPU, s |\n| --- | --- | --- |")
    for name, _, _ in BUILD:
        print(f"| {name} | {times[name, 'wall']:.1f} | {times[name, 'cpu']:.1f} |")
    print(f"| **first build** | {wall:.1f} | {cpu:.1f} |")
    start = time.perf_counter(), _cpu()
    build.build(corpus)
    print(f"| second build | {time.perf_counter() - start[0]:.1f} | {_cpu() - start[1]:.1f} |")
    own, child = _peak(resource.RUSAGE_SELF), times[BUILD[0][0], "memory"]
    print(f"\nPeak memory: {own} MB, and at most {child} MB for each worker process.\n")


def stages(files: list[Path]) -> None:
    """Print the shares of reading, structure and references, measured in this process."""
    least: dict[Any, float] = {}
    with ExitStack() as stack:
        times = _clocks(stack, READING)
        for file in files * ROUNDS:
            times.clear()
            start = _cpu()
            ingest(Job(path=str(file), file=file.name, sha256="0"))
            times["all", "cpu"] = _cpu() - start
            for (name, _), seconds in times.items():
                least[file, name] = min(seconds, least.get((file, name), sys.float_info.max))
    total = Counter[str]()
    for (_, name), seconds in least.items():
        total[name] += seconds
    total["other"] = 2 * total["all"] - total.total()
    print("| one file's way | share of the CPU |\n| --- | --- |")
    for name in [*(name for name, _, _ in READING), "other"]:
        print(f"| {name} | {total[name] / total['all']:.0%} |")


def main() -> None:
    """Build a copy of the folder twice and read a part of it again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=5, help="read every n-th file again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="chain-") as made:
        root = Path(made)
        shutil.copytree(given.folder, root / "corpus" / "sources")
        whole(Corpus(root / "corpus", root / "index"))
    files = sorted(path for path in given.folder.rglob("*") if path.is_file())
    stages(files[:: given.every])


if __name__ == "__main__":
    main()
