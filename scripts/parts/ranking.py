"""How good the ranking is: nDCG@10, MAP and recall@100 on judged collections, beside others."""

from __future__ import annotations

import argparse
import sys
from time import perf_counter
from typing import Any

from ranking_sets import FOLDER, NAMES, Collection, load
from ranking_systems import SYSTEMS, Run

Figures = tuple[float, float, float]


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/ranking", description="Measure the ranking.")
    parser.add_argument("--collections", default=",".join(NAMES))
    parser.add_argument("--systems", default=";".join(SYSTEMS), help="names parted by semicolons")
    parser.add_argument("--lab", action="store_true", help="what each part of the ranking gives")
    options = parser.parse_args()
    if not FOLDER.is_dir():
        parser.error(f"there are no collections in {FOLDER}")
    collections = [load(name) for name in options.collections.split(",")]
    if options.lab:
        import ranking_lab

        systems = ranking_lab.VARIANTS
    else:
        systems = {name: SYSTEMS[name] for name in options.systems.split(";")}
    report(systems, collections)
    return 0


def report(systems: dict[str, Any], collections: list[Collection]) -> None:
    """A table with a row for each system; the last columns compare the first system with it."""
    print("| nDCG@10 MAP R@100 |", " | ".join(one.name for one in collections), "| nDCG | MAP |")
    print("| --- |" + " ---: |" * (len(collections) + 2))
    first: list[Figures] = []
    for name, system in systems.items():
        start = perf_counter()
        figures = [measure(system(collection), collection) for collection in collections]
        first = first or figures
        cells = [" ".join(f"{figure:.4f}"[1:] for figure in row) for row in figures]
        ahead = [f"{ahead_of(first, figures, column):+.1%}" for column in (0, 1)]
        print(f"| {name} |", " | ".join([*cells, *ahead]), "|", flush=True)
        print(f"{name}: {perf_counter() - start:.0f} s", file=sys.stderr)


def ahead_of(ours: list[Figures], theirs: list[Figures], column: int) -> float:
    """How far the first is ahead, as a share of the other, on average over collections."""
    ratios = [a[column] / b[column] for a, b in zip(ours, theirs, strict=True)]
    return sum(ratios) / len(ratios) - 1


def measure(run: Run, collection: Collection) -> Figures:
    """Scores are made of ranks, so that nobody else's way of breaking ties decides."""
    import ir_measures
    from ir_measures import AP, R, nDCG

    wanted = [nDCG @ 10, AP, R @ 100]
    judged = {q: dict.fromkeys(names, 1) for q, names in collection.judged.items()}
    ranked = {q: {d: -float(at) for at, d in enumerate(names)} for q, names in run.items()}
    found = ir_measures.calc_aggregate(wanted, judged, ranked)
    return found[wanted[0]], found[wanted[1]], found[wanted[2]]


if __name__ == "__main__":
    sys.exit(main())
