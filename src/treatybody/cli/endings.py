"""How a command ends: exit codes, and one sentence for each error.

0 found or done; 1 nothing found, or findings; 2 an error, nothing done; 3 done, but some inputs
could not be read; 130 interrupted. A closed pipe is 0. A fault of the program itself is one
sentence and 2 as well; with TREATYBODY_DEBUG set, every error shows where it arose.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import TextIO

import click

from treatybody.cli.group import tb
from treatybody.cli.plain import one_line, safe, told
from treatybody.cli.session import ONLY_READ, speak_utf8
from treatybody.errors import QueryError, TreatybodyError

INTERRUPTED = 130
COMPLETE = "_TB_COMPLETE"  # set by the scripts of `tb completion`
DEBUG = "TREATYBODY_DEBUG"
_LONGEST_REASON = 200
_MARKED = 74  # characters of a query around a mistake: they fit a terminal


def run(arguments: Sequence[str], at_once: Callable[[int], object] = int) -> int:
    """Run the command line; returns the exit code.

    Arguments:
        at_once: ends the process without taking its modules down, which lasts longer than a
            search for one word; called when everything is written and nothing is left to close.
    """
    speak_utf8()
    if COMPLETE in os.environ:
        return _complete(arguments)
    try:
        code, only_read = _invoke(arguments)
        sys.stdout.flush()
        if only_read:
            at_once(code)
    except BrokenPipeError:
        _close_quietly(sys.stdout)
        return 0
    except OSError as error:
        _flush(sys.stdout)
        return _said(_system_error(error), 2)
    except Exception as fault:  # nothing else may end in a traceback
        return _said(_fault(fault), 2)
    return code


def interrupt_again(lost: sys.UnraisableHookArgs) -> None:
    """A hook for what can't be raised: an interruption that is lost there comes once more.

    Python drops what is raised in a callback of its own, such as that of a weak reference; a
    build that was told to stop would go on.
    """
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    import _thread
    from threading import Timer

    timer = Timer(0.01, _thread.interrupt_main)
    timer.daemon = True
    timer.start()


def _invoke(arguments: Sequence[str]) -> tuple[int, bool]:
    """The exit code, and whether the command has only read."""
    try:
        # not tb.main: it answers a closed pipe with exit code 1 before we can
        with tb.make_context("tb", list(arguments)) as context:
            result = tb.invoke(context)
            return (result if isinstance(result, int) else 0), ONLY_READ in context.meta
    except click.exceptions.NoArgsIsHelpError as help_page:
        click.echo(help_page.format_message(), err=True)
        code = help_page.exit_code
    except click.exceptions.Exit as ending:
        code = ending.exit_code
    except click.ClickException as error:
        from treatybody.cli.misuse import usage_sentence

        code = _said(usage_sentence(error), error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        code = _said("interrupted", INTERRUPTED)
    except QueryError as error:
        shown = f"\n{mark(error)}" if error.query.strip() else ""  # nothing to underline
        code = _said(f"{error}{shown}", error.exit_code)
    except TreatybodyError as error:
        code = _said(str(error), error.exit_code)
    return code, False


def _said(sentence: str, code: int) -> int:
    """Say how it ended, and where that arose if asked; returns the exit code."""
    try:
        if os.environ.get(DEBUG) and code != INTERRUPTED:
            import traceback

            click.echo(safe(traceback.format_exc()), err=True)
        click.echo(told(sentence), err=True)
    except OSError:  # nobody hears: the exit code still tells
        _close_quietly(sys.stderr)
    return code


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
    from treatybody.cli.widths import columns

    shown = "".join(c if c.isprintable() else " " for c in error.query)
    begin = max(0, error.start - 40)
    end = begin + _MARKED
    blank = columns(shown[begin : error.start])
    width = max(1, columns(shown[error.start : min(error.end, end)]))
    return f"    {shown[begin:end]}\n    {' ' * blank}{'^' * width}"


def _flush(stream: TextIO) -> None:
    try:
        stream.flush()
    except (OSError, ValueError):
        _close_quietly(stream)


def _close_quietly(stream: TextIO) -> None:
    """Nobody reads any more: what waits must not fail once more at exit, with a code of its own."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _system_error(error: OSError) -> str:
    why = error.strerror or str(error)
    what = f"{why}: {error.filename}" if error.filename else why
    return f"the system refused ({what}); check permissions and free space"


def _fault(fault: Exception) -> str:
    """One sentence on what no command expected.

    >>> _fault(MemoryError())
    'there is not enough memory for this; close other programs or ask for less'
    """
    if isinstance(fault, MemoryError):
        return "there is not enough memory for this; close other programs or ask for less"
    if isinstance(fault, ImportError):
        reason = one_line(str(fault))[:_LONGEST_REASON]
        return f"a part of the program can't be loaded ({reason}); install treatybody again"
    reason = one_line(f"{type(fault).__name__} {fault}")[:_LONGEST_REASON].strip()
    return (
        f"this is a fault of the program, not yours ({reason}, {_place(fault)}); "
        f"run it again with {DEBUG}=1 and report what that shows"
    )


def _place(fault: Exception) -> str:
    """The innermost place of our own code that the fault passed."""
    import traceback

    frames = traceback.extract_tb(fault.__traceback__)
    ours = [one for one in frames if "treatybody" in one.filename] or list(frames)
    if not ours:
        return "somewhere"
    return f"{os.path.basename(ours[-1].filename)} line {ours[-1].lineno}"  # noqa: PTH119
