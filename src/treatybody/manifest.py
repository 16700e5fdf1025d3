"""``corpus/manifest.toml``: facts that a file doesn't print, and which files to leave alone.

    ignore = ["drafts/*"]

    [[document]]
    file = "concluding-observations.txt"       # below corpus/sources
    symbol = "CMW/C/PER/CO/1"                  # any field of a document record
    basis = { symbol = "stated by the follow-up letter" }

A fact with a ``basis`` gets the origin ``inferred: <basis>``, any other ``manifest``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, get_args

import msgspec

from treatybody.errors import ManifestError
from treatybody.model import DateKind, Document

_NOT_STATED = {"document", "source", "origin"}
FACTS = tuple(f.name for f in msgspec.structs.fields(Document) if f.name not in _NOT_STATED)
_ENTRY_KEYS = ("file", *FACTS, "basis")
_TOP_KEYS = ("document", "ignore")


@dataclass(frozen=True)
class Entry:
    """What the manifest says of one file.

    ``facts`` are fields of the document record, ``basis`` says how a fact is known.
    """

    file: str
    facts: Mapping[str, Any]
    basis: Mapping[str, str]

    def origin(self, fact: str) -> str:
        """How the manifest knows a fact.

        >>> Entry("a.txt", {"symbol": "CMW/C/PER/2"}, {"symbol": "the record"}).origin("symbol")
        'inferred: the record'
        """
        return f"inferred: {self.basis[fact]}" if fact in self.basis else "manifest"


@dataclass(frozen=True)
class Manifest:
    """The whole manifest; an absent file is an empty one."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()

    def entry(self, file: str) -> Entry | None:
        """What is said of a file (its path below ``corpus/sources``, with slashes)."""
        return self.entries.get(file)

    def ignores(self, file: str) -> bool:
        """Whether a file is to be left alone.

        >>> Manifest(ignore=("drafts/*",)).ignores("drafts/old.txt")
        True
        """
        return any(fnmatch(file, glob) for glob in self.ignore)


def load(path: Path) -> Manifest:
    """Read the manifest.

    Raises:
        ManifestError: it is not TOML, has an unknown key, or a value that no record can have.
    """
    if not path.is_file():
        return Manifest()
    return parse(_toml(path), str(path))


def parse(table: Mapping[str, Any], name: str = "manifest.toml") -> Manifest:
    """Check a manifest's table and make it a Manifest.

    >>> parse({"document": [{"file": "a.txt", "state": "PER"}]}).entry("a.txt").facts["state"]
    'PER'
    """
    _check_keys(table, _TOP_KEYS, name)
    entries: dict[str, Entry] = {}
    for number, row in enumerate(_list_of(table, "document", dict, name), start=1):
        entry = _entry(row, f"{name}, document {number}")
        if entry.file in entries:
            raise ManifestError(f"{name} describes {entry.file!r} twice; keep one [[document]]")
        entries[entry.file] = entry
    return Manifest(entries, tuple(_list_of(table, "ignore", str, name)))


def _toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"{path} is not valid TOML ({error}); correct it there") from None
    except UnicodeDecodeError:
        raise ManifestError(f"{path} is not UTF-8 text; save it as UTF-8") from None
    except RecursionError:
        raise ManifestError(f"{path} is nested too deeply; correct it there") from None
    except OSError as error:
        raise ManifestError(f"reading {path} failed: {error.strerror}") from None


def _list_of(table: Mapping[str, Any], key: str, kind: type, name: str) -> list[Any]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, kind) for item in value):
        shape = "[[document]] tables" if kind is dict else "a list of strings"
        raise ManifestError(f"{name}: `{key}` must be {shape}")
    return value


def _entry(row: Mapping[str, Any], where: str) -> Entry:
    _check_keys(row, _ENTRY_KEYS, where)
    file = row.get("file")
    if not isinstance(file, str) or not file:
        raise ManifestError(f'{where} needs `file = "..."`, a path below corpus/sources')
    facts = {key: row[key] for key in FACTS if key in row}
    for key, value in facts.items():
        _check_value(key, value, where)
    basis = row.get("basis", {})
    if not isinstance(basis, dict) or not all(isinstance(why, str) for why in basis.values()):
        raise ManifestError(f'{where}: write `basis = {{ field = "why" }}`')
    _check_keys(basis, tuple(facts), f"{where}, basis")
    return Entry(file, facts, basis)


def _check_value(key: str, value: Any, where: str) -> None:
    wanted = {f.name: f.type for f in msgspec.structs.fields(Document)}[key]
    advice = _CHECKS[key](value) if key in _CHECKS and isinstance(value, str) else None
    if advice is None:
        advice = _shape(value, wanted)
    if advice is not None:
        raise ManifestError(f"{where}: `{key}` has a wrong value, {_shown(value)}; {advice}")


def _shape(value: Any, wanted: Any) -> str | None:
    """What to write when a value is of the wrong kind or says nothing; None when it is right.

    >>> _shape(22, str | None), _shape("22", str | None)
    ('write it in quotes: "22"', None)
    """
    try:
        msgspec.convert(value, wanted)
    except msgspec.ValidationError:
        if wanted == list[str]:
            return 'write a list of texts: ["A", "B"]'
        return (
            f'write it in quotes: "{value}"'
            if not isinstance(value, list | dict)
            else "write one text"
        )
    texts = value if isinstance(value, list) else [value]
    return None if all(text.strip() for text in texts) else "leave the line out when it is unknown"


def _shown(value: Any) -> str:
    return msgspec.json.encode(value).decode("utf-8")


def _type(value: str) -> str | None:
    from treatybody import tables

    return _one_of(value, [row["type"] for row in tables.load("document_types")])


def _date_kind(value: str) -> str | None:
    return _one_of(value, get_args(DateKind))


def _date(value: str) -> str | None:
    from treatybody import dates

    found = dates.from_iso(value)
    if found is not None and str(found) == value:
        return None
    return "write an existing day, month or year as 2015-04-23, 2015-04 or 2015"


def _state(value: str) -> str | None:
    """Only the shape is asked for: symbols have codes of bodies that no list of States knows."""
    if re.fullmatch("[A-Z]{2,3}", value):
        return None
    from treatybody import states

    meant = states.by_code(value) or states.find(value)
    near = f"; did you mean {meant.code}?" if meant else ""
    return f"write the code of a State, three capital letters such as PER{near}"


def _language(value: str) -> str | None:
    code = re.fullmatch("[a-z]{2,3}", value)
    return None if code else "write the code of a language: en, fr, es, ar, ru, zh"


def _one_of(value: str, known: Sequence[str]) -> str | None:
    return None if value in known else _nearest(value, tuple(known))


# key -> what to write instead of a text that it can't have; None when the text is right
_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "type": _type,
    "date": _date,
    "date_kind": _date_kind,
    "state": _state,
    "language": _language,
}


def _check_keys(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            raise ManifestError(f"{where}: unknown key `{key}`; {_nearest(key, known)}")


def _nearest(key: str, known: tuple[str, ...]) -> str:
    from rapidfuzz import process

    best = process.extractOne(key, known)
    return f"did you mean `{best[0]}`?" if best and best[1] >= 60 else f"known: {', '.join(known)}"
