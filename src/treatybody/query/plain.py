"""The plainest queries, understood without the parser: one word, and filters given by their codes.

Most commands are asked for one word. What is read here is what :func:`parser.parse` reads from
the same text and options, only sooner: it takes nothing that has a second meaning, may have
synonyms or deserves a note, and leaves that to the parser. No module of patterns or of the
language's rules is imported.

>>> tree("Migrants", {"state": "PER", "since": "2015"})
And(items=(Word(text='migrants'), Filter(field='state', values=('PER',)), Range(...)))
>>> tree("migrants OR workers", {}) is None, tree("migrants", {"state": "Perú"}) is None
(True, True)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from treatybody import tables
from treatybody.query.tree import And, Filter, Node, Range, Word

LONGEST = 60
_OPERATORS = frozenset(["and", "or", "not", "near", "adj"])
_DAYS = frozenset(f"{day:02}" for day in range(1, 29))  # those that every month has


def tree(text: str, filters: Mapping[str, str], *, synonyms: bool = True) -> Node | None:
    """The tree of one word with filters, or None where the parser must read it.

    Arguments:
        text: the query as typed.
        filters: options of the command line and their values.
        synonyms: whether the synonym table adds alternatives.
    """
    if not (text.isascii() and text.isalnum()) or len(text) > LONGEST:
        return None
    word = text.lower()
    if word in _OPERATORS or (synonyms and _may_have_synonyms(word)):
        return None
    items: list[Node] = [Word(word)]
    for name, value in filters.items():
        node = _NODES[name](name, value) if name in _NODES and _is_code(value) else None
        if node is None:
            return None
        items.append(node)
    return And(tuple(items)) if len(items) > 1 else items[0]


def _may_have_synonyms(word: str) -> bool:
    """Whether the table has the word, but for case, accents and plural s, as a whole form."""
    import unicodedata

    singular = word.removesuffix("s")
    stem = singular.removesuffix("ie").removesuffix("y")
    written = tables.written("synonyms.toml").casefold()
    accented = "\n".join([line for line in written.splitlines() if not line.isascii()])
    folded = unicodedata.normalize("NFKD", accented).encode("ascii", "ignore").decode()
    return any(
        f'"{stem}{end}"' in text
        for text in (written, folded)
        if f'"{stem}' in text
        for end in ("", "s", "y", "ie", "ies", "ys")
    )


def _is_code(value: str) -> bool:
    return value.isascii() and value.replace("_", "").replace("-", "").isalnum()


def _state(name: str, value: str) -> Node | None:
    return Filter(name, (value,)) if f"\n{value}\t" in tables.written("states.tsv") else None


def _committee(name: str, value: str) -> Node | None:
    known = f'\ncode = "{value}"\n' in tables.written("committees.toml")
    return Filter(name, (value,)) if known else None


def _language(name: str, value: str) -> Node | None:
    listed = f'\nfield = "language"\nvalue = "{value}"\n'
    return Filter(name, (value,)) if listed in tables.written("query_fields.toml") else None


def _type(name: str, value: str) -> Node | None:
    written = tables.written("document_types.toml")
    for row in written.split("\n[[type]]\n")[1:]:
        kind, short, _ = row.split("\n", 2)
        if f'"{value}"' in (kind.removeprefix("type = "), short.removeprefix("short = ")):
            return Filter(name, (kind.removeprefix("type = ").strip('"'),))
    return None


def _edge(name: str, value: str) -> Node | None:
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    usual = len(year) == 4 and year.isdecimal() and "1900" <= year <= "2099"
    if not usual or value != "-".join([part for part in (year, month, day) if part]):
        return None
    if (month and (month not in _DAYS or month > "12")) or (day and day not in _DAYS):
        return None
    return Range("date", value, None) if name == "since" else Range("date", None, value)


_NODES: dict[str, Callable[[str, str], Node | None]] = {
    "type": _type,
    "state": _state,
    "committee": _committee,
    "language": _language,
    "since": _edge,
    "until": _edge,
}
