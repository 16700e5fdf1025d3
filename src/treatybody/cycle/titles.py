"""Laws that texts name by their title alone: "Mental Health Act", "Law on Mental Health Care".

No link of the records carries such a name, since without a number two laws can share one. They are
looked up when asked for, State by State; where a paper of the State gives the same title with a
number, they are that instrument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from treatybody.cycle.papers import Papers
from treatybody.model import Link, Paragraph
from treatybody.references import instruments
from treatybody.references.places import source_of

# Capitalised words that stand before a title and are part of it: "the Danish Mental Health Act".
_BEFORE = re.compile(
    r"(?:(?<!\w)(?!(?:The|This|In|Under|By|As|For|An?|Of|And)\s)[A-Z][\w’-]*\s+)+\Z"
)


def find(papers: Papers, name: str, numbered: Mapping[str, str]) -> Iterator[Link]:
    """Every mention of a law by a title, as links of kind ``names``.

    Arguments:
        papers: the corpus.
        name: the title as typed, in any case.
        numbered: what is known to carry the title with a number: State to key.

    Yields nothing when the name is no title: it must hold "Act", "Law", "Code" or the like.
    """
    if not can_be(name):
        return
    words = name.strip().strip("“”\"'").split()
    kinds = [word for word in words if instruments.is_kind(word.capitalize())]
    joined = r"\s+".join(map(re.escape, words))
    title = re.compile(rf"(?<![\w-]){joined}(?![\w-])", re.I)
    rough = kinds[0].lower()
    for one in papers.paragraphs.values():
        for where, text in _texts(one):
            if rough in text.lower():
                yield from _in_text(papers, one, where, text, title, numbered)


def can_be(name: str) -> bool:
    """Whether a name can be a law's title: two words, one of them "Act", "Law" or the like.

    >>> can_be("mental health act"), can_be("mental health")
    (True, False)
    """
    words = name.strip().strip("“”\"'").split()
    return len(words) > 1 and any(instruments.is_kind(word.capitalize()) for word in words)


def _texts(one: Paragraph) -> Iterator[tuple[str, str]]:
    yield "text", one.text
    for note in one.footnotes:
        yield f"note:{note.mark}", note.text


def _in_text(
    papers: Papers,
    one: Paragraph,
    where: str,
    text: str,
    title: re.Pattern[str],
    numbered: Mapping[str, str],
) -> Iterator[Link]:
    document = papers.document_of(one.id)
    state = document.state if document else None
    for found in title.finditer(text):
        if not _is_title(found[0]):
            continue
        before = _BEFORE.search(text, max(0, found.start() - 60), found.start())
        start = before.start() if before else found.start()
        plain = " ".join(found[0].split())
        yield Link(
            source=source_of(one, found.start()) if where == "text" else one.id,
            target=numbered.get(state or "", f"{state or 'no State'}: {plain}"),
            kind="names",
            evidence=text[start : found.end()],
            start=start,
            end=found.end(),
            where=where,
            explicit=True,
            status="resolved",
            note="named by its title alone",
        )


def _is_title(printed: str) -> bool:
    """Whether the words are written as a title: its first word and its kind have capitals."""
    kinds = [word for word in printed.split() if instruments.is_kind(word.capitalize())]
    return printed[0].isupper() and any(word[0].isupper() for word in kinds)
