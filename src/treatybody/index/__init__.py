"""The index: the only room that imports Whoosh. It publishes records and executes query trees.

    publish(folder, store)   -> a new generation, or nothing when nothing changed
    open_index(folder)       -> Index: search, count, facet, look up, explain
    verify(folder, store)    -> what is wrong with it

``layout.py`` tells how it lies on disk, ``analysis.py`` what a word is, ``execute.py`` what a
query means, ``ranking.py`` how hits are scored.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treatybody.index.publishing import Published, Records, publish
    from treatybody.index.searching import Index, open_index
    from treatybody.index.verifying import findings as verify

__all__ = ["Index", "Published", "Records", "open_index", "publish", "verify"]

# A search must not wait for what only a build imports.
_PLACES = {
    "Published": ("publishing", "Published"),
    "Records": ("publishing", "Records"),
    "publish": ("publishing", "publish"),
    "Index": ("searching", "Index"),
    "open_index": ("searching", "open_index"),
    "verify": ("verifying", "findings"),
}


def __getattr__(name: str) -> object:
    """The public names, each imported when it is first used."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, own = _PLACES[name]
    return getattr(import_module(f"{__name__}.{module}"), own)
