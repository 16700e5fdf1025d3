"""Made texts, symbols, queries, Word files and PDF pages by the hundred thousand.

Every case comes from a seeded generator salted with what trips parsers of UN papers. A case
fails when anything but the promised error is raised, when it takes longer than ten seconds, or
when its own property does not hold (nothing lost, nothing invented, read back the same).
"""

from __future__ import annotations

import contextlib
import re
import signal
import tempfile
import tomllib
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from types import FrameType

from treatybody import citations, dates, references, structure, symbols
from treatybody.errors import CitationError, QueryError, ReadError
from treatybody.model import Source
from treatybody.query.parser import parse as parse_query
from treatybody.query.unparse import unparse
from treatybody.readers import docx, text
from treatybody.readers.pdfpages.assembly import assemble
from treatybody.readers.pdfpages.runs import Page, Rule, Run

SECONDS = 10
SOURCE = Source(file="a.txt", sha256="", reader="text", reader_version="1", also=[])
TODAY = date(2024, 12, 5)

SALT: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("salt.toml").read_text(encoding="utf-8")
)


class Late(Exception):
    """A case took longer than it may."""


def everything(folder: Path, scale: float, seed: int) -> tuple[str, list[str]]:
    """All targets; what was done in one line of numbers, and the failures."""
    totals, failures = Counter[str](), []
    for name, (target, cases) in TARGETS.items():
        dice = Random(f"{seed} {name}")
        for _ in range(max(20, round(cases * scale))):
            totals[name] += 1
            fault = _tried(target, dice)
            if fault:
                failures.append(f"{name}: {fault}")
    shown = ", ".join(f"{number:,} {name}" for name, number in totals.items())
    return f"{totals.total():,} cases: {shown}", failures


def _tried(target: Callable[[Random], str | None], dice: Random) -> str | None:
    """Run one case; what is wrong with it, with the state that makes it again."""
    state = dice.getstate()
    try:
        with _limit(SECONDS):
            return target(dice)
    except Exception as error:
        again = Random()
        again.setstate(state)
        return f"{type(error).__name__}: {error} on {_shown(target, again)}"


def _shown(target: Callable[[Random], str | None], dice: Random) -> str:
    maker = MAKERS.get(target)
    return repr(maker(dice))[:3000] if maker else "a case of this seed"


@contextlib.contextmanager
def _limit(seconds: int) -> Iterator[None]:
    def late(_number: int, _frame: FrameType | None) -> None:
        raise Late(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


# what cases are made of


def words(dice: Random, most: int = 12) -> str:
    """Some salted words."""
    return " ".join(dice.choice(SALT["words"]) for _ in range(dice.randint(1, most)))


def marker(number: int) -> str:
    """A word that no text and no table holds, one a number.

    >>> marker(0), marker(27)
    ('qxaaz', 'qxbbz')
    """
    return f"qx{chr(97 + number // 26 % 26)}{chr(97 + number % 26)}z"


def made_text(dice: Random) -> str:
    """A text of any shape."""
    lines = []
    for _ in range(dice.randint(1, 14)):
        start = dice.choice(SALT["labels"]) if dice.random() < 0.6 else ""
        body = dice.choice(SALT["front"]) if dice.random() < 0.25 else words(dice)
        lines.append(("\t" * dice.randint(0, 2) if dice.random() < 0.2 else "") + start + body)
    return dice.choice(("\n", "\n\n", "\r\n", " \n")).join(lines)


_NOTES = re.compile(r"footnoteRef|\[\d|bookmark|\*|¹|²|†|_|GE\.")
_HARMLESS = [word for word in SALT["words"] if not _NOTES.search(word)]


def made_body(dice: Random) -> str:
    """A text that has no front matter and no notes: every line of it is body."""
    lines = ["1.\tThe Committee considered the report."]
    for number in range(dice.randint(1, 12)):
        start = dice.choice(SALT["labels"]) if dice.random() < 0.7 else ""
        middle = " ".join(dice.choice(_HARMLESS) for _ in range(dice.randint(0, 8)))
        lines.append(f"{start}Word {marker(number)} {middle}.")
    return "\n".join(lines)


# targets


def any_text(dice: Random) -> None:
    """Any text becomes sound records; references are found in it."""
    for one in structure.documents(text.parse(made_text(dice)), SOURCE):
        ids = [paragraph.id for paragraph in one.paragraphs]
        assert len(ids) == len(set(ids)), "ids are not unique"
        assert all(unicodedata.is_normalized("NFC", p.text) for p in one.paragraphs)
        for paragraph in one.paragraphs:
            size = len(paragraph.text)
            assert all(0 <= s.start < s.end <= size for s in paragraph.subparagraphs)
            assert all(0 <= note.offset <= size for note in paragraph.footnotes)
        references.find(one.document, one.paragraphs)


def body_text(dice: Random) -> str | None:
    """Every line of a body comes out once, in order: as text or as heading."""
    made = made_body(dice)
    shown: list[str] = []
    for one in structure.documents(text.parse(made), SOURCE):
        section: list[str] = []
        for p in one.paragraphs:
            new = [h for at, h in enumerate(p.section) if section[at : at + 1] != [h]]
            speaker = p.speaker.name if p.speaker else ""
            shown += [*new, speaker, p.text]
            section = p.section
    wanted = re.findall(r"qx\w\wz", made)
    found = re.findall(r"qx\w\wz", " ".join(shown))
    return None if found == wanted else f"{wanted} came out as {found} from {made!r}"


def made_symbols(dice: Random) -> str:
    """Symbols, half symbols and words."""
    joined = dice.choice((" ", "", "/", "-", ", "))
    salt = SALT["words"] + SALT["labels"][:12] + 2 * SALT["symbols"]
    return joined.join(dice.choice(salt) for _ in range(dice.randint(1, 9)))


def symbol_grammar(dice: Random) -> str | None:
    """Symbols are found where they stand, and read back as they are written."""
    made = made_symbols(dice)
    for start, end, symbol in symbols.find(made):
        if not 0 <= start < end <= len(made):
            return f"the span {start}..{end} lies outside {made!r}"
        again = symbols.parse(symbol.text)
        if again is None or again.text != symbol.text:
            return f"{symbol.text!r} of {made!r} reads back as {again}"
    symbols.parse(made)
    symbols.from_file_name(made)
    assert all(0 <= f.start < f.end <= len(made) for f in dates.find(made))
    with contextlib.suppress(CitationError):
        citations.parse(made)
    return None


def made_query(dice: Random) -> str:
    """Operators, fields and words in any order."""
    salts = [dice.choice(("operators", "words")) for _ in range(dice.randint(1, 9))]
    parts = [dice.choice(SALT[name]) for name in salts]
    return dice.choice((" ", " ", "")).join(parts)


def query_parser(dice: Random) -> str | None:
    """A query is understood or refused with its place; what is understood reads back the same."""
    made = made_query(dice)
    try:
        parse_query(made, today=TODAY)
        tree = parse_query(made, today=TODAY, synonyms=False).tree
    except QueryError as error:
        inside = 0 <= error.start <= error.end <= len(made)
        return None if inside else f"the place {error.start}..{error.end} lies outside {made!r}"
    again = parse_query(unparse(tree), today=TODAY, synonyms=False).tree
    return None if again == tree else f"{made!r} is written as {unparse(tree)!r}"


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def made_xml(dice: Random, depth: int = 0) -> str:
    """Elements of WordprocessingML, nested as no Word would."""
    if depth > 6 or dice.random() < 0.25:
        inside = "".join(c for c in words(dice, 4) if c.isprintable() and c not in "<>&")
        return f'<w:r><w:t xml:space="preserve">{inside} </w:t></w:r>'
    name = dice.choice(SALT["word_inline" if depth % 2 else "word_block"])
    attribute = f" {dice.choice(SALT['word_attributes'])}" if dice.random() < 0.5 else ""
    inside = "".join(made_xml(dice, depth + 1) for _ in range(dice.randint(0, 3)))
    return f"<w:{name}{attribute}>{inside}</w:{name}>"


def word_file(dice: Random) -> None:
    """A Word file is read or refused with a reason."""
    pieces = [f"<w:p>{made_xml(dice, 1)}</w:p>{made_xml(dice)}" for _ in range(dice.randint(1, 5))]
    numbers = "".join(made_xml(dice) for _ in range(2))
    path = Path(tempfile.gettempdir()) / f"torture-{next(_NUMBERS)}.docx"
    try:
        _pack(path, "".join(pieces), numbers)
        with contextlib.suppress(ReadError):
            docx.read(path)
    finally:
        path.unlink(missing_ok=True)


_NUMBERS = count()


def _pack(path: Path, body: str, numbers: str) -> None:
    names = f'xmlns:w="{_W}" xmlns:r="{_OFFICE}"'
    link = '<Relationship Id="rId{}" Type="{}/{}" Target="{}"/>'
    root = link.format(1, _OFFICE, "officeDocument", "word/document.xml")
    own = link.format(1, _OFFICE, "numbering", "numbering.xml")
    own += link.format(2, _OFFICE, "footnotes", "footnotes.xml")
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>',
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{own}</Relationships>'
        ),
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {names}>{numbers}</w:numbering>",
        "word/footnotes.xml": f"<w:footnotes {names}>{numbers}</w:footnotes>",
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)


def made_pages(dice: Random) -> list[Page]:
    """Pages with runs at usual and at mad places."""
    pages, numbers = [], count()
    for number in range(1, dice.randint(2, 4)):
        page = Page(number=number, width=595.0, height=842.0, engine="made")
        y = 800.0
        for _ in range(dice.randint(0, 12)):
            y -= dice.choice((0.0, 12.0, 13.0, 13.0, 24.0, 1e6))
            x = dice.choice((56.0, 113.0, 141.0, 300.0, -20.0, 700.0))
            for part in range(dice.randint(1, 3)):
                text_ = f"{dice.choice(SALT['labels'])}{words(dice, 3)} {marker(next(numbers))}"
                size = dice.choice((10.0, 10.0, 9.0, 6.5, 14.0, 0.01, 300.0))
                right = x + dice.choice((0.0, 30.0, 150.0, 400.0))
                lift = dice.choice((0.0, 0.0, 3.3, -2.0))
                page.runs.append(Run(x, y + lift, right, size, part == 1, False, text_))
                x = right + dice.choice((-5.0, 0.0, 2.5, 40.0))
        for _ in range(dice.randint(0, 3)):
            height = dice.uniform(0, 842)
            page.rules.append(Rule(56.0, height, dice.choice((120.0, 500.0)), height + 0.5))
        pages.append(page)
    return pages


def pdf_lines(dice: Random) -> str | None:
    """Pages of any kind become blocks; nothing is said that was not there."""
    pages = made_pages(dice)
    before = Counter(re.findall(r"qx\w\wz", " ".join(r.text for p in pages for r in p.runs)))
    blocks, _tied = assemble(pages)
    after = Counter(re.findall(r"qx\w\wz", " ".join(block.text for block in blocks)))
    invented = after - before
    return f"{dict(invented)} came out of {pages!r}"[:3000] if invented else None


TARGETS: dict[str, tuple[Callable[[Random], str | None], int]] = {
    "texts of any shape": (any_text, 100_000),
    "bodies, nothing lost": (body_text, 60_000),
    "symbols and citations": (symbol_grammar, 420_000),
    "queries": (query_parser, 300_000),
    "Word files": (word_file, 20_000),
    "PDF pages": (pdf_lines, 100_000),
}
MAKERS: dict[Callable[[Random], str | None], Callable[[Random], object]] = {
    any_text: made_text,
    body_text: made_body,
    symbol_grammar: made_symbols,
    query_parser: made_query,
    pdf_lines: made_pages,
}
