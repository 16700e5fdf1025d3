"""The parameters of the ranking; ``ranking.py`` tells the formula."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from types import MappingProxyType

from treatybody.frozen import Frozen

DIGITS = 9
LENGTHS_COUNT = MappingProxyType({"text": 0.75, "section": 0.5, "note": 0.75, "speaker": 0.0})


class Weights(Frozen):
    """The parameters of the ranking.

    Arguments:
        k1: saturation.
        weight, b: of each field: its weight, and how far its length counts (0 to 1). Champion
            lists hold for the latter's usual values.
        light: the share of words that name nothing.
        exact, adjacent, near: the shares of the evidence; 0 leaves it out.
        window: how many positions are near.
    """

    k1: float = 1.0
    weight: Mapping[str, float] = MappingProxyType(
        {"text": 1.0, "section": 1.0, "note": 0.5, "speaker": 0.5}
    )
    b: Mapping[str, float] = LENGTHS_COUNT
    light: float = 0.5
    exact: float = 0.2
    adjacent: float = 0.3
    near: float = 0.15
    window: int = 8


def rarity(everything: int, having: float) -> float:
    """The weight of something that so many of all paragraphs have.

    >>> rarity(100, 100) < rarity(100, 1)
    True
    """
    return log(1 + (everything - having + 0.5) / (having + 0.5))


def topical(matches: int, having: float) -> float:
    """How often something stands in the paragraphs that have it, on average.

    >>> topical(6, 4), topical(0, 0)
    (1.5, 1.0)
    """
    return max(1.0, matches / having) if having else 1.0
