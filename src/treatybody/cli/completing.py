"""What a shell offers to complete: commands, options, and the corpus's own symbols and values.

The scripts of ``tb completion`` call ``tb`` with the words typed so far (the last one unfinished)
and ``_TB_COMPLETE`` set; the answer is one candidate a line, with a tab before what it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from treatybody.errors import TreatybodyError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from treatybody.model import Document

Candidate = tuple[str, str]
Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]
SHELLS = ("bash", "zsh", "fish")
_MOST = 400


def answer(group: click.Group, words: Sequence[str]) -> int:
    """Print the candidates for the last word."""
    from click.shell_completion import ShellComplete

    *before, last = words or ("",)
    shell = ShellComplete(group, {}, "tb", "_TB_COMPLETE")
    with contextlib.suppress(TreatybodyError, OSError, click.ClickException):
        for item in shell.get_completions(list(before), last)[:_MOST]:
            print(f"{item.value}\t{_one_line(item)}")
    return 0


def _one_line(item: CompletionItem) -> str:
    from treatybody.cli.plain import one_line

    if item.type in ("dir", "file"):
        return f"<{item.type}>"
    return one_line(item.help or "")


def values_of(name: str) -> Completer:
    """A completer for the values of a field; of ``--type`` all of them, commas allowed."""

    def complete(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
        before, comma, last = typed.rpartition(",")
        return _matching(before + comma, last, _values(ctx, name))

    return complete


def query_words(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete the last word of a query: a field, or a field's value."""
    start = max(typed.rfind(blank) for blank in ' ("') + 1
    before, last = typed[:start], typed[start:]
    sign = last[: len(last) - len(last.lstrip("-"))]
    before, last = before + sign, last[len(sign) :]
    field, colon, value = last.partition(":")
    if colon:
        return _matching(f"{before}{field}:", value, _values(ctx, field.lower()))
    return _matching(before, last, _fields())


def symbols(ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete the symbol of a document."""
    return _matching("", typed, _values(ctx, "document"))


def listed(names: Callable[[], Iterable[str]]) -> Completer:
    """A completer for a fixed list, with commas between several."""

    def complete(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
        before, comma, last = typed.rpartition(",")
        return _matching(before + comma, last, ((name, "") for name in names()))

    return complete


def _matching(before: str, typed: str, found: Iterable[Candidate]) -> list[CompletionItem]:
    """The candidates that begin with what was typed, or hold it after a slash."""
    from click.shell_completion import CompletionItem

    wanted = typed.casefold()
    known = sorted(set(found))
    fitting = [one for one in known if one[0].startswith(typed)]
    fitting = fitting or [one for one in known if one[0].casefold().startswith(wanted)]
    if not fitting and typed:
        fitting = [one for one in known if f"/{wanted}" in one[0].casefold()]
    return [CompletionItem(before + value, help=what) for value, what in fitting]


def _fields() -> Iterator[Candidate]:
    from treatybody.query.fields import all_fields

    for name, row in all_fields().items():
        yield f"{name}:", str(row["what"])


def _values(ctx: click.Context, field: str) -> Iterator[Candidate]:
    if field == "type":
        yield from _types()
    elif field == "query":
        from treatybody.cli.filters import saved_texts

        yield from saved_texts(ctx).items()
    elif field == "has":
        yield from ((part, "") for part in ("note", "section", "speaker"))
    elif field == "kind":
        yield from ((kind, "") for kind in ("paragraph", "procedural", "table", "annex", "title"))
    elif field in _OF_DOCUMENTS:
        yield from _of_documents(ctx, field)
    elif field == "speaker":
        yield from _speakers(ctx)


def _types() -> Iterator[Candidate]:
    from treatybody import tables

    for row in tables.load("document_types"):
        if row.get("short"):
            yield row["short"], row["label"]
        yield row["type"], ""


_OF_DOCUMENTS: dict[str, Callable[[Document], str | None]] = {
    "state": lambda document: document.state,
    "committee": lambda document: document.committee,
    "language": lambda document: document.language,
    "symbol": lambda document: document.symbol,
    "document": lambda document: document.document,
    "cites": lambda document: document.document,
    "session": lambda document: document.session,
    "cycle": lambda document: document.cycle,
    "year": lambda document: document.date[:4] if document.date else None,
    "date": lambda document: document.date,
    "since": lambda document: document.date,
    "until": lambda document: document.date,
}


def _of_documents(ctx: click.Context, field: str) -> Iterator[Candidate]:
    from treatybody.cli.names import state_in_words
    from treatybody.cli.session import open_index

    for document in open_index(ctx).documents():
        value = _OF_DOCUMENTS[field](document)
        if value and field == "state":
            yield value, state_in_words(value) or ""
        elif value:
            titled = field in ("symbol", "document", "cites")
            yield value, (document.title or "") if titled else ""


def _speakers(ctx: click.Context) -> Iterator[Candidate]:
    from treatybody.cli.session import open_index
    from treatybody.query.tree import Everything

    for name, _ in open_index(ctx).facet(Everything(), "speaker"):
        for word in _own_words(name):
            yield word, name


def _own_words(name: str) -> Iterator[str]:
    """The words of a name that tell who it is.

    >>> list(_own_words("Mr. Ceriani Cernadas")), list(_own_words("The Chair"))
    (['Ceriani', 'Cernadas'], ['Chair'])
    """
    for word in name.split():
        if word[0].isupper() and not word.endswith(".") and word not in ("The", "A", "An"):
            yield word
