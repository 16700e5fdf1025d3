"""Whose paragraph a number is: what follows says it best, then what stands before.

Nothing here decides what a role means in a corpus: a bare bracket is ``@unnamed``, a bare
"paragraph 39" ``@bare``; resolving decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from treatybody import symbols
from treatybody.references import annexes, ibid, joins, others, words
from treatybody.references.numbers import Point

_ANSWERING = frozenset({"replies_to_list_of_issues", "state_report", "follow_up_report"})
# Papers whose brackets mean another paper, whatever stands before them.
_ASKING = frozenset(
    {"list_of_issues", "list_of_issues_prior_to_reporting", "follow_up_letter", "follow_up_report"}
)
_ROLE_OF = {
    "concluding_observations": "@concluding_observations",
    "list_of_issues": "@list_of_issues",
    "list_of_issues_prior_to_reporting": "@list_of_issues",
    "state_report": "@state_report",
    "replies_to_list_of_issues": "@replies",
    "follow_up_report": "@follow_up_report",
}


# The document that was cited last: "paragraph 27 of the same document".
SAME = "@same"

# What a State's report calls itself; another one is "the initial report", "the first report".
_PLAIN = re.compile(r"(?:the|this|of)\s+report|(?:el|del)\s+informe|(?:le|du)\s+rapport", re.I)
_JOINT_WORD = re.compile(r"\w+\s+\Z")
# Another body's document: it has digits and a slash or a year in brackets, "CommDH(2012)28".
_CODE = re.compile(
    r"(?<![\w/])([A-Z][\w/.-]{0,20}(?:\(\d{4}\))?[\w/.-]{0,20}\d[\w/.-]{0,20}),\s+\Z"
)


@dataclass(frozen=True)
class Named:
    """A document or other thing that stands in the text: its span and what it is."""

    start: int
    end: int
    document: str | None = None
    thing: str | None = None


@dataclass(frozen=True)
class Owner:
    """Which document a paragraph number belongs to, and the words that say so.

    ``at`` is where it stands in the text, when it is part of the evidence; ``annex`` the number of
    its annex in which the paragraph is.
    """

    document: str | None
    thing: str | None = None
    cue: str | None = None
    at: tuple[int, int] | None = None
    annex: str | None = None


@dataclass(frozen=True)
class Expression:
    """A cue and its list of numbers; ``outer`` includes brackets that hold nothing else."""

    start: int
    end: int
    points: Sequence[Point]
    outer: tuple[int, int]
    bracketed: bool


def owner_of(
    text: str,
    expression: Expression,
    named: Sequence[Named],
    kind: str,
    *,
    committee: str | None = None,
    note: bool = False,
) -> Owner:
    """Who owns the numbers: what follows says it best, then what stands before.

    Arguments:
        text: the text, heading or note.
        expression: the numbers.
        named: symbols, resolutions and the like in the text.
        kind: the document's type.
        committee: whose papers these are; those of another are no role of the cycle.
        note: whether the text is a note: a State's notes cite laws, cases and books.
    """
    return (
        _replied_to(text, expression, kind)
        or _owner_after(text, expression, named, kind, committee)
        or _owner_before(text, expression, named, kind, committee)
        or (_of_source(text, expression, note) if kind in _ANSWERING else None)
        or _by_default(text, expression, kind)
    )


def _replied_to(text: str, expression: Expression, kind: str) -> Owner | None:
    """ "See the response to the issues raised under paragraph 13 above": a question."""
    lead = text[max(0, expression.outer[0] - 90) : expression.outer[0]]
    rest = text[expression.end : expression.end + 60]
    above = words.pattern("self", "after").match(rest.lstrip(" ,"))
    if kind in _ANSWERING and joins.reply_lead().search(lead) and (above or not _OF().match(rest)):
        return Owner("@list_of_issues", cue="reply to")
    return None


def _owner_after(
    text: str, expression: Expression, named: Sequence[Named], kind: str, committee: str | None
) -> Owner | None:
    rest = text[expression.end : expression.end + 160]
    if words.pattern("self", "after").match(rest.lstrip(" ,")) or _PART.match(rest):
        return Owner("@self")
    behind = _in_bracket(text, expression, named)
    if behind:
        return behind
    if joins.phrase().match(rest):
        return None
    opening = _OF().match(rest)
    if joins.of_article().match(rest):
        return Owner(None)
    if joins.of_question().match(rest):
        return Owner("@self", cue="under a question")
    if not opening:
        return None
    begin = expression.end + opening.end()
    if again := words.pattern("same", "document").match(text, begin):
        return Owner(SAME, cue=again[0])
    annex, begin = annexes.opening(text, begin)
    owner = _named_at(text, begin, named) or _role_owner(text, begin, named, kind, committee)
    return replace(owner or Owner(None), annex=annex) if annex else owner


def _named_at(text: str, begin: int, named: Sequence[Named]) -> Owner | None:
    """ "of CRPD/C/UTO/CO/1", "of document CRPD/C/UTO/CO/1"."""
    direct = next(
        (o for o in named if 0 <= o.start - begin < 40 and joins.leads(text[begin : o.start])), None
    )
    return _printed(text, direct) if direct else _paper(text, begin, named)


def _paper(text: str, begin: int, named: Sequence[Named]) -> Owner | None:
    """ "the information received from Utopia (CRPD/C/UTO/CO/1/Add.1)": known by its symbol."""
    name = joins.paper().match(text, begin)
    one = next((o for o in named if name and o.document and o.start == name.end()), None)
    if one is None or not _ENDS.match(text, one.end):
        return None
    return Owner(one.document, cue=text[begin : one.end])


def _in_bracket(text: str, expression: Expression, named: Sequence[Named]) -> Owner | None:
    """ "Recommendation, para. 71 (CRPD/C/COL/CO/1)": the bracket holds the document alone."""
    opening = re.compile(r"\s*\(\s*").match(text, expression.end)
    if not opening or expression.bracketed:
        return None
    one = next((one for one in named if one.start == opening.end() and one.document), None)
    return _printed(text, one) if one and text[one.end : one.end + 1] == ")" else None


def _role_owner(
    text: str, begin: int, named: Sequence[Named], kind: str, committee: str | None
) -> Owner | None:
    """ "of the State party report", "of these concluding observations (CMW/C/PER/CO/1)"."""
    joint = _JOINT_WORD.search(text, max(0, begin - 40), begin)
    begin = joint.start() if joint else begin
    phrase = re.split(r"[.;:)\n]|, (?!and\b)", text[begin : begin + 160])[0]
    best = None
    for role, pattern in words.roles():
        found = pattern.search(phrase)
        if found and not re.search(r"[(,]", phrase[: found.start()]):
            key = (found.start(), -found.end())
            best = min(best, (key, role, found)) if best else (key, role, found)
    if not best:
        return Owner(None) if re.match(r"\w+\s+[\w“\"]", phrase) else None
    _, role, found = best
    stop, cue = begin + found.end(), phrase[: found.end()].strip()
    other = _of_another(text[stop : stop + 160], role, found[0], committee)
    other = other or others.ahead(phrase[: found.start()], committee)
    plain = kind == "state_report" and _PLAIN.fullmatch(found[0]) and not other
    if _own(phrase[: found.start()], role, kind) or plain:
        return Owner("@self", cue=cue)
    symbol = _symbol_of(text, stop, named, role, other)
    if other and not symbol:
        return Owner(f"@other:{found[0]} {other}", cue=f"{cue} {other}")
    stop = joins.on_report(text, stop) if role == "@concluding_observations" else stop
    return Owner(symbol.document if symbol else role, cue=text[begin:stop].strip())


def _of_another(rest: str, role: str, name: str, committee: str | None) -> str | None:
    """The words behind a role that say it is no paper of the cycle, None where it is one."""
    other = others.behind(rest, committee)
    if other or role != "@state_report" or not _PLAIN.fullmatch(name):
        return other or (others.recipient(rest) if role == "@state_report" else None)
    return others.recipient(rest) or others.stranger(rest)


# From a role to the bracket with its symbol: "of Utopia to the Committee against Torture (".
_TO_BRACKET = re.compile(r"(?:[^.;:()\d\n]|\b(?:19|20)\d\d\b){3,140}\(")
_ENDS = re.compile(r"\)|\s+(?:and|et|y)\s+(?:Add|Corr|Rev)\.")


def _symbol_of(
    text: str, stop: int, named: Sequence[Named], role: str, other: str | None
) -> Named | None:
    """The symbol that stands behind a role: at once, or in the bracket that ends its phrase."""
    near = next((o for o in named if o.document and 0 <= o.start - stop <= 3), None)
    gap = None if near else _TO_BRACKET.match(text, stop)
    far = next((o for o in named if gap and o.document and o.start == gap.end()), None)
    if not gap or not far or not _ENDS.match(text, far.end):
        return near
    again = words.role_in(gap[0])
    parsed = symbols.parse(far.document or "")
    fits = parsed and _ROLE_OF.get(parsed.type) == role and not (again and again[0] == role)
    return far if fits or (other and not again) else None


def _own(lead: str, role: str, kind: str) -> bool:
    """Whether "these concluding observations", "our report" are the document in hand."""
    return _ROLE_OF.get(kind) == role and bool(
        re.search(rf"(?:^|\b){words.forms('self', 'before')}\s+\Z", lead, re.I)
    )


def _owner_before(
    text: str, expression: Expression, named: Sequence[Named], kind: str, committee: str | None
) -> Owner | None:
    start = expression.outer[0]
    lead = text[max(0, start - 90) : start]
    if joins.under_question().search(lead):
        return Owner("@self", cue="under a question")
    if re.search(rf"{words.forms('self', 'above')}\s*(?:in|at|see|under)?\s*\Z", lead, re.I):
        return Owner("@self", cue=lead.split()[-1])
    direct = [one for one in named if one.end <= expression.start and _has_paragraphs(one)]
    if direct and joins.joins(text[direct[-1].end : expression.start]):
        span = (direct[-1].start, direct[-1].end)
        return replace(_printed(text, direct[-1]), annex=annexes.around(text, span, start))
    if words.pattern("owner", "laws").search(text[max(0, start - 90) : start]):
        return Owner(None)
    short = _SHORT().search(text, max(0, expression.start - 80), expression.start)
    if short:
        return Owner(f"@short:{short[1]}", cue=short[1])
    return _code_before(text, expression) or _role_before(text, start, kind, committee)


def _code_before(text: str, expression: Expression) -> Owner | None:
    """Another body's own reference in the bracket: "(CommDH(2012)28, para. 26)"."""
    code = _CODE.search(text, max(0, expression.start - 60), expression.start)
    if code and expression.bracketed and re.search(r"[/()]", code[1]):
        return Owner(code[1], cue=code[1], at=code.span(1))
    return None


def _printed(text: str, one: Named) -> Owner:
    return Owner(one.document, one.thing, text[one.start : one.end], (one.start, one.end))


def _has_paragraphs(one: Named) -> bool:
    """ILO conventions and Goals are not cited by paragraph: a bracket behind them is not theirs."""
    return not (one.thing or "").startswith(("ILO ", "SDG "))


def _role_before(text: str, start: int, kind: str, committee: str | None) -> Owner | None:
    """As in "its previous concluding observations (para. 11)", "the initial report, para. 3"."""
    if others.before(text, start):
        return None
    lead = text[max(0, start - 200) : start]
    if others.sent_home(lead):
        return None
    named = _observations_on(lead) or words.role_in(lead)
    if not named:
        return None
    role, begin, end = named
    other = others.behind(lead[end:], committee) or others.ahead(lead[:begin], committee)
    if not joins.gap(lead[end:]) and not (other and re.fullmatch(r"[^.;)]{0,120}", lead[end:])):
        return None
    if _own(lead[:begin], role, kind) or _coming().search(lead[:begin]):
        return None
    other = other or _of_another(lead[end:], role, lead[begin:end], committee)
    if other:
        return Owner(f"@other:{lead[begin:end]} {other}", cue=lead[begin:end])
    at = start - len(lead)
    annex = annexes.around(text, (at + begin, at + end), start)
    return Owner(role, cue=lead[begin:end], annex=annex)


def _observations_on(lead: str) -> tuple[str, int, int] | None:
    """ "Its concluding observations on the initial report": no report, though it ends with one."""
    named = words.role_in(lead)
    role = "@concluding_observations"
    for one in re.finditer(words.forms_of_role(role), lead, re.I) if named else ():
        stop = joins.on_report(lead, one.end())
        if named and stop > one.end() and stop >= named[2]:
            return role, one.start(), stop
    return None


@cache
def _coming() -> re.Pattern[str]:
    """ "its next periodic report": nothing in it has a number yet."""
    return re.compile(rf"\b{words.forms('self', 'coming')}", re.I)


def _of_source(text: str, one: Expression, note: bool) -> Owner | None:
    """In a State's own paper: a law's or a cited work's number, where nothing says "see".

    Paragraphs of laws bear small numbers; one beside an article or an Act is not the paper's own.
    """
    lead = text[max(0, one.outer[0] - 90) : one.outer[0]]
    see = text[one.outer[0] : one.start].strip("( ")
    if see or words.pattern("self", "leads").search(lead):
        return None
    if note:
        return Owner("@other:source", cue=text[:80].strip()) if lead.strip() else None
    around = text[max(0, one.outer[0] - 300) : one.outer[0]]
    if re.search(r"\bits\s+\Z", lead):
        return Owner(None)
    return Owner(None) if few(one) and words.pattern("owner", "law_words").search(around) else None


def few(one: Expression) -> bool:
    """Whether all numbers are as small as those of a law's paragraphs."""
    return all(int(re.split(r"\D", point.address)[0]) <= _FEW for point in one.points)


# Laws have few paragraphs an article.
_FEW = 12


def _by_default(text: str, expression: Expression, kind: str) -> Owner:
    if text[expression.start] in "§¶" or _capital(text, expression) or _of_law(text, expression):
        return Owner(None)  # a law's own paragraph, quoted
    apart = words.pattern("other", "parts").search(text[: expression.outer[0]][-60:])
    if apart:
        return Owner(f"@other:{' '.join(apart['part'].split()).lower()}", cue=apart[0].strip())
    other = others.before(text, expression.outer[0]) or _source(text, expression, kind)
    again = ibid.opens(text[expression.outer[0] : expression.end])
    if other and not (again and others.is_pronoun(other)):  # "in his report ... (ibid., para. 7)"
        return Owner(f"@other:{' '.join(other.split())}", cue=other)
    return Owner("@unnamed" if expression.bracketed else "@bare")


def _source(text: str, one: Expression, kind: str) -> str | None:
    """The judgment or declaration that a number stands behind, where the number is its own."""
    see = text[one.outer[0] : one.start].strip("( ")
    if see or (one.bracketed and kind in _ASKING):
        return None
    lead = text[max(0, one.start - 90) : one.start]
    return others.source(lead) or others.sent_home(lead)


@cache
def _OF() -> re.Pattern[str]:  # noqa: N802
    return re.compile(rf"\s*,?\s*{words.owner_of()}\s+", re.I)


def _capital(text: str, one: Expression) -> bool:
    """Whether "Paragraph 3" is written as a law's heading or its name is, not as a UN text does."""
    if not text[one.start].isupper():
        return False
    if _HEADING.match(text, one.end):
        return True  # "Paragraph 1 – The State shall ...", "Paragraph 1. The same ..."
    before = text[max(0, one.start - 40) : one.start].rstrip()
    if not before and one.start == 0:
        return not re.match(r"\s+[a-z]", text[one.end :])
    return not before.endswith((".", "(", "?", "!")) and not _SEE_LEAD.search(before)


def _of_law(text: str, one: Expression) -> bool:
    """Whether a bare number is a law's: "Section 4 para. 1 line 10", "paragraph 1 prescribes"."""
    lead, rest = text[max(0, one.outer[0] - 60) : one.outer[0]], text[one.end : one.end + 60]
    if words.pattern("owner", "law_lead").search(lead):
        return True
    return bool(re.match(rf"\s*,?\s*{words.forms('owner', 'law_tail')}", rest, re.I))


_HEADING = re.compile(r"\s*(?:[\u2013\u2014-]|\.)\s+[“\"]?[A-Z]")
_SEE_LEAD = re.compile(r"\b(?:in|and)\Z", re.I)
# "of Part I", "in Part I above": a part of the document in hand.
_PART = re.compile(r"\s*(?:of|in)\s+(?:this\s+Part|Part\s+[IVX]+)\b(?!\s+of\b)")


@cache
def _SHORT() -> re.Pattern[str]:  # noqa: N802
    return re.compile(r"(?<![\w/.-])([A-Z][A-Z0-9]{0,8}(?:-[A-Z0-9]{1,8})+),?\s*\(?\Z")
