"""Links as people read them: what points where, with which words, printed or computed."""

from __future__ import annotations

from treatybody import citations
from treatybody.cli.plain import one_line
from treatybody.model import Link

_MOST = 120
_VERBS = {
    "cites": "cites",
    "replies_to": "replies to",
    "requests_follow_up": "requests follow-up to",
    "assesses": "gives the Committee's view on",
    "recommends_on": "answers the concern in",
    "takes_up": "takes up",
    "cites_article": "cites",
    "names": "names",
    "repeats": "repeats words of",
    "corrects": "corrects",
    "supersedes": "supersedes",
}


def place_in_words(place: str) -> str:
    """An id or another target as a citation.

    >>> place_in_words("CMW/C/PER/CO/1#33"), place_in_words("ICRMW art. 58")
    ('CMW/C/PER/CO/1, para. 33', 'ICRMW art. 58')
    """
    if "#" not in place or " " in place.partition("#")[0]:
        return place
    return citations.cite_id(place)


def how_known(link: Link) -> str:
    """Whether a link is printed or computed, with the words that carry it."""
    words = one_line(link.evidence)
    shown = words if len(words) <= _MOST else f"{words[: _MOST - 1]}…"
    if link.explicit:
        where = " in a heading" if link.where == "section" else ""
        where = f" in note {link.where[5:]}" if link.where.startswith("note:") else where
        return f"printed{where}: “{shown}”"
    return f"computed from {_basis(link) or shown or 'the order of the paragraphs'}"


def _basis(link: Link) -> str:
    """What a computed link rests on, as its note says."""
    return one_line(link.note or "").removeprefix("computed; ")


def link_sentence(link: Link) -> str:
    """What a link says of its target."""
    verb = _VERBS.get(link.kind, link.kind.replace("_", " "))
    status = "" if link.status == "resolved" else f" ({link.status})"
    note = f" [{one_line(link.note)}]" if link.note and link.explicit else ""
    target = one_line(place_in_words(link.target))
    return f"{verb} {target}{status}, {how_known(link)}{note}"


def link_line(link: Link) -> str:
    """A link on one line, its cells apart by tabs."""
    cells = (
        place_in_words(link.source),
        link.kind,
        place_in_words(link.target),
        link.status,
        "printed" if link.explicit else "computed",
        link.evidence,
        link.note or "",
    )
    return "\t".join(one_line(cell) for cell in cells)
