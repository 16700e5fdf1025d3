"""General comments, resolutions, ILO standards and the Sustainable Development Goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from treatybody import tables
from treatybody.references import numbers, words


@dataclass(frozen=True)
class Thing:
    """Something named: its span, what it is, and what a person should know."""

    start: int
    end: int
    target: str
    note: str | None = None


def find(text: str, committee: str | None) -> list[Thing]:
    """All of them in a text, in order.

    >>> [one.target for one in find("ILO Conventions Nos. 97 and 143; Goal 5 of the SDGs", None)]
    ['ILO C097', 'ILO C143']
    """
    if not numbers.in_text(text):
        return []
    found = [
        *_general_comments(text, committee),
        *_resolutions(text),
        *_ilo(text),
        *_goals(text),
    ]
    return sorted(found, key=lambda one: (one.start, one.end, one.target))


# --- general comments ------------------------------------------------------------------------

_COMMENT = re.compile(
    r"(?P<joint>joint\s+)?general\s+(?:comment|recommendation)s?\s+(?:Nos?\.?\s*|number\s+)?(?=\d)"
    r"|(?:observaci|recomendaci)(?:ón|ones)\s+general(?:es)?(?:\s+conjuntas?)?\s+"
    r"(?:(?:núms?|Nº|N°|No)\.?\s*)?(?=\d)"
    r"|(?:observ|recommand)ations?\s+générales?(?:\s+conjointes?)?\s+(?:n[oº°]s?\.?\s*)?(?=\d)",
    re.I,
)
_YEAR = r"(?:\s*\((?:19|20)\d\d\))?"


def _general_comments(text: str, committee: str | None) -> Iterator[Thing]:
    small = text.lower()
    if "general" not in small and "général" not in small:
        return
    for found in _COMMENT.finditer(text):
        items, end = _numbered_years(text, found.end())
        owner, note = _comment_owner(text, found.start(), end, committee)
        if not owner:
            continue
        for number in items:
            yield Thing(found.start(), end, _comment(owner, number), note)
        yield from _joint_comments(text, end)


def _comment(stem: str, number: str) -> str:
    return f"{stem.replace('E/C.12/C', 'E/C.12')}/GC/{number}"


def _joint_comments(text: str, at: int) -> Iterator[Thing]:
    """ "and No. 22 (2017) of the Committee on the Rights of the Child", behind the first number."""
    while further := _further().match(text, at):
        at, body, number = further.end(), further["body"], further["number"]
        code = next(code for code, name in _bodies() if re.fullmatch(f"{name}|{code}", body))
        stem = _stem(code)
        if stem and number:
            yield Thing(further.start("no"), further.end("no"), _comment(stem, number))


@cache
def _further() -> re.Pattern[str]:
    """A body behind a number, or a further number of a joint comment with its body."""
    bodies = "|".join(f"{name}|{code}" for code, name in _bodies())
    return re.compile(
        rf"(?:\s*(?:/|,?\s+(?:and|y|et)|,)\s*(?P<no>(?:Nos?\.|núms?\.|n[oº°])\s*"
        rf"(?P<number>\d{{1,3}}){_YEAR}))?"
        rf",?\s+{words.forms('owner', 'issued')}\s*(?P<body>{bodies}){_YEAR}(?!\w)",
    )


def _numbered_years(text: str, at: int) -> tuple[list[str], int]:
    """ "5 (2017)", "1 (2014) and 6 (2018)": numbers and where the list ends."""
    item = re.compile(rf"(\d{{1,3}})(?!\d|/\d){_YEAR}")
    again = re.compile(r"\s*(?:,\s*(?:and\s+|y\s+|et\s+)?|and\s+|y\s+|et\s+)\s*(?:No\.?\s*)?(?=\d)")
    found: list[str] = []
    end = at
    while one := item.match(text, at):
        if found and not re.match(
            r"\s*(?:$|[),.;:]|on\b|of\b|and\b|,)|.*\)$", text[one.end() :][:12]
        ):
            break
        found.append(one[1])
        end = one.end()
        joined = again.match(text, end)
        if not joined:
            break
        at = joined.end()
    return found, end


def _comment_owner(
    text: str, start: int, end: int, committee: str | None
) -> tuple[str | None, str | None]:
    """The symbol stem of the committee whose comment it is."""
    lead, rest = text[max(0, start - 130) : start], text[end : end + 200]
    near: list[tuple[int, str]] = []
    for code, pattern in _bodies():
        if re.search(
            rf"(?:{pattern})(?:[’']s?|\s+\([A-Z]+\))?,?\s*"
            rf"(?:(?:in\s+its|en\s+su|dans\s+son|dans\s+sa)\s+)?(?:joint\s+)?\Z",
            lead,
        ):
            return _stem(code), None
        if re.match(rf"\s*(?:of\s+)?\(?{code}\b", rest) or re.search(rf"\b{code}\s+\Z", lead):
            return _stem(code), None
        behind = re.match(
            rf"[^.;]{{0,120}}?\b{words.forms('owner', 'issued')}\s*(?:{pattern})", rest
        )
        near += [(behind.end(), code)] if behind else []
    if near:
        return _stem(min(near)[1]), None
    if not committee:
        return None, None
    named = re.search(
        r"(?:the\s+Committee[’']s|its|the|\bsus?|\bsa|\bses|\blas?|\bl[’'])\s*(?:joint\s+)?\Z",
        lead,
        re.I,
    )
    return _stem(committee), None if named else "the committee is not named"


@cache
def _bodies() -> tuple[tuple[str, str], ...]:
    rows = tables.load("committees")
    return tuple(
        (
            row["code"],
            "|".join(
                re.escape(name).replace(r"\ ", r"\s+")
                for name in [row["name"], *row["forms"], *row["names"].values()]
            ),
        )
        for row in rows
    )


@cache
def _stem(code: str) -> str | None:
    return next((r["stem"] for r in tables.load("committees") if r["code"] == code), None)


# --- resolutions -----------------------------------------------------------------------------

# "3447 (XXX)", "2200 A (XXI)", "1325 (2000)", "68/268".
_DATED_NUMBER = r"\d{1,4}(?:\s*[A-Z])?\s*\((?:(?:E?S-)?[IVXL]+|(?:19|20)\d\d)\)"
_LETTER = r"(?:\s*[A-Z](?=[\s,.;)]|\Z))?"
_SLASHED_NUMBER = rf"\d{{1,4}}/\d{{1,4}}{_LETTER}"
_RESOLUTION_NUMBER = rf"(?:{_DATED_NUMBER}|{_SLASHED_NUMBER}|\d{{1,4}}{_LETTER})"
_RESOLUTION = re.compile(
    r"(?P<lead>(?:[A-Z]\w+\s+(?:and\s+)?){0,4})?(?:r[eé]solutions?|resoluci(?:ón|ones))\s+"
    rf"(?P<list>{_RESOLUTION_NUMBER}"
    rf"(?:\s*(?:,|and|,\s*and|y|et)\s+(?:{_DATED_NUMBER}|{_SLASHED_NUMBER}))*)"
)


def _resolutions(text: str) -> Iterator[Thing]:
    if not re.search("r[eé]solution|resoluci[óo]n", text):
        return
    for found in _RESOLUTION.finditer(text):
        body = _body(text, found.start(), found.start("list"), found.end())
        start = _start(text, found, body)
        for number in re.findall(_RESOLUTION_NUMBER, found["list"]):
            named = _resolution(number, body)
            if named:
                yield Thing(start, found.end(), *named)


def _resolution(number: str, body: tables.Row | None) -> tuple[str, str | None] | None:
    """The target that a number makes, and a remark; None where it can be anybody's."""
    plain = re.sub(r"\s", "", number)
    if "/" not in plain:  # "217 A (III)", but A/RES/78/250B
        plain = re.sub(r"(\d)([A-Z])", r"\1 \2", plain).replace("(", " (")
    if body is None:
        return (f"resolution {plain}", "the body is not named") if "/" in plain else None
    if body.get("sessions") and not re.search(r"[/(]", plain):
        return f"resolution {plain}", f"of the {body['forms'][0]}; the session is not printed"
    return body["symbol"].format(n=plain), None


def _body(text: str, start: int, at: int, end: int) -> tables.Row | None:
    lead, rest = text[max(0, start - 40) : at], text[end : end + 60]
    for row in tables.load("reference_things"):
        names = "|".join(row["forms"])
        its = r"(?:[’']s|,?\s+(?:in\s+its|en\s+sus?|dans\s+s[ae]s?))?"
        if re.search(rf"(?:{names}){its}\s+r[eé]solu\w+\s+\Z", lead):
            return row
        if re.match(rf"\s*{words.forms('owner', 'issued')}\s*(?:{names})", rest):
            return row
    return None


def _start(text: str, found: re.Match[str], body: tables.Row | None) -> int:
    for row in tables.load("reference_things") if body else ():
        name = re.search("|".join(row["forms"]), found["lead"] or "")
        if name:
            return found.start() + name.start()
    return found.start() + len(found["lead"] or "")


# --- the International Labour Organization ---------------------------------------------------

_ILO = re.compile(
    r"(?:ILO|International\s+Labour\s+Organi[sz]ation(?:\s+\(ILO\))?|OIT)\s+"
    r"(?P<what>Conventions?|Recommendations?|Convenios?)\s*(?:,\s*)?"
    r"(?:\(?Nos?\.?|núms?\.?|number)?\s*(?=\d)"
    r"|(?P<what2>Conventions?|Recommendations?)\s+Nos?\.\s*"
    r"(?=\d[\d,\sand.No]{0,40}\s*(?:\(\d{4}\)\s*)?"
    r"of\s+(?:the\s+)?(?:ILO|International\s+Labour))",
)
_DATED = re.compile(
    r"\b(?P<what>Convention|Recommendation)(?:\s+\(Revised\))?,\s+(?:19|20)\d\d\s+"
    r"\(No\.\s*(?P<number>\d{1,3})\)"
)
# What all of these hold.
_LABOUR = re.compile(r"ILO|OIT|Labour|Nos?\.")
_TITLE_WORD = re.compile(r"[A-Z][\w’-]*|and|of|for|in|to|the|\([A-Z][^()\s]*|[A-Z][^()\s]*\)")


def _ilo(text: str) -> Iterator[Thing]:
    if not _LABOUR.search(text):
        return
    for found in _ILO.finditer(text):
        points, end = numbers.read(text, found.end(), cue=re.compile(r"Nos?\.\s*"))
        letter = (found["what"] or found["what2"] or "C")[0]
        for point in points:
            if point.address.isdecimal() and int(point.address) < 220:
                yield Thing(found.start(), end, f"ILO {letter}{int(point.address):03}")
    for found in _DATED.finditer(text):
        start = _title_start(text, found.start())
        yield Thing(start, found.end(), f"ILO {found['what'][0]}{int(found['number']):03}")


def _title_start(text: str, at: int) -> int:
    """Where the title of a convention begins whose last word stands at ``at``."""
    start = at
    for word in reversed(list(re.finditer(r"\S+", text[max(0, at - 200) : at]))):
        begin = max(0, at - 200) + word.start()
        if word[0] in {"ILO", "OIT"}:
            return begin
        if word[0] == "(ILO)" or not _TITLE_WORD.fullmatch(word[0]):
            break
        if word[0][0].isupper() or word[0][0] == "(":
            start = begin
    return start


# --- Sustainable Development Goals -----------------------------------------------------------

_GOALS = re.compile(r"Sustainable\s+Development|SDG|2030\s+Agenda|[Tt]argets?\s+\d")
_GOAL = re.compile(
    r"(?:Sustainable\s+Development\s+Goals?|SDGs?|(?<![a-z]\s)(?<!priority\s)Goals?)\s+"
    r"(?:Nos?\.?\s*)?(?=\d)"
)
_TARGET = re.compile(r"\b(?:SDG\s+)?[Tt]argets?\s+(?=\d{1,2}\.(?:\d|[a-d]\b))")
_TARGET_LIST = re.compile(
    r"(\d{1,2}\.(?:\d{1,2}|[a-d]))(?![\d%]|\s*per)"
    r"(?:\s*(?:,\s*and|,|and|or|-|–)\s*(?=\d{1,2}\.(?:\d|[a-d]\b)))?"
)


def _goals(text: str) -> Iterator[Thing]:
    if not _GOALS.search(text):
        return
    for found in _GOAL.finditer(text):
        if "Sustainable" not in found[0] and "SDG" not in found[0] and not _of_agenda(text, found):
            continue
        points, end = numbers.read(text, found.end())
        for point in points:
            yield Thing(found.start(), end, f"SDG {point.address.replace('..', '-')}")
    yield from _targets(text)


def _of_agenda(text: str, found: re.Match[str]) -> bool:
    return bool(re.search(r"Sustainable\s+Development|2030\s+Agenda", text))


def _targets(text: str) -> Iterator[Thing]:
    for found in _TARGET.finditer(text):
        at, listed = found.end(), []
        while one := _TARGET_LIST.match(text, at):
            listed.append(one[1])
            at = one.end()
        end = len(text[:at].rstrip(" ,"))
        for target in listed:
            if 1 <= int(target.split(".")[0]) <= 17:
                yield Thing(found.start(), end, f"SDG {target}")
