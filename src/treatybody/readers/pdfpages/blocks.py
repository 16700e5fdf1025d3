"""From drafts to blocks: texts joined, note marks lifted out, facts of weight and place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from treatybody.blocks import Block, Cell, Note, NoteMark
from treatybody.readers.pdfpages.hyphens import Words, joined
from treatybody.readers.pdfpages.layout import Layout
from treatybody.readers.pdfpages.lines import Line, Piece
from treatybody.readers.pdfpages.notes import FootNote
from treatybody.readers.pdfpages.paragraphs import Draft, is_centred

TAB_STOP = 28.35  # points: the UN templates' centimetre
_RAISED = re.compile(r"\d{1,4}|\*{1,5}|[†‡§¶]{1,2}")
_STARS = re.compile(r"(?<=\S)\s?(\*{1,5}|[†‡])$")
_ORDINALS = {"st", "nd", "rd", "th", "er", "re", "e", "ème", "o", "a", "º", "ª", "me", "nde"}


class Tied:
    """The notes of a document, and which mark means which of them."""

    def __init__(self, notes: list[FootNote], words: Words) -> None:
        self.keys: dict[tuple[int, str], str] = {}
        self.notes: dict[str, Note] = {}
        self.missing: list[tuple[int, str]] = []
        self.used: set[str] = set()
        for number, note in enumerate(notes, 1):
            key = f"n{number}"
            self.keys.setdefault((note.page, note.mark), key)
            text = text_of(note.lines, words)
            self.notes[key] = Note(
                key=key, source_mark=note.mark, mark=note.mark or None, text=text
            )

    def key(self, page: int, mark: str) -> str | None:
        """The note that a mark on a page means: there, or on the page after or before."""
        for near in (page, page + 1, page - 1):
            found = self.keys.get((near, mark))
            if found and (near == page or mark.isdigit()):
                self.used.add(found)
                return found
        return None


def text_of(lines: list[Line], words: Words) -> str:
    """The text of a note: its lines joined."""
    text = ""
    for line in lines:
        text = joined(text, line.text.strip(), words)
    return text.strip()


class _Writer:
    """Joins lines and lifts note marks out of the text."""

    def __init__(self, tied: Tied, words: Words) -> None:
        self.tied, self.words = tied, words
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
        """Take a raised piece as a note mark; False where it is text."""
        text = piece.text.strip().strip(",;")
        if not (piece.raised or set(text) == {"*"}) or not text:
            return False
        marks = _RAISED.findall(text)
        if not marks or _RAISED.sub("", text).strip(" ,;–-"):
            return False
        keys = [self.tied.key(page, mark) for mark in marks]
        if not piece.raised and None in keys:
            return False
        if None in keys and _is_exponent(self.text):
            return False
        for mark, key in zip(marks, keys, strict=True):
            if key is None:
                self.tied.missing.append((page, mark))
            else:
                self.marks.append(NoteMark(len(self.text), key))
        return True

    def close_stars(self, page: int) -> None:
        """An asterisk in the font of the text at its end."""
        match = _STARS.search(self.text)
        key = self.tied.key(page, match.group(1)) if match else None
        if match and key:
            self.text = self.text[: match.start()]
            self.marks.append(NoteMark(len(self.text), key))


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
        bold=bool(pieces) and all(piece.bold for piece in pieces),
        italic=bool(pieces) and all(piece.italic for piece in pieces),
        centred=not draft.label and all(is_centred(line, layout) for line in draft.lines),
        size=first.size,
        marks=tuple(NoteMark(min(m.offset, len(text)), m.key) for m in writer.marks),
        region=draft.region,
        page=first.page,
    )


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
        writer = _Writer(tied, words)
        for line in cell:
            writer.add(line)
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
