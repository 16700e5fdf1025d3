"""What is locked is what the project asks for; the wheel holds what the program needs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_packages_versions_and_hashes_alone(lock: Path) -> None:
    head, *lines = lock.read_text("utf-8").splitlines()
    assert head.startswith("# Written by scripts/lock")
    requirement = re.compile(r"[a-z0-9.\-]+==[\w.]+( ; [\w .'<>=!]+)? \\")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [n for n in lines if not requirement.fullmatch(n) and not digest.fullmatch(n)] == []


def _locked(name: str) -> dict[str, str]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines()
    return dict(line.split()[0].split("==") for line in lines if "==" in line and line[0] != "#")


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ ;\[]", n)[0].lower().replace(".", "-") for n in requirements}


def test_the_locks_hold_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    runtime, test = _locked("runtime"), _locked("test")
    assert _names(PROJECT["project"]["dependencies"]) <= runtime.keys()
    assert _names(groups["build"]) <= runtime.keys()
    assert _names(groups["test"]) <= test.keys()
    assert _names(groups["benchmark"]) <= _locked("benchmark").keys()


def test_the_test_tools_change_nothing_for_the_program() -> None:
    runtime, test = _locked("runtime"), _locked("test")
    assert runtime == {name: test.get(name) for name in runtime}


def test_the_build_backend_is_the_locked_one() -> None:
    (backend,) = PROJECT["build-system"]["requires"]
    assert backend == f"hatchling=={_locked('runtime')['hatchling']}"


def test_whoosh_is_pinned() -> None:
    assert "Whoosh-Reloaded==2.7.5" in PROJECT["project"]["dependencies"]


def test_the_wheel_holds_the_tables(tmp_path: Path) -> None:
    """`pip install .` and `pipx install` bring the data files too."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True, timeout=60)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    tables = {path.relative_to(source).as_posix() for path in source.rglob("data/*.t*")}
    assert tables and tables | {"treatybody/py.typed"} <= held
