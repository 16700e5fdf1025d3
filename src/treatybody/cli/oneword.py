"""The commonest command, answered with little: one word, alone or with filters, into a pipe.

A whole process takes most of its time for loading modules. What is printed here is what
:mod:`treatybody.cli.listing` prints of the same query; everything else is left to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from treatybody.cli import plain
from treatybody.cli.session import engine, index_folder, on_terminal

_OTHERS = (
    "facet",
    "group",
    "context",
    "kwic",
    "kwic_sort",
    "only_count",
    "documents",
    "explain",
    "as_json",
)


def answer(ctx: click.Context, text: str, filters: Mapping[str, str], options: Any) -> bool:
    """Print the hits of a query if it is so simple; whether that was done.

    Arguments:
        text: the query.
        filters: the filters that were given, by name.
        options: of ``tb search``.
    """
    if any(map(options.get, _OTHERS)) or on_terminal() or engine(ctx) != "arrays":
        return False
    from treatybody.query.plain import tree

    understood = tree(text, filters, synonyms=not options["no_synonyms"])
    if understood is None:
        return False
    from treatybody.index.flat.lines import lines

    order = options["sort"], options["limit"], options["offset"]
    found = lines(index_folder(ctx), understood, *order)
    if found is None:
        return False
    plain.write_lines(plain.cited_line(citation, text) for citation, text in found)
    return True
