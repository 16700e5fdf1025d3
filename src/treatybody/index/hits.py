"""Hits: a paragraph with where the query matches in it, found by reading the paragraph again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from treatybody import citations
from treatybody.index import analysis
from treatybody.index.execute import Executor, field_named
from treatybody.index.expansion import Expander, Pattern
from treatybody.index.facts import Facts
from treatybody.index.fields import MATCHED, SEARCHED
from treatybody.index.found import Found as Found
from treatybody.index.found import Marked as Marked
from treatybody.index.found import Marks as Marks
from treatybody.index.found import Spans, pinpoint_of
from treatybody.index.postings import ParagraphPostings
from treatybody.index.spans import Piece
from treatybody.model import Document, Hit, Paragraph
from treatybody.query.tree import And, Everything, Filter, Node, Not, Or, Range, Synonyms, Within

Placed = set[tuple[str, Piece]]


class Marker:
    """Finds the matches of one tree in paragraphs.

    Arguments:
        tree: the query.
        expander, facts: of the index, so that patterns and filters mean the same.
        languages: all languages of the index.
    """

    def __init__(
        self, tree: Node, expander: Expander, facts: Facts, languages: Sequence[str]
    ) -> None:
        self.tree = tree
        self.expander = expander
        self.facts = facts
        self.languages = languages

    def marks(self, hits: Found) -> Marked:
        """Where each of some hits matches."""
        marked = list(map(self._mark, *hits))
        return Marked([fields for fields, _ in marked], [spans for _, spans in marked])

    def _mark(
        self, number: int, paragraph: Paragraph, document: Document
    ) -> tuple[list[str], list[tuple[int, int]]]:
        postings = ParagraphPostings(number, paragraph, document.language, self.languages)
        placed = self._placed(postings)
        fields = {field for field, _ in placed}
        pieces = [piece for field, piece in placed if field == "text"]
        (words,) = postings.words_of("text").tokens if pieces else ([],)
        names = [name for field, name in MATCHED.items() if field in fields]
        return names, spans_of_words(words, pieces)

    def places(self, number: int, paragraph: Paragraph, language: str) -> Placed:
        """The fields and positions that make the paragraph a match."""
        return self._placed(ParagraphPostings(number, paragraph, language, self.languages))

    def _placed(self, postings: ParagraphPostings) -> Placed:
        executor = _OneParagraph(postings, self.expander, self.facts)
        return set(_places(self.tree, executor, SEARCHED))


class _OneParagraph(Executor):
    """Executes within one paragraph: of the words of a pattern it tries those that are there."""

    postings: ParagraphPostings

    def expanded(self, pattern: Pattern, field: str) -> Sequence[str]:
        there = self.postings.terms_of(field)
        return [word for word in super().expanded(pattern, field) if word in there]


def _places(node: Node, executor: Executor, fields: tuple[str, ...]) -> Iterator[tuple[str, Piece]]:
    """The pieces of what matches; of alternatives only those that hold."""
    match node:
        case Not() | Filter() | Range() | Everything():
            return
        case Within(name, inner):
            yield from _places(inner, executor, (field_named(name),))
        case And(items) | Or(items):
            yield from _places_of_several(node, items, executor, fields)
        case Synonyms(typed, others):
            yield from _places(Or((typed, *others)), executor, fields)
        case _:
            for field in fields:
                for matches in executor.located(node, field).values():
                    for pieces in matches.values():
                        yield from ((field, piece) for piece in pieces)


def _places_of_several(
    node: Node, items: Sequence[Node], executor: Executor, fields: tuple[str, ...]
) -> Iterator[tuple[str, Piece]]:
    if executor.numbers(node, fields):
        for item in items:
            yield from _places(item, executor, fields)


def make_hit(
    paragraph: Paragraph, document: Document, score: float, matched: Sequence[str], spans: Spans
) -> Hit:
    """A hit from what was found and where the match lies."""
    point = pinpoint_of(paragraph, matched, spans)
    # by name, since taking a record apart and putting it together takes twice the time
    return Hit(
        id=paragraph.id,
        document=paragraph.document,
        number=paragraph.number,
        position=paragraph.position,
        kind=paragraph.kind,
        section=paragraph.section,
        text=paragraph.text,
        subparagraphs=paragraph.subparagraphs,
        footnotes=paragraph.footnotes,
        table=paragraph.table,
        speaker=paragraph.speaker,
        page=paragraph.page,
        line=paragraph.line,
        symbol=document.symbol,
        type=document.type,
        committee=document.committee,
        state=document.state,
        date=document.date,
        language=document.language,
        title=document.title,
        score=score,
        matched=list(matched),
        spans=list(spans),
        pinpoint=point,
        citation=citations.cite(paragraph, document, point),
    )


def character_spans(text: str, pieces: Iterable[Piece]) -> list[tuple[int, int]]:
    """Where words stand in a text, in code points; overlapping ones are one.

    >>> character_spans("a suspensive effect", [(1, 2), (2, 2)])
    [(2, 19)]
    """
    return spans_of_words(analysis.words(text), pieces)


def spans_of_words(
    words: Sequence[analysis.Token], pieces: Iterable[Piece]
) -> list[tuple[int, int]]:
    """Where words stand, in code points of the text that they are of."""
    spans: list[tuple[int, int]] = []
    for first, last in sorted(pieces):
        start, end = words[first].start, words[last].end
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans
