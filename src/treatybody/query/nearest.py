"""The nearest real names to a misspelt one, for messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def nearest(typed: str, real: Mapping[str, str], limit: int = 3) -> list[str]:
    """Return what the names most like ``typed`` stand for, best first.

    Arguments:
        real: each name in small letters -> the word to suggest for it.

    >>> nearest("contry", {"country": "state", "type": "type"})
    ['state']
    """
    from rapidfuzz import fuzz, process

    found = process.extract(typed.lower(), real.keys(), scorer=fuzz.ratio, score_cutoff=65, limit=9)
    best = found[0][1] if found else 0
    close = [real[name] for name, score, _ in found if score >= best - 15]
    return list(dict.fromkeys(close))[:limit]


def did_you_mean(words: Iterable[str], template: str = "`{}`") -> str:
    """Return ``": did you mean `a`, `b`?"``, or nothing for no words.

    >>> did_you_mean(["state", "date"])
    ': did you mean `state` or `date`?'
    """
    shown = [template.format(word) for word in words]
    if not shown:
        return ""
    together = ", ".join(shown[:-1]) + " or " + shown[-1] if len(shown) > 1 else shown[0]
    return f": did you mean {together}?"
