"""Hits in the form that was asked for: cards, lines, JSON, a concordance, one a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from treatybody import citations
from treatybody.cli import plain
from treatybody.cli.cards import Around, Line, Surroundings, hit_card
from treatybody.cli.session import on_terminal, say
from treatybody.cli.timing import Clock
from treatybody.model import Hit, Paragraph

if TYPE_CHECKING:
    from treatybody.index import Index
    from treatybody.query.tree import Node

ON_TERMINAL = 10
FOOTNOTES = "footnotes"
Found = Iterable[tuple[Hit, int | None]]


def documents(index: Index, tree: Node, as_json: bool) -> int:
    """Print the documents that have hits; returns how many."""
    keys = sorted(key for key, _ in index.facet(tree, "document"))
    if as_json:
        return plain.write_lines(plain.json_line(index.document(key)) for key in keys)
    return plain.write_lines(map(plain.one_line, keys))


def hits(index: Index, tree: Node, options: Mapping[str, Any], clock: Clock) -> int:
    """Print hits; returns how many there are, shown or not."""
    limit = options["limit"]
    person = on_terminal() and not options["as_json"]
    if limit is None and person:
        limit = ON_TERMINAL
    found, total = _found(index, tree, options, limit)
    clock.stop("finding and ranking")
    shown = _print(index, tree, found, options)
    clock.stop("reading and printing")
    if total is None:
        everything = limit is None and shown
        total = options["offset"] + shown if everything else index.count(tree)
    _say_rest(shown, total, options, person)
    return total


def _found(
    index: Index, tree: Node, options: Mapping[str, Any], limit: int | None
) -> tuple[Found, int | None]:
    """What to print, and how many there are where that is known already."""
    if options["group"]:
        return grouped(index, tree, options, limit)
    found = index.search(tree, limit=limit, offset=options["offset"], sort=options["sort"])
    return ((hit, None) for hit in found), None


def grouped(
    index: Index, tree: Node, options: Mapping[str, Any], limit: int | None
) -> tuple[Found, int]:
    """The best hit of each document with the number of its hits, and how many documents."""
    counts = dict(index.facet(tree, "document"))
    last = len(counts) if limit is None else min(len(counts), options["offset"] + limit)
    best: dict[str, Hit] = {}
    by_relevance = options["sort"] == "relevance"
    for hit in index.search(tree):
        if hit.document not in best:
            best[hit.document] = hit
        if len(best) == (last if by_relevance else len(counts)):
            break
    keys = list(best)
    if not by_relevance:
        order = (hit.document for hit in index.search(tree, sort=options["sort"], spans=False))
        keys = list(dict.fromkeys(order))
    wanted = keys[options["offset"] : last]
    return [(best[key], counts[key]) for key in wanted], len(counts)


def _print(index: Index, tree: Node, found: Found, options: Mapping[str, Any]) -> int:
    around = Surroundings(index, tree, options["context"])
    if options["as_json"]:
        return plain.write_lines(_json(hit, count, around) for hit, count in found)
    if options["kwic"] or options["kwic_sort"]:
        return _concordance(around, (hit for hit, _ in found), options["kwic_sort"] or "none")
    if on_terminal():
        from treatybody.cli.render import cards

        return cards(_card(hit, count, around) for hit, count in found)
    return _lines(found, around)


def _json(hit: Hit, count: int | None, around: Surroundings) -> str:
    """A hit; with its neighbours or its document's count when they were asked for."""
    if not around.context and count is None:
        return plain.json_line(hit)
    record = {name: getattr(hit, name) for name in hit.__struct_fields__}
    if count is not None:
        record["count"] = count
    if around.context:
        record["before"], record["after"] = around.neighbours(hit)
    return plain.json_line(record)


def _card(hit: Hit, count: int | None, around: Surroundings) -> Iterator[Line]:
    beside = around.of(hit)
    if count is not None:
        more = "1 matching paragraph" if count == 1 else f"best of {count:,} matching paragraphs"
        beside = _with(beside, in_document=f"{more} in this document")
    return hit_card(hit, beside)


def _with(around: Around, **changes: Any) -> Around:
    from dataclasses import replace

    return replace(around, **changes)


def _lines(found: Found, around: Surroundings) -> int:
    """One hit a line; neighbours on lines that begin with two blanks, groups parted as by grep."""
    count = in_notes = 0
    for hit, in_document in found:
        in_notes += hit.matched == [FOOTNOTES]
        before, after = around.neighbours(hit)
        if count and around.context:
            plain.write_lines(["--"])
        plain.write_lines(_neighbour(paragraph, hit) for paragraph in before)
        plain.write_lines([_line(hit, in_document)])
        plain.write_lines(_neighbour(paragraph, hit) for paragraph in after)
        count += 1
    if in_notes:
        say(
            f"{_hits(in_notes, count)} in a footnote only, which these lines don't show; see --json"
        )
    return count


def _hits(some: int, all_of_them: int) -> str:
    """How many of the hits, as the subject of a sentence.

    >>> _hits(1, 1), _hits(1, 3), _hits(2, 3)
    ('the hit is', '1 of 3 hits is', '2 of 3 hits are')
    """
    if some == all_of_them == 1:
        return "the hit is"
    return f"{some:,} of {all_of_them:,} hits {'is' if some == 1 else 'are'}"


def _line(hit: Hit, count: int | None) -> str:
    if count is None:
        return plain.hit_line(hit)
    return f"{plain.one_line(hit.citation)}\t{count}\t{plain.one_line(hit.text)}"


def _neighbour(paragraph: Paragraph, hit: Hit) -> str:
    citation = citations.cite(paragraph, hit)
    return f"  {plain.one_line(citation)}\t{plain.one_line(paragraph.text)}"


def _concordance(around: Surroundings, found: Iterable[Hit], sort: str) -> int:
    from treatybody.cli import kwic

    counter = _Counter(found)
    lines = kwic.concordance(counter, _note_marks(around), sort)
    if on_terminal():
        from treatybody.cli.render import concordance

        printed = concordance(kwic.fitted(lines))
    else:
        printed = plain.write_lines(map(kwic.piped, lines))
    if printed == 0 and counter.count:
        say("these hits have no match in a text: headings or filters alone found them")
    return counter.count


def _note_marks(around: Surroundings) -> Callable[[Hit], Any]:
    return lambda hit: around.of(hit).notes


class _Counter:
    """An iterable that knows how many it gave."""

    def __init__(self, found: Iterable[Hit]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[Hit]:
        for hit in self._found:
            self.count += 1
            yield hit


def _say_rest(shown: int, total: int, options: Mapping[str, Any], person: bool) -> None:
    what = "documents" if options["group"] else "hits"
    if options["kwic"] or options["kwic_sort"]:
        what = "paragraphs"  # which may have several lines each
    first = options["offset"] + 1
    last = options["offset"] + shown
    if not shown and total and options["limit"] != 0:
        say(f"there are only {total:,} {what}; --offset {options['offset']} is past the last")
    elif person and total > shown:
        more = f"; more with --offset {last}, all with -n {total}" if last < total else ""
        some = f"{what} {first:,}-{last:,}" if last > first else f"{what.rstrip('s')} {first:,}"
        say(f"{some} of {total:,}{more}")
