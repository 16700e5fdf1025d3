"""Where words stand in a few hits: read from their texts, without postings or arrays."""

from __future__ import annotations

from collections.abc import Sequence

from treatybody.index import analysis
from treatybody.index.found import Found, Marked
from treatybody.query.tree import And, Everything, Exact, Filter, Node, Not, Or, Range, Word

Spans = list[tuple[int, int]]
_UNMARKED = (Not, Filter, Range, Everything)


def words_of(tree: Node) -> dict[Word | Exact, str]:
    """The words that are marked of a tree, with their tokens; none where more than words are.

    >>> words_of(And((Word("torture"), Not(Word("custody")), Exact("State"))))
    {Word(text='torture'): 'torture', Exact(text='State'): 'state'}
    >>> words_of(And((Word("torture"), Or((Word("custody"), Word("prison"))))))
    {}
    """
    items = tree.items if isinstance(tree, (And, Or)) else (tree,)
    found: dict[Word | Exact, str] = {}
    for item in items:
        if isinstance(item, _UNMARKED):
            continue
        if not isinstance(item, (Word, Exact)):
            return {}
        token = analysis.single(item.text, clitics=isinstance(item, Exact))
        if token is None or not token.isalnum():
            return {}
        found[item] = token
    return found


class WordMarker:
    """Finds words in hits: in any of their forms, or in one.

    Arguments:
        words: what is searched, each with its one token, of letters and digits only.
        languages: all languages of the index.
    """

    def __init__(self, words: dict[Word | Exact, str], languages: Sequence[str]) -> None:
        stemmed = [t for w, t in words.items() if isinstance(w, Word) and not analysis.is_cjk(t)]
        self._stems = {analysis.stemmer(one)(text) for one in languages for text in stemmed}
        self._exact = set(words.values()).difference(stemmed)
        self._initials = "".join(sorted({text[0] for text in words.values()}))
        self._known: dict[str, dict[str, bool]] = {}

    def marks(self, hits: Found) -> Marked:
        """Where each of some hits matches."""
        each = zip(hits.paragraphs, [document.language for document in hits.documents], strict=True)
        spans, notes = [], []
        for paragraph, language in each:
            spans.append(self._spans(paragraph.text, language))
            notes.append(any(self._spans(note.text, language) for note in paragraph.footnotes))
        return Marked(map(_fields, spans, notes), spans)

    def _spans(self, text: str, language: str) -> Spans:
        known = self._known.setdefault(language, {})
        spans = []
        for found in analysis.beginning(text, self._initials):
            word = found.group()
            same = known.get(word)
            if same is None:
                same = known[word] = self._is(analysis.fold(word), language)
            if same:
                spans.append(found.span())
        return spans

    def _is(self, word: str, language: str) -> bool:
        if word in self._exact or analysis.plain_number(word) in self._exact:
            return True
        return not analysis.is_cjk(word) and analysis.stemmer(language)(word) in self._stems


def _fields(spans: Sequence[tuple[int, int]], in_notes: bool) -> list[str]:
    return ["text"] * bool(spans) + ["footnotes"] * in_notes
