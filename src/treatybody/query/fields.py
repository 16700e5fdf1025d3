"""Fields of the query language: their names, and their values as records write them.

``data/query_fields.toml`` lists them; types, committees and States have tables of their own.

>>> build("type", ["co", "LOI"])
Filter(field='type', values=('concluding_observations', 'list_of_issues'))
>>> build("para", ["31..33"])
Range(field='para', low='31', high='33')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import TypeVar

from treatybody import tables
from treatybody.query.characters import DOUBLE_QUOTES
from treatybody.query.nearest import did_you_mean, nearest
from treatybody.query.ranges import ANY, FieldProblem, read_range
from treatybody.query.tree import Filter, Node, Or

MOST_VALUES = 300
_MOST_WORDS = 8  # of an unquoted name
_RANGED = ("date", "year", "para", "article", "session")
_ANY = ("state", "type", "committee", "language", "session", "cycle")
_CYCLE = re.compile(r"\d{1,2}(?:-\d{1,2})?", re.ASCII)
_SESSION = re.compile(r"(\d{1,4})(?:st|nd|rd|th)?", re.ASCII | re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:(?P<treaty>.*?\S)[\s:/,]*?(?:\s|:|/|\b)(?:arts?\.?|articles?)?\s*)??"
    r"(?P<number>\d{1,3}[a-z]?(?:\s?(?:bis|ter))?(?:\s?\(\w{1,4}\))*|\*)",
    re.ASCII | re.IGNORECASE,
)
_CITED_PARA = re.compile(r"(.+?),?\s+(?:paras?\.?|paragraphs?)\s*(\S+)", re.IGNORECASE)


T = TypeVar("T")


# --- names of fields -------------------------------------------------------------------------


@cache
def all_fields() -> dict[str, tables.Row]:
    """Return the rows of ``data/query_fields.toml`` by name."""
    return {row["name"]: row for row in tables.settings("query_fields")["field"]}


def known(name: str) -> tables.Row | None:
    """Return the row of the field called ``name``, whatever its case, or None."""
    return all_fields().get(name.lower())


def unknown(name: str) -> str:
    """Return the message for a field that does not exist.

    >>> unknown("contry")
    'unknown field `contry`: did you mean `state`? (To search these words put them in quotes.)'
    """
    meant = did_you_mean(_nearest_fields(name)) or "; the fields are " + ", ".join(all_fields())
    stop = "" if meant.endswith("?") else "."
    return f"unknown field `{name}`{meant}{stop} (To search these words put them in quotes.)"


def hint(name: str) -> list[str]:
    """Return a note for ``name: `` with a space behind it, when it looks like a field."""
    near = [one for one in _nearest_fields(name) if one[:2] == name[:2].lower()]
    return [f"`{name}:` was read as a word, not as the field `{near[0]}`"] if near else []


def _nearest_fields(name: str) -> list[str]:
    names = {like: row["name"] for row in all_fields().values() for like in row["like"]}
    return nearest(name, names | {field: field for field in all_fields()}, limit=2)


# --- values ----------------------------------------------------------------------------------


def build(name: str, values: Sequence[str], today: date | None = None) -> Node:
    """Return the Filter or Range (several: Or) of a field; raises FieldProblem.

    Arguments:
        name: a field whose kind is values, free or range.
        values: as typed, at least one.
        today: the day that ``today`` means in dates; else the computer's.
    """
    if name in ("date", "year", "para"):
        ranges = [_at(index, read_range, name, value, today) for index, value in enumerate(values)]
        return ranges[0] if len(ranges) == 1 else Or(tuple(ranges))
    found = [
        one for index, value in enumerate(values) for one in _at(index, _expanded, name, value)
    ]
    if len(found) > MOST_VALUES:
        raise FieldProblem(f"more than {MOST_VALUES} values of {name}:; use fewer")
    return Filter(name, tuple(dict.fromkeys(found)))


def _at(index: int, read: Callable[..., T], *arguments: object) -> T:
    try:
        return read(*arguments)
    except FieldProblem as problem:
        how = _written_otherwise(str(arguments[0]), str(arguments[1]))
        raise FieldProblem(str(problem) if how is None else how, index) from None


def _written_otherwise(name: str, value: str) -> str | None:
    """What to write for a range in another notation: ``33-35``, ``>2015``.

    >>> _written_otherwise("para", "33-35"), _written_otherwise("date", "2015-13")
    ('`33-35` is no range here; write para:33..35', None)
    """
    if name not in _RANGED:
        return None
    number = r"\d{4}" if name in ("date", "year") else r"\d+"
    if ends := re.fullmatch(rf"(.*?)({number})\s?[-\u2013]\s?({number})", value, re.ASCII):
        treaty = re.sub(r"\barts?\.?$|\barticles?$", "", ends[1].strip(), flags=re.I).strip()
        meant = f"{name}:{ends[2]}..{ends[3]}"
        meant = f'{name}:"{treaty} {ends[2]}..{ends[3]}"' if treaty else meant
        return f"`{value}` is no range here; write {meant}"
    if compared := re.fullmatch(r"[<>]=?\s?([\d-]+)", value):
        open_range = f"{compared[1]}.." if value[0] == ">" else f"..{compared[1]}"
        return f"`{value}` is no range here; write {name}:{open_range} (the end is included)"
    return None


def quoted_value(name: str, text: str, start: int) -> str | None:
    """The value from ``start`` on that would do if it were quoted, or None.

    >>> quoted_value("state", "state:Costa Rica asylum", 6)
    'Costa Rica'
    """
    if name not in ("state", "type", "committee", "language"):
        return None
    words = [found.end() for found in re.finditer(r"[^\s()\",]+", text[start : start + 200])]
    for end in reversed(words[1:_MOST_WORDS]):
        value = text[start : start + end]
        try:
            build(name, [value])
        except FieldProblem:
            continue
        return value
    return None


def _expanded(name: str, value: str) -> list[str]:
    """Return the values that one typed value stands for: ``article:8..10`` is three."""
    if name in ("article", "session") and ".." in value:
        return _span(name, value)
    if name == "kind" and _key(value) in ("all", "any", "*"):
        return [row["value"] for row in _value_rows("kind")]
    if value == ANY and name in _ANY:
        return [value]
    return [_READERS[name](value)]


def _span(name: str, value: str) -> list[str]:
    treaty, _, numbers = value.rpartition(" ")
    ends = re.fullmatch(r"(\d{1,4})\.\.(\d{1,4})", numbers, re.ASCII)
    if not ends or int(ends[1]) > int(ends[2]) or int(ends[2]) - int(ends[1]) >= MOST_VALUES:
        raise FieldProblem(f"`{value}` is not a range of {name}s such as {name}:8..10")
    return [
        _READERS[name](f"{treaty} {number}".strip())
        for number in range(int(ends[1]), int(ends[2]) + 1)
    ]


def _state(value: str) -> str:
    from treatybody import states

    found = states.matches(value)
    if len(found) == 1:
        return found[0].code
    if found:
        several = [f"{state.code} ({state.name})" for state in found]
        message = f"`{value}` can mean several States: {', '.join(several)}; write the code"
        raise FieldProblem(message)
    raise FieldProblem(f"unknown State `{value}`" + _meant(states.nearest(value), "a code: PER"))


def _type(value: str) -> str:
    return _listed("type of document", value, _types())


def _committee(value: str) -> str:
    return _listed("committee or treaty", value, _committees())


def _kind(value: str) -> str:
    return _listed("kind of paragraph", value, _listed_values("kind"))


def _has(value: str) -> str:
    return _listed("part of a paragraph", value, _listed_values("has"))


def _language(value: str) -> str:
    key = _key(value)
    listed = _listed_values("language")
    if key in listed:
        return listed[key]
    from babel import Locale

    languages: dict[str, str] = dict(Locale("en").languages)
    names = {_key(name): code for code, name in languages.items() if len(code) == 2}
    if key in languages and len(key) == 2:
        return key
    if key in names:
        return names[key]
    return _listed("language", value, {**listed, **names})


def _listed(what: str, value: str, forms: dict[str, str]) -> str:
    found = forms.get(_key(value))
    if found is None:
        near = nearest(_key(value), {key: _shown(name) for key, name in forms.items()})
        some = ", ".join(list(dict.fromkeys(_shown(name) for name in forms.values()))[:12])
        raise FieldProblem(f"unknown {what} `{value}`" + _meant(near, f"one of {some}"))
    return found


def _shown(value: str) -> str:
    """Return what to suggest for a value: its short form where it has one."""
    shorts = {row["type"]: str(row["short"]) for row in tables.load("document_types")}
    return shorts.get(value, value)


def _meant(near: Iterable[str], otherwise: str) -> str:
    return did_you_mean(near) or f"; write {otherwise}"


@cache
def _types() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in tables.load("document_types"):
        names = (row["short"], row["type"], row["label"], *row["forms"])
        for form in names:
            forms.setdefault(_key(form), row["type"])
            forms.setdefault(_key(form) + "s", row["type"])
    return forms


@cache
def _committees() -> dict[str, str]:
    rows = tables.load("committees")
    forms = {_key(row["code"]): row["code"] for row in rows}
    for row in rows:
        names = (row["treaty"], row["stem"], row["name"], row["treaty_title"])
        more = (*row["treaty_forms"], *row["forms"], *row.get("names", {}).values())
        for form in (*names, *more):
            forms.setdefault(_key(form), row["code"])
    return forms


def _value_rows(field: str) -> list[tables.Row]:
    return [row for row in tables.settings("query_fields")["value"] if row["field"] == field]


@cache
def _listed_values(field: str) -> dict[str, str]:
    rows = _value_rows(field)
    return {_key(form): row["value"] for row in rows for form in (row["value"], *row["forms"])}


def _key(text: str) -> str:
    """Small letters without accents; hyphens, points and underscores are spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[-_.'’]+", " ", bare).split())


# --- values that only have a form ------------------------------------------------------------


def _symbol(value: str) -> str:
    _refuse_quotes(value)
    if "*" in value[:-1] or "?" in value:
        message = "in symbol: a * can stand only at the end, such as symbol:CMW/C/PER/*"
        raise FieldProblem(message)
    return re.sub(r"\s+", "", value)


def _refuse_quotes(value: str) -> None:
    if any(quote in value for quote in DOUBLE_QUOTES):
        raise FieldProblem("there is a quote inside this value; take it away")


def _document(value: str) -> str:
    _refuse_quotes(value)
    if "*" in value:
        raise FieldProblem("document: takes a whole key; write symbol:CMW/C/PER/* for several")
    return value


def _cites(value: str) -> str:
    cited = _CITED_PARA.fullmatch(value)
    return _symbol(f"{cited[1]}#{cited[2]}" if cited else value)


def _cycle(value: str) -> str:
    if not _CYCLE.fullmatch(value):
        raise FieldProblem(f"`{value}` is not the number of a report; write cycle:2 or cycle:2-3")
    return value


def _session(value: str) -> str:
    found = _SESSION.fullmatch(value)
    if not found:
        raise FieldProblem(f"`{value}` is not a session; write its number: session:22")
    return str(int(found[1]))


def _article(value: str) -> str:
    """Read ``58``, ``16(1)``, ``ICRMW 58``, ``ICRMW art. 58``; the treaty stands by its code."""
    found = _ARTICLE.fullmatch(value)
    if not found:
        raise FieldProblem(f'`{value}` is not an article; write article:58 or article:"ICRMW 58"')
    number = re.sub(r"\s+(?=\()", "", found["number"].lower())
    treaty = (found["treaty"] or "").strip(" :/,.")
    if not treaty or re.fullmatch(r"arts?|articles?", treaty, re.IGNORECASE):
        return number
    return f"{_treaty(treaty)} art. {number}"


def _treaty(name: str) -> str:
    codes = {row["treaty"]: row["treaty"] for row in tables.load("committees")}
    codes |= {row["code"]: row["code"] for row in tables.load("treaties")}
    forms = {_key(code): code for code in codes}
    for row in tables.load("committees"):
        for form in (row["code"], row["treaty_title"], *row["treaty_forms"]):
            forms.setdefault(_key(form), row["treaty"])
    return _listed("treaty", name, forms)


_READERS: dict[str, Callable[[str], str]] = {
    "state": _state,
    "type": _type,
    "committee": _committee,
    "kind": _kind,
    "has": _has,
    "language": _language,
    "symbol": _symbol,
    "document": _document,
    "cites": _cites,
    "cycle": _cycle,
    "session": _session,
    "article": _article,
}
