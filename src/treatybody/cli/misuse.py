"""Wrong options and arguments, said in one sentence as everything else is."""

from __future__ import annotations

import re

import click

_PLAINER = (
    ("is not a valid integer range", "is not a whole number"),
    ("is not a valid float range", "is not a number"),
    ("is not a valid integer", "is not a whole number"),
    (re.compile(r"is not in the range 1<=x<=(\d+)"), r"is not from 1 to \1"),
    (re.compile(r"is not in the range 0<=x<=(\d+)"), r"is not from 0 to \1"),
    (re.compile(r"is not in the range 0<x<=(\S+?)(?:\.0)?$"), r"is not above 0 and up to \1"),
    ("is not in the range x>=0", "is less than 0"),
)


def usage_sentence(error: click.ClickException) -> str:
    """What was wrong with the command line and what to do, without click's lines around it.

    >>> usage_sentence(click.BadParameter("'x' is not a valid integer range.", param_hint="'-n'"))
    "invalid value for '-n': 'x' is not a whole number"
    """
    sentence = _plainer(_message(error))
    ctx = getattr(error, "ctx", None)
    if ctx is None or "`tb " in sentence or "tb " in sentence.partition(": ")[2]:
        return sentence
    return f"{sentence}; `{ctx.command_path} --help` tells more"


def _message(error: click.ClickException) -> str:
    if isinstance(error, click.BadParameter) and "'-n' / '--limit': '" in error.format_message():
        return error.format_message().rstrip(".") + _excluding(error)  # from -note:x or -number
    if not isinstance(error, click.NoSuchOption):
        return error.format_message()
    message = f"there is no option {error.option_name}"
    if error.possibilities:
        return f"{message}; did you mean {' or '.join(sorted(error.possibilities)[:3])}?"
    return message if error.option_name.startswith("--") else message + _excluding(error)


def _excluding(error: click.UsageError) -> str:
    """People who exclude a word without quoting the query mean no option.

    What follows a single hyphen is cut into letters before it is known to be wrong.
    """
    if error.ctx is None or not any(p.name == "query" for p in error.ctx.command.params):
        return ""
    return (
        "; to leave a word out, put the query into quotes, with -- before it if it begins with -: "
        f"tb {error.ctx.info_name} -- '-word other'"
    )


def _plainer(message: str) -> str:
    text = message.strip().removesuffix(".")
    for clumsy, plain in _PLAINER:
        text = text.replace(clumsy, plain) if isinstance(clumsy, str) else clumsy.sub(plain, text)
    return text[:1].lower() + text[1:]
