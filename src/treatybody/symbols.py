"""UN document symbols as value objects: found in texts, read into their parts.

The grammar is data: bodies (``committees``), series and their document types
(``symbol_series``), forms (``symbol_shapes``), roots, suffixes and odd State codes
(``symbol_roots``, ``symbol_suffixes``, ``symbol_states``). What the grammar does not know is
kept in ``unknown``; nothing here raises on any text.

>>> symbol = parse("CRPD/C/KEN/Q/1/Add.1")
>>> symbol.committee, symbol.state, symbol.type, symbol.cycle
('CRPD', 'KEN', 'replies_to_list_of_issues', '1')
>>> [found.text for _, _, found in find("(CMW/C/SR.275 and 276)")]
['CMW/C/SR.275', 'CMW/C/SR.276']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from treatybody import shapes, tables

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Suffix:
    """What follows a symbol: ``kind`` "Add", "Corr" or "Rev", ``number`` as written ("1")."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Symbol:
    """A UN document symbol and what its parts say.

    Arguments:
        text: the canonical text ("CMW/C/PER/CO/1"); ``parse(text)`` gives the same symbol.
        committee: the treaty body's code (CMW), None for other UN documents.
        series: the letters of the series ("CO", "Q", "SR", "followup"), None for plain reports.
        state: ISO 3166 alpha-3, or as UN symbols write it (EU); ``written_state`` is the code
            that the symbol has, where that differs ("UK").
        type: one of the record types of ``document_types``; "other" when no type follows.
        cycle: the report number that it belongs to ("2", "2-3").
        session: the session's number, where the symbol has one (A/66/48, CCPR/C/119/D/...).
        year: the year, where the symbol has one.
        number: what is left to tell documents of a series apart (SR.577: "577").
        instrument: "OPAC", "OPSC" ... of the Committee on the Rights of the Child.
        suffixes: addenda, corrigenda, revisions, in their order.
        unknown: parts that the grammar does not know.
        likely: what a misprint most likely stands for; the symbol itself stays as printed.
    """

    text: str
    committee: str | None = None
    series: str | None = None
    state: str | None = None
    written_state: str | None = None
    type: str = "other"
    cycle: str | None = None
    session: str | None = None
    year: str | None = None
    number: str | None = None
    instrument: str | None = None
    suffixes: tuple[Suffix, ...] = ()
    unknown: tuple[str, ...] = ()
    likely: str | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def base(self) -> str:
        """The text without suffixes: what an addendum adds to, a corrigendum corrects.

        >>> parse("CRPD/C/KEN/Q/1/Add.1").base
        'CRPD/C/KEN/Q/1'
        """
        parts = [part for part in self.text.split("/") if not _SUFFIX_PART().fullmatch(part)]
        return "/".join(parts)


# --- reading one symbol ----------------------------------------------------------------------


def parse(text: str) -> Symbol | None:
    """Read a symbol that stands alone, forgiving of case, blanks and underscores.

    Returns None when the text is not one UN symbol: joint ones ("CRC/C/GC/18-CEDAW/C/GC/31")
    are two, which ``find`` tells apart.

    >>> parse("cmw/c/per/co/1").text
    'CMW/C/PER/CO/1'
    >>> parse("The Committee") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    canonical = _canonical(text)
    if not _WHOLE().fullmatch(canonical) or _JOINT().search(canonical, 1):
        return None
    symbol = _build(canonical)
    return symbol if _acceptable(symbol) else None


def from_file_name(name: str) -> Symbol | None:
    """Read the symbol that a file name carries, with ``_`` for ``/``.

    Only a hint: the masthead says what the document is.

    >>> from_file_name("Kenya_2015_CRPD_C_KEN_CO_1.pdf").text
    'CRPD/C/KEN/CO/1'
    >>> from_file_name("A_80_604_Add.1.docx").text
    'A/80/604/Add.1'
    """
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", name)
    parts = re.split(r"[_ ]+", stem)
    for at, part in enumerate(parts):
        if part.upper() in _roots() and (symbol := parse("/".join(parts[at:]))):
            return symbol
    return None


def _canonical(text: str) -> str:
    """Blanks taken out, dashes levelled, case and suffixes as the UN writes them."""
    text = re.sub(r"[\u2010-\u2014\u2212\ufffe]", "-", _bare(text))
    text = re.sub(r"\s*[/_]\s*", "/", text)
    text = re.sub(r"(?<=[.-])\s+(?=\w)", "", text)
    text = re.sub(rf"\s?({_SESSION})$", r" \1", text)
    return "/".join(_canonical_part(part) for part in text.split("/"))


def _bare(text: str) -> str:
    """Without blanks and marks around it; the year in "S/RES/1325 (2000)" keeps its brackets."""
    text = text.strip().strip("/.,;:[]").strip()
    balanced = text.count("(") == text.count(")") and not text.startswith("(")
    return text if balanced else text.strip("()").strip("/.,;:[] ")


def _canonical_part(part: str) -> str:
    suffix = _SUFFIX_PART().fullmatch(part)
    if suffix:
        return f"{suffix['kind'].capitalize()}.{suffix['number']}".rstrip(".")
    if part.lower() == "followup":
        return "followup"
    return part if re.search("[a-z]", part) and re.search("[A-Z]", part) else part.upper()


@lru_cache(maxsize=4096)
def _build(canonical: str) -> Symbol:
    parts = _lower_reference(canonical.split("/"))
    suffixes = tuple(_suffix(part) for part in parts if _SUFFIX_PART().fullmatch(part))
    core = [part for part in parts if not _SUFFIX_PART().fullmatch(part)]
    facts = shapes.read(tuple(core), addendum=any(one.kind == "Add" for one in suffixes))
    symbol = replace(Symbol("/".join(parts), suffixes=suffixes), **facts)  # type: ignore[arg-type]
    likely = shapes.likely(tuple(core), tuple(parts))
    unread = symbol.unknown or ((parts[0],) if likely else ())
    return replace(symbol, likely=likely, unknown=unread)


def _lower_reference(parts: list[str]) -> list[str]:
    """The initials that end a letter's reference are small: CMW/followup/29/bs."""
    if "followup" not in parts:
        return parts
    at = parts.index("followup") + 1
    return parts[:at] + [part.lower() for part in parts[at:]]


def _suffix(part: str) -> Suffix:
    found = _SUFFIX_PART().fullmatch(part)
    assert found is not None
    return Suffix(found["kind"].capitalize(), found["number"])


def _acceptable(symbol: Symbol) -> bool:
    """Whether a root of the UN opens it, or a misprint of one that reads well once corrected."""
    parts = symbol.text.split("/")
    root = _roots().get(parts[0])
    if root is None:
        return symbol.likely is not None
    if len(parts) < int(root["least"]) or not _second_fits(parts[1], root["second"]):
        return False
    return any(char.isdigit() for char in "".join(parts[1:]).replace("C.12", ""))


def _second_fits(part: str, allowed: str) -> bool:
    return any(
        word == "*"
        or (word == "#" and part.isdecimal())
        or part == word
        or (word[-1] in ".-" and part.startswith(word))
        for word in allowed.split()
    )


@cache
def _roots() -> dict[str, tables.Row]:
    return {row["root"]: row for row in tables.load("symbol_roots")}


# --- finding in a text -----------------------------------------------------------------------


def find(text: str, committee: str | None = None) -> Iterator[tuple[int, int, Symbol]]:
    """Yield each symbol of a text as (start, end, symbol), in order, never overlapping.

    Arguments:
        text: anything; symbols may be broken by a blank or line end after a slash or hyphen.
        committee: the body whose document this is; it decides between likely readings of a
            misprint.

    A symbol that is only continued ("CMW/C/SR.275 and 276", "Q/3-4 and Add.1") is yielded with
    the offsets of the words that continue it.

    >>> found = list(find("see CEDAW/C/KWT/Q/3-4 and Add.1."))
    >>> [(start, end, symbol.text) for start, end, symbol in found]
    [(4, 21, 'CEDAW/C/KWT/Q/3-4'), (26, 31, 'CEDAW/C/KWT/Q/3-4/Add.1')]
    """
    at = 0 if "/" in text else len(text)  # every symbol has a slash, most texts have none
    while found := _IN_TEXT().search(text, at):
        end = found.start() + _joint_cut(found[0])
        symbol = _read_found(text[found.start() : end], committee)
        at = end
        if symbol is None:
            at = found.start() + 1
            continue
        yield found.start(), end, symbol
        for following in _continued(text, end, symbol):
            yield following
            at = following[1]


def _read_found(written: str, committee: str | None) -> Symbol | None:
    if len(written) > _LONGEST:
        return None
    symbol = _build(_canonical(written))
    if committee and symbol.likely:
        better = shapes.likely_for(symbol.text, committee)
        symbol = replace(symbol, likely=better) if better else symbol
    return symbol if _acceptable(symbol) else None


def _joint_cut(written: str) -> int:
    """Where a second symbol begins that is joined by "/" or "-" (CRC/C/GC/18-CEDAW/C/GC/31)."""
    joint = _JOINT().search(written, 1)
    return joint.start() if joint else len(written)


def _continued(text: str, end: int, symbol: Symbol) -> Iterator[tuple[int, int, Symbol]]:
    while following := _CONTINUED().match(text, end):
        another = _continue(symbol, following)
        if another is None:
            return
        yield following.start("what"), following.end("what"), another
        symbol = symbol if following["suffix"] else another
        end = following.end()


def _continue(symbol: Symbol, following: re.Match[str]) -> Symbol | None:
    if following["suffix"]:
        return _continue_suffix(symbol, following["suffix"])
    if symbol.series != "SR" or symbol.suffixes or not symbol.number:
        return None
    before = int(symbol.number.split("-")[-1])
    number = following["number"]
    if not before < int(number.split("-")[0]) <= before + 30:
        return None
    return parse(re.sub(r"SR\..*$", f"SR.{number}", symbol.text))


def _continue_suffix(symbol: Symbol, written: str) -> Symbol | None:
    """The symbol with another suffix: one of the same kind takes the place of the first."""
    suffixes = [_canonical_part(one) for one in re.sub(r"\s", "", written).split("/")]
    kind = f"{suffixes[0].split('.')[0]}."
    kept = symbol.text.split("/")
    again = (at for at, one in enumerate(kept) if one.startswith(kind))
    return parse("/".join([*kept[: next(again, len(kept))], *suffixes]))


# --- patterns, made from the tables ----------------------------------------------------------


@cache
def _SUFFIX_PART() -> re.Pattern[str]:  # noqa: N802
    kinds = "|".join(row["suffix"] for row in tables.load("symbol_suffixes"))
    return re.compile(rf"(?P<kind>{kinds})(?:\.|\b)(?P<number>\d*(?:-\d+)?[a-z]?)", re.I)


_DASH = r"[-\u2010-\u2013\ufffe]"
_JOIN = rf"(?:\.[ ]?(?=\d)|\.|{_DASH}\n?)"
_PART = rf"(?:[A-Z0-9][A-Za-z0-9]*(?:{_JOIN}[A-Z0-9][A-Za-z0-9]*)*)"
_OF_YEAR = r"(?:\s\((?:19|20)\d\d\))"
# The session of an old resolution, which belongs to its symbol: "(XXX)", "(S-VI)".
_SESSION = r"\((?:E?S-)?[IVXL]+\)"
_OF_SESSION = rf"(?:(?:\s?[A-Z])?\s?{_SESSION})"
_RESOLUTION = "|".join(rf"(?<=[AE]/RES/{'[0-9]' * digits})" for digits in (1, 2, 3, 4))


@cache
def _WHOLE() -> re.Pattern[str]:  # noqa: N802
    tail = r"followup(?:/[A-Za-z0-9][A-Za-z0-9.-]*)+"
    return re.compile(
        rf"[A-Z]{{1,8}}(?:/(?:{_PART}|{_suffix_words()}))+(?:{_OF_YEAR}|(?:{_RESOLUTION}){_OF_SESSION})?"
        rf"|[A-Z]{{2,8}}/{tail}"
    )


@cache
def _IN_TEXT() -> re.Pattern[str]:  # noqa: N802
    roots = "|".join(sorted(_roots(), key=len, reverse=True))
    slash = r"/\s{0,3}"
    return re.compile(
        r"(?:(?<![A-Za-z0-9_\u00c0-\u024f/.@%-])|(?<=undocs\.org/)|(?<=undocs\.org/[a-z][a-z]/)"
        rf"|(?<=\d{_DASH})|(?<=\d/)(?=(?:{_bodies()})/C))"
        rf"(?:(?:{_bodies()})/followup(?:/[A-Za-z0-9][A-Za-z0-9-]*)+"
        rf"|(?:{roots}|[A-Z]{{2,6}}(?={slash}C{slash}))(?:{slash}(?:{_suffix_words()}|{_PART}))+)"
        rf"(?:(?<=S/RES/\d\d\d\d){_OF_YEAR}|(?:{_RESOLUTION}){_OF_SESSION})?"
    )


@cache
def _JOINT() -> re.Pattern[str]:  # noqa: N802
    return re.compile(rf"[-\u2010-\u2013/\s]+(?:{_bodies()})/(?=C\b|C\.12\b|OP\b)")


def _bodies() -> str:
    return "|".join(
        sorted((row["stem"].split("/")[0] for row in tables.load("committees")), key=len)[::-1]
    )


def _suffix_words() -> str:
    kinds = "|".join(
        f"{row['suffix']}|{row['suffix'].lower()}" for row in tables.load("symbol_suffixes")
    )
    return rf"(?:{kinds})\.?\s?\d+(?:-\d+)?"


@cache
def _CONTINUED() -> re.Pattern[str]:  # noqa: N802
    return re.compile(
        r"\s*(?:,|;|،|、|)\s*(?:and|&|y|e|et|и|و|和|)\s*"
        rf"(?P<what>(?P<suffix>(?<=[\s,;،、和و]){_suffix_words()}(?:/{_suffix_words()})*)|(?:SR\.\s?)?(?<=[\s,;،、和و.])(?P<number>\d+(?:[-–]\d+)?))"
        r"(?![A-Za-z0-9_/]|[.,]\d)"
    )
