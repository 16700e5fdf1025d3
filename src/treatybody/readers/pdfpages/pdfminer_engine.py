"""pdfminer.six as the second engine: the same runs, read by other people's code.

Its layout analysis is not used. A character's baseline is ``LTChar.matrix[4:6]`` (its ``y0`` lies
lower by the descent), its weight stands in the font's name only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, cast

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1, stream_value
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSKeyword, keyword_name, literal_name

from treatybody.errors import DamagedFile, EncryptedFile
from treatybody.readers.pdfpages.righttoleft import is_right_to_left
from treatybody.readers.pdfpages.runs import (
    Page,
    Rule,
    Run,
    gaps,
    rule_of,
    style_of,
    upright,
)
from treatybody.readers.pdfpages.streams import objects

ENGINE = "pdfminer"
# In WinAnsiEncoding all unused codes mean the bullet (ISO 32000-1, annex D.2, note 3); 167, 168
# and 183 are the bullets of the symbol fonts.
_BULLETS = frozenset(f"(cid:{code})" for code in (127, 129, 141, 143, 144, 157, 167, 168, 183))
MOST_FORMS = 5000  # drawn on one page
MOST_PAGES = 20_000
APART = 0.14  # of the size: a gap inside one piece of text that is a blank
# On broken files pdfminer.six raises what its depths raise: AssertionError, struct.error,
# zlib.error, RecursionError ... Only memory and time limits must get through.
FAULTS = Exception


class _Char(NamedTuple):
    """A character: where it was drawn, how far it reaches along and across, font and text."""

    matrix: tuple[float, float, float, float, float, float]
    advance: float
    extent: float
    font: str
    text: str


def _extent(matrix: Any, low: float, high: float, advance: float) -> float:
    """How high a character is drawn, or how wide where the text runs up or down."""
    a, b, c, d, e, f = matrix
    if b == c == 0:
        return float(abs((d * high + f) - (d * low + f)))
    corners = ((0, low), (advance, low), (advance, high), (0, high))
    if _way(a, b) % 2:
        edges = [a * x + c * y + e for x, y in corners]
    else:
        edges = [b * x + d * y + f for x, y in corners]
    return float(max(edges) - min(edges))


class _Device(PDFLayoutAnalyzer):
    """Keeps each page's drawn things as they come."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.page: LTPage | None = None
        self.forms = 0

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, *rest: Any
    ) -> float:
        """As the library does it, with the text's rise in the baseline (rest is rise, cid ...).

        Of what the library notes of a character only the extent is worked out: its box, which
        nobody asks for, takes longer than all else.
        """
        rise: float = rest[0]
        if rise:
            a, b, c, d, e, f = matrix
            matrix = (a, b, c, d, e + c * rise, f + d * rise)
        if font.is_vertical():
            advance: float = super().render_char(matrix, font, fontsize, scaling, 0.0, *rest[1:])
            return advance
        cid = rest[1]
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, cid)
        advance = float(font.char_width(cid) * fontsize * scaling)
        low = font.get_descent() * fontsize
        extent = _extent(matrix, low, low + fontsize, advance)
        drawn: LTContainer[Any] = self.cur_item
        drawn.add(_Char(matrix, advance, extent, font.fontname, text))
        return advance

    def receive_layout(self, ltpage: LTPage) -> None:
        self.page = ltpage


class _Interpreter(PDFPageInterpreter):
    """Reads streams of plain form quickly, and passes over drawings that hold no text.

    The emblem takes longer than a page of text.
    """

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the operators of some streams, which are one."""
        things = self._things(streams)
        if things is None:
            super().execute(streams)
            return
        for thing in things:
            if isinstance(thing, PSKeyword):
                self._carry_out(thing)
            else:
                self.argstack.append(thing)

    def _things(self, streams: Sequence[object]) -> list[Any] | None:
        """What the streams hold; None where that is for pdfminer's own parser to find out."""
        own = [stream_value(stream) for stream in streams]
        ids = {stream.objid for stream in own}
        if None in ids or not ids.isdisjoint(self.parent_stream_ids):
            return None
        self.stream_ids = cast(set[int], ids)
        return objects(b"\n".join(stream.get_data() for stream in own))

    def _carry_out(self, keyword: PSKeyword) -> None:
        operator = _operator(keyword)
        if operator is None:
            return
        function, count = operator
        arguments = self.pop(count) if count else []
        if len(arguments) == count:
            function(self, *arguments)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 (the library's name)
        """Draw a form, where it holds text or other forms."""
        device: Any = self.device
        device.forms += 1
        if device.forms > MOST_FORMS:
            raise PSException("forms within forms without end")
        stream = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
        data = stream.get_data() if isinstance(stream, PDFStream) and _is_form(stream) else b"BT"
        if b"BT" in data or b"Do" in data:
            super().do_Do(xobjid_arg)


@lru_cache(maxsize=256)
def _operator(keyword: PSKeyword) -> tuple[Callable[..., None], int] | None:
    """The method that carries an operator out, and how many operands it takes."""
    name = keyword_name(keyword).replace("*", "_a").replace('"', "_w").replace("'", "_q")
    function = getattr(_Interpreter, f"do_{name}", None)
    return function and (function, function.__code__.co_argcount - 1)


def _is_form(stream: PDFStream) -> bool:
    return str(resolve1(stream.get("Subtype"))) == "/'Form'"


class PdfminerFile:
    """An open PDF.

    Arguments:
        path: the file.

    Raises:
        EncryptedFile: a password stands before the text.
        DamagedFile: pdfminer can't open it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = path.open("rb")
        with self._faults():
            self.document = PDFDocument(PDFParser(self._handle))
        self._pages: list[PDFPage] = []
        self._rest = _listed(self.document)
        resources = PDFResourceManager()
        self._device = _Device(resources)
        self._interpreter = _Interpreter(resources, self._device)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """What pdfminer says of a file, in our words."""
        try:
            yield
        except (PDFPasswordIncorrect, PDFEncryptionError) as problem:
            raise EncryptedFile(
                f"{self.path.name} is encrypted and asks for a password; save a copy without one"
            ) from problem
        except FAULTS as problem:
            raise DamagedFile(
                f"{self.path.name} can't be opened as a PDF; "
                "it is cut off, corrupt or of another kind"
            ) from problem

    def _first(self, count: int) -> list[PDFPage]:
        """The first pages: a second reading needs the first one alone of hundreds.

        Raises:
            DamagedFile: the tree of pages is broken before that.
        """
        with self._faults():
            self._pages += islice(self._rest, max(0, count - len(self._pages)))
        return self._pages[:count]

    def __len__(self) -> int:
        return len(self._first(MOST_PAGES))

    def close(self) -> None:
        """Give the file back."""
        self._handle.close()

    def properties(self) -> dict[str, str]:
        """What the file says of itself in its Info dictionary."""
        found: dict[str, str] = {}
        for info in self.document.info:
            for key, value in info.items():
                if isinstance(value, bytes):
                    found[str(key)] = _decoded(value)
        return found

    def page(self, number: int) -> Page | None:
        """The runs and rules of page ``number`` (1-based); None where it can't be read.

        Raises:
            DamagedFile: the tree of pages is broken before that page.
        """
        listed = self._first(number)
        if not 1 <= number <= len(listed):
            return None
        source = listed[number - 1]
        self._device.forms = 0
        turn, source.rotate = (source.rotate // 90) % 4, 0
        try:
            self._interpreter.process_page(source)
        except MemoryError:
            raise
        except FAULTS:
            return None
        finally:
            source.rotate = turn * 90
        return _page(number, self._device.page, turn) if self._device.page else None


def _listed(document: PDFDocument) -> Iterator[PDFPage]:
    """The pages, each once: a loop in the tree of pages ends here."""
    known = set()
    for page in PDFPage.create_pages(document):
        if page.pageid in known:
            return
        known.add(page.pageid)
        yield page


def _decoded(value: bytes) -> str:
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    return value.decode("cp1252", "replace")


def _page(number: int, layout: LTPage, turn: int) -> Page:
    stored = (layout.width, layout.height)
    ways: dict[int, list[Run]] = {turn: []}
    for way, run in _runs(_chars(layout), stored):
        ways.setdefault(way, []).append(run)
    way = max(ways, key=lambda k: sum(len(run.text) for run in ways[k]))
    page = Page(number, *(stored[::-1] if way % 2 else stored), ENGINE, ways[way])
    page.turned = sum(len(runs) for k, runs in ways.items() if k != way)
    page.rules = list(_rules(layout, way, stored))
    return page


def _chars(container: Iterable[Any]) -> Iterator[_Char]:
    """Characters in the order of the file, those of nested forms too."""
    for item in container:
        if isinstance(item, _Char):
            yield item
        elif isinstance(item, LTChar):  # of a font that is set from top to bottom
            extent = float(item.width if _way(*item.matrix[:2]) % 2 else item.height)
            yield _Char(item.matrix, item.adv, extent, item.fontname, item.get_text())
        elif isinstance(item, LTContainer):
            yield from _chars(item)


def _rules(container: Iterable[Any], way: int, stored: tuple[float, float]) -> Iterator[Rule]:
    for item in container:
        if isinstance(item, LTCurve):
            ax, ay = upright(item.x0, item.y0, way, *stored)
            bx, by = upright(item.x1, item.y1, way, *stored)
            rule = rule_of(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            if rule:
                yield rule
        elif isinstance(item, LTContainer):
            yield from _rules(item, way, stored)


class _Glyph:
    """A character upright: origin, right edge, size, style."""

    __slots__ = ("font", "right", "size", "text", "way", "x", "y")

    def __init__(self, char: _Char, stored: tuple[float, float]) -> None:
        a, b, _c, _d, x, y = char.matrix
        self.way = _way(a, b)
        self.x, self.y = upright(x, y, self.way, *stored) if self.way else (x, y)
        self.right = self.x + abs(char.advance) * (a * a + b * b) ** 0.5
        self.size = char.extent
        self.font = char.font
        self.text = char.text
        if self.text.startswith("(cid:"):
            self.text = "•" if self.text in _BULLETS else "\ufffd"


def _way(a: float, b: float) -> int:
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _runs(chars: Iterable[_Char], stored: tuple[float, float]) -> Iterator[tuple[int, Run]]:
    """Runs of neighbouring characters of one font on one baseline."""
    open_run: list[_Glyph] = []
    for char in chars:
        glyph = _Glyph(char, stored)
        if open_run and not _follows(open_run[-1], glyph):
            yield from _closed(open_run)
            open_run = []
        open_run.append(glyph)
    yield from _closed(open_run)


def _follows(last: _Glyph, glyph: _Glyph) -> bool:
    gap = glyph.x - last.right
    return (
        last.way == glyph.way
        and last.font == glyph.font
        and abs(last.y - glyph.y) < 0.01 * glyph.size + 0.05
        and abs(last.size - glyph.size) < 0.05
        and -0.5 * glyph.size < gap < APART * glyph.size
    )


def _closed(glyphs: list[_Glyph]) -> Iterator[tuple[int, Run]]:
    text = "".join(glyph.text for glyph in glyphs)
    if not text.strip():
        return
    done = 0
    for end, begin, width in gaps(text, False) if len(text) == len(glyphs) else ():
        if glyphs[begin].x - glyphs[end - 1].right > width * glyphs[0].size:
            yield _run(glyphs[done:end])
            done = begin
    yield _run(glyphs[done:])


def _run(glyphs: list[_Glyph]) -> tuple[int, Run]:
    shown = [glyph for glyph in glyphs if glyph.text.strip()] or glyphs
    first, last = shown[0], shown[-1]
    text = "".join(glyph.text for glyph in glyphs)
    if is_right_to_left(text):
        text = text[::-1]  # the file has it from left to right
    return first.way, Run(first.x, first.y, last.right, first.size, *style_of(first.font), text)
