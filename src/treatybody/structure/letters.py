"""Letters of a committee to a State: what is letter, and what is letterhead and address.

A letter begins with its salutation; the lines that close it ("Please accept, Excellency, ...")
are procedural, and the signature ends it. Text extractions put the address block of the first
page's foot wherever the page ended, also in the middle of the letter.
"""

from __future__ import annotations

from collections.abc import Sequence

from treatybody.structure import body, roles, wording
from treatybody.structure.drafts import Draft
from treatybody.structure.headings import is_sentence
from treatybody.structure.items import Item

_ADDRESS_LINE = 200
_SIGNATURE_LINES = 8


def is_letter(found: Sequence[Item]) -> bool:
    """Whether a document has the form of a letter: a salutation near its beginning."""
    return _salutation(found) is not None


def letterhead(found: Sequence[Item]) -> list[Item]:
    """What stands before the salutation: where reference and date are printed."""
    place = _salutation(found)
    return list(found[: place or 0])


def drafts(found: Sequence[Item]) -> list[Draft]:
    """The paragraphs of a letter, and the lines that close it."""
    return body.fold(roles.assign(letter(found), procedural="closing"))


def letter(found: Sequence[Item]) -> list[Item]:
    """The letter itself: without letterhead, salutation, address block and signature."""
    place = _salutation(found)
    if place is None:
        return list(found)
    return _without_signature(_without_address(found[place + 1 :]))


def _salutation(found: Sequence[Item]) -> int | None:
    for place, item in enumerate(found[:40]):
        if len(item.whole.text) < 80 and wording.opens("procedural", "salutation", item.whole.text):
            return place
    return None


def _without_address(found: Sequence[Item]) -> list[Item]:
    kept: list[Item] = []
    inside = False
    for item in found:
        text = item.whole.text
        inside = _is_address_line(text) and (
            inside or wording.opens("procedural", "addressee", text)
        )
        if not inside:
            kept.append(item)
    return kept


def _is_address_line(text: str) -> bool:
    return len(text) < _ADDRESS_LINE and not is_sentence(text)


def _without_signature(found: list[Item]) -> list[Item]:
    for place, item in enumerate(found):
        if wording.opens("procedural", "farewell", item.whole.text):
            rest = found[place + 1 :]
            signature = 0
            while signature < min(len(rest), _SIGNATURE_LINES) and _is_address_line(
                rest[signature].whole.text
            ):
                signature += 1
            return [*found[: place + 1], *rest[signature:]]
    return found
