"""Generations: what is written, what stays, what a failure leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from index_records import MemoryStore, document, files, link, paragraph, three_documents

from treatybody.errors import Busy
from treatybody.index import Index, layout, open_index, publish, publishing, verify
from treatybody.locks import writing
from treatybody.query.tree import Everything, Exact, Filter, Word


@pytest.fixture
def store() -> MemoryStore:
    return three_documents()


def found(index: Path, word: str) -> list[str]:
    with open_index(index) as opened:
        return [hit.id for hit in opened.search(Word(word))]


def test_the_first_publication(tmp_path: Path, store: MemoryStore) -> None:
    result = publish(tmp_path / "index", store)
    assert (result.added, result.generation, result.new) == (("X/1", "X/2", "X/3"), 1, True)
    assert found(tmp_path / "index", "expulsion") == ["X/2#1"]


def test_publishing_again_touches_nothing(tmp_path: Path, store: MemoryStore) -> None:
    publish(tmp_path, store)
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in files(tmp_path)}
    result = publish(tmp_path, store)
    assert (result.new, result.generation, result.unchanged) == (False, 1, 3)
    after = {name: (tmp_path / name).stat().st_mtime_ns for name in files(tmp_path)}
    assert {n: t for n, t in after.items() if n != ".lock"} == {
        n: t for n, t in before.items() if n != ".lock"
    }


def test_only_the_difference(tmp_path: Path, store: MemoryStore) -> None:
    publish(tmp_path, store)
    store.put(document("X/2", date="2016"), "return of migrant workers")
    store.put(document("X/4"), "expulsion")
    del store.docs["X/1"]
    result = publish(tmp_path, store)
    assert (result.added, result.changed, result.removed) == (("X/4",), ("X/2",), ("X/1",))
    assert result.unchanged == 1
    assert found(tmp_path, "expulsion") == ["X/4#1"]
    assert found(tmp_path, "suspensive") == []
    assert found(tmp_path, "remedies") == ["X/3#2"]


def test_a_document_comes_back(tmp_path: Path, store: MemoryStore) -> None:
    store.put(document("X/0"), *[f"word {place}" for place in range(20)])
    publish(tmp_path, store)
    gone = store.docs.pop("X/2")
    assert publish(tmp_path, store).removed == ("X/2",)
    assert found(tmp_path, "expulsion") == []
    store.docs["X/2"] = gone
    result = publish(tmp_path, store)
    assert (result.added, result.changed, result.unchanged) == (("X/2",), (), 3)
    assert found(tmp_path, "expulsion") == ["X/2#1"]
    assert publish(tmp_path, store).unchanged == 4
    assert list(verify(tmp_path, store)) == []


def test_facts_and_links_alone_are_a_change(tmp_path: Path, store: MemoryStore) -> None:
    publish(tmp_path, store)
    store.found = [link("X/2#1", "X/1#1")]
    assert publish(tmp_path, store).new
    with open_index(tmp_path) as index:
        assert index.links() == store.found
        assert index.count(Filter("cites", ("X/1",))) == 1
    store.docs["X/2"] = document("X/2", date="1999")
    assert publish(tmp_path, store).changed == ("X/2",)
    with open_index(tmp_path) as index:
        assert index.document("X/2").date == "1999"


def test_an_empty_store(tmp_path: Path) -> None:
    publish(tmp_path, MemoryStore())
    with open_index(tmp_path) as index:
        assert index.count(Everything()) == 0
        assert list(index.search(Word("a"))) == []
        assert index.facet(Everything(), "state") == []


def test_a_document_without_paragraphs(tmp_path: Path, store: MemoryStore) -> None:
    store.put(document("X/0"))
    publish(tmp_path, store)
    with open_index(tmp_path) as index:
        assert index.paragraphs("X/0") == []
        assert [hit.id for hit in index.search(Exact("expelled"))] == ["X/3#1"]


def test_the_last_two_generations_stay(tmp_path: Path, store: MemoryStore) -> None:
    for year in range(2000, 2006):
        store.put(document("X/1", date=str(year)), f"in {year}")
        publish(tmp_path, store)
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == ["5", "6"]
    named = {s for n in (5, 6) for s in segments_of(tmp_path, n)}
    assert {path.name for path in (tmp_path / "segments").iterdir()} == named


def segments_of(index: Path, number: int) -> list[str]:
    data = (layout.generation_folder(index, number) / "generation.json").read_bytes()
    return [
        segment.name
        for segment in layout.msgspec.json.decode(data, type=layout.Generation).segments
    ]


def test_small_segments_are_written_together(tmp_path: Path) -> None:
    store = MemoryStore()
    store.put(document("X/00"), *[f"word {place}" for place in range(200)])
    publish(tmp_path, store)
    for number in range(1, 30):
        store.put(document(f"X/{number:02}"), "word", "more")
        last = publish(tmp_path, store)
    names = segments_of(tmp_path, last.generation)
    assert len(names) <= 6
    with open_index(tmp_path) as index:
        assert index.count(Word("word")) == 200 + 29


def test_a_large_segment_is_left_alone(tmp_path: Path) -> None:
    store = MemoryStore()
    store.put(document("X/00"), *[f"word {place}" for place in range(200)])
    publish(tmp_path, store)
    first = segments_of(tmp_path, 1)
    store.put(document("X/01"), "word")
    publish(tmp_path, store)
    assert first[0] in segments_of(tmp_path, 2)


def test_equal_records_make_equal_bytes(tmp_path: Path, store: MemoryStore) -> None:
    publish(tmp_path / "a", store)
    publish(tmp_path / "b", store)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    publish(tmp_path / "a", store, full=True)
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "import records; from treatybody.index import publish;"
        "publish(Path(sys.argv[1]), records.MemoryStore().put(records.document(),"
        " 'non-governmental organizations', 'of 7,210 migrant workers'))"
    )
    here = str(Path(__file__).parent)
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed), here], check=True, env=environment
        )
    assert files(tmp_path / "1") == files(tmp_path / "2")


# failures


def boom(*_arguments: object, **_options: object) -> None:
    raise OSError(28, "No space left on device", "disk")


PLACES = [
    "treatybody.index.flat.codec.FlatWriter",
    "treatybody.index.flat.codec.write_words",
    "treatybody.index.segments.checksum",
    "treatybody.index.layout.sync_files",
    "treatybody.index.layout.write_durably",
    "treatybody.index.layout.sync_folder",
    "treatybody.index.whoosh_parts.invert",
]


@pytest.mark.parametrize("place", PLACES)
def test_a_failure_leaves_the_last_generation(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    publish(tmp_path, store)
    store.put(document("X/4"), "expulsion of others")
    with monkeypatch.context() as patch:
        patch.setattr(place, boom)
        with pytest.raises(publishing.CorpusError, match="last index stays"):
            publish(tmp_path, store)
    assert found(tmp_path, "expulsion") == ["X/2#1"]
    assert publish(tmp_path, store).new
    assert set(found(tmp_path, "expulsion")) == {"X/2#1", "X/4#1"}
    assert list(verify(tmp_path, store)) == []
    assert not (tmp_path / "segments" / ".building").exists()


def test_a_failed_commit_cancels_whooshs_writer(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whoosh.writing import SegmentWriter

    cancelled = []
    cancel = SegmentWriter.cancel

    def noted(writer: SegmentWriter) -> None:
        cancelled.append(writer)
        cancel(writer)

    with monkeypatch.context() as patch:
        patch.setattr(SegmentWriter, "cancel", noted)
        patch.setattr(SegmentWriter, "commit", boom)
        with pytest.raises(publishing.CorpusError):
            publish(tmp_path, store)
    assert len(cancelled) == 1
    publish(tmp_path, store)


def test_a_store_that_fails_half_way(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, store)
    before = files(tmp_path)
    store.put(document("X/4"), "new")
    with monkeypatch.context() as patch:
        patch.setattr(publishing._Publication, "_read", _read_one_then_fail)
        with pytest.raises(ValueError, match="records"):
            publish(tmp_path, store)
    assert files(tmp_path) == before


def _read_one_then_fail(self: object, keys: list[str]) -> Iterator[object]:
    yield document("X/4"), "1", [paragraph("X/4", 1, "new")]
    raise ValueError("records")


def test_only_one_writes(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATYBODY_LOCK_WAIT", "0.1")
    with writing(tmp_path / layout.LOCK, "testing"), pytest.raises(Busy, match="publishing"):
        publish(tmp_path, store)
    publish(tmp_path, store)


def test_a_reader_keeps_its_generation(tmp_path: Path, store: MemoryStore) -> None:
    publish(tmp_path, store)
    with open_index(tmp_path) as reader:
        for year in range(2000, 2004):
            store.put(document("X/2", date=str(year)), f"in {year}")
            publish(tmp_path, store, full=True)
        assert [hit.id for hit in reader.search(Word("expulsion"))] == ["X/2#1"]
        assert reader.document("X/2").date == "2016"
        assert reader.links() == []


def test_a_reader_that_loses_the_race_tries_again(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, store)
    read = layout.read_generation
    raced = []

    def late(index: Path, current: layout.Current) -> layout.Generation:
        if not raced:
            raced.append(current.number)
            for year in range(2000, 2004):
                store.put(document("X/2", date=str(year)), "later")
                publish(index, store)
        return read(index, current)

    monkeypatch.setattr("treatybody.index.snapshot.layout.read_generation", late)
    with Index(tmp_path) as index:
        assert index.snapshot.generation.number == 5
        assert index.count(Word("later")) == 1


def test_verify_names_what_differs(tmp_path: Path, store: MemoryStore) -> None:
    publish(tmp_path, store)
    assert list(verify(tmp_path, store)) == []
    store.put(document("X/2"), "other")
    del store.docs["X/1"]
    store.put(document("X/9"), "new")
    store.found = [link("X/2#1", "X/1")]
    assert [place for place, _ in verify(tmp_path, store)] == ["X/9", "X/1", "X/2", "links"]


def test_bytes_do_not_depend_on_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from treatybody.index import batches, whoosh_parts

    monkeypatch.setattr(whoosh_parts, "BATCH", 1 << 16)
    store = MemoryStore()
    for number in range(60):
        texts = [f"the {number * 31 % 7} worker's appeal no. {place * 97}," for place in range(30)]
        store.put(document(f"X/{number}", language=("en", "fr", "ar")[number % 3]), *texts, "حق")
    publish(tmp_path / "0", store, workers=0)
    publish(tmp_path / "2", store, workers=2)
    started = []
    worker = batches._Worker

    def lost() -> batches._Worker:
        started.append(worker())
        if len(started) == 1:
            started[0]._child.kill()  # type: ignore[union-attr]
        return started[-1]

    monkeypatch.setattr(batches, "_Worker", lost)
    publish(tmp_path / "3", store, workers=3)
    assert len(started) == 3
    assert files(tmp_path / "0") == files(tmp_path / "2") == files(tmp_path / "3")


def test_few_records_start_no_worker(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("treatybody.index.batches._Worker", boom)
    publish(tmp_path, store, workers=4)
    assert found(tmp_path, "expulsion") == ["X/2#1"]
