"""PDFium as the everyday engine: about a millisecond a page for text, one for its runs.

A loop over characters that asks three things of each costs 22 ms a page. Here some characters
are asked one thing, the text object that they belong to; everything else is asked once a run.
Characters that PDFium makes up (blanks, line ends) belong to no object and fall out that way;
whether a gap is a blank is decided later, from the positions, for both engines alike.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from treatybody.errors import DamagedFile, EncryptedFile
from treatybody.readers.pdfpages.righttoleft import has_right_to_left
from treatybody.readers.pdfpages.runs import (
    Page,
    Rule,
    Run,
    gaps,
    has_tables,
    rule_of,
    style_of,
    upright,
)

ENGINE = "pdfium"

_TEXT, _PATH = 1, 2
_UNITS = f"utf-16-{sys.byteorder[0]}e"
_PASSWORD_ERRORS = (4, 5)


def _quick(function: Any, result: Any, *arguments: Any) -> Any:
    """The same library function with plain numbers as pointers: a third of the call's cost."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_V, _I = ctypes.c_void_p, ctypes.c_int


class _Calls:
    """The library functions that are called for each character or run."""

    def __init__(self) -> None:
        p = ctypes.POINTER
        self.object = _quick(raw.FPDFText_GetTextObject, _V, _V, _I)
        self.origin = _quick(
            raw.FPDFText_GetCharOrigin, _I, _V, _I, p(ctypes.c_double), p(ctypes.c_double)
        )
        self.box = _quick(raw.FPDFText_GetLooseCharBox, _I, _V, _I, p(raw.FS_RECTF))
        self.matrix = _quick(raw.FPDFText_GetMatrix, _I, _V, _I, p(raw.FS_MATRIX))
        self.size = _quick(raw.FPDFText_GetFontSize, ctypes.c_double, _V, _I)
        self.font = _quick(raw.FPDFTextObj_GetFont, _V, _V)
        self.font_name = _quick(
            raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _V, ctypes.c_char_p, ctypes.c_size_t
        )
        self.kind = _quick(raw.FPDFPageObj_GetType, _I, _V)
        self.nth = _quick(raw.FPDFPage_GetObject, _V, _V, _I)
        f = p(ctypes.c_float)
        self.bounds = _quick(raw.FPDFPageObj_GetBounds, _I, _V, f, f, f, f)


class PdfiumFile:
    """An open PDF.

    Arguments:
        path: the file.

    Raises:
        EncryptedFile: a password stands before the text.
        DamagedFile: PDFium can't open it.
    """

    def __init__(self, path: Path) -> None:
        try:
            self.document = pdfium.PdfDocument(path)
        except (pdfium.PdfiumError, OSError) as problem:
            raise _open_error(path, problem) from problem
        self.path = path
        self.calls = _Calls()
        self._styles: dict[int, tuple[bool, bool]] = {}

    def __len__(self) -> int:
        return len(self.document)

    def close(self) -> None:
        """Give the file back."""
        self.document.close()

    def properties(self) -> dict[str, str]:
        """What the file says of itself in its Info dictionary."""
        found: dict[str, str] = self.document.get_metadata_dict(skip_empty=True)
        return found

    def page(self, number: int) -> Page | None:
        """The runs and rules of page ``number`` (1-based); None where it can't be loaded."""
        handle = raw.FPDF_LoadPage(self.document.raw, number - 1)
        if not handle:
            return None
        try:
            return self._read(handle, number)
        finally:
            raw.FPDF_ClosePage(handle)

    def _read(self, handle: Any, number: int) -> Page:
        turn = raw.FPDFPage_GetRotation(handle)
        shown = raw.FPDF_GetPageWidthF(handle), raw.FPDF_GetPageHeightF(handle)
        stored = shown[::-1] if turn % 2 else shown
        page = Page(number, *shown, ENGINE)
        page.rules = list(self._rules(handle, turn, stored))
        way = self._fill(handle, page, turn, stored)
        if way != turn:
            page.width, page.height = stored[::-1] if way % 2 else stored
            page.rules = list(self._rules(handle, way, stored))
        return page

    def _fill(self, handle: Any, page: Page, turn: int, stored: tuple[float, float]) -> int:
        text_page = raw.FPDFText_LoadPage(handle)
        if not text_page:
            return turn
        try:
            address = ctypes.cast(text_page, _V).value or 0
            return _Runs(self, address, stored, has_tables(page.rules)).fill(page, turn)
        finally:
            raw.FPDFText_ClosePage(text_page)

    def _rules(self, handle: Any, turn: int, stored: tuple[float, float]) -> Iterator[Rule]:
        """Thin drawn paths, upright."""
        calls, address = self.calls, ctypes.cast(handle, _V).value
        edges = [ctypes.c_float() for _ in range(4)]
        for index in range(raw.FPDFPage_CountObjects(handle)):
            item = calls.nth(address, index)
            if calls.kind(item) != _PATH or not calls.bounds(item, *edges):
                continue
            x0, y0, x1, y1 = (edge.value for edge in edges)
            if min(x1 - x0, y1 - y0) <= 3.0:
                yield from _turned_rule(x0, y0, x1, y1, turn, stored)

    def style(self, text_object: int) -> tuple[bool, bool]:
        """Weight and slant of a text object, asked once a font."""
        font = self.calls.font(text_object) or 0
        if font not in self._styles:
            self._styles[font] = style_of(self._font_name(font))
        return self._styles[font]

    def _font_name(self, font: int) -> str:
        name = ctypes.create_string_buffer(256)
        self.calls.font_name(font, name, 256)
        return name.value.decode("utf-8", "replace")


def _open_error(path: Path, problem: Exception) -> Exception:
    code = raw.FPDF_GetLastError()
    if code in _PASSWORD_ERRORS or "password" in str(problem).lower():
        return EncryptedFile(
            f"{path.name} is encrypted and asks for a password; save a copy without one"
        )
    return DamagedFile(
        f"{path.name} can't be opened as a PDF; it is cut off, corrupt or of another kind"
    )


def _turned_rule(
    x0: float, y0: float, x1: float, y1: float, turn: int, stored: tuple[float, float]
) -> Iterator[Rule]:
    ax, ay = upright(x0, y0, turn, *stored)
    bx, by = upright(x1, y1, turn, *stored)
    rule = rule_of(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
    if rule:
        yield rule


class _Runs:
    """The runs of one page, in the order of the file."""

    def __init__(
        self, file: PdfiumFile, page: int, stored: tuple[float, float], tables: bool
    ) -> None:
        self.file, self.calls, self.page, self.stored = file, file.calls, page, stored
        self.tables = tables
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.matrix, self.box = raw.FS_MATRIX(), raw.FS_RECTF()

    def fill(self, page: Page, turn: int) -> int:
        """Put the runs of the prevailing direction on the page and count the others.

        Returns the quarter turns clockwise by which the stored page is upright.
        """
        ways: dict[int, list[Run]] = {turn: []}
        for way, run in self.read():
            ways.setdefault(way, []).append(run)
        way = max(ways, key=lambda k: sum(len(run.text) for run in ways[k]))
        page.runs = ways[way]
        page.turned = sum(len(runs) for k, runs in ways.items() if k != way)
        return way

    def read(self) -> Iterator[tuple[int, Run]]:
        """Each run with the quarter turns clockwise that make it upright."""
        text = self._text()
        for owner, start, end in self._spans(text):
            if not text[start:end].isspace():
                yield from self._object(owner, text[start:end], start)

    def _spans(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Each text object with the places where its characters begin and end."""
        end_of = self._end_by_steps if has_right_to_left(text) else self._end
        start = 0
        while start < len(text):
            owner = self.calls.object(self.page, start)
            end = end_of(owner, start, len(text)) if owner else start + 1
            if owner:
                yield owner, start, end
            start = end

    def _end_by_steps(self, owner: int, start: int, most: int) -> int:
        """Where a text object's characters end, each one asked.

        PDFium puts right-to-left text in order: those of another object may stand between.
        """
        owned = (self.calls.object(self.page, at) == owner for at in range(start + 1, most))
        return start + 1 + sum(1 for _ in takewhile(bool, owned))

    def _end(self, owner: int, start: int, most: int) -> int:
        """Where a text object's characters end: they stand together, a few are asked."""
        step = 8
        while start + step < most and self.calls.object(self.page, start + step) == owner:
            start += step
            step *= 2
        end = min(start + step, most)
        while end - start > 1:
            middle = (start + end) // 2
            if self.calls.object(self.page, middle) == owner:
                start = middle
            else:
                end = middle
        return end

    def _text(self) -> str:
        """The page's characters, one code unit an index."""
        page = ctypes.cast(self.page, raw.FPDF_TEXTPAGE)
        count = raw.FPDFText_CountChars(page)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        if raw.FPDFText_GetText(page, 0, count, buffer) == count + 1:
            text = bytes(buffer).decode(_UNITS, "surrogatepass")
            # A pair of surrogates is one character, but two indexes.
            return text[:-1] if len(text) > count else "".join(map(chr, buffer[:count]))
        return "".join(chr(raw.FPDFText_GetUnicode(page, i) or 0xFFFD) for i in range(count))

    def _object(self, owner: int, text: str, start: int) -> Iterator[tuple[int, Run]]:
        """A text object as one run, or as several where it holds tabs."""
        done = 0
        for end, begin, width in gaps(text, self.tables):
            if self._is_wide(start + end - 1, start + begin, width):
                yield self._run(owner, text[done:end], start + done)
                done = begin
        yield self._run(owner, text[done:], start + done)

    def _is_wide(self, before: int, after: int, width: float) -> bool:
        """True where the gap between two characters is wider than ``width`` font sizes."""
        calls, page = self.calls, self.page
        calls.box(page, before, self.box)
        right, high = self.box.right, self.box.top - self.box.bottom
        calls.origin(page, after, self.x, self.y)
        return bool(self.x.value - right > width * high)

    def _run(self, owner: int, text: str, start: int) -> tuple[int, Run]:
        first = start + len(text) - len(text.lstrip())
        last = start + len(text.rstrip()) - 1
        calls, page = self.calls, self.page
        calls.origin(page, first, self.x, self.y)
        calls.matrix(page, first, self.matrix)
        calls.box(page, last, self.box)
        if self.box.right < self.x.value and _way(self.matrix.a, self.matrix.b) == 0:
            self._turn_round(first)
        return self._place(text, calls.size(page, first), self.file.style(owner))

    def _turn_round(self, first: int) -> None:
        """Right-to-left text begins at its right: take its left end as the origin."""
        left = self.box.left
        self.calls.box(self.page, first, self.box)
        self.x.value = left

    def _place(self, text: str, size: float, style: tuple[bool, bool]) -> tuple[int, Run]:
        a, b, c, d = self.matrix.a, self.matrix.b, self.matrix.c, self.matrix.d
        way = _way(a, b)
        edge = (self.box.right, self.box.top, self.box.left, self.box.bottom)[way]
        x, y, right = self.x.value, self.y.value, edge
        if way:
            ex, ey = (edge, y) if way == 2 else (x, edge)
            x, y = upright(x, y, way, *self.stored)
            right, _ = upright(ex, ey, way, *self.stored)
        size *= (c * c + d * d) ** 0.5
        return way, Run(x, y, right, size, *style, _surrogates(text))


def _way(a: float, b: float) -> int:
    """The direction of writing: 0 to the right, 1 up, 2 to the left, 3 down."""
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def _surrogates(text: str) -> str:
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
