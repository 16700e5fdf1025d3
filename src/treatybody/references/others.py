"""Papers of other bodies: another committee's observations, an Ombudsman's report.

A number in them belongs to no paper of the cycle in hand, whatever "the report" means elsewhere.
"""

from __future__ import annotations

import re
from functools import cache

from treatybody import states, tables
from treatybody.references import words

# What joins a paper to whom it comes from or goes to, in English, French and Spanish.
_TO = (
    r"(?:of|by|to|for|from|under|du|des?|de\s+l[’']|del|de\s+la|al|au|à\s+l[’']"
    r"|a\s+la|ante|par|por)"
)
_ABOUT = r"(?:on|about|concerning|regarding|sur|concernant|relati\w+|sobre|acerca)"
_OF_THE = re.compile(
    r"\s+(?:(?:of|by)\s+the\s+|(?:du|del)\s+|de\s+la\s+|de\s+l[’'])"
    r"(?P<name>[A-ZÁÉÍÓÚÎÔ][\w’'-]*(?:\s+(?:of|on|for|and|the|de|des|du|del|la|et|y|[A-Z][\w’'-]*))*)"
)
_LONGEST = 7


def before(text: str, at: int) -> str | None:
    """The words of the sentence before ``at`` that name a report of another body, else None."""
    sentence = re.split(r"(?<=[a-z)])[.;]\s", text[max(0, at - 600) : at])[-1]
    other = words.pattern("other", "reports").search(sentence)
    return other[0] if other else None


def is_pronoun(other: str) -> bool:
    """Whether a report is told only by whose it is: which one, words before must tell.

    >>> is_pronoun("his latest report"), is_pronoun("report of the Ombudsman")
    (True, False)
    """
    return re.match(words.forms("other", "pronouns"), other, re.I) is not None


def behind(rest: str, committee: str | None) -> str | None:
    """The words behind a paper's name that give it to another body, None where they do not.

    >>> behind(" of Utopia to the Human Rights Committee, is", "CAT")
    'of Utopia to the Human Rights Committee'
    >>> behind(" of Utopia to the Human Rights Committee, is", "CCPR") is None
    True
    """
    found = _bodies(committee).match(re.split(r"[.;:()\n]", rest)[0])
    if not found or words.role_in(found[0]):
        return None  # "and the concluding observations of": another paper begins
    return " ".join(found[0].split())


def ahead(lead: str, committee: str | None) -> str | None:
    """The words that give what follows them to another committee.

    >>> ahead("See the Human Rights Committee’s ", "CAT")
    'Human Rights Committee’s'
    >>> ahead("See the Human Rights Committee, and its ", "CAT") is None
    True
    """
    found = _whose(committee).search(lead)
    return " ".join(found[0].split()) if found else None


def source(lead: str) -> str | None:
    """The judgment or declaration right before a number, None where there is none.

    >>> source("In A. v. Utopia ("), source("in the judgment, it said ("), source("the Act (")
    ('A. v. Utopia', None, None)
    """
    sources = words.forms("other", "sources")
    found = re.search(rf"(?<!\w)({sources})(?!\w)[^.;,()]{{0,60}}[,(]\s*\Z", lead, re.I)
    return found[1] if found else None


def stranger(rest: str) -> str | None:
    """ "of the National Audit Office": what stands behind "the report" and is no State.

    >>> stranger(" of the National Audit Office says"), stranger(" of the Netherlands says")
    ('of the National Audit Office', None)
    """
    found = _OF_THE.match(rest)
    if not found or words.pattern("other", "state").match(found["name"]):
        return None
    parts = found["name"].split()[:_LONGEST]
    if any(states.find(" ".join(parts[:count])) for count in range(1, len(parts) + 1)):
        return None
    return " ".join(found[0].split())


def recipient(rest: str) -> str | None:
    """The words behind "the report" that send it to a body at home, None where there are none.

    >>> recipient(" of 2020 to Parliament, para. 4"), recipient(" to the Committee, para. 4")
    ('of 2020 to Parliament', None)
    """
    sent = words.forms("other", "recipients")
    found = re.match(rf"(?:\s+[^\s.,;:()]+){{0,4}}?\s+{sent}(?!\w)", rest)
    return " ".join(found[0].split()) if found and not words.role_in(found[0]) else None


def sent_home(lead: str) -> str | None:
    """The report right before a number that went to a body at home, None where there is none.

    >>> sent_home("In its annual report to the Government, "), sent_home("In its report, ")
    ('report to the Government', None)
    """
    report, sent = words.forms("other", "any_report"), words.forms("other", "recipients")
    found = re.search(
        rf"(?<!\w)({report}(?:\s+[^\s.,;:()]+){{0,4}}?\s+{sent})(?!\w)[^.;,()]{{0,60}}[,(]?\s*\Z",
        lead,
    )
    return " ".join(found[1].split()) if found else None


@cache
def _whose(committee: str | None) -> re.Pattern[str]:
    names = [*_committees(committee), *(f"{code}(?:\\s+Committee)?" for code in _codes(committee))]
    whose = tables.settings("reference_words")["other"]["whose"]
    return re.compile(rf"(?<![\w/])(?:{'|'.join(names)}){whose}\Z")


def _codes(committee: str | None) -> list[str]:
    return [row["code"] for row in tables.load("committees") if row["code"] != committee]


def _committees(committee: str | None) -> list[str]:
    """The names of all committees but one, as expressions."""
    rows = [row for row in tables.load("committees") if row["code"] != committee]
    names = [name for row in rows for name in (row["name"], *row["forms"], *row["names"].values())]
    return [re.escape(one).replace(r"\ ", r"\s+") for one in names]


@cache
def _bodies(committee: str | None) -> re.Pattern[str]:
    """Up to five words, and then a body that is not this committee."""
    names = [words.forms("other", "bodies"), *_committees(committee)]
    return re.compile(
        rf"(?:\s+(?!{_ABOUT}\b)[^\s,]+){{0,5}}?\s+{_TO}\s*(?:[\w’'-]+\s+){{0,2}}?"
        rf"(?:{'|'.join(names)})(?!\w)"
    )
