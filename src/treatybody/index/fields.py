"""The text fields of a paragraph, and the words that stand in each.

Every field has exact terms and stem terms at the same positions. Values of one field (the
headings of a section path, the footnotes) stand ``GAP`` positions apart, so that no phrase and
no NEAR runs from one into the next.

>>> SEARCHED
('text', 'note')
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from treatybody.index import analysis

if TYPE_CHECKING:
    from treatybody.model import Paragraph

TEXT_FIELDS = ("text", "note", "section", "speaker")
SEARCHED = ("text", "note")  # headings only raise a score: a top heading stands over hundreds
SCORED = ("text", "section", "note")
MATCHED = {"text": "text", "section": "section", "note": "footnotes"}  # as ``Hit.matched`` says
STEM = "_stem"
GAP = 1000


Terms = dict[str, list[int]]
Tokens = Sequence["analysis.Token"]


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


class FieldWords:
    """The words of a field of one paragraph; its terms are made when they are asked for.

    >>> words = FieldWords(["States' reports"], "en")
    >>> words.stem(), words.length
    ({'en:state': [0], 'en:report': [1]}, 2)
    """

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self.tokens = [analysis.words(text) for text in texts]
        self.language = language
        self.length = sum(map(len, self.tokens))

    def exact(self) -> Terms:
        """The exact terms with ascending positions."""
        return self._placed(analysis.exact_terms)

    def stem(self) -> Terms:
        """The stem terms with ascending positions."""
        return self._placed(lambda tokens: analysis.stem_terms(tokens, self.language))

    def _placed(self, terms: Callable[[Tokens], Iterator[tuple[str, int]]]) -> Terms:
        found: Terms = {}
        base = 0
        for tokens in self.tokens:
            for term, position in terms(tokens):
                found.setdefault(term, []).append(base + position)
            base += len(tokens) + GAP
        return found
