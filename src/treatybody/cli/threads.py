"""A thread as lines and records."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from treatybody.cli.linklines import link_sentence, place_in_words
from treatybody.cli.names import date_in_words, type_in_words
from treatybody.cli.plain import one_line
from treatybody.cycle.papers import Papers, base
from treatybody.cycle.trace import Stop, Thread


def text_of(stop: Stop, papers: Papers) -> str:
    """The words of a stop: those of the part that the links name, or of the whole paragraph."""
    from treatybody import citations
    from treatybody.places import LABEL

    paragraph = papers.paragraphs[base(stop.place)]
    path = tuple(LABEL.findall(stop.place.partition("#")[2]))
    span = citations.span(paragraph, path) if path else None
    return paragraph.text[slice(*span)].strip() if span else paragraph.text


def lines(thread: Thread, papers: Papers) -> Iterator[str]:
    """One line a stop: citation, date, role, its links, its text."""
    for stop in thread.stops:
        links = "; ".join(link_sentence(link) for link in stop.links)
        cells = (place_in_words(stop.place), stop.date or "", stop.role, links)
        yield "\t".join([*cells, one_line(text_of(stop, papers))])


def records(thread: Thread, papers: Papers) -> Iterator[dict[str, object]]:
    """One object a stop, for JSON Lines."""
    for stop in thread.stops:
        yield {
            "citation": place_in_words(stop.place),
            "id": stop.place,
            "document": stop.document,
            "date": stop.date,
            "role": stop.role,
            "step": stop.step,
            "start": stop.place == thread.start or base(stop.place) == base(thread.start),
            "text": text_of(stop, papers),
            "links": stop.links,
        }


_SHOWN = 280


def screen(thread: Thread, papers: Papers, width: int) -> Iterator[str]:
    """A thread for a person: one block a stop, printed links apart from computed ones."""
    yield click.style(f"The thread of {place_in_words(thread.start)}", bold=True)
    document = None
    for stop in thread.stops:
        if stop.document != document:
            document = stop.document
            yield ""
            yield click.style(_document_line(document, papers), underline=True)
        yield from _block(stop, thread, papers, width)


def _document_line(key: str, papers: Papers) -> str:
    document = papers.documents[key]
    parts = (date_in_words(document.date), type_in_words(document.type), key)
    return one_line(" · ".join(part for part in parts if part))


def _block(stop: Stop, thread: Thread, papers: Papers, width: int) -> Iterator[str]:
    mark = "►" if base(stop.place) == base(thread.start) else "•"
    head = one_line(place_in_words(stop.place))
    yield f"{mark} {click.style(head, bold=True)}  {click.style(stop.role, dim=True)}"
    text = one_line(text_of(stop, papers))
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rpartition(' ')[0]} …"
    yield from textwrap.wrap(cut, width - 4, initial_indent="    ", subsequent_indent="    ")
    for link in stop.links:
        arrow = "→" if link.explicit else "⇢"
        lead = f"    {arrow} "
        sentence = link_sentence(link)
        yield from textwrap.wrap(sentence, width, initial_indent=lead, subsequent_indent="      ")
