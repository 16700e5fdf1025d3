"""Records on disk: JSON Lines files that are the truth, replaced all together or not at all.

    records/documents.jsonl          one document a line, by key
    records/paragraphs/<key>.jsonl   its paragraphs, by position
    records/references/<key>.jsonl   what was found in it, not yet resolved
    records/links.jsonl              resolved, by source, start, target

The same records have the same bytes on every machine. Replacing goes through a journal
(``journal.py``), so that an interrupted replacement is finished by the next command that writes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from treatybody.errors import RecordError
from treatybody.journal import STAGING, Replacement
from treatybody.model import RECORD_VERSION, Document, DocumentLine, Link, Paragraph

T = TypeVar("T")


def file_name(key: str) -> str:
    """The file name of a document's records.

    >>> file_name("CMW/followup/29/bs")
    'CMW_followup_29_bs.jsonl'
    """
    return re.sub(r"[^A-Za-z0-9.@-]", "_", key) + ".jsonl"


def lines(records: Iterable[msgspec.Struct]) -> bytes:
    """Records as JSON Lines, keys in the order of their fields."""
    return msgspec.json.Encoder().encode_lines(list(records))


def parse_lines(data: bytes, kind: type[T], name: str) -> list[T]:
    """JSON Lines as records.

    Raises:
        RecordError: a line is damaged or was written by another version.
    """
    try:
        return msgspec.json.Decoder(kind).decode_lines(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordError(f"reading the records {name} failed ({error}); run `tb build`") from None


class Store:
    """The records of one corpus.

    Arguments:
        root: the folder ``corpus/records``; it may not exist yet.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def _documents(self) -> dict[str, Document]:
        path = self._path("documents.jsonl")
        if not path.is_file():
            return {}
        read = parse_lines(path.read_bytes(), DocumentLine, "documents.jsonl")
        if any(line.record_version != RECORD_VERSION for line in read):
            raise RecordError(f"{path} was written by another version; run `tb build --full`")
        return {line.document: line for line in read}

    def documents(self) -> dict[str, Document]:
        """Every document by its key, in the order of the keys."""
        return dict(self._documents)

    def paragraphs(self, key: str) -> list[Paragraph]:
        """A document's paragraphs by position.

        Raises:
            RecordError: there are none, or they are damaged.
        """
        path = self._path(f"paragraphs/{file_name(key)}")
        return parse_lines(self._bytes(path), Paragraph, path.name)

    def references(self, key: str, kind: type[T]) -> list[T]:
        """What was found in a document, as records of the given kind."""
        path = self._path(f"references/{file_name(key)}")
        return parse_lines(self._bytes(path), kind, path.name) if path.is_file() else []

    def links(self) -> list[Link]:
        """All resolved links."""
        path = self.root / "links.jsonl"
        return parse_lines(self._bytes(path), Link, path.name) if path.is_file() else []

    def fingerprint(self, key: str) -> str:
        """A checksum of all that the records say of a document, for telling what changed."""
        digest = hashlib.sha256(lines([self._documents[key]]))
        digest.update(self._bytes(self.root / "paragraphs" / file_name(key)))
        return digest.hexdigest()

    def seal(self, key: str) -> str:
        """A checksum of everything on disk about a document; "" when something is missing."""
        try:
            digest = hashlib.sha256(self.fingerprint(key).encode())
            digest.update((self.root / "references" / file_name(key)).read_bytes())
        except (KeyError, RecordError, OSError):
            return ""
        return digest.hexdigest()

    def replacement(self) -> Replacement:
        """Begin replacing records; nothing is visible until its ``commit``."""
        return Replacement(self.root)

    def refresh(self) -> None:
        """Forget what was read, after a replacement."""
        self.__dict__.pop("_documents", None)

    def _path(self, name: str) -> Path:
        return self.root / name

    def _bytes(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            name = f"{path.parent.name}/{path.name}"
            raise RecordError(
                f"reading the records {name} failed ({error.strerror}); run `tb build`"
            ) from None


class Staged(Store):
    """Records as they will be when the replacement that is under way is committed."""

    def _path(self, name: str) -> Path:
        staged = self.root / STAGING / name
        return staged if staged.is_file() else self.root / name


def document_line(document: Document) -> DocumentLine:
    """A document as a line of ``documents.jsonl``."""
    fields: Sequence[str] = document.__struct_fields__
    return DocumentLine(**{name: getattr(document, name) for name in fields})
