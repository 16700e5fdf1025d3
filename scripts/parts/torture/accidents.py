"""Builds that are cut off or refused at each call on the file system, and what is left then.

After each accident a search must answer from the last good generation, the next build must
complete by itself to the same records and answers, and nothing may be left behind.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from treatybody.build import Report
from treatybody.errors import NoIndex, TreatybodyError

from .made import CHANGED, FEWER, SMALL, Answers, Home, Records, Sources, warm
from .meter import FAULTS, Fault, Meter, can_happen

REFUSED, UNREAD, ESCAPED = 2, 3, 70
KILLED = "killed"
FIRST_SHARE, LAST_SHARE = 0.1, 0.97  # in the first tenth, Python is still being loaded


@dataclass(frozen=True)
class Scenario:
    """What is built: from which published state to which sources."""

    name: str
    before: Sources | None
    after: Sources
    full: bool = False


SCENARIOS = (
    Scenario("first", None, SMALL),
    Scenario("full", SMALL, CHANGED, full=True),
    Scenario("incremental", SMALL, CHANGED),
    Scenario("removal", SMALL, FEWER),
)


@dataclass
class Tally:
    """How many accidents happened, and which of them were not survived."""

    accidents: int = 0
    failures: list[str] = field(default_factory=list)
    by_kind: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, failures: list[str]) -> None:
        """One accident."""
        self.accidents += 1
        self.by_kind[kind] = self.by_kind.get(kind, 0) + 1
        self.failures += failures


class Stage:
    """A scenario set up: its state before the build, and what must come out of it.

    Always the same path, because a ledger names its corpus.
    """

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self.scenario = scenario
        self.home = Home(folder / "home")
        self.kept = folder / "kept"
        self.scratch = self.home.root / "scratch"
        self.before, _ = self._make(scenario.before)
        self.after, self.records = self._make(scenario.after)
        self._prepare()

    def _make(self, sources: Sources | None) -> tuple[Answers | None, Records]:
        if sources is None:
            return None, {}
        self.home.put(sources)
        self.home.build()
        return self.home.answers(), self.home.records()

    def _prepare(self) -> None:
        shutil.rmtree(self.home.root)
        if self.scenario.before is not None:
            self._make(self.scenario.before)
        self.home.put(self.scenario.after)
        self.scratch.mkdir()
        self.home.root.rename(self.kept)

    def reset(self) -> None:
        """The state before the build."""
        shutil.rmtree(self.home.root, ignore_errors=True)
        shutil.copytree(self.kept, self.home.root)

    def judge(self, what: str, ended: int | None = None) -> list[str]:
        """What is wrong after an accident; nothing when it was survived.

        Arguments:
            ended: the exit status of the build, where it could end by itself.
        """
        try:
            return [f"{self.scenario.name}, {what}: {fault}" for fault in self._faults(ended)]
        except Exception:
            return [f"{self.scenario.name}, {what}: {traceback.format_exc()}"]

    def _faults(self, ended: int | None) -> Iterator[str]:
        if ended not in (None, 0, REFUSED, UNREAD, -signal.SIGKILL):
            yield f"the build ended with {ended}"
        said = self._answers()
        if ended != UNREAD and said not in (self.before, self.after):
            yield "a search answers with neither the old nor the new generation"
        if ended == 0 and said != self.after:
            yield "the build said that it was done, and was not"
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.home.build()
        if self.home.records() != self.records:
            yield "the next build does not make the same records"
        if self._answers() != self.after:
            yield "the next build does not make the same answers"
        if orphans := self.home.orphans():
            yield f"left behind: {orphans}"

    def _answers(self) -> Answers | None:
        try:
            return self.home.answers()
        except NoIndex:
            return None


def census(stage: Stage) -> list[str]:
    """The calls that the build of a scenario makes."""
    stage.reset()
    listing = stage.kept.parent / "calls"

    def work() -> None:
        meter = Meter(stage.home.root)
        meter.install()
        stage.home.build(stage.scenario.full)
        calls = list(meter.calls)
        listing.write_text("\n".join(calls))

    assert in_child(work, stage.scratch) == 0
    return listing.read_text().splitlines()


def accident(stage: Stage, at: int, fault: Fault) -> int:
    """One build with one fault; returns its exit status, negative when it was killed."""
    stage.reset()

    def work() -> Report:
        Meter(stage.home.root, at, fault).install()
        return stage.home.build(stage.scenario.full)

    return in_child(work, stage.scratch)


def in_child(work: Callable[[], Report | None], scratch: Path) -> int:
    """Run in a forked process; its exit status."""
    child = os.fork()
    if child == 0:
        tempfile.tempdir = str(scratch)
        os._exit(_ending(work))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _ending(work: Callable[[], Report | None]) -> int:
    try:
        report = work()
    except TreatybodyError as error:
        return REFUSED if len(str(error)) > 20 else ESCAPED
    except BaseException:
        traceback.print_exc()
        return ESCAPED
    return UNREAD if report and report.unreadable else 0


def at_every_call(folder: Path, share: int = 1, seed: int = 0) -> Tally:
    """Every scenario, every call, every fault; with ``share`` n, a seeded n-th of them."""
    warm()
    tally, dice = Tally(), Random(seed)
    for scenario in SCENARIOS:
        stage = Stage(scenario, folder / scenario.name)
        calls = census(stage)
        for at, call in enumerate(calls, start=1):
            for fault in FAULTS:
                if can_happen(fault, call) and dice.randrange(share) == 0:
                    ended = accident(stage, at, fault)
                    tally.add(fault, stage.judge(f"{fault} at {at} ({call})", ended))
    return tally


def kills(folder: Path, count: int, seed: int = 0) -> Tally:
    """The real `tb build`, killed at seeded moments of its life, until ``count`` were hit alive.

    A moment is a share of what this kind of build takes now: one that ended before its kill says
    how long that is, one that was hit lets the time grow a little.
    """
    warm()
    tally, dice = Tally(), Random(seed)
    stages = [Stage(scenario, folder / scenario.name) for scenario in SCENARIOS]
    lengths = [min(_timed(stage), _timed(stage)) for stage in stages]
    while tally.by_kind.get(KILLED, 0) < count and tally.accidents < 2 * count:
        number = tally.accidents % len(stages)
        stage, moment = stages[number], lengths[number] * dice.uniform(FIRST_SHARE, LAST_SHARE)
        ended, lasted = _killed(stage, moment)
        lengths[number] = lengths[number] * 1.01 if ended else min(lengths[number], lasted)
        what = KILLED if ended else "done before the kill"
        tally.add(what, stage.judge(f"SIGKILL after {moment:.3f} s", ended))
    return tally


def _start(stage: Stage) -> subprocess.Popen[bytes]:
    stage.reset()
    command = [sys.executable, "-P", "-m", "treatybody", "build", "--workers", "1"]
    return subprocess.Popen(
        [*command, *(["--full"] if stage.scenario.full else [])],
        cwd=stage.home.root,
        env={**os.environ, "TMPDIR": str(stage.scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _timed(stage: Stage) -> float:
    build = _start(stage)  # with the reset of the folder before it, which is no part of a build
    begun = time.monotonic()
    assert build.wait() == 0
    return time.monotonic() - begun


def _killed(stage: Stage, moment: float) -> tuple[int, float]:
    """Kill a build after some seconds: how it ended, and how long it lived."""
    with _start(stage) as build:
        begun = time.monotonic()
        with contextlib.suppress(subprocess.TimeoutExpired):
            build.wait(moment)
        build.kill()
        return build.wait(), time.monotonic() - begun
