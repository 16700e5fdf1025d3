"""Instruments whose number stands behind their title: "the Non-Discrimination Act (1325/2014)".

"Act on Sterilization (283/1970)", "Family Code (No. 1316/2000)", "Act on Ensuring Equality
No. 121/2012": the title says the kind. Without one a number in a bracket is anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from treatybody import tables

_NO = r"(?:N(?:o|°|º|r)\.?|no\.|number)"
_BRACKET = re.compile(
    rf"\s\((?:{_NO}\s*(?P<any>\d{{1,5}}(?:[/-][\dA-Z]+)*)|(?P<dated>\d{{1,5}}/(?:19|20)\d\d))\)"
)
_BEHIND = re.compile(rf"\s{_NO}\s*(?P<any>\d{{1,5}}(?:[/-][\dA-Z]+)*)(?![\w/])")
_MARK = re.compile(r"N[o°ºr]|\bno\b|number")
# What may stand between the kind and the number: "on Accessibility of Buildings".
_REST = re.compile(
    r"\s+(?:on|of|for|concerning|regarding|relating\s+to|against|to|governing)\s+[^.;:()“”\"\d]{2,110}"
)
_SMALL = r"(?:and|of|on|for|the|in|against|to|or|with|by|from|de|del|la)"
_CAPITALS = re.compile(rf"(?:\s+(?:{_SMALL}|[A-Z][\w’'-]*),?)*")
_LEAD = re.compile(rf"(?:[A-Z][\w’'-]*,?\s+(?:{_SMALL}\s+)*)*\Z")
_TREATY = re.compile(r"\b(?:Convention|Covenant|Protocol|Treaty)\b")


@dataclass(frozen=True)
class Titled:
    """An instrument with its title: the span of both, the name of its kind, its number."""

    start: int
    end: int
    kind: str
    number: str


def find(text: str) -> Iterator[Titled]:
    """All of them in a text.

    >>> [(one.kind, one.number) for one in find("the Aliens Act (301/2004)")]
    [('Act', '301/2004')]
    """
    for found in _BRACKET.finditer(text):
        yield from _named(text, found, found["any"] or found["dated"], capitals=False)
    for found in _BEHIND.finditer(text):
        yield from _named(text, found, found["any"], capitals=True)


def _named(text: str, found: re.Match[str], number: str, *, capitals: bool) -> Iterator[Titled]:
    """The title before a number; one that runs into it needs capitals throughout."""
    floor = max(0, found.start() - 150)
    kinds = list(_any_kind().finditer(text, floor, found.start()))
    for kind in reversed(kinds):
        rest = text[kind.end() : found.start()]
        if not rest and capitals:
            return  # "Act No. 5" is no title
        if rest and not _REST.fullmatch(rest):
            continue
        if _TREATY.search(rest) or (capitals and not _CAPITALS.fullmatch(rest)):
            return
        lead = _LEAD.search(text, floor, kind.start())
        start = lead.start() if lead else kind.start()
        start += _article(text[start : kind.end()], kind.start() - start)
        yield Titled(start, found.end(), kind[0], number)
        return


def _article(title: str, kind: int) -> int:
    """How much of a title is the word that opens its sentence: "The Aliens Act".

    The kind, which begins at ``kind``, is never such a word: "Order of the Ministry".
    """
    opening = re.match(
        r"(?:[A-Z]\w+\s+)?(?:to|by|under|in|with|from|on|of)\s+the\s+"
        r"|(?:The|This|In|Under|By|As|For|An?)\s+(?:the\s+)?",
        title,
    )
    return opening.end() if opening and opening.end() <= kind else 0


@cache
def _any_kind() -> re.Pattern[str]:
    names = {form for row in tables.load("instruments") for form in row["forms"]}
    names -= {form for form in names if form[0].islower()}
    joined = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(names, key=len)[::-1])
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])")
