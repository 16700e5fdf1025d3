"""What a corrigendum corrects and a revision takes the place of, as their symbols say.

The symbol stands in the masthead, which is no record: the link leads from the title, carries the
title's own word for it where there is one ("Corrigendum"), and is not explicit.

>>> corrected("CMW/C/PER/CO/1/Corr.2"), corrected("CMW/C/PER/CO/1/Add.1/Corr.1")
('CMW/C/PER/CO/1', 'CMW/C/PER/CO/1/Add.1')
>>> superseded("CMW/C/PER/1/Rev.1"), superseded("CMW/C/PER/1/Rev.3"), superseded("CMW/C/PER/1")
('CMW/C/PER/1', 'CMW/C/PER/1/Rev.2', None)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from treatybody import symbols
from treatybody.model import Document, Link, Paragraph
from treatybody.references import words


def links(documents: Mapping[str, Document], paragraphs: Iterable[Paragraph]) -> list[Link]:
    """``corrects`` and ``supersedes`` of all documents whose symbols end so."""
    found: list[Link] = []
    seen: set[str] = set()
    for one in paragraphs:  # the first record of each document is its title, where it has one
        document = documents.get(one.document)
        if document and one.document not in seen:
            seen.add(one.document)
            found.extend(_of(document, one, documents))
    return found


def corrected(symbol: str | None) -> str | None:
    """The symbol that a corrigendum's symbol is made from, None for other symbols."""
    return _without(symbol, "Corr")[0]


def superseded(symbol: str | None) -> str | None:
    """The edition before a revision, None for other symbols."""
    base, number = _without(symbol, "Rev")
    if base is None:
        return None
    return base if number == 1 else f"{base}/Rev.{number - 1}"


def _without(symbol: str | None, kind: str) -> tuple[str | None, int]:
    parsed = symbols.parse(symbol or "")
    last = parsed.suffixes[-1] if parsed and parsed.suffixes else None
    if parsed is None or last is None or last.kind != kind or not last.number.isdecimal():
        return None, 0
    base, _, ending = parsed.text.rpartition("/")
    return (base, int(last.number)) if ending == f"{kind}.{last.number}" else (None, 0)


def _of(document: Document, title: Paragraph, documents: Mapping[str, Document]) -> Iterator[Link]:
    meant = (("corrects", corrected), ("supersedes", superseded))
    for kind, target_of in meant:
        target = target_of(document.symbol)
        if target is None:
            continue
        word = words.pattern("reissue", kind).search(title.text)
        key = _edition(document, target, documents)
        yield Link(
            source=title.id,
            target=key or target,
            kind=kind,
            evidence=word[0] if word else "",
            start=word.start() if word else 0,
            end=word.end() if word else 0,
            where="text",
            explicit=False,
            status="resolved" if key else "not in corpus",
            note=f"its symbol is {document.symbol}",
        )


def _edition(document: Document, symbol: str, documents: Mapping[str, Document]) -> str | None:
    """The document with a symbol, in the same language where there are several."""
    keys = sorted(key for key, one in documents.items() if one.symbol == symbol)
    same = [key for key in keys if documents[key].language == document.language]
    return next(iter(same + keys), None)
