"""What every command shares: the corpus that is meant, its index, and where output goes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from pathlib import Path

    from treatybody.corpus import Corpus
    from treatybody.index import Index

ONLY_READ = "treatybody.only_read"  # in ctx.meta: the command left nothing to be closed at the end
F = TypeVar("F", bound=Callable[..., Any])


def corpus_options(command: F) -> F:
    """``--corpus`` and ``--index``, which stand before or after the command's name."""
    for name, what in (
        ("--index", "The index folder (else TREATYBODY_INDEX, else index/ beside the corpus)."),
        ("--corpus", "The corpus folder (else TREATYBODY_CORPUS, else the nearest upward)."),
    ):
        option = click.option(
            name,
            metavar="DIR",
            type=click.Path(),
            expose_value=False,
            callback=_remember,
            help=what,
        )
        command = option(command)
    return command


def engine_option(command: F) -> F:
    """``--engine``: which of the two executes the query; their hits are the same."""
    return click.option(
        "--engine",
        type=click.Choice(["arrays", "whoosh"]),
        expose_value=False,
        callback=_remember,
        help="What executes the query: our arrays, or Whoosh's matchers (slower, same hits).",
    )(command)


def _remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value is not None:
        ctx.find_root().meta[f"treatybody.{param.name}"] = value


def corpus(ctx: click.Context) -> Corpus:
    """The corpus that this command is about."""
    from pathlib import Path

    from treatybody.corpus import locate

    return locate(_named(ctx, "corpus"), _named(ctx, "index"), os.environ, Path.cwd())


def _named(ctx: click.Context, what: str) -> Path | None:
    """The folder that an option names."""
    from pathlib import Path

    name = ctx.find_root().meta.get(f"treatybody.{what}")
    return Path(name) if name is not None else None


def open_index(ctx: click.Context) -> Index:
    """The published index; a command that only has ``--index`` needs no corpus."""
    from treatybody.index import open_index as open_published

    place = _named(ctx, "index") or corpus(ctx).index
    return open_published(place, engine=engine(ctx))


def engine(ctx: click.Context) -> str:
    """The name of the engine that executes the query."""
    name: str = ctx.find_root().meta.get("treatybody.engine", "arrays")
    return name


def index_folder(ctx: click.Context) -> str:
    """The folder of the index."""
    named: str | None = ctx.find_root().meta.get("treatybody.index")
    return named if named is not None else str(corpus(ctx).index)


def on_terminal() -> bool:
    """Whether results go to a person's terminal."""
    return sys.stdout.isatty()


def say(message: str) -> None:
    """A message to the person, apart from the results."""
    from treatybody.cli.plain import told

    click.echo(told(message), err=True)


def speak_utf8() -> None:
    """Piped results are UTF-8 whatever the locale; a terminal shows what it has letters for."""
    if sys.stdout is None:  # closed by who started us: nobody wants results
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (to the end)
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue  # a test's or a notebook's
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
