"""What may stand between a paper and its numbers and still keeps them together.

>>> joins(", annex, "), joins(" and then "), joins(" of the Committee against Torture, ")
(True, False, True)
"""

from __future__ import annotations

import re
from functools import cache

from treatybody import tables
from treatybody.references import words

# Between a role and its numbers: whose report it is, and where in it.
_GAP = re.compile(
    r"(?:\s+(?:(?:submitted|adopted|prepared|issued|transmitted|sent)\s+)?(?:to|by|of|on)\s+"
    r"[^.;()]{3,90})?"
    r"[\s,]*(?:\(\s*)?(?:[^().;,]{3,40},\s*)?(?:art(?:icle|s?\.)\s*\d+,\s*)?(?:at|in|see|under)?\s*"
)
_TITLE = re.compile(r"\s*(?:\(\d{4}\)\s*)?on\s+(?:the\s+)?[^.;()]{3,150}(?=,\s*\Z)")
_WITHIN = re.compile(
    r"\b(?:at|see|in|and|(?:annexe?|anexo)(?:\s+\w+)?,?|sect\.\s+\w+,?|chap\.\s+\w+,?)\b"
)


def joins(between: str) -> bool:
    """Whether what stands between a symbol and "para." keeps them together."""
    plain = _issuer().sub("", _particular().sub("", between))
    plain = _WITHIN.sub("", _TITLE.sub("", plain, count=1))
    plain = re.sub(r"\bof \d{1,2} \w+ \d{4}\b|\(\d{4}\)", "", plain)
    return len(between) < 200 and re.fullmatch(r"(?:[\s,:()\[\]]|,\.)*", plain) is not None


def gap(between: str) -> bool:
    """Whether what stands between a role ("the report") and its numbers keeps them together."""
    return _GAP.fullmatch(_particular().sub("", between)) is not None


def leads(between: str) -> bool:
    """Whether only an article or "document" stands between "of" and a paper.

    >>> leads("the "), leads("its own "), leads("document ")
    (True, False, True)
    """
    return re.fullmatch(rf"(?:{words.forms('owner', 'lead')}\s*)*", between, re.I) is not None


def on_report(text: str, at: int) -> int:
    """Where the words end that say on which report observations are.

    >>> on_report("observations on the initial report of Utopia", 12)
    34
    """
    found = re.compile(rf"\s+{words.forms('on_report', 'forms')}(?!\w)", re.I).match(text, at)
    return found.end() if found else at


@cache
def _particular() -> re.Pattern[str]:
    """ ", in particular those in" at the end of what joins a paper to its numbers."""
    return re.compile(rf",?\s*\b{words.forms('owner', 'particular')}\s*\Z", re.I)


@cache
def _issuer() -> re.Pattern[str]:
    """ "of the General Assembly", "du Comité des droits de l’enfant" behind what they issued."""
    names = [form for row in tables.load("reference_things") for form in row["forms"]]
    for row in tables.load("committees"):
        names += [re.escape(one) for one in (row["name"], row["code"], *row["names"].values())]
    names += ["Committee", "Comité"]
    joined = "|".join(one.replace("\\ ", r"\s+").replace(" ", r"\s+") for one in names)
    return re.compile(rf"\s+{words.forms('owner', 'issued')}\s*(?:{joined})(?!\w)")


@cache
def paper() -> re.Pattern[str]:
    """ "the information received from Utopia (", up to the bracket with its symbol."""
    name = words.forms("owner", "papers")
    lead = words.forms("owner", "lead")
    return re.compile(rf"(?:{lead}\s*)?{name}(?!\w)[^.;:()\d\n]{{0,120}}\(", re.I)


@cache
def phrase() -> re.Pattern[str]:
    """ "in relation to", "in more detail": words behind a number that name no owner."""
    return re.compile(rf"\s*,?\s*{words.forms('owner', 'phrases')}\b", re.I)


@cache
def of_question() -> re.Pattern[str]:
    """ "under question 3", behind a number."""
    question = words.forms("cues", "question")
    return re.compile(rf"\s*,?\s*(?:under|of|in)\s+(?:the\s+\w+\s+to\s+)?{question}\s*\d", re.I)


@cache
def under_question() -> re.Pattern[str]:
    """ "question 3 (", before a number."""
    return re.compile(rf"{words.forms('cues', 'question')}\s*\d+,?\s*[(]?\Z", re.I)


@cache
def of_article() -> re.Pattern[str]:
    """ "of article 5", behind a number."""
    article = words.forms("cues", "article")
    return re.compile(rf"\s*,?\s*(?:{words.owner_of()}\s+)?(?:the\s+)?{article}\s*\d", re.I)


@cache
def reply_lead() -> re.Pattern[str]:
    """ "the reply to", before a number."""
    reply = words.forms("cues", "reply")
    return re.compile(
        rf"\b{reply}\s+(?:\w+\s+)?(?:to|in|under|a|à)\s+(?:the\s+|las?\s+|los?\s+)?"
        r"(?:(?:issues?|questions?|matters?)\s+(?:raised\s+)?(?:in|under)\s+)?\Z",
        re.I,
    )
