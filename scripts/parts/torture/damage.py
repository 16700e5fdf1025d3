"""Files of an index and of its records, damaged in seeded places: found, said, mended.

A search over a damaged index says so or answers right, never anything else; `tb verify` names
the file; the next build brings everything back to the byte.
"""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from treatybody import index
from treatybody.errors import IndexProblem
from treatybody.index import layout
from treatybody.store import Store

from .accidents import Tally
from .made import CHANGED, SMALL, Answers, Home, warm

Damage = Callable[[bytes, Random], bytes | None]


def _flipped(data: bytes, dice: Random) -> bytes:
    if not data:
        return b"x"
    place = dice.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << dice.randrange(8))]) + data[place + 1 :]


def _garbled(data: bytes, dice: Random) -> bytes:
    start = dice.randrange(max(1, len(data)))
    size = dice.randint(2, 64)
    return data[:start] + dice.randbytes(size) + data[start + size :]


def _zeroed(data: bytes, dice: Random) -> bytes:
    start = dice.randrange(max(1, len(data)))
    end = min(len(data), start + dice.choice((16, 512, 4096)))
    return data[:start] + bytes(max(1, end - start)) + data[end:]


def _cut(data: bytes, dice: Random) -> bytes | None:
    return data[: dice.randrange(len(data))] if data else b"x"


def _grown(data: bytes, dice: Random) -> bytes:
    return data + dice.randbytes(dice.randint(1, 64))


def _lost(_data: bytes, _dice: Random) -> None:
    return None


DAMAGES: dict[str, Damage] = {
    "flipped": _flipped,
    "garbled": _garbled,
    "zeroed": _zeroed,
    "cut": _cut,
    "grown": _grown,
    "lost": _lost,
}


class Patient:
    """A home that is damaged again and again, and what is right for it."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root / "home")
        self.home.put(SMALL)
        self.home.build()
        self.home.put(CHANGED)
        self.home.build()
        self.whole = root / "whole"
        shutil.copytree(self.home.root, self.whole)
        self.right = self.home.answers()
        self.records = self.home.records()
        self.proved = self._proved()

    def _proved(self) -> set[Path]:
        """What the current generation consists of: every byte of it has a checksum."""
        folder = self.home.corpus.index
        generation = layout.read_generation(folder, layout.read_current(folder))
        named = {path for path, _ in layout.files_of(folder, generation)}
        return named | {layout.generation_folder(folder, generation.number) / "generation.json"}

    def places(self) -> list[str]:
        """The files to damage, below the home."""
        rooms = (self.home.root / "index", self.home.corpus.records)
        found = [path for room in rooms for path in room.rglob("*") if path.is_file()]
        return sorted(path.relative_to(self.home.root).as_posix() for path in found)

    def heal(self) -> None:
        """All files as they were."""
        shutil.rmtree(self.home.root)
        shutil.copytree(self.whole, self.home.root)

    def faults(self, place: str, changed: bytes | None) -> Iterator[str]:
        """Damage one file; what is then not as promised."""
        path = self.home.root / place
        if changed is None:
            path.unlink()
        else:
            path.write_bytes(changed)
        said = self._said()
        if said not in (None, self.right):
            yield "a search gives a wrong answer"
        if not self._is_named(path, said is None):
            yield "`tb verify` does not name the file"
        self.home.build()
        if self._said() != self.right:
            yield "the next build does not mend the index"
        if self.home.records() != self.records:
            yield "the next build does not mend the records"

    def _said(self) -> Answers | None:
        """The answers; None when the index is said to be damaged, with what to do."""
        try:
            return self.home.answers()
        except IndexProblem as problem:
            assert "run `tb build`" in str(problem), problem
            return None

    def _is_named(self, path: Path, refused: bool) -> bool:
        """Whether verify finds it: all but the ledger and what only an older generation has."""
        if path.is_relative_to(self.home.corpus.records):
            name = path.relative_to(self.home.corpus.records).as_posix()
            return any(name in finding for finding in self.home.damage())
        found = list(index.verify(self.home.corpus.index, Store(self.home.corpus.records)))
        if path.name == "CURRENT":  # pointing elsewhere, it puts the blame on what it points at
            return bool(found)
        named = any(path.name in f"{place} {said}" for place, said in found)
        return named or not (found or refused or path in self.proved)


def regions(folder: Path, count: int, seed: int = 0) -> Tally:
    """Damage seeded regions, the files in turn."""
    warm()
    tally, dice, patient = Tally(), Random(seed), Patient(folder)
    places = patient.places()
    for number in range(count):
        place, kind = places[number % len(places)], dice.choice(sorted(DAMAGES))
        data = (patient.home.root / place).read_bytes()
        changed = DAMAGES[kind](data, dice)
        if changed == data:
            continue
        try:
            faults = [f"{place} {kind}: {fault}" for fault in patient.faults(place, changed)]
        except Exception:
            faults = [f"{place} {kind}: {traceback.format_exc()}"]
        tally.add(kind, faults)
        patient.heal()
    return tally
