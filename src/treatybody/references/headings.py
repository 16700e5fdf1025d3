"""Reply headings, in every form in which States write them.

"Reply to the question raised in paragraph 9 (a)", "Paragraph 14", "Article 5 / Question 3",
"Awareness-raising (issues 14-16)", a question quoted in bold before its answer. A heading makes
one reference for each question it names; its sources are the paragraphs under it that stand
under no deeper reply heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from treatybody import symbols
from treatybody.model import Document, Paragraph
from treatybody.references import numbers, words
from treatybody.references.model import Reference
from treatybody.references.numbers import Point
from treatybody.references.places import Place, source_of

ANSWERING = frozenset({"replies_to_list_of_issues", "state_report", "follow_up_report"})
_LISTS = frozenset({"list_of_issues", "list_of_issues_prior_to_reporting"})
_OPENING = re.compile(r"\((?P<number>\d{1,3})\s?(?P<letter>[a-z])\)")


@dataclass(frozen=True)
class Asked:
    """Whose questions a document answers: the list's symbol where it is printed."""

    list_of_issues: str | None
    concluding_observations: str | None
    answers: bool
    role: str = "@list_of_issues"


def asked(document: Document, paragraphs: Sequence[Paragraph]) -> Asked:
    """What the headings and the title of a document say about what it answers."""
    texts = [document.title or ""]
    for one in paragraphs:
        texts.extend(one.section)
        if one.kind == "title":
            texts.append(one.text)
    body = [one for one in paragraphs if one.kind == "paragraph"]
    texts.extend(one.text for one in body[:5])
    texts.extend(one.text for one in body if one.number is None and len(one.text) < 160)
    printed = _printed("\n".join(dict.fromkeys(texts)), document)
    joined = " ".join(dict.fromkeys(texts))
    answers = document.type != "state_report" or bool(
        re.search(words.forms_of_role("@list_of_issues"), joined, re.I)
    )
    role = "@list_of_issues"
    if document.type == "state_report" and not printed.get("list"):
        role = _role_of_report(joined) or role
    return Asked(printed.get("list"), printed.get("concluding"), answers, role)


def _role_of_report(headings: str) -> str | None:
    """What a report's headings say it answers, where they name no list by symbol."""
    if re.search(words.forms_of_role("@list_of_issues"), headings, re.I):
        return "@list_of_issues"
    observations = re.search(words.forms_of_role("@concluding_observations"), headings, re.I)
    concerns = words.pattern("quoted", "concerns").search(headings)
    return "@concluding_observations" if observations or concerns else None


def _printed(text: str, document: Document) -> dict[str, str]:
    found: dict[str, str] = {}
    for _, _, symbol in symbols.find(text, document.committee):
        if symbol.type in _LISTS and symbol.text != document.symbol:
            found.setdefault("list", symbol.text)
        if symbol.type == "concluding_observations":
            found.setdefault("concluding", symbol.text)
    return found


def find(places: Sequence[Place], document: Document, what: Asked) -> list[Reference]:
    """All replies of a document: by heading, by quoted question, by opening letter."""
    if document.type not in ANSWERING:
        return []
    before: list[int] = [0]
    headed = [
        (place, _in_sequence(named, before))
        for place in _headings(places)
        if (named := _named(place.text, document, what))
    ]
    owner = _owners([place for place, named in headed if named])
    found = [
        one
        for place, named in headed
        for one in _references(place, named, [p for p, at in owner.items() if at is place], what)
    ]
    return found + list(_openings(places, what, bool(headed)))


def _headings(places: Sequence[Place]) -> list[Place]:
    """The headings of a document, and those that were taken for text (at a page's top)."""
    texts = [place for place in places if place.where == "text"]
    loose = {id(one): at for at, one in enumerate(texts) if _loose_start(one) is not None}
    made: list[Place] = []
    for one in places:
        if one.where == "section":
            made.append(one)
        elif id(one) in loose:
            made.append(_loose(texts, loose[id(one)]))
    return made


def _loose_start(place: Place) -> int | None:
    """Where in a text a reply heading begins that ends the text, None if there is none."""
    if place.where != "text" or place.paragraph.kind not in {"paragraph", "procedural"}:
        return None
    if place.paragraph.number is None and _quoted().match(place.text):
        return 0
    found = _ends_in_reply().search(place.text) if numbers.in_text(place.text) else None
    if not found:
        return None
    start = max(found.start("reply"), found.start("lead"))
    return start if start > 0 or place.paragraph.number is None else None


def _loose(texts: Sequence[Place], at: int) -> Place:
    """Such a heading with the paragraphs that follow it, up to the next heading."""
    section = list(texts[at].paragraph.section)
    under = []
    for one in texts[at + 1 :]:
        if list(one.paragraph.section)[: len(section)] != section:
            break
        under.append(one.paragraph)
        if _loose_start(one) is not None:
            break
    start = _loose_start(texts[at]) or 0
    return Place(texts[at].text[start:], "section", texts[at].paragraph, under=tuple(under))


def _owners(headed: Sequence[Place]) -> dict[str, Place]:
    """Which reply heading each paragraph belongs to: the deepest above it."""
    owners: dict[str, tuple[int, Place]] = {}
    for place in headed:
        depth = _depth(place)
        for one in place.under:
            if one.id not in owners or depth >= owners[one.id][0]:
                owners[one.id] = (depth, place)
    return {key: place for key, (_, place) in owners.items()}


def _depth(place: Place) -> int:
    section = list(place.paragraph.section)
    return section.index(place.text) if place.text in section else len(section)


@dataclass(frozen=True)
class _Named:
    """One question that a heading names; ``role`` is the document that asks it."""

    start: int
    end: int
    point: Point
    role: str
    note: str | None = None


def _references(
    place: Place, named: list[_Named], sources: list[str], what: Asked
) -> Iterator[Reference]:
    for one in named:
        printed = (
            what.list_of_issues if one.role == "@list_of_issues" else what.concluding_observations
        )
        in_heading = next((s.text for _, _, s in symbols.find(place.text)), None)
        yield Reference(
            sources=sources,
            where="section",
            start=one.start,
            end=one.end,
            evidence=place.text[one.start : one.end],
            kind="replies_to",
            document=_same_kind(in_heading, one.role) or printed or one.role,
            point=one.point.address,
            heading=place.text,
            note=one.note,
        )


def _same_kind(symbol: str | None, role: str) -> str | None:
    parsed = symbols.parse(symbol) if symbol else None
    if parsed is None:
        return None
    wanted = _LISTS if role == "@list_of_issues" else {"concluding_observations"}
    return parsed.text if parsed.type in wanted else None


# --- what a heading names --------------------------------------------------------------------


def _named(text: str, document: Document, what: Asked) -> list[_Named]:
    quoted = _quoted().match(text)
    if quoted and document.type == "replies_to_list_of_issues":
        point = Point(quoted["number"], 0, quoted.end("number"))
        return [_Named(0, len(text), point, "@list_of_issues")]
    found: list[_Named] = []
    for cue, start, points, end in _expressions(text):
        if _mentioned(text[:start], cue):
            break
        if words.pattern("owner", "laws").search(text[:start]):
            continue
        if not _reply_shaped(text, start, cue, document.type, what):
            continue
        role = _role(text, end, document.type, what, cue)
        begin, stop = _whole(text, start, end)
        points, stop = _with_point(text, points, stop)
        found.extend(_Named(begin, stop, point, role) for point in points)
    return found


def _mentioned(lead: str, cue: str) -> bool:
    """Whether what follows is mentioned only; a heading may open "With reference to ..."."""
    if cue == "recommendation" and re.fullmatch(r"\W*with reference to\s+(?:the\s+)?", lead, re.I):
        return False
    return bool(re.search(r"\b(?:see|with reference to)\b[^()]*\Z", lead, re.I))


def _expressions(text: str) -> Iterator[tuple[str, int, list[Point], int]]:
    at = 0
    while found := _any_cue().search(text, at):
        at = found.end()
        kind = next(k for k in _CUES if words.cue(k).match(text, found.start()))
        if kind == "paragraph" and re.search(
            words.forms("cues", "article") + r"\s+[\d()., ]+\Z", text[: found.start()], re.I
        ):
            continue
        points, end = numbers.read(text, found.end(), glued=True, cue=_any_cue())
        if points:
            at = end
            yield kind, found.start(), _lettered_before(text, found.start(), points), end


def _lettered_before(text: str, start: int, points: list[Point]) -> list[Point]:
    """ "subparagraphs (a) and (b) of paragraph 4" is 4(a) and 4(b)."""
    letters = _LETTERS_BEFORE.search(text, max(0, start - 60), start)
    if not letters or len(points) != 1 or not points[0].address.isdecimal():
        return points
    found, _ = numbers.read(f"{points[0].address} {letters['letters']}", 0)
    return [replace(points[0], address=one.address) for one in found]


_LETTERS_BEFORE = re.compile(
    r"\b(?:sub-?paragraphs?|points?|letters?)\s+(?P<letters>\([a-z]\)(?:[^.;]{0,30}\([a-z]\))?)"
    r"\s+of\s+\Z",
    re.I,
)
_CUES = ("paragraph", "question", "recommendation", "short")


@cache
def _quoted() -> re.Pattern[str]:
    openers = words.forms("quoted", "openers")
    return re.compile(rf"(?P<number>\d{{1,3}})\s*[.)]\s+(?=(?:{openers})\b)")


@cache
def _ends_in_reply() -> re.Pattern[str]:
    reply, listed = words.forms("cues", "reply"), words.forms_of_role("@list_of_issues")
    cues = "|".join(words.forms("cues", kind) for kind in ("paragraph", "question"))
    recommendation = words.forms("cues", "recommendation")
    observations = words.forms_of_role("@concluding_observations")
    return re.compile(
        rf"(?:\A|[.;:)”]\s+)(?P<reply>(?-i:(?=[A-ZÁÉ])){reply}\s+(?:to|au|à|al|a)\s+[^.;]{{0,60}}?"
        rf"(?:{cues})\s*\d[\d()a-z, –-]*?(?:\s+of\s+the\s+{listed})?(?:\s*\([A-Z/0-9.-]+\))?)\s*\Z"
        rf"|(?:\A|[.;:)”]\s+)(?P<lead>(?-i:With)\s+(?:reference|regard)\s+to\s+[^.;:]{{0,60}}?"
        rf"{recommendation}\s*\d[^.;:]{{0,80}}?{observations}[^.;:]{{0,80}}:?)\s*\Z",
        re.I,
    )


@cache
def _any_cue() -> re.Pattern[str]:
    return words.cue(*_CUES)


def _reply_shaped(text: str, start: int, cue: str, kind: str, what: Asked) -> bool:
    """Whether a heading answers what it names, rather than mentioning it."""
    lead = text[:start]
    if re.search(
        rf"\b(?:{words.forms('cues', 'reply')})\b|{words.forms('quoted', 'leads')}",
        lead,
        re.I,
    ):
        return True
    if not what.answers and cue == "paragraph" and what.concluding_observations is None:
        return False
    if re.fullmatch(
        r"\W*(?:(?:[IVX]+|[A-Z]|\d{1,2})[.)]\s*)?(?:re\W*|ad\W*|to\s+|on\s+|the\s+)*", lead, re.I
    ):
        return True
    if re.search(r"[(/]\s*\Z", lead):
        return cue != "paragraph" or kind != "state_report" or what.answers
    return bool(re.search(r"\w\s*[-\u2013\u2014:,;]\s*\Z", lead)) and len(lead) < 120


def _role(text: str, end: int, kind: str, what: Asked, cue: str) -> str:
    """Which document asks: the words behind the number say it, else the document's headings."""
    rest = re.split(r"\(|;|\bwith\b", text[end:])[0]
    for role in ("@concluding_observations", "@list_of_issues"):
        if re.search(words.forms_of_role(role), rest, re.I):
            return role
    if kind == "follow_up_report" or cue == "recommendation":
        return "@concluding_observations"
    if re.search(words.forms_of_role("@concluding_observations"), text[:end], re.I):
        return "@concluding_observations"
    return what.role


def _with_point(text: str, points: list[Point], end: int) -> tuple[list[Point], int]:
    """ "paragraph 12 of the list of issues, point (a)" is 12(a)."""
    listed = words.forms_of_role("@list_of_issues")
    between = re.compile(rf"\s+of\s+the\s+{listed}", re.I).match(text, end)
    found, stop = numbers.lettered(text, points, between.end() if between else end)
    return (found, stop) if found is not points else (points, end)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The words of the heading that carry the reply: from "Reply" to the numbers."""
    reply = re.search(rf"\b(?:{words.forms('cues', 'reply')})\b[^/()]*\Z", text[:start], re.I)
    return (reply.start() if reply else start), end


def _in_sequence(named: list[_Named], before: list[int]) -> list[_Named]:
    """Cut a note's mark off a number it is glued to: "Paragraph 3195" after 30 is 31."""
    checked = []
    for one in named:
        number = re.match(r"\d+", one.point.address)
        assert number is not None
        if one.point.address.isdecimal() and int(number[0]) > before[0] + 60:
            one = _unglued(one, number[0], before[0])
        first = re.match(r"\d+", one.point.address)
        before[0] = max(before[0], int(first[0])) if first and int(first[0]) < 500 else before[0]
        checked.append(one)
    return checked


def _unglued(one: _Named, digits: str, before: int) -> _Named:
    for length in range(1, len(digits)):
        number = int(digits[:length])
        if number in (before, before + 1) or (number == before + 2 and len(digits) > length):
            cut = len(digits) - length
            point = replace(one.point, address=str(number))
            note = f"printed {digits}: a note's mark {digits[length:]} stands against the number"
            return replace(one, point=point, end=one.end - cut, note=note)
    return replace(one, note="out of sequence")


# --- answers that open with their question ---------------------------------------------------


def _openings(places: Sequence[Place], what: Asked, headed: bool) -> Iterator[Reference]:
    """Paragraphs that begin "(14a)" under a heading such as "(issues 14-16)"."""
    if not headed:
        return
    for place in places:
        found = _OPENING.match(place.text) if place.where == "text" else None
        if found:
            yield Reference(
                sources=[source_of(place.paragraph, 0)],
                where="text",
                start=0,
                end=found.end(),
                evidence=found[0],
                kind="replies_to",
                document=what.list_of_issues or "@list_of_issues",
                point=f"{found['number']}({found['letter']})",
            )
