"""Records of our own making, and a record store that lives in memory."""

from __future__ import annotations

import hashlib
import random
import re
from pathlib import Path

import msgspec

from treatybody.model import Document, Footnote, Link, Paragraph, Source, Speaker, Subparagraph


def document(key: str = "CMW/C/PER/CO/1", **facts: object) -> Document:
    known = {
        "document": key,
        "symbol": key.partition("@")[0],
        "also_symbols": [],
        "reference": None,
        "type": "concluding_observations",
        "committee": "CMW",
        "state": "PER",
        "title": "Concluding observations",
        "date": "2015-04-23",
        "date_kind": "adopted",
        "session": "22",
        "cycle": "1",
        "language": "en",
        "source": Source(file="a.txt", sha256="0", reader="text", reader_version="1", also=[]),
        "origin": {},
    }
    return Document(**{**known, **facts})


def paragraph(key: str, number: int | str, text: str, **more: object) -> Paragraph:
    known = {
        "id": f"{key}#{number}",
        "document": key,
        "number": str(number),
        "position": int(re.sub(r"\D.*", "", str(number)) or 1),
        "kind": "paragraph",
        "section": [],
        "text": text,
        "subparagraphs": [],
        "footnotes": [],
        "table": None,
        "speaker": None,
        "page": None,
        "line": None,
    }
    return Paragraph(**{**known, **more})


def note(text: str, mark: str = "1", offset: int = 0) -> Footnote:
    return Footnote(mark=mark, source_mark=mark, offset=offset, text=text)


def speaker(name: str, role: str | None = None) -> Speaker:
    return Speaker(name=name, role=role, side="committee")


def part(text: str, label: str, whole: str, level: int = 1) -> Subparagraph:
    start = whole.index(text)
    return Subparagraph(label=label, start=start, end=start + len(text), level=level)


def link(source: str, target: str, kind: str = "cites") -> Link:
    return Link(
        source=source,
        target=target,
        kind=kind,
        evidence="x",
        start=0,
        end=1,
        where="text",
        explicit=True,
        status="resolved",
        note=None,
    )


class MemoryStore:
    """The records of a corpus, in memory."""

    def __init__(self) -> None:
        self.docs: dict[str, Document] = {}
        self.texts: dict[str, list[Paragraph]] = {}
        self.found: list[Link] = []

    def put(self, doc: Document, *texts: str | Paragraph) -> MemoryStore:
        key = doc.document
        self.docs[key] = doc
        self.texts[key] = [
            paragraph(key, place, text) if isinstance(text, str) else text
            for place, text in enumerate(texts, 1)
        ]
        return self

    def documents(self) -> dict[str, Document]:
        return dict(sorted(self.docs.items()))

    def paragraphs(self, key: str) -> list[Paragraph]:
        return self.texts[key]

    def fingerprint(self, key: str) -> str:
        data = msgspec.json.encode([self.docs[key], self.texts[key]])
        return hashlib.sha256(data).hexdigest()

    def links(self) -> list[Link]:
        return self.found


# corpora of few words, some of them common

VOCABULARY = ["of", "state", "states", "detention", "detained", "appeal"]
OFTEN = [30, 8, 4, 4, 2, 1]


def sentence(source: random.Random, longest: int) -> str:
    """Up to so many words, by chance."""
    return " ".join(source.choices(VOCABULARY, OFTEN, k=source.randint(0, longest)))


def keep_all(_segments: object, sizes: list[int], _due: int) -> frozenset[int]:
    """In place of ``publishing._kept_segments``: none is written anew while it has documents."""
    return frozenset(number for number, size in enumerate(sizes) if size)


def files(index: Path) -> dict[str, bytes]:
    """What lies in an index folder, by path."""
    return {
        str(path.relative_to(index)): path.read_bytes()
        for path in sorted(index.rglob("*"))
        if path.is_file()
    }


def three_documents() -> MemoryStore:
    """A store of three documents of few words."""
    made = MemoryStore()
    made.put(document("X/1", date="2015"), "remedies with suspensive effect", "a second one")
    made.put(document("X/2", date="2016"), "expulsion of migrant workers")
    made.put(document("X/3", date="2017"), "expelled", "remedies", "appeals")
    return made
