"""The manual page, made from what the commands say of themselves (man(7) macros)."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

_EXIT_CODES = (
    ("0", "found or done, warnings included; a closed pipe too"),
    ("1", "nothing found; or verify, check and doctor have findings"),
    ("2", "an error or wrong usage; nothing was done"),
    ("3", "done, but some inputs could not be read; they are listed"),
    ("130", "interrupted"),
)
_ENVIRONMENT = (
    ("TREATYBODY_CORPUS", "the corpus folder, where --corpus is not given"),
    ("TREATYBODY_INDEX", "the index folder, where --index is not given"),
    ("NO_COLOR", "no colours; matches are marked *so*"),
    ("TREATYBODY_DEBUG", "set to 1: errors show where in the program they arose"),
    ("XDG_STATE_HOME", "where tb watch keeps what you have seen"),
)


def manual(ctx: click.Context) -> str:
    """The page as roff source.

    Arguments:
        ctx: the context of ``tb`` itself.
    """
    return "\n".join(_lines(ctx)) + "\n"


def _lines(ctx: click.Context) -> Iterator[str]:
    from treatybody import __version__

    group = ctx.command
    assert isinstance(group, click.Group)
    yield f'.TH TB 1 "" "treatybody {__version__}" "User Commands"'
    yield from (".SH NAME", r"tb \- " + _plain(_first_line(group)))
    yield from (".SH SYNOPSIS", r"\fBtb\fR \fICOMMAND\fR [\fIOPTION\fR]... [\fIARGUMENT\fR]...")
    yield ".SH DESCRIPTION"
    yield from _prose(group.help or "")
    yield ".SH COMMANDS"
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        if command is not None:
            yield from _command(click.Context(command, info_name=name, parent=ctx))
    yield from _list("EXIT STATUS", _EXIT_CODES)
    yield from _list("ENVIRONMENT", _ENVIRONMENT)
    yield from (".SH SEE ALSO", _plain("tb help query, tb help exports"))


def _first_line(command: click.Command) -> str:
    return (command.help or "").strip().partition("\n")[0].rstrip(".")


def _command(ctx: click.Context) -> Iterator[str]:
    pieces = " ".join(ctx.command.collect_usage_pieces(ctx))
    yield f".SS \\fBtb {_plain(ctx.info_name or '')}\\fR {_plain(pieces)}"
    yield from _prose(ctx.command.help or "")
    for param in ctx.command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record and record[0] not in ("-h, --help",):
            yield from (".TP", f"\\fB{_plain(record[0])}\\fR", _plain(record[1]) or r"\&")


def _prose(text: str) -> Iterator[str]:
    r"""Paragraphs; what stands behind a \b keeps its lines."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b"):
            yield from (".PP", ".nf")
            yield from map(_plain, paragraph.removeprefix("\b").strip("\n").split("\n"))
            yield ".fi"
        else:
            yield ".PP"
            yield _plain(" ".join(paragraph.split()))


def _list(heading: str, rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield f".SH {heading}"
    for name, what in rows:
        yield from (".TP", f"\\fB{_plain(name)}\\fR", _plain(what))


def _plain(text: str) -> str:
    r"""A text that roff prints as it is.

    >>> print(_plain("--count 'a'\\n"))
    \-\-count \(aqa\(aq\en
    """
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq")
    text = text.replace("`", r"\(ga").replace('"', r"\(dq")
    return re.sub(r"^\.", r"\\&.", text)
