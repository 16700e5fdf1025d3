"""What was read waits on disk until all files are read, so that a corpus of any size fits."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from types import TracebackType

import msgspec

from treatybody.errors import CorpusError
from treatybody.ingest.one_file import Ingested, Result
from treatybody.model import Notice


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the keys of its documents, or the class and sentence of an error."""

    keys: tuple[str, ...]
    notices: tuple[Notice, ...]
    error: tuple[str, str] | None


class Spool:
    """A temporary file of results. It has no name, so that even a killed build leaves none."""

    def __enter__(self) -> Spool:
        try:
            self._file = tempfile.TemporaryFile(prefix="treatybody-")
        except OSError as error:
            raise CorpusError(
                f"keeping what is read failed: no temporary file can be made ({error.strerror}); "
                "name a folder with space in TMPDIR"
            ) from None
        self._places: dict[str, tuple[int, int]] = {}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError):  # a full disk refuses what is no longer wanted
            self._file.close()

    def put(self, file: str, result: Result) -> Outcome:
        """Keep a file's documents on disk; returns what is needed of them in memory."""
        data = msgspec.msgpack.encode(result.documents)
        self._places[file] = (self._file.seek(0, 2), len(data))
        self._file.write(data)
        self._file.flush()
        keys = tuple(document.document.document for document in result.documents)
        return Outcome(keys, tuple(result.notices), result.error)

    def get(self, file: str) -> list[Ingested]:
        """A file's documents as they were read."""
        start, size = self._places[file]
        self._file.seek(start)
        return msgspec.msgpack.decode(self._file.read(size), type=list[Ingested])
