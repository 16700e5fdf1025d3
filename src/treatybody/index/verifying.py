"""Proof that a published index is whole and says what the records say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from treatybody.errors import IndexProblem
from treatybody.index import layout
from treatybody.index.publishing import Records
from treatybody.index.snapshot import Snapshot


def findings(index: Path, store: Records) -> Iterator[tuple[str, str]]:
    """What is wrong, as (place, sentence); nothing when all is well."""
    try:
        snapshot = Snapshot(index)
        for path, expected in layout.files_of(index, snapshot.generation):
            layout.check(path, expected)
    except IndexProblem as problem:
        yield str(index.name), str(problem)
        return
    yield from _differences(snapshot, store)
    snapshot.close()


def _differences(snapshot: Snapshot, store: Records) -> Iterator[tuple[str, str]]:
    documents, indexed = store.documents(), snapshot.fingerprints()
    for key in sorted(documents.keys() - snapshot.entries.keys()):
        yield key, f"is in the records and not in the index: {layout.REBUILD}"
    for key in sorted(snapshot.entries.keys() - documents.keys()):
        yield key, f"is in the index and not in the records: {layout.REBUILD}"
    for key in sorted(documents.keys() & snapshot.entries.keys()):
        if indexed[key] != store.fingerprint(key):
            yield key, f"is indexed from other records: {layout.REBUILD}"
        elif snapshot.paragraphs(key) != store.paragraphs(key):
            yield key, f"is not indexed as the records have it: {layout.REBUILD} --full"
    if snapshot.links != store.links():
        yield "links", f"are not those of the records: {layout.REBUILD}"
