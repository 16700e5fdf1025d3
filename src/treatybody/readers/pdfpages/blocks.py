"""From drafts to blocks: texts joined, note marks lifted out, facts of weight and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from treatybody.blocks import Block, Cell, Note, NoteMark
from treatybody.readers.pdfpages.hyphens import Words, joined
from treatybody.readers.pdfpages.layout import Layout
from treatybody.readers.pdfpages.lines import Line, Piece
from treatybody.readers.pdfpages.notes import FootNote
from treatybody.readers.pdfpages.paragraphs import Draft, is_centred

MOSTLY = 0.35  # of a block's letters that may be plain in a bold one
TAB_STOP = 28.35  # points: the UN templates' centimetre
_RAISED = re.compile(r"\d{1,4}|\*{1,5}|[†‡§¶]{1,2}")
_TYPED = re.compile(r"^(\d{1,3}\.|\([a-zа-я]{1,4}\)|[•●▪■◦–—]) (?=\S)")
_RAISED_IN_TABLE = re.compile(r"\d{1,4}|\*{1,5}|[†‡§¶]{1,2}|\b[a-z]\b")
_ENDS = frozenset("*†‡")
_LEADING_STARS = re.compile(r"(\*{1,5})\s?(?=[^\s*])")
_STARS = re.compile(r"(?<=\S)\s?(\*{1,5}|[†‡])$")


class Tied:
    """The notes of a document, and which mark means which of them.

    Arguments:
        notes: those at the feet of pages.
        words: for joining their lines.
    """

    def __init__(self, notes: list[FootNote], words: Words) -> None:
        self.plain: Counter[tuple[int, str]] = Counter()
        self.keys: dict[tuple[int, str], str] = {}
        self.notes: dict[str, Note] = {}
        self.missing: list[tuple[int, str]] = []
        for number, note in enumerate(notes, 1):
            key = f"n{number}"
            self.keys.setdefault((note.page, note.mark), key)
            text = text_of(note.lines, words)
            self.notes[key] = Note(
                key=key, source_mark=note.mark, mark=note.mark or None, text=text
            )

    def add_table_notes(self, table: int, notes: list[FootNote], words: Words) -> None:
        """The notes below a table, whose marks stand in its cells only."""
        for note in notes:
            key = f"n{len(self.notes) + 1}"
            self.keys.setdefault((-table, note.mark), key)
            self.keys.setdefault((note.page, note.mark), key)
            text = text_of(note.lines, words)
            self.notes[key] = Note(key=key, source_mark=note.mark, mark=note.mark, text=text)

    def stands_after_a_word(self, page: int, mark: str) -> bool:
        """True where a mark stands after a word on the page: then one inside a figure is none."""
        return self.plain[(page, mark)] > 0

    def in_table(self, table: int, mark: str) -> str | None:
        """The note below a table that a mark in its cells means."""
        return self.keys.get((-table, mark))

    def key(self, page: int, mark: str) -> str | None:
        """The note that a mark on a page means: there, or on the page after or before."""
        for near in (page, page + 1, page - 1):
            found = self.keys.get((near, mark))
            if found and (near == page or mark.isdigit()):
                return found
        return None


def plain_marks(found: Iterable[Draft]) -> Counter[tuple[int, str]]:
    """How often each raised text stands in running text after a word, page by page."""
    counts: Counter[tuple[int, str]] = Counter()
    for draft in found:
        for line in draft.lines if draft.table is None else ():
            for before, piece in pairwise(line.pieces):
                if piece.raised and not _INDEXED.search(before.text):
                    counts[(line.page, piece.text.strip())] += 1
    return counts


def text_of(lines: list[Line], words: Words) -> str:
    """The text of a note: its lines joined."""
    text = ""
    for line in lines:
        text = joined(text, line.text.strip(), words)
    return text.strip()


class _Writer:
    """Joins lines and lifts note marks out of the text."""

    def __init__(self, tied: Tied, words: Words, table: int = 0) -> None:
        self.tied, self.words, self.table = tied, words, table
        self.text = ""
        self.marks: list[NoteMark] = []

    def add(self, line: Line, pieces: list[Piece] | None = None) -> None:
        """Add a line of the paragraph."""
        fresh = True
        for piece in pieces if pieces is not None else line.pieces:
            if not self._mark(line.page, piece):
                self._write(piece.text, fresh)
                fresh = fresh and not piece.text.strip()

    def _write(self, text: str, fresh: bool) -> None:
        if fresh and self.text:
            self.text = joined(self.text.rstrip(), text.strip(), self.words)
        elif text.startswith(" ") and self.text.endswith((" ", "\t", "")) and not self.text:
            self.text = text.lstrip()
        else:
            self.text += text[1:] if text.startswith(" ") and self.text.endswith(" ") else text

    def _mark(self, page: int, piece: Piece) -> bool:
        """Take a raised piece, or asterisks, as note marks; False where it is plain text."""
        text = piece.text.strip().strip(",;").strip()
        form = _RAISED_IN_TABLE if self.table and piece.raised else _RAISED
        if not text or not (piece.raised or set(text) <= _STAR_MARKS):
            return False
        marks = form.findall(text)
        if not marks or form.sub("", text).strip(" ,;–-"):
            return False
        keys = [self._key(page, mark) for mark in marks]
        if None in keys and not piece.raised:
            return False
        for mark, key in zip(marks, keys, strict=True):
            if key is None:
                self._raise(page, mark)
            else:
                self.marks.append(NoteMark(len(self.text.rstrip()), key))
        return True

    def _key(self, page: int, mark: str) -> str | None:
        """The note that is meant; None for an exponent and for a mark without a note."""
        if self.table and (own := self.tied.in_table(self.table, mark)):
            return own
        if mark.isdigit() and _is_exponent(self.text):
            return None
        if _INDEXED.search(self.text) and self.tied.stands_after_a_word(page, mark):
            return None
        return self.tied.key(page, mark)

    def _raise(self, page: int, mark: str) -> None:
        """Keep a raised figure that is no note's mark as a raised one: Article 41⁶, km²."""
        if not _is_exponent(self.text):
            self.tied.missing.append((page, mark))
        self.text += mark.translate(_HIGH)

    def close_stars(self, page: int) -> None:
        """An asterisk in the font of the text at its end."""
        if self.text[-1:] not in _ENDS:
            return
        match = _STARS.search(self.text)
        key = self._starred(page, match.group(1)) if match else None
        if match and key:
            self.text = self.text[: match.start()]
            self.marks.append(NoteMark(len(self.text), key))

    def open_stars(self, page: int) -> None:
        """An asterisk in the font of the text at a cell's beginning: "**2021"."""
        match = _LEADING_STARS.match(self.text)
        key = self._starred(page, match.group(1)) if match else None
        if match and key:
            cut = match.end()
            self.text = self.text[cut:]
            moved = (NoteMark(max(mark.offset - cut, 0), mark.key) for mark in self.marks)
            self.marks = [NoteMark(0, key), *moved]

    def _starred(self, page: int, mark: str) -> str | None:
        own = self.tied.in_table(self.table, mark) if self.table else None
        return own or self.tied.key(page, mark)


_STAR_MARKS = frozenset("*, ")
_INDEXED = re.compile(r"(?:\d|\b[a-z])$")
_HIGH = str.maketrans("0123456789abcdefghijklmno", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒ")


def _is_exponent(text: str) -> bool:
    """True where a raised number is the square or cube of a unit."""
    return bool(re.search(r"(?:^|[\s\d])(?:k|c|m|d|h)?m$", text))


def block_of(draft: Draft, layout: Layout, tied: Tied, words: Words) -> Block | None:
    """The block of a draft; None where nothing but marks is left.

    Arguments:
        draft: lines of a paragraph, or cells of a table row.
        layout: the document's measures.
        tied: the document's notes.
        words: its undivided words.
    """
    if draft.table is not None:
        return _row(draft, tied, words)
    writer = _Writer(tied, words)
    rest = list(draft.lines)
    if draft.label:
        _write_label(writer, draft, rest)
    for line in rest:
        writer.add(line)
    if not draft.label:
        writer.text = _TYPED.sub(r"\1\t", writer.text)
    writer.close_stars(draft.last.page)
    text = writer.text.strip()
    return _block(draft, layout, text, writer) if text else None


def _write_label(writer: _Writer, draft: Draft, rest: list[Line]) -> None:
    """The label, a tab, and the rest of the first line."""
    assert draft.label is not None
    first = rest.pop(0)
    cut = next(i for i, p in enumerate(first.pieces) if i and p.x >= draft.label[1])
    writer.text = f"{draft.label[0]}\t"
    after = first.pieces[cut:]
    after[0] = after[0]._replace(text=after[0].text.lstrip())
    for piece in after:
        if not writer._mark(first.page, piece):
            writer.text += piece.text


def _block(draft: Draft, layout: Layout, text: str, writer: _Writer) -> Block:
    first = draft.lines[0]
    pieces = list(_worded(draft))
    return Block(
        text=text,
        indent=max(0, round((first.x - layout.left) / TAB_STOP)) if draft.region == "body" else 0,
        left=round(first.x, 1),
        bold=_is_bold(pieces),
        italic=bool(pieces) and all(piece.italic for piece in pieces),
        centred=not draft.label and all(is_centred(line, layout) for line in draft.lines),
        size=first.size,
        marks=tuple(NoteMark(min(m.offset, len(text)), m.key) for m in writer.marks),
        region=draft.region,
        page=first.page,
    )


def _is_bold(pieces: list[Piece]) -> bool:
    """Whether a block is set in bold: all of it, but for a link ("Reply to CRPD/C/XYZ/Q/1")."""
    if not all(piece.bold or not piece.hole for piece in pieces):
        return False
    plain = sum(len(piece.text) for piece in pieces if not piece.bold)
    total = sum(len(piece.text) for piece in pieces)
    return bool(pieces) and pieces[0].bold and plain <= MOSTLY * total


def _worded(draft: Draft) -> Iterator[Piece]:
    """The pieces that hold words, without the label and raised marks."""
    start = draft.label[1] if draft.label else float("-inf")
    for index, line in enumerate(draft.lines):
        for piece in line.pieces:
            if piece.raised or not any(c.isalnum() for c in piece.text):
                continue
            if index or piece.x >= start:
                yield piece


def _row(draft: Draft, tied: Tied, words: Words) -> Block:
    assert draft.table is not None
    text = ""
    spans: list[tuple[int, int]] = []
    marks: list[NoteMark] = []
    for cell in draft.cells:
        writer = _Writer(tied, words, draft.table[0])
        for line in cell:
            writer.add(line)
        if cell:
            writer.open_stars(cell[0].page)
            writer.close_stars(cell[-1].page)
        if spans:
            text += "\t"
        marks += [NoteMark(len(text) + mark.offset, mark.key) for mark in writer.marks]
        spans.append((len(text), len(text) + len(writer.text.strip())))
        text += writer.text.strip()
    number, row, header = draft.table
    first = min((line for cell in draft.cells for line in cell), key=lambda ln: (ln.page, -ln.y))
    return Block(
        text=text,
        marks=tuple(marks),
        size=first.size,
        left=round(first.x, 1),
        cell=Cell(table=number, row=row, header=header, spans=tuple(spans)),
        page=first.page,
    )
