"""`scripts/torture`: run the proofs, write their figures into docs/reliability.md."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
import tempfile
import time
from pathlib import Path

from . import parts

PAGE = Path(__file__).parents[3] / "docs" / "reliability.md"


def main() -> int:
    chosen = _arguments()
    if chosen.list:
        for name, part in parts.ALL.items():
            print(f"{name:12} {part.__doc__}")
        return 0
    wrong = 0
    for name in chosen.parts or parts.ALL:
        wrong += _run(name, chosen.scale, chosen.seed)
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/torture", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="all by default; see --list")
    parser.add_argument("--scale", type=float, default=1.0, help="how much of the full run")
    parser.add_argument("--seed", type=int, default=0, help="other moments, other cases")
    parser.add_argument("--list", action="store_true", help="the parts, and what each does")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(parts.ALL):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; see --list")
    return chosen


def _run(name: str, scale: float, seed: int) -> int:
    """Run one part; returns how many cases failed."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        done = parts.ALL[name](Path(folder), scale, seed)
    seconds = time.monotonic() - begun
    for failure in done.failures[:20]:
        print(f"{name}: {failure}", file=sys.stderr)
    today = datetime.datetime.now(datetime.UTC).date()
    row = f"| {name} | {done.said} | {len(done.failures)} | {seconds:.0f} s | {today} |"
    print(row, flush=True)
    if scale >= 1 or not _has_row(name):
        _write(name, row)
    return len(done.failures)


def _has_row(name: str) -> bool:
    return f"\n| {name} | " in PAGE.read_text("utf-8")


def _write(name: str, row: str) -> None:
    """Put the row of a part into the table of figures."""
    page = PAGE.read_text("utf-8")
    if _has_row(name):
        page = re.sub(rf"(?m)^\| {name} \| .*$", lambda _: row, page)
    else:
        page = page.replace("<!-- end of figures -->", f"{row}\n<!-- end of figures -->")
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
