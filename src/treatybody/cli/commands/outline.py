"""``tb outline``: the headings of a document and the paragraphs under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from treatybody.cli import plain
from treatybody.cli.completing import symbols
from treatybody.cli.session import corpus_options, on_terminal, open_index
from treatybody.model import Paragraph

Row = tuple[int, str, str]  # depth, heading, first and last paragraph


@click.command(
    name="outline", short_help="Show the headings of a document and what stands under them."
)
@click.argument("symbol", shell_complete=symbols)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, symbol: str, as_json: bool) -> int:
    """Show the headings of a document, each with its first and last paragraph.

    \b
    Examples:
      tb outline CMW/C/PER/CO/1
      tb outline QPR/2
    """
    from treatybody.cli.lookup import one_document

    index = open_index(ctx)
    document = one_document(index, symbol)
    groups = list(_groups(index.paragraphs(document.document)))
    if as_json:
        plain.write_lines(plain.json_line(_record(group)) for group in groups)
    elif on_terminal():
        from treatybody.cli.render import outline

        outline(_rows(groups))
    else:
        plain.write_lines(map(_piped, _rows(groups)))
    return 0


def _groups(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    body = [p for p in paragraphs if p.kind not in ("procedural", "title")]
    for _, group in groupby(body, key=lambda paragraph: paragraph.section):
        yield list(group)


def _record(group: Sequence[Paragraph]) -> dict[str, object]:
    return {"section": group[0].section, "first": group[0].id, "last": group[-1].id}


def _rows(groups: Sequence[Sequence[Paragraph]]) -> Iterator[Row]:
    """Each heading once, with its depth and the paragraphs that stand right under it."""
    before: list[str] = []
    for group in groups:
        section = group[0].section
        shared = _shared(before, section)
        for depth in range(shared, len(section)):
            last = depth == len(section) - 1
            yield depth, section[depth], _range(group) if last else ""
        if not section or shared == len(section):
            yield len(section), "", _range(group)
        before = section


def _piped(row: Row) -> str:
    depth, heading, numbers = row
    cells = [plain.one_line(cell) for cell in (heading, numbers) if cell]
    return "  " * depth + "\t".join(cells)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _range(group: Sequence[Paragraph]) -> str:
    first, last = (p.id.partition("#")[2] for p in (group[0], group[-1]))
    return first if first == last else f"{first}-{last}"
