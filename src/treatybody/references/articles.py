"""Treaty articles: "(arts. 8-35)", "article 17, paragraph 2, of the Convention".

An article belongs to a treaty when the words say so, or when the document is the committee's own
(or the words are a heading) and no other owner is named: "article 58 of the Code on Children and
Adolescents" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from treatybody.references import numbers, treaties, words
from treatybody.references.model import Reference
from treatybody.references.numbers import Point
from treatybody.references.places import Place

_COMMITTEE_PAPERS = frozenset(
    {
        "concluding_observations",
        "list_of_issues",
        "list_of_issues_prior_to_reporting",
        "follow_up_letter",
        "general_comment",
        "decision",
    }
)
_PART = re.compile(
    r",?\s*(?:paragraph(?:s|es?)?|paras?\.?|pars?\.|subparagraphs?|incisos?|párrafos?|párrs?\.)"
    r"\s*(?=[\d(])",
    re.I,
)
_HEADING = re.compile(r"\s*(?:(?:[IVX]+|[A-Z]|\d{1,2})[.)]\s*)?(?:re:?\s*)?\Z", re.I)
_GENERIC = re.compile(
    r"(?:present\s+|same\s+|said\s+)?(Convention|Covenant|Convención|Convenio|Pacto|Pacte|"
    r"Конвенции|Пакта)\b"
    r"(?!\s+(?:on|against|for|concerning|relating|relativ|sobre|contra|No|,\s*\d{4}))"
)
_PROTOCOL = re.compile(r"Optional\s+Protocol\b(?!\s+(?:to|on)\b)")
_NOT_OWNED_BEFORE = re.compile(
    r"(?:[A-Z][\w’.\-/]*\s*(?:\([\w\s-]*\))?|No\.\s*[\w/.-]+|\d{4}"
    r"|n[o°º]s?\.?\s*\d[\w/.-]*(?:\s+et\s+\d[\w/.-]*)?)\s*[,(]\s*(?:see\s+)?\Z"
)


def find(
    place: Place, committee: str | None, kind_of_document: str
) -> tuple[list[Reference], list[tuple[int, int]]]:
    """Articles of treaties in one place; and the spans of all articles, treaties' or not.

    Arguments:
        place: the text.
        committee: whose papers these are ("the Convention" is its treaty).
        kind_of_document: the document's type.
    """
    found: list[Reference] = []
    spans: list[tuple[int, int]] = []
    for start, points, end in _expressions(place.text):
        end = _compound(place.text, end)
        owner, stop = _owner_after(place.text, end, committee)
        owner = owner or _owner_before(place.text, start, committee)
        spans.append((start, max(end, stop)))
        if owner is None and _implied(place, start, end, stop, kind_of_document):
            owner = treaties.of_committee(committee) if _exist(points, committee) else None
        if owner and owner != "other":
            found.extend(_references(place, start, end, points, owner))
    return found, spans


def _written(address: str) -> str:
    """An article as targets have it: "33.2" is "33(2)", a range has a hyphen."""
    return re.sub(r"^(\d+)\.(\d+)(?![\d.])", r"\1(\2)", address).replace("..", "-")


def _exist(points: Sequence[Point], committee: str | None) -> bool:
    """Whether the committee's treaty can have all these articles: 490 and 5.62 are a code's."""
    last = treaties.last_article(committee)
    parts = (re.split(r"\(|\.\.|\s", one.address)[0].split(".") for one in points)
    return all(int(one[0]) <= last and all(int(part) < 10 for part in one[1:]) for one in parts)


def _references(
    place: Place, start: int, end: int, points: Sequence[Point], treaty: str
) -> Iterator[Reference]:
    begin, stop = _with_brackets(place.text, start, end)
    for point in points:
        yield Reference(
            sources=place.sources(start),
            where=place.where,
            start=begin,
            end=stop,
            evidence=place.text[begin:stop],
            kind="cites_article",
            thing=f"{treaty} art. {_written(point.address)}",
            heading=place.text if place.where == "section" else None,
        )


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return start - 1, end + 1
    return start, end


def covers(target: str, article: int) -> bool:
    """Whether the target of a ``cites_article`` link holds an article of its treaty.

    >>> covers("ICRMW art. 36-56", 40), covers("ICRMW art. 17(2)", 17), covers("ICRMW art. 5", 50)
    (True, True, False)
    """
    found = re.search(r" art\. (\d+)(?:-(\d+))?", target)
    if not found:
        return False
    return int(found[1]) <= article <= int(found[2] or found[1])


# --- expressions -----------------------------------------------------------------------------


def _expressions(text: str) -> Iterator[tuple[int, list[Point], int]]:
    cue = words.cue("article")
    at = 0 if numbers.in_text(text) else len(text)
    while found := cue.search(text, at):
        points, end = _list(text, found.end(), cue)
        at = max(end, found.end())
        if points:
            yield found.start(), points, end


def _list(text: str, at: int, cue: re.Pattern[str]) -> tuple[list[Point], int]:
    """Numbers with their paragraphs: "16 and article 17, paragraph 2" is 16 and 17(2)."""
    points, end = numbers.read(text, at, cue=cue)
    part = _PART.match(text, end) if points else None
    if not part:
        return points, end
    inner, stop = numbers.read(text, part.end())
    if inner and _of_article(inner):
        last = points[-1]
        inner, more = _articles_again(inner, last)
        below = [Point(last.address + _below(one.address), last.start, stop) for one in inner]
        points, end = points[:-1] + below + more, stop
    again = re.compile(r",?\s*and\s+").match(text, end)
    following = cue.match(text, again.end()) if again else None
    if following:
        more, stop = _list(text, following.end(), cue)
        return points + more, stop
    return points, end


def _articles_again(inner: list[Point], last: Point) -> tuple[list[Point], list[Point]]:
    """ "articles 24, paragraph 3, and 29 (b)": 29 is an article again, since numbers ascend."""
    article = int(re.split(r"\D", last.address)[0])
    for at, one in enumerate(inner):
        if at and int(re.split(r"\D", one.address)[0]) > article:
            return inner[:at], inner[at:]
    return inner, []


def _below(address: str) -> str:
    """An article's paragraph as part of its address: "2(b)" is "(2)(b)"."""
    number, label, rest = address.partition("(")
    return f"({number}){label}{rest}"


def _compound(text: str, end: int) -> int:
    """Where a code's own article number ends: "388-1" is neither 388 nor a range."""
    joined = re.compile(r"[-\u2010\u2011\u2013]\d+(?![\d/])").match(text, end)
    return joined.end() if joined else end


def _of_article(inner: list[Point]) -> bool:
    """Whether numbers can be an article's paragraphs: "art. 9, paragraphs 104-116" are not."""
    return all(int(number) <= 30 for one in inner for number in re.findall(r"\d+", one.address))


# --- owners ----------------------------------------------------------------------------------


def _owner_after(text: str, end: int, committee: str | None) -> tuple[str | None, int]:
    """The treaty named behind "of the", "other" for any other owner, None if none is named."""
    joined = _OF().match(text, end)
    if not joined:
        return None, end
    begin = joined.end()
    treaty = treaties.at(text, begin)
    if treaty:
        return treaty[0], begin
    generic = _GENERIC.match(text, begin)
    if generic:
        return treaties.of_committee(committee), generic.end()
    if _PROTOCOL.match(text, begin) and treaties.of_committee(committee):
        return f"{treaties.of_committee(committee)}-OP", begin
    return "other", begin


def _owner_before(text: str, start: int, committee: str | None) -> str | None:
    """ "the Convention (art. 5)", "the Convention on the Rights of the Child, article 3"."""
    lead = text[max(0, start - 200) : start]
    if not re.search(r"[(,]\s*\Z", lead):
        return None
    name = re.sub(r"\s*[(,]\s*\Z", "", lead)
    named = [one for one in treaties.find(name) if one[1] == len(name)]
    if named:
        return named[-1][2]
    if re.search(r"\b(?:the|said) (?:Convention|Covenant)\Z", name):
        return treaties.of_committee(committee)
    return "other" if _NOT_OWNED_BEFORE.search(lead) and not _title(text, start) else None


def _title(text: str, start: int) -> bool:
    """Whether the bracket follows a heading's own words: "Education (art. 24)"."""
    return bool(re.fullmatch(r"[^.;]{3,160}\(\s*", text[:start])) and len(text) < 240


def _implied(place: Place, start: int, end: int, stop: int, kind: str) -> bool:
    """Whether an article without owner is the treaty's."""
    text = place.text
    if re.match(r"[-.]?[A-Za-z]\b", text[end:]) or _ibid().search(text, 0, start):
        return False
    if place.where == "section":
        return bool(_HEADING.match(text[:start])) or "(" in text[:start] or "/" in text[:start]
    if place.where != "text" or kind not in _COMMITTEE_PAPERS or text[end - 1 :].startswith("-"):
        return False
    return stop == end and not _of_instrument(text, start)


@cache
def _ibid() -> re.Pattern[str]:
    """ "Ibid., art. 5" is an article of what was cited before, treaty or law."""
    return re.compile(rf"(?<!\w){words.forms('same', 'place')},?\s*\Z", re.I)


def _of_instrument(text: str, start: int) -> bool:
    """Whether the sentence has named a law whose article this is: "..., in particular article 13".

    A law alone is not enough: what is to be "in line with article 12" is the treaty's.
    """
    sentence = re.split(r"(?<!No)[.;]\s", text[max(0, start - 400) : start])[-1]
    if not _OF_LAW.search(sentence) or _GENERIC.search(sentence):
        return False
    return bool(words.pattern("owner", "law_names").search(sentence))


# What leads from a law to an article of its own.
_OF_LAW = re.compile(
    r"(?:in\s+particular|including|notably|especially|namely|specifically|under|its|pursuant\s+to"
    r"|(?:provisions?|rules?|rights?|exceptions?)\s+(?:\w+\s+){0,2}(?:in|under|of))\s*,?\s*"
    r"(?:the\s+provisions?\s+(?:\w+\s+){0,2}(?:in|of)\s+)?\Z",
    re.I,
)


@cache
def _OF() -> re.Pattern[str]:  # noqa: N802
    return re.compile(rf",?\s*{words.owner_of()}\s+(?:the\s+|its\s+|la\s+|el\s+|l[’'])?", re.I)
