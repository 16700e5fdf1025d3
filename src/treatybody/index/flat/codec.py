"""Whoosh's codec interfaces over our arrays: its writer writes them, its readers read them.

``SegmentWriter`` calls the two writers below, ``SegmentReader`` the two readers; Whoosh's own
matchers so answer from the same file as the array engine, which gets its arrays through
``SegmentReader`` too. Made after the base classes of ``whoosh.codec.base`` (Whoosh 2.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
from whoosh.codec import base
from whoosh.reading import TermInfo

from treatybody.index import columns
from treatybody.index.fields import SCORED, STEM, TEXT_FIELDS
from treatybody.index.flat.inverting import Inverted
from treatybody.index.flat.layout import FACTS, NAME
from treatybody.index.flat.matching import FlatDocuments, FlatMatcher
from treatybody.index.flat.packing import Packer, train
from treatybody.index.flat.reading import FlatFile
from treatybody.index.flat.sections import FlatWriter, smallest
from treatybody.index.flat.terms import Terms
from treatybody.index.flat.words import Words
from treatybody.index.flat.writing import FieldRuns, write_words
from treatybody.model import Document, Paragraph


def listed(words: dict[str, Words], field: str) -> tuple[Words, Terms]:
    """The words of a field and the list of terms that ``text`` or ``text_stem`` names."""
    found = words[field.removesuffix(STEM)]
    return found, found.stem if field.endswith(STEM) else found.exact


class FlatSegment(base.Segment):  # type: ignore[misc]
    """One segment.

    Arguments:
        count: how many paragraphs it has.
        deleted: the numbers of those that are dead.
    """

    def __init__(self, count: int = 0, deleted: frozenset[int] = frozenset()) -> None:
        self.indexname = self.segid = "segment"
        self.compound = False
        self.count = count
        self.deleted = deleted

    def codec(self) -> FlatCodec:
        """What reads and writes it."""
        return FlatCodec()

    def doc_count_all(self) -> int:
        """How many paragraphs it has, dead ones included."""
        return self.count

    def set_doc_count(self, count: int) -> None:
        """Set how many it has."""
        self.count = count

    def deleted_count(self) -> int:
        """How many are dead."""
        return len(self.deleted)

    def deleted_docs(self) -> frozenset[int]:
        """The dead ones."""
        return self.deleted

    def is_deleted(self, number: int) -> bool:
        """Whether one is dead."""
        return number in self.deleted

    def should_assemble(self) -> bool:
        """Never: it is one file, and compound storage would copy it into memory."""
        return False


class FlatCodec(base.Codec):  # type: ignore[misc]
    """Reads and writes ``segment.flat``."""

    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> FlatSegment:
        """A segment to be written."""
        return FlatSegment()

    def per_document_writer(self, storage: Any, segment: FlatSegment) -> DocumentWriter:
        """What writes the records; it opens the file."""
        segment.out = FlatWriter(storage.folder + "/" + NAME)
        return DocumentWriter(segment.out)

    def field_writer(self, storage: Any, segment: FlatSegment) -> WordWriter:
        """What writes the words behind the records, and finishes the file."""
        return WordWriter(segment.out, segment)

    def terms_reader(self, storage: Any, segment: FlatSegment) -> FlatTerms:
        """What reads the words."""
        return FlatTerms(storage.flat)

    def per_document_reader(self, storage: Any, segment: FlatSegment) -> FlatDocuments:
        """What reads the lengths."""
        return FlatDocuments(storage.flat, segment)


class DocumentWriter(base.PerDocumentWriter):  # type: ignore[misc]
    """Writes records as they come, and at the end their columns."""

    def __init__(self, out: FlatWriter) -> None:
        self.is_closed = False
        self._out = out
        self._packer = Packer(out)
        self._encode = msgspec.json.Encoder().encode
        self._documents: list[Document] = []
        self._fingerprints: list[str] = []
        self._firsts: list[int] = []
        self._kinds: list[int] = []
        self._printed: list[str | None] = []
        self._taken: list[int] = []
        self._lengths: dict[str, list[Any]] = {field: [] for field in SCORED}

    def start_doc(self, number: int) -> None:
        """Nothing: records are numbered as they come."""

    def cancel_doc(self) -> None:
        """Nothing: a record is written as a whole."""

    def begin(self, document: Document, fingerprint: str) -> None:
        """Begin a document."""
        self._documents.append(document)
        self._fingerprints.append(fingerprint)
        self._firsts.append(len(self._kinds))

    def add_record(self, paragraph: Paragraph) -> None:
        """Note what the columns say of a record."""
        self._kinds.append(columns.KINDS.index(paragraph.kind))
        self._printed.append(paragraph.number)

    def dictionary(self, lines: Sequence[bytes]) -> bytes:
        """What records are packed with: made of the first ones."""
        if self._packer.dictionary is None:
            self._packer.dictionary = train(lines)
        return self._packer.dictionary

    def add_packed(self, packed: bytes, room: Sequence[int], sizes: Sequence[int]) -> None:
        """Add the records of a batch, packed; batches come in order."""
        self._packer.add(packed, room, sizes)
        self._taken.append(len(sizes))

    def add_lengths(self, field: str, found: Inverted) -> None:
        """Add the lengths of a field in the batch that was added last."""
        if field in self._lengths:
            first = sum(self._taken[:-1])
            self._lengths[field].append(found.by_doc(first, self._taken[-1]))

    def close(self) -> None:
        """Write the columns."""
        self.is_closed = True
        self._packer.finish()
        self._write_documents()
        self._out.add("kind", np.array(self._kinds, "<u1"))
        for field, lengths in self._lengths.items():
            whole = np.concatenate([np.empty(0, np.int64), *lengths])
            self._out.add(f"{field}_words", whole.astype("<u4"))
            total = [whole.sum(), np.count_nonzero(whole)]
            self._out.add(f"{field}_total", np.array(total, "<u8"))
        self._add_json("printed", self._printed)

    def _write_documents(self) -> None:
        lines = [self._encode(document) + b"\n" for document in self._documents]
        ends = np.cumsum(np.fromiter(map(len, lines), np.int64))
        self._out.add("documents", np.frombuffer(b"".join(lines), np.uint8))
        self._out.add("document_ends", smallest(ends, int(ends.max(initial=0))))
        self._out.add("document_first", np.array(self._firsts, "<u4"))
        self._add_json("keys", [document.document for document in self._documents])
        self._add_json("fingerprints", self._fingerprints)
        for fact in FACTS:
            self._write_fact(fact, [getattr(document, fact) for document in self._documents])

    def _write_fact(self, fact: str, found: Sequence[str | None]) -> None:
        values = sorted({one for one in found if one is not None})
        place = {one: number for number, one in enumerate([None, *values])}
        codes = np.array([place[one] for one in found], np.int64)
        self._add_json(f"{fact}_values", values)
        self._out.add(f"{fact}_codes", smallest(codes, len(values)))

    def _add_json(self, name: str, values: Sequence[str | None]) -> None:
        self._out.add(name, np.frombuffer(self._encode(values), np.uint8))


class WordWriter(base.FieldWriter):  # type: ignore[misc]
    """Writes the words of all fields, from runs that were inverted elsewhere."""

    def __init__(self, out: FlatWriter, segment: FlatSegment) -> None:
        self.is_closed = False
        self._out = out
        self._segment = segment
        self._runs = {field: FieldRuns() for field in TEXT_FIELDS}

    def add_run(self, field: str, found: Inverted) -> None:
        """Add what a batch of paragraphs says."""
        self._runs[field].add(found)

    def add_postings(self, schema: Any, lengths: Any, items: Iterator[Any]) -> None:
        """Merge the runs and finish the file; no posting comes one by one."""
        assert next(iter(items), None) is None
        for field, runs in self._runs.items():
            write_words(self._out, field, runs, self._segment.count)
        self._out.finish()

    def close(self) -> None:
        """Give up what is not finished."""
        self.is_closed = True
        self._out.close()


class FlatTerms(base.TermsReader):  # type: ignore[misc]
    """The terms of all fields."""

    def __init__(self, file: FlatFile) -> None:
        self.words = {field: Words(file, field) for field in TEXT_FIELDS}
        self._names = sorted(name + suffix for name in TEXT_FIELDS for suffix in ("", STEM))

    def _place(self, field: str, text: bytes) -> tuple[Words, Terms, int]:
        words, terms = listed(self.words, field)
        place = terms.find(text)
        if place is None:
            raise KeyError((field, text))
        return words, terms, place

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return listed(self.words, term[0])[1].find(term[1]) is not None

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return [name for name in self._names if listed(self.words, name)[1].count]

    def cursor(self, fieldname: str, fieldobj: Any) -> FlatCursor:
        """A cursor over the terms of a field."""
        return FlatCursor(self, fieldname)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms of all fields."""
        for name in self._names:
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from one on."""
        _, terms = listed(self.words, fieldname)
        for place in range(terms.place(prefix), terms.count):
            yield fieldname, terms[place]

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms with their statistics."""
        for name, text in self.terms():
            yield (name, text), self.term_info(name, text)

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The terms of a field from one on, with their statistics."""
        for name, text in self.terms_from(fieldname, prefix):
            yield (name, text), self.term_info(name, text)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """The statistics of a term; KeyError when there is none."""
        words, terms, place = self._place(fieldname, text)
        docs, counts = words.docs(terms, place), words.counts(terms, place)
        return TermInfo(
            weight=float(counts.sum()),
            df=len(docs),
            minlength=1,
            maxlength=1 << 30,
            maxweight=float(counts.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many paragraphs a term stands, dead ones included."""
        _, terms, place = self._place(fieldname, text)
        return terms.having(place)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> FlatMatcher:
        """A matcher over the postings of a term."""
        words, terms, place = self._place(fieldname, text)
        docs, counts = words.docs(terms, place), words.counts(terms, place)
        places = words.places(terms, place, int(counts.sum()))
        return FlatMatcher((fieldname, text), docs, counts, places, format_, scorer)


class FlatCursor(base.FieldCursor):  # type: ignore[misc]
    """Goes through the terms of a field."""

    def __init__(self, reader: FlatTerms, field: str) -> None:
        self._reader = reader
        self._field = field
        self._terms = listed(reader.words, field)[1]
        self._place = 0

    def is_valid(self) -> bool:
        """Whether it stands on a term."""
        return self._place < self._terms.count

    def first(self) -> str | None:
        """Go to the first term."""
        self._place = 0
        return self.text()

    def find(self, term: bytes | str) -> str | None:
        """Go to the first term that is not before one."""
        key = term if isinstance(term, bytes) else term.encode("utf-8", "surrogatepass")
        self._place = self._terms.place(key)
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._place += 1
        return self.text()

    def term(self) -> bytes | None:
        """The term as bytes; None behind the last."""
        return self._terms[self._place] if self.is_valid() else None

    def text(self) -> str | None:
        """The term; None behind the last."""
        term = self.term()
        return None if term is None else term.decode("utf-8", "surrogatepass")

    def term_info(self) -> TermInfo:
        """The statistics of the term."""
        return self._reader.term_info(self._field, self._terms[self._place])
