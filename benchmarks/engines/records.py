"""What every engine of the benchmark is given, and how it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from corpus import Corpus

from treatybody.model import Document, Paragraph

TOP = 10
Answer = Callable[[], int | None]
Replacing = Callable[[list[Paragraph]], None]  # a document's paragraphs take the place of the old


def rows(corpus: Corpus) -> Iterator[tuple[int, Document, Paragraph, bytes]]:
    """All records in order, with their documents and their JSON."""
    encode = msgspec.json.Encoder().encode
    number = 0
    for key, about in corpus.documents().items():
        for paragraph in corpus.paragraphs(key):
            yield number, about, paragraph, encode(paragraph)
            number += 1
