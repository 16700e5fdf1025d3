"""``tb show``: what a citation points at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from treatybody import citations
from treatybody.cli import plain
from treatybody.cli.completing import symbols
from treatybody.cli.session import corpus_options, on_terminal, open_index, say

if TYPE_CHECKING:
    from treatybody.model import Document, Paragraph
    from treatybody.places import Place


@click.command(name="show", short_help="Show the paragraph, sub-paragraph or range that is cited.")
@click.argument("citation", nargs=-1, required=True, shell_complete=symbols)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a paragraph.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, citation: tuple[str, ...], as_json: bool) -> int:
    """Show the paragraph, sub-paragraph or range that CITATION means, forgiving of its form.

    \b
    Examples:
      tb show 'CMW/C/PER/CO/1, para. 33'
      tb show PER/CO/1 33
      tb show 'QPR/2 35(f)'
      tb show CO/1 31-33
      tb show SR.577 18
    """
    from treatybody.cli.lookup import one_document

    index = open_index(ctx)
    keys = [document.document for document in index.documents()]
    cited = citations.parse(" ".join(citation), keys)
    document = one_document(index, cited.document)
    paragraphs = index.paragraphs(document.document)
    found, notes = citations.select(cited.places, paragraphs)
    for note in notes:
        say(f"{document.document}: {note}")
    shown = [part for paragraph, place in found if (part := _part(paragraph, place))]
    if not cited.places:
        shown = [(paragraph, "") for paragraph in paragraphs]
    _print(shown, document, as_json)
    return 0 if shown else 1


Shown = tuple["Paragraph", str]


def _part(paragraph: Paragraph, place: Place) -> Shown | None:
    """A paragraph, or the sub-paragraph of it that was asked for, with its citation's labels."""
    if not place.path or place.last:
        return paragraph, ""
    span = citations.span(paragraph, place.path)
    labels = "".join(place.path)
    if span is None:
        say(f"paragraph {paragraph.number or place.number} has no {labels}")
        return None
    return _cut(paragraph, *span), labels


def _cut(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """A paragraph with nothing but one of its sub-paragraphs; offsets move along."""
    notes = [
        msgspec.structs.replace(note, offset=note.offset - start)
        for note in paragraph.footnotes
        if start <= note.offset <= end
    ]
    inner = [
        msgspec.structs.replace(sub, start=sub.start - start, end=sub.end - start)
        for sub in paragraph.subparagraphs
        if start <= sub.start and sub.end <= end
    ]
    text = paragraph.text[start:end].rstrip("\n")
    return msgspec.structs.replace(paragraph, text=text, footnotes=notes, subparagraphs=inner)


def _print(shown: Sequence[Shown], document: Document, as_json: bool) -> None:
    if as_json:
        plain.write_lines(plain.json_line(paragraph) for paragraph, _ in shown)
    elif on_terminal():
        from treatybody.cli.cards import paragraph_card
        from treatybody.cli.render import cards

        cards(paragraph_card(p, document, citations.cite(p, document, at)) for p, at in shown)
    else:
        plain.write_lines(
            f"{citations.cite(paragraph, document, labels)}\t{plain.one_line(paragraph.text)}"
            for paragraph, labels in shown
        )
