"""Keyword in context: each match in the middle of its line, aligned (a concordance)."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from treatybody.cli.plain import one_line
from treatybody.cli.widths import columns, first_columns, fit, last_columns
from treatybody.model import Hit

SORTS = ("left", "right", "none")
_CITATION = 42  # "CMW/C/SR.577, unnumbered, 118th paragraph"
_PIPED_SIDE = 60
Spans = Sequence[tuple[int, int]]
NoteMarks = Callable[[Hit], Sequence[Spans]]


class Kwic(NamedTuple):
    """One match: where, the text before it, itself, the text behind it."""

    citation: str
    left: str
    match: str
    right: str


def concordance(
    hits: Iterable[Hit], note_marks: NoteMarks, sort: str = "none", reach: int = 200
) -> Iterable[Kwic]:
    """Every match of the hits, those in footnotes too, in their order or sorted by a side.

    Arguments:
        hits: with the spans of their texts.
        note_marks: gives the spans in each footnote of a hit.
        sort: "left" (by the words before, the nearest first), "right" or "none".
        reach: how many characters to each side.
    """
    found = (one for hit in hits for one in _of_hit(hit, note_marks, reach))
    if sort == "none":
        return found
    return sorted(found, key=_by_left if sort == "left" else _by_right)


def _of_hit(hit: Hit, note_marks: NoteMarks, reach: int) -> Iterator[Kwic]:
    citation = one_line(hit.citation)
    for start, end in hit.spans:
        yield _cut(citation, hit.text, start, end, reach)
    if "footnotes" in hit.matched:
        for note, spans in zip(hit.footnotes, note_marks(hit), strict=True):
            for start, end in spans:
                place = f"{citation}, note {one_line(note.mark)}"
                yield _cut(place, note.text, start, end, reach)


def _cut(citation: str, text: str, start: int, end: int, reach: int) -> Kwic:
    left = one_line(text[max(0, start - reach) : start])
    return Kwic(citation, left, one_line(text[start:end]), one_line(text[end : end + reach]))


def _by_left(line: Kwic) -> tuple[list[str], list[str]]:
    return _words(line.left)[::-1], _words(line.right)


def _by_right(line: Kwic) -> tuple[list[str], list[str]]:
    return _words(line.right), _words(line.left)[::-1]


def _words(text: str) -> list[str]:
    """Words as they are compared: without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c if c.isalnum() else " " for c in plain if not _mark(c)).split()


def _mark(character: str) -> bool:
    return unicodedata.combining(character) > 0


def piped(line: Kwic) -> str:
    """A line whose cells are parted by tabs and stand under each other.

    >>> piped(Kwic("CO/1, para. 3", "the ", "right", " to leave"))[42:].replace("\\t", "|")
    '|                                                        the |right| to leave'
    """
    citation = fit(line.citation, max(_CITATION, columns(line.citation)))
    left = last_columns(line.left, _PIPED_SIDE)
    return f"{citation}\t{left}\t{line.match}\t{first_columns(line.right, _PIPED_SIDE)}"


def fitted(lines: Iterable[Kwic], width: int | None = None) -> Iterator[Kwic]:
    """Lines cut to a terminal's width, the matches under each other.

    Arguments:
        width: in columns; the terminal's own by default.
    """
    room = width or shutil.get_terminal_size((120, 24)).columns
    shown = list(lines)
    longest = max((columns(line.citation) for line in shown), default=0)
    citation = min(longest, max(16, room // 2))
    side = max(12, (room - citation - 18) // 2)
    for line in shown:
        after = room - citation - side - columns(line.match) - 5
        yield Kwic(
            fit(line.citation, citation),
            last_columns(line.left, side),
            line.match,
            first_columns(line.right, max(0, after)),
        )
