"""``tb export``: every match, to a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from treatybody.cli.filters import filter_options, understand
from treatybody.cli.session import corpus_options, open_index, say


@click.command(name="export")
@click.argument("query", nargs=-1, required=True)
@filter_options
@click.option("-o", "--output", required=True, help="The file to write; - is standard output.")
@click.option("--format", "format_name", help="csv, jsonl, md ...; else from the suffix.")
@click.option("--columns", help="Columns, with commas, in the order wanted.")
@click.option("--unit", type=click.Choice(["paragraph", "subparagraph"]), default="paragraph")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "symbol"]),
    help="Order (by document where the format has a heading or an entry for each).",
)
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, /, query: tuple[str, ...], **options: Any) -> int:
    """Write every matching paragraph to a file, whole or not at all.

    \b
    Examples:
      tb export 'traffick* type:CO' -o trafficking.csv
      tb export '"suspensive effect"' -o - --format md
      tb export 'state:PER' -o peru.jsonl --force
    """
    from treatybody.exporters import rows, writing

    text = " ".join(query)
    target = None if options["output"] == "-" else Path(options["output"])
    module = writing.choose(options["format_name"], target)
    chosen = rows.Options(columns=rows.columns_named(options["columns"]), title=text)
    options["sort"] = options["sort"] or _order(module)
    counter = _Counted(_rows(ctx, text, options))
    if target is None:
        module.write(iter(counter), sys.stdout.buffer, chosen)
    else:
        writing.to_file(module, iter(counter), target, chosen, options["force"])
        say(f"{counter.count} paragraphs written to {target}")
    return 0 if counter.count else 1


def _order(module: Any) -> str:
    """Formats that group by document need the hits of each document side by side."""
    return "symbol" if getattr(module, "GROUPED", False) else "relevance"


class _Counted:
    """An iterator that knows how many it gave."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self.rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Any]:
        for row in self.rows:
            self.count += 1
            yield row


def _rows(ctx: click.Context, text: str, options: dict[str, Any]) -> Iterator[Any]:
    from treatybody.exporters.rows import Row, by_subparagraph

    tree = understand(ctx, text, options).tree
    index = open_index(ctx)
    split = options["unit"] == "subparagraph"
    for hit in index.search(tree, sort=options["sort"]):
        row = Row(hit, index.document(hit.document))
        yield from by_subparagraph(row) if split else (row,)
