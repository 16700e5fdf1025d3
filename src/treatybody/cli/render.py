"""Results for a person at a terminal. This is the only module that imports rich."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from treatybody.build import Progress as Report
from treatybody.cli.names import facts_line
from treatybody.cli.passage import Passage, passage
from treatybody.cli.plain import one_line, safe
from treatybody.links import official_link
from treatybody.model import Document, Hit, Paragraph

_MATCH = "bold underline"
_MOST_COLUMNS = 100


def console(stderr: bool = False) -> Console:
    """A console no wider than a readable line."""
    width = min(shutil.get_terminal_size().columns, _MOST_COLUMNS)
    return Console(width=width, highlight=False, markup=False, emoji=False, stderr=stderr)


def cards(hits: Iterable[Hit]) -> int:
    """Print hits as cards; returns how many."""
    out = console()
    count = 0
    for hit in hits:
        _card(out, hit)
        count += 1
    return count


def _card(out: Console, hit: Hit) -> None:
    out.print(Text(one_line(hit.citation), style="bold cyan"))
    out.print(Text(facts_line(hit), style="dim"))
    if hit.section:
        out.print(Text(" › ".join(map(one_line, hit.section)), style="italic"))
    out.print(Padding(marked(passage(hit.text, hit.spans)), (0, 0, 0, 2)))
    for note in _matched_notes(hit):
        out.print(Padding(note, (0, 0, 0, 2)))
    out.print()


def marked(part: Passage) -> Text:
    """A passage with its matches marked, also where there is no colour."""
    text = Text(safe(part.text))
    for start, end in part.spans:
        text.stylize(_MATCH, start, end)
    return Text("… ").append_text(text) if part.cut_before else text


def _matched_notes(hit: Hit) -> Iterator[Text]:
    """Say where a match lies that is not in the text."""
    if "footnotes" in hit.matched:
        where = "also in" if "text" in hit.matched else "only in"
        yield Text(f"({where} its footnotes)", style="yellow")
        for note in hit.footnotes:
            yield Text(f"  {one_line(note.mark)}  {one_line(note.text)}", style="dim")
    if hit.matched == ["section"]:
        yield Text("(only in its heading)", style="yellow")


def paragraph_card(paragraph: Paragraph, document: Document, citation: str) -> None:
    """Print one whole paragraph with its notes."""
    out = console()
    out.print(Text(one_line(citation), style="bold cyan"))
    out.print(Text(facts_line(document, paragraph.page), style="dim"))
    if paragraph.section:
        out.print(Text(" › ".join(map(one_line, paragraph.section)), style="italic"))
    if paragraph.speaker:
        role = f" ({paragraph.speaker.role})" if paragraph.speaker.role else ""
        out.print(Text(f"{one_line(paragraph.speaker.name)}{one_line(role)}", style="magenta"))
    out.print(Padding(Text(safe(_with_marks(paragraph))), (0, 0, 0, 2)))
    for note in paragraph.footnotes:
        line = Text(f"{one_line(note.mark)}  {one_line(note.text)}", style="dim")
        out.print(Padding(line, (0, 0, 0, 4)))
    link = official_link(document.symbol)
    if link:
        out.print(Text(link, style="dim"))
    out.print()


def _with_marks(paragraph: Paragraph) -> str:
    text = paragraph.text
    for note in sorted(paragraph.footnotes, key=lambda note: note.offset, reverse=True):
        text = f"{text[: note.offset]}[{note.mark}]{text[note.offset :]}"
    return text


def documents_table(documents: Sequence[Document], counts: Mapping[str, int]) -> None:
    """Print the documents of a corpus."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Document", "Type", "State", "Date", "Paragraphs"):
        table.add_column(heading, overflow="fold")
    for document in documents:
        table.add_row(
            Text(one_line(document.document)),
            Text(document.type.replace("_", " ")),
            Text(document.state or ""),
            Text(document.date or ""),
            Text(str(counts.get(document.document, "")), justify="right"),
        )
    console().print(table)


@contextlib.contextmanager
def progress_bar(what: str) -> Iterator[Report]:
    """A bar that names the file and the time left."""
    columns = (
        TextColumn(f"{what} {{task.fields[file]}}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, file="")

        def show(file: str, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, file=one_line(file)[-40:])

        yield show
