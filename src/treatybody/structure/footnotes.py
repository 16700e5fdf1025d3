"""Footnotes: the mark that the page shows, and the note at its place in the text.

Word and PDF readers know the printed mark. Text extractions number all notes through, the
asterisk notes too: the printed mark is then the running number without those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from treatybody.blocks import Block, Note
from treatybody.model import Footnote
from treatybody.structure.flow import flow
from treatybody.structure.marked import Marked, level


def printed_marks(blocks: Iterable[Block], notes: Mapping[str, Note]) -> dict[str, str]:
    """What the page shows for each note, by the note's key, in the order of the text.

    >>> from treatybody.blocks import NoteMark
    >>> known = {"1": Note(key="1", source_mark="1", mark="*", text="Adopted."),
    ...          "2": Note(key="2", source_mark="2", mark=None, text="Ibid.")}
    >>> printed_marks([Block(text="ab", marks=(NoteMark(1, "1"), NoteMark(2, "2")))], known)
    {'1': '*', '2': '1'}
    """
    marks: dict[str, str] = {}
    running = 0
    keys = [mark.key for block in blocks for mark in block.marks]
    for key in [*keys, *notes]:
        if key in marks:
            continue
        printed = notes[key].mark if key in notes else None
        if printed is None:
            running += 1
            printed = str(running)
        marks[key] = printed
    return marks


def are_inferred(notes: Mapping[str, Note]) -> bool:
    """Whether some printed mark had to be counted."""
    return any(note.mark is None for note in notes.values())


def of(text: Marked, notes: Mapping[str, Note], printed: Mapping[str, str]) -> list[Footnote]:
    """The footnotes of a paragraph, in the order of their marks."""
    return [
        Footnote(
            mark=printed[mark.key],
            source_mark=notes[mark.key].source_mark,
            offset=mark.offset,
            text=flow(level(notes[mark.key].text)).text,
        )
        for mark in sorted(text.marks, key=lambda mark: mark.offset)
        if mark.key in notes
    ]
