"""The XML names of WordprocessingML, and the values that attributes carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = W + "val"

_FALSE = frozenset({"0", "false", "off", "none"})
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child of that local name in the main namespace.

    >>> child(None, "pPr") is None
    True
    """
    return None if element is None else next(element.iterchildren(W + name), None)


def value(element: _Element | None, name: str) -> str | None:
    """The ``w:val`` of a child element, None when either is absent."""
    found = child(element, name)
    return None if found is None else found.get(VAL)


def number(text: str | None) -> int | None:
    """An attribute as an integer; None when it is absent or no number.

    >>> number("12"), number("twelve"), number(None)
    (12, None, None)
    """
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def flag(element: _Element | None, name: str) -> bool | None:
    """An on/off property of §17.17.4: None when it isn't said."""
    found = child(element, name)
    if found is None:
        return None
    return (found.get(VAL) or "true").lower() not in _FALSE


def points(text: str | None, unit: float) -> float | None:
    """A measure in points; plain numbers count in ``unit`` points, ISO Strict writes "12pt".

    >>> points("720", 1 / 20), points("1in", 1 / 20), points("wide", 1)
    (36.0, 72.0, None)
    """
    if not text:
        return None
    factor = _POINTS.get(text[-2:])
    try:
        return float(text) * unit if factor is None else float(text[:-2]) * factor
    except ValueError:
        return None
