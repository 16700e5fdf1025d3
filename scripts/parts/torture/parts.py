"""The parts of a torture run, by name; each says what it did, in numbers, and what failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Done:
    """What a part did, in one line of numbers, and its failures."""

    said: str
    failures: list[str]


Part = Callable[[Path, float, int], Done]


def calls(folder: Path, scale: float, seed: int) -> Done:
    """A kill, torn write, power loss, error, full disk, failing fsync at every call of 4 builds."""
    from .accidents import at_every_call

    tally = at_every_call(folder, max(1, round(1 / scale)), seed)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.by_kind.items()))
    return Done(f"{tally.accidents} accidents, one at each call: {kinds}", tally.failures)


def kills(folder: Path, scale: float, seed: int) -> Done:
    """`tb build` killed with SIGKILL at work, at 320 seeded moments."""
    from .accidents import kills

    tally = kills(folder, max(4, round(320 * scale)), seed)
    killed = tally.by_kind.get("killed", 0)
    return Done(f"{tally.accidents} builds, {killed} of them killed at work", tally.failures)


def damage(folder: Path, scale: float, seed: int) -> Done:
    """2,000 seeded regions of index and records flipped, zeroed, cut or lost."""
    from .damage import regions

    tally = regions(folder, max(10, round(2000 * scale)), seed)
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(tally.by_kind.items()))
    return Done(f"{tally.accidents} damaged files: {kinds}", tally.failures)


def readers(folder: Path, scale: float, seed: int) -> Done:
    """Eight readers over an index that is rebuilt 50 times under them."""
    from .load import under_readers

    return Done(*under_readers(folder, max(5, round(50 * scale)), 8))


def cycles(folder: Path, scale: float, seed: int) -> Done:
    """2,000 incremental builds of one corpus: size, speed, memory, open files."""
    from .load import many_builds

    return Done(*many_builds(folder, max(20, round(2000 * scale))))


def fuzz(folder: Path, scale: float, seed: int) -> Done:
    """A million made texts through structure, symbols, queries, Word XML and PDF lines."""
    from .fuzz import everything

    return Done(*everything(folder, scale, seed))


ALL: dict[str, Part] = {
    "calls": calls,
    "kills": kills,
    "damage": damage,
    "readers": readers,
    "cycles": cycles,
    "fuzz": fuzz,
}
