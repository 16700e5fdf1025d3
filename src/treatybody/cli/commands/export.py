"""``tb export``: every match, to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from treatybody.cli.completing import listed, query_words
from treatybody.cli.filters import filter_options, joined
from treatybody.cli.session import corpus_options


def _formats() -> list[str]:
    from treatybody.exporters.writing import formats

    return list(formats())


def _columns() -> list[str]:
    from treatybody.exporters.rows import COLUMNS

    return list(COLUMNS)


@click.command(name="export")
@click.argument("query", nargs=-1, shell_complete=query_words)
@filter_options
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(allow_dash=True),
    help="The file to write; - is standard output; a folder (NAME/) takes a file for each query.",
)
@click.option(
    "--format",
    "format_name",
    metavar="FORMAT",
    help="csv, jsonl, xlsx, md, docx, html, ris, bib, csl.json, sqlite; else from the suffix.",
    shell_complete=listed(_formats),
)
@click.option(
    "--queries",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Run the queries of a file: named ones in a .toml, or one a line; - is standard input.",
)
@click.option(
    "--columns",
    metavar="NAMES",
    help="Columns, with commas, in the order wanted (csv, xlsx, sqlite).",
    shell_complete=listed(_columns),
)
@click.option(
    "--unit",
    type=click.Choice(["paragraph", "subparagraph"]),
    default="paragraph",
    help="Whether lettered parts stand in rows of their own.",
)
@click.option(
    "--fields",
    type=click.Choice(["hit", "record"]),
    default="hit",
    help="jsonl: hits with score and matches, or records as they are stored, which is faster.",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date", "symbol"]),
    help="Order (by document where the format has a heading or an entry for each).",
)
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, /, query: tuple[str, ...], **options: Any) -> int:
    """Write every matching paragraph to a file, whole or not at all.

    With --queries FILE many queries run at once: into a folder (-o DIR/) one file each, into
    one file (-o all.csv) with a column for the query's name, or into one workbook (-o all.xlsx)
    with a sheet each and a summary. `tb help exports` tells more.

    \b
    Examples:
      tb export 'traffick* type:CO' -o trafficking.csv
      tb export '"suspensive effect"' -o - --format md
      tb export 'state:PER' -o peru.jsonl --force
      tb export detention -o detention.csv --columns citation,text --unit subparagraph
      tb export detention -o detention.jsonl --fields record
      tb export --queries corpus/queries.toml -o all.xlsx
      tb export --queries corpus/queries.toml -o found/ --format docx
    """
    from treatybody.cli import exporting

    if options["queries"]:
        if query:
            raise click.UsageError("give a QUERY or --queries FILE, not both")
        return exporting.many(ctx, options["queries"], options)
    return exporting.one(ctx, joined(query), options)
