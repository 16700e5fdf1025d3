"""Styles: what a paragraph or run is by its style, through the styles it is based on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from treatybody.readers.wordml.names import W, child, flag, number, points, value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

_HEADING = re.compile(r"heading ([1-9])", re.I)
# On/off properties that styles toggle (§17.7.3): a bold word style in a bold paragraph is light.
_TOGGLES = ("b", "i", "caps", "vanish")
_GENERATIONS = 64  # Word itself allows far fewer styles, each based on the next
_HALF_POINT = 0.5
_TWENTIETH = 1 / 20


class RunFormat(NamedTuple):
    """How a run looks, as far as reading needs it; ``size`` in points."""

    bold: bool
    italic: bool
    caps: bool
    hidden: bool
    size: float | None
    raised: bool
    font: str | None


class NumPr(NamedTuple):
    """A numbering reference, each half None where it isn't said."""

    num: int | None
    level: int | None


class StyleSheet:
    """The styles of one package.

    Arguments:
        root: of ``styles.xml``, or None when the package has none.
    """

    def __init__(self, root: _Element | None) -> None:
        styles = [] if root is None else root.findall(W + "style")
        self._styles: dict[str, _Element] = {}
        for style in styles:
            self._styles.setdefault(style.get(W + "styleId") or "", style)
        self.default_paragraph = _default(styles, "paragraph")
        defaults = child(child(root, "docDefaults"), "rPrDefault")
        self._run_defaults = child(defaults, "rPr")
        self._paragraph_defaults = child(child(child(root, "docDefaults"), "pPrDefault"), "pPr")
        self._chains: dict[str | None, tuple[_Element, ...]] = {}
        self._formats: dict[tuple[str | None, str | None], RunFormat] = {}

    def paragraph_style(self, properties: _Element | None) -> str | None:
        """The style that a paragraph has: its own, else the default one."""
        named = value(properties, "pStyle")
        return named if named in self._styles else self.default_paragraph

    def label(self, properties: _Element | None) -> str | None:
        """Name and id of a paragraph's own style, "heading 1|Heading1"; None for the default."""
        named = value(properties, "pStyle")
        if not named:
            return None
        style = self._styles.get(named)
        return f"{value(style, 'name') or named}|{named}"

    def chain(self, style: str | None) -> tuple[_Element, ...]:
        """A style and those it is based on, the nearest first; a circle ends the chain."""
        if style not in self._chains:
            self._chains[style] = tuple(self._ancestors(style))
        return self._chains[style]

    def _ancestors(self, style: str | None) -> Iterable[_Element]:
        seen: set[str | None] = set()
        while style in self._styles and style not in seen and len(seen) < _GENERATIONS:
            element = self._styles[str(style)]
            seen.add(style)
            yield element
            style = value(element, "basedOn")

    def _paragraph_chain(self, style: str | None) -> list[_Element]:
        found = (child(ancestor, "pPr") for ancestor in self.chain(style))
        return [properties for properties in found if properties is not None]

    def num_pr(self, style: str | None) -> NumPr:
        """The numbering of a style; number and level are inherited each for itself."""
        num = level = None
        for properties in self._paragraph_chain(style):
            own = child(properties, "numPr")
            num = number(value(own, "numId")) if num is None else num
            level = number(value(own, "ilvl")) if level is None else level
        return NumPr(num, level)

    def numbered_ids(self, style: str | None) -> list[str]:
        """The style and its ancestors up to the one that names the numbering."""
        ids = []
        for ancestor in self.chain(style):
            ids.append(ancestor.get(W + "styleId") or "")
            if value(child(child(ancestor, "pPr"), "numPr"), "numId") is not None:
                break
        return ids

    def outline(self, properties: _Element | None) -> int | None:
        """Outline level of a paragraph, 1 outermost; None for body text."""
        own = number(value(properties, "outlineLvl"))
        style = self.paragraph_style(properties)
        level = own if own is not None else self._style_outline(style)
        return level + 1 if level is not None and 0 <= level <= 8 else None

    def _style_outline(self, style: str | None) -> int | None:
        for ancestor in self.chain(style):
            level = number(value(child(ancestor, "pPr"), "outlineLvl"))
            if level is not None:
                return level
            heading = _HEADING.fullmatch(value(ancestor, "name") or "")
            if heading:
                return int(heading[1]) - 1
        return None

    def centred(self, properties: _Element | None) -> bool:
        """Whether a paragraph is centred."""
        chain = self._paragraph_chain(self.paragraph_style(properties))
        for layer in ([] if properties is None else [properties]) + chain:
            alignment = value(layer, "jc")
            if alignment is not None:
                return alignment == "center"
        return value(self._paragraph_defaults, "jc") == "center"

    def left(self, properties: _Element | None, numbered: _Element | None) -> float | None:
        """Where the leftmost line begins, in points from the margin.

        Arguments:
            numbered: the ``pPr`` of the numbering level that applies, if any; it stands between
                the paragraph's own indents and those of its style.
        """
        layers = [properties, numbered]
        layers += self._paragraph_chain(self.paragraph_style(properties))
        layers.append(self._paragraph_defaults)
        indents = [child(layer, "ind") for layer in layers]
        left = _first(indents, ("left", "start"))
        hanging = _first(indents, ("hanging",))
        if left is None and hanging is None:
            return None
        return round((left or 0.0) - max(hanging or 0.0, 0.0), 1)

    def run_format(self, paragraph: str | None, properties: _Element | None) -> RunFormat:
        """How a run looks in a paragraph of style ``paragraph``, its own properties included."""
        named = value(properties, "rStyle")
        key = (paragraph, named)
        if key not in self._formats:
            self._formats[key] = self._style_format(paragraph, named)
        return _direct(self._formats[key], properties)

    def _style_format(self, paragraph: str | None, character: str | None) -> RunFormat:
        of_paragraph = _run_layers(self.chain(paragraph))
        of_character = _run_layers(self.chain(character))
        defaults = [] if self._run_defaults is None else [self._run_defaults]
        toggles = {
            name: bool(_flag(defaults, name))
            or bool(_flag(of_paragraph, name)) != bool(_flag(of_character, name))
            for name in _TOGGLES
        }
        layers = of_character + of_paragraph + defaults
        return RunFormat(
            bold=toggles["b"],
            italic=toggles["i"],
            caps=toggles["caps"],
            hidden=toggles["vanish"],
            size=_nearest_size(layers),
            raised=_nearest(layers, "vertAlign") == "superscript",
            font=next((font for font in map(_font, layers) if font), None),
        )


def _default(styles: list[_Element], kind: str) -> str | None:
    for style in styles:
        if style.get(W + "type") == kind and style.get(W + "default") in {"1", "true", "on"}:
            return style.get(W + "styleId")
    return None


def _run_layers(chain: tuple[_Element, ...]) -> list[_Element]:
    found = (child(style, "rPr") for style in chain)
    return [properties for properties in found if properties is not None]


def _flag(layers: list[_Element], name: str) -> bool | None:
    return next((on for on in (flag(layer, name) for layer in layers) if on is not None), None)


def _nearest(layers: list[_Element], name: str) -> str | None:
    return next((text for text in (value(layer, name) for layer in layers) if text), None)


def _nearest_size(layers: list[_Element]) -> float | None:
    return points(_nearest(layers, "sz"), _HALF_POINT)


def _font(properties: _Element) -> str | None:
    fonts = child(properties, "rFonts")
    return None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")


def _first(indents: list[_Element | None], names: tuple[str, ...]) -> float | None:
    for indent in indents:
        for name in names:
            length = points(None if indent is None else indent.get(W + name), _TWENTIETH)
            if length is not None:
                return length
    return None


def _direct(style: RunFormat, properties: _Element | None) -> RunFormat:
    """A run's own properties over those of its styles."""
    if properties is None:
        return style
    raised = value(properties, "vertAlign")
    return RunFormat(
        bold=_own(flag(properties, "b"), style.bold),
        italic=_own(flag(properties, "i"), style.italic),
        caps=_own(flag(properties, "caps"), style.caps),
        hidden=_own(flag(properties, "vanish"), style.hidden),
        size=points(value(properties, "sz"), _HALF_POINT) or style.size,
        raised=style.raised if raised is None else raised == "superscript",
        font=_font(properties) or style.font,
    )


def _own(said: bool | None, inherited: bool) -> bool:
    return inherited if said is None else said
