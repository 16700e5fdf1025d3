"""What two paragraphs share: names, instruments, numbers and rare words, and how much it weighs.

The measure behind computed links and ``tb similar``: each shared feature counts by its rarity
among the paragraphs compared, so that "migrant workers" weighs nothing and a decree's number much.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from treatybody import tables
from treatybody.references import instruments
from treatybody.references.outline import common, stem

# A text of more features than this shares much by its length alone, and counts less.
_LONG = 150
_TOKEN = re.compile(r"[^\W\d_]{3,}|\d[\d,.]*\d|\d")


@dataclass(frozen=True)
class Features:
    """The features of a text, each with the words that carry it and where they stand first."""

    spans: Mapping[str, tuple[int, int]]


def features(text: str) -> Features:
    """Read the features of a text: stems, pairs of neighbouring stems, numbers, instruments.

    >>> sorted(features("the suspensive effect of 1,582 appeals").spans)
    ['#1582', 'appeal', 'effect', 'suspens', 'suspens effect']
    """
    spans: dict[str, tuple[int, int]] = {}
    before: tuple[str, int, int] | None = None
    named = instruments.find(text, "X")
    for token in _TOKEN.finditer(text):
        word = token[0]
        if any(one.start <= token.start() < one.end for one in named):
            continue
        if word[0].isdigit():
            _number(spans, word, token.span())
            before = None
            continue
        if word.lower() in common() or len(word) < 3:
            continue
        if word.lower() in _empty():
            before = None
            continue
        key = stem(word.lower())
        spans.setdefault(key, token.span())
        if before and re.fullmatch(
            r"[\s,()“”’-]+(?:[a-z]{1,4}\s)?", text[before[2] : token.start()]
        ):
            spans.setdefault(f"{before[0]} {key}", (before[1], token.end()))
        before = (key, token.start(), token.end())
    for one in named:
        spans.setdefault(one.key[2:], (one.start, one.end))
    return Features(spans)


@cache
def _empty() -> frozenset[str]:
    """Words that join and count and say nothing of a subject."""
    return frozenset(tables.settings("reference_words")["shared"]["empty"])


def _number(spans: dict[str, tuple[int, int]], word: str, span: tuple[int, int]) -> None:
    """Numbers that say something: with three digits or a fraction, and no year."""
    plain = word.rstrip(".,").replace(",", "")
    if (len(plain) >= 3 or "." in plain) and not re.fullmatch(r"(?:19|20)\d\d", plain):
        spans.setdefault(f"#{plain}", span)


@dataclass(frozen=True)
class Shared:
    """What two texts share: the weight, and the shared features, the weightiest first."""

    weight: float
    what: list[str]

    @property
    def strong(self) -> int:
        """How many of them are more than a single word."""
        return sum(" " in one or one[0] == "#" or ":" in one for one in self.what)


class Scale:
    """The rarity of features among the texts that are compared."""

    def __init__(self, texts: Iterable[Features]) -> None:
        self.number = 0
        self.seen: Counter[str] = Counter()
        for one in texts:
            self.number += 1
            self.seen.update(one.spans.keys())

    def weight(self, feature: str) -> float:
        """How much a feature counts; nothing when more than one text in twenty has it."""
        seen = self.seen[feature]
        if seen < 2 or seen > max(3, self.number / 20):
            return 0.0
        rarity = math.log(self.number / seen)
        factor = 2.0 if feature[0] == "#" or ":" in feature else 1.5 if " " in feature else 1.0
        return rarity * factor

    def compare(self, one: Features, other: Features) -> Shared:
        """What two texts share, a pair's single words counted with the pair only."""
        shared = one.spans.keys() & other.spans.keys()
        weights = {feature: self.weight(feature) for feature in shared}
        paired = {word for feature in shared if " " in feature for word in feature.split()}
        kept = {f: w for f, w in weights.items() if w and not (f in paired and " " not in f)}
        long = max(len(one.spans), len(other.spans), 1)
        total = sum(kept.values()) * min(1.0, math.sqrt(_LONG / long))
        return Shared(total, sorted(kept, key=lambda f: (-kept[f], f)))
