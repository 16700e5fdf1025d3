"""Readers under a rebuilt index, builds without end, one writer at a time."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from torture.load import many_builds, under_readers
from torture.made import CHANGED, SMALL, Home

from tests.conftest import run_tb
from treatybody import index, locks
from treatybody.build import build
from treatybody.errors import Busy, DamagedIndex
from treatybody.index import layout, snapshot
from treatybody.query.parser import parse


def test_eight_readers(tmp_path):
    said, failures = under_readers(tmp_path, 10, 8)
    assert failures == [], said


def test_many_builds(tmp_path):
    said, failures = many_builds(tmp_path, 40)
    assert [f for f in failures if " ms" not in f] == [], said  # speed is for the full run


def test_a_reader_keeps_its_generation(home):
    """Whatever is published while it reads, and however often."""
    with index.open_index(home.corpus.index) as opened:
        before = [hit.text for hit in opened.search(parse("ferry").tree)]
        for sources in (CHANGED, SMALL, CHANGED):
            home.put(sources)
            home.build(full=True)
        assert [hit.text for hit in opened.search(parse("ferry").tree)] == before
        assert all("ferry" in text for text in before)


def test_the_last_two_generations_stay(home):
    for year in range(5):
        home.put({**SMALL, "issues.txt": SMALL["issues.txt"].replace("2018", str(1990 + year))})
        home.build()
    kept = sorted(int(path.name) for path in (home.corpus.index / "generations").iterdir())
    assert len(kept) == layout.KEPT
    assert kept[-1] == layout.read_current(home.corpus.index).number


def test_reader_loses_the_race_once(home, monkeypatch):
    """Between reading CURRENT and opening, two newer generations are published."""
    stale = layout.read_current(home.corpus.index)
    for sources in (CHANGED, SMALL, CHANGED):
        home.put(sources)
        home.build()
    real, calls = layout.read_current, []

    def late(folder):
        calls.append(folder)
        return stale if len(calls) == 1 else real(folder)

    monkeypatch.setattr(layout, "read_current", late)
    opened = snapshot.Snapshot(home.corpus.index)
    assert opened.generation.number > stale.number
    opened.close()


def test_a_generation_that_is_gone_for_good_is_damage(home):
    import shutil

    shutil.rmtree(home.corpus.index / "generations")
    with pytest.raises(DamagedIndex, match="run `tb build`"):
        snapshot.Snapshot(home.corpus.index)


HOLD = """
import sys, time
from pathlib import Path
from treatybody import locks
with locks.writing(Path(sys.argv[1]), "holding"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(home):
    """A process that holds the lock of the home's corpus."""
    command = [sys.executable, "-P", "-c", HOLD, str(home.root / "corpus" / ".lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_second_writer_is_told_who_writes(home, holder):
    ended = run_tb("build", cwd=home.root, TREATYBODY_LOCK_WAIT="0.1")
    assert ended.returncode == 2
    assert f"process {holder.pid} is writing" in ended.stderr
    assert run_tb("search", "lighthouse", cwd=home.root).returncode == 0, "readers never wait"


def test_the_lock_of_a_dead_process_is_free(home, holder):
    holder.kill()
    holder.wait()
    begun = time.monotonic()
    home.put(CHANGED)
    home.build()
    assert time.monotonic() - begun < 20
    assert home.orphans() == []


def test_a_second_writer_waits(home, holder):
    home.put(CHANGED)
    second = subprocess.Popen([sys.executable, "-P", "-m", "treatybody", "build"], cwd=home.root)
    time.sleep(1.0)
    assert second.poll() is None, "it did not wait"
    holder.kill()
    assert second.wait(60) == 0
    assert Home(home.root).answers()['"ferry crews"'] != []


def test_lock_wait_that_is_no_number_is_the_usual_one(monkeypatch):
    monkeypatch.setenv("TREATYBODY_LOCK_WAIT", "soon")
    assert locks._wait() == locks.WAIT_SECONDS


def test_busy_is_an_error_of_ours(home, holder, monkeypatch):
    monkeypatch.setenv("TREATYBODY_LOCK_WAIT", "0.05")
    with pytest.raises(Busy):
        build(home.corpus)
