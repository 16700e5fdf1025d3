"""The records that a question about a reporting cycle is asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from treatybody import citations
from treatybody.cli.lookup import one_document
from treatybody.cli.session import say
from treatybody.cycle.papers import Papers
from treatybody.errors import NotFound, UsageError

if TYPE_CHECKING:
    from treatybody.index import Index


def whole_corpus(index: Index) -> Papers:
    """All records of the corpus."""
    return _papers(index, [document.document for document in index.documents()])


def cycle_of(index: Index, key: str) -> Papers:
    """The records of one State before one committee: all cycles that a document belongs to."""
    document = index.document(key)
    kin = [
        other.document
        for other in index.documents()
        if (other.state, other.committee) == (document.state, document.committee)
        or other.document == key
    ]
    return _papers(index, kin)


def _papers(index: Index, keys: list[str]) -> Papers:
    wanted = set(keys)
    documents = {key: index.document(key) for key in keys}
    paragraphs = (paragraph for key in keys for paragraph in index.paragraphs(key))
    links = [link for link in index.links() if link.source.partition("#")[0] in wanted]
    return Papers.of(documents, paragraphs, links)


def one_place(index: Index, text: str) -> str:
    """The id that a citation means, with the letters of its sub-paragraph.

    Raises:
        UsageError: the citation means a whole document or several paragraphs.
        NotFound: there is no such paragraph.
    """
    keys = [document.document for document in index.documents()]
    cited = citations.parse(text, keys)
    document = one_document(index, cited.document)
    if not cited.places:
        raise UsageError(f"{text!r} names a whole document; add a paragraph: `{text} 33`")
    found, notes = citations.select(cited.places, index.paragraphs(document.document))
    if not found:
        raise NotFound(f"{document.document}: {'; '.join(notes) or 'there is no such paragraph'}")
    for note in notes:
        say(f"{document.document}: {note}")
    if len(found) > 1:
        raise UsageError(f"{text!r} means {len(found)} paragraphs; name one")
    paragraph, place = found[0]
    if place.path and citations.span(paragraph, place.path) is None:
        raise NotFound(f"{paragraph.id} has no {''.join(place.path)}")
    return paragraph.id + "".join(place.path)
