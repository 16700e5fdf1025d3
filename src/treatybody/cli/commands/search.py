"""``tb search``: ranked paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from treatybody.cli import plain
from treatybody.cli.filters import filter_options, understand
from treatybody.cli.session import corpus_options, on_terminal, open_index, say

_ON_TERMINAL = 10


@click.command(name="search")
@click.argument("query", nargs=-1, required=True)
@filter_options
@click.option("-n", "--limit", type=click.IntRange(min=0), help="Hits at most (10; all if piped).")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Hits to skip.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "symbol"]),
    default="relevance",
    help="Order of the hits.",
)
@click.option("--facet", metavar="FIELDS", help="Count all hits by these fields, with commas.")
@click.option("--group", type=click.Choice(["document"]), help="The best paragraph of each.")
@click.option("--context", type=click.IntRange(0, 20), default=0, help="Neighbours to show.")
@click.option("--kwic", is_flag=True, help="Each match in its line, aligned.")
@click.option("--count", "only_count", is_flag=True, help="Only the number of hits.")
@click.option("-l", "--documents", is_flag=True, help="Only the documents that have hits.")
@click.option("--explain", is_flag=True, help="How the query was understood (on stderr).")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, /, query: tuple[str, ...], **options: Any) -> int:
    """Search paragraphs; `tb help query` tells the query language.

    On a terminal the first ten hits are shown as cards; piped, every hit is a line: the
    citation, a tab, the text. Exit code 1 says that nothing was found.

    \b
    Examples:
      tb search '"suspensive effect"'
      tb search 'expuls* NEAR/10 appeal*' --state Peru
      tb search trafficking --type CO --since 2015 --json
      tb search 'domestic workers' --count
    """
    understood = understand(" ".join(query), options)
    index = open_index(ctx)
    tree = understood.tree
    if options["explain"]:
        for line in index.explain(tree):
            click.echo(line, err=True)
    found = _answer(index, tree, options)
    for notice in index.notices:
        say(notice)
    if not found:
        _nothing_found(index, understood)
    return 0 if found else 1


def _answer(index: Any, tree: Any, options: dict[str, Any]) -> int:
    """Print what was asked for; returns how many hits there are."""
    if options["only_count"]:
        total: int = index.count(tree)
        click.echo(total)
        return total
    if options["facet"]:
        from treatybody.cli.facets import print_facets

        return print_facets(index, tree, options["facet"], options["as_json"])
    if options["documents"]:
        return _documents(index, tree, options["as_json"])
    return _hits(index, tree, options)


def _documents(index: Any, tree: Any, as_json: bool) -> int:
    keys = sorted(key for key, _ in index.facet(tree, "document"))
    if as_json:
        return plain.write_lines(plain.json_line(index.document(key)) for key in keys)
    return plain.write_lines(map(plain.one_line, keys))


def _hits(index: Any, tree: Any, options: dict[str, Any]) -> int:
    limit = options["limit"]
    cards = on_terminal() and not options["as_json"]
    if limit is None and cards:
        limit = _ON_TERMINAL
    hits = index.search(tree, limit=limit, offset=options["offset"], sort=options["sort"])
    if options["as_json"]:
        return plain.write_lines(map(plain.json_line, hits))
    if options["kwic"]:
        from treatybody.cli.kwic import concordance

        return plain.write_lines(concordance(hits))
    if cards:
        return _cards(index, tree, hits, options)
    return plain.write_lines(map(plain.hit_line, hits))


def _cards(index: Any, tree: Any, hits: Iterator[Any], options: dict[str, Any]) -> int:
    from treatybody.cli.render import cards

    shown: int = cards(hits)
    total: int = index.count(tree)
    first = options["offset"] + 1
    if shown and total > shown:
        last = options["offset"] + shown
        say(f"hits {first}-{last} of {total}; more with -n {total} or --offset {last}")
    return total


def _nothing_found(index: Any, understood: Any) -> None:
    from treatybody.cli.nothing import advice

    for line in advice(index, understood):
        say(line)
