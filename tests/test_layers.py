"""What each room may import: other people's code, and what a room must never know.

The order of our own rooms is import-linter's (pyproject.toml). These tables say the rest, and
hold for every module that the source has, imports inside functions included.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "treatybody"
MODULES = sorted(SOURCE.rglob("*.py"))

# other people's package -> the only rooms (or modules) that may import it
OWNERS = {
    "Stemmer": {"index", "references"},
    "click": {"cli"},
    "docx": {"readers"},
    "lxml": {"readers"},
    "matplotlib": {"cli.plot"},
    "numpy": {"index", "references"},
    "pdfminer": {"readers"},
    "platformdirs": {"cycle"},
    "pypdfium2": {"readers"},
    "pypdfium2_raw": {"readers"},
    "rich": {"cli.render"},
    "sqlite_utils": {"exporters"},
    "whoosh": {"index"},
    "xlsxwriter": {"exporters"},
    "zstandard": {"index"},
}

# room -> rooms of ours that it must never know
NEVER = {
    "readers": {"symbols", "states", "dates", "citations", "structure", "references", "manifest"},
    "structure": {"readers", "store", "index", "corpus"},
    "references": {"readers", "store", "index", "corpus"},
    "query": {"index", "store", "readers"},
    "index": {"cli", "readers", "structure", "exporters"},
    "cycle": {"readers", "cli", "exporters"},
    "exporters": {"index", "store", "cli", "readers"},
    "model": {"errors", "blocks", "symbols"},
}

# what may not be loaded by the mere import of a module: a command pays for what it uses
HEAVY = (
    "whoosh",
    "numpy",
    "rich",
    "docx",
    "lxml",
    "pdfminer",
    "pypdfium2",
    "babel",
    "xlsxwriter",
    "zstandard",
)


def room_path(module: Path) -> str:
    """`index/writer.py` is `index.writer`, `cli/__init__.py` is `cli`."""
    parts = module.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports(module: Path) -> Iterator[str]:
    """The dotted names that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = absolute(module, node.level, node.module)
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def absolute(module: Path, level: int, name: str | None) -> str:
    """Where a `from ... import` points, its leading dots resolved."""
    if not level:
        return name or ""
    package = ("treatybody", *module.relative_to(SOURCE).parts)[:-level]
    return ".".join((*package, *([name] if name else [])))


def stands_in(room: str, rooms: set[str]) -> bool:
    return any(room == owner or room.startswith(owner + ".") for owner in rooms)


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 10


@pytest.mark.parametrize("package", OWNERS)
def test_others_code_stays_in_its_room(package: str) -> None:
    strays = [
        f"{room_path(module)} imports {name}"
        for module in MODULES
        for name in imports(module)
        if name.split(".")[0] == package and not stands_in(room_path(module), OWNERS[package])
    ]
    assert not strays, f"only {sorted(OWNERS[package])} may import {package}: {strays}"


@pytest.mark.parametrize("room", NEVER)
def test_a_room_never_knows(room: str) -> None:
    forbidden = {f"treatybody.{other}" for other in NEVER[room]}
    strays = [
        f"{room_path(module)} imports {name}"
        for module in MODULES
        for name in imports(module)
        if stands_in(room_path(module), {room}) and stands_in(name, forbidden)
    ]
    assert not strays


@pytest.mark.parametrize("package", ["treatybody", "treatybody.cli", "treatybody.query.tree"])
def test_import_loads_nothing_heavy(package: str) -> None:
    script = f"import sys, {package}; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []


def test_every_room_is_on_the_map() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = re.findall(r"`([\w/]+?)(?:/|\.py)`", page)
    rooms = {path.stem for path in SOURCE.iterdir() if not path.name.startswith(("_", "py."))}
    assert rooms - {"data"} <= set(named)


@pytest.mark.parametrize("module", MODULES, ids=room_path)
def test_no_module_is_too_long_to_read(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) < 400


def test_what_a_checkout_begins_with_is_there() -> None:
    """A page that a clean-up takes along by mistake is missed here."""
    names = "README.md CHANGELOG.md CONTRIBUTING.md LICENSE NOTICE .ci/run .gitattributes"
    assert [
        name for name in [*names.split(), "index/README.md"] if not (ROOT / name).is_file()
    ] == []
    assert len(list((ROOT / "corpus" / "sources").iterdir())) == 5
