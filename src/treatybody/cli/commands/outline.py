"""``tb outline``: the headings of a document and the paragraphs under them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from treatybody.cli import plain
from treatybody.cli.completing import symbols
from treatybody.cli.session import corpus_options, open_index
from treatybody.model import Paragraph


@click.command(name="outline")
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
    else:
        plain.write_lines(_lines(groups))
    return 0


def _groups(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    body = [p for p in paragraphs if p.kind not in ("procedural", "title")]
    for _, group in groupby(body, key=lambda paragraph: paragraph.section):
        yield list(group)


def _record(group: Sequence[Paragraph]) -> dict[str, object]:
    return {"section": group[0].section, "first": group[0].id, "last": group[-1].id}


def _lines(groups: Sequence[Sequence[Paragraph]]) -> Iterator[str]:
    """Each heading once, indented by its depth, with the paragraphs that stand right under it."""
    before: list[str] = []
    for group in groups:
        section = group[0].section
        shared = _shared(before, section)
        for depth in range(shared, len(section)):
            last = depth == len(section) - 1
            numbers = f"\t{_range(group)}" if last else ""
            yield "  " * depth + plain.one_line(section[depth]) + numbers
        if not section or shared == len(section):
            yield "  " * len(section) + _range(group)
        before = section


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
