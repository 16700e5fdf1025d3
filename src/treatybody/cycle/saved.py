"""Named queries: ``corpus/queries.toml``, and the lists of queries that a batch runs.

    [[query]]
    name = "suspensive"
    query = '"suspensive effect"'
    filters = { type = "CO", since = "2015" }
    note = "for the report on expulsion"

A file may also give names to texts at its top (``suspensive = '"suspensive effect"'``), or hold a
table for each name. A text file holds one query a line; lines that begin with ``#`` are remarks.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from treatybody.errors import QueryError, UsageError
from treatybody.journal import write_durably
from treatybody.query.nearest import did_you_mean, nearest
from treatybody.query.options import FACTS, TEXTS

FILTERS = (*FACTS, *TEXTS, "since", "until")
_KEYS = ("name", "query", "filters", "note", "notes")
_NAME = re.compile(r"\w[\w.-]{0,79}")
_BLOCK = re.compile(r"^\[\[query\]\][^\n]*\n?", re.M)


@dataclass(frozen=True)
class SavedQuery:
    """A query with a name.

    Arguments:
        name: as typed after ``query:``.
        text: in the query language; may be empty when there are filters.
        filters: as the command line's options have them (``type``, ``since`` ...).
        note: what the query is for.
    """

    name: str
    text: str
    filters: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None

    def whole(self) -> str:
        """The query with its filters as one text, for use inside another query.

        >>> SavedQuery("a", "detention OR custody", {"state": "Peru", "since": "2015"}).whole()
        '(detention OR custody) AND state:PER AND date:2015..'
        """
        if not self.filters:
            return self.text
        from treatybody.query.options import and_filters
        from treatybody.query.parser import Query
        from treatybody.query.tree import Everything
        from treatybody.query.unparse import unparse

        filters = unparse(and_filters(Query(Everything(), (), ""), today=None, **self.filters).tree)
        return f"({self.text}) AND {filters}" if self.text.strip() else filters


# --- reading ---------------------------------------------------------------------------------


def texts(path: Path) -> dict[str, str]:
    """The saved queries of a corpus by name, as ``query.parser.parse`` takes them.

    Raises:
        UsageError: the file can't be read; the message says where.
    """
    return {one.name: one.whole() for one in read(path)} if path.is_file() else {}


def read(path: Path) -> list[SavedQuery]:
    """All queries of a file, in its order.

    Raises:
        UsageError: there is no such file, or something in it can't be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"reading queries from {path} failed ({error.strerror}); name a file that can be"
        raise UsageError(f"{message} read") from None
    return decoded(data, path)


def decoded(data: bytes, path: Path) -> list[SavedQuery]:
    """All queries in the bytes of a file or pipe, in their order.

    It is TOML by its name, or by a ``[[query]]`` line.

    Raises:
        UsageError: something in it can't be read.

    >>> [one.name for one in decoded(b"detention" + bytes([10]) + b"# remark", Path("q.txt"))]
    ['detention']
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = f"reading queries from {path} failed (it is not UTF-8 text)"
        raise UsageError(f"{message}; save it as UTF-8") from None
    if path.suffix.lower() != ".toml" and not _BLOCK.search(text):
        return _from_lines(text, path)
    found = _from_toml(text.replace("\r\n", "\n"), path)
    _no_doubles(found, path)
    return found


def _from_lines(text: str, path: Path) -> list[SavedQuery]:
    lines = dict.fromkeys(line.strip() for line in text.splitlines())
    found = [SavedQuery(line, line) for line in lines if line and not line.startswith("#")]
    if not found:
        raise UsageError(f"{path} holds no queries; write one a line")
    return found


def _from_toml(text: str, path: Path) -> list[SavedQuery]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"reading queries from {path}: not valid TOML ({error})") from None
    except RecursionError:
        raise UsageError(f"reading queries from {path}: it is nested too deeply") from None
    found: list[SavedQuery] = []
    for key, value in content.items():
        if isinstance(value, list):
            found += [_entry(entry, None, path) for entry in value]
        else:
            found.append(_entry(value, key, path))
    return found


def _entry(value: Any, key: str | None, path: Path) -> SavedQuery:
    if isinstance(value, str) and key:
        value = {"query": value}
    if not isinstance(value, dict):
        raise UsageError(f"{path}: {key or value!r} is no query; write name and query")
    name = value.get("name", key)
    if not isinstance(name, str) or not name.strip():
        raise UsageError(f"{path}: a query has no name: {str(value)[:80]}")
    for one in value:
        if one not in (*_KEYS, *FILTERS):
            raise UsageError(f"{path}: query `{name}`: {_unknown_key(one)}")
    inline = {one: value[one] for one in value if one in FILTERS and one not in _KEYS}
    filters = {**_table(value.get("filters", {}), name, path), **inline}
    note = value.get("note", value.get("notes"))
    shown = {filter_name: _filter_text(one) for filter_name, one in filters.items()}
    text = value.get("query", "")
    if not isinstance(text, str) or not (text.strip() or shown):
        raise UsageError(f"{path}: query `{name}` has no text; write query = '...'")
    return SavedQuery(name, text, shown, str(note) if note else None)


def _table(filters: Any, name: str, path: Path) -> dict[str, Any]:
    if not isinstance(filters, dict):
        raise UsageError(f'{path}: query `{name}`: write filters = {{ type = "CO" }}')
    for one in filters:
        if one not in FILTERS:
            raise UsageError(f"{path}: query `{name}`: {_unknown_key(one)}")
    return filters


def _filter_text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _unknown_key(name: str) -> str:
    known = (*_KEYS, *FILTERS)
    meant = did_you_mean(nearest(name, {one: one for one in known}))
    return f"unknown key `{name}`{meant or '; keys are ' + ', '.join(known)}"


def _no_doubles(found: list[SavedQuery], path: Path) -> None:
    names = [one.name for one in found]
    doubles = sorted({name for name in names if names.count(name) > 1})
    if doubles:
        raise UsageError(f"{path}: more than one query is called {', '.join(doubles)}")


# --- saving ----------------------------------------------------------------------------------


def save(path: Path, query: SavedQuery, *, force: bool = False) -> bool:
    """Keep a query in a file, whole or not at all; what else stands there stays as it is.

    Returns whether a query of this name was replaced.

    Raises:
        UsageError: the name is taken (and not ``force``) or can't be used, or the file can't
            be changed by program.
        QueryError: the query can't be understood.
    """
    if not _NAME.fullmatch(query.name):
        message = "use letters, digits, - and _, so that query:NAME finds it"
        raise UsageError(f"`{query.name}` can't name a query; {message}")
    before = read(path) if path.is_file() else []
    known = {one.name: one for one in before}
    if query.name in known and not force:
        there = known[query.name].whole()
        raise UsageError(f"`{query.name}` is kept already ({there}); add --force to replace it")
    _understood(query, {one.name: one.whole() for one in before} | {query.name: query.whole()})
    _rewrite(path, query.name, _block(query), [*(o for o in before if o.name != query.name), query])
    return query.name in known


def remove(path: Path, name: str) -> None:
    """Forget a query.

    Raises:
        UsageError: there is none of this name.
    """
    before = read(path) if path.is_file() else []
    if name not in {one.name for one in before}:
        meant = did_you_mean(nearest(name, {one.name: one.name for one in before}))
        raise UsageError(f"there is no saved query `{name}`{meant}")
    _rewrite(path, name, "", [one for one in before if one.name != name])


def _understood(query: SavedQuery, known: Mapping[str, str]) -> None:
    from treatybody.query.parser import parse

    parse(query.text, filters=query.filters, saved=known)
    try:
        parse(query.whole(), saved=known)
    except QueryError as error:
        raise UsageError(f"`{query.name}` can't be used inside another query: {error}") from None


def _rewrite(path: Path, name: str, block: str, expected: list[SavedQuery]) -> None:
    """Put a block in the place of the one of this name; refuse when that says something else."""
    text = path.read_text("utf-8-sig") if path.is_file() else ""
    new = _without(text, name)
    new = f"{new.rstrip()}\n\n{block}".lstrip("\n") if block else new
    try:
        result = _from_toml(new, path) if new.strip() else []
    except UsageError:
        result = []
    if sorted(result, key=_by_name) != sorted(expected, key=_by_name):
        raise UsageError(f"{path} is written in a way of its own; change `{name}` there by hand")
    partial = path.with_name(f".{path.name}.new")
    write_durably(partial, new.encode())
    partial.replace(path)


def _by_name(query: SavedQuery) -> str:
    return query.name


def _without(text: str, name: str) -> str:
    """The file without the ``[[query]]`` block of a name."""
    edges = [*(found.start() for found in _BLOCK.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        try:
            entries = tomllib.loads(text[start:end]).get("query", [])
        except tomllib.TOMLDecodeError:
            continue
        if entries and entries[0].get("name") == name:
            return text[:start] + text[end:]
    return text


def _block(query: SavedQuery) -> str:
    lines = ["[[query]]", f"name = {_quoted(query.name)}", f"query = {_quoted(query.text)}"]
    if query.filters:
        inside = ", ".join(f"{name} = {_quoted(v)}" for name, v in query.filters.items())
        lines.append(f"filters = {{ {inside} }}")
    if query.note:
        lines.append(f"note = {_quoted(query.note)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string: a literal one where that is easier to read.

    >>> print(_quoted('"a b"'), _quoted("it's"))
    '"a b"' "it's"
    """
    if "'" not in text and text.isprintable():
        return f"'{text}'" if '"' in text or "\\" in text else f'"{text}"'
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
