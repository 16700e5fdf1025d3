"""What a package says of itself: ``docProps/core.xml`` and ``docProps/custom.xml``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how Office writes a control character (22.4.2.4)


def core(root: _Element) -> dict[str, str]:
    """Title, subject, dates ... under names such as "core:title"."""
    pairs = ((_local(child), _text(child)) for child in root if isinstance(child.tag, str))
    return {f"core:{name}": text for name, text in pairs if text}


def custom(root: _Element) -> dict[str, str]:
    """The properties that a template adds; UN templates keep symbol and date here."""
    pairs = ((child.get("name"), _text(child)) for child in root if isinstance(child.tag, str))
    return {str(name): text for name, text in pairs if name and text}


READERS: dict[str, Callable[[_Element], dict[str, str]]] = {
    "core-properties": core,
    "custom-properties": custom,
}


def _local(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: _Element) -> str:
    text = "".join(str(piece) for piece in element.itertext())
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).strip()
