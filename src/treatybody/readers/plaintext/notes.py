"""Footnotes of text extractions: ``[footnoteRef:4]`` in the text, ``[4: \\t\\tIbid.]`` behind it.

>>> split("Peru replied.[footnoteRef:4] [4: \\tIbid.]")
('Peru replied.[footnoteRef:4] ', [('4', '\\tIbid.')])
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from treatybody.readers.plaintext.pages import Line

MARK = re.compile(r"\[footnoteRef:(\d+)\]")
_BODY = re.compile(r"\[(\d+): ")
_BODY_ENDS = re.compile(r"\][ \t]*(?=\[\d+: |\n|$)")


def whole(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines, with those joined over which a footnote body runs on."""
    open_line: Line | None = None
    waiting: list[Line] = []
    for number, line in lines:
        if open_line is None:
            if _note_is_open(line):
                open_line, waiting = (number, line), []
            else:
                yield number, line
            continue
        waiting.append((number, line))
        joined = "\n".join([open_line[1], *(text for _, text in waiting)])
        if not _note_is_open(joined):
            yield open_line[0], joined
            open_line = None
        elif not line.strip():  # a body never runs over an empty line: the bracket was never shut
            yield open_line
            yield from waiting
            open_line = None
    if open_line:
        yield open_line
        yield from waiting


def _note_is_open(line: str) -> bool:
    return any(
        _opens_body(line, body) and _closing_bracket(line, body.end()) is None
        for body in _BODY.finditer(line)
    )


def _opens_body(paragraph: str, body: re.Match[str]) -> bool:
    """Whether "[4: " opens a footnote body: a tab follows it, or its mark stands before it."""
    tabbed = paragraph.startswith("\t", body.end())
    return tabbed or body.start() == 0 or f"[footnoteRef:{body[1]}]" in paragraph


def _closing_bracket(text: str, start: int) -> int | None:
    """Where the bracket shuts that encloses a footnote body; brackets inside must balance."""
    depth = 0
    for position in range(start, len(text)):
        if text[position] == "[":
            depth += 1
        elif text[position] == "]":
            if depth == 0:
                return position
            depth -= 1
    return None


def _end_of_body(text: str, start: int) -> int | None:
    """The closing bracket; where brackets inside don't balance, one that a line end follows."""
    end = _closing_bracket(text, start)
    fallback = _BODY_ENDS.search(text, start) if end is None else None
    return fallback.start() if fallback else end


def without_bodies(line: str) -> str:
    """A line up to its first footnote body."""
    body = _BODY.search(line)
    return line[: body.start()].rstrip() if body else line.rstrip()


def split(paragraph: str) -> tuple[str, list[tuple[str, str]]]:
    """A paragraph without its footnote bodies, and the bodies with their extractor's numbers."""
    bodies: list[tuple[str, str]] = []
    kept: list[str] = []
    position = 0
    for found in _BODY.finditer(paragraph):
        if found.start() < position:
            continue
        end = _end_of_body(paragraph, found.end())
        if end is None or not _opens_body(paragraph, found):
            continue
        kept.append(paragraph[position : found.start()])
        bodies.append((found[1], paragraph[found.end() : end]))
        position = end + 1
    kept.append(paragraph[position:])
    return "".join(kept), bodies
