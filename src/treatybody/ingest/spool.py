"""What was read waits on disk until all files are read, so that a corpus of any size fits."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import msgspec

from treatybody.ingest.one_file import Ingested, Result
from treatybody.model import Notice


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the keys of its documents, or the class and sentence of an error."""

    keys: tuple[str, ...]
    notices: tuple[Notice, ...]
    error: tuple[str, str] | None


class Spool:
    """A temporary folder of results, gone when the build ends."""

    def __enter__(self) -> Spool:
        self._folder = tempfile.TemporaryDirectory(prefix="treatybody-")
        self._places: dict[str, Path] = {}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def put(self, file: str, result: Result) -> Outcome:
        """Keep a file's documents on disk; returns what is needed of them in memory."""
        place = Path(self._folder.name) / f"{len(self._places)}.msgpack"
        place.write_bytes(msgspec.msgpack.encode(result.documents))
        self._places[file] = place
        keys = tuple(document.document.document for document in result.documents)
        return Outcome(keys, tuple(result.notices), result.error)

    def get(self, file: str) -> list[Ingested]:
        """A file's documents as they were read."""
        return msgspec.msgpack.decode(self._places[file].read_bytes(), type=list[Ingested])
