"""``tb docs``: the documents of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from treatybody.cli import plain
from treatybody.cli.completing import query_words
from treatybody.cli.session import corpus_options, on_terminal, open_index, say

if TYPE_CHECKING:
    from treatybody.index import Index


@click.command(name="docs", short_help="List the documents, or those that match a query.")
@click.argument("query", required=False, shell_complete=query_words)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, query: str | None, as_json: bool) -> int:
    """List the documents, or those with a paragraph that matches QUERY.

    \b
    Examples:
      tb docs
      tb docs 'state:PER type:CO'
    """
    index = open_index(ctx)
    documents = index.documents()
    if query:
        hits = _counts(ctx, index, query)
        documents = [d for d in documents if d.document in hits]
        if not documents:
            say("no document has a paragraph that matches; `tb docs` lists all")
    if as_json:
        plain.write_lines(map(plain.json_line, documents))
    elif on_terminal():
        from treatybody.cli.render import documents_table

        counts = hits if query else _counts(ctx, index, "kind:paragraph OR kind:annex")
        documents_table(documents, counts, "Matches" if query else "Paragraphs")
    else:
        plain.write_lines(map(plain.document_row, documents))
    return 0 if documents else 1


def _counts(ctx: click.Context, index: Index, query: str) -> dict[str, int]:
    from treatybody.cli.filters import understand

    return dict(index.facet(understand(ctx, query, {}).tree, "document"))
