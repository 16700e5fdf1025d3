"""Every mention of an instrument or treaty, under all the names that it goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from treatybody.cycle import titles
from treatybody.cycle.papers import Papers
from treatybody.model import Link
from treatybody.references import instruments, things, treaties


@dataclass(frozen=True)
class Mentions:
    """One instrument: its key (``PER:law:28950``), and the links that name it, in time order."""

    key: str
    links: list[Link]


def instrument(papers: Papers, name: str) -> list[Mentions]:
    """The instruments that a name or number can mean, with every mention of each.

    Arguments:
        papers: the corpus.
        name: "28950", "Act No. 28950", "Legislative Decree 1350", "ILO C189", "CRC", or a title:
            "Mental Health Act".

    Returns them by key; an empty list when nothing is named so.
    """
    found: dict[str, list[Link]] = {}
    wanted = _wanted(name)
    for link in papers.links:
        if link.kind in {"names", "cites_article"} and _matches(_thing(link), wanted):
            found.setdefault(_thing(link), []).append(link)
    _by_title(papers, name, found)
    return [
        Mentions(key, sorted(found[key], key=lambda one: (papers.when(one.source), one.start)))
        for key in sorted(found)
    ]


def _by_title(papers: Papers, name: str, found: dict[str, list[Link]]) -> None:
    """Add the mentions by title; where a State numbers that title, they are that instrument."""
    if not titles.can_be(name):
        return
    title = re.compile(rf"(?<![\w-]){re.escape(name.strip())}(?![\w-])", re.IGNORECASE)
    numbered: dict[str, str] = {}
    for link in papers.links:
        if link.kind == "names" and link.target.count(":") == 2 and title.search(link.evidence):
            numbered[link.target.partition(":")[0]] = link.target
            if link not in found.setdefault(link.target, []):
                found[link.target].append(link)
    taken = {(one.source, one.where, one.end) for some in found.values() for one in some}
    for link in titles.find(papers, name, numbered):
        held = any(
            one.source == link.source
            and one.where == link.where
            and one.start <= link.start < one.end
            for one in found.get(link.target, [])
        )
        if not held and (link.source, link.where, link.end) not in taken:
            found.setdefault(link.target, []).append(link)


def _thing(link: Link) -> str:
    return re.sub(r" art\. .*| #.*", "", link.target).partition("#")[0]


@dataclass(frozen=True)
class _Wanted:
    kind: str | None
    number: str | None
    exact: frozenset[str]


def _wanted(name: str) -> _Wanted:
    """What a name asks for: a kind and number, or exact keys."""
    exact = {name.strip(), name.strip().upper()}
    named = {one.target for one in things.find(name, None)}
    named.update(code for _, _, code in treaties.find(name))
    if named:
        return _Wanted(None, None, frozenset(named))
    marked = re.sub(r"(?<=[a-zé])\s+(?=\d)", " No. ", name, count=1)
    for key in [*instruments.mentions(name), *instruments.mentions(marked)]:
        kind, _, number = key.partition(":")
        return _Wanted(kind, number, frozenset(exact))
    bare = re.search(r"\d[\w.,/-]*", name)
    return _Wanted(None, instruments.canonical(bare[0]) if bare else None, frozenset(exact))


def _matches(thing: str, wanted: _Wanted) -> bool:
    if thing in wanted.exact:
        return True
    parts = thing.split(":")
    if len(parts) != 3 or wanted.number is None:
        return False
    kind, number = parts[1], parts[2]
    same_kind = wanted.kind is None or kind == wanted.kind or kind.endswith(f"_{wanted.kind}")
    return same_kind and (
        number == wanted.number or number.startswith((f"{wanted.number}-", f"{wanted.number}/"))
    )
