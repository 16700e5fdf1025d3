"""Whether a printed number points at a passage on another subject: then the link says so.

Lists of issues and concluding observations are ordered by the treaty's articles. Where a question
stands under one article, all that its bracket points at stands under others, and no uncommon word
is shared, the number may be a slip. The link stays as printed; a remark says what is odd.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import msgspec

from treatybody.model import Document, Link
from treatybody.references.model import Outline, Reference

Articles = Mapping[str, frozenset[str]]


def articles_of(references: Mapping[str, Sequence[Reference]]) -> dict[str, frozenset[str]]:
    """The articles under whose headings each paragraph stands ("ICRMW art. 58-63")."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in (one for some in references.values() for one in some):
        if one.kind == "cites_article" and one.where == "section" and one.thing:
            for source in one.sources:
                found[source].add(one.thing)
    return {key: frozenset(value) for key, value in found.items()}


# Papers whose brackets say what a question is about. In an answer "see the reply to question 20"
# points at another subject on purpose.
_POINTING = frozenset(
    {"list_of_issues", "list_of_issues_prior_to_reporting", "concluding_observations"}
)


def remark(
    documents: Mapping[str, Document],
    links: Iterable[Link],
    outlines: Mapping[str, Outline],
    references: Mapping[str, Sequence[Reference]],
) -> list[Link]:
    """Add to the links of odd brackets what is odd about them."""
    articles = articles_of(references)
    words = {one.id: frozenset(one.words) for some in outlines.values() for one in some.entries}
    rare = _Rare(outlines)
    brackets: dict[tuple[str, int, str], list[Link]] = defaultdict(list)
    kept = list(links)
    for link in kept:
        if link.kind != "cites" or link.status != "resolved" or link.where != "text":
            continue
        if _compared(documents, link):
            brackets[link.source, link.start, link.where].append(link)
    odd = {
        id(link): _said(link, articles)
        for some in brackets.values()
        if all(_differs(one, articles, words, rare) for one in some)
        for link in some
    }
    return [_with(link, odd[id(link)]) if id(link) in odd else link for link in kept]


def _compared(documents: Mapping[str, Document], link: Link) -> bool:
    """Whether a bracket and what it points at can be compared: words of two languages can't."""
    source = documents[link.source.partition("#")[0]]
    target = documents.get(link.target.partition("#")[0])
    return source.type in _POINTING and target is not None and source.language == target.language


def _with(link: Link, said: str) -> Link:
    return msgspec.structs.replace(link, note="; ".join(filter(None, (link.note, said))))


def _said(link: Link, articles: Articles) -> str:
    here, there = _named(articles[_base(link.source)]), _named(articles[_base(link.target)])
    return f"as printed; the passage stands under {there}, not {here}"


def _named(some: frozenset[str]) -> str:
    return ", ".join(sorted(some, key=lambda one: [int(n) for n in re.findall(r"\d+", one)]))


def _differs(
    link: Link, articles: Articles, words: Mapping[str, frozenset[str]], rare: _Rare
) -> bool:
    source, target = _base(link.source), _base(link.target)
    if source.partition("#")[0] == target.partition("#")[0]:
        return False
    here, there = articles.get(source), articles.get(target)
    if not here or not there or _numbers(here) & _numbers(there):
        return False
    shared = words.get(source, frozenset()) & words.get(target, frozenset())
    return not rare.any(shared, source.partition("#")[0], target.partition("#")[0])


def _base(place: str) -> str:
    document, mark, address = place.partition("#")
    return document + mark + address.partition("(")[0]


@cache
def _numbers(some: frozenset[str]) -> frozenset[tuple[str, int]]:
    """The single articles of a set of targets, ranges taken apart."""
    found: set[tuple[str, int]] = set()
    for one in some:
        span = re.fullmatch(r"(\S+) art\. (\d+)(?:-(\d+))?.*", one)
        if span:
            last = int(span[3] or span[2])
            found.update((span[1], number) for number in range(int(span[2]), last + 1))
    return frozenset(found)


class _Rare:
    """Which words are uncommon in two documents together."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        self.outlines = outlines
        self.counted: dict[str, tuple[Counter[str], int]] = {}

    def _count(self, key: str) -> tuple[Counter[str], int]:
        if key not in self.counted:
            entries = self.outlines[key].entries if key in self.outlines else []
            seen = Counter(word for one in entries for word in one.words)
            self.counted[key] = (seen, len(entries))
        return self.counted[key]

    def any(self, words: Iterable[str], one: str, other: str) -> bool:
        """Whether one of the words stands in few paragraphs of the two documents."""
        (seen, number), (also, more) = self._count(one), self._count(other)
        limit = max(3, (number + more) // 25)
        return any(seen[word] + also[word] <= limit for word in words)
