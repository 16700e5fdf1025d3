"""Copied passages: runs of words that two documents share, found in near-linear time.

The words of a paragraph are read without the titles of treaties and the names of bodies, which
every paper repeats. Runs of thirteen words are compared by their hashes, sorted once; where a run
has stood in an earlier document, it is grown to the whole passage that is shared.

Stock wording is no copy. Wording that stands in the papers of three States or more is set aside as
titles are: between the papers of two States thirteen words must remain without it, and within the
papers of one State some of the passage must. What a committee writes to two States is its own
wording, whatever its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import Any

from treatybody import tables
from treatybody.model import Document, Link, Paragraph
from treatybody.references import things, treaties
from treatybody.references.places import source_of

LENGTH = 13
_BASE, _MIX = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
_TREATY = re.compile("Convention|Covenant|Protocol|Statute|Charter|Treaty|Declaration|No\\.")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
# A run that stands in more documents than this is a formula of the house, not a copy.
_FORMULA = 12
# A run of so many words that stands in the papers of so many States is stock wording.
_SHORT, _STATES = 5, 3
# Papers that a committee writes.
_HOUSE = frozenset(
    {
        "concluding_observations",
        "list_of_issues",
        "list_of_issues_prior_to_reporting",
        "follow_up_letter",
        "general_comment",
        "decision",
    }
)


@dataclass(frozen=True)
class Passage:
    """A shared run of words: where it stands in both paragraphs, and how many words it has."""

    source: str
    start: int
    end: int
    target: str
    target_start: int
    target_end: int
    words: int


@dataclass(frozen=True)
class _Words:
    """The words of a paragraph as numbers, names set aside; ``begin`` counts all words before it.

    ``text`` is the paragraph's with blanks for the names, so that offsets stay.
    """

    paragraph: Paragraph
    text: str
    words: list[int]
    begin: int

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the words stand; only asked of paragraphs that share a passage."""
        return [word.span() for word in _WORD.finditer(self.text)]


def find(documents: Mapping[str, Document], paragraphs: Iterable[Paragraph]) -> list[Passage]:
    """All passages that stand in an earlier document of the corpus too.

    Arguments:
        documents: by key; their dates decide which is the earlier one.
        paragraphs: of all documents, in any order.

    A passage is reported once, from the later document to the earliest.
    """
    ordered = sorted(paragraphs, key=lambda one: _order(documents, one))
    read = list(_read([one for one in ordered if one.kind in {"paragraph", "annex"}]))
    if not read:
        return []
    row = _run(read, documents)
    found = _Copies(read, _own_places(row), _other_places(row), _stock(row))
    return [passage for one in read for passage in found.of(one)]


def links(documents: Mapping[str, Document], paragraphs: Sequence[Paragraph]) -> list[Link]:
    """The passages as computed links of kind ``repeats``."""
    texts = {one.id: one for one in paragraphs}
    return [_link(texts, one) for one in find(documents, paragraphs)]


def _link(texts: Mapping[str, Paragraph], one: Passage) -> Link:
    source, target = texts[one.source], texts[one.target]
    return Link(
        source=source_of(source, one.start),
        target=source_of(target, one.target_start),
        kind="repeats",
        evidence=source.text[one.start : one.end],
        start=one.start,
        end=one.end,
        where="text",
        explicit=False,
        status="resolved",
        note=f"{one.words} words in common",
    )


def _order(documents: Mapping[str, Document], one: Paragraph) -> tuple[str, str, int]:
    document = documents.get(one.document)
    return (document.date if document and document.date else "9999"), one.document, one.position


# --- words and runs --------------------------------------------------------------------------


def _read(paragraphs: Iterable[Paragraph]) -> Iterator[_Words]:
    begin, numbers = 0, _Numbers()
    for one in paragraphs:
        text = _blanked(one.text)
        words = [numbers[word] for word in _WORD.findall(text)]
        if len(words) >= LENGTH:
            yield _Words(one, text, words, begin)
            begin += len(words)


class _Numbers(dict[str, int]):
    """A number for each word, one for all ways of writing it; looked up as often as words stand."""

    def __missing__(self, word: str) -> int:
        folded = word.casefold().replace("’", "'")
        number = self[word] = self.setdefault(folded, len(self) + 1)
        return number


def _blanked(text: str) -> str:
    """The text with blanks for what is set aside."""
    for start, end in _aside(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _aside(text: str) -> list[tuple[int, int]]:
    """The spans of treaty titles and of the names of bodies."""
    named = [found.span() for found in _bodies().finditer(text)] if "ommitt" in text else []
    if _TREATY.search(text):
        named += [(start, end) for start, end, _ in treaties.find(text)]
        named += [(one.start, one.end) for one in things.find(text, None)]
    return named


@cache
def _bodies() -> re.Pattern[str]:
    names = [
        name
        for row in tables.load("committees")
        for name in (row["name"], *row["forms"], *row["names"].values())
    ]
    joined = "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len)[::-1]
    )
    return re.compile(rf"(?<!\w)(?:{joined})", re.IGNORECASE)


def _own_places(row: _Run) -> dict[int, int]:
    """For each run that stood in an earlier paper of the same State: where, and where first."""
    import numpy as np

    whole = row.left >= LENGTH
    keys = _hashes(row, LENGTH) ^ (row.state.astype(np.uint64) * np.uint64(_MIX))
    order, group = _sorted(keys)
    earliest = _earliest(order, group)
    papers = _distinct(group, row.document[order])[group]
    fits = (papers > 1) & (papers <= _FORMULA) & whole[order] & whole[earliest]
    fits &= row.document[order] != row.document[earliest]
    return dict(zip(order[fits].tolist(), earliest[fits].tolist(), strict=True))


def _other_places(row: _Run) -> dict[int, int]:
    """For each run that stood first in a paper of one other State, and in no third one's."""

    whole = row.left >= LENGTH
    order, group = _sorted(_hashes(row, LENGTH))
    earliest = _earliest(order, group)
    states = _distinct(group, row.state[order])[group]
    fits = (states > 1) & (states < _STATES) & whole[order] & whole[earliest]
    fits &= (row.state[order] != row.state[earliest]) & ~(row.house[order] & row.house[earliest])
    return dict(zip(order[fits].tolist(), earliest[fits].tolist(), strict=True))


def _sorted(keys: Any) -> tuple[Any, Any]:
    """The order by hash, and the group of equal ones there."""
    import numpy as np

    order = np.argsort(keys)
    same = keys[order][1:] == keys[order][:-1]
    return order, np.concatenate(([0], np.cumsum(~same)))


def _earliest(order: Any, group: Any) -> Any:
    """At each place of the order, the earliest of its group."""
    import numpy as np

    starts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
    return np.minimum.reduceat(order, starts)[group]


def _distinct(group: Any, what: Any) -> Any:
    """How many different values each group has."""
    import numpy as np

    size = int(what.max()) + 1
    pairs = np.sort(group * size + what)
    another = np.concatenate(([True], pairs[1:] != pairs[:-1]))
    return np.bincount(group[another], minlength=int(group[-1]) + 1)


def _stock(row: _Run) -> Any:
    """At each word: whether the short run that begins there is stock wording."""
    import numpy as np

    order, group = _sorted(_hashes(row, _SHORT))
    states = _distinct(group, row.state[order])
    papers = _distinct(group, row.document[order])
    stock = np.empty(len(order), dtype=bool)
    stock[order] = ((states >= _STATES) | (papers > _FORMULA))[group]
    return stock


@dataclass(frozen=True)
class _Run:
    """All words in a row, as numbers; the paper and the State of each, whether the paper is a
    committee's, and how many words its text still has.
    """

    words: Any
    document: Any
    state: Any
    house: Any
    left: Any


def _run(read: Sequence[_Words], documents: Mapping[str, Document]) -> _Run:
    import numpy as np

    words = np.fromiter(chain.from_iterable(one.words for one in read), dtype=np.uint64)
    lengths = [len(one.words) for one in read]
    keys = [one.paragraph.document for one in read]
    known = [documents.get(key) for key in keys]
    states = [(one.state if one else None) or key for one, key in zip(known, keys, strict=True)]
    house = [one is not None and one.type in _HOUSE for one in known]
    return _Run(
        words,
        np.repeat(_numbered(keys), lengths),
        np.repeat(_numbered(states), lengths),
        np.repeat(np.array(house), lengths),
        np.concatenate([np.arange(length, 0, -1) for length in lengths]),
    )


def _numbered(names: Sequence[str]) -> Any:
    """Each name as a number, in the order in which they come first."""
    import numpy as np

    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names])


def _hashes(row: _Run, length: int) -> Any:
    """The hash of the run of so many words that begins at each word."""
    import numpy as np

    padded = np.concatenate((row.words * np.uint64(_MIX), np.zeros(length, dtype=np.uint64)))
    keys = np.zeros(len(row.words), dtype=np.uint64)
    for at in range(length):
        keys = keys * np.uint64(_BASE) + padded[at : at + len(row.words)]
        keys ^= keys >> np.uint64(29)
    return keys


# --- passages --------------------------------------------------------------------------------


class _Copies:
    """The passages of one paragraph after the other.

    Arguments:
        read: all texts, in order.
        own, other: for the place of a run, where it stood first: with the same State, with another.
        stock: at each word, whether stock wording begins there.
    """

    def __init__(
        self,
        read: Sequence[_Words],
        own: Mapping[int, int],
        other: Mapping[int, int],
        stock: Any,
    ) -> None:
        self.read, self.own, self.other, self.stock = read, own, other, stock
        self.begins = [one.begin for one in read]
        self.places = sorted(own.keys() | other.keys())

    def of(self, one: _Words) -> Iterator[Passage]:
        """The passages of a paragraph that are copies."""
        at = bisect_left(self.places, one.begin)
        end = bisect_left(self.places, one.begin + len(one.words))
        done = 0
        for place in self.places[at:end]:
            found = self._at(one, place - one.begin) if place >= done else None
            if found:
                yield found
                done = place + found.words

    def _at(self, one: _Words, at: int) -> Passage | None:
        place = one.begin + at
        for first, judge in ((self.own, self._is_said), (self.other, self._is_taken)):
            if place in first:
                target = self.read[bisect_right(self.begins, first[place]) - 1]
                begin = first[place] - target.begin
                length = _grown(one, at, target, begin)
                if length >= LENGTH and judge(place, length):
                    return _passage(one, at, target, begin, length)
        return None

    def _is_said(self, place: int, length: int) -> bool:
        """Whether a passage within the papers of one State is more than stock wording."""
        return not self.stock[place : place + length - _SHORT + 1].all()

    def _is_taken(self, place: int, length: int) -> bool:
        """Whether enough words remain of a passage of two States without stock wording."""
        left = set(range(length))
        for at in self.stock[place : place + length - _SHORT + 1].nonzero()[0].tolist():
            left.difference_update(range(at, at + _SHORT))
        return len(left) >= LENGTH


def _grown(one: _Words, at: int, other: _Words, begin: int) -> int:
    """How many words two places share from here on; 0 when only their hashes agreed."""
    length = 0
    limit = min(len(one.words) - at, len(other.words) - begin)
    while length < limit and one.words[at + length] == other.words[begin + length]:
        length += 1
    return length


def _passage(one: _Words, at: int, other: _Words, begin: int, length: int) -> Passage:
    return Passage(
        source=one.paragraph.id,
        start=one.spans[at][0],
        end=one.spans[at + length - 1][1],
        target=other.paragraph.id,
        target_start=other.spans[begin][0],
        target_end=other.spans[begin + length - 1][1],
        words=length,
    )
