"""Which of the UN languages a text is in, from its script and its small words.

>>> detect("The Committee recommends that the State party take measures to ensure it.")[0]
'en'
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from treatybody import tables

UNKNOWN = "und"
_MOST = 100_000


def detect(text: str) -> tuple[str, float]:
    """Return the language that most of a text is in, and its share of the text (0 to 1).

    Arguments:
        text: at least a paragraph for a sure answer; of long texts the first 100,000 characters
            count.

    The code is one of ar, en, es, fr, ru and zh, or "und" (share 0) when nothing speaks for any
    of them: no letters, another script or language, no small word of a language known here.

    >>> detect("El Comité recomienda al Estado parte que adopte las medidas necesarias.")[0]
    'es'
    >>> detect("12.5 %")
    ('und', 0.0)
    """
    shares = _shares(text[:_MOST])
    if not shares:
        return UNKNOWN, 0.0
    code = max(sorted(shares), key=lambda one: shares[one])
    return (code, shares[code]) if code in _un_languages() else (UNKNOWN, 0.0)


def _shares(text: str) -> dict[str, float]:
    """Each script's part of the letters, divided among its languages by their small words."""
    letters = _letters_by_script(text)
    whole = sum(letters.values())
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    shares: dict[str, float] = {}
    for script, count in letters.items():
        for code, part in _within(script, words).items():
            shares[code] = count / whole * part
    return shares


def _letters_by_script(text: str) -> dict[str, float]:
    letters: dict[str, float] = {}
    for char, count in Counter(text).items():
        if char.isalpha():
            script = unicodedata.name(char, "OTHER").split()[0]
            letters[script] = letters.get(script, 0) + count * _weights().get(script, 1)
    return letters


def _within(script: str, words: Counter[str]) -> dict[str, float]:
    rows = [row for row in tables.load("languages") if row["script"] == script]
    if len(rows) == 1:
        return {rows[0]["code"]: 1.0}
    told = {row["code"]: _evidence(row, words) for row in rows}
    whole = sum(told.values())
    return {code: count / whole for code, count in told.items() if count}


def _evidence(row: tables.Row, words: Counter[str]) -> float:
    return sum(words[word] * _telling(word, row["script"]) for word in row["words"].split())


@cache
def _telling(word: str, script: str) -> float:
    """What a small word counts: those that several languages have decide only between equals."""
    rows = (row for row in tables.load("languages") if row["script"] == script)
    return 1.0 if sum(word in row["words"].split() for row in rows) == 1 else 0.02


@cache
def _un_languages() -> frozenset[str]:
    return frozenset(row["code"] for row in tables.load("languages") if row["un"] == "yes")


@cache
def _weights() -> dict[str, float]:
    return {row["script"]: float(row["weight"]) for row in tables.load("languages")}
