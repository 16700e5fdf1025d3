"""Which documents belong together: what "the report" or a bare bracket means for a document.

A role is filled by a document of the same committee and State: of the same reporting cycle, else
the latest before. Two that fit equally well are both named; none is "not in corpus".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from treatybody import symbols
from treatybody.model import Document
from treatybody.references import cycles, reissues
from treatybody.symbols import Symbol

_LISTS = ("list_of_issues", "list_of_issues_prior_to_reporting")
_TYPES = {
    "@concluding_observations": ("concluding_observations",),
    "@list_of_issues": _LISTS,
    "@state_report": ("state_report",),
    "@replies": ("replies_to_list_of_issues",),
    "@follow_up_report": ("follow_up_report",),
}
# What a bare bracket means, by the type of the document it stands in.
_UNNAMED = {
    "list_of_issues": "@state_report",
    "list_of_issues_prior_to_reporting": "@concluding_observations",
    "follow_up_letter": "@concluding_observations",
    "follow_up_report": "@concluding_observations",
}
_SELF = frozenset(
    {
        "state_report",
        "replies_to_list_of_issues",
        "concluding_observations",
        "general_comment",
        "decision",
    }
)
# Roles that are filled from the same cycle; the others look back to an earlier one.
_SAME = {
    ("list_of_issues", "@state_report"),
    ("replies_to_list_of_issues", "@state_report"),
    ("replies_to_list_of_issues", "@list_of_issues"),
    ("state_report", "@list_of_issues"),
    ("concluding_observations", "@state_report"),
    ("concluding_observations", "@list_of_issues"),
    ("concluding_observations", "@replies"),
    ("summary_record", "@state_report"),
    ("summary_record", "@list_of_issues"),
    ("summary_record", "@replies"),
    ("follow_up_report", "@concluding_observations"),
}


@dataclass(frozen=True)
class Meaning:
    """The documents that a role can mean, the name for them if there are none, a remark."""

    keys: list[str]
    name: str
    note: str | None = None


def means(
    documents: Mapping[str, Document],
    document: Document,
    role: str,
    said: frozenset[int] = frozenset(),
) -> Meaning:
    """What a role means in a document.

    Arguments:
        documents: the corpus by key.
        document: where the words stand.
        role: as in :class:`treatybody.references.Reference`.
        said: the numbers of the reports that the words name ("the initial report").
    """
    note = None
    original = reissues.corrected(document.symbol)
    if original and role in {"@self", "@unnamed", "@bare"}:
        note = "a corrigendum’s numbers are those of the document that it corrects"
        return Meaning(_with_symbol(documents, document, original), original, note)
    if role in {"@unnamed", "@bare"}:
        role, note = _unnamed(document, role)
        if role == "@self":
            return Meaning([document.document], role, note)
    if role not in _TYPES:
        return Meaning([], role, _unknown(role))
    if said and document.type in _TYPES[role] and said <= cycles.of(document.cycle):
        return Meaning([document.document], "@self", note)
    fitting = _fitting(documents, document, role, said)
    if fitting:
        return Meaning(fitting, role, note)
    return Meaning([], _name(document, role), note)


def printed_as(
    document: Document,
    role: str,
    printed: Sequence[Symbol],
    said: frozenset[int] = frozenset(),
) -> str | None:
    """The one document of this role whose symbol the citing document prints, if there is one.

    "The concluding observations" of a letter that names CMW/C/PER/CO/1 once are these.
    """
    if role in {"@unnamed", "@bare"}:
        role = _UNNAMED.get(document.type, role)
    fitting = {
        symbol.text: symbol.cycle
        for symbol in printed
        if symbol.type in _TYPES.get(role, ())
        and symbol.committee == document.committee
        and symbol.state == document.state
        and not symbol.suffixes
        and symbol.text != document.symbol
        and said <= cycles.of(symbol.cycle)
    }
    if len(fitting) > 1 and (document.type, role) in _SAME and not said:
        fitting = {one: cycle for one, cycle in fitting.items() if cycle == document.cycle}
    return next(iter(fitting)) if len(fitting) == 1 else None


def _unnamed(document: Document, role: str) -> tuple[str, str | None]:
    meant = _UNNAMED.get(document.type)
    if meant:
        return meant, "no document is named; numbers in this type of document mean it"
    if document.type in _SELF:
        return "@self", "no document is named; taken for this one"
    return role, "no document is named"


def _unknown(role: str) -> str:
    if role.startswith("@short:"):
        return f"the document does not say what {role[7:]} stands for"
    return "no document is named" if role in {"@unnamed", "@bare"} else "not followed"


def _name(document: Document, role: str) -> str:
    """A name for a document that the corpus lacks: never a symbol that nobody printed."""
    kind = role[1:]
    if not document.committee or not document.state:
        return role
    return f"{document.committee}:{document.state}:{kind}"


def _fitting(
    documents: Mapping[str, Document], document: Document, role: str, said: frozenset[int]
) -> list[str]:
    family = [
        one
        for one in documents.values()
        if one.type in _TYPES[role]
        and one.committee == document.committee
        and one.state == document.state
        and one.document != document.document
        and document.state is not None
        and reissues.corrected(one.symbol) is None
    ]
    if said:
        named = [one for one in family if said <= cycles.of(one.cycle)]
        if named:
            return _one_language(named, document)
        family = [one for one in family if not one.cycle]  # these may be of any cycle
    return _one_language(_of_cycle(family, document, role), document)


def _with_symbol(documents: Mapping[str, Document], document: Document, symbol: str) -> list[str]:
    return _one_language([one for one in documents.values() if one.symbol == symbol], document)


def _of_cycle(family: list[Document], document: Document, role: str) -> list[Document]:
    answered = symbols.parse(document.symbol or "")
    base = answered.base if answered and answered.suffixes else None
    own = [one for one in family if one.symbol == base]
    if own:
        return own
    if (document.type, role) in _SAME:
        same = [one for one in family if one.cycle and one.cycle == document.cycle]
        return same or []
    before = [one for one in family if _before(one, document)]
    latest = max((one.date or "" for one in before), default="")
    return [one for one in before if (one.date or "") == latest]


def _before(one: Document, document: Document) -> bool:
    if one.date and document.date:
        return one.date[:10] <= document.date[:10]
    return _cycle(one) < _cycle(document)


def _cycle(one: Document) -> int:
    digits = (one.cycle or "0").split("-")[-1]
    return int(digits) if digits.isdecimal() else 0


def _one_language(chosen: list[Document], document: Document) -> list[str]:
    by_symbol: dict[str, list[Document]] = {}
    for one in chosen:
        by_symbol.setdefault(one.symbol or one.document, []).append(one)
    keys = []
    for some in by_symbol.values():
        own = [one for one in some if one.language == document.language]
        english = [one for one in some if one.language == "en"]
        keys.append((own or english or some)[0].document)
    return sorted(keys)
