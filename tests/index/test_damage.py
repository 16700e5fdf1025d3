"""Damage: what is not what was written is noticed, and made anew by the next publication."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from index_records import MemoryStore, document, files, keep_all, paragraph, three_documents

from treatybody.errors import DamagedIndex, IndexVersion, NoIndex
from treatybody.index import layout, open_index, publish, publishing, verify
from treatybody.model import Paragraph
from treatybody.query.tree import Filter, Or, Within, Word


@pytest.fixture
def store() -> MemoryStore:
    return three_documents()


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="run `tb build`"):
        open_index(tmp_path)


def test_another_version(tmp_path: Path, store: MemoryStore) -> None:
    publish(tmp_path, store)
    current = tmp_path / "CURRENT"
    current.write_bytes(current.read_bytes().replace(b"-index %d " % layout.FORMAT, b"-index 999 "))
    with pytest.raises(IndexVersion, match="run `tb build`"):
        open_index(tmp_path)
    assert publish(tmp_path, store).new
    with open_index(tmp_path) as index:
        assert [hit.id for hit in index.search(Word("expulsion"))] == ["X/2#1"]


def use_all(index: Path) -> list[object]:
    with open_index(index) as opened:
        hits = list(opened.search(Filter("para", ("1",))))
        hits += opened.search(Or((Word("remedies"), Within("section", Word("heading")))))
        return [*hits, *opened.documents(), *opened.links()]


def kinds_of_damage(path: Path) -> Iterator[tuple[str, bytes]]:
    good = path.read_bytes()
    middle = len(good) // 2
    if good:
        yield "flipped", good[:middle] + bytes([good[middle] ^ 0x40]) + good[middle + 1 :]
        yield "cut", good[:middle]
    yield "longer", good + b"\n"


UNREAD = {".lock", "README.md"}  # nothing is read from them


def test_every_damaged_file_is_noticed_and_made_anew(tmp_path: Path, store: MemoryStore) -> None:
    store.put(document("X/4"), paragraph("X/4", 1, "text", section=["a heading"]))
    publish(tmp_path / "names", store)
    expected = use_all(tmp_path / "names")
    for number, name in enumerate(sorted(set(files(tmp_path / "names")) - UNREAD)):
        index = tmp_path / str(number)
        publish(index, store)
        path = index / name
        good = path.read_bytes()
        for kind, bad in kinds_of_damage(path):
            path.write_bytes(bad)
            if "note_words" in name:  # no note holds the words: this file is not needed
                assert use_all(index) == expected
            else:
                with pytest.raises((DamagedIndex, IndexVersion), match="run `tb build`"):
                    use_all(index)
                    pytest.fail(f"{kind} {name} was not noticed")
            assert list(verify(index, store)), (kind, name)
            path.write_bytes(good)
        path.unlink()
        with pytest.raises((DamagedIndex, NoIndex), match="run `tb build`"):
            use_all(index)
        assert publish(index, store).new
        assert use_all(index) == expected
        assert list(verify(index, store)) == []


def test_damage_that_keeps_size_and_time_is_noticed(tmp_path: Path, store: MemoryStore) -> None:
    publish(tmp_path, store)
    (path,) = (tmp_path / "segments").glob("*/segment.flat")
    os.utime(path, (1, 1))
    good = path.read_bytes()
    assert not publish(tmp_path, store).new
    path.write_bytes(good[:99] + bytes([good[99] ^ 1]) + good[100:])
    os.utime(path, (1, 1))
    assert publish(tmp_path, store).new
    assert path.read_bytes() == good


def test_a_file_is_read_again_when_it_was_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    read = []
    digest = layout.hashlib.file_digest
    monkeypatch.setattr(
        layout.hashlib, "file_digest", lambda *given: read.append(1) or digest(*given)
    )
    layout.checksum(path)
    layout.checksum(path)
    assert len(read) == 2, "it may have changed since, within the same tick"
    now = layout.time.time_ns
    monkeypatch.setattr(layout.time, "time_ns", lambda: now() + 10**10)
    first = layout.checksum(path)
    assert layout.checksum(path) == first
    assert len(read) == 3
    path.write_bytes(b"two")
    assert layout.checksum(path) != first


def test_a_record_that_is_none_names_its_segment(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_kept_segments", keep_all)
    publish(tmp_path, store)
    publish(tmp_path, store.put(document("X/9"), "of expulsion"))
    with open_index(tmp_path) as index:
        snapshot = index.snapshot
        numbers = [snapshot.first(snapshot.entries[key]) for key in ("X/2", "X/9")]
        lines = list(snapshot.records(numbers))
        good = snapshot.decoded(numbers, lines, Paragraph)
        assert [one.document for one in good] == ["X/2", "X/9"]
        first, second = (snapshot.segment_of(number)[0].entry.name for number in numbers)
        assert first != second
        for broken in (b"\xff\n", b"{}\n", b'{"id": 1}\n'):
            with pytest.raises(DamagedIndex, match=second):
                snapshot.decoded(numbers, [lines[0], broken], Paragraph)
