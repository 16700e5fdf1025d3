"""Right-to-left text: is it there, and is it in the order of reading or in that of the page?

Some PDFs store Arabic and Hebrew as it looks, from left to right; every word is then backwards
and nothing can be found. Arabic tells itself by the article (words begin with ال, reversed words
end with لا) and by presentation forms, Hebrew by its final letters, which never begin a word.
"""

from __future__ import annotations

import re

from treatybody.readers.pdfpages.runs import Run

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_WORD = re.compile("[\u0590-\u08ff]{3,}")
_FINALS = "ךםןףץ"
SHARE = 0.3  # of the letters
FEWEST_WORDS = 5
_LTR = re.compile("[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff]")


def has_right_to_left(text: str) -> bool:
    """True where any letter is Arabic, Hebrew or alike.

    >>> has_right_to_left("the word سلام"), has_right_to_left("United Nations")
    (True, False)
    """
    return _RTL.search(text) is not None


def is_right_to_left(text: str) -> bool:
    """True where a good part of the letters is Arabic, Hebrew or alike.

    >>> is_right_to_left("الأمم المتحدة"), is_right_to_left("United Nations")
    (True, False)
    """
    if not has_right_to_left(text):
        return False
    letters = sum(map(str.isalpha, text))
    return letters > 0 and len(_RTL.findall(text)) > SHARE * letters


def is_visual(text: str) -> bool:
    """True where right-to-left words stand reversed or as presentation forms.

    >>> logical = "الأمم المتحدة اللجنة المعنية بحقوق الأشخاص ذوي الإعاقة"
    >>> is_visual(logical), is_visual(logical[::-1])
    (False, True)
    """
    if len(_FORMS.findall(text)) > 0.3 * max(1, len(_RTL.findall(text))):
        return True
    words = _WORD.findall(text)
    ahead = sum(word.startswith("ال") or word[-1] in _FINALS for word in words)
    behind = sum(word.endswith("لا") or word[0] in _FINALS for word in words)
    return len(words) >= FEWEST_WORDS and behind > ahead


def with_phrases_upright(runs: list[Run]) -> list[Run]:
    """A mirrored line's runs with its left-to-right phrases (symbols, dates) mirrored back.

    Arguments:
        runs: of one line, from left to right of the mirrored page.

    >>> line = [Run(9, 0, 20, 9, False, False, "590"), Run(20, 0, 40, 9, False, False, "A/80/")]
    >>> [run.text for run in with_phrases_upright(line)]
    ['A/80/', '590']
    """
    done: list[Run] = []
    phrase: list[Run] = []
    for run in runs:
        if _RTL.search(run.text):
            done += [*_upright(phrase), run]
            phrase = []
        else:
            phrase.append(run)
    return done + _upright(phrase)


def _upright(phrase: list[Run]) -> list[Run]:
    """The runs mirrored inside their own span; signs before and after the words stay."""
    wordy = [index for index, run in enumerate(phrase) if _LTR.search(run.text)]
    if len(wordy) < 2:
        return phrase
    first, last = wordy[0], wordy[-1] + 1
    span = phrase[first:last]
    ends = span[0].x + max(run.right for run in span)
    back = [run._replace(x=ends - run.right, right=ends - run.x) for run in span]
    return phrase[:first] + sorted(back, key=lambda run: run.x) + phrase[last:]
