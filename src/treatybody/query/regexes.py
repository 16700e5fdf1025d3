"""Which regular expressions a query may use: those that can't run away.

Matching time stays small because a repeated group holds neither a repetition nor a choice, there
are few repetitions, and nothing looks back or ahead. Words are short, so this is enough.

>>> check("Re-?integrat.*")
're-?integrat.*'
"""

from __future__ import annotations

import re

LONGEST = 100
MOST_REPEATS = 3
MOST_OPTIONAL = 6

_TOKEN = re.compile(r"\\(.)|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|.", re.DOTALL)
_SAFE_ESCAPES = frozenset("dDwWbB.*+?()[]{}|\\/^$-'\"&@:,")


class RegexProblem(ValueError):
    """A regular expression that is refused; the message says why."""


def check(pattern: str) -> str:
    """Return ``pattern`` in lower case, or raise RegexProblem.

    >>> check("(a+)+")
    Traceback (most recent call last):
    treatybody.query.regexes.RegexProblem: a repeated group can't hold another repetition ...
    """
    if not pattern:
        raise RegexProblem("there is nothing between these slashes")
    if len(pattern) > LONGEST:
        raise RegexProblem(f"this regular expression is longer than {LONGEST} characters")
    tokens = [match.group() for match in _TOKEN.finditer(pattern)]
    _check_tokens(tokens)
    lowered = "".join(token if token[0] == "\\" else _lower(token) for token in tokens)
    _compile(lowered)
    return lowered


def _lower(token: str) -> str:
    """Lower a literal or a class, its escapes left alone."""
    return re.sub(r"\\.|[^\\]+", lambda m: m[0] if m[0][0] == "\\" else m[0].lower(), token)


def _compile(pattern: str) -> None:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(pattern)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        message = f"this regular expression can't be read: {error}"
        raise RegexProblem(message) from None


def _check_tokens(tokens: list[str]) -> None:
    """Walk over the tokens; ``busy`` holds, for each open group, whether it repeats or chooses."""
    busy = [False]
    closed: bool | None = None
    repeats = optional = 0
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        _check_allowed(token, following)
        quantifier = _quantifier(token)
        if quantifier:
            repeats += quantifier == "repeat"
            optional += 1
            if quantifier == "repeat" and closed:
                raise RegexProblem(
                    "a repeated group can't hold another repetition or a choice; "
                    "use a class such as [ab] instead"
                )
            busy[-1] = True
        closed = None
        if token == "(":
            busy.append(False)
        elif token == ")" and len(busy) > 1:
            closed = busy.pop()
            busy[-1] = busy[-1] or closed
        elif token == "|":
            busy[-1] = True
    _check_counts(repeats, optional)


def _check_counts(repeats: int, quantifiers: int) -> None:
    if repeats > MOST_REPEATS or quantifiers > MOST_OPTIONAL:
        raise RegexProblem(
            f"at most {MOST_REPEATS} repetitions (*, +, {{n}}) and {MOST_OPTIONAL} signs of "
            "repetition in all (?, too) are allowed; use fewer"
        )


def _quantifier(token: str) -> str:
    if token in ("*", "+") or (len(token) > 1 and token[0] == "{"):
        return "repeat"
    return "optional" if token == "?" else ""


def _check_allowed(token: str, following: str) -> None:
    if token == "(" and following == "?":
        raise RegexProblem("groups that begin with (? are not allowed; use plain brackets")
    if token[0] == "\\" and token[1:] not in _SAFE_ESCAPES:
        raise RegexProblem(f"{token} is not allowed in a query's regular expression")
    if token[0] == "{" and len(token) > 1:
        _check_bounds(token)


def _check_bounds(token: str) -> None:
    numbers = [number for number in token.strip("{}").split(",") if number]
    if not numbers or any(len(number) > 2 or int(number) > 30 for number in numbers):
        raise RegexProblem(f"{token} is not a count of 30 or less, such as {{2,4}}")
