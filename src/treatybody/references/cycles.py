"""Which reporting cycle words name: "the combined second and third periodic reports".

>>> said("the initial report"), said("its combined second and third periodic reports")
(frozenset({1}), frozenset({2, 3}))
>>> said("the second paragraph of the report"), said(None)
(frozenset(), frozenset())
"""

from __future__ import annotations

import re
from functools import cache

from treatybody import tables

_JOINED = r"(?:\s*,\s*|\s+(?:and|to|y|a|et|à)\s+|\s+combined\s+)+"
_REPORT = r"(?:combined\s+)?(?:periodic\s+|national\s+|country\s+)?(?:reports?|informes?|rapports?)"


def said(words: str | None) -> frozenset[int]:
    """The numbers of the reports that words name; empty where they name none."""
    found = _run().search(words or "")
    if not found:
        return frozenset()
    return frozenset(
        int(number)
        for number, pattern in _numbers()
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", found[0], re.IGNORECASE)
    )


def of(cycle: str | None) -> frozenset[int]:
    """The numbers of a document's cycle.

    >>> sorted(of("2-4")), sorted(of("3")), sorted(of(None))
    ([2, 3, 4], [3], [])
    """
    found = re.fullmatch(r"(\d+)(?:-(\d+))?", cycle or "")
    return frozenset(range(int(found[1]), int(found[2] or found[1]) + 1)) if found else frozenset()


@cache
def _numbers() -> tuple[tuple[str, str], ...]:
    return tuple(tables.settings("reference_words")["report_numbers"].items())


@cache
def _run() -> re.Pattern[str]:
    """Ordinals before "report", or "inicial" behind it."""
    one = rf"(?:{'|'.join(pattern for _, pattern in _numbers())})"
    initial = dict(_numbers())["1"]
    return re.compile(
        rf"(?<!\w)(?:{one}(?:{_JOINED}{one})*\s+{_REPORT}|(?:informe|rapport)\s+(?:{initial}))(?!\w)",
        re.IGNORECASE,
    )
