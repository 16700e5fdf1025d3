"""Follow-up: what was requested by when, what came, what the Committee said to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from treatybody import dates, symbols, tables
from treatybody.cycle.papers import Papers, base
from treatybody.errors import NotFound
from treatybody.model import Document, Link
from treatybody.references import requests
from treatybody.symbols import Symbol


@dataclass(frozen=True)
class Report:
    """A follow-up report of the State: its symbol, its key if the corpus has it, and when it came.

    ``received`` is as printed in ``said_by`` or by the report itself ("July 2018").
    """

    symbol: str
    document: str | None
    received: str | None
    said_by: str | None


@dataclass(frozen=True)
class Letter:
    """A letter of the Committee: the links of its views, and what it says nothing on."""

    document: str
    date: str | None
    assesses: list[Link]
    silent_on: list[str]


@dataclass(frozen=True)
class FollowUp:
    """The follow-up of concluding observations.

    Arguments:
        document: their key.
        requested: the links that request, each to a recommendation.
        within, due: the deadline as printed and as an ISO date, None where it is not printed.
        reports: the State's follow-up reports, in the corpus or only named.
        letters: the Committee's letters.
    """

    document: str
    requested: list[Link]
    within: str | None
    due: str | None
    reports: list[Report]
    letters: list[Letter]


def follow_up(papers: Papers, document: str) -> FollowUp:
    """Gather the follow-up of concluding observations.

    Raises:
        NotFound: the document is no concluding observations, or requests no follow-up.
    """
    if document not in papers.documents or (
        papers.documents[document].type != "concluding_observations"
    ):
        raise NotFound(f"{document} is no concluding observations; follow-up is known for these.")
    requested = [
        link
        for one in papers.of_document(document)
        for link in papers.links_from(one.id, "requests_follow_up")
    ]
    if not requested:
        raise NotFound(f"{document} requests no follow-up to single paragraphs.")
    requested.sort(key=lambda link: papers.when(link.target))
    by = requests.deadline(papers.paragraphs[base(requested[0].source)].text)
    letters = _letters(papers, document, [base(link.target) for link in requested])
    return FollowUp(
        document,
        requested,
        by.within if by else None,
        by.due if by else None,
        _reports(papers, document, letters),
        letters,
    )


def _letters(papers: Papers, document: str, requested: list[str]) -> list[Letter]:
    by_letter: dict[str, list[Link]] = {}
    for link in papers.links:
        if link.kind == "assesses" and link.target.partition("#")[0] == document:
            by_letter.setdefault(link.source.partition("#")[0], []).append(link)
    found = []
    for key, links in by_letter.items():
        links.sort(key=lambda one: papers.when(one.source))
        said = {base(link.target) for link in links}
        silent = [one for one in requested if one not in said]
        found.append(Letter(key, papers.documents[key].date, links, silent))
    return sorted(found, key=lambda one: one.date or "")


def _reports(papers: Papers, document: str, letters: list[Letter]) -> list[Report]:
    """The reports that reply to the recommendations or that the letters name."""
    found: dict[str, Report] = {}
    for link in papers.links:
        key = link.source.partition("#")[0]
        replies = link.kind == "replies_to" and link.target.partition("#")[0] == document
        if replies and papers.type_of(link.source) == "follow_up_report":
            report = papers.documents[key]
            came = report.date if report.date_kind == "received" else _stamped(papers, key)
            symbol = report.symbol or key
            found.setdefault(symbol, Report(symbol, key, came, None))
    for letter in letters:
        for one in _named(papers, letter.document, document):
            found[one.symbol] = one
    return [found[symbol] for symbol in sorted(found)]


def _named(papers: Papers, letter: str, document: str) -> list[Report]:
    """The follow-up reports that a letter names by symbol, and when it says they came."""
    found: dict[str, Report] = {}
    for one in papers.of_document(letter):
        for link in papers.links_from(one.id, "cites"):
            symbol = symbols.parse(re.split("[#@]", link.target)[0])
            if symbol is None or not _follows(symbol, papers.documents[document]):
                continue
            key = re.split("#", link.target)[0]
            known = key if key in papers.documents else None
            came = _date_behind("said", one.text) or (_stamped(papers, key) if known else None)
            report = Report(symbol.text, known, came, link.source)
            if symbol.text not in found or (came and not found[symbol.text].received):
                found[symbol.text] = report
    return list(found.values())


def _follows(symbol: Symbol, observations: Document) -> bool:
    """Whether a symbol is that of a follow-up report to these observations."""
    if symbol.type != "follow_up_report":
        return False
    if symbol.suffixes and symbol.base == observations.symbol:
        return True  # an addendum to them: CMW/C/PER/CO/1/Add.1
    own = (observations.committee, observations.state, observations.cycle)
    return symbol.series == "FCO" and (symbol.committee, symbol.state, symbol.cycle) == own


def _stamped(papers: Papers, key: str) -> str | None:
    """When a report came, as its own front has it: "[Date received: 19 May 2017]"."""
    front = papers.of_document(key)[:_FRONT]
    texts = [one.text for one in front if one.kind == "title"]
    texts += [heading for one in front for heading in one.section if heading.startswith("[")]
    return next(filter(None, (_date_behind("stamp", text) for text in texts)), None)


# The first records of a report: its title, and what stands under the headings of its front.
_FRONT = 3


def _date_behind(words: str, text: str) -> str | None:
    """The first date, as printed, behind words of the table: "received in July 2018"."""
    for said in _words(words).finditer(text):
        rest = text[said.end() : said.end() + 30]
        for found in dates.find(rest):
            return rest[found.start : found.end].strip()
    return None


@cache
def _words(name: str) -> re.Pattern[str]:
    forms = "|".join(tables.settings("cycle_words")["received"][name]).replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{forms})\s*:?\s+", re.IGNORECASE)
