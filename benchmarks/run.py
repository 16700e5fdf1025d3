"""Measure this project beside tantivy, SQLite FTS5, plain Whoosh and Xapian: one Markdown table.

    python benchmarks/run.py 20000 --folder ../benchmark --engines treatybody,tantivy

Xapian takes part where its Python bindings are installed (`python3-xapian` of a distribution, or
`pip install xapian-bindings-binary`). With `--keep`, what an earlier run has built is used.

Every engine is built in a process of its own and opened in one; a query goes round the engines in
turn, in another order each time, so that all see the same machine and none always comes after one
that has filled the caches. The first round warms and is not counted. All this is done in several
sittings, for which the engines are opened anew: where the system happens to put the memory of a
process makes it a tenth slower or faster as long as it lives.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import corpus
import engines
import msgspec

QUERIES: list[tuple[str, tuple[str, ...]]] = [
    ("rare word", ("word", "statelessness")),
    ("common word", ("word", "detention")),
    ("a OR b", ("or", "detention", "custody")),
    ("a AND b", ("and", "detention", "torture")),
    ("three-word phrase", ("phrase", "the", "state", "party")),
    ("NEAR/10", ("near", "detention", "torture")),
    ("prefix", ("prefix", "con")),
    ("leading wildcard", ("suffix", "ployment")),
    ("fuzzy", ("fuzzy", "detenton")),
    ("State and type filter", ("filter", "detention", "PER", "concluding_observations")),
    ("sort by date", ("sort", "detention")),
    ("facet over all hits", ("facet", "detention")),
    ("export, records", ("export", "detention")),
    ("export, spans", ("export with spans", "detention")),
]
REPLACED = "replace one document"
SITTINGS, ROUNDS = 3, 8
SLOW = 1.0  # seconds; what takes longer is asked three times only


def _make(folder: Path, count: int, out: Connection) -> None:
    # in a process of its own: what starts from a large one has its peak of memory
    corpus.make(folder / "corpus", count)
    out.send(None)


def _build(name: str, folder: Path, out: Connection) -> None:
    engine = _engine(name, folder)
    start = time.perf_counter()
    engine.build(corpus.Corpus(folder / "corpus"))
    seconds = time.perf_counter() - start
    out.send((seconds, _peak()))


def _serve(name: str, folder: Path, pipe: Connection) -> None:
    engine = _engine(name, folder)
    engine.open()
    while (query := pipe.recv()) is not None:
        answer = engine.answer(query)
        if answer is None:
            pipe.send(None)
            continue
        start = time.perf_counter()
        count = answer()
        pipe.send((time.perf_counter() - start, count))
    pipe.send(_peak())


def _replace(name: str, folder: Path, out: Connection) -> None:
    """Replace one document of 16 paragraphs again and again, in a copy of what was built."""
    with tempfile.TemporaryDirectory(dir=folder) as copy:
        built = _path(name, folder)
        made = Path(copy, built.name)
        shutil.copytree(built, made) if built.is_dir() else shutil.copy(built, made)
        store = corpus.Corpus(folder / "corpus")
        replace = _engine(name, Path(copy)).replacing(store)
        original = store.paragraphs(next(iter(store.documents())))[:16]
        times = []
        for turn in range(SITTINGS * ROUNDS + 1):
            paragraphs = [
                msgspec.structs.replace(one, text=f"{one.text} turn{turn}") for one in original
            ]
            start = time.perf_counter()
            replace(paragraphs)
            times.append(time.perf_counter() - start)
        out.send(times[1:])


def _engine(name: str, folder: Path) -> Any:
    return next(one for one in engines.ALL if one.name == name)(folder)


def _path(name: str, folder: Path) -> Path:
    engine = _engine(name, folder)
    return Path(getattr(engine, "folder", None) or engine.path)


def _peak() -> float:
    """The most memory that this process had, in MB; mapped files count as far as they are in it.

    Not ``ru_maxrss``: a process that was just started still shows what its parent had.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (line,) = (one for one in status.read_text().splitlines() if one.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _apart(target: Any, *arguments: Any) -> tuple[Any, Connection]:
    ours, theirs = multiprocessing.Pipe()
    made = multiprocessing.get_context("spawn").Process(target=target, args=(*arguments, theirs))
    made.daemon = target is _serve  # it ends with this one, also where another has failed
    made.start()
    return made, ours


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())


def measure(names: list[str], folder: Path) -> dict[str, dict[str, Any]]:
    """Times in seconds and hits, by query and engine."""
    found: dict[str, dict[str, Any]] = {title: {} for title, _ in QUERIES}
    found["peak memory"] = dict.fromkeys(names, 0.0)
    orders = _orders(names)
    for _ in range(SITTINGS):
        _sit({name: _apart(_serve, name, folder) for name in names}, orders, found)
    for name in names:
        process, pipe = _apart(_replace, name, folder)
        found.setdefault(REPLACED, {})[name] = {"hits": 16, "times": pipe.recv()}
        process.join()
    return found


def _sit(
    serving: dict[str, tuple[Any, Connection]],
    orders: Iterator[Sequence[str]],
    found: dict[str, dict[str, Any]],
) -> None:
    """Ask all queries in turn, and add what was measured."""
    for title, query in QUERIES:
        for turn, order in zip(range(ROUNDS + 1), orders, strict=False):
            for name in order:
                _ask(serving[name][1], query, found[title].setdefault(name, {}), turn > 0)
    for name, (process, pipe) in serving.items():
        pipe.send(None)
        found["peak memory"][name] = max(found["peak memory"][name], pipe.recv())
        process.join()


def _ask(pipe: Connection, query: tuple[str, ...], cell: dict[str, Any], counted: bool) -> None:
    times = cell.get("times", [])
    if len(times) >= 3 and statistics.median(times) > SLOW:
        return
    pipe.send(query)
    answer = pipe.recv()
    if answer is None:
        return
    seconds, cell["hits"] = answer
    if counted or seconds > SLOW:
        cell["times"] = [*times, seconds]


def _orders(names: list[str]) -> Iterator[Sequence[str]]:
    """Orders in which the engines take turns: each comes behind each other as often.

    Williams, "Experimental designs balanced for the estimation of residual effects of treatments"
    (1949): few enough orders for the rounds there are, where five engines have 120 permutations.
    """
    size = len(names)
    zigzag = [(1 + turn) // 2 * (1 if turn % 2 else -1) for turn in range(size)]
    orders = [[names[(place + by) % size] for place in zigzag] for by in range(size)]
    return itertools.cycle(orders + [order[::-1] for order in orders])


def table(found: dict[str, Any], built: dict[str, Any], names: list[str], raw: int) -> str:
    """The measurements as Markdown."""
    lines = ["| median (95th percentile), ms | hits | " + " | ".join(names) + " | ours / tantivy |"]
    lines.append("| --- " * (len(names) + 3) + "|")
    for title in [*(title for title, _ in QUERIES), REPLACED]:
        cells = [_cell(found[title].get(name)) for name in names]
        ours, other = (found[title].get(name) for name in (names[0], "tantivy"))
        ratio = f"{_median(ours) / _median(other):.2f}" if ours and other else ""
        hits = f"{ours['hits']:,}" if ours else ""
        lines.append(f"| {title} | {hits} | {' | '.join(cells)} | {ratio} |")
    for title, value in (
        ("peak memory of searching, MB", lambda n: f"{found['peak memory'][n]:,.0f}"),
        ("build, s", lambda n: f"{built[n]['seconds']:,.1f}" if n in built else ""),
        ("peak memory of building, MB", lambda n: f"{built[n]['peak']:,.0f}" if n in built else ""),
        ("size against JSON Lines", lambda n: f"{built[n]['size'] / raw:.2f}"),
    ):
        lines.append(f"| {title} | | {' | '.join(value(name) for name in names)} | |")
    return "\n".join(lines) + "\n"


def _median(cell: dict[str, Any]) -> float:
    return statistics.median(cell["times"])


def _cell(cell: dict[str, Any] | None) -> str:
    if not cell or not cell.get("times"):
        return "-"
    times = sorted(cell["times"])
    last = times[min(len(times) - 1, round(0.95 * len(times)))]
    return f"{_median(cell) * 1000:,.2f} ({last * 1000:,.2f})"


def main() -> None:
    """Make the corpus, build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--engines", default=",".join(one.name for one in engines.ALL))
    parser.add_argument("--keep", action="store_true", help="use what is built already")
    options = parser.parse_args()
    names = options.engines.split(",")
    known = [one.name for one in engines.ALL]
    if unknown := set(names).difference(known):
        parser.error(f"no engine {', '.join(sorted(unknown))} here: choose of {', '.join(known)}")
    folder = options.folder / str(options.count)
    if not (folder / "corpus/documents.jsonl").exists():
        process, pipe = _apart(_make, folder, options.count)
        pipe.recv()
        process.join()
    log = folder / "built.json"
    built = json.loads(log.read_text()) if log.exists() else {}
    for name in names:
        if name in built and options.keep:
            continue
        process, pipe = _apart(_build, name, folder)
        seconds, peak = pipe.recv()
        process.join()
        size = _size(_path(name, folder))
        built[name] = {"seconds": seconds, "peak": peak, "size": size}
        log.write_text(json.dumps(built))
    raw = _size(folder / "corpus/records.jsonl")
    print(table(measure(names, folder), built, names, raw))


if __name__ == "__main__":
    main()
