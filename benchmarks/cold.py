"""Measure cold commands, each a whole process with its output piped: one Markdown table.

    python benchmarks/cold.py 100000 --folder ../benchmark

Beside `tb search` stands a command that does the same with tantivy: the same click options, ten
lines of citation and text. Both search what `run.py` has built. Ours begins as the script does
that pip installs.

Where ripgrep is installed (on the path or beside this Python), it looks for the words in the JSON
Lines that the indexes were built from. It ranks and stems nothing: it prints the first ten lines,
in the order of the file, in which the word stands as typed, and stops there, so that a common word
is found at the file's head and a rare one takes it through most of the file. It does not count what
else there is, reads keys and facts as well as texts, and knows no fields, so that the query with
State and type is not asked of it.

Modules are compiled, as they are once installed: the first round, which is not counted, writes what
is missing, whatever PYTHONDONTWRITEBYTECODE says. Times are of the wall clock and, in brackets, of
the processor; the commands go in turns.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 21
OURS = "import sys; from treatybody.cli import main; sys.exit(main())"
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
BARE = [sys.executable, "-c", "pass"]
CLICK = [sys.executable, "-c", "import click"]
QUERIES = [
    ("rare word", ["statelessness"]),
    ("common word", ["detention"]),
    ("with State and type", ["detention", "--state", "PER", "--type", "concluding_observations"]),
]
TANTIVY = """
import json, sys
import click

@click.group()
def main(): pass

@main.command()
@click.argument("query", nargs=-1)
@click.option("-n", "--limit", type=int, default=10)
@click.option("--state")
@click.option("--type", "kind")
@click.option("--index")
def search(query, limit, state, kind, index):
    import tantivy
    from tantivy import Occur, Query
    opened = tantivy.Index.open(index)
    searcher, schema = opened.searcher(), opened.schema
    stem = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    stem = stem.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()
    parts = [Query.term_query(schema, "text", one) for one in stem.analyze(" ".join(query))]
    facts = (("state", state), ("type", kind))
    parts += [Query.term_query(schema, name, value) for name, value in facts if value]
    found = searcher.search(Query.boolean_query([(Occur.Must, one) for one in parts]), limit)
    for _, address in found.hits:
        record = json.loads(searcher.doc(address)["record"][0])
        click.echo(f"{record['document']}, para. {record['number']}\\t{record['text']}")

main()
"""


def commands(folder: Path) -> dict[str, list[str]]:
    """What is run, by name."""
    ours = [sys.executable, "-P", "-c", OURS, "search", "--index", folder / "treatybody"]
    theirs = [sys.executable, "-c", TANTIVY, "search", "--index", folder / "tantivy"]
    found = {"python, nothing": BARE, "python, click imported": CLICK}
    for title, query in QUERIES:
        for name, command in (("tantivy", theirs), ("treatybody", ours)):
            found[f"{title}: {name}"] = [*map(str, command), "-n", "10", *query]
        if len(query) == 1 and (scan := ripgrep()):
            found[f"{title}: ripgrep"] = [*scan, *query, str(folder / "corpus/records.jsonl")]
    return found


def ripgrep() -> list[str] | None:
    """ripgrep for ten lines that hold a word in any case, whatever its user has configured."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("rg") or shutil.which("rg", path=beside)
    return [found, "--no-config", "-i", "-w", "-m", "10"] if found else None


def once(command: list[str]) -> tuple[float, float]:
    """Seconds of one run by the clock, and of the processor."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.PIPE, check=True, env=COMPILED)
    wall, after = time.perf_counter() - start, os.times()
    used = after.children_user + after.children_system
    return wall, used - before.children_user - before.children_system


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    wanted = commands(options.folder / str(options.count))
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in wanted}
    for turn in range(options.rounds + 1):
        for name, command in wanted.items():
            taken = once(command)
            if turn:
                times[name].append(taken)
    print("| cold process, ms | median | least |\n| --- | ---: | ---: |")
    for name, found in times.items():
        wall, used = zip(*found, strict=True)
        middle = f"{statistics.median(wall) * 1000:.0f} ({statistics.median(used) * 1000:.0f})"
        print(f"| {name} | {middle} | {min(wall) * 1000:.0f} ({min(used) * 1000:.0f}) |")


if __name__ == "__main__":
    main()
