"""What a piped search prints of each hit, its citation and its text, without records or numpy."""

from __future__ import annotations

from typing import Any

from treatybody import citations
from treatybody.errors import IndexProblem
from treatybody.index.flat.cold import ColdEngine, ColdMatches
from treatybody.index.glance import Glance
from treatybody.index.published import Folder
from treatybody.query.tree import Node

MOST = 256  # more hits are decoded faster as records
Lines = list[tuple[str, str]]


def lines(index: Folder, tree: Node, sort: str, limit: int | None, offset: int) -> Lines | None:
    """Citations and texts of the hits of a simple tree, as ``Index.search`` gives them.

    Arguments:
        index: the index folder.
        tree: what to search.
        sort, limit, offset: as for ``Index.search``.

    None where that has more to do, or something to say: a tree that is not simple, no hits or
    too many, hits that match in a footnote only, an index that can't be used.
    """
    try:
        glance = Glance(index)
        try:
            return _lines(glance, tree, (sort, limit, offset))
        finally:
            glance.close()
    except (IndexProblem, OSError):
        return None  # what is wrong, and whether it passes, is for the full way to say


def _lines(
    glance: Glance, tree: Node, order: tuple[str, int | None, int]
) -> list[tuple[str, str]] | None:
    engine = ColdEngine(glance, None)
    sort, limit, offset = order
    matches = engine.leading(tree, offset + limit) if limit and sort == "relevance" else None
    matches = matches or engine.matches(tree)
    if matches is None or (limit is None and len(matches) > MOST):
        return None
    numbers = [number for number, _ in engine.ranked(matches, *order)]
    if not 0 < len(numbers) <= MOST or not all(map(matches.in_text, numbers)):
        return None
    return [_line(glance, engine, matches, number) for number in numbers]


def _line(glance: Glance, engine: ColdEngine, matches: ColdMatches, number: int) -> tuple[str, str]:
    paragraph, document = glance.paragraph(number), glance.document_of(number)
    point = None
    if paragraph.subparagraphs:
        point = _pinpoint(engine, matches, number, paragraph, document)
    return citations.cite(paragraph, document, point), paragraph.text


def _pinpoint(engine: ColdEngine, matches: ColdMatches, number: int, *record: Any) -> str | None:
    from treatybody.index.found import Found, pinpoint_of

    paragraph, document = record
    hit = Found([number], [paragraph], [document])
    marked = engine.marker(matches, [number]).marks(hit)
    ((fields, spans),) = zip(*marked, strict=True)
    return pinpoint_of(paragraph, fields, spans)
