"""The words of ``data/reference_words.toml`` as compiled patterns, made when first needed."""

from __future__ import annotations

import re
from functools import cache

from treatybody import tables


@cache
def forms(*path: str) -> str:
    """The alternatives at a place of the table, joined: ``forms("cues", "paragraph")``."""
    found = tables.settings("reference_words")
    for key in path:
        found = found[key]
    return f"(?:{'|'.join(_blank(one) for one in found)})"


def _blank(form: str) -> str:
    return form.replace(" ", r"\s+")


@cache
def cue(*kinds: str) -> re.Pattern[str]:
    """A cue word of these kinds and the blank behind it ("paras. ").

    >>> cue("paragraph").match("paras. 3").end()
    7
    """
    words = "|".join(forms("cues", kind) for kind in kinds)
    return re.compile(rf"(?<![\w-])(?P<cue>{words})\s*(?=\d)", re.I)


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """The alternatives at a place of the table as one pattern of whole words."""
    return re.compile(rf"(?<![\w-])(?:{forms(*path)})(?!\w)", re.I)


@cache
def roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The roles that documents play for each other, and the words for them."""
    rows = tables.settings("reference_words")["document"]
    return tuple((row["role"], _role(row["forms"])) for row in rows)


def _role(row: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_blank(one) for one in row)})(?!\w)", re.I)


def role_in(text: str) -> tuple[str, int, int] | None:
    """The last role named in a text, as (role, start, end); a longer one beats one inside it.

    >>> role_in("in its replies to the list of issues")[0]
    '@replies'
    """
    best: tuple[str, int, int] | None = None
    for role, words in roles():
        for found in words.finditer(text):
            here = (role, found.start(), found.end())
            if best is None or (here[2], -here[1]) > (best[2], -best[1]):
                best = here
    return best


@cache
def owner_of() -> str:
    """The words that join a number to its owner: "of", "del" ..."""
    return str(tables.settings("reference_words")["owner"]["of"])


@cache
def forms_of_role(role: str) -> str:
    """The words for one role as one fragment of an expression."""
    return next(pattern.pattern for name, pattern in roles() if name == role)
