"""Filter options of the command line, and what they add to a query."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from treatybody.errors import QueryError, UsageError
from treatybody.query.lexer import Fault
from treatybody.query.ranges import FieldProblem
from treatybody.query.tree import And, Everything, Node, Range, Within

if TYPE_CHECKING:
    from treatybody.query.parser import Query

FACTS = (
    "type",
    "state",
    "committee",
    "article",
    "language",
    "symbol",
    "document",
    "kind",
    "has",
    "year",
    "date",
    "para",
    "session",
    "cycle",
    "cites",
)
TEXTS = ("section", "speaker", "note")


def and_filters(query: Query, *, today: date | None = None, **options: str | None) -> Query:
    """Return the query with filter options added; an option that is None adds nothing.

    Arguments:
        options: any field by its name (several values parted by commas), and ``since`` and
            ``until``, the first and last date.

    Raises UsageError, which names the option.

    >>> from treatybody.query.parser import parse
    >>> and_filters(parse("asylum"), state="Peru", since="2015").tree.items[1:]
    (Filter(field='state', values=('PER',)), Range(field='date', low='2015', high=None))
    """
    nodes = [_node(name, value, today) for name, value in options.items() if value]
    if not nodes:
        return query
    first = query.tree.items if isinstance(query.tree, And) else (query.tree,)
    if first == (Everything(),):
        first = ()
    items = (*first, *nodes)
    return replace(query, tree=items[0] if len(items) == 1 else And(items))


def _node(name: str, value: str, today: date | None) -> Node:
    try:
        if name in ("since", "until"):
            return _edge(name, value, today)
        if name in TEXTS:
            return _text(name, value)
        if name in FACTS:
            return _fact(name, value, today)
    except (FieldProblem, Fault, QueryError) as problem:
        raise UsageError(f"--{name}: {problem}") from None
    raise UsageError(f"there is no filter called {name}")


def _edge(name: str, value: str, today: date | None) -> Range:
    from treatybody.query.ranges import read_range

    if ".." in value or not value.strip():
        raise FieldProblem(f"`{value}` is not a date; write 2015, 2015-04 or 2015-04-23")
    return read_range("date", f"{value}.." if name == "since" else f"..{value}", today)


def _fact(name: str, value: str, today: date | None) -> Node:
    from treatybody.query import fields

    try:
        return fields.build(name, [value.strip()], today)
    except FieldProblem:
        if "," not in value:
            raise
        return fields.build(name, [one.strip() for one in value.split(",") if one.strip()], today)


def _text(name: str, value: str) -> Node:
    """The words of ``--section`` are read as inside ``section:( )``."""
    from treatybody.query.parser import parse

    if value.strip() == "*":
        return parse(f"{name}:*").tree
    tree = parse(f"{name}:({value})", synonyms=False).tree
    if not isinstance(tree, Within):
        raise FieldProblem(f"`{value}` is not words of one {name}")
    return tree
