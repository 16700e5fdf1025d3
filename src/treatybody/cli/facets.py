"""Counts over all hits, with small bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from treatybody.cli import plain
from treatybody.cli.session import on_terminal
from treatybody.errors import UsageError

FIELDS = ("type", "state", "year", "committee", "section", "speaker", "document", "language")
_BAR = 24
_MOST = 25


def print_facets(index: Any, tree: Any, names: str, as_json: bool) -> int:
    """Print the counts of one or more fields; returns how many hits there are."""
    fields = [name.strip() for name in names.split(",") if name.strip()]
    for name in fields:
        if name not in FIELDS:
            raise UsageError(f"there is no facet `{name}`; facets: {', '.join(FIELDS)}")
    for name in fields:
        counts = index.facet(tree, name)
        plain.write_lines(_json(name, counts) if as_json else _lines(name, counts))
    total: int = index.count(tree)
    return total


def _json(field: str, counts: Sequence[tuple[str, int]]) -> Iterator[str]:
    for value, count in counts:
        yield plain.json_line({"field": field, "value": value, "count": count})


def _lines(field: str, counts: Sequence[tuple[str, int]]) -> Iterator[str]:
    if not on_terminal():
        for value, count in counts:
            yield f"{field}\t{plain.one_line(value)}\t{count}"
        return
    most = max((count for _, count in counts), default=1)
    width = min(40, max((len(value) for value, _ in counts[:_MOST]), default=0))
    yield field
    for value, count in counts[:_MOST]:
        name = plain.one_line(value)
        name = name if len(name) <= width else name[: width - 1] + "…"
        yield f"  {name:<{width}}  {count:>7,}  {'█' * max(1, round(_BAR * count / most))}"
    if len(counts) > _MOST:
        yield f"  and {len(counts) - _MOST} more values"
