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
        click.echo(f"unreadable: {one_line(failure.file)}: {one_line(failure.reason)}", err=True)
    if quiet:
        return
    _print_notices(report)
    click.echo(summary(report), err=True)


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
    files = "file" if len(report.read) == 1 else "files"
    state = "index published" if report.published else "index as it was"
    return (
        f"{report.documents} documents: {len(report.read)} {files} read, "
        f"{report.unchanged} unchanged, {len(report.removed)} documents removed, "
        f"{len(report.unreadable)} unreadable; {state}"
    )
