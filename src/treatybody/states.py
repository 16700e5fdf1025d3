"""States parties and others whom the treaty bodies write to: codes, names, demonyms.

Names stand in ``data/states.tsv``, in the six UN languages; former names are there too.

>>> find("Perú").code, find("peruvian").code, find("The former Yugoslav Republic of Macedonia").name
('PER', 'PER', 'North Macedonia')
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from treatybody import tables

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


@dataclass(frozen=True, slots=True)
class State:
    """A State or other party.

    Arguments:
        code: ISO 3166-1 alpha-3, or as UN symbols write it (EU).
        kind: "member", "observer", "party" (to treaties only), "organization", "area", "former".
        names: the UN short name in en, fr, es, ru, ar and zh.
        formal: the formal English name, or an empty string.
        also: other names in use, former ones among them.
        demonyms: English, Spanish and French words for who and what belongs there.
    """

    code: str
    kind: str
    names: tuple[str, ...]
    formal: str
    also: tuple[str, ...]
    demonyms: tuple[str, ...]

    @property
    def name(self) -> str:
        """The UN short name in English."""
        return self.names[0]

    def name_in(self, language: str) -> str:
        """The UN short name in one of the six languages, given by its code.

        >>> by_code("BOL").name_in("es")
        'Bolivia (Estado Plurinacional de)'
        """
        return self.names[LANGUAGES.index(language)]


def by_code(code: str) -> State | None:
    """Return the State with this code, whatever its case; None when there is none.

    >>> by_code("eu").name
    'European Union'
    """
    return _states().get(code.strip().upper())


def find(name: str) -> State | None:
    """Return the one State that a code, name or demonym means; None when none or several.

    Case, accents, articles and the turn of "Bolivia (Plurinational State of)" don't matter.

    >>> find("plurinational state of bolivia").code
    'BOL'
    >>> find("Korea") is None
    True
    """
    found = matches(name)
    return found[0] if len(found) == 1 else None


def matches(name: str) -> tuple[State, ...]:
    """Return every State that a code, name or demonym can mean, by code.

    >>> [state.code for state in matches("Korea")]
    ['KOR', 'PRK']
    """
    key = _key(name)
    keys = (key, _plain(key), key.removesuffix("s"))
    codes = next((_by_key()[one] for one in keys if one in _by_key()), None) or _formal(key)
    return tuple(_states()[code] for code in sorted(codes))


def nearest(name: str, limit: int = 3) -> list[str]:
    """Return the names most like a misspelt one, best first, at most one a State.

    >>> nearest("Philipines")[0]
    'Philippines'
    """
    from rapidfuzz import fuzz, process

    keys = process.extract(_key(name), _by_key().keys(), scorer=fuzz.ratio, limit=20)
    codes = [code for key, score, _ in keys if score >= 70 for code in sorted(_by_key()[key])]
    return [_states()[code].name for code in dict.fromkeys(codes)][:limit]


@cache
def _states() -> dict[str, State]:
    return {row["code"]: _state(row) for row in tables.load("states")}


def _state(row: tables.Row) -> State:
    return State(
        code=row["code"],
        kind=row["kind"],
        names=tuple(row[language] for language in LANGUAGES),
        formal=row["formal"],
        also=_split(row["also"]),
        demonyms=_split(row["demonyms"]),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(one for one in cell.split("; ") if one)


@cache
def _by_key() -> dict[str, frozenset[str]]:
    """Names first: a demonym counts only where it is not a name (Spanish "india", "china")."""
    names: dict[str, set[str]] = {}
    demonyms: dict[str, set[str]] = {}
    for state in _states().values():
        for name in (state.code, *state.names, state.formal, *state.also):
            for form in {_key(name), _plain(_key(name))} - {""}:
                names.setdefault(form, set()).add(state.code)
        for word in state.demonyms:
            demonyms.setdefault(_key(word), set()).add(state.code)
    return {key: frozenset(codes) for key, codes in (demonyms | names).items()}


def _key(name: str) -> str:
    """Small letters without accents, quotes and hyphens levelled, single blanks."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(re.sub(r"['’‘`´.,\-\u2010-\u2015]+", " ", bare).split())


def _plain(key: str) -> str:
    """Without its leading article, and with a bracketed part turned round."""
    turned = re.sub(r"^(.*?)\s*\((.*)\)$", r"\2 \1", key)
    return re.sub(r"^(?:the|la|le|les|el|los|las|l)\s+", "", turned)


def _formal(key: str) -> frozenset[str]:
    """States called by a formal name that no table has ("República del Perú")."""
    for row in tables.load("state_titles"):
        found = re.fullmatch(row["form"], key)
        if found:
            codes = _by_key().get(_plain(found["name"]), frozenset())
            return frozenset(code for code in codes if _bears(code, row["title"]))
    return frozenset()


def _bears(code: str, title: str) -> bool:
    return _key(_states()[code].formal).startswith(title + " of ")
