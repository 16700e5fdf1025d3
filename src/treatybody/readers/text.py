"""Plain text, as typed or as extracted from Word and PDF files.

Each line is a block, with its leading tabs counted. Text extractions carry debris, which this
reader knows and no later stage has to: bookmarks (``[bookmark: _Toc12]``), footnote marks
(``[footnoteRef:4]``) with their bodies after the paragraph (``[4: \\t\\tIbid.]``), and links
(``[registry@ohchr.org](mailto:registry@ohchr.org)``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from treatybody.blocks import Block, Note, NoteMark, Reading
from treatybody.errors import DamagedFile
from treatybody.readers.encoding import decode
from treatybody.readers.plaintext import pages
from treatybody.readers.plaintext.pages import Line

NAME = "text"
VERSION = "1"
SUFFIXES = (".txt",)

_DEBRIS = re.compile(r"\[bookmark: [^\]]*\]")
_LINK = re.compile(r"\[([^\[\]]*)\]\((?:mailto:|https?://)[^()\s]*\)")
_MARK = re.compile(r"\[footnoteRef:(\d+)\]")
_BODY = re.compile(r"\[(\d+): ")
_STARRED = re.compile(r"(\*+)[ \t]+")
_BODY_ENDS = re.compile(r"\][ \t]*(?=\[\d+: |\n|$)")
_LABELLED = re.compile(r"\(\w{1,5}\)\s|[\w.]{1,6}[.)] ?\t|\d{1,3}\.\s")
_LABEL_ALONE = re.compile(r"\s*(?:\d{1,3}\.|\([a-z]{1,4}\)|[A-Z]\.|[IVX]{2,5}\.)\s*")
_UNFINISHED = re.compile(r"[^\s.;:?!)\]”\"»*]$")
_GOES_ON = re.compile(r"[^\W\dA-ZÀ-ÞА-Я_]|(?:Nos?|Nr|Núms?|Nº|N°|№)\b\.?\s")
_DANGLING = re.compile(
    r"(?:[,–-]|\b(?:of|the|and|or|to|in|on|for|with|by|its?|an?|de|du|des|la|le|les|et|à|aux?|sur"
    r"|y|el|los|las|del|en|para|por|con|и|о|в|на|по|для|с))\s*$",
    re.IGNORECASE,
)
_CODE = re.compile(r"\s*[A-Z]\w{0,9}(?:\.\w+)?/[\w./-]{1,40}\s*")
_PAGE = re.compile(r"\s*(?:page|página|стр\.)\s+\d{1,3}\s*", re.I)
_HEAD = 60  # lines
_FEWEST_LINES = 10
_WIDEST = 120
_BREAK = re.compile(r"\S  $")


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
    for line, paragraph in _paragraphs(text):
        _take(paragraph, line, reading)
    _report_unmatched(reading)
    return reading


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The lines that hold something, each with its number; a broken line is put together."""
    held: tuple[int, str] | None = None
    lines = pages.lines(text)
    width = _wrapped_at([line for _, line in lines])
    for number, line in _whole_notes(_without_page_heads(lines)):
        cleaned = _LINK.sub(r"\1", _DEBRIS.sub("", line))
        if held and _LABEL_ALONE.fullmatch(held[1]) and not _is_labelled(cleaned):
            held = (held[0], f"{held[1].rstrip()}\t{cleaned.strip()}") if cleaned.strip() else held
            continue
        if held and cleaned.strip() and _continues(held[1], cleaned, width):
            held = (held[0], f"{held[1].rstrip()}\n{cleaned}")
            continue
        if held:
            yield held
        held = (number, cleaned) if cleaned.strip() else None
    if held:
        yield held


def _without_page_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that open a printed page: a document's code, then "page 3".

    Where the page broke in the middle of a sentence, the empty lines around them go too.
    """
    kept: list[Line] = []
    skip = 0
    for place, (number, line) in enumerate(lines):
        if skip:
            skip -= 1
        elif _opens_page(lines, place):
            skip = 1
            while kept and not kept[-1][1].strip():
                kept.pop()
            broken = bool(kept) and _UNFINISHED.search(kept[-1][1].rstrip())
            ahead = lines[place + skip + 1 :]
            while broken and skip <= len(ahead) and not ahead[skip - 1][1].strip():
                skip += 1
            if not broken:
                kept.append((number, ""))
        else:
            kept.append((number, line))
    return kept


def _opens_page(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a code that the first lines have shown, with the page's number under it."""
    line = lines[at][1]
    if not _CODE.fullmatch(line) or not any(
        _PAGE.fullmatch(one) for _, one in lines[at + 1 : at + 2]
    ):
        return False
    return any(line.strip() in one for _, one in lines[: min(at, _HEAD)])


def _whole_notes(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Lines, with those joined over which a footnote body runs on."""
    open_line: tuple[int, str] | None = None
    waiting: list[tuple[int, str]] = []
    for number, line in lines:
        if open_line is None:
            if _note_is_open(line):
                open_line, waiting = (number, line), []
            else:
                yield number, line
            continue
        waiting.append((number, line))
        joined = "\n".join([open_line[1], *(text for _, text in waiting)])
        if not _note_is_open(joined):
            yield open_line[0], joined
            open_line = None
        elif not line.strip():  # a body never runs over an empty line: the bracket was never shut
            yield open_line
            yield from waiting
            open_line = None
    if open_line:
        yield open_line
        yield from waiting


def _note_is_open(line: str) -> bool:
    return any(
        _opens_body(line, body) and _closing_bracket(line, body.end()) is None
        for body in _BODY.finditer(line)
    )


def _opens_body(paragraph: str, body: re.Match[str]) -> bool:
    """Whether "[4: " opens a footnote body: a tab follows it, or its mark stands before it."""
    tabbed = paragraph.startswith("\t", body.end())
    return tabbed or body.start() == 0 or f"[footnoteRef:{body[1]}]" in paragraph


def _closing_bracket(text: str, start: int) -> int | None:
    """Where the bracket shuts that encloses a footnote body; brackets inside must balance."""
    depth = 0
    for position in range(start, len(text)):
        if text[position] == "[":
            depth += 1
        elif text[position] == "]":
            if depth == 0:
                return position
            depth -= 1
    return None


def _end_of_body(text: str, start: int) -> int | None:
    """The closing bracket; where brackets inside don't balance, one that a line end follows."""
    end = _closing_bracket(text, start)
    fallback = _BODY_ENDS.search(text, start) if end is None else None
    return fallback.start() if fallback else end


def _wrapped_at(lines: Sequence[str]) -> int | None:
    """The width at which a text is broken into lines; None where each line is a paragraph.

    A line in twenty may be longer, as those in columns are.
    """
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[-1 - len(lengths) // 20] if lengths else 0
    if len(lengths) < _FEWEST_LINES or width > _WIDEST:
        return None
    full = sum(1 for length in lengths if length > 0.75 * width)
    return width if full > len(lengths) / 2 else None


def _is_labelled(line: str) -> bool:
    return bool(_LABELLED.match(line.lstrip()) or _LABEL_ALONE.fullmatch(line))


def _continues(before: str, line: str, width: int | None) -> bool:
    """Whether a line goes on with the paragraph of the line before.

    Arguments:
        before: the paragraph so far.
        line: the line that follows it directly.
        width: where the text breaks its lines, or None.
    """
    if line.startswith("\t") or _is_labelled(line) or _MARK.match(line):
        return False
    last = before.rsplit("\n", 1)[-1]
    if _BREAK.search(last):
        return True
    if width is not None and len(last.rstrip()) > 0.7 * width:
        return True
    indented = before.lstrip(" ").startswith("\t") and not _LABELLED.match(before.lstrip())
    if indented or not _UNFINISHED.search(_without_notes(last)):
        return False
    return width is not None or _is_amid(last, line)


def _is_amid(last: str, line: str) -> bool:
    """Whether one sentence runs over two lines of a text whose lines are not broken at a width."""
    return bool(_GOES_ON.match(line.lstrip()) or _DANGLING.search(last))


def _without_notes(line: str) -> str:
    body = _BODY.search(line)
    return line[: body.start()].rstrip() if body else line.rstrip()


def _take(paragraph: str, line: int, reading: Reading) -> None:
    """Add a paragraph's block and notes to the reading."""
    bare, bodies = _split_notes(paragraph)
    for mark, body in bodies:
        _add_note(mark, body, line, reading)
    indent, text = _unindent(bare)
    plain, marks = _take_marks(text, reading)
    marked = {mark.key for mark in marks}
    if plain or marks:
        text = plain.rstrip()
        ended = tuple(NoteMark(min(mark.offset, len(text)), mark.key) for mark in marks)
        reading.blocks.append(Block(text=text, indent=indent, marks=ended, line=line))
    _mark_the_unmarked([mark for mark, _ in bodies if mark not in marked], line, reading)


def _split_notes(paragraph: str) -> tuple[str, list[tuple[str, str]]]:
    """A paragraph without its footnote bodies, and the bodies with their extractor's numbers."""
    bodies: list[tuple[str, str]] = []
    kept: list[str] = []
    position = 0
    for found in _BODY.finditer(paragraph):
        if found.start() < position:
            continue
        end = _end_of_body(paragraph, found.end())
        if end is None or not _opens_body(paragraph, found):
            continue
        kept.append(paragraph[position : found.start()])
        bodies.append((found[1], paragraph[found.end() : end]))
        position = end + 1
    kept.append(paragraph[position:])
    return "".join(kept), bodies


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
    for found in _MARK.finditer(text):
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
    return Block(text=text, indent=block.indent, marks=marks, line=block.line)


def _report_unmatched(reading: Reading) -> None:
    for block in reading.blocks:
        for mark in block.marks:
            if mark.key not in reading.notes:
                reading.warnings.append((block.line, f"footnote {mark.key} has no body"))
