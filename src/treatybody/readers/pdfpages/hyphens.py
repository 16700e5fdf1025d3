"""Words divided at line ends: the hyphen stays unless the document writes the word without it.

UN documents are not hyphenated: a hyphen at a line end is nearly always one of the word's own
(non-governmental, decision-making).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HEAD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*$")
_TAIL = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# After a suspended hyphen ("short- and long-term") the blank stays.
_CONJUNCTION = re.compile(r"(?:and|or|to|et|ou|y|o|u|e|и|или)\s")
SOFT = "\u00ad"


class Words:
    """The words that stand undivided in the document; collected when first asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts
        self._words: set[str] | None = None

    def __contains__(self, word: str) -> bool:
        if self._words is None:
            self._words = {w for text in self._texts for w in _WORD.findall(text.casefold())}
        return word.casefold() in self._words


def joined(before: str, after: str, words: Words) -> str:
    """Two lines' texts as one.

    Arguments:
        before, after: the texts, no blank at their ends.
        words: what the document writes elsewhere.

    >>> joined("by non-", "governmental bodies", Words([]))
    'by non-governmental bodies'
    >>> joined("the imple-", "mentation", Words(["implementation"]))
    'the implementation'
    >>> joined("short-", "and long-term", Words([]))
    'short- and long-term'
    >>> joined("persons with", "disabilities", Words([]))
    'persons with disabilities'
    """
    if not before or not after:
        return before or after
    if before.endswith(SOFT):
        return before[:-1] + after
    if before[-1] in "/—–" and before[-2:-1] not in ("", " "):
        return before + after
    if not before.endswith("-") or not after[0].isalnum() or before[-2:-1] in ("", " "):
        return f"{before} {after}"
    if _CONJUNCTION.match(after):
        return f"{before} {after}"
    head, tail = _HEAD.search(before[:-1]), _TAIL.match(after)
    if head and tail and after[0].islower():
        plain, hyphened = head.group() + tail.group(), f"{head.group()}-{tail.group()}"
        if plain in words and hyphened not in words:
            return before[:-1] + after
    return before + after
