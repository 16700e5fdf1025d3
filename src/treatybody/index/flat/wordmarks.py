"""Where one word stands in hits, without the executor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from treatybody.index import analysis
from treatybody.index.found import Found, Marked
from treatybody.query.tree import Exact, Word

if TYPE_CHECKING:
    from treatybody.model import Paragraph


class WordMarker:
    """Finds one word in hits: in any of its forms, or in one.

    Arguments:
        word: what is searched.
        text: its one token, of letters and digits only.
        languages: all languages of the index.
    """

    def __init__(self, word: Word | Exact, text: str, languages: Sequence[str]) -> None:
        self._text = text
        self._stemmed = isinstance(word, Word) and not analysis.is_cjk(self._text)
        self._terms = {analysis.stemmer(language)(self._text) for language in languages}
        self._known: dict[str, dict[str, bool]] = {}

    def marks(self, hits: Sequence[Found]) -> Iterator[Marked]:
        """Where each of some hits matches."""
        return (self._mark(hit.paragraph, hit.document.language) for hit in hits)

    def _mark(self, paragraph: Paragraph, language: str) -> Marked:
        spans = self._spans(paragraph.text, language)
        fields = ["text"] if spans else []
        if any(self._spans(note.text, language) for note in paragraph.footnotes):
            fields.append("footnotes")
        return Marked(fields, spans)

    def _spans(self, text: str, language: str) -> list[tuple[int, int]]:
        known = self._known.setdefault(language, {})
        spans = []
        for found in analysis.pattern(text).finditer(text):
            word = found.group()
            same = known.get(word)
            if same is None:
                same = known[word] = self._is(analysis.fold(word), language)
            if same:
                spans.append(found.span())
        return spans

    def _is(self, word: str, language: str) -> bool:
        if not self._stemmed:
            return self._text in (word, analysis.plain_number(word))
        return not analysis.is_cjk(word) and analysis.stemmer(language)(word) in self._terms
