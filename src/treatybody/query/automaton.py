"""Regular expressions matched in time that grows with the word, whatever the expression.

Backtracking can run away: ``(a|a)(a|a)...`` doubles its work with every bracket. Here all ways to
match are followed side by side, as Thompson described ("Regular expression search algorithm",
Communications of the ACM 11, 1968); the sets of places that were met once are kept, so that most
characters cost one look-up. The syntax is a part of Python's: ``. [ ] ( ) | ? * + {2,4}`` and
some escapes.

>>> test = Automaton("(a+)+b").matches
>>> test("aaab"), test("a" * 5000)
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_NODES = 2_000
MOST_STEPS = 1_000_000  # less than a second of following; look-ups don't count
TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|.", re.DOTALL)
_ASSERTIONS = ("^", "$", r"\b", r"\B")
_ENDLESS = _DEAD = -1

Test = Callable[[str], object]


class TooMuch(Exception):
    """An expression that stands for too many places, or takes too many steps."""


@dataclass(slots=True)
class _Node:
    """A place in the expression: a character's test, an assertion, or a fork to ``then``."""

    test: Test | None = None
    assertion: str = ""
    then: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _State:
    """Where all ways to match stand together, and what was read last: start, word or other."""

    nodes: frozenset[int]
    before: str


class Automaton:
    """An expression that must match a whole word.

    Arguments:
        pattern: one that ``re`` can compile, without lookaround and back references.

    Raises:
        TooMuch: counted repetitions make it too large.
    """

    def __init__(self, pattern: str) -> None:
        self._tokens = [match.group() for match in TOKEN.finditer(pattern)]
        self._at = 0
        self._parts = 0
        self._nodes: list[_Node] = []
        self._end = self._node()
        self.steps = 0
        self._states: list[_State] = []
        self._numbers: dict[_State, int] = {}
        self._following: list[dict[str, int]] = []  # for each state, the next by character
        self._accepting: dict[int, bool] = {}
        self._first = self._number(_State(frozenset([self._choice(self._end)]), "start"))

    def matches(self, word: str) -> bool:
        """Whether the whole word matches.

        Raises:
            TooMuch: more than ``MOST_STEPS`` steps were taken since the automaton was made.
        """
        state = self._first
        following = self._following
        for character in word:
            then = following[state].get(character)
            if then is None:
                then = following[state][character] = self._step(self._states[state], character)
            if then == _DEAD:
                return False
            state = then
        accepted = self._accepting.get(state)
        if accepted is None:
            accepted = self._end in self._reached(self._states[state], "end")
            self._accepting[state] = accepted
        return accepted

    # --- following -------------------------------------------------------------------------------

    def _number(self, state: _State) -> int:
        number = self._numbers.get(state)
        if number is None:
            number = self._numbers[state] = len(self._states)
            self._states.append(state)
            self._following.append({})
        return number

    def _step(self, state: _State, character: str) -> int:
        kind = _kind(character)
        nodes = set()
        for number in self._reached(state, kind):
            node = self._nodes[number]
            if node.test is not None and node.test(character):
                nodes.update(node.then)
        return self._number(_State(frozenset(nodes), kind)) if nodes else _DEAD

    def _reached(self, state: _State, after: str) -> set[int]:
        """The places that can be reached without reading, between two kinds of characters."""
        reached: set[int] = set()
        waiting = list(state.nodes)
        while waiting:
            number = waiting.pop()
            node = self._nodes[number]
            if number in reached or not _holds(node.assertion, state.before, after):
                continue
            reached.add(number)
            if node.test is None:
                waiting += node.then
        self.steps += len(reached) + 1
        if self.steps > MOST_STEPS:
            raise TooMuch
        return reached

    # --- reading, from the end to the start of what each part leads to ---------------------------

    def _node(
        self, then: list[int] | None = None, test: Test | None = None, assertion: str = ""
    ) -> int:
        if len(self._nodes) >= MOST_NODES:
            raise TooMuch
        self._nodes.append(_Node(test, assertion, then or []))
        return len(self._nodes) - 1

    def _choice(self, then: int) -> int:
        """Read alternatives up to a bracket or the end; returns the node that they begin at."""
        begins = [self._sequence(then)]
        while self._at < len(self._tokens) and self._tokens[self._at] == "|":
            self._at += 1
            begins.append(self._sequence(then))
        return begins[0] if len(begins) == 1 else self._node(begins)

    def _sequence(self, then: int) -> int:
        """Read parts in a row: their places are known first, then they are built backwards."""
        parts: list[tuple[int, int, int]] = []  # where the part's tokens begin; its counts
        while self._at < len(self._tokens) and self._tokens[self._at] not in ("|", ")"):
            start = self._at
            self._skip_part()
            parts.append((start, *self._counts()))
        stop = self._at
        for start, least, most in reversed(parts):
            then = self._repeated(start, least, most, then)
        self._at = stop
        return then

    def _skip_part(self) -> None:
        depth = 0
        while True:
            depth += {"(": 1, ")": -1}.get(self._tokens[self._at], 0)
            self._at += 1
            if depth == 0:
                return

    def _counts(self) -> tuple[int, int]:
        """Read what stands behind a part: how often it comes, at least and at most."""
        token = self._tokens[self._at] if self._at < len(self._tokens) else ""
        counts = {"*": (0, _ENDLESS), "+": (1, _ENDLESS), "?": (0, 1)}.get(token)
        if counts is None and len(token) > 1 and token[0] == "{":
            least, comma, most = token[1:-1].partition(",")
            counts = int(least or 0), int(most) if most else _ENDLESS if comma else int(least)
        if counts is None:
            return 1, 1
        self._at += 1
        if self._at < len(self._tokens) and self._tokens[self._at] == "?":
            self._at += 1  # lazy: which way comes first makes no difference for a whole word
        return counts

    def _repeated(self, start: int, least: int, most: int, then: int) -> int:
        if most == _ENDLESS:
            fork = self._node()
            self._nodes[fork].then = [self._part(start, fork), then]
            then = fork
        for _ in range(max(0, most - least)):
            then = self._node([self._part(start, then), then])
        for _ in range(least):
            then = self._part(start, then)
        return then

    def _part(self, start: int, then: int) -> int:
        self._parts += 1
        if self._parts > MOST_NODES:  # brackets with nothing in them make no nodes
            raise TooMuch
        self._at = start + 1
        token = self._tokens[start]
        if token == "(":
            return self._choice(then)
        if token in _ASSERTIONS:
            return self._node([then], assertion=token)
        return self._node([then], test=_test(token))


def _test(token: str) -> Test:
    if len(token) == 1 and token != ".":
        return lambda character: character == token
    return re.compile(token, re.IGNORECASE | re.DOTALL).fullmatch


def _kind(character: str) -> str:
    return "word" if character.isalnum() or character == "_" else "other"


def _holds(assertion: str, before: str, after: str) -> bool:
    if not assertion:
        return True
    if assertion in "^$":
        return before == "start" if assertion == "^" else after == "end"
    return ((before == "word") != (after == "word")) == (assertion == r"\b")
