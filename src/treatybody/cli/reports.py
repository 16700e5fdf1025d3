"""What ``tb build`` says: progress while it works, a report at the end."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

import click
import msgspec

from treatybody.build import Progress, Report
from treatybody.cli.plain import json_line, one_line

_MOST_NOTICES = 20


@contextlib.contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """A progress bar on a terminal, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _file, _done, _total: None
        return
    from treatybody.cli.render import progress_bar

    with progress_bar("reading") as show:
        yield show


def build_report(report: Report, *, as_json: bool, quiet: bool) -> None:
    """Print the report: one JSON object on stdout, or lines for a person on stderr."""
    if as_json:
        click.echo(json_line(msgspec.to_builtins(report)))
        return
    for failure in report.unreadable:
        click.echo(f"unreadable: {_named(failure.file, failure.reason)}", err=True)
    if quiet:
        return
    _print_notices(report)
    click.echo(summary(report), err=True)


def _named(file: str, reason: str) -> str:
    """A reason with the file that it is about, which most reasons begin with.

    >>> _named("a/b.txt", "b.txt is empty"), _named("b.txt", "b.txt: no reader for .x")
    ('a/b.txt is empty', 'b.txt: no reader for .x')
    """
    name = file.rpartition("/")[2]
    if reason.startswith((f"{name} ", f"{name}: ")):
        return one_line(file + reason[len(name) :])
    return one_line(f"{file}: {reason}")


def _print_notices(report: Report) -> None:
    for notice in report.notices[:_MOST_NOTICES]:
        place = f"{notice.file}:{notice.line}" if notice.line else notice.file
        click.echo(f"note: {one_line(place)}: {one_line(notice.message)}", err=True)
    left = len(report.notices) - _MOST_NOTICES
    if left > 0:
        click.echo(f"note: {left} more; `tb build --full --json` lists all", err=True)


def summary(report: Report) -> str:
    """The report in one line.

    >>> summary(Report(read=["a.txt"], unchanged=4, documents=5))
    '5 documents: 1 file read, 4 unchanged, 0 documents removed, 0 unreadable; index as it was'
    """
    state = "index published" if report.published else "index as it was"
    return (
        f"{_count(report.documents, 'document')}: {_count(len(report.read), 'file')} read, "
        f"{report.unchanged} unchanged, {_count(len(report.removed), 'document')} removed, "
        f"{len(report.unreadable)} unreadable; {state}"
    )


def _count(number: int, thing: str) -> str:
    """A number of things.

    >>> _count(1, "file"), _count(0, "file")
    ('1 file', '0 files')
    """
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
