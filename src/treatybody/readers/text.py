"""Plain text, as typed or as extracted from Word and PDF files.

Each line is a block, with its leading tabs counted. Text extractions carry debris, which this
reader knows and no later stage has to: bookmarks (``[bookmark: _Toc12]``), footnote marks
(``[footnoteRef:4]``) with their bodies after the paragraph (``[4: \\t\\tIbid.]``), and links
(``[registry@ohchr.org](mailto:registry@ohchr.org)``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from treatybody.blocks import Block, Note, NoteMark, Reading
from treatybody.errors import DamagedFile
from treatybody.readers.encoding import decode
from treatybody.readers.plaintext import columns, joining, markdown, notes, pages
from treatybody.readers.plaintext.pages import Line

NAME = "text"
VERSION = "1"
SUFFIXES = (".txt",)

_DEBRIS = re.compile(r"\[bookmark: [^\]]*\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\((?:mailto:|https?://)[^()\s]*\)")
_STARRED = re.compile(r"(\*+)[ \t]+")


def read(path: Path) -> Reading:
    """Read a text file in UTF-8 (with or without a byte order mark), UTF-16 or Windows-1252.

    Raises:
        DamagedFile: the bytes are no text in any of these.
    """
    text, warnings = decode(path.read_bytes(), path.name)
    reading = parse(text)
    reading.warnings[:0] = [(None, message) for message in warnings]
    if not reading.blocks:
        raise DamagedFile(f"{path.name} holds no text; put the document there again or remove it")
    return reading


def parse(text: str) -> Reading:
    """The blocks and notes of a text.

    >>> reading = parse("1.\\tPeru[footnoteRef:4] replied. [4: \\t\\tIbid.] \\n")
    >>> reading.blocks[0].text, reading.blocks[0].marks[0].offset, reading.notes["4"].text
    ('1.\\tPeru replied.', 7, 'Ibid.')
    """
    reading = Reading(reader=NAME, reader_version=VERSION, blocks=[])
    lines, levels = markdown.plain([*_cleaned(text)])
    for line, paragraph in joining.paragraphs(lines):
        _take(paragraph, line, reading, levels.get(line))
    _report_unmatched(reading)
    return reading


def _cleaned(text: str) -> Iterator[Line]:
    """The numbered lines without the debris of pages and extractions."""
    for number, line in notes.whole(columns.in_order(pages.lines(text))):
        yield number, _LINK.sub(r"\1", _DEBRIS.sub("", line))


def _take(paragraph: str, line: int, reading: Reading, level: int | None) -> None:
    """Add a paragraph's block, with its level as a heading if it is one, and its notes."""
    bare, bodies = notes.split(paragraph)
    for mark, body in bodies:
        _add_note(mark, body, line, reading)
    indent, text = _unindent(bare)
    plain, marks = _take_marks(text, reading)
    marked = {mark.key for mark in marks}
    if plain or marks:
        text = plain.rstrip()
        ended = tuple(NoteMark(min(mark.offset, len(text)), mark.key) for mark in marks)
        block = Block(text=text, indent=indent, marks=ended, line=line, outline=level)
        reading.blocks.append(block)
    _mark_the_unmarked([mark for mark, _ in bodies if mark not in marked], line, reading)


def _add_note(source_mark: str, body: str, line: int, reading: Reading) -> None:
    text = body.strip()
    starred = _STARRED.match(text)
    if source_mark in reading.notes:
        reading.warnings.append((line, f"footnote body {source_mark} stands there twice"))
        text = f"{reading.notes[source_mark].text}\n{text}"
    reading.notes[source_mark] = Note(
        key=source_mark,
        source_mark=source_mark,
        mark=starred[1] if starred else None,
        text=text[starred.end() :] if starred else text,
    )


def _unindent(text: str) -> tuple[int, str]:
    rest = text.lstrip(" \t")
    return text[: len(text) - len(rest)].count("\t"), rest


def _take_marks(text: str, reading: Reading) -> tuple[str, list[NoteMark]]:
    """A text without its footnote marks, and where they stood."""
    kept, marks, position, length = [], [], 0, 0
    for found in notes.MARK.finditer(text):
        kept.append(text[position : found.start()])
        length += found.start() - position
        marks.append(NoteMark(length, found[1]))
        position = found.end() + _printed_mark(text[found.end() :], found[1], reading)
    return "".join([*kept, text[position:]]), marks


def _printed_mark(after: str, key: str, reading: Reading) -> int:
    """Length of an own mark ("*") that the extraction repeats after its running number."""
    note = reading.notes.get(key)
    return len(note.mark) if note and note.mark and after.startswith(note.mark) else 0


def _mark_the_unmarked(keys: list[str], line: int, reading: Reading) -> None:
    """Tie a body to the block after which it stands when that block has no mark for it."""
    known = {mark.key for block in reading.blocks for mark in block.marks} if keys else set()
    for key in keys:
        if key in known or not reading.blocks:
            continue
        block = reading.blocks[-1]
        mark = NoteMark(len(block.text), key)
        reading.blocks[-1] = _with_marks(block, block.text, (*block.marks, mark))
        reading.warnings.append((line, f"footnote {key} has no mark; it is put where it stands"))


def _with_marks(block: Block, text: str, marks: tuple[NoteMark, ...]) -> Block:
    return msgspec.structs.replace(block, text=text, marks=marks)


def _report_unmatched(reading: Reading) -> None:
    for block in reading.blocks:
        for mark in block.marks:
            if mark.key not in reading.notes:
                reading.warnings.append((block.line, f"footnote {mark.key} has no body"))
