"""One PDF from open to Reading: which engine reads which page, and what is reported."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from treatybody.blocks import Block, Reading
from treatybody.errors import DamagedFile, NoText
from treatybody.readers.pdfpages.assembly import assemble
from treatybody.readers.pdfpages.compare import compared, doubtful
from treatybody.readers.pdfpages.righttoleft import is_right_to_left, is_visual
from treatybody.readers.pdfpages.runs import Page

VERSION = "1"
VISUAL = (
    "the right-to-left text stands in the order of the page, not of reading: "
    "searches will not find its words; use the Word file"
)
RIGHT_TO_LEFT = (
    "right-to-left text read from a PDF may have letters and blanks out of place; "
    "use the Word file where there is one"
)
MOST_SECOND_READINGS = 12  # pages a file, besides the first


class PdfFile(Protocol):
    """What both engines offer."""

    def __len__(self) -> int: ...
    def page(self, number: int) -> Page | None:
        """One page, 1-based; None where it can't be read."""

    def properties(self) -> dict[str, str]:
        """The Info dictionary."""

    def close(self) -> None:
        """Give the file back."""


class _Job:
    """The reading of one file: its pages, the second readings and the warnings."""

    def __init__(self, path: Path, engine: str) -> None:
        self.path, self.engine = path, engine
        self.warnings: list[tuple[int | None, str]] = []
        self.pages: dict[int, Page] = {}
        self.second: PdfFile | None = None
        self.compared: set[int] = set()
        self.file = open_file(path, engine)
        self.count = len(self.file)

    def close(self) -> None:
        self.file.close()
        if self.second is not None:
            self.second.close()

    def read_pages(self) -> None:
        """All pages with the engine that was asked for."""
        for number in range(1, self.count + 1):
            page = self.file.page(number)
            if page:
                self.pages[number] = page
            else:
                self.warnings.append((number, f"page {number} can't be read; it is left out"))

    def read_again(self, numbers: list[int]) -> None:
        """Some pages with pdfminer.six; differences become warnings."""
        for number in numbers:
            if self.engine == "pdfium" and number not in self.compared:
                self.compared.add(number)
                self._compare(number)

    def _compare(self, number: int) -> None:
        other = self._second_page(number)
        own = self.pages.get(number)
        if other is None or own is None:
            if other is not None:
                self.pages[number] = other
            return
        self.pages[number], found = compared(own, other)
        if found and not is_right_to_left(" ".join(run.text for run in own.runs)):
            taken = f" ({self.pages[number].engine} is used)"
            self.warnings.append((number, found + taken))

    def _second_page(self, number: int) -> Page | None:
        try:
            if self.second is None:
                self.second = open_file(self.path, "pdfminer")
            return self.second.page(number)
        except DamagedFile:
            return None

    def doubtful_pages(self) -> list[int]:
        """Pages with characters that stand for nothing, or with no text among pages with text."""
        bad = [n for n, page in self.pages.items() if doubtful(page)]
        bad += [n for n in range(1, self.count + 1) if n not in self.pages]
        bad += [n for n, page in self.pages.items() if not page.runs and self.has_text()]
        return sorted(set(bad))[:MOST_SECOND_READINGS]

    def has_text(self) -> bool:
        return any(page.runs for page in self.pages.values())


def open_file(path: Path, engine: str) -> PdfFile:
    """Open a file with one of the two engines; raises as the engine's class says."""
    if engine == "pdfminer":
        from treatybody.readers.pdfpages.pdfminer_engine import PdfminerFile

        return PdfminerFile(path)
    from treatybody.readers.pdfpages.pdfium_engine import PdfiumFile

    return PdfiumFile(path)


def read_file(path: Path, engine: str) -> Reading:
    """Read one file; see `treatybody.readers.pdf.read`."""
    job = _Job(path, engine)
    try:
        job.read_pages()
        job.read_again([1, *job.doubtful_pages()])
        _require_text(job)
        return _reading(job)
    finally:
        job.close()


def _require_text(job: _Job) -> None:
    if not job.pages:
        raise DamagedFile(f"{job.path.name} has no page that can be read; get the file again")
    if not any(c.isalnum() for page in job.pages.values() for run in page.runs for c in run.text):
        raise NoText(
            f"{job.path.name} has no text, only pictures of pages or empty ones; "
            f"run `ocrmypdf {job.path.name} with-text.pdf` and use its result"
        )


def _reading(job: _Job) -> Reading:
    blocks, tied = assemble([job.pages[n] for n in sorted(job.pages)])
    torn = _torn_pages(blocks)[:MOST_SECOND_READINGS]
    before = dict(job.pages)
    job.read_again(torn)
    if any(before[n] is not job.pages[n] for n in before):
        blocks, tied = assemble([job.pages[n] for n in sorted(job.pages)])
    job.warnings += [
        (page, f"page {page}: raised {mark} has no note; it is kept as a raised figure")
        for page, mark in sorted(set(tied.missing))
    ]
    job.warnings += _other_warnings(job, blocks)
    return Reading(
        reader=_reader_name(job),
        reader_version=VERSION,
        blocks=blocks,
        notes=tied.notes,
        properties=job.file.properties(),
        pages=job.count,
        warnings=sorted(job.warnings, key=lambda pair: pair[0] or 0),
    )


def _reader_name(job: _Job) -> str:
    """The engine, and the pages that came from the other one."""
    others = [n for n, page in sorted(job.pages.items()) if page.engine != job.engine]
    if not others:
        return f"pdf/{job.engine}"
    return f"pdf/{job.engine}, pages {', '.join(map(str, others))}: pdfminer"


def _torn_pages(blocks: list[Block]) -> list[int]:
    """Pages where the numbers of paragraphs skip: one may have been misread."""
    torn: set[int] = set()
    last, last_page = 0, 1
    for block in blocks:
        head = block.text.split("\t", 1)[0].rstrip(".")
        if block.region != "body" or not head.isdigit() or not block.page:
            continue
        number = int(head)
        if last + 1 < number < last + 4 and last:
            torn |= {last_page, block.page}
        if number <= last + 3:
            last, last_page = number, block.page
    return sorted(torn)


def _other_warnings(job: _Job, blocks: list[Block]) -> list[tuple[int | None, str]]:
    found: list[tuple[int | None, str]] = []
    text = " ".join(block.text for block in blocks[:400])
    if is_right_to_left(text):
        found.append((None, VISUAL if is_visual(text) else RIGHT_TO_LEFT))
    for number, page in sorted(job.pages.items()):
        if page.turned:
            found.append(
                (number, f"page {number}: {page.turned} pieces of turned text are left out")
            )
    return found
