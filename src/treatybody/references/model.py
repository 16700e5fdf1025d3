"""What finding yields and what resolving needs: references, and the outline of a document.

Both are records: a document's references are written once, when it is read, and resolved again
whenever the corpus changes.
"""

from __future__ import annotations

import msgspec


class Reference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Words of a document that point at something; what they point at is not yet decided.

    Arguments:
        sources: ids that the words belong to: the innermost sub-paragraph that holds them; for
            words in a heading, every paragraph under it.
        where: ``text``, ``section`` or ``note:<mark>``.
        start, end: offsets of ``evidence`` there, in code points.
        evidence: the exact words.
        kind: the kind of link that this will be (``cites``, ``replies_to``, ...).
        document: which document is meant: a symbol as printed, or a role with ``@``:
            ``@self``, ``@concluding_observations``, ``@list_of_issues``, ``@state_report``,
            ``@replies``, ``@follow_up_report``, ``@unnamed`` (a bare bracket), ``@bare`` (a bare
            "paragraph 5"), ``@short:GOI-IR``; None when ``thing`` is meant.
        point: the address in that document: "33", "35(f)", "16..19", "40.."; None for all of it.
        thing: what is meant when it is no document: "ICRMW art. 58", "ILO C097", "PER:law:28950".
        cue: the words that name the document, where they are not part of the evidence.
        heading: the whole heading, where ``where`` is ``section``.
        note: what a person should know of it.
    """

    sources: list[str]
    where: str
    start: int
    end: int
    evidence: str
    kind: str
    document: str | None = None
    point: str | None = None
    thing: str | None = None
    cue: str | None = None
    heading: str | None = None
    note: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph in an outline.

    Arguments:
        id, number, kind: of the paragraph.
        labels: the addresses of its sub-paragraphs below the id: "(a)", "(a)(ii)".
        words: the words by which its subject is known (stems, sorted).
    """

    id: str
    number: str | None
    kind: str
    labels: list[str]
    words: list[str]


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """The few facts of a document that resolving a reference to it needs."""

    document: str
    entries: list[Entry]
