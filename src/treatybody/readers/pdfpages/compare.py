"""Two readings of one page held against each other, and the checks that ask for a second one."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from treatybody.readers.pdfpages.lines import lines_of
from treatybody.readers.pdfpages.runs import Page

_DOUBTFUL = re.compile("[\ufffd\ue000-\uefff\uf040-\uf8ff\x01\x03-\x08\x0e-\x1f]")
_LEFT_OUT = re.compile(r"[\s.\u00ad\ufffe\u2010\u2011-]+")
LONGEST_SHOWN = 40  # characters of a difference


def doubtful(page: Page) -> int:
    """How many characters of a page stand for nothing (replacement, private use, control).

    U+FFFE is not among them: it is PDFium's way to write a hyphen at a line end.
    """
    return sum(len(_DOUBTFUL.findall(run.text)) for run in page.runs)


def text_of_page(page: Page) -> str:
    """A page's text for comparing: without blanks, hyphens and leaders."""
    return _LEFT_OUT.sub("", "".join(line.text for line in lines_of(page)))


def compared(first: Page, second: Page) -> tuple[Page, str | None]:
    """The reading of a page to use, and how they differ in one sentence; None where they agree.

    The first is used, unless the second is less doubtful or has far more text.

    Arguments:
        first, second: the page as two engines read it.
    """
    ours, theirs = text_of_page(first), text_of_page(second)
    missing = len(ours) < 0.5 * len(theirs)
    better = second if missing or doubtful(second) < doubtful(first) else first
    return better, _difference(first, ours, second, theirs)


def _difference(first: Page, ours: str, second: Page, theirs: str) -> str | None:
    if ours == theirs:
        return None
    if sorted(ours) == sorted(theirs):
        return None  # the same characters in another order: the order is made by one stage
    parts = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    spans = [(i, j, k, m) for tag, i, j, k, m in parts if tag != "equal"]
    i, j, k, m = spans[0]
    more = f" and {len(spans) - 1} more" if len(spans) > 1 else ""
    return (
        f"page {first.number}: {first.engine} reads “{_shown(ours[i:j])}” where "
        f"{second.engine} reads “{_shown(theirs[k:m])}”{more}; compare with the page"
    )


def _shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
