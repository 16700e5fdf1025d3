"""Places in a document: the part of an id behind "#", and how a citation words it.

>>> from_fragment("annex-1.7").fragment, in_words(from_fragment("p18"), numbered=True)
('annex-1.7', 'unnumbered, 18th paragraph')
"""

from __future__ import annotations

import re
from functools import cache

from treatybody.frozen import Frozen

Path = tuple[str, ...]

LABEL = re.compile(r"\([^()\s]{1,6}\)")


@cache
def _printed() -> re.Pattern[str]:
    return re.compile(r"\(?([^()\s]{1,6})\)|(?<![\w.])([a-z]{1,5})\.(?!\S)")


def labels_in(words: str) -> Path:
    """The labels in a pinpoint as addresses have them: Spanish prints "a)" for "(a)".

    >>> labels_in("35 (f)"), labels_in("3 b) ii)"), labels_in("3 a. i."), labels_in("24.1")
    (('(f)',), ('(b)', '(ii)'), ('(a)', '(i)'), ())
    """
    return tuple(f"({found[1] or found[2]})" for found in _printed().finditer(words))


def same_label(one: str, other: str) -> bool:
    """Whether two labels differ by their brackets or case at most: "a)" and "(a)".

    >>> same_label("a)", "(A)"), same_label("(a)", "(b)")
    (True, False)
    """
    return one.strip("().").casefold() == other.strip("().").casefold()


@cache
def _fragment() -> re.Pattern[str]:
    return re.compile(
        r"(?:annex-(?P<annex>[^.#]+)\.)?(?:part-(?P<part>[^.#]+)\.)?"
        r"(?:(?P<title>title)|p(?P<unnumbered>\d+)|x(?P<procedural>\d+)|t(?P<table>\d+\.\d+)"
        r"|(?P<paragraph>[^#()~]+))(?:~(?P<again>\d+))?(?P<path>(?:\([^()]+\))*)"
    )


class Place(Frozen):
    """A paragraph, a range of them, or another address in a document.

    Arguments:
        kind: "paragraph" (numbered), "unnumbered" (counted), "procedural", "title" or "table".
        number: as printed ("33", "24.1"); for a counted place its count; for a table "2.5".
        last: the last number of a range, else None.
        path: labels of the sub-paragraph ("(a)", "(ii)"); ``last_path`` ends "21 (a)-(c)".
        annex, part: the annex or part that it stands in, else None.
        occurrence: 2 for the second paragraph that has this number by mistake.
    """

    kind: str
    number: str = ""
    last: str | None = None
    path: Path = ()
    last_path: Path = ()
    annex: str | None = None
    part: str | None = None
    occurrence: int = 1

    @property
    def fragment(self) -> str:
        """What stands behind "#" in the id of this (its first) paragraph.

        >>> Place("unnumbered", "18").fragment
        'p18'
        """
        within = f"annex-{self.annex}." if self.annex else ""
        within += f"part-{self.part}." if self.part else ""
        again = f"~{self.occurrence}" if self.occurrence > 1 else ""
        return within + _ADDRESS[self.kind].format(self.number) + again + "".join(self.path)


_ADDRESS = {
    "paragraph": "{}",
    "unnumbered": "p{}",
    "procedural": "x{}",
    "table": "t{}",
    "title": "title",
}


def from_fragment(fragment: str) -> Place | None:
    """Read the part of an id behind "#"; None when it is not one that tb writes.

    >>> from_fragment("11(a)(ii)").path
    ('(a)', '(ii)')
    """
    if fragment.isdecimal():
        return Place("paragraph", fragment)
    found = _fragment().fullmatch(fragment)
    if found is None:
        return None
    kind = next(name for name in _ADDRESS if found[name] is not None)
    return Place(
        kind=kind,
        number="" if kind == "title" else found[kind],
        path=tuple(LABEL.findall(found["path"])),
        annex=found["annex"],
        part=found["part"],
        occurrence=int(found["again"] or 1),
    )


def in_words(place: Place, *, numbered: bool) -> str:
    """Word a place as a citation does.

    Arguments:
        numbered: whether the document's paragraphs have official numbers, so that one that is
            only counted must say so.

    >>> in_words(Place("table", "2.5"), numbered=True)
    'table 2, row 5'
    """
    within = f"annex {_roman(place.annex)}, " if place.annex else ""
    within += f"part {place.part}, " if place.part else ""
    again = f" ({_ordinal(place.occurrence)} so numbered)" if place.occurrence > 1 else ""
    labels = "".join(f" {label}" for label in place.path)
    return within + _own_words(place, numbered) + again + labels


def _own_words(place: Place, numbered: bool) -> str:
    if place.kind == "unnumbered":
        return f"{'unnumbered, ' if numbered else ''}{_ordinal(int(place.number))} paragraph"
    if place.kind == "procedural":
        return f"{_ordinal(int(place.number))} procedural line"
    if place.kind == "table":
        return "table {}, row {}".format(*place.number.split("."))
    return "title" if place.kind == "title" else f"para. {place.number}"


def _ordinal(count: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{'th' if count % 100 in (11, 12, 13) else ending}"


_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(number: str) -> str:
    """A small number in Roman figures; what is no such number stays as it is."""
    if not number.isdecimal() or not 0 < int(number) < 90:
        return number
    rest, written = int(number), ""
    for value, figure in _ROMAN:
        written += figure * (rest // value)
        rest %= value
    return written


def arabic(written: str) -> str:
    """A small Roman number in figures, anything else as it is.

    >>> arabic("iv"), arabic("4")
    ('4', '4')
    """
    found = (str(one) for one in range(1, 90) if _roman(str(one)) == written.upper())
    return next(found, written)
