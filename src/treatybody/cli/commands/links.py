"""``tb links``: what points where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from treatybody.cli import plain
from treatybody.cli.session import corpus_options, open_index

if TYPE_CHECKING:
    from treatybody.index import Index
    from treatybody.model import Link

_KINDS = (
    "cites",
    "replies_to",
    "requests_follow_up",
    "assesses",
    "recommends_on",
    "takes_up",
    "cites_article",
    "names",
    "repeats",
    "corrects",
    "supersedes",
)


@click.command(name="links", short_help="List links, with the words that carry them.")
@click.argument("place", nargs=-1)
@click.option("--from", "direction", flag_value="from", help="Only links that lead from PLACE.")
@click.option("--to", "direction", flag_value="to", help="Only links that lead to PLACE.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only this kind.")
@click.option(
    "--status",
    type=click.Choice(["resolved", "not in corpus", "ambiguous"]),
    help="Only links of this status.",
)
@click.option("--printed", "explicit", flag_value="yes", help="Only links that are printed.")
@click.option("--computed", "explicit", flag_value="no", help="Only links that are computed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a link.")
@corpus_options
@click.pass_context
def command(
    ctx: click.Context,
    place: tuple[str, ...],
    direction: str | None,
    kinds: tuple[str, ...],
    status: str | None,
    explicit: str | None,
    as_json: bool,
) -> int:
    """List links: source, kind, target, status, printed or computed, the words that carry them.

    \b
    Examples:
      tb links CMW/C/PER/CO/1 33 --to
      tb links CMW/C/PER/QPR/2 --kind cites
      tb links --status 'not in corpus'
    """
    from treatybody.cli.linklines import link_line

    index = open_index(ctx)
    wanted = _wanted(index, " ".join(place)) if place else None
    found = [
        link
        for link in index.links()
        if (not kinds or link.kind in kinds)
        and (status is None or link.status == status)
        and (explicit is None or link.explicit == (explicit == "yes"))
        and (wanted is None or any(_touches(end, wanted) for end in _ends(link, direction)))
    ]
    found.sort(key=_reading_order)
    plain.write_lines(map(plain.json_line if as_json else link_line, found))
    return 0 if found else 1


def _reading_order(link: Link) -> tuple[list[tuple[int, str]], int]:
    """Paragraph 9 before 10, as the papers have them; the records sort by letters."""
    parts = re.split(r"(\d+)", link.source)
    return [(int(one), "") if one.isdecimal() else (0, one) for one in parts], link.start


def _ends(link: Link, direction: str | None) -> Iterator[str]:
    if direction != "to":
        yield link.source
    if direction != "from":
        yield link.target


def _touches(place: str, wanted: str) -> bool:
    """Whether a place is the wanted one, a part of it, or the whole that holds it."""
    if place == wanted:
        return True
    return place.startswith((wanted + "(", wanted + "#")) or wanted.startswith(place + "(")


def _wanted(index: Index, text: str) -> str:
    from treatybody import citations
    from treatybody.cli.family import one_place
    from treatybody.cli.lookup import one_document

    cited = citations.parse(text, [document.document for document in index.documents()])
    return one_place(index, text) if cited.places else one_document(index, cited.document).document
