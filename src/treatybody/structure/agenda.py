"""Whose report a meeting considers, as the agenda lines of its summary record print it.

The record's own symbol names no State. Its agenda does: "Initial report of Peru (continued)
(CMW/C/PER/1; CMW/C/PER/Q/1)". Where a meeting considers the reports of two States, the record
is of neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from treatybody import states, symbols
from treatybody.structure import wording
from treatybody.structure.facts import Facts
from treatybody.structure.headings import is_sentence
from treatybody.structure.items import Item

_NEAR = 16  # blocks
_LONGEST = 300
_LONGEST_NAME = 8  # words
_BRACKETS = re.compile(r"\s*\([^()]*\)")


def infer(title: Sequence[Item], body: Sequence[Item], facts: Facts) -> None:
    """Add State and cycle of a summary record, where its agenda names one of each."""
    lines = [item.whole.text for item in (*title, *body[:_NEAR]) if _is_line(item)]
    found = [
        symbol
        for line in lines
        for _, _, symbol in symbols.find(line, facts.values.get("committee"))
        if symbol.state
    ]
    named = {symbol.state for symbol in found} or {_reporting(line) for line in lines} - {None}
    if len(named) == 1:
        facts.add("state", named.pop(), "inferred: from the agenda")
        cycles = {symbol.cycle for symbol in found if symbol.cycle}
        if len(cycles) == 1:
            facts.add("cycle", cycles.pop(), "inferred: from the agenda")


def _is_line(item: Item) -> bool:
    text = item.whole.text
    return item.block.cell is None and len(text) < _LONGEST and not is_sentence(text)


def _reporting(line: str) -> str | None:
    """The State whose report a line names: "Initial report of Peru (continued)"."""
    if not wording.opens("heading_words", "title", line):
        return None
    return named_at_end(_BRACKETS.sub("", line))


def named_at_end(text: str) -> str | None:
    """The code of the State that a title ends with.

    >>> named_at_end("Second periodic report of the Republic of Korea"), named_at_end("Report")
    ('KOR', None)
    """
    words = text.strip("* ,").split()
    for start in range(max(0, len(words) - _LONGEST_NAME), len(words)):
        state = states.find(" ".join(words[start:]).strip("*,. "))
        if state:
            return state.code
    return None
