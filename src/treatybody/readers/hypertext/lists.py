"""The numbers of HTML lists, as a browser shows them (HTML Standard, 4.4.5-4.4.8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from treatybody.readers.wordml.numerals import numeral

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BULLET = "•"
_TYPES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_STYLES = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "none": "none",
    "disc": "bullet",
    "circle": "bullet",
    "square": "bullet",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.I)


class ListNumbers:
    """The running number of one ``ol`` or ``ul``.

    Arguments:
        element: the list.
    """

    def __init__(self, element: HtmlElement) -> None:
        self._form = _form(element, "decimal" if element.tag == "ol" else "bullet")
        self._step = -1 if element.get("reversed") is not None else 1
        items = sum(child.tag == "li" for child in element)
        first = items if self._step < 0 else 1
        self._next = _integer(element.get("start"), first)

    def label(self, item: HtmlElement) -> str | None:
        """The label of the next ``li``: "1.", "(a)" never, a bullet for unordered lists."""
        number = _integer(item.get("value"), self._next)
        self._next = number + self._step
        form = _form(item, self._form)
        if form == "bullet":
            return _BULLET
        return None if form == "none" else f"{numeral(number, form)}."


def _form(element: HtmlElement, otherwise: str) -> str:
    styled = _STYLE.search(element.get("style") or "")
    if styled:
        return _STYLES.get(styled[1].lower(), otherwise)
    return _TYPES.get(element.get("type") or "", otherwise)


def _integer(text: str | None, otherwise: int) -> int:
    try:
        return otherwise if text is None else int(text)
    except ValueError:
        return otherwise
