"""Where one word stands in hits, without the executor."""

from __future__ import annotations

from collections.abc import Sequence

from treatybody.index import analysis
from treatybody.index.found import Found, Marked
from treatybody.query.tree import Exact, Word


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

    def marks(self, hits: Found) -> Marked:
        """Where each of some hits matches."""
        each = zip(hits.paragraphs, [document.language for document in hits.documents], strict=True)
        spans, notes = [], []
        for paragraph, language in each:
            spans.append(self._spans(paragraph.text, language))
            notes.append(any(self._spans(note.text, language) for note in paragraph.footnotes))
        return Marked(map(_fields, spans, notes), spans)

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


def _fields(spans: Sequence[tuple[int, int]], in_notes: bool) -> list[str]:
    return ["text"] * bool(spans) + ["footnotes"] * in_notes
