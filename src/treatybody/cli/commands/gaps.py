"""``tb gaps``: questions without a reply heading; recommendations that no question takes up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
import msgspec

from treatybody.cli import plain
from treatybody.cli.session import corpus_options, open_index, say

if TYPE_CHECKING:
    from treatybody.cycle.gaps import Gaps
    from treatybody.cycle.papers import Papers
    from treatybody.model import Paragraph

_FACTS = {
    "questions": "no reply heading leads to it",
    "recommendations": "no question takes it up",
}

_NO_LIST = "no later list of issues is in this corpus"

_WHAT = {
    "questions": "no reply heading leads to",
    "recommendations": "no question takes up",
}


@click.command(
    name="gaps", short_help="List questions without a reply, recommendations not taken up."
)
@click.argument("symbol")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, symbol: str, as_json: bool) -> int:
    """List the questions of a list of issues that no reply heading leads to, or the
    recommendations of concluding observations that no later question takes up.

    That there is no heading is a fact; it does not mean that there is no answer.

    \b
    Examples:
      tb gaps CMW/C/PER/QPR/2
      tb gaps CMW/C/PER/CO/1
    """
    from treatybody.cli.family import cycle_of
    from treatybody.cli.lookup import one_document
    from treatybody.cycle.gaps import gaps

    index = open_index(ctx)
    key = one_document(index, symbol).document
    papers = cycle_of(index, key)
    found = gaps(papers, key)
    if as_json:
        click.echo(plain.json_line(msgspec.to_builtins(found)))
    else:
        plain.write_rows(_lines(found, papers))
        say(_summary(found))
    return 0 if found.whole or found.parts else 1


def _lines(found: Gaps, papers: Papers) -> Iterator[str]:
    from treatybody.cli.linklines import place_in_words
    from treatybody.cycle.papers import base

    ordered = sorted([*found.whole, *found.parts], key=lambda place: (papers.when(place), place))
    for place in ordered:
        text = plain.one_line(_text(papers.paragraphs[base(place)], place))
        named = ", ".join(place_in_words(one) for one in found.elsewhere.get(place, [])[:3])
        unknown = found.of == "recommendations" and not found.by
        fact = (_NO_LIST if unknown else _FACTS[found.of]) + (
            f"; named in {named}" if named else ""
        )
        yield f"{place_in_words(place)}\t{fact}\t{text}"


def _text(paragraph: Paragraph, place: str) -> str:
    """The text of a place: of a letter its own, not the whole question's."""
    from treatybody.references.places import addresses

    for part, address in zip(paragraph.subparagraphs, addresses(paragraph), strict=True):
        if paragraph.id + address == place:
            return paragraph.text[part.start : part.end]
    return paragraph.text


def _summary(found: Gaps) -> str:
    if not found.by and found.of == "recommendations":
        named = f"; other papers name {len(found.elsewhere)} of its recommendations"
        return f"{_NO_LIST} for {found.document}" + (named if found.elsewhere else "")
    if not found.by and not found.elsewhere:
        return f"no document of this corpus leads to the {found.of} of {found.document}"
    letters = f", and to {len(found.parts)} letters of others" if found.parts else ""
    what = _WHAT[found.of]
    seen = f", as far as {', '.join(found.by)} shows" if found.by else ""
    named = f"; other papers name {len(found.elsewhere)} of them" if found.elsewhere else ""
    return f"{what} {len(found.whole)} of {found.total} {found.of}{letters}{seen}{named}"
