"""Paragraphs of a text from its lines.

In one text each line is a paragraph, another is broken at a width; and a label may stand alone on
a line over its text.

>>> text = [(1, "1."), (2, ""), (3, "It agreed, and"), (4, "adopted it."), (5, "(a) Laws;")]
>>> list(paragraphs(text))
[(1, '1.\\tIt agreed, and\\nadopted it.'), (5, '(a) Laws;')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from treatybody.readers.plaintext import notes
from treatybody.readers.plaintext.pages import UNFINISHED, Line

_LABELLED = re.compile(r"\(\w{1,5}\)\s|[\w.]{1,6}[.)] ?\t|\d{1,3}\.\s")
_LABEL_ALONE = re.compile(r"\s*(?:\d{1,3}\.|\([a-z]{1,4}\)|[A-Z]\.|[IVX]{2,5}\.)\s*")
_SMALL_WORD = re.compile(
    r"(?:[,–-]|\b(?:of|the|and|or|to|in|on|for|with|by|its?|an?|de|du|des|la|le|les|et|à|aux?|sur"
    r"|y|el|los|las|del|en|para|por|con|и|о|в|на|по|для|с))\s*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[^\W\dA-ZÀ-ÞА-Я_]|\((?!\w{1,5}\))|(?:Nos?|Nr|Núms?|Nº|N°|№)\b\.?\s")
_OPEN = re.compile(r"[^\s.;:?!]$")
_FEWEST_LINES = 10
_WIDEST = 120
_MOST_HEADING_LINES = 3
_LEADER = re.compile(r"\.{6,}|…{2,}|(?:\. ){6,}")  # to a page, in a table of contents
_BREAK = re.compile(r"\S  $")


def paragraphs(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines that hold something, each with its number; a broken line is put together."""
    width = _wrapped_at([line for _, line in lines])
    headings = _over_labels(lines) if width else set()
    held: Line | None = None
    for place, (number, line) in enumerate(lines):
        if held and _LABEL_ALONE.fullmatch(held[1]) and not _is_labelled(line):
            held = (held[0], f"{held[1].rstrip()}\t{line.strip()}") if line.strip() else held
        elif held and line.strip() and place not in headings and _continues(held[1], line, width):
            held = (held[0], f"{held[1].rstrip()}\n{line}")
        else:
            if held:
                yield held
            held = (number, line) if line.strip() else None
    if held:
        yield held


def _wrapped_at(lines: Sequence[str]) -> int | None:
    """The width at which a text is broken into lines; None where each line is a paragraph.

    A line in twenty may be longer, as those in columns are.
    """
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[-1 - len(lengths) // 20] if lengths else 0
    if len(lengths) < _FEWEST_LINES or width > _WIDEST:
        return None
    full = sum(1 for length in lengths if length > 0.75 * width)
    return width if full > len(lengths) / 2 else None


def _over_labels(lines: Sequence[Line]) -> set[int]:
    """The places of lines between a sentence and a label: there a heading begins.

    A paragraph that is broken at a width would end with a mark before the next one's label.
    """
    filled = [(place, line.rstrip()) for place, (_, line) in enumerate(lines) if line.strip()]
    text = [line for _, line in filled]
    firsts = (_first_open(text, at) for at, line in enumerate(text) if _is_labelled(line))
    return {filled[first][0] for first in firsts if first}


def _first_open(text: Sequence[str], at: int) -> int:
    """The first of the lines above a label that end without a mark; 0 where none is a heading."""
    first = at
    while first and at - first < _MOST_HEADING_LINES and _is_open(text[first - 1]):
        first -= 1
    return first if first < at and first and not _OPEN.search(text[first - 1]) else 0


def _is_open(line: str) -> bool:
    return bool(_OPEN.search(line)) and not _is_labelled(line)


def _is_labelled(line: str) -> bool:
    return bool(_LABELLED.match(line.lstrip()) or _LABEL_ALONE.fullmatch(line))


def _continues(before: str, line: str, width: int | None) -> bool:
    """Whether a line goes on with the paragraph of the line before.

    Arguments:
        before: the paragraph so far.
        line: the line that follows it directly.
        width: where the text breaks its lines, or None.
    """
    if line.startswith("\t") or _is_labelled(line) or notes.MARK.match(line):
        return False
    last = before.rsplit("\n", 1)[-1]
    if _LEADER.search(last) or _LEADER.search(line):
        return False
    if _BREAK.search(last) or (width is not None and len(last.rstrip()) > 0.7 * width):
        return True
    indented = before.lstrip(" ").startswith("\t") and not _LABELLED.match(before.lstrip())
    if indented or not UNFINISHED.search(notes.without_bodies(last)):
        return False
    return bool(_GOES_ON.match(line.lstrip()) or _SMALL_WORD.search(last))
