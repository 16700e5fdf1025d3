"""``tb stats``: how many paragraphs match, by year, State, type ..."""

from __future__ import annotations

from pathlib import Path

import click

from treatybody.cli.completing import listed, query_words
from treatybody.cli.filters import filter_options, joined, understand
from treatybody.cli.session import corpus_options, open_index, say


def _fields() -> tuple[str, ...]:
    from treatybody.cli.facets import FIELDS

    return FIELDS


@click.command(name="stats", short_help="Count the paragraphs that match a query; draw charts.")
@click.argument("query", nargs=-1, shell_complete=query_words)
@filter_options
@click.option(
    "--by",
    default="year",
    show_default=True,
    metavar="FIELDS",
    help="What to count by; several with commas.",
    shell_complete=listed(_fields),
)
@click.option(
    "--plot",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw the chart into an .svg or .png file (needs matplotlib).",
)
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, /, query: tuple[str, ...], **options: object) -> int:
    """Count the paragraphs that match QUERY (all without one): a bar chart on a terminal.

    Piped, each value is a line: the value, a tab, the count (with several fields the field
    comes first).

    \b
    Examples:
      tb stats trafficking --by year
      tb stats 'domestic workers' --by type,committee
      tb stats --by state --json
      tb stats detention --by year --plot detention.svg
    """
    from treatybody.cli.facets import fields_named, in_order, print_counts

    text = joined(query)
    fields = fields_named(str(options["by"]))
    plot = options["plot"]
    if isinstance(plot, Path):
        from treatybody.cli.plot import check

        check(plot, fields, force=bool(options["force"]))
    tree = understand(ctx, text or "*", options).tree
    index = open_index(ctx)
    total = index.count(tree)
    charts = [(field, in_order(field, index.facet(tree, field))) for field in fields]
    for notice in index.notices:
        say(notice)
    for field, counts in charts:
        print_counts(field, counts, bool(options["as_json"]), heading=len(fields) > 1)
    if isinstance(plot, Path):
        _draw(plot, text, *charts[0])
    if not total:
        say(f"nothing found for {text!r}; `tb search` tells what would have been")
    return 0 if total else 1


def _draw(plot: Path, text: str, field: str, counts: object) -> None:
    from treatybody.cli.plot import draw

    draw(plot, text or "All paragraphs", field, counts)  # type: ignore[arg-type]
    say(f"chart written to {plot}")
