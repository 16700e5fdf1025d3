"""``tb similar``: paragraphs like a given one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from treatybody.cli import plain
from treatybody.cli.session import corpus_options, open_index, say

if TYPE_CHECKING:
    from treatybody.cycle.papers import Papers
    from treatybody.cycle.similar import Alike


@click.command(name="similar", short_help="List the paragraphs most like one, with what is shared.")
@click.argument("citation", nargs=-1, required=True)
@click.option("-n", "--limit", type=click.IntRange(1, 1000), default=10, help="Paragraphs at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a paragraph.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, citation: tuple[str, ...], limit: int, as_json: bool) -> int:
    """List the paragraphs most like one, with what is shared; copied passages come first.

    \b
    Examples:
      tb similar CMW/C/PER/CO/1 33
      tb similar 'QPR/2 16' -n 5
    """
    from treatybody.cli.family import one_place, whole_corpus
    from treatybody.cycle.similar import similar

    index = open_index(ctx)
    place = one_place(index, " ".join(citation))
    papers = whole_corpus(index)
    found = similar(papers, place, limit)
    if as_json:
        plain.write_lines(plain.json_line(msgspec.to_builtins(one)) for one in found)
    else:
        plain.write_rows(_lines(found, papers))
    if not found:
        say("nothing in this corpus shares more than everyday words with it")
    return 0 if found else 1


def _lines(found: list[Alike], papers: Papers) -> Iterator[str]:
    from treatybody.cli.linklines import place_in_words

    for one in found:
        copied = "; ".join(f"computed: copies “{link.evidence}”" for link in one.copied)
        shared = f"computed: shares {', '.join(one.shared)}" if one.shared else ""
        text = papers.paragraphs[one.place].text
        cells = (place_in_words(one.place), copied or shared, text)
        yield "\t".join(plain.one_line(cell) for cell in cells)
