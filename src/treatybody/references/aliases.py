"""Names that a document gives to an instrument once with its number and then without.

"The law on migration of 2017 (Legislative Decree No. 1350)", "Act No. 31047, the Domestic Workers
Act": where the same name stands again in the same document, the same instrument is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from treatybody.references import instruments
from treatybody.references.model import Reference
from treatybody.references.places import Place, reference

# The name before the number in brackets, and behind it in apposition.
_BEFORE = re.compile(
    r"\b(?P<name>[Ll]aw\s+on\s+[^();:.]{4,90}?|(?:[A-Z][\w’-]*\s+(?:(?:in|of|on|and|for|the)\s+)*)+"
    r"(?:Act|Law|Code))\s+\(\Z"
)
_BEHIND = re.compile(
    r",\s+(?:the\s+)?(?P<name>(?:[A-Z][\w’-]*\s+(?:(?:in|of|on|and|for|the)\s+)*)+(?:Act|Law|Code))\b"
)

# "Family Code (No. 1316/2000)": the title gives the name; a ministry's order has none.
_TITLED = re.compile(
    r"(?P<name>(?:[A-Z]\S*\s+(?:\S+\s+)*?)?(?:Act|Law|Code|Statute)"
    r"(?:\s+(?:on|of|for|concerning|regarding|to)\s+\S.*?)?),?"
    r"\s+(?:\((?:No\.\s*)?|No\.\s*)\d[\w/-]*\)?\Z"
)

_DEFINED = re.compile(r"\s+\([A-Z][^()]{0,40}\d")
_NUMBER_BEFORE = re.compile(r"No\.\s*[\w/-]+,\s+(?:the\s+)?\Z")


def find(places: Sequence[Place], found: Sequence[Reference]) -> list[Reference]:
    """The further mentions of instruments by the names that the document gave them.

    Arguments:
        places: all places of the document.
        found: its references so far; the numbered instruments among them are the definitions.
    """
    names = _names(places, found)
    taken = {(one.where, one.sources[0].split("(")[0], one.start) for one in found if one.sources}
    return [
        one
        for place in places
        for one in _mentions(place, names)
        if (one.where, one.sources[0].split("(")[0], one.start) not in taken
    ]


def _names(places: Sequence[Place], found: Sequence[Reference]) -> dict[str, tuple[str, str]]:
    """Each name with the instrument's key and where it was given; names of two are nobody's."""
    by_place: dict[tuple[str, str], list[Reference]] = {}
    for one in found:
        if one.kind == "names" and one.thing and one.thing.count(":") == 2 and one.where == "text":
            by_place.setdefault((one.sources[0].split("(")[0], one.where), []).append(one)
    names: dict[str, tuple[str, str]] = {}
    double: set[str] = set()
    for place in places:
        for one in by_place.get((place.paragraph.id, place.where), []):
            for name in _given(place.text, one):
                if names.setdefault(name, (str(one.thing), one.sources[0]))[0] != one.thing:
                    double.add(name)
    return {name: given for name, given in names.items() if name not in double}


def _given(text: str, one: Reference) -> Iterator[str]:
    title = _TITLED.match(one.evidence)
    if title and instruments.is_title(title["name"]):
        yield title["name"]
        return
    before = _BEFORE.search(text, max(0, one.start - 130), one.start)
    if before and text[one.end : one.end + 1] == ")":
        yield before["name"]
    behind = _BEHIND.match(text, one.end)
    if behind:
        yield behind["name"]


def _mentions(place: Place, names: dict[str, tuple[str, str]]) -> Iterator[Reference]:
    for name, (key, given) in names.items():
        if name not in place.text:
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", place.text):
            if _DEFINED.match(place.text, found.end()) or _NUMBER_BEFORE.search(
                place.text, max(0, found.start() - 40), found.start()
            ):
                continue  # the place where the name is given
            yield reference(
                place,
                found.start(),
                found.end(),
                kind="names",
                thing=key,
                note=f"named so in {given}",
            )
