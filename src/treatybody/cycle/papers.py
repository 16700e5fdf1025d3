"""What the questions about a reporting cycle are asked of: documents, paragraphs and links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from treatybody.model import Document, Link, Paragraph


@dataclass
class Papers:
    """A corpus as records: documents by key, paragraphs by id, links.

    Arguments:
        documents: by key.
        paragraphs: by id, each document's in order.
        links: as resolved and computed.
    """

    documents: Mapping[str, Document]
    paragraphs: Mapping[str, Paragraph]
    links: Sequence[Link]
    _from: dict[str, list[Link]] = field(default_factory=dict)
    _to: dict[str, list[Link]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        outgoing: dict[str, list[Link]] = defaultdict(list)
        incoming: dict[str, list[Link]] = defaultdict(list)
        for link in self.links:
            outgoing[base(link.source)].append(link)
            incoming[base(link.target)].append(link)
        self._from, self._to = dict(outgoing), dict(incoming)

    @classmethod
    def of(
        cls,
        documents: Mapping[str, Document],
        paragraphs: Iterable[Paragraph],
        links: Sequence[Link],
    ) -> Papers:
        """Make them from a run of paragraphs."""
        return cls(documents, {one.id: one for one in paragraphs}, links)

    def links_from(self, place: str, *kinds: str) -> list[Link]:
        """The links that lead from a paragraph or one of its parts, of these kinds or all."""
        return [one for one in self._from.get(base(place), []) if not kinds or one.kind in kinds]

    def links_to(self, place: str, *kinds: str) -> list[Link]:
        """The links that lead to a paragraph or one of its parts, of these kinds or all."""
        return [one for one in self._to.get(base(place), []) if not kinds or one.kind in kinds]

    def of_document(self, key: str) -> list[Paragraph]:
        """The paragraphs of a document by position."""
        found = [one for one in self.paragraphs.values() if one.document == key]
        return sorted(found, key=lambda one: one.position)

    def document_of(self, place: str) -> Document | None:
        """The document that a place stands in."""
        return self.documents.get(place.partition("#")[0])

    def type_of(self, place: str) -> str | None:
        """The type of the document that a place stands in."""
        document = self.document_of(place)
        return document.type if document else None

    def when(self, place: str) -> tuple[str, str, int]:
        """The order in time of a place: its document's date, key, its position there."""
        document = self.document_of(place)
        paragraph = self.paragraphs.get(base(place))
        date = document.date if document and document.date else "9999"
        return date, place.partition("#")[0], paragraph.position if paragraph else 0


def base(place: str) -> str:
    """The paragraph of a place: the id without the letters of its parts.

    >>> base("CMW/C/PER/QPR/2#35(f)")
    'CMW/C/PER/QPR/2#35'
    """
    document, mark, address = place.partition("#")
    return document + mark + address.partition("(")[0]
