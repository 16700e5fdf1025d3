"""A replacement happens as a whole or not at all, at whatever step it is cut off."""

import contextlib
import os
from pathlib import Path

import pytest

from treatybody import journal
from treatybody.journal import Replacement, finish

OLD = {"documents.jsonl": b"old", "paragraphs/a.jsonl": b"a1", "paragraphs/gone.jsonl": b"x"}
NEW = {"documents.jsonl": b"new", "paragraphs/a.jsonl": b"a2", "paragraphs/b.jsonl": b"b"}


class Cut(Exception):
    """The power goes."""


def files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def prepare(root: Path) -> None:
    for name, data in OLD.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def replace_all(root: Path) -> bool:
    replacement = Replacement(root)
    for name, data in NEW.items():
        replacement.write(name, data)
    replacement.remove("paragraphs/gone.jsonl")
    return replacement.commit()


def test_whole_replacement(tmp_path):
    prepare(tmp_path)
    assert replace_all(tmp_path)
    assert files(tmp_path) == NEW
    assert not replace_all(tmp_path)


def steps(monkeypatch, limit):
    """Let ``limit`` file system calls pass, then cut."""
    calls = [0]

    def counted(real):
        def call(*args, **kwargs):
            calls[0] += 1
            if calls[0] > limit:
                raise Cut
            return real(*args, **kwargs)

        return call

    monkeypatch.setattr(Path, "replace", counted(Path.replace))
    monkeypatch.setattr(Path, "unlink", counted(Path.unlink))
    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    monkeypatch.setattr(journal, "write_durably", counted(journal.write_durably))
    return calls


@pytest.mark.parametrize("limit", range(0, 40, 1))
def test_cut_at_every_step_leaves_old_or_new(tmp_path, limit):
    prepare(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        steps(patch, limit)
        with contextlib.suppress(Cut):
            replace_all(tmp_path)
    finish(tmp_path)
    assert files(tmp_path) in (OLD, NEW)
