"""What a paragraph style of a UN template says: title, heading of some depth, or body text.

>>> role("HChG"), role("_ H _1"), role("SingleTxtG"), role("Heading 2")
(('heading', 1), ('heading', 2), ('body', 0), ('heading', 2))
"""

from __future__ import annotations

import re
from functools import cache

from treatybody import tables

_OWN = re.compile(r"(?:heading|titre|título|titulo|überschrift|заголовок)(\d)")


@cache
def role(style: str | None) -> tuple[str, int] | None:
    """The role of a style and its depth; None when the style says nothing."""
    for name in re.split(r"[,;|]", style or ""):
        found = _role(re.sub(r"[\s_.-]", "", name).lower())
        if found:
            return found
    return None


def _role(name: str) -> tuple[str, int] | None:
    own = _OWN.match(name)
    if own:
        return "heading", int(own[1])
    for row in tables.load("headings"):
        if any(name.startswith(start) for start in row["begins"]):
            return row["role"], row["depth"]
    return None
