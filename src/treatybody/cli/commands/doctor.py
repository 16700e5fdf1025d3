"""``tb doctor``: the health of the installation, the corpus and the index."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from treatybody.cli import plain
from treatybody.cli.session import corpus, corpus_options, on_terminal, say
from treatybody.errors import CorpusError

if TYPE_CHECKING:
    from treatybody.cli.health import Check


@click.command(name="doctor", short_help="Look at the health of the installation.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a check.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> int:
    """Look at Python, packages, corpus, index and terminal; nothing is changed.

    Exit code 1 says that something should be mended. `tb verify` goes further: it reads every
    source again.

    \b
    Examples:
      tb doctor
      tb doctor --json
    """
    checks = list(_checks(ctx))
    if as_json:
        plain.write_lines(map(plain.json_line, checks))
    else:
        plain.write_lines(map(_line, checks))
    findings = sum(check.verdict == "finding" for check in checks)
    say("all is well" if not findings else f"{findings} to mend")
    return 1 if findings else 0


def _checks(ctx: click.Context) -> Iterator[Check]:
    from treatybody.cli import health

    yield from health.python()
    yield from health.packages()
    yield from health.extras()
    try:
        found = corpus(ctx)
    except CorpusError as problem:
        yield health.Check("finding", "corpus", str(problem))
    else:
        yield from health.corpus(found)
        yield from health.index(found)
    yield from health.terminal()


def _line(check: Check) -> str:
    cells = (check.verdict, plain.one_line(check.what), plain.one_line(check.said))
    if on_terminal():
        return f"{cells[0]:<8} {cells[1]:<16} {cells[2]}"
    return "\t".join(cells)
