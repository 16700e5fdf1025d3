"""Markdown that an extraction has written: its signs are left out, its headings are kept.

>>> lines, levels = plain([(1, "# A. Pay"), (2, "**1\\\\.** It *agreed*."), (3, "## Equal pay")])
>>> [line for _, line in lines], levels
(['A. Pay', '1. It *agreed*.', 'Equal pay'], {1: 1, 3: 2})
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from treatybody.readers.plaintext.pages import Line

_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)(?:\s+#+)?\s*")
_FEWEST = 2  # headings that show that a text is Markdown
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>|~-])")
# "- (a) Laws": the dash is one sign too many
_LISTED = re.compile(r"(\s*)[-*+]\s+(?=\(?\w{1,4}\)\s|\w{1,3}\.\s)")


def plain(lines: Sequence[Line]) -> tuple[list[Line], dict[int, int]]:
    """The lines without signs of Markdown, and the levels of its headings by their line.

    A text with fewer than two headings of that form is left as it is.
    """
    headings = {number: found for number, line in lines if (found := _HEADING.fullmatch(line))}
    if len(headings) < _FEWEST:
        return list(lines), {}
    bare = [(n, headings[n][2] if n in headings else line) for n, line in lines]
    return [(n, _unsigned(line)) for n, line in bare], {n: len(f[1]) for n, f in headings.items()}


def _unsigned(line: str) -> str:
    return _ESCAPED.sub(r"\1", _LISTED.sub(r"\1", _BOLD.sub(r"\2", line)))
