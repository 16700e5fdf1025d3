"""Automatic numbering: which list and level a paragraph has, and what its number looks like.

``Numbering`` holds the definitions of ``numbering.xml``; ``Counters`` counts one story.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from treatybody.readers.wordml import fonts
from treatybody.readers.wordml.names import MC, VAL, W, child, flag, number, value
from treatybody.readers.wordml.numerals import known, numeral
from treatybody.readers.wordml.styles import NumPr, StyleSheet

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile(r"%([1-9])")
_LEVELS = range(9)
_LINKS = 8  # how many numbering styles may point to one another


class Level(NamedTuple):
    """One level of a list (§17.9.6)."""

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    style: str | None
    font: str | None
    hidden: bool
    properties: _Element | None


class Listing(NamedTuple):
    """One numbering instance (``w:num``): its levels, and where it starts anew.

    ``family`` is the definition that its counters belong to: instances of the same one go on
    counting where the other stopped. A ``simple`` list has one level, whichever is named.
    """

    family: str
    levels: dict[int, Level]
    starts: dict[int, int]
    simple: bool


class Numbering:
    """The numbering definitions of one package.

    Arguments:
        root: of ``numbering.xml``, or None when the package has none.
        styles: the package's styles, which lists and paragraphs refer to.
    """

    def __init__(self, root: _Element | None, styles: StyleSheet) -> None:
        self._styles = styles
        self._families = _by_id(root, "abstractNum", "abstractNumId")
        self._instances = _by_id(root, "num", "numId")
        self._listings: dict[int, Listing | None] = {}
        self.unknown_forms: set[str] = set()

    def reference(self, properties: _Element | None) -> tuple[Listing, int] | None:
        """List and level of a paragraph, None when it has no automatic number.

        What the paragraph says itself comes first, then its style and those it is based on;
        ``numId`` 0 cancels whatever lies behind it (§17.9.18).
        """
        own = _num_pr(properties)
        style = self._styles.paragraph_style(properties)
        inherited = self._styles.num_pr(style)
        num = own.num if own.num is not None else inherited.num
        listing = self.listing(num) if num else None
        if listing is None:
            return None
        if listing.simple:
            return listing, 0
        if own.level is not None:
            return listing, own.level
        if own.num is None:
            return listing, self._style_level(listing, style, inherited)
        return listing, inherited.level or 0

    def _style_level(self, listing: Listing, style: str | None, inherited: NumPr) -> int:
        """The level that names the style (§17.9.23), else the one that the style names."""
        for name in self._styles.numbered_ids(style):
            for place, level in listing.levels.items():
                if level.style == name:
                    return place
        return inherited.level or 0

    def listing(self, num: int) -> Listing | None:
        """The instance with this id, None when there is none."""
        if num not in self._listings:
            self._listings[num] = self._resolve(num, _LINKS)
        return self._listings[num]

    def _resolve(self, num: int, links: int) -> Listing | None:
        instance = self._instances.get(str(num))
        family = value(instance, "abstractNumId")
        if instance is None or family not in self._families:
            return None
        found = self._family(family, links)
        if found is None:
            return None
        levels, starts = dict(found.levels), dict(found.starts)
        for override in instance.findall(W + "lvlOverride"):
            place = number(override.get(W + "ilvl")) or 0
            replacement = child(override, "lvl")
            if replacement is not None and place in _LEVELS:
                levels[place] = self._level(replacement)
            start = number(value(override, "startOverride"))
            if start is not None:
                starts[place] = start
        return Listing(found.family, levels, starts, found.simple)

    def _family(self, family: str, links: int) -> Listing | None:
        element = self._families[family]
        link = value(element, "numStyleLink")
        if link is not None and links:
            num = self._styles.num_pr(link).num
            linked = self._resolve(num, links - 1) if num else None
            if linked is not None:
                return linked
        places = {number(level.get(W + "ilvl")) or 0: level for level in element.findall(W + "lvl")}
        levels = {place: self._level(level) for place, level in places.items() if place in _LEVELS}
        return Listing(family, levels, {}, value(element, "multiLevelType") == "singleLevel")

    def _level(self, element: _Element) -> Level:
        form = _form(element)
        if not known(form):
            self.unknown_forms.add(form)
        run = child(element, "rPr")
        start = number(value(element, "start"))
        return Level(
            start=0 if start is None else start,
            form=form,
            text=value(element, "lvlText") or "",
            restart=number(value(element, "lvlRestart")),
            legal=bool(flag(element, "isLgl")),
            style=value(element, "pStyle"),
            font=_font(run),
            hidden=bool(flag(run, "vanish")),
            properties=child(element, "pPr"),
        )


class Counters:
    """The running numbers of one story, paragraph after paragraph in document order."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()

    def label(self, listing: Listing, place: int) -> str | None:
        """Count one paragraph at level ``place`` and return the number that it shows.

        A bullet shows its sign; None when the level shows nothing.
        """
        level = listing.levels.get(place)
        if level is None:
            return None
        counts = self._counts.setdefault(listing.family, {})
        self._count(listing, place, counts)
        return _shown(listing, level, counts)

    def _count(self, listing: Listing, place: int, counts: dict[int, int]) -> None:
        anew = (id(listing), place)
        if place in listing.starts and anew not in self._started:
            counts[place] = listing.starts[place]
        elif place in counts:
            counts[place] += 1
        else:
            counts[place] = _start(listing, place)
        self._started.add(anew)
        for above in range(place):
            # A sub-level that comes first brings its parents into being (1.1 before any 1).
            counts.setdefault(above, _start(listing, above))
        for below in [deeper for deeper in counts if deeper > place]:
            if _restarts(listing, below, place):
                del counts[below]


def _restarts(listing: Listing, below: int, place: int) -> bool:
    """Whether level ``below`` starts anew after a paragraph at level ``place`` (§17.9.10)."""
    level = listing.levels.get(below)
    limit = level.restart if level else None
    return limit is None or limit > below or place < limit


def _start(listing: Listing, place: int) -> int:
    if place in listing.starts:
        return listing.starts[place]
    level = listing.levels.get(place)
    return level.start if level else 1


def _shown(listing: Listing, level: Level, counts: dict[int, int]) -> str | None:
    if level.hidden:
        return None
    if level.form == "bullet":
        return fonts.readable(level.text, level.font).strip() or None

    def written(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        form = listing.levels[place].form if place in listing.levels else "none"
        if level.legal and form not in ("none", "bullet", "decimalZero"):
            form = "decimal"
        return numeral(counts[place], form) if place in counts else ""

    return _PLACE.sub(written, level.text).strip() or None


def _num_pr(properties: _Element | None) -> NumPr:
    own = child(properties, "numPr")
    return NumPr(number(value(own, "numId")), number(value(own, "ilvl")))


def _form(level: _Element) -> str:
    """The number format; a newer one stands in an alternate with an older one to fall back on."""
    form = value(level, "numFmt")
    if form is None:
        fallback = level.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
        custom = level.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
        if custom is not None and (custom.get(W + "format") or "").startswith("01,"):
            return "decimalZero"
        form = None if fallback is None else fallback.get(VAL)
    return form or "decimal"


def _font(run: _Element | None) -> str | None:
    named = child(run, "rFonts")
    return None if named is None else named.get(W + "ascii") or named.get(W + "hAnsi")


def _by_id(root: _Element | None, name: str, attribute: str) -> dict[str, _Element]:
    elements = [] if root is None else root.findall(W + name)
    return {element.get(W + attribute) or "": element for element in elements}
