"""The filter options that searching commands share, and the query tree they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from treatybody.cli.session import engine_option

if TYPE_CHECKING:
    from treatybody.query.parser import Query

F = TypeVar("F", bound=Callable[..., Any])

_FILTERS = (
    ("--type", "Document type: CO, LOI, LOIPR, RLOI, SPR, SR, FUR, FUL, GC, or its full name."),
    ("--state", "State party: code, name in any UN language, or demonym."),
    ("--committee", "Committee or treaty: CMW, CRPD, ICRMW ..."),
    ("--since", "Documents of this date or later: 2015, 2015-04, 2015-04-23."),
    ("--until", "Documents of this date or earlier."),
    ("--speaker", "Paragraphs of summary records said by this speaker."),
    ("--section", "Words of the heading path."),
    ("--article", "Treaty article that the paragraph cites."),
    ("--language", "Language of the document: en, fr, es, ar, ru, zh."),
)
_LISTS = ("type", "state", "committee", "article", "language")  # values with commas
NAMES = tuple(flag.removeprefix("--") for flag, _ in _FILTERS)


def filter_options(command: F) -> F:
    """Add the filter options to a command."""
    from treatybody.cli.completing import values_of

    for flag, what in reversed(_FILTERS):
        name = flag.removeprefix("--")
        option = click.option(
            flag,
            metavar=name.upper(),
            help=what,
            shell_complete=values_of(name),
            multiple=True,
            callback=_value,
        )
        command = option(command)
    command = engine_option(command)
    return click.option("--no-synonyms", is_flag=True, help="Only the words as typed.")(command)


def _value(_ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> str | None:
    """The value of a filter; of several the last would win silently, so they are refused."""
    if not given:
        return None
    if len(given) > 1:
        more = f"; write --{param.name} {','.join(given)}" if param.name in _LISTS else ""
        raise click.UsageError(f"--{param.name} is given {len(given)} times{more or '; keep one'}")
    if not given[0].strip():
        raise click.UsageError(f"--{param.name} is empty; write a value or leave it out")
    return given[0]


def chosen(options: Mapping[str, Any]) -> dict[str, str]:
    """The filter options that were given, by name."""
    return {name: options[name] for name in NAMES if options.get(name)}


def joined(words: Sequence[str]) -> str:
    """The query that several arguments make; bytes that are no UTF-8 are shown as such."""
    return " ".join(words).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def understand(ctx: click.Context, text: str, options: Mapping[str, Any]) -> Query:
    """Parse a query and its filter options; says what was dropped on stderr."""
    from treatybody.cli.session import say
    from treatybody.query.parser import parse

    query = parse(
        text,
        filters=chosen(options),
        synonyms=not options.get("no_synonyms"),
        saved=saved_texts(ctx) if "query:" in text.lower() else None,
    )
    for note in query.notes:
        say(note)
    return query


def saved_texts(ctx: click.Context) -> dict[str, str]:
    """The corpus's saved queries by name."""
    from treatybody.cli.session import corpus
    from treatybody.cycle.saved import texts

    return texts(corpus(ctx).queries)
