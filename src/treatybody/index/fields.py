"""The text fields of a paragraph, and the words that stand in each.

Every field has exact terms and stem terms at the same positions. Values of one field (the
headings of a section path, the footnotes) stand ``GAP`` positions apart, so that no phrase and
no NEAR runs from one into the next.

>>> SEARCHED
('text', 'note')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from treatybody.index import analysis
from treatybody.model import Paragraph

TEXT_FIELDS = ("text", "note", "section", "speaker")
SEARCHED = ("text", "note")  # headings only raise a score: a top heading stands over hundreds
SCORED = ("text", "section", "note")
MATCHED = {"text": "text", "section": "section", "note": "footnotes"}  # as ``Hit.matched`` says
STEM = "_stem"
GAP = 1000


class FieldWords(NamedTuple):
    """A field of one paragraph: its terms with ascending positions, and its number of words."""

    exact: dict[str, list[int]]
    stem: dict[str, list[int]]
    length: int


def values(paragraph: Paragraph, field: str) -> Sequence[str]:
    """The texts that a field of a paragraph holds."""
    if field == "text":
        return [paragraph.text]
    if field == "note":
        return [note.text for note in paragraph.footnotes]
    if field == "section":
        return paragraph.section
    speaker = paragraph.speaker
    return [] if speaker is None else [f"{speaker.name} {speaker.role or ''}"]


def analyse(texts: Sequence[str], language: str) -> FieldWords:
    """The terms of a field's values.

    >>> analyse(["States' reports"], "en").stem
    {'en:state': [0], 'en:report': [1]}
    """
    exact: dict[str, list[int]] = {}
    stem: dict[str, list[int]] = {}
    base = length = 0
    for text in texts:
        tokens = analysis.words(text)
        _add(exact, analysis.exact_terms(tokens), base)
        _add(stem, analysis.stem_terms(tokens, language), base)
        length += len(tokens)
        base += len(tokens) + GAP
    return FieldWords(exact, stem, length)


def _add(found: dict[str, list[int]], terms: Iterator[tuple[str, int]], base: int) -> None:
    for term, position in terms:
        found.setdefault(term, []).append(base + position)
