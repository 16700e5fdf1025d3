"""``tb follow-up``: what was requested by when, what came, what the Committee said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from treatybody.cli import plain
from treatybody.cli.session import corpus_options, open_index

if TYPE_CHECKING:
    from treatybody.cycle.follow_up import FollowUp, Letter, Report


@click.command(name="follow-up")
@click.argument("symbol")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, symbol: str, as_json: bool) -> int:
    """Show the follow-up procedure of concluding observations.

    \b
    Examples:
      tb follow-up CMW/C/PER/CO/1
      tb follow-up CMW/C/PER/CO/1 --json
    """
    from treatybody.cli.family import cycle_of
    from treatybody.cli.lookup import one_document
    from treatybody.cycle.follow_up import follow_up

    index = open_index(ctx)
    key = one_document(index, symbol).document
    found = follow_up(cycle_of(index, key), key)
    if as_json:
        click.echo(plain.json_line(msgspec.to_builtins(found)))
    else:
        plain.write_lines(_lines(found))
    return 0


def _lines(found: FollowUp) -> Iterator[str]:
    from treatybody.cli.linklines import how_known, place_in_words
    from treatybody.cli.names import date_in_words

    by = date_in_words(found.due)
    due = f"by {by}" if by else found.within or "without a printed date"
    for link in found.requested:
        target, source = place_in_words(link.target), place_in_words(link.source)
        yield f"{target}\trequested {due}\t{source}, {how_known(link)}"
    for report in found.reports:
        yield _report(report)
    if not found.reports:
        yield "no follow-up report of the State is in this corpus or named in it"
    for letter in found.letters:
        yield from _letter(letter)


def _report(report: Report) -> str:
    from treatybody.cli.linklines import place_in_words

    came = f"received {report.received}" if report.received else "date of receipt not printed"
    where = "in this corpus" if report.document else "not in this corpus"
    said = f"\tsaid by {place_in_words(report.said_by)}" if report.said_by else ""
    return f"{report.symbol}\tfollow-up report of the State, {came}, {where}{said}"


def _letter(letter: Letter) -> Iterator[str]:
    from treatybody.cli.linklines import how_known, place_in_words
    from treatybody.cli.names import date_in_words

    date = date_in_words(letter.date) or "no date"
    for link in letter.assesses:
        source, target = place_in_words(link.source), place_in_words(link.target)
        yield f"{source}\tletter of {date} on {target}\t{how_known(link)}"
    for place in letter.silent_on:
        yield f"{letter.document}\tletter of {date}: nothing on {place_in_words(place)}"
