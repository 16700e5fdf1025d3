"""What a card says, line by line; ``render.py`` gives the lines colour and width.

A card begins with the citation, which can be pasted into a footnote; below stand the document's
facts, the heading path, the neighbours that were asked for, the text, notes and links.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from treatybody import citations
from treatybody.cli.names import facts_line
from treatybody.cli.passage import Passage, Span, passage
from treatybody.cli.plain import one_line, safe
from treatybody.model import Document, Footnote, Hit, Link, Paragraph, Speaker, Subparagraph

if TYPE_CHECKING:
    from treatybody.index import Index
    from treatybody.query.tree import Node

_NEIGHBOUR = 400
_NOTE = 500


@dataclass(frozen=True)
class Line:
    """One line of a card before it is wrapped.

    Arguments:
        text: safe to print, without line breaks.
        style: "citation", "facts", "section", "speaker", "text", "neighbour", "note" or "remark".
        spans: the matches, offsets of ``text``.
        indent: columns before the first line.
        label: what stands before the text and is hung out: "(a) ".
    """

    text: str
    style: str
    spans: Sequence[Span] = ()
    indent: int = 0
    label: str = ""


@dataclass(frozen=True)
class Around:
    """What stands around a hit: neighbours of its document, matches in its notes, links."""

    before: Sequence[Paragraph] = ()
    after: Sequence[Paragraph] = ()
    notes: Sequence[Sequence[Span]] = ()
    headings: Sequence[Sequence[Span]] = ()
    links_from: int = 0
    links_to: int = 0
    in_document: str = ""


@dataclass
class Surroundings:
    """Looks up what stands around hits.

    Arguments:
        index: an open index.
        tree: the query, for the matches in notes and headings.
        context: how many neighbours to each side.
    """

    index: Index
    tree: Node
    context: int = 0
    _links: tuple[Counter[str], Counter[str]] | None = field(default=None, init=False)

    def of(self, hit: Hit) -> Around:
        """Everything that a card shows around a hit."""
        before, after = self.neighbours(hit)
        self._links = self._links or counted(self.index.links())
        return Around(
            before=before,
            after=after,
            notes=self._marks(hit, "note", "footnotes"),
            headings=self._marks(hit, "section", "section"),
            links_from=self._links[0][hit.id],
            links_to=self._links[1][hit.id],
        )

    def neighbours(self, hit: Hit) -> tuple[list[Paragraph], list[Paragraph]]:
        """The paragraphs of the same document before and after a hit, in order."""
        if not self.context:
            return [], []
        paragraphs = self.index.paragraphs(hit.document)
        place = next(i for i, paragraph in enumerate(paragraphs) if paragraph.id == hit.id)
        first = max(0, place - self.context)
        return paragraphs[first:place], paragraphs[place + 1 : place + 1 + self.context]

    def _marks(self, hit: Hit, name: str, said: str) -> Sequence[Sequence[Span]]:
        if said not in hit.matched:
            return ()
        from treatybody.index.marks import Marks

        return Marks(self.index, self.tree).places(hit, name)


def counted(links: Iterable[Link]) -> tuple[Counter[str], Counter[str]]:
    """How many links lead from and to each paragraph, those of its sub-paragraphs with it."""
    leaving: Counter[str] = Counter()
    arriving: Counter[str] = Counter()
    for link in links:
        leaving[paragraph_of(link.source)] += 1
        arriving[paragraph_of(link.target)] += 1
    return leaving, arriving


def paragraph_of(address: str) -> str:
    """The paragraph that an address lies in.

    >>> paragraph_of("CMW/C/PER/QPR/2#11(a)(ii)")
    'CMW/C/PER/QPR/2#11'
    """
    document, mark, fragment = address.rpartition("#")
    return document + mark + fragment.split("(")[0] if mark else address


def hit_card(hit: Hit, around: Around) -> Iterator[Line]:
    """The card of a hit."""
    yield Line(one_line(hit.citation), "citation")
    yield Line(facts_line(hit), "facts")
    if around.in_document:
        yield Line(around.in_document, "remark")
    yield from _section(hit.section, around.headings)
    yield from _speaker(hit.speaker)
    for paragraph in around.before:
        yield _neighbour(paragraph, hit)
    part = passage(hit.text, hit.spans)
    yield from text_lines(part, hit.subparagraphs)
    if part.left_out:
        yield Line(_rest(part, hit), "remark", indent=2)
    yield from _notes(hit, around.notes)
    for paragraph in around.after:
        yield _neighbour(paragraph, hit)
    yield from _remarks(hit, around)


def paragraph_card(paragraph: Paragraph, document: Document, citation: str) -> Iterator[Line]:
    """The card of a whole paragraph with its notes and their marks."""
    yield Line(one_line(citation), "citation")
    yield Line(facts_line(document, paragraph.page), "facts")
    yield from _section(paragraph.section, ())
    yield from _speaker(paragraph.speaker)
    marked, subparagraphs = with_marks(paragraph)
    yield from text_lines(Passage(0, len(marked), marked, ()), subparagraphs)
    for note in paragraph.footnotes:
        yield _note(note, ())


def _section(section: Sequence[str], spans: Sequence[Sequence[Span]]) -> Iterator[Line]:
    if not section:
        return
    text, marks = "", []
    for place, heading in enumerate(section):
        text += " › " if text else ""
        inside = spans[place] if place < len(spans) else ()
        marks += [(s + len(text), e + len(text)) for s, e in inside]
        text += one_line(heading)
    yield Line(text, "section", marks)


def _speaker(speaker: Speaker | None) -> Iterator[Line]:
    if speaker:
        role = f" ({speaker.role})" if speaker.role else ""
        yield Line(one_line(speaker.name + role), "speaker")


def text_lines(part: Passage, subparagraphs: Sequence[Subparagraph]) -> Iterator[Line]:
    """The lines of a passage; a labelled sub-paragraph is indented and its label hung out."""
    starts = {sub.start - part.start: sub for sub in subparagraphs}
    at = 0
    lines = part.text.split("\n")
    for number, text in enumerate(lines):
        spans = [
            (max(s, at) - at, min(e, at + len(text)) - at)
            for s, e in part.spans
            if s < at + len(text) and e > at
        ]
        opening = "… " if number == 0 and part.cut_before else ""
        closing = " …" if number == len(lines) - 1 and part.cut_after else ""
        yield _text_line(text, spans, starts.get(at), opening, closing)
        at += len(text) + 1


def _text_line(
    text: str, spans: Sequence[Span], sub: Subparagraph | None, opening: str, closing: str
) -> Line:
    label = f"{sub.label} " if sub and text.startswith(f"{sub.label} ") else ""
    indent = 2 * (sub.level if sub and label else 1)
    moved = len(opening) - len(label)
    shown = [(max(0, s + moved), e + moved) for s, e in spans if e + moved > 0]
    text = f"{opening}{one_line(text[len(label) :])}{closing}"
    return Line(text, "text", shown, indent, label)


def _rest(part: Passage, hit: Hit) -> str:
    return f"{part.left_out:,} more characters; {show_command(hit)}"


def show_command(hit: Hit) -> str:
    """The command that shows the whole paragraph of a hit."""
    return f"tb show {_quoted(hit)}"


def _quoted(hit: Hit) -> str:
    """The citation of the whole paragraph, for a command line."""
    return shlex.quote(one_line(citations.cite(hit, hit)))


def _neighbour(paragraph: Paragraph, hit: Hit) -> Line:
    text = one_line(paragraph.text)
    if len(text) > _NEIGHBOUR:
        text = text[:_NEIGHBOUR].rsplit(" ", 1)[0] + " …"
    label = one_line(citations.cite(paragraph, hit).removeprefix(f"{hit.document}, "))
    return Line(text, "neighbour", indent=2, label=f"[{label}] ")


def _notes(hit: Hit, marks: Sequence[Sequence[Span]]) -> Iterator[Line]:
    """The notes that hold a match; of the others only that they are there."""
    for note, spans in zip(hit.footnotes, marks, strict=False):
        if spans:
            yield _note(note, spans)


def _note(note: Footnote, spans: Sequence[Span]) -> Line:
    part = passage(note.text, spans, _NOTE, _NOTE)
    before = "… " if part.cut_before else ""
    after = " …" if part.cut_after else ""
    inside = [(s + len(before), e + len(before)) for s, e in part.spans]
    text = before + one_line(part.text) + after
    return Line(text, "note", inside, 4, f"note {one_line(note.mark)}  ")


def _remarks(hit: Hit, around: Around) -> Iterator[Line]:
    where = {"footnotes": "a footnote", "section": "a heading"}.get("+".join(hit.matched))
    if where:
        yield Line(f"the match is in {where} only", "remark", indent=2)
    labels = matched_labels(hit)
    if labels and not hit.pinpoint:
        yield Line(f"matches in {', '.join(labels)}", "remark", indent=2)
    if around.links_from or around.links_to:
        links = f"links: {around.links_from} from here, {around.links_to} to here"
        yield Line(f"{links}; tb links {_quoted(hit)}", "remark", indent=2)


def matched_labels(hit: Hit) -> list[str]:
    """The labels of the outermost sub-paragraphs that hold a match."""
    outer = [sub for sub in hit.subparagraphs if sub.level == 1]
    return [sub.label for sub in outer if any(s < sub.end and e > sub.start for s, e in hit.spans)]


def with_marks(paragraph: Paragraph) -> tuple[str, list[Subparagraph]]:
    """The text with its note marks put in, and where the sub-paragraphs stand in it."""
    import msgspec

    text, subparagraphs = paragraph.text, paragraph.subparagraphs
    for note in sorted(paragraph.footnotes, key=lambda note: note.offset, reverse=True):
        mark = f"[{note.mark.strip('[]')}]"
        text = text[: note.offset] + mark + text[note.offset :]
        subparagraphs = [
            msgspec.structs.replace(sub, start=sub.start + len(mark))
            if sub.start >= note.offset and sub.start > 0
            else sub
            for sub in subparagraphs
        ]
    return safe(text), list(subparagraphs)
