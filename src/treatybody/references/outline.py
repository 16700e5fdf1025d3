"""The outline of a document: the few facts of it that resolving references to it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from treatybody import tables
from treatybody.model import Document, Paragraph
from treatybody.references import places
from treatybody.references.model import Entry, Outline

_WORD = re.compile(r"[^\W\d_]{3,}")


def outline(document: Document, paragraphs: Sequence[Paragraph]) -> Outline:
    """Make the outline of a document.

    Arguments:
        document: its facts.
        paragraphs: its paragraphs by position.
    """
    entries = [
        Entry(
            id=one.id,
            number=one.number,
            kind=one.kind,
            labels=places.addresses(one),
            words=sorted(subject([one.text, *one.section[-1:]])),
        )
        for one in paragraphs
    ]
    return Outline(document=document.document, entries=entries)


def subject(texts: Iterable[str]) -> frozenset[str]:
    """The words by which a subject is known: stems, without what every paper says.

    >>> sorted(subject(["The Committee is concerned at family reunification."]))
    ['famili', 'reunif']
    """
    known = _stems()
    return frozenset(known[word] for text in texts for word in _WORD.findall(text)) - {""}


class _Stems(dict[str, str]):
    """The stem of each word as written, "" of those that every paper has."""

    def __missing__(self, word: str) -> str:
        small = word.lower()
        found = self[word] = "" if small in common() else stem(small)
        return found


@cache
def _stems() -> _Stems:
    return _Stems()


@cache
def common() -> frozenset[str]:
    """Words that every paper has."""
    return frozenset(tables.settings("reference_words")["subject"]["common"])


@cache
def stem(word: str) -> str:
    """The stem of a lower-case English word."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer():  # type: ignore[no-untyped-def]
    import Stemmer

    return Stemmer.Stemmer("english")
