"""Results for a person at a terminal. This is the only module that imports rich."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.console import Console
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
from treatybody.cli.cards import Line
from treatybody.cli.names import type_in_words
from treatybody.cli.plain import one_line
from treatybody.model import Document

_MATCH = "bold underline"
_STYLES = {
    "citation": "bold cyan",
    "facts": "dim",
    "section": "italic",
    "speaker": "magenta",
    "text": "",
    "neighbour": "dim",
    "note": "",
    "remark": "yellow",
}
_MOST_COLUMNS = 100
_FEWEST_COLUMNS = 20


def console(stderr: bool = False) -> Console:
    """A console no wider than a readable line."""
    size = shutil.get_terminal_size()
    return Console(
        width=max(min(size.columns, _MOST_COLUMNS), _FEWEST_COLUMNS),
        height=size.lines,  # with both given, a dumb terminal has its own width too
        color_system=None if os.environ.get("NO_COLOR") else "auto",
        highlight=False,
        markup=False,
        emoji=False,
        stderr=stderr,
    )


def colourless(out: Console) -> bool:
    """Whether matches must be marked by signs: NO_COLOR, or a terminal that has no styles."""
    return out.color_system is None


def card(lines: Iterable[Line], out: Console | None = None) -> None:
    """Print a card and an empty line."""
    out = out or console()
    for line in lines:
        _print_line(out, line)
    out.print()


def cards(all_lines: Iterable[Iterable[Line]]) -> int:
    """Print cards; returns how many."""
    out = console()
    count = 0
    for lines in all_lines:
        card(lines, out)
        count += 1
    return count


def _print_line(out: Console, line: Line) -> None:
    """Wrap a line; what it goes on with stands under its text, not under its label."""
    hang = line.indent + cell_len(line.label)
    room = max(out.width - hang, _FEWEST_COLUMNS // 2)
    text = marked(line.text, line.spans, signs=colourless(out), style=_STYLES[line.style])
    for number, part in enumerate(text.wrap(out, room) or [Text("")]):
        part.rstrip()
        if line.style == "facts" and part.plain.endswith(" ·"):
            part.right_crop(2)
        before = " " * line.indent + line.label if number == 0 else " " * hang
        out.print(Text(before, style=_STYLES[line.style]).append_text(part), soft_wrap=True)


def marked(text: str, spans: Sequence[tuple[int, int]], *, signs: bool, style: str = "") -> Text:
    """A text with its matches marked: by style, or by signs where there is none.

    >>> marked("a suspensive effect", [(2, 19)], signs=True).plain
    'a *suspensive effect*'
    """
    shown, last = Text(style=style), 0
    for start, end in spans:
        shown.append(text[last:start])
        shown.append(
            f"*{text[start:end]}*" if signs else text[start:end], None if signs else _MATCH
        )
        last = end
    return shown.append(text[last:])


def concordance(lines: Iterable[tuple[str, str, str, str]]) -> int:
    """Print aligned lines (citation, left, match, right); returns how many."""
    out = console()
    signs = colourless(out)
    count = 0
    for citation, left, match, right in lines:
        text = Text(citation, style="cyan").append(f"  {left}", style="default")
        text.append(f"*{match}*" if signs else match, style="default" if signs else _MATCH)
        out.print(text.append(right, style="default"), soft_wrap=True)
        count += 1
    return count


def page(text: str) -> None:
    """Print a help page: headings bold, signs of Markdown left out."""
    from treatybody.cli.pages import laid_out

    out = console()
    for line in laid_out(text, out.width):
        heading = line.startswith("#")
        shown = line.lstrip("# ") if heading else line
        out.print(Text(shown, style="bold" if heading else ""), soft_wrap=True)


def documents_table(documents: Sequence[Document], counts: Mapping[str, int], counted: str) -> None:
    """Print the documents of a corpus, with how many paragraphs of each were counted."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Document", "Type", "State", "Date"):
        table.add_column(heading, overflow="fold")
    table.add_column(counted, justify="right")
    for document in documents:
        table.add_row(
            Text(one_line(document.document)),
            Text(type_in_words(document.type)),
            Text(document.state or ""),
            Text(document.date or ""),
            Text(f"{counts.get(document.document, 0):,}"),
        )
    console().print(table)


def outline(rows: Iterable[tuple[int, str, str]]) -> None:
    """Print headings (depth, heading, paragraphs), indented; long ones go on under themselves."""
    out = console()
    for depth, heading, numbers in rows:
        text = Text(one_line(heading) or ("" if depth else "before the first heading"))
        text.append("  " if text and numbers else "").append(numbers, "cyan")
        room = max(out.width - 2 * depth - 4, _FEWEST_COLUMNS // 2)
        for number, part in enumerate(text.wrap(out, room)):
            part.rstrip()
            indent = " " * (2 * depth + (4 if number else 0))
            out.print(Text(indent).append_text(part), soft_wrap=True)


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
