"""What the texts themselves contradict. It reports; it never corrects.

Misprinted symbols, number sequences, shares of one whole that make more or less than it, one
instrument with two dates, numbers that point at passages on other articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from treatybody import dates, tables
from treatybody.cycle.papers import Papers
from treatybody.model import Paragraph
from treatybody.references import instruments

_KINDS = ("symbol", "pointer", "sequence", "shares", "dates")


@dataclass(frozen=True)
class Finding:
    """One contradiction.

    Arguments:
        kind: ``symbol``, ``sequence``, ``shares``, ``dates`` or ``pointer``.
        places: ids of the paragraphs that it concerns.
        evidence: the words, one for each place.
        says: what is odd, in one sentence.
    """

    kind: str
    places: list[str]
    evidence: list[str]
    says: str


def check(papers: Papers, document: str | None = None) -> list[Finding]:
    """Look through one document, or all of them.

    Arguments:
        papers: the corpus.
        document: a key; None for all.

    Returns the findings by kind and place.
    """
    keys = [document] if document else sorted(papers.documents)
    found: list[Finding] = []
    for key in keys:
        paragraphs = papers.of_document(key)
        found.extend(_sequence(paragraphs))
        for one in paragraphs:
            found.extend(_labels(one))
            found.extend(_shares(one))
        found.extend(_dates(papers, key, paragraphs))
    found.extend(_links(papers, set(keys)))
    return sorted(
        found, key=lambda one: (_KINDS.index(one.kind), [papers.when(p) for p in one.places])
    )


# --- links -----------------------------------------------------------------------------------


def _links(papers: Papers, keys: set[str]) -> Iterator[Finding]:
    for link in papers.links:
        if link.source.partition("#")[0] not in keys or not link.note:
            continue
        misprint = re.search(r"likely a misprint of \S+", link.note)
        pointer = re.search(r"as printed; the passage stands under [^;]+", link.note)
        if misprint:
            says = f"{link.target} is {misprint[0]}"
            yield Finding("symbol", [link.source], [link.evidence], says)
        if pointer:
            says = f"{link.target}: {pointer[0].removeprefix('as printed; ')}"
            yield Finding("pointer", [link.source], [link.evidence], says)


# --- sequences -------------------------------------------------------------------------------


def _sequence(paragraphs: Iterable[Paragraph]) -> Iterator[Finding]:
    """Paragraph numbers that jump or come twice; a restart at 1 begins a new part."""
    before: Paragraph | None = None
    for one in paragraphs:
        if one.kind != "paragraph" or not (one.number or "").isdecimal():
            continue
        number = int(one.number or 0)
        last = int(before.number or 0) if before else 0
        if before and number not in (last + 1, 1):
            says = f"paragraph {number} follows paragraph {last}"
            evidence = [str(last), str(number)]
            yield Finding("sequence", [before.id, one.id], evidence, says)
        before = one


def _labels(one: Paragraph) -> Iterator[Finding]:
    """Labels inside a text or a note that don't run: "(iii) ... (iv) ... (iv) ... (v)"."""
    for text, where in [(one.text, ""), *((n.text, f", note {n.mark}") for n in one.footnotes)]:
        expected = 1
        for label in re.finditer(r"(?<=[\s;:])\(([ivx]+)\)(?=\s)", text):
            number = _roman(label[1])
            if number == 1:
                expected = 2
            elif number == expected:
                expected += 1
            elif expected > 2 and number:
                says = f"({label[1]}) stands where ({_written(expected)}) is due{where}"
                yield Finding("sequence", [one.id], [label[0]], says)
                expected = number + 1


@cache
def _romans() -> list[str]:
    ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    return [ten + one for ten in ("", "x", "xx") for one in ones]


def _roman(text: str) -> int:
    return _romans().index(text) if text in _romans() else 0


def _written(number: int) -> str:
    return _romans()[number] if number < len(_romans()) else str(number)


# --- shares ----------------------------------------------------------------------------------

_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:per\s?cent|percent|%)")
_CLAUSE = re.compile(
    r";|, (?:while|whereas|but|followed by|with|and in|and at)\b|\bof (?:whom|which)\b"
)
# What a share is a share of: "27% of impaired people and 55% of the rest" are of two things.
_OF_WHOM = re.compile(
    r"\d\s*(?:per\s?cent|percent|%)\s+of\s+(?:the\s+|all\s+)*(\w+(?:\s+\w+)?)", re.IGNORECASE
)
_LISTED = re.compile(r"\((\d{1,3}(?:\.\d+)?)\s*(?:per\s?cent|percent|%)\)")


def _shares(one: Paragraph) -> Iterator[Finding]:
    for sentence in re.split(r"\n|(?<=[.;:])\s+(?=[A-ZÁÉÍ])", one.text):
        for clause in [sentence] if _listed(sentence) else _CLAUSE.split(sentence):
            shares = [float(share[1]) for share in _SHARE.finditer(clause)]
            total = sum(shares)
            odd = len(shares) >= 2 and not _some_make_all(shares)
            if odd and abs(total - 100) < _FAR and _claimed(clause, total):
                says = f"shares of one whole make {total:g} per cent"
                yield Finding("shares", [one.id], [sentence.strip()], says)


def _some_make_all(shares: list[float]) -> bool:
    """Whether some of the shares make up a whole, each rounded by half a per cent at most."""
    return any(
        abs(sum(some) - 100) <= 0.5 * len(some) + 0.01
        for size in range(2, len(shares) + 1)
        for some in combinations(shares[:_MANY], size)
    )


# Shares that miss the whole by more are shares of several things; so many are tried together.
_FAR, _MANY = 20, 10


def _listed(sentence: str) -> bool:
    """Whether all shares of a sentence stand in brackets, as the parts of one list."""
    listed = len(_LISTED.findall(sentence))
    return listed >= 3 and listed == len(_SHARE.findall(sentence))


def _claimed(clause: str, total: float) -> bool:
    """Whether the shares claim to be all: more than all of a list, or less with "the others"."""
    if _rates().search(clause) or len(set(_OF_WHOM.findall(clause))) > 1:
        return False  # "the employment rate of women was 44%, of men 51%" is no whole
    if total > 100:
        return _listed(clause) or bool(_all().search(clause))
    return bool(_all().search(clause)) and not _not_all().search(clause)


@cache
def _all() -> re.Pattern[str]:
    return re.compile("|".join(tables.settings("cycle_words")["shares"]["all"]), re.IGNORECASE)


@cache
def _rates() -> re.Pattern[str]:
    return re.compile("|".join(tables.settings("cycle_words")["shares"]["rates"]), re.IGNORECASE)


@cache
def _not_all() -> re.Pattern[str]:
    return re.compile("|".join(tables.settings("cycle_words")["shares"]["not_all"]), re.IGNORECASE)


# --- dates -----------------------------------------------------------------------------------

_DATED = re.compile(
    r"(?:[^.;]|\barts?\.){0,40}?\b(?P<verb>published|adopted|promulgated|issued)\s+on\s+"
)


@dataclass(frozen=True)
class _Dated:
    key: str
    verb: str
    date: str
    place: str
    words: str


def _dates(papers: Papers, document: str, paragraphs: Iterable[Paragraph]) -> Iterator[Finding]:
    """One instrument that is said to be published, or adopted, on two dates."""
    state = papers.documents[document].state
    together: dict[tuple[str, str], list[_Dated]] = defaultdict(list)
    for one in paragraphs:
        for text in (one.text, *(note.text for note in one.footnotes)):
            for dated in _dated(text, one.id, state):
                together[dated.key, dated.verb].append(dated)
    for (key, verb), some in together.items():
        if len({one.date for one in some}) > 1:
            first = {one.date: one for one in reversed(some)}
            named = sorted(first.values(), key=lambda one: papers.when(one.place))
            says = f"{key} is {verb} on {' and on '.join(one.date for one in named)}"
            yield Finding("dates", [o.place for o in named], [o.words for o in named], says)


def _dated(text: str, place: str, state: str | None) -> Iterator[_Dated]:
    for one in instruments.find(text, state):
        said = _DATED.match(text, one.end)
        if not said or instruments.find(text[one.end : said.end()], state):
            continue
        date = next(dates.find(text[said.end() : said.end() + 25]), None)
        if date and date.start == 0 and date.first.day:
            words = text[one.start : said.end() + date.end]
            yield _Dated(one.key, said["verb"].lower(), str(date.first), place, words)
