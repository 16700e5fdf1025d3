"""``tb search``: ranked paragraphs."""

from __future__ import annotations

import itertools
from typing import Any

import click

from treatybody.cli.completing import listed, query_words
from treatybody.cli.filters import filter_options, joined, understand
from treatybody.cli.session import ONLY_READ, corpus_options, open_index, say


def _facet_fields() -> tuple[str, ...]:
    from treatybody.cli.facets import FIELDS

    return FIELDS


@click.command(name="search")
@click.argument("query", nargs=-1, shell_complete=query_words)
@filter_options
@click.option("-n", "--limit", type=click.IntRange(min=0), help="Hits at most (10; all if piped).")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Hits to skip.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "symbol"]),
    default="relevance",
    help="Order of the hits.",
)
@click.option(
    "--facet",
    metavar="FIELDS",
    help="Count all hits by these fields, with commas.",
    shell_complete=listed(_facet_fields),
)
@click.option("--group", type=click.Choice(["document"]), help="The best paragraph of each.")
@click.option("--context", type=click.IntRange(0, 20), default=0, help="Neighbours to show.")
@click.option("--kwic", is_flag=True, help="Each match in its line, aligned.")
@click.option(
    "--kwic-sort",
    type=click.Choice(["left", "right", "none"]),
    help="Order the lines by what stands before or behind the match (implies --kwic).",
)
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
      tb search remittances --kwic --kwic-sort right
      tb search trafficking --facet type,year
      tb search 'consular protection' --group document --context 1
    """
    from treatybody.cli.filters import chosen
    from treatybody.cli.oneword import answer
    from treatybody.cli.timing import Clock

    if not query and not chosen(options):
        raise click.UsageError("write a query, or a filter such as --state; see `tb help query`")
    _check_views(options)
    text = joined(query)
    if answer(ctx, text, chosen(options), options):
        ctx.find_root().meta[ONLY_READ] = True
        return 0
    clock = Clock()
    understood = understand(ctx, text, options)
    clock.stop("reading the query")
    index = open_index(ctx)
    clock.stop("opening the index")
    if options["explain"]:
        for line in (*index.explain(understood.tree), *_synonyms_off(options)):
            say(line)
        clock.stop("explaining it")
    found = _answer(index, understood.tree, options, clock)
    for notice in index.notices:
        say(notice)
    if options["explain"]:
        say(str(clock))
    if not found:
        _nothing_found(index, understood)
    return 0 if found else 1


_VIEWS = {"only_count": "--count", "facet": "--facet", "documents": "--documents"}


def _check_views(options: dict[str, Any]) -> None:
    """What is asked for in two ways at once is not answered in one of them.

    Raises ``click.UsageError``.
    """
    views = [flag for name, flag in _VIEWS.items() if options[name]]
    if options["kwic"] or options["kwic_sort"]:
        views += ["--kwic", "--json"] if options["as_json"] else ["--kwic"]
    elif views and options["group"]:
        views.append("--group")
    if len(views) > 1:
        raise click.UsageError(f"{views[0]} and {views[1]} don't go together; leave out one")


def _synonyms_off(options: dict[str, Any]) -> tuple[str, ...]:
    return ("synonyms are switched off",) if options["no_synonyms"] else ()


def _answer(index: Any, tree: Any, options: dict[str, Any], clock: Any) -> int:
    """Print what was asked for; returns how many hits there are."""
    from treatybody.cli import listing

    if options["only_count"]:
        found: int = index.count(tree)
        click.echo(found)
    elif options["facet"]:
        from treatybody.cli.facets import print_facets

        found = print_facets(index, tree, options["facet"], options["as_json"])
    elif options["documents"]:
        found = listing.documents(index, tree, options["as_json"])
    else:
        return listing.hits(index, tree, options, clock)
    clock.stop("finding and counting")
    return found


def _nothing_found(index: Any, understood: Any) -> None:
    from treatybody.cli.nothing import advice

    for line in itertools.islice(advice(index, understood), 20):
        say(line)
