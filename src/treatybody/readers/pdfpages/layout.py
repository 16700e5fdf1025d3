"""The measures of a document's page: body size, margins, leading. Taken from its own lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from treatybody.readers.pdfpages.lines import Line, label_of

_NUMBER = re.compile(r"\d{1,3}\.")
FEWEST_NUMBERED = 5
FULL_AT = 0.9  # the width that all but a tenth of the lines stay below is the text's
FULL = 0.85  # of that width: a line that tells the margins


@dataclass(slots=True)
class Layout:
    """Measures in points.

    Arguments:
        size: the prevailing font size.
        left, right: the edges of running text.
        leadings: the usual distance of baselines, by font size rounded to a point.
    """

    size: float
    left: float
    right: float
    leadings: dict[int, float] = field(default_factory=dict)

    def leading(self, size: float) -> float:
        """The usual distance of baselines at a font size."""
        return self.leadings.get(round(size), 1.2 * size)


def body_size(pages: Iterable[Sequence[Line]]) -> float:
    """The size in which most characters are set; 10 points for nothing.

    >>> body_size([])
    10.0
    """
    weights: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            weights[line.size] += len(line.text)
    return max(weights, key=lambda size: weights[size], default=10.0)


def measure(pages: Sequence[Sequence[Line]], size: float) -> Layout:
    """The layout of a document.

    Arguments:
        pages: body lines, a list a page.
        size: the prevailing font size, as `body_size` gives it.
    """
    body = [line for lines in pages for line in lines if abs(line.size - size) < 0.6]
    long = _long(body)
    return Layout(
        size,
        _common((line.x for line in long), 72.0),
        _common((line.right for line in long), 520.0),
        _leadings(pages),
    )


def _long(lines: list[Line]) -> list[Line]:
    """The lines that tell the margins: numbered ones where there are many, else full ones.

    The lines of table columns are neither.
    """
    numbered = [line for line in lines if _NUMBER.match(line.text) and label_of(line)]
    if len(numbered) >= FEWEST_NUMBERED:
        left = _common((line.x for line in numbered), 72.0)
        return [line for line in lines if abs(line.x - left) < 1.5]
    widths = sorted(line.right - line.x for line in lines)
    if not widths:
        return []
    full = widths[int(FULL_AT * (len(widths) - 1))]
    return [line for line in lines if line.right - line.x > FULL * full]


def _common(edges: Iterable[float], default: float) -> float:
    counts = Counter(round(edge) for edge in edges)
    return float(max(counts, key=lambda edge: (counts[edge], edge), default=default))


def _leadings(pages: Sequence[Sequence[Line]]) -> dict[int, float]:
    drops: dict[int, Counter[float]] = {}
    for lines in pages:
        for above, below in pairwise(lines):
            drop = above.y - below.y
            if abs(above.size - below.size) < 0.3 and 0.9 * below.size < drop < 2.5 * below.size:
                drops.setdefault(round(below.size), Counter())[round(drop * 2) / 2] += 1
    return {size: _usual(counts, size) for size, counts in drops.items()}


def _usual(counts: Counter[float], size: int) -> float:
    """The smallest distance that is common: lines stand closer than paragraphs."""
    most = max(counts.values())
    return min(drop for drop, count in counts.items() if count >= 0.25 * most)
