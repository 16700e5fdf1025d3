"""The forms that a symbol's parts can take (``data/symbol_shapes.toml``), read by ``symbols``.

>>> facts = read(("CMW", "C", "PER", "CO", "1"), addendum=False)
>>> facts["state"], facts["type"]
('PER', 'concluding_observations')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from treatybody import tables

Facts = dict[str, str | tuple[str, ...] | None]
Parts = tuple[str, ...]

_SLOTS = {
    "cycle": re.compile(r"\d{1,2}(?:-\d{1,2})?"),
    "number": re.compile(r"\d+(?:-\d+)?"),
    "session": re.compile(r"\d{1,3}"),
    "year": re.compile(r"(?:19|20)\d\d"),
    "instrument": re.compile(r"OP[A-Z]{2}"),
    "unknown": re.compile(r".+"),
}


def read(core: Parts, *, addendum: bool) -> Facts:
    """Return the fields of a Symbol that its parts tell.

    Arguments:
        core: the parts without suffixes; ``SR.577`` is one part.
        addendum: whether the symbol has an addendum, which some forms need.
    """
    parts = _split_records(core)
    for shape in tables.load("symbol_shapes"):
        if shape.get("addendum") and not addendum:
            continue
        facts = _fit(shape, parts)
        if facts is not None:
            return _typed(shape, facts, addendum)
    return _unread(parts)


def _split_records(core: Parts) -> Parts:
    joined = "/".join(core)
    return tuple(re.sub(r"(?<=/)SR\.(?=\d)", "SR/", joined).split("/"))


def _fit(shape: tables.Row, parts: Parts) -> Facts | None:
    """The slots' values when the form fits all parts, else None."""
    form = shape["form"].split()
    body, rest = _body(form, parts)
    if body in shape.get("not", ()) or ("only" in shape and body not in shape["only"]):
        return None
    if form[0] == "*" and body is None:
        return None
    if form[0] == "*":
        form, parts = form[1:], rest
    if len(form) != len(parts):
        return None
    facts: Facts = {"committee": body or shape.get("committee")}
    fits = all(_slot(word, part, facts) for word, part in zip(form, parts, strict=True))
    return facts if fits else None


def _body(form: list[str], parts: Parts) -> tuple[str | None, Parts]:
    """The treaty body whose stem or root opens the parts, and the parts after the stem."""
    stem = "/".join(parts[:2])
    if stem in _stems():
        return _stems()[stem], parts[2:]
    by_root = {code: code for code in _stems().values()}
    return (by_root.get(parts[0]) if form[0] != "*" else None), parts[1:]


@cache
def _stems() -> dict[str, str]:
    return {row["stem"]: row["code"] for row in tables.load("committees")}


def _slot(word: str, part: str, facts: Facts) -> bool:
    """Whether a part fits a word of a form; fills the slot's field."""
    if not word.startswith("<"):
        return word == part
    name = word[1:-1]
    if name == "state":
        return _state_slot(part, facts)
    if name == "report":
        return (str(facts["committee"]), part) in _reports()
    if name == "body":
        return part == facts["committee"]
    if name == "series" and part not in _series():
        return False
    if name in _SLOTS and not _SLOTS[name].fullmatch(part):
        return False
    return _store(name, part, facts)


def _state_slot(part: str, facts: Facts) -> bool:
    if part not in state_codes():
        return False
    facts["state"] = state_codes()[part]
    facts["written_state"] = part if part != facts["state"] else None
    return True


def _store(name: str, part: str, facts: Facts) -> bool:
    if name == "unknown":
        facts["unknown"] = (part,)
        return part not in state_codes()
    if name == "free":
        facts["number"] = f"{facts['number']}/{part}" if facts.get("number") else part
        return True
    facts[name] = part
    return True


@cache
def state_codes() -> dict[str, str]:
    """Every code that may stand for a State in a symbol, and the State that records carry.

    >>> state_codes()["UK"], state_codes()["PER"]
    ('GBR', 'PER')
    """
    codes = {row["code"]: row["code"] for row in tables.load("states")}
    return codes | {row["code"]: row["state"] for row in tables.load("symbol_states")}


@cache
def _series() -> dict[str, tables.Row]:
    return {row["code"]: row for row in tables.load("symbol_series")}


@cache
def _reports() -> frozenset[tuple[str, str]]:
    rows = tables.load("symbol_reports")
    return frozenset((row["committee"], one) for row in rows for one in row["numbers"].split())


def _typed(shape: tables.Row, facts: Facts, addendum: bool) -> Facts:
    series = facts.get("series") or shape.get("series")
    row = _series().get(str(series), {})
    facts["series"] = series
    facts["type"] = shape.get("type") or (addendum and row.get("addendum")) or row["type"]
    return facts


def _unread(parts: Parts) -> Facts:
    """A treaty body's symbol of no known form keeps its parts; others are plain UN symbols."""
    body, rest = _body(["*"], parts)
    if body is None:
        return {}
    facts: Facts = {"committee": body}
    if rest and _state_slot(rest[0], facts):
        rest = rest[1:]
    return facts | {"unknown": rest}


# --- misprints -------------------------------------------------------------------------------


def likely(core: Parts, parts: Parts) -> str | None:
    """What a misprinted symbol most likely stands for, None when it is sound or unclear.

    Arguments:
        core: the parts without suffixes.
        parts: all parts; the likely reading keeps the suffixes.

    >>> likely(("CMC", "C", "PER", "Q", "1"), ("CMC", "C", "PER", "Q", "1"))
    'CMW/C/PER/Q/1'
    """
    if not _faulty(core):
        return None
    readings = [reading for reading in _corrected(parts) if not _faulty(_core_of(reading))]
    return "/".join(readings[0]) if len(readings) == 1 else None


def likely_for(text: str, committee: str) -> str | None:
    """The reading of a misprinted symbol as one of ``committee``, if its body is misprinted.

    >>> likely_for("CMC/C/PER/Q/1", "CRC")
    'CRC/C/PER/Q/1'
    """
    parts = tuple(text.split("/"))
    root = next(stem for stem, code in _stems().items() if code == committee).split("/")[0]
    if parts[1:2] != ("C",) or "/".join(parts[:2]) in _stems() or not _one_slip(parts[0], root):
        return None
    reading = (root, *parts[1:])
    return None if _faulty(_core_of(reading)) else "/".join(reading)


def _faulty(core: Parts) -> bool:
    if "/".join(core[:2]) not in _stems():
        return core[1:2] == ("C",)
    return bool(read(core, addendum=False).get("unknown"))


def _core_of(parts: Parts) -> Parts:
    kinds = tuple(row["suffix"] for row in tables.load("symbol_suffixes"))
    return tuple(part for part in parts if not part.startswith(kinds))


def _corrected(parts: Parts) -> list[Parts]:
    """Readings of the parts with one thing put right."""
    if "/".join(parts[:2]) not in _stems():
        return [(root, *parts[1:]) for root in _nearest_roots(parts[0])]
    readings = set(_split_series(parts))
    for at, part in enumerate(parts[2:], 2):
        readings |= {(*parts[:at], code, *parts[at + 1 :]) for code in _swapped_codes(part)}
    return sorted(readings)


def _nearest_roots(printed: str) -> list[str]:
    """Bodies' roots one slip away, only the most alike: same letters, then same beginning."""
    roots = [stem.split("/")[0] for stem in _stems() if stem.endswith("/C")]
    near = [root for root in roots if _one_slip(printed, root)]
    best = max((_likeness(printed, root) for root in near), default=None)
    return [root for root in near if _likeness(printed, root) == best]


def _likeness(one: str, other: str) -> tuple[bool, int]:
    return sorted(one) == sorted(other), _shared_start(one, other)


def _shared_start(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 99)


def _one_slip(printed: str, meant: str) -> bool:
    """Whether one letter changed, left out or put in, or two changed about, makes the other."""
    return printed != meant and (printed in _slips(meant) or meant in _slips(printed))


def _slips(word: str) -> set[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    dropped = {word[:at] + word[at + 1 :] for at in range(len(word))}
    changed = {word[:at] + one + word[at + 1 :] for at in range(len(word)) for one in letters}
    return dropped | changed | set(_swaps(word))


def _swaps(word: str) -> Iterator[str]:
    for at, (a, b) in enumerate(pairwise(word)):
        yield word[:at] + b + a + word[at + 2 :]


def _swapped_codes(part: str) -> list[str]:
    """State codes that two letters changed about would give (NDL for NLD)."""
    if len(part) != 3 or part in state_codes() or part in _series():
        return []
    return [code for code in set(_swaps(part)) if state_codes().get(code) == code]


def _split_series(parts: Parts) -> Iterator[Parts]:
    """A series whose slash was left out: Q9 for Q/9."""
    for at, part in enumerate(parts):
        glued = re.fullmatch(r"([A-Z]+)(\d{1,2}(?:-\d{1,2})?)", part)
        if glued and glued[1] in _series():
            yield (*parts[:at], glued[1], glued[2], *parts[at + 1 :])
