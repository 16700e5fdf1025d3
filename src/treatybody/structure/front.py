"""The front of a document: masthead and title, apart from the body.

The front ends where the first numbered paragraph, the first numbered heading, the first table
or the first sentence stands. Readers that know the layout mark the masthead themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from treatybody import dates, states, symbols, tables
from treatybody.structure import contents, letters, meetings, styles, wording
from treatybody.structure.drafts import Draft, Line
from treatybody.structure.headings import is_sentence, opens_part
from treatybody.structure.items import Item
from treatybody.structure.marked import Marked, join

_LONGEST_TITLE = 400
_LONGEST_FRONT = 60
_TITLE_SIZE = 13.0
_LONGEST_SYMBOL = 80
_REST = 0.3  # what may stand on a symbol's line besides symbols
_PAGE_HEADING = "h1"  # of a web page: its title, or the heading of a section
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Front:
    """Blocks of the masthead, of the title and of the body, each in order.

    ``names`` are those of the title's blocks that name the document ("Initial report ...");
    ``letter`` says that the document has the form of a letter.
    """

    masthead: list[Item]
    title: list[Item]
    names: list[Item]
    body: list[Item]
    letter: bool = False


def split(found: Sequence[Item]) -> Front:
    """Tell the masthead and the title from the body; running heads and contents are left out."""
    masthead = [item for item in found if item.block.region in ("header", "masthead")]
    text = contents.without([i for i in found if i.block.region in ("body", "contents")])
    text = [*_with_whole_names(text[:_LONGEST_FRONT]), *text[_LONGEST_FRONT:]]
    if letters.is_letter(text):
        return Front([*masthead, *letters.letterhead(text)], [], [], text, letter=True)
    end = _end_of_front(text)
    lines = [item for item in text[:end] if not is_masthead_line(item)]
    masthead += [item for item in text[:end] if is_masthead_line(item)]
    names, after = _title(lines, meetings.is_record(text))
    return Front(masthead, lines[:after], names, [*lines[after:], *text[end:]])


def _with_whole_names(lines: Sequence[Item]) -> Iterator[Item]:
    """The lines of a front; the name of a committee that stands on two of them is one."""
    held: Item | None = None
    for item in lines:
        if held and committee(f"{held.whole.text} {item.whole.text}"):
            held = replace(held, whole=join([held.whole, item.whole], " "))
            held = replace(held, text=held.whole)
            continue
        if held:
            yield held
        held = item
    if held:
        yield held


def title(front: Front) -> list[Draft]:
    """The title record, where a title is printed: each printed line of it on a line."""
    if not front.title:
        return []
    lines = [Line(_ended(item.whole)) for item in front.title]
    return [Draft(kind="title", lines=lines, item=front.title[0])]


def _ended(line: Marked) -> Marked:
    """A line of the title without the commas that stood between note marks."""
    end = len(line.text.rstrip(" ,*"))
    return line.cut(len(line.text) - len(line.text.lstrip(" ,")), end) if end else line


def _end_of_front(text: Sequence[Item]) -> int:
    record = meetings.is_record(text)
    for place, item in enumerate(text[:_LONGEST_FRONT]):
        if record and (meetings.is_procedural(item) or _is_numbered_sentence(item)):
            return place
        if not record and _opens_body(item):
            return place
    return min(len(text), _LONGEST_FRONT)


def _is_numbered_sentence(item: Item) -> bool:
    """Whether a block is a statement already: a record may open with no line that is known."""
    text = item.text.text
    return item.number is not None and (is_sentence(text) or text.endswith("?"))


def _opens_body(item: Item) -> bool:
    if item.block.cell is not None:
        return not is_masthead_line(item)
    if item.number is not None or (item.label and item.label.form == "capital"):
        return not is_masthead_line(item)
    text = item.text.text
    if opens_part(text) and len(text) < 100:
        return True
    ends = is_sentence(text) and len(text) > 60
    return ends and not is_masthead_line(item) and not _is_title(item)


def _title(lines: Sequence[Item], record: bool) -> tuple[list[Item], int]:
    """The lines that name the document, and how many of the front's lines belong to the title."""
    if record:
        named = [item for item in lines if wording.opens("heading_words", "record", _text(item))]
        return named[:1], len(lines)
    named_at = [place for place, item in enumerate(lines) if _is_title(item)]
    named_at = _of_title_size(lines, named_at or _largest(lines))
    if not named_at:
        return [], 0
    last = _run_of_titles(lines, named_at)
    names = [lines[place] for place in named_at if place < last]
    names += [
        item
        for item in lines[:last]
        if item not in names and (_belongs_to_name(item) or _goes_on(item))
    ]
    return sorted(names, key=lines.index), last


def _run_of_titles(lines: Sequence[Item], named_at: Sequence[int]) -> int:
    """Where the title ends: lines behind it that belong to it are taken along."""
    last = named_at[0] + 1
    while (
        last < len(lines)
        and not _ends_title(lines[last - 1])
        and (
            last in named_at
            or _follows_title(lines[last])
            or _belongs_to_name(lines[last])
            or (last - 1 in named_at and _goes_on(lines[last]))
        )
    ):
        last += 1
    return last


def _is_title(item: Item) -> bool:
    role = styles.role(item.block.style)
    if role and item.block.style != _PAGE_HEADING:
        return role[0] == "title"
    text = _text(item)
    if len(text) > _LONGEST_TITLE or is_sentence(text) or item.number is not None:
        return False
    return wording.opens("heading_words", "title", text)


def _largest(lines: Sequence[Item]) -> list[int]:
    """The lines in the largest letters, where those are larger than text."""
    largest = max((item.block.size or 0.0 for item in lines), default=0.0)
    if largest < _TITLE_SIZE:
        return []
    return [place for place, item in enumerate(lines) if item.block.size == largest][:1]


def _of_title_size(lines: Sequence[Item], named_at: Sequence[int]) -> list[int]:
    """The lines that name the document, and the larger one above "Report of the ...".

    Such a line says only whose report it is; the title stands above it in larger letters.
    """
    first = named_at[0] if named_at else 0
    if not first or not _follows_title(lines[first]):
        return list(named_at)
    above, size = lines[first - 1].block.size or 0.0, lines[first].block.size or 0.0
    return [first - 1, *named_at] if above >= _TITLE_SIZE and above > size else list(named_at)


def _goes_on(item: Item) -> bool:
    """Whether a line is the rest of a title that its note marks have cut: "due in 2021,"."""
    text = _text(item)
    return len(text) < 80 and (text[:1].islower() or bool(_YEAR.fullmatch(text)))


def _ends_title(item: Item) -> bool:
    """Whether a line is "[Date received: ...]", behind which headings follow."""
    return _text(item).startswith("[") and _follows_title(item)


def _follows_title(item: Item) -> bool:
    return bool(wording.pattern("masthead", "after_title").fullmatch(_text(item)))


def _belongs_to_name(item: Item) -> bool:
    """Whether a line is the name of a State, as it stands under older titles."""
    text = _text(item)
    return len(text) < 60 and states.find(text) is not None


def _text(item: Item) -> str:
    return item.whole.text.strip("* ,")


def is_masthead_line(item: Item) -> bool:
    """Whether a block of the front is masthead: a committee's name, a symbol, a date ..."""
    if styles.role(item.block.style) == ("masthead", 0):
        return True
    return all(is_masthead_text(line) for line in printed_lines(item) if line)


def printed_lines(item: Item) -> list[str]:
    """The lines of a block of the front; a name that runs over two lines is one."""
    if committee(item.whole.text):
        return [item.whole.text]
    return [line.strip(" *\u200e\u200f") for line in re.split(r"[\n\t]+", item.block.text)]


def is_masthead_text(text: str) -> bool:
    """Whether one line is masthead.

    >>> is_masthead_text("CMW/C/PER/CO/1"), is_masthead_text("13 September 2018")
    (True, True)
    >>> is_masthead_text("Concluding observations on the initial report of Peru")
    False
    """
    if len(text) > 200:
        return False
    if committee(text) or wording.pattern("masthead", "line").fullmatch(text):
        return True
    found = list(dates.find(text))
    is_date = bool(found and found[0].end - found[0].start > len(text) - 3)
    return is_date or bool(symbols_of(text))


def symbols_of(line: str) -> list[str]:
    """The symbol that a line is, or the joint ones that it consists of.

    >>> symbols_of("CEDAW/C/GC/31-CRC/C/GC/18"), symbols_of("the report (CMW/C/PER/1) of Peru")
    (['CEDAW/C/GC/31', 'CRC/C/GC/18'], [])
    """
    if len(line) > _LONGEST_SYMBOL:
        return []
    whole = symbols.parse(line)
    if whole:
        return [whole.text]
    named = list(symbols.find(line))
    rest = len(line) - sum(end - start for start, end, _ in named)
    return [symbol.text for _, _, symbol in named] if rest < _REST * len(line) else []


def committee(text: str) -> str | None:
    """The code of the committee whose name a line is.

    >>> committee("Comité de los Derechos del Niño")
    'CRC'
    """
    return _committees().get(_key(text))


@cache
def _committees() -> dict[str, str]:
    names: dict[str, str] = {}
    for row in tables.load("committees"):
        for name in (row["name"], *row["names"].values()):
            names[_key(name)] = row["code"]
    return names


def _key(text: str) -> str:
    return re.sub(r"[\W_\u0640]+", " ", text).strip().casefold()
