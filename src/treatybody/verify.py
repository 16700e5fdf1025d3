"""Proof that nothing drifted: records against sources, and index against records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from treatybody import index
from treatybody.build import Options, Progress, compare
from treatybody.corpus import Corpus
from treatybody.errors import RecordError
from treatybody.store import Store


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be: where, what, and what to do."""

    place: str
    message: str


def verify(
    corpus: Corpus, options: Options | None = None, progress: Progress | None = None
) -> list[Finding]:
    """Read every source again and compare; check every byte of the index.

    Returns the findings; none means that records and index are exactly what the sources make.
    """
    comparison, report = compare(corpus, options, progress)
    findings = [
        Finding(f"corpus/records/{name}", "is not what the sources make; run `tb build --full`")
        for name in comparison.differing
    ]
    findings += [
        Finding(f"corpus/records/{name}", "belongs to no source; run `tb build --full`")
        for name in comparison.stray
    ]
    findings += [Finding(failure.file, failure.reason) for failure in report.unreadable]
    return findings + list(_of_index(corpus))


def _of_index(corpus: Corpus) -> Iterator[Finding]:
    try:
        for place, message in index.verify(corpus.index, Store(corpus.records)):
            yield Finding(place, message)
    except RecordError as error:  # it can't be compared with records that can't be read
        yield Finding("corpus/records", str(error))
