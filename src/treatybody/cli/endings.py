"""How a command ends: exit codes, and one sentence for each error.

0 found or done; 1 nothing found, or findings; 2 an error, nothing done; 3 done, but some inputs
could not be read; 130 interrupted. A closed pipe is 0.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from treatybody.cli.group import tb
from treatybody.cli.plain import safe
from treatybody.cli.session import speak_utf8
from treatybody.errors import QueryError, TreatybodyError

INTERRUPTED = 130
COMPLETE = "_TB_COMPLETE"  # set by the scripts of `tb completion`


def run(arguments: Sequence[str]) -> int:
    """Run the command line; returns the exit code."""
    speak_utf8()
    if COMPLETE in os.environ:
        return _complete(arguments)
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
        return 0
    except OSError as error:
        return _system_error(error)
    return code


def _invoke(arguments: Sequence[str]) -> int:
    try:
        # not tb.main: it answers a closed pipe with exit code 1 before we can
        with tb.make_context("tb", list(arguments)) as context:
            result = tb.invoke(context)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("tb: interrupted", err=True)
        return INTERRUPTED
    except QueryError as error:
        click.echo(safe(f"tb: {error}\n{mark(error)}"), err=True)
        return error.exit_code
    except TreatybodyError as error:
        click.echo(safe(f"tb: {error}"), err=True)
        return error.exit_code
    return result if isinstance(result, int) else 0


def _complete(arguments: Sequence[str]) -> int:
    """Answer a shell that asks for completions."""
    from treatybody.cli.completing import answer

    return answer(tb, arguments)


def mark(error: QueryError) -> str:
    """The query with the faulty place underlined.

    >>> print(mark(QueryError("a NEAR/10", 2, 9, "NEAR/10 needs something on its right")))
        a NEAR/10
          ^^^^^^^
    """
    shown = "".join(c if c.isprintable() else " " for c in error.query)
    begin = max(0, error.start - 40)
    line = shown[begin : begin + 100]
    width = max(1, min(error.end, begin + 100) - error.start)
    return f"    {line}\n    {' ' * (error.start - begin)}{'^' * width}"


def _close_quietly() -> None:
    """Nobody reads any more: let nothing be flushed into the closed pipe at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _system_error(error: OSError) -> int:
    why = error.strerror or str(error)
    what = f"{why}: {error.filename}" if error.filename else why
    click.echo(f"tb: the system refused ({what}); check permissions and free space", err=True)
    return 2
