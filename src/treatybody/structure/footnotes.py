"""Footnotes: the mark that the page shows, and the note at its place in the text.

Word and PDF readers know the printed mark. Text extractions number all notes through, the
asterisk notes too: the printed mark is then the running number without those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from treatybody.blocks import Note, NoteMark
from treatybody.model import Footnote
from treatybody.structure.drafts import Draft, Line
from treatybody.structure.flow import flow
from treatybody.structure.items import Item
from treatybody.structure.marked import Marked, level


def printed(found: Iterable[Item], notes: Mapping[str, Note]) -> dict[str, str]:
    """What the page shows for each note, by the note's key, in the order of the text.

    >>> from treatybody.blocks import Block, NoteMark
    >>> from treatybody.structure.items import items
    >>> known = {"1": Note(key="1", source_mark="1", mark="*", text="Adopted."),
    ...          "2": Note(key="2", source_mark="2", mark=None, text="Ibid.")}
    >>> block = Block(text="ab", marks=(NoteMark(1, "1"), NoteMark(2, "2")))
    >>> printed(items([block]), known)
    {'1': '*', '2': '1'}
    """
    marks: dict[str, str] = {}
    running = 0
    keys = [mark.key for item in found for mark in item.whole.marks]
    for key in [*keys, *notes]:
        if key in marks:
            continue
        shown = notes[key].mark if key in notes else None
        if shown is None:
            running += 1
            shown = str(running)
        marks[key] = shown
    return marks


def place_strays(masthead: Iterable[Marked], drafts: Sequence[Draft]) -> None:
    """Put notes whose mark stands in the masthead on the title, or on what comes first."""
    keys = [mark.key for text in masthead for mark in text.marks]
    if not keys or not drafts:
        return
    if drafts[0].kind != "title":
        drafts[0].marks[:0] = keys
        return
    line = drafts[0].lines[-1]
    added = tuple(NoteMark(len(line.text.text), key) for key in keys)
    line.text = Marked(line.text.text, (*line.text.marks, *added))


def unplaced(drafts: Sequence[Draft], notes: Mapping[str, Note]) -> list[Draft]:
    """Notes without a mark in the text: kept as lines of their own at the end, and reported."""
    placed = {mark.key for draft in drafts for mark in draft.text().marks}
    return [
        Draft(
            kind="procedural",
            lines=[Line(flow(level(f"{note.source_mark} {note.text}")))],
            fault=f"footnote {note.mark or note.source_mark} has no mark in the text",
        )
        for key, note in notes.items()
        if key not in placed and note.text.strip()
    ]


def are_inferred(notes: Mapping[str, Note]) -> bool:
    """Whether some printed mark had to be counted."""
    return any(note.mark is None for note in notes.values())


def of(text: Marked, notes: Mapping[str, Note], shown: Mapping[str, str]) -> list[Footnote]:
    """The footnotes of a paragraph, in the order of their marks."""
    return [
        Footnote(
            mark=shown[mark.key],
            source_mark=notes[mark.key].source_mark,
            offset=mark.offset,
            text=flow(level(notes[mark.key].text)).text,
        )
        for mark in sorted(text.marks, key=lambda mark: mark.offset)
        if mark.key in notes
    ]
