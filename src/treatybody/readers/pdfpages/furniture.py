"""Running headers, page numbers, job numbers and barcodes: what stands on a page but not in it.

A segment of a line in the top or bottom zone is furniture when it repeats from page to page at
one height, when the first page's masthead shows it too (the symbol), or when its form is known
(`data/pdf_furniture.toml`: page numbers, job numbers, "Please recycle").
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from treatybody.readers.pdfpages.lines import Line, label_of, part_of, segments
from treatybody.readers.pdfpages.runs import Page, Rule
from treatybody.tables import settings

TOP, BOTTOM = 0.865, 0.145  # of the page's height
DEEPEST = 3  # lines from the top or bottom that may be furniture


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    """The known forms of the data file, by name; what each is for stands there."""
    return {
        name: re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)
        for name, forms in settings("pdf_furniture").items()
        if name != "cues"
    }


@lru_cache(maxsize=1)
def _cues() -> tuple[str, ...]:
    return tuple(settings("pdf_furniture")["cues"])


REPEATED = 0.2  # of the pages: some headers stand on every other one

Sheet = tuple[Page, list[Line]]


def without_furniture(sheets: list[Sheet]) -> list[list[Line]]:
    """The lines of each page without its furniture.

    Arguments:
        sheets: each page with its lines from top to bottom.
    """
    repeated, known = _repeated(sheets), _masthead_words(sheets)
    return [_kept(page, lines, repeated, known) for page, lines in sheets]


def _kept(page: Page, lines: list[Line], repeated: set[str], known: set[str]) -> list[Line]:
    edge = {id(line) for line in _edges(page, lines)}
    above = _header_rule(page, lines)
    kept = []
    for line in lines:
        if id(line) not in edge:
            kept.extend(_plain(line))
        elif not (page.number > 1 and line.y > above):
            below_header = line.y < above < page.height and line.y > TOP * page.height
            kept.extend(_rest(page, line, set() if below_header else repeated, known))
    return kept


def _rest(page: Page, line: Line, repeated: set[str], known: set[str]) -> list[Line]:
    """The line, or what remains of it, or nothing.

    A line goes as a whole; only forms that are never text go from beside text.
    """
    if label_of(line):
        repeated = set()
    if _is_furniture(page, line, repeated, known):
        return []
    cuts = [part_of(line, cut) for cut in segments(line)]
    if all(_is_furniture(page, cut, repeated, known) for cut in cuts):
        return []
    return _plain(line)


def _plain(line: Line) -> list[Line]:
    """The line without forms that are never text, wherever they stand."""
    if not _has_form(line.text):
        return [line]
    form = patterns()["anywhere"]
    cuts = [part_of(line, cut) for cut in segments(line)]
    left = [cut for cut in cuts if not form.fullmatch(cut.text.strip())]
    if len(left) == len(cuts):
        return [line]
    return [cut for cut in left if not patterns()["foot"].fullmatch(cut.text.strip())]


def _has_form(text: str) -> bool:
    """True where a form that is never text stands somewhere; most lines hold no cue to one."""
    small = text.lower()
    cued = any(cue in small for cue in _cues())
    return cued and bool(patterns()["anywhere"].search(text))


def _is_furniture(page: Page, line: Line, repeated: set[str], known: set[str]) -> bool:
    text = line.text.strip()
    forms = patterns()
    if forms["anywhere"].fullmatch(text):
        return True
    if line.y < BOTTOM * page.height and forms["foot"].fullmatch(text):
        return True
    if page.number == 1:
        return bool(line.y < BOTTOM * page.height and forms["edge"].fullmatch(text))
    if _squeezed(text) in known or forms["edge"].fullmatch(text):
        return True
    return not repeated.isdisjoint(_keys(page, line))


def _edges(page: Page, lines: list[Line]) -> list[Line]:
    top = [line for line in lines if line.y > TOP * page.height]
    bottom = [line for line in lines if line.y < BOTTOM * page.height]
    return top[:DEEPEST] + bottom[-2 * DEEPEST if page.number == 1 else -DEEPEST :]


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _keys(page: Page, line: Line) -> set[str]:
    """What a running line has in common from page to page: its text and height.

    A number in it that counts with the pages is one more form; "Reply to paragraph 31" at the
    top of one page and "Reply to paragraph 34" at the next one's are two headings.
    """
    words = _squeezed(line.text)
    if len(words) < 2:
        return set()
    forms = {words}
    for number in re.finditer(r"\d{1,4}", words):
        ahead = int(number[0]) - page.number
        forms.add(f"{words[: number.start()]}#{ahead}#{words[number.end() :]}")
    return {f"{form}@{round(line.y / 4)}" for form in forms}


def _repeated(sheets: list[Sheet]) -> set[str]:
    seen: Counter[str] = Counter()
    for page, lines in sheets[1:]:
        outer = _edges(page, lines)
        outer += [part_of(line, cut) for line in outer for cut in segments(line)]
        seen.update({key for line in outer for key in _keys(page, line)})
    return {key for key, count in seen.items() if count >= max(2, REPEATED * len(sheets))}


def _masthead_words(sheets: list[Sheet]) -> set[str]:
    """What the first page's upper part shows, squeezed: the symbol is among it."""
    if not sheets:
        return set()
    page, lines = sheets[0]
    upper = [line for line in lines if line.y > 0.6 * page.height]
    cuts = [part_of(line, cut).text for line in upper for cut in segments(line)]
    return {_squeezed(text) for text in cuts if "/" in text and any(map(str.isdigit, text))}


def _header_rule(page: Page, lines: list[Line]) -> float:
    """The height above which everything is running header: a full-width rule near the top."""
    for rule in full_width(page):
        above = [line for line in lines if line.y > rule.y0]
        if rule.y0 > TOP * page.height and 0 < len(above) <= 2:
            return rule.y0
    return page.height * 2


def full_width(page: Page) -> list[Rule]:
    """Flat rules over at least 70 % of the page's width, from the top; touching pieces joined."""
    return [rule for rule in flat_rules(page) if rule.x1 - rule.x0 > 0.7 * page.width]


def flat_rules(page: Page) -> list[Rule]:
    """Flat rules with touching pieces of one height joined, from top to bottom."""
    joined: list[Rule] = []
    for rule in sorted((r for r in page.rules if r.flat), key=lambda r: (-round(r.y0), r.x0)):
        last = joined[-1] if joined else None
        if last and abs(last.y0 - rule.y0) < 2 and rule.x0 - last.x1 < 3:
            joined[-1] = last._replace(x1=max(last.x1, rule.x1), y1=max(last.y1, rule.y1))
        else:
            joined.append(rule)
    return joined
