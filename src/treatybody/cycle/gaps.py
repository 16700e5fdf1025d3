"""Questions without a reply heading, and recommendations that no question takes up.

"No heading" is a fact; whether a question was answered elsewhere is not said here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from treatybody import tables
from treatybody.cycle.papers import Papers, base
from treatybody.errors import NotFound
from treatybody.model import Paragraph
from treatybody.references import concerns, places

LISTS = ("list_of_issues", "list_of_issues_prior_to_reporting")


@dataclass(frozen=True)
class Gaps:
    """What nothing leads to.

    Arguments:
        document: the key of the list or of the concluding observations.
        of: ``questions`` or ``recommendations``.
        total: how many questions or recommendations there are.
        whole: ids of those that nothing leads to.
        parts: addresses of lettered parts that have no heading of their own, though other
            letters of the same question have one.
        by: keys of the documents whose links were looked at; empty: there are none.
        elsewhere: for recommendations without a question, the places in other papers (reports,
            follow-up reports, later concluding observations) that name them in print.
    """

    document: str
    of: str
    total: int
    whole: list[str]
    parts: list[str]
    by: list[str]
    elsewhere: dict[str, list[str]] = field(default_factory=dict)


def gaps(papers: Papers, document: str) -> Gaps:
    """Find what no reply heading or no question leads to.

    Arguments:
        papers: the corpus.
        document: the key of a list of issues or of concluding observations.

    Raises:
        NotFound: the document is neither.
    """
    kind = papers.documents[document].type if document in papers.documents else None
    if kind in LISTS:
        return _questions(papers, document)
    if kind == "concluding_observations":
        return _recommendations(papers, document)
    raise NotFound(
        f"{document} is neither a list of issues nor concluding observations; gaps are known "
        "for these only. See tb docs for the types of documents."
    )


# --- questions -------------------------------------------------------------------------------


def _questions(papers: Papers, document: str) -> Gaps:
    questions = [one for one in papers.of_document(document) if _numbered(one)]
    answered: dict[str, set[str]] = defaultdict(set)
    by = set()
    for question in questions:
        for link in papers.links_to(question.id, "replies_to"):
            answered[question.id].add(link.target)
            by.add(link.source.partition("#")[0])
    whole = [one.id for one in questions if not answered[one.id]]
    parts = [part for one in questions for part in _parts(one, answered[one.id])]
    return Gaps(document, "questions", len(questions), whole, parts, sorted(by))


def _numbered(one: Paragraph) -> bool:
    return one.kind == "paragraph" and one.number is not None


def _parts(question: Paragraph, answered: set[str]) -> list[str]:
    """The letters without a heading, where letters have headings at all."""
    lettered = {target for target in answered if target != question.id}
    if not lettered:
        return []
    first = [address for address in places.addresses(question) if address.count("(") == 1]
    return [
        question.id + address
        for address in first
        if not any(one.startswith(question.id + address) for one in lettered)
    ]


# --- recommendations -------------------------------------------------------------------------


def recommendations(papers: Papers, document: str) -> list[Paragraph]:
    """The recommendations of concluding observations, without what concerns procedure."""
    return [
        one
        for one in papers.of_document(document)
        if _numbered(one)
        and not any(_procedure().search(title) for title in one.section)
        and (papers.links_from(one.id, "recommends_on") or _recommends(one))
    ]


def _recommends(one: Paragraph) -> bool:
    return (
        concerns.is_recommendation(one)
        and not any(_preface().search(title) for title in one.section)
        and bool(one.section)
    )


def _recommendations(papers: Papers, document: str) -> Gaps:
    wanted = recommendations(papers, document)
    taken: set[str] = set()
    by = set(_later_lists(papers, document))
    for one in wanted:
        for link in papers.links_to(one.id, "cites"):
            if papers.type_of(link.source) in LISTS:
                taken.add(base(link.target))
                by.add(link.source.partition("#")[0])
    whole = [one.id for one in wanted if one.id not in taken]
    elsewhere = {one: places for one in whole if (places := _named_in(papers, one))}
    return Gaps(document, "recommendations", len(wanted), whole, [], sorted(by), elsewhere)


def _later_lists(papers: Papers, document: str) -> list[str]:
    """The lists of issues that could take up what concluding observations recommend."""
    own = papers.documents[document]
    return [
        key
        for key, one in papers.documents.items()
        if one.type in LISTS
        and (one.committee, one.state) == (own.committee, own.state)
        and (one.date or "") > (own.date or "9999")
    ]


def _named_in(papers: Papers, recommendation: str) -> list[str]:
    """Where other papers than lists of issues name a recommendation in print."""
    own = recommendation.partition("#")[0]
    return sorted(
        {
            base(link.source)
            for link in papers.links_to(recommendation, "cites", "replies_to")
            if link.explicit and link.source.partition("#")[0] != own
        },
        key=papers.when,
    )


@cache
def _procedure() -> re.Pattern[str]:
    forms = tables.settings("cycle_words")["sections"]["procedure"]
    return re.compile("|".join(forms), re.IGNORECASE)


@cache
def _preface() -> re.Pattern[str]:
    forms = tables.settings("cycle_words")["sections"]["preface"]
    return re.compile("|".join(forms), re.IGNORECASE)
