"""A corpus of any size for the benchmark, the same on every machine.

It begins with the real paragraphs of ``../shared/corpora/paragraphs``. What goes beyond these is
spliced from them, two halves a paragraph, and salted with coined words: each place for one gets a
new word at a constant rate and else one that was coined before, the likelier the more often it
stands already, so that the vocabulary grows as in real text (Simon, "On a class of skew
distribution functions", 1955).
"""

from __future__ import annotations

import gzip
import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from treatybody.model import Document, Link, Paragraph, Source

WORDS = 75  # a paragraph's length at most, in words
EACH = 50  # paragraphs of a document
NEW = 0.25  # how often a place for a coined word gets a new one
_STATES = ["PER", "CHL", "MEX", "FRA", "EGY", "PHL", "TUR", "SEN", "BOL", "ECU", "GTM", "UGA"]
_STATES += ["ARG", "COL", "MAR", "LKA", "AZE", "BGD", "TJK", "KGZ", "HND", "SLV", "NIC", "PRY"]
_TYPES = ["concluding_observations", "state_report", "summary_record", "list_of_issues"]
_COMMITTEES = ["CMW", "CRPD", "CAT", "CCPR", "CEDAW", "CERD", "CESCR", "CRC", "CED"]


def shared() -> Path:
    """The real paragraphs; a sentence and the end where they are absent."""
    for folder in Path(__file__).resolve().parents:
        path = folder.parent / "shared/corpora/paragraphs/treaty-body-paragraphs.jsonl.gz"
        if path.exists():
            return path
    raise SystemExit("the benchmark needs ../shared/corpora/paragraphs beside the checkout")


def texts(count: int) -> Iterator[str]:
    """The texts of the corpus."""
    with gzip.open(shared(), "rb") as file:
        real = [" ".join(msgspec.json.decode(line)["text"].split()[:WORDS]) for line in file]
    chance = random.Random(20150423)
    order = list(range(len(real)))
    chance.shuffle(order)
    for number in order[:count]:
        yield real[number]
    coined: list[str] = []
    for number in range(max(0, count - len(real))):
        yield _spliced(real, coined, chance, number)


def _spliced(real: list[str], coined: list[str], chance: random.Random, number: int) -> str:
    first = real[chance.randrange(len(real))].split()
    second = real[chance.randrange(len(real))].split()
    words = first[: len(first) // 2] + second[len(second) // 2 :]
    for _ in range(2):
        if not coined or chance.random() < NEW:
            base = words[chance.randrange(len(words))].lower() if words else "word"
            stem = "".join(c for c in base if c.isalpha())[:6]
            coined.append(f"{stem}{_syllables(number)}")
        else:
            coined.append(coined[chance.randrange(len(coined))])
        words.insert(chance.randrange(len(words) + 1), coined[-1])
    return " ".join(words)


def _syllables(number: int) -> str:
    made = ""
    while number or len(made) < 4:
        number, consonant = divmod(number, 20)
        number, vowel = divmod(number, 5)
        made += "bcdfghjklmnpqrstvwxz"[consonant] + "aeiou"[vowel]
    return made


def document(number: int) -> Document:
    """The facts of a document."""
    chance = random.Random(number)
    committee = _COMMITTEES[number % len(_COMMITTEES)]
    state = chance.choice(_STATES)
    symbol = f"{committee}/C/{state}/{number}"
    return Document(
        document=symbol,
        symbol=symbol,
        also_symbols=[],
        reference=None,
        type=chance.choice(_TYPES),
        committee=committee,
        state=state,
        title=f"Paper {number}",
        date=f"{chance.randint(1995, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        date_kind="issued",
        session="1",
        cycle="1",
        language="en",
        source=Source(file="x", sha256="0", reader="x", reader_version="1", also=[]),
        origin={},
    )


def paragraph(key: str, place: int, text: str) -> Paragraph:
    """A record."""
    return Paragraph(
        id=f"{key}#{place}",
        document=key,
        number=str(place),
        position=place,
        kind="paragraph",
        section=["Implementation of the Convention"],
        text=text,
        subparagraphs=[],
        footnotes=[],
        table=None,
        speaker=None,
        page=None,
        line=None,
    )


def make(path: Path, count: int) -> None:
    """Write the corpus: ``records.jsonl``, and ``documents.jsonl`` with where each begins."""
    encode = msgspec.json.Encoder().encode
    path.mkdir(parents=True, exist_ok=True)
    with (path / "records.jsonl").open("wb") as out, (path / "documents.jsonl").open("wb") as docs:
        start = at = 0
        about = document(0)
        for number, text in enumerate(texts(count)):
            if number % EACH == 0:
                about, start = document(number // EACH), at
            line = encode(paragraph(about.document, number % EACH + 1, text)) + b"\n"
            out.write(line)
            at += len(line)
            if number % EACH == EACH - 1 or number == count - 1:
                docs.write(encode((about, start, at)) + b"\n")


class Corpus:
    """The record store of a benchmark corpus."""

    def __init__(self, path: Path) -> None:
        self.path = path / "records.jsonl"
        kind = tuple[Document, int, int]
        lines = (path / "documents.jsonl").read_bytes()
        rows = msgspec.json.Decoder(kind).decode_lines(lines)
        self.places = {about.document: (start, stop) for about, start, stop in rows}
        self._documents = {about.document: about for about, _, _ in rows}
        self._file = self.path.open("rb")
        self._decoder = msgspec.json.Decoder(Paragraph)
        self.replaced: dict[str, list[Paragraph]] = {}
        self._fingerprints: dict[str, str] = {}

    def documents(self) -> dict[str, Document]:
        """Every document by its key."""
        return self._documents

    def _bytes(self, key: str) -> bytes:
        start, stop = self.places[key]
        self._file.seek(start)
        return self._file.read(stop - start)

    def paragraphs(self, key: str) -> list[Paragraph]:
        """A document's paragraphs."""
        if key in self.replaced:
            return self.replaced[key]
        return self._decoder.decode_lines(self._bytes(key))

    def fingerprint(self, key: str) -> str:
        """A checksum of a document, taken once."""
        if key not in self._fingerprints:
            data = self._bytes(key)
            if key in self.replaced:
                data = msgspec.json.encode(self.replaced[key])
            self._fingerprints[key] = hashlib.sha256(data).hexdigest()
        return self._fingerprints[key]

    def replace(self, key: str, paragraphs: list[Paragraph]) -> None:
        """Give a document other paragraphs."""
        self.replaced[key] = paragraphs
        self._fingerprints.pop(key, None)

    def links(self) -> list[Link]:
        """None."""
        return []
