"""A first page whose head is set in two columns, line by line: the left one, then the right one.

>>> rows = ["United Nations" + " " * 40 + "X/C/PER/1", " " * 54 + "Distr.: General", "", "Text."]
>>> [line for _, line in in_order([*enumerate(rows, start=1)])]
['United Nations', '', 'X/C/PER/1', 'Distr.: General', '', 'Text.']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from treatybody.readers.plaintext.pages import Line

_HEAD = 20  # lines that may belong to the head
_FEWEST = 2  # lines that must have something on the right
_RIGHT = re.compile(r"(?P<left>\s*\S.*?)?(?:(?<=\S)\s{8,}|^\s{50,})(?P<right>\S.*)")


def in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a text, those of its head sorted by columns, if it has two."""
    rows = [(number, line, _RIGHT.fullmatch(line)) for number, line in lines[:_HEAD]]
    on_right = [place for place, (_, _, found) in enumerate(rows) if found]
    if len(on_right) < _FEWEST or on_right[0] > _FEWEST:
        return list(lines)
    end = on_right[-1] + 1
    left = [
        (number, (found["left"] or "") if found else line) for number, line, found in rows[:end]
    ]
    right = [(number, found["right"]) for number, _, found in rows[:end] if found]
    kept = [(number, line) for number, line in left if line.strip()]
    return [*kept, (right[0][0], ""), *right, *lines[end:]]
