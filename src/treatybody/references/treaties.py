"""Treaties under all their names, as tables know them."""

from __future__ import annotations

import re
from functools import cache

from treatybody import tables


@cache
def _forms() -> dict[str, str]:
    """Every form as a fragment of an expression, with the code of the treaty."""
    found: dict[str, str] = {}
    for row in tables.load("committees"):
        for form in [row["treaty_title"], *row["treaty_forms"]]:
            found[_literal(form)] = row["treaty"]
    for row in tables.load("treaties"):
        for form in row["forms"]:
            found[form.replace(" ", r"\s+")] = row["code"]
    return found


def _literal(form: str) -> str:
    """A name as an expression: blanks are any, "International" may be left out."""
    text = re.escape(form).replace(r"\ ", r"\s+").replace("'", "[’']")
    return re.sub(r"^International\\s\+", r"(?:International\\s+)?", text)


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_forms(), key=len, reverse=True)
    joined = "|".join(f"(?:{name})" for name in names)
    # Each begins with a capital or a year: most places are passed over at one look.
    return re.compile(rf"(?<![\w-])(?=[A-Z\d])(?:{joined})(?![\w])")


@cache
def _singles() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(name), code) for name, code in _forms().items())


def at(text: str, start: int) -> tuple[str, int] | None:
    """The treaty that is named at ``start``: its code and where the name ends.

    >>> at("of the Convention on the Rights of the Child, as", 7)
    ('CRC', 44)
    """
    found = _pattern().match(text, start)
    return (_code(found[0]), found.end()) if found else None


def find(text: str) -> list[tuple[int, int, str]]:
    """Every treaty that is named in full, as (start, end, code)."""
    return [(one.start(), one.end(), _code(one[0])) for one in _pattern().finditer(text)]


_PROTOCOL = re.compile(
    r"Optional\s+Protocol\s+to\s+the\s+(?:Convention|Covenant)\b(?!\s+(?:on|against|for|relating)\b)"
)


def protocols(text: str, committee: str | None) -> list[tuple[int, int, str]]:
    """ "The Optional Protocol to the Convention": the committee's own, where there is only one.

    >>> protocols("ratify the Optional Protocol to the Convention", "CRPD")
    [(11, 46, 'CRPD-OP')]
    """
    code = _lone_protocol(committee) if "Optional" in text else None
    if code is None:
        return []
    return [(one.start(), one.end(), code) for one in _PROTOCOL.finditer(text)]


@cache
def _lone_protocol(committee: str | None) -> str | None:
    code = f"{of_committee(committee)}-OP"
    return code if any(row["code"] == code for row in tables.load("treaties")) else None


@cache
def _code(name: str) -> str:
    return next(code for pattern, code in _singles() if pattern.fullmatch(name))


@cache
def of_committee(committee: str | None) -> str | None:
    """The code of the treaty that a committee watches over.

    >>> of_committee("CMW")
    'ICRMW'
    """
    rows = tables.load("committees")
    return next((row["treaty"] for row in rows if row["code"] == committee), None)


@cache
def last_article(committee: str | None) -> int:
    """The number of the last article of a committee's treaty.

    >>> last_article("CRPD")
    50
    """
    rows = tables.load("committees")
    return next((int(row["articles"]) for row in rows if row["code"] == committee), 0)
