"""How long a cold search takes beside the bare start of Python: `benchmark_cold.py [QUERY]`.

Runs in turn, many times, so that whatever else the machine does falls on all alike: Python that
does nothing, `tb search` as installed, and `scripts/tb search` with its look at the sources. Each
is a whole process, its output piped. Prints a Markdown table with the median and the 95th
percentile in milliseconds and the ratio of medians to the bare start.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
Commands = dict[str, list[str]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/benchmark-cold", description="Cold searches.")
    parser.add_argument("query", nargs="?", default='"suspensive effect"')
    parser.add_argument("--runs", type=int, default=31)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "corpus", Path(folder, "corpus"))
        places = ["--corpus", str(Path(folder, "corpus"))]
        commands = what_to_run(options.query, places)
        subprocess.run([*tb(), "build", "--quiet", *places], check=True)
        times = measure(commands, max(options.runs, 2))
    print_table(times)
    return 0


def tb() -> list[str]:
    return [sys.executable, "-P", "-m", "treatybody"]


def what_to_run(query: str, places: list[str]) -> Commands:
    search = ["search", *places, "--", query]
    return {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        "`tb search`": [*tb(), *search],
        "`scripts/tb search`": [str(ROOT / "scripts" / "tb"), *search],
    }


def measure(commands: Commands, runs: int) -> dict[str, list[float]]:
    """Milliseconds of each run; the first round warms the disk cache and is not counted."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            start = perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            if turn:
                times[name].append((perf_counter() - start) * 1000)
    return times


def print_table(times: dict[str, list[float]]) -> None:
    bare = median(next(iter(times.values())))
    print("| cold process | median, ms | 95 %, ms | times the bare start |")
    print("| --- | ---: | ---: | ---: |")
    for name, taken in times.items():
        late = quantiles(taken, n=20, method="inclusive")[-1]
        print(f"| {name} | {median(taken):.0f} | {late:.0f} | {median(taken) / bare:.1f} |")


if __name__ == "__main__":
    sys.exit(main())
