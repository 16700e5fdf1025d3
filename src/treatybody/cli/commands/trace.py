"""``tb trace``: the thread of a recommendation or question through its reporting cycle."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from treatybody.cli import plain
from treatybody.cli.session import corpus_options, on_terminal, open_index, say

if TYPE_CHECKING:
    from treatybody.cycle.papers import Papers
    from treatybody.cycle.trace import Thread


@click.command(name="trace", short_help="Follow a recommendation or question through its cycle.")
@click.argument("citation", nargs=-1, required=True)
@click.option("--depth", type=click.IntRange(min=1), help="Links to follow from CITATION at most.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Write one page instead.")
@click.option("--force", is_flag=True, help="Overwrite an existing page.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a stop.")
@corpus_options
@click.pass_context
def command(
    ctx: click.Context,
    citation: tuple[str, ...],
    depth: int | None,
    page: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Follow a recommendation, question, answer, letter or statement through its cycle.

    Stops stand in the order of time. Links that are printed in the documents and links that
    this program computed are told apart; a computed one says from which words.

    \b
    Examples:
      tb trace CMW/C/PER/CO/1 33
      tb trace 'QPR/2 16' --depth 1
      tb trace CO/1 33 --html thread.html
    """
    from treatybody.cli.family import cycle_of, one_place
    from treatybody.cycle.trace import trace

    index = open_index(ctx)
    place = one_place(index, " ".join(citation))
    papers = cycle_of(index, place.partition("#")[0])
    thread = trace(papers, place, depth)
    if page:
        from treatybody.cli.thread_page import write_page

        write_page(thread, papers, page, force)
        say(f"the thread of {len(thread.stops)} paragraphs is written to {page}")
    else:
        _print(thread, papers, as_json)
    return 0 if len(thread.stops) > 1 else 1


def _print(thread: Thread, papers: Papers, as_json: bool) -> None:
    from treatybody.cli import threads

    if as_json:
        plain.write_lines(
            plain.json_line(msgspec.to_builtins(record))
            for record in threads.records(thread, papers)
        )
    elif on_terminal():
        width = min(shutil.get_terminal_size().columns, 100)
        for line in threads.screen(thread, papers, width):
            click.echo(line)
    else:
        plain.write_lines(threads.lines(thread, papers))
    if len(thread.stops) < 2:
        say("nothing in this corpus leads from or to this paragraph")
