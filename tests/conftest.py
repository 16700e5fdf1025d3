"""What tests share: the project's own corpus, built once, and `tb` as people run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import treatybody

ROOT = Path(__file__).parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]

# a busy machine is no fault of the program: no test has a clock
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def run_tb(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `tb` in a process of its own, output piped: the same code as the tests import."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("TREATYBODY_")}
    clean["PYTHONPATH"] = str(Path(treatybody.__file__).resolve().parents[1])
    return subprocess.run(
        [sys.executable, "-P", "-m", "treatybody", *arguments],
        cwd=cwd,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the five documents, built; tests must not change it."""
    home = tmp_path_factory.mktemp("seeds")
    shutil.copytree(ROOT / "corpus" / "sources", home / "corpus" / "sources")
    shutil.copy(ROOT / "corpus" / "manifest.toml", home / "corpus")
    built = run_tb("build", cwd=home)
    assert built.returncode == 0, built.stderr
    return home


@pytest.fixture(scope="session")
def tb(seeds: Path) -> Run:
    """`tb` over the five documents."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return run_tb(*arguments, cwd=seeds, **environment)

    return run
