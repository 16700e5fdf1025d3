"""``tb speakers``: who speaks in a summary record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from treatybody.cli import plain
from treatybody.cli.session import corpus_options, open_index, say

if TYPE_CHECKING:
    from treatybody.cycle.speakers import Part


@click.command(name="speakers", short_help="List the speakers of a summary record.")
@click.argument("symbol")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a speaker.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, symbol: str, as_json: bool) -> int:
    """List the speakers of a summary record, in the order in which they first speak.

    \b
    Examples:
      tb speakers CMW/C/SR.577
    """
    from treatybody.cli.lookup import one_document
    from treatybody.cycle.speakers import speakers

    index = open_index(ctx)
    document = one_document(index, symbol)
    found = speakers(index.paragraphs(document.document))
    if as_json:
        plain.write_lines(plain.json_line(msgspec.to_builtins(part)) for part in found)
    else:
        plain.write_lines(map(_line, found))
    if not found:
        say(f"{document.document} has no speakers; it is {document.type.replace('_', ' ')}")
    return 0 if found else 1


def _line(part: Part) -> str:
    who = f"{part.name} ({part.role})" if part.role else part.name
    count = len(part.paragraphs)
    said = f"{count} paragraph{'s' if count > 1 else ''}, {part.words:,} words"
    places = ", ".join(place.partition("#")[2] for place in part.paragraphs)
    return "\t".join(plain.one_line(cell) for cell in (who, part.side or "", said, places))
