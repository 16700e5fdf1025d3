"""A build that is cut off or refused anywhere loses nothing; a short form of `scripts/torture`."""

from __future__ import annotations

import os

import pytest
from torture import accidents
from torture.accidents import SCENARIOS, Scenario, Stage, accident, census
from torture.made import CHANGED, SMALL, warm
from torture.meter import FAULTS

INCREMENTAL = next(scenario for scenario in SCENARIOS if scenario.name == "incremental")


def test_cut_off_at_some_calls(tmp_path):
    tally = accidents.at_every_call(tmp_path, share=60, seed=os.getpid())
    assert tally.failures == []
    assert tally.accidents > 20


def test_killed_at_some_moments(tmp_path):
    tally = accidents.kills(tmp_path, 10, seed=os.getpid())
    assert tally.failures == []
    assert tally.by_kind["killed"] >= 8, "most moments must hit a build at work"


@pytest.mark.parametrize("fault", FAULTS)
def test_every_call_that_makes_things_visible(tmp_path, fault):
    """The calls that matter most, each time: renames and what follows at once."""
    warm()
    stage = Stage(INCREMENTAL, tmp_path)
    calls = census(stage)
    renames = [at for at, call in enumerate(calls, start=1) if call.startswith("replace")]
    assert len(renames) >= 5
    synced = [at for at, call in enumerate(calls, start=1) if call.startswith("fsync")]
    for at in synced if fault == "fsync" else renames:
        ended = accident(stage, at, fault)
        assert stage.judge(f"{fault} at {calls[at - 1]}", ended) == []


def test_a_passing_fault_of_the_disk_is_not_remembered(tmp_path):
    """A source that could not be read once is read again, though its bytes are the same."""
    warm()
    stage = Stage(INCREMENTAL, tmp_path)
    calls = census(stage)
    reads = [at for at, call in enumerate(calls, start=1) if "sources/issues.txt" in call]
    assert len(reads) >= 3
    for at in reads:
        ended = accident(stage, at, "error")
        assert stage.judge(f"error at {calls[at - 1]}", ended) == []


# The harness itself: it must find what is wrong.


def test_finds_a_missing_fsync(tmp_path, monkeypatch):
    """Without fsync, a power loss leaves half a file behind a finished rename."""
    from treatybody import journal
    from treatybody.index import layout

    def carelessly(path, data):
        with path.open("wb") as out:
            out.write(data)

    warm()
    stage = Stage(Scenario("careless", SMALL, CHANGED), tmp_path)
    monkeypatch.setattr(journal, "write_durably", carelessly)
    monkeypatch.setattr(layout, "write_durably", carelessly)
    calls = census(stage)
    after = [n for n, call in enumerate(calls, start=1) if "CURRENT" in call][-1] + 1
    accident(stage, after, "power")
    assert any("IndexProblem" in f or "Damaged" in f for f in stage.judge("power")), calls[after:]


def test_finds_what_is_left_behind(home):
    (home.root / "index" / "segments" / "lost").mkdir()
    (home.root / "index" / "segments" / "lost" / "file").touch()
    assert home.orphans() == ["index/segments/lost/file"]
