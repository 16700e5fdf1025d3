"""The index: the only room that imports Whoosh. It publishes records and executes query trees.

    publish(folder, store)   -> a new generation, or nothing when nothing changed
    open_index(folder)       -> Index: search, count, facet, look up, explain
    verify(folder, store)    -> what is wrong with it

``layout.py`` tells how it lies on disk, ``analysis.py`` what a word is, ``execute.py`` what a
query means, ``ranking.py`` how hits are scored.
"""

from treatybody.index.publishing import Published, Records, publish
from treatybody.index.searching import Index, open_index
from treatybody.index.verifying import findings as verify

__all__ = ["Index", "Published", "Records", "open_index", "publish", "verify"]
