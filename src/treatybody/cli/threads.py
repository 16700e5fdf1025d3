"""A thread as lines and records."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

import click

from treatybody.cli.linklines import link_sentence, place_in_words
from treatybody.cli.names import date_in_words, type_in_words
from treatybody.cli.plain import one_line
from treatybody.cycle.papers import Papers, base
from treatybody.cycle.trace import Stop, Thread
from treatybody.model import Link


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


def screen(thread: Thread, papers: Papers, width: int) -> Iterator[str]:
    """A thread for a person, to fit on one screen: a line a stop, under the links it shares.

    A link that is printed has an arrow of its own (→); a computed one has another (⇢).
    """
    yield click.style(f"The thread of {place_in_words(thread.start)}", bold=True)
    document = None
    for _, group in groupby(thread.stops, key=_carried_by):
        stops = list(group)
        if stops[0].document != document:
            document = stops[0].document
            yield ""
            yield click.style(_document_line(document, papers), underline=True)
        for link in stops[0].links:
            yield from _link(link, width)
        for stop in stops:
            yield _line(stop, thread, papers, width)


def _carried_by(stop: Stop) -> tuple[str, str, tuple[str, ...]]:
    """What stops have in common that one heading leads to: document, role and links."""
    return stop.document, stop.role, tuple(link_sentence(link) for link in stop.links)


def _document_line(key: str, papers: Papers) -> str:
    document = papers.documents[key]
    parts = (date_in_words(document.date), type_in_words(document.type), key)
    return one_line(" · ".join(part for part in parts if part))


def _link(link: Link, width: int) -> Iterator[str]:
    lead = f"  {'→' if link.explicit else '⇢'} "
    return iter(
        textwrap.wrap(
            link_sentence(link),
            width,
            initial_indent=lead,
            subsequent_indent="    ",
            max_lines=2,
            placeholder=" …",
        )
    )


def _line(stop: Stop, thread: Thread, papers: Papers, width: int) -> str:
    mark = "►" if base(stop.place) == base(thread.start) else "•"
    name = one_line(place_in_words(stop.place))
    room = max(20, width - len(name) - len(stop.role) - 8)
    text = textwrap.shorten(one_line(text_of(stop, papers)), room, placeholder=" …")
    return f"  {mark} {click.style(name, bold=True)}  {click.style(stop.role, dim=True)}  {text}"
