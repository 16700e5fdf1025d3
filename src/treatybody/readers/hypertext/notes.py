"""Footnotes of a web page: links that show a mark and lead to a place with the note's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARK = re.compile(r"[\[(]?(\d{1,3}|\*{1,3}|[†‡§a-z]|[ivx]{1,5})[\])]?\Z")
_NAME = re.compile(r"f(oo)?t?n|note", re.I)
_BLOCKS = frozenset({"p", "li", "dd", "td", "div", "aside"})


class HtmlNote(NamedTuple):
    """One note: the link that shows its mark, and the element that holds its text."""

    key: str
    mark: str
    body: HtmlElement


def find(root: HtmlElement) -> dict[HtmlElement, HtmlNote]:
    """The notes of a page, by the link that shows their mark."""
    places = {name: element for element in root.iter() for name in _names(element)}
    found: dict[HtmlElement, HtmlNote] = {}
    for link in root.iter("a"):
        target = (link.get("href") or "").removeprefix("#")
        mark = _MARK.match("".join(link.itertext()).strip())
        if mark and target in places and _looks_like_note(link, target):
            body = _block(places[target])
            if body is not None and all(above is not body for above in link.iterancestors()):
                found[link] = HtmlNote(f"note:{target}", mark[1], body)
    return _without_ways_back(_each_in_its_own(found))


def _each_in_its_own(found: dict[HtmlElement, HtmlNote]) -> dict[HtmlElement, HtmlNote]:
    """Notes that share one paragraph can't be told apart; their links stay text."""
    keys: dict[HtmlElement, set[str]] = {}
    for note in found.values():
        keys.setdefault(note.body, set()).add(note.key)
    return {link: note for link, note in found.items() if len(keys[note.body]) == 1}


def _without_ways_back(found: dict[HtmlElement, HtmlNote]) -> dict[HtmlElement, HtmlNote]:
    """A note's text often leads back to the mark; that link stands inside a body."""
    bodies: set[HtmlElement] = set()
    kept: dict[HtmlElement, HtmlNote] = {}
    for link, note in found.items():
        if not any(above in bodies for above in link.iterancestors()):
            kept[link] = note
            bodies.add(note.body)
    return kept


def _names(element: HtmlElement) -> Iterator[str]:
    if isinstance(element.tag, str):
        yield from filter(None, (element.get("id"), element.get("name")))


def _looks_like_note(link: HtmlElement, target: str) -> bool:
    if not (link.get("href") or "").startswith("#"):
        return False
    raised = any(above.tag == "sup" for above in link.iterancestors())
    raised = raised or any(below.tag == "sup" for below in link.iter())
    return raised or bool(_NAME.search(target))


def _block(element: HtmlElement) -> HtmlElement | None:
    if element.tag in _BLOCKS:
        return element
    return next((above for above in element.iterancestors() if above.tag in _BLOCKS), None)


def text(note: HtmlNote) -> str:
    """The note's text without its mark and without the arrow that leads back."""
    words = " ".join("".join(str(piece) for piece in note.body.itertext()).split())
    words = re.sub(r"^[\[(]?" + re.escape(note.mark) + r"[\]).]{0,2}\s*", "", words)
    return words.rstrip("↩︎^ ").strip()
