"""How facts are shown to people: types and States by name, dates in words, official links."""

from __future__ import annotations

from treatybody.cli.plain import one_line
from treatybody.links import official_link
from treatybody.model import Document, Hit

Facts = Hit | Document
_MONTHS = {
    "01": "January",
    "02": "February",
    "03": "March",
    "04": "April",
    "05": "May",
    "06": "June",
    "07": "July",
    "08": "August",
    "09": "September",
    "10": "October",
    "11": "November",
    "12": "December",
}


def date_in_words(date: str | None) -> str | None:
    """An ISO date, which may be partial, as the UN prints it.

    >>> date_in_words("2015-04-23"), date_in_words("2018-09"), date_in_words("2024")
    ('23 April 2015', 'September 2018', '2024')
    """
    if not date:
        return None
    year, *rest = date.split("-")
    if not rest:
        return year
    month = _MONTHS[rest[0]]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def type_in_words(name: str) -> str:
    """A document type as people say it.

    >>> type_in_words("concluding_observations")
    'concluding observations'
    """
    return name.replace("follow_up", "follow-up").replace("_", " ")


def state_in_words(code: str | None) -> str | None:
    """A State's short English name, or its code when it has none."""
    from treatybody import states

    if not code:
        return None
    state = states.by_code(code)
    return state.name if state else code


def facts_line(facts: Facts, page: int | None = None) -> str:
    """The facts of a document on one line, for under a citation."""
    shown = page if page is not None else getattr(facts, "page", None)
    parts = (
        type_in_words(facts.type).capitalize(),
        state_in_words(facts.state),
        date_in_words(facts.date),
        f"p. {shown}" if shown else None,
        official_link(facts.symbol),
    )
    return one_line(" · ".join(part for part in parts if part))
