"""The tree that a query is parsed to. The index executes trees and never sees query text.

Nodes never change, so trees can be compared and hashed.

>>> And((Word("migrant"), Word("workers"))).items[0].text
'migrant'
"""

from __future__ import annotations

from treatybody.frozen import Frozen


class Word(Frozen):
    """One word in any of its forms: case and accents folded, stemmed for each language."""

    text: str


class Exact(Frozen):
    """One word as typed: case and accents folded, not stemmed."""

    text: str


class Wildcard(Frozen):
    """A pattern over single words; ``*`` is any run of characters, ``?`` is one."""

    pattern: str


class Fuzzy(Frozen):
    """Words within ``distance`` edits (1 or 2; a transposition counts as one)."""

    text: str
    distance: int


class Regex(Frozen):
    """A regular expression that must match a whole single word."""

    pattern: str


class PhrasePart(Frozen):
    """One word of a phrase and what joins it to the word before: " ", "-", "/" or "." ...

    The first part's join is the empty string.
    """

    join: str
    term: Exact | Wildcard


class Phrase(Frozen):
    """Words as typed, in this order; ``slop`` more positions are allowed between them in all."""

    parts: tuple[PhrasePart, ...]
    slop: int = 0


class Near(Frozen):
    """Two things of one paragraph with at most ``distance`` - 1 words between them.

    ``ordered`` demands that left stands before right (ADJ).
    """

    left: Node
    right: Node
    distance: int
    ordered: bool = False


class And(Frozen):
    """All of the items."""

    items: tuple[Node, ...]


class Or(Frozen):
    """Any of the items."""

    items: tuple[Node, ...]


class Not(Frozen):
    """Everything (that is searched) but the item."""

    item: Node


class Synonyms(Frozen):
    """What was typed first, then the alternatives that the synonym table adds."""

    typed: Node
    alternatives: tuple[Node, ...]


class Within(Frozen):
    """A node looked up in another text field: ``section``, ``note`` or ``speaker``."""

    field: str
    node: Node


class Filter(Frozen):
    """A fact that must equal one of the values, already in the form that records have.

    Fields: state, type, committee, language, document, symbol, kind, article, cites, speaker, ...
    A value may end in ``*`` (any continuation) where ``symbol`` or ``article`` is the field.
    """

    field: str
    values: tuple[str, ...]


class Range(Frozen):
    """A range of ``date`` (ISO, may be partial), ``year`` or ``para``; ends are included.

    None leaves an end open.
    """

    field: str
    low: str | None
    high: str | None


class Everything(Frozen):
    """Every paragraph that is searched."""


Node = (
    Word
    | Exact
    | Wildcard
    | Fuzzy
    | Regex
    | Phrase
    | Near
    | And
    | Or
    | Not
    | Synonyms
    | Within
    | Filter
    | Range
    | Everything
)
