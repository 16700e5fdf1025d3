"""Counts over all hits, with small bars."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import Any

from treatybody.cli import plain
from treatybody.cli.session import on_terminal
from treatybody.cli.widths import columns, fit, last_columns
from treatybody.errors import UsageError

FIELDS = (
    "type",
    "state",
    "year",
    "committee",
    "section",
    "speaker",
    "document",
    "language",
    "session",
    "cycle",
    "kind",
)
Counts = Sequence[tuple[str, int]]
_MOST = 25
_WIDEST = 48
_LONGEST_BAR = 40


def fields_named(names: str) -> list[str]:
    """The fields of a list with commas.

    Raises:
        UsageError: there is no such field; names the nearest and all.

    >>> fields_named("type, state")
    ['type', 'state']
    """
    fields = [name.strip().lower() for name in names.split(",") if name.strip()]
    for name in fields:
        if name not in FIELDS:
            raise UsageError(_unknown(name))
    if not fields:
        raise UsageError(f"name a field to count by: {', '.join(FIELDS)}")
    return list(dict.fromkeys(fields))


def _unknown(name: str) -> str:
    from treatybody.query.nearest import did_you_mean, nearest

    meant = did_you_mean(nearest(name, {field: field for field in FIELDS}))
    return f"hits can't be counted by `{name}`{meant or ''}; fields: {', '.join(FIELDS)}"


def in_order(field: str, counts: Counts) -> Counts:
    """Years in their order with the empty ones between them, all else by frequency.

    >>> in_order("year", [("2018", 4), ("2016", 1)])
    [('2016', 1), ('2017', 0), ('2018', 4)]
    """
    if field != "year" or not counts:
        return counts
    known = {int(year): count for year, count in counts}
    return [(str(year), known.get(year, 0)) for year in range(min(known), max(known) + 1)]


def print_facets(index: Any, tree: Any, names: str, as_json: bool) -> int:
    """Print the counts of one or more fields; returns how many hits there are."""
    for name in fields_named(names):
        counts = index.facet(tree, name)
        print_counts(name, counts, as_json, heading=True)
    total: int = index.count(tree)
    return total


def print_counts(field: str, counts: Counts, as_json: bool, heading: bool = False) -> None:
    """Print counts: JSON Lines, lines with tabs, or bars on a terminal."""
    if as_json:
        plain.write_lines(
            plain.json_line({"field": field, "value": value, "count": count})
            for value, count in counts
        )
    elif on_terminal():
        plain.write_lines(bars(field, counts, heading=heading))
    else:
        start = f"{field}\t" if heading else ""
        plain.write_lines(f"{start}{plain.one_line(value)}\t{count}" for value, count in counts)


def bars(field: str, counts: Counts, *, heading: bool, width: int | None = None) -> Iterator[str]:
    """Lines of a bar chart; eighths of a column are drawn.

    >>> print(*bars("year", [("2015", 4), ("2016", 1)], heading=False, width=40), sep="\\n")
      2015  4  ████████████████████████████
      2016  1  ███████
    """
    shown = counts if field == "year" else counts[:_MOST]
    names = [shown_value(field, value) for value, _ in shown]
    width = width or shutil.get_terminal_size((80, 24)).columns
    name_width = min(max(_WIDEST, width * 2 // 3), max(map(columns, names), default=0))
    count_width = max((len(f"{count:,}") for _, count in shown), default=1)
    room = width - name_width - count_width - 7
    longest = max(4, min(_LONGEST_BAR, room))
    most = max((count for _, count in shown), default=1)
    if heading:
        yield field
    for name, (_, count) in zip(names, shown, strict=True):
        value = fit(_end(name, name_width), name_width)
        yield f"  {value}  {count:>{count_width},}  {_bar(count, most, longest)}"
    if len(counts) > len(shown):
        yield f"  and {len(counts) - len(shown):,} more values (piped, all are listed)"


def _end(name: str, width: int) -> str:
    """A heading path by its end, from a whole word on: that is where paths differ.

    >>> _end("A. One > Reply to the question raised in paragraph 35 (a)", 40)
    '… question raised in paragraph 35 (a)'
    """
    if " > " not in name or columns(name) <= width:
        return name
    kept = last_columns(name, width - 2)
    inside = not name[: -len(kept)].endswith(" ") and " " in kept
    return "… " + (kept.partition(" ")[2] if inside else kept).lstrip()


def _bar(count: int, most: int, longest: int) -> str:
    eighths: int = max(1, round(8 * longest * count / most)) if count else 0
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def shown_value(field: str, value: str) -> str:
    """A value as people read it: types in words, States with their names."""
    from treatybody.cli.names import state_in_words, type_in_words

    if field == "type":
        return type_in_words(value)
    if field == "state":
        name = state_in_words(value)
        return f"{value} {name}" if name != value else value
    return plain.one_line(value)
