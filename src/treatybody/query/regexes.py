"""Which regular expressions a query may use: those that an automaton can follow.

None of them can run away, since ``query.automaton`` follows all ways to match side by side;
lookaround, back references and possessive repetitions are what that can't do.

>>> check("Re-?integrat.*")
're-?integrat.*'
"""

from __future__ import annotations

import re
from itertools import pairwise

from treatybody.query.automaton import TOKEN, Automaton, TooMuch

LONGEST = 100

_SAFE_ESCAPES = frozenset("dDwWbB.*+?()[]{}|\\/^$-'\"&@:,")
_QUANTIFIER = re.compile(r"[*+?]|\{.+\}")


class RegexProblem(ValueError):
    """A regular expression that is refused; the message says why."""


def check(pattern: str) -> str:
    """Return ``pattern`` in lower case, or raise RegexProblem.

    >>> check("(?=a)")
    Traceback (most recent call last):
    treatybody.query.regexes.RegexProblem: groups that begin with (? are not allowed; ...
    """
    if not pattern:
        raise RegexProblem("there is nothing between these slashes")
    if len(pattern) > LONGEST:
        raise RegexProblem(f"this regular expression is longer than {LONGEST} characters")
    tokens = [match.group() for match in TOKEN.finditer(pattern)]
    for token, following in pairwise([*tokens, ""]):
        _check_allowed(token, following)
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
    try:
        Automaton(pattern)
    except TooMuch:
        message = "this regular expression counts too far in its repetitions; use smaller numbers"
        raise RegexProblem(message) from None


def _check_allowed(token: str, following: str) -> None:
    if token == "(" and following == "?":
        raise RegexProblem("groups that begin with (? are not allowed; use plain brackets")
    if token[0] == "\\" and token[1:] not in _SAFE_ESCAPES:
        raise RegexProblem(f"{token} is not allowed in a query's regular expression")
    if _QUANTIFIER.fullmatch(token) and following == "+":
        raise RegexProblem("a + can't stand behind another repetition; take it away")
    if token[0] == "{" and len(token) > 1:
        _check_bounds(token)


def _check_bounds(token: str) -> None:
    numbers = [number for number in token.strip("{}").split(",") if number]
    if not numbers or any(len(number) > 2 or int(number) > 30 for number in numbers):
        raise RegexProblem(f"{token} is not a count of 30 or less, such as {{2,4}}")
