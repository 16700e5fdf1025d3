"""Search the working papers of the UN human rights treaty bodies, paragraph by paragraph.

>>> import treatybody
>>> corpus = treatybody.open("path/to/corpus")                      # doctest: +SKIP
>>> for hit in corpus.search('"suspensive effect"', type="CO"):     # doctest: +SKIP
...     print(hit.citation)
CMW/C/PER/CO/1, para. 33
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treatybody.api import open as open

__all__ = ["__version__", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load ``open`` when it is asked for: the command line starts without it."""
    if name == "open":
        from treatybody import api

        return api.open
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
