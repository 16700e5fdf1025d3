"""The nightly job: build, verify, one JSON report on standard output, the exit code.

    scripts/rebuild [--corpus DIR] [--index DIR] [--full] [--wait SECONDS]

Safe under cron: it needs no terminal, no variable and no current folder. Without `--corpus` (or
`TREATYBODY_CORPUS`) it rebuilds the corpus of its own checkout. Of two that run at once the second
waits until the first is done, up to `--wait` seconds (an hour), then says who holds the lock.

Exit code: 0 all is well; 1 verify has findings; 2 an error, the last good index goes on
answering; 3 done, but some inputs could not be read (the report lists them); 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / ".rebuild.lock"
HOLDER = ROOT / ".rebuild.lock.holder"
SUMMARY = "Build, verify, print one JSON report; safe under cron and twice at once."


def main() -> int:
    options = arguments()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what runs below ends with us
    report: dict[str, Any] = {"started": now()}
    try:
        with alone(options.wait):
            report |= rebuild(options)
    except Timeout:
        report |= {"error": f"waited {options.wait:g} s for {holder()}", "exit_code": 2}
    except KeyboardInterrupt:
        report |= {"error": "interrupted", "exit_code": 130}
    report["finished"] = now()
    print(json.dumps(report, ensure_ascii=False, indent=2))
    return int(report["exit_code"])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/rebuild", description=SUMMARY)
    parser.add_argument("--corpus", type=Path, default=default("TREATYBODY_CORPUS", "corpus"))
    parser.add_argument("--index", type=Path, default=default("TREATYBODY_INDEX", ""))
    parser.add_argument("--full", action="store_true", help="read every file again")
    parser.add_argument("--wait", type=float, default=3600.0, help="seconds to wait for another")
    return parser.parse_args()


def default(variable: str, folder: str) -> Path | None:
    if os.environ.get(variable):
        return Path(os.environ[variable])
    return ROOT / folder if folder else None


@contextmanager
def alone(wait: float) -> Iterator[None]:
    """Hold the lock of this checkout; it is free as soon as its holder is dead."""
    lock = FileLock(LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(f"{holder()} is at work; waiting for it")
        lock.acquire(timeout=wait)
    try:
        HOLDER.write_text(f"process {os.getpid()}, since {now()}", "ascii")
        yield
    finally:
        HOLDER.unlink(missing_ok=True)
        lock.release()


def holder() -> str:
    name = HOLDER.read_text("ascii") if HOLDER.is_file() else "process unknown"
    return f"another rebuild ({name})"


def rebuild(options: argparse.Namespace) -> dict[str, Any]:
    """Build, then verify what is published, whether or not the build went well."""
    build, reports = tb("build", *(["--full"] if options.full else []), *places(options))
    verify, findings = tb("verify", *places(options))
    build["report"] = reports[0] if reports else None
    verify["findings"] = findings
    repeated = verify["exit_code"] == 1 and only_repeats(findings, build["report"])
    code = worst([build["exit_code"], 0 if repeated else verify["exit_code"]])
    return {"corpus": str(options.corpus), "build": build, "verify": verify, "exit_code": code}


def only_repeats(findings: list[Any], report: Any) -> bool:
    """Whether verify found nothing but the files that the build has listed as unreadable.

    >>> only_repeats([{"place": "b.pdf"}], {"unreadable": [{"file": "b.pdf"}]})
    True
    """
    listed = {failure["file"] for failure in (report or {}).get("unreadable", [])}
    return bool(findings) and {finding["place"] for finding in findings} <= listed


def places(options: argparse.Namespace) -> list[str]:
    index = ["--index", str(options.index.resolve())] if options.index else []
    return ["--corpus", str(options.corpus.resolve()), *index]


def tb(*arguments: str) -> tuple[dict[str, Any], list[object]]:
    """Run one command with `--json`: its exit code and what it said, and its lines."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "treatybody", *arguments, "--json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    said = done.stderr.strip()
    if said:
        say(said)
    lines = parsed(done.stdout)
    crashed = done.returncode == 1 and not lines  # findings come with lines that say which
    return {"exit_code": 2 if crashed else done.returncode, "messages": said.splitlines()}, lines


def parsed(printed: str) -> list[object]:
    r"""JSON Lines; empty when they are none.

    >>> parsed('{"a": 1}\n{"a": 2}\n'), parsed("")
    ([{'a': 1}, {'a': 2}], [])
    """
    try:
        return [json.loads(line) for line in printed.splitlines() if line.strip()]
    except ValueError:
        return []


def worst(codes: list[int]) -> int:
    """An error comes before findings, findings before unreadable inputs.

    >>> worst([3, 0]), worst([3, 1]), worst([0, -9])
    (3, 1, 2)
    """
    if any(code not in (0, 1, 2, 3, 130) for code in codes):
        return 2
    return next((code for code in (130, 2, 1, 3) if code in codes), 0)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
