"""The nightly job."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"


def _rebuild(corpus: Path) -> subprocess.Popen[str]:
    """The nightly job as cron starts it: no variables, another folder, no terminal."""
    return subprocess.Popen(
        [sys.executable, "-P", SCRIPTS / "parts" / "rebuild.py", "--corpus", corpus],
        cwd="/",
        env={},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "corpus" / "sources", tmp_path / "corpus" / "sources")
    manifest = ROOT / "corpus" / "manifest.toml"
    if manifest.exists():
        shutil.copy(manifest, tmp_path / "corpus")
    return tmp_path / "corpus"


def test_rebuild_twice_at_once(seeds: Path) -> None:
    both = [_rebuild(seeds), _rebuild(seeds)]
    reports = [json.loads(process.communicate(timeout=120)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    for report in reports:
        assert report["exit_code"] == 0
        assert report["corpus"] == str(seeds)
        assert report["build"]["report"]["documents"] == 5
    assert sorted(len(report["build"]["report"]["read"]) for report in reports) == [0, 5]


def test_rebuild_of_nothing_is_an_error_with_a_report(tmp_path: Path) -> None:
    process = _rebuild(tmp_path / "nowhere")
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert json.loads(out)["build"]["messages"]


def test_rebuild_lists_what_cannot_be_read(seeds: Path) -> None:
    (seeds / "sources" / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing more")
    process = _rebuild(seeds)
    out, _ = process.communicate(timeout=120)
    report = json.loads(out)
    assert (process.returncode, report["exit_code"]) == (3, 3)
    assert [n["file"] for n in report["build"]["report"]["unreadable"]] == ["broken.pdf"]
