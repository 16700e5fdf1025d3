"""Line breaks inside a block: which are layout, and which part the text.

A source file breaks lines inside a paragraph for the look of the page. Records keep a line
break only before a lettered or numbered part; a web address goes on without a blank.

>>> flow(Marked("see guideline\\nNo. 003")).text
'see guideline No. 003'
>>> flow(Marked("see https://www.un.org/a_\\nb.pdf")).text
'see https://www.un.org/a_b.pdf'
>>> flow(Marked("the actions:\\n\\t\\t(a) One;\\n(b) Two")).text
'the actions:\\n(a) One;\\n(b) Two'
"""

from __future__ import annotations

import re

from treatybody.structure.marked import Marked

_BREAK = re.compile(r"[ \t]*\n\s*")
_PART = re.compile(r"\(?(?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)\s|[•▪●‣–—-]\s")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/_%=&?.-]$|(?:https?://|www\.)\S*%\w?$")
_TABS = re.compile(r"\t+ ?| \t+")


def flow(text: Marked) -> Marked:
    """A block's text with its layout breaks and tabs taken out."""
    opened = text.strip()
    if "\n" in opened.text:
        before = opened.text
        opened = opened.sub(_BREAK, lambda found: _between(before, found))
    return opened.sub(_TABS, lambda found: " ") if "\t" in opened.text else opened


def _between(text: str, found: re.Match[str]) -> str:
    if _PART.match(text, found.end()):
        return "\n"
    return "" if _ADDRESS.search(text, 0, found.start()) else " "
