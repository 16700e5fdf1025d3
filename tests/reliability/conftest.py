"""The torture package of scripts/parts, and made homes to be ill-treated."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "parts"))

if not hasattr(os, "fork"):
    collect_ignore = ["test_accidents.py", "test_load.py", "test_fuzz.py"]


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What every home is a copy of: building waits for the disk at each file."""
    from torture.made import SMALL, Home

    made = Home(tmp_path_factory.mktemp("made") / "home")
    made.put(SMALL)
    made.build()
    return made.root


@pytest.fixture
def home(tmp_path: Path, built_once: Path):  # type: ignore[no-untyped-def]
    """A small made corpus, built; at a path with a blank and an accent."""
    from torture.made import Home

    return Home(Path(shutil.copytree(built_once, tmp_path / "une étude")))
