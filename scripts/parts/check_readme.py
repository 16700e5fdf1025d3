"""Run the commands that a page shows and compare what they print: `check_readme.py [PAGE...]`.

A fenced block whose info string is `console` is checked. In it a line that starts with `$ ` is a
command (a trailing backslash carries it on), and the lines below are what it prints on standard
output; of a command that ends in an error (exit code 2 and above) also what it prints on standard
error. `...` alone on a line stands for any lines, within a line for any characters.
`console tty` runs the commands in a terminal of 100 columns, without colour. Other blocks (`sh`
for what can't run here) are left alone.

The commands of one page run one after another in a folder of their own, with a copy of the corpus
and without an index, as a reader would find it. `--write` puts in what was printed where it
differs. Files and scripts of the checkout that a page names must exist.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = 100
SECONDS = 120
BLOCK = re.compile(r"^```console(?P<tty> tty)?\n(?P<body>.*?)^```$", re.M | re.S)
NAMED = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)|\b((?:scripts|docs|\.ci)/[\w./-]*\w)")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\r")


@dataclass(frozen=True)
class Example:
    """A command of a page and what the page says that it prints."""

    command: str
    printed: str
    tty: bool
    line: int


@dataclass(frozen=True)
class Difference:
    """An example whose command prints something else."""

    example: Example
    actual: str

    def __str__(self) -> str:
        shown = difflib.unified_diff(
            self.example.printed.splitlines(), self.actual.splitlines(), "page", "run", lineterm=""
        )
        return f"line {self.example.line}: $ {self.example.command}\n" + "\n".join(shown)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pages", nargs="*", type=Path, help="default: README.md and docs/*.md")
    parser.add_argument("--write", action="store_true", help="put in what was printed")
    options = parser.parse_args()
    pages = options.pages or [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return max([check_page(page, write=options.write) for page in pages], default=0)


def check_page(page: Path, *, write: bool) -> int:
    text = page.read_text("utf-8")
    found = list(examples(text))
    differences = run_all(found) if found else []
    missing = sorted(set(missing_files(page, text)))
    for difference in differences:
        print(f"{page.name}, {difference}\n")
    for name in missing:
        print(f"{page.name} names {name}, which does not exist")
    if write and differences:
        page.write_text(rewritten(text, found, differences), "utf-8")
    print(
        f"{page.name}: {len(found) - len(differences)} of {len(found)} examples print what it says"
    )
    return int(bool(missing or (differences and not write)))


def examples(text: str) -> Iterator[Example]:
    r"""The commands of a page.

    >>> [(e.command, e.printed) for e in examples("```console\n$ echo a\na\n$ true\n```\n")]
    [('echo a', 'a'), ('true', '')]
    """
    for block in BLOCK.finditer(text):
        first = text.count("\n", 0, block.start("body")) + 1
        lines = block["body"].splitlines()
        for start, end in spans(lines):
            size = command_size(lines[start:end])
            command = "\n".join(lines[start : start + size])[2:]
            printed = "\n".join(lines[start + size : end])
            yield Example(command, printed.rstrip(), bool(block["tty"]), first + start)


def spans(lines: list[str]) -> Iterator[tuple[int, int]]:
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    yield from zip(starts, [*starts[1:], len(lines)], strict=True)


def command_size(lines: list[str]) -> int:
    return next((n for n, line in enumerate(lines, 1) if not line.endswith("\\")), len(lines))


def run_all(found: list[Example]) -> list[Difference]:
    """Run the examples of one page in turn, in a folder laid out as the reader has it."""
    with tempfile.TemporaryDirectory(prefix="readme-") as name:
        folder = Path(name).resolve()
        lay_out(folder)
        results = [(example, run(example, folder)) for example in found]
    return [
        Difference(example, actual)
        for example, actual in results
        if not pattern(example.printed).fullmatch(actual)
    ]


def lay_out(folder: Path) -> None:
    """The corpus, and this checkout's scripts under the names that a reader types."""
    shutil.copytree(ROOT / "corpus", folder / "corpus", ignore=shutil.ignore_patterns(".*"))
    (folder / "scripts").mkdir()
    for script in (ROOT / "scripts").iterdir():
        if script.is_file():
            stand_in = folder / "scripts" / script.name
            stand_in.write_text(f'#!/bin/sh\nexec "{script}" "$@"\n', "utf-8")
            stand_in.chmod(0o755)


def run(example: Example, folder: Path) -> str:
    """What a command prints, without trailing blanks and terminal control."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TREATY")}
    environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environ.get('PATH', '')}"
    environ |= {"NO_COLOR": "1", "COLUMNS": str(COLUMNS), "PYTHONUTF8": "1", "TERM": "xterm"}
    runner = in_terminal if example.tty else in_pipe
    printed = CONTROL.sub("", runner(example.command, folder, environ))
    return "\n".join(line.rstrip() for line in printed.splitlines()).rstrip()


def in_pipe(command: str, folder: Path, environ: dict[str, str]) -> str:
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    printed = done.stdout + (done.stderr if done.returncode >= 2 else b"")
    return printed.decode("utf-8", "replace")


def in_terminal(command: str, folder: Path, environ: dict[str, str]) -> str:
    """Standard output is a terminal, so that programs show what they show a person."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    process = subprocess.Popen(
        ["/bin/sh", "-c", command],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    printed = b"".join(iter(lambda: read_some(ours), b""))
    os.close(ours)
    process.wait(SECONDS)
    return printed.decode("utf-8", "replace")


def read_some(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other end has closed
        return b""


def pattern(printed: str) -> re.Pattern[str]:
    r"""What a page says is printed, as a regular expression.

    >>> bool(pattern("one\n...\nlast ... word").fullmatch("one\n2\n3\nlast and final word"))
    True
    >>> bool(pattern("one").fullmatch("one\ntwo"))
    False
    """
    parts = []
    for line in printed.splitlines():
        if line.strip() == "...":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*?".join(map(re.escape, line.rstrip().split("..."))) + r"\n")
    return re.compile("".join(parts).removesuffix(r"\n") + r"\n?")


def rewritten(text: str, found: list[Example], differences: list[Difference]) -> str:
    """The page with what was printed in the place of what differs."""
    lines = text.split("\n")
    for difference in sorted(differences, key=lambda d: d.example.line, reverse=True):
        example = difference.example
        start = example.line - 1 + example.command.count("\n") + 1
        end = start + len(example.printed.splitlines())
        lines[start:end] = difference.actual.splitlines()
    return "\n".join(lines)


def missing_files(page: Path, text: str) -> Iterator[str]:
    """Files of the checkout that the page names and that are not there."""
    for link, path in NAMED.findall(text):
        places = [page.parent / link] if link else [ROOT / path, ROOT / f"{path}.md"]
        if not any(place.exists() for place in places):
            yield link or path


if __name__ == "__main__":
    sys.exit(main())
