"""``tb instrument``: every mention of a law, treaty or resolution, under all its names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from treatybody.cli import plain
from treatybody.cli.session import corpus_options, open_index, say

if TYPE_CHECKING:
    from treatybody.cycle.instrument import Mentions


@click.command(
    name="instrument", short_help="List every mention of an instrument, whatever it is called."
)
@click.argument("name", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object an instrument.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, name: tuple[str, ...], as_json: bool) -> int:
    """List every mention of an instrument, whatever it is called in the text.

    \b
    Examples:
      tb instrument 28950
      tb instrument 'Legislative Decree 1350'
      tb instrument 'ILO C189'
      tb instrument 'Mental Health Act'
    """
    from treatybody.cli.family import whole_corpus
    from treatybody.cycle.instrument import instrument

    wanted = " ".join(name).strip()
    if not wanted:
        raise click.UsageError("no instrument is named; write its number or its title")
    found = instrument(whole_corpus(open_index(ctx)), wanted)
    if as_json:
        plain.write_lines(plain.json_line(msgspec.to_builtins(one)) for one in found)
    else:
        plain.write_lines(line for one in found for line in _lines(one))
    if not found:
        say(f"no instrument of this corpus is named {wanted!r}; try its number, or its whole title")
    return 0 if found else 1


def _lines(found: Mentions) -> Iterator[str]:
    from treatybody.cli.linklines import place_in_words

    for link in found.links:
        place = place_in_words(link.source)
        yield f"{place}\t{plain.one_line(found.key)}\t{plain.one_line(link.evidence)}"
