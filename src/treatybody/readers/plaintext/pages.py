"""Pages of a text extraction, without what stands on a page but not in it.

A form feed begins a page. At its edges a line is furniture when it repeats from page to page, when
the first page's head shows it too (the symbol), or when its form is known
(``data/pdf_furniture.toml``). A sentence that a page has broken is put together by the caller: no
empty line stays between its halves.

>>> text = "X/1 (E)\\n\\n1. It was\\n\\nGE.20-13807\\n\\fX/1 (E)\\n\\ndone.\\n\\n2\\n"
>>> [line for _, line in lines(text)]
['X/1 (E)', '', '1. It was', 'done.']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from treatybody.tables import settings

Line = tuple[int, str]

UNFINISHED = re.compile(r"[^\s.;:?!)\]”\"»*]$")
_CODE = re.compile(r"\s*[A-Z]\w{0,9}(?:\.\w+)?/[\w./-]{1,40}\s*")
_PAGE = re.compile(r"\s*(?:page|página|стр\.)\s+\d{1,3}\s*", re.I)
_GAP = re.compile(r"\s{3,}")
_NUMBERED = re.compile(r"\s*(?:\d{1,3}\.|\(\w{1,5}\))\s")
_DEEPEST = 3  # lines at an edge that may be furniture; twice as many on the first page
_HEAD, _SHOWN = 20, 60  # lines of the first page, and of the text, that may show the symbol
_REPEATED = 0.2  # of the pages: some heads stand on every other one


def lines(text: str) -> list[Line]:
    """The numbered lines of a text; those of a text in pages without its furniture."""
    pages = _pages(text)
    if len(pages) < 2:
        return _without_page_heads([line for page in pages for line in page])
    repeated, known = _repeated(pages), _shown_first(pages[0])
    kept: list[Line] = []
    for number, page in enumerate(pages, start=1):
        _append(kept, _without(page, number, repeated, known))
    return _without_page_heads(kept)


def _pages(text: str) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for number, line in enumerate(re.split(r"\r\n|[\n\r]", text), start=1):
        first, *others = line.split("\f")
        if first or not others:
            pages[-1].append((number, first))
        pages += [[(number, other)] for other in others]
    return [page for page in pages if any(line.strip() for _, line in page)]


def _append(kept: list[Line], page: Sequence[Line]) -> None:
    """Add a page: an empty line parts it from the one before, where that has ended a sentence."""
    text = [place for place, (_, line) in enumerate(page) if line.strip()]
    if not text:
        return
    while kept and not kept[-1][1].strip():
        kept.pop()
    if kept and not UNFINISHED.search(kept[-1][1].rstrip()):
        kept.append((page[text[0]][0], ""))
    kept.extend(page[text[0] : text[-1] + 1])


def _without(page: Sequence[Line], number: int, repeated: set[str], known: set[str]) -> list[Line]:
    """A page, peeled from its edges inwards; of the first one only the foot."""
    places = [place for place, (_, line) in enumerate(page) if line.strip()]
    foot = reversed(places[-2 * _DEEPEST if number == 1 else -_DEEPEST :])
    drop: set[int] = set()
    for edge in ([], foot) if number == 1 else (places[:_DEEPEST], foot):
        for place in edge:
            if not _is_furniture(page[place][1], number, repeated, known):
                break
            drop.add(place)
    return [line for place, line in enumerate(page) if place not in drop]


def _is_furniture(line: str, page: int, repeated: set[str], known: set[str]) -> bool:
    parts = [part for part in _GAP.split(line.strip()) if part]
    if _NUMBERED.match(line):
        repeated = set()  # "3. It agreed." counts with the pages only by chance
    return all(
        _has_known_form(part)
        or _squeezed(part) in known
        or not repeated.isdisjoint(_forms(part, page))
        for part in parts
    )


def _has_known_form(part: str) -> bool:
    return not any(map(str.isalnum, part)) or bool(_known_forms().fullmatch(part))


@lru_cache(maxsize=1)
def _known_forms() -> re.Pattern[str]:
    table = settings("pdf_furniture")
    forms = [form for name in ("anywhere", "edge", "foot") for form in table[name]]
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _forms(part: str, page: int) -> set[str]:
    """A running line as it stands, and with each number as its distance from the page's."""
    words = _squeezed(part)
    if len(words) < 2:
        return set()
    counted = (
        f"{words[: found.start()]}#{int(found[0]) - page}#{words[found.end() :]}"
        for found in re.finditer(r"[0-9]{1,4}", words)
    )
    return {words, *counted}


def _repeated(pages: Sequence[Sequence[Line]]) -> set[str]:
    seen: Counter[str] = Counter()
    for number, page in enumerate(pages[1:], start=2):
        text = [line for _, line in page if line.strip()]
        seen.update(_of_edges([*text[:_DEEPEST], *text[-_DEEPEST:]], number))
    return {form for form, count in seen.items() if count >= max(2, _REPEATED * len(pages))}


def _of_edges(edges: Iterable[str], number: int) -> set[str]:
    parts = (part for line in edges for part in _GAP.split(line.strip()))
    return {form for part in parts for form in _forms(part, number)}


def _shown_first(page: Sequence[Line]) -> set[str]:
    """What looks like a symbol in the first page's head, squeezed."""
    parts = (part for _, line in page[:_HEAD] for part in _GAP.split(line.strip()))
    return {_squeezed(part) for part in parts if "/" in part and re.search(r"\d", part)}


def _without_page_heads(found: Sequence[Line]) -> list[Line]:
    """The lines without those that open a printed page: a document's code, then "page 3".

    Where the page broke in the middle of a sentence, the empty lines around them go too.
    """
    kept: list[Line] = []
    skip = 0
    for place, (number, line) in enumerate(found):
        if skip:
            skip -= 1
        elif _opens_page(found, place):
            skip = 1
            while kept and not kept[-1][1].strip():
                kept.pop()
            broken = bool(kept) and UNFINISHED.search(kept[-1][1].rstrip())
            ahead = found[place + skip + 1 :]
            while broken and skip <= len(ahead) and not ahead[skip - 1][1].strip():
                skip += 1
            if not broken:
                kept.append((number, ""))
        else:
            kept.append((number, line))
    return kept


def _opens_page(found: Sequence[Line], at: int) -> bool:
    """Whether a line is a code that the first lines have shown, with the page's number under it."""
    line = found[at][1]
    if not _CODE.fullmatch(line) or not any(
        _PAGE.fullmatch(one) for _, one in found[at + 1 : at + 2]
    ):
        return False
    return any(line.strip() in one for _, one in found[: min(at, _SHOWN)])
