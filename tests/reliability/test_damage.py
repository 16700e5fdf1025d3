"""Damage of any file of index and records is found, said, named and mended."""

from __future__ import annotations

import os
import pickle
import shutil

import pytest
from torture.damage import regions
from torture.made import CHANGED

from tests.conftest import run_tb


def test_some_regions(tmp_path):
    tally = regions(tmp_path, 60, seed=os.getpid())
    assert tally.failures == []


@pytest.mark.parametrize("place", ["segments/*/*", "generations/*/g*", "links/*"])
def test_said_by_the_commands(home, place):
    path = max((home.root / "index").glob(place), key=lambda found: found.stat().st_size)
    name, data = path.name, path.read_bytes()
    middle = len(data) // 2
    path.write_bytes(data[:middle] + bytes([data[middle] ^ 64]) + data[middle + 1 :])
    for command in (["search", "lighthouse"], ["docs"], ["show", "CMW/C/ATL/CO/1 3"]):
        ended = run_tb(*command, cwd=home.root)
        assert ended.returncode in (0, 2)
        if ended.returncode:
            assert "index is damaged: run `tb build`" in ended.stderr
            assert "Traceback" not in ended.stderr
    ended = run_tb("verify", cwd=home.root)
    assert ended.returncode == 1
    assert name in ended.stdout
    assert run_tb("build", cwd=home.root).returncode == 0
    assert run_tb("verify", cwd=home.root).returncode == 0


def test_index_of_another_version(home):
    current = home.root / "index" / "CURRENT"
    name, _version, *rest = current.read_text().split()
    current.write_text(f"{name} 999 {' '.join(rest)}\n")
    ended = run_tb("search", "lighthouse", cwd=home.root)
    assert ended.returncode == 2
    assert "built by another version: run `tb build`" in ended.stderr
    assert run_tb("build", cwd=home.root).returncode == 0
    assert run_tb("search", "lighthouse", "--count", cwd=home.root).stdout == "3\n"


def test_no_pickle_is_loaded_from_an_index(home, monkeypatch):
    """An index may come from a stranger; a pickle would let it run code."""

    def refuse(*_args, **_options):
        raise AssertionError("a pickle was loaded")

    right = home.answers()
    for name in ("load", "loads", "Unpickler", "_load", "_loads"):
        monkeypatch.setattr(pickle, name, refuse)
    for name in ("whoosh.codec.whoosh3", "whoosh.codec.base", "whoosh.filedb.filetables"):
        module = pytest.importorskip(name)
        for own in ("load", "loads"):
            if hasattr(module, own):
                monkeypatch.setattr(module, own, refuse)
    assert home.answers() == right
    home.put(CHANGED)
    home.build()
    assert home.answers() != right


@pytest.mark.parametrize("name", ["../outside.jsonl", "/tmp/x", "a/b/c", "..", "paragraphs/.."])
def test_a_journal_of_a_stranger_touches_nothing_outside(home, name):
    """A corpus may come from a stranger, with a journal in it that was never finished."""
    import json

    outside = home.corpus.records.parent / "outside.jsonl"
    outside.write_text("precious")
    right = home.records()
    plan = {"write": [], "remove": [name, "links.jsonl"]}
    (home.corpus.records / ".journal.json").write_text(json.dumps(plan))
    home.build()
    assert outside.read_text() == "precious"
    assert home.records() == right


@pytest.mark.parametrize("text", ["", "{", "[]", '{"write": 1, "remove": []}', "\x00", '"x"'])
def test_a_damaged_journal_is_no_obstacle(home, text):
    right = home.records()
    (home.corpus.records / ".journal.json").write_text(text)
    home.build()
    assert home.records() == right
    assert home.orphans() == []


def test_lost_ledger_changes_nothing(home):
    right, said = home.records(), home.answers()
    (home.root / "index" / "ledger.json").unlink()
    assert home.build().read != []
    assert (home.records(), home.answers()) == (right, said)


def test_lost_records_or_index_come_back(home):
    right, said = home.records(), home.answers()
    for folder in (home.corpus.records, home.root / "index"):
        shutil.rmtree(folder)
        home.build()
        assert (home.records(), home.answers()) == (right, said)
