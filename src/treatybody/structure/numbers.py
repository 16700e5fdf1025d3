"""Which numbered blocks of a stretch are paragraphs, by their sequence and their look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from treatybody.structure import runs, wording
from treatybody.structure.headings import is_sentence
from treatybody.structure.items import Item

Rulings = dict[int, runs.Ruling]

_BETTER_BY = 3


def rule(
    stretch: Sequence[Item], places: Sequence[int], headings: set[int]
) -> tuple[Rulings, set[int]]:
    """The ruling on each numbered block, and the places that their look makes headings.

    Some documents number two things, such as questions in bold and the paragraphs that answer
    them. One look is left out where the paragraphs then run better; where looks tell nothing, the
    sequence that runs between the paragraphs.

    Arguments:
        stretch: the blocks of a body or of an annex.
        places: which of them may be paragraphs by their number.
        headings: which of them are headings.
    """
    rulings, others = _rule_on(stretch, places, headings), set[int]()
    looks = Counter(_look(stretch[place]) for place in places)
    for look, _ in looks.most_common()[1:4]:
        kept = [place for place in places if _look(stretch[place]) != look]
        tried = _rule_on(stretch, kept, headings | (set(places) - set(kept)))
        if _cost(tried) + _BETTER_BY < _cost(rulings):
            rulings, others = tried, set(places) - set(kept)
    return (rulings, others) if others else _without_questions(stretch, places, headings, rulings)


def _without_questions(
    stretch: Sequence[Item], places: Sequence[int], headings: set[int], rulings: Rulings
) -> tuple[Rulings, set[int]]:
    """The same, where two sequences run through each other: questions stand over the paragraphs."""
    if _cost(rulings) <= _BETTER_BY:
        return rulings, set()
    values = [runs.value(stretch[place].number or "0") for place in places]
    asking = [_asks(stretch[place]) for place in places]
    questions = {places[at] for at in runs.interleaved(values, asking)}
    kept = [place for place in places if place not in questions]
    tried = _rule_on(stretch, kept, headings | questions) if questions else rulings
    better = _cost(tried) + _BETTER_BY < _cost(rulings)
    return (tried, questions) if better else (rulings, set())


def _asks(item: Item) -> bool:
    text = item.text.text
    return text.endswith("?") or wording.opens("heading_words", "asking", text)


def _cost(rulings: Rulings) -> int:
    return runs.cost(list(rulings.values()))


def _rule_on(stretch: Sequence[Item], places: Sequence[int], headings: set[int]) -> Rulings:
    values = [runs.value(stretch[place].number or "0") for place in places]
    dotted = _are_dotted(stretch, places)
    likely = [_reads_like_paragraph(stretch[place], dotted) for place in places]
    headed = [
        any(between in headings for between in range(before + 1, place))
        for before, place in zip([-1, *places], places, strict=False)
    ]
    return dict(zip(places, runs.accept(values, likely, headed), strict=True))


def _look(item: Item) -> tuple[float, bool]:
    return round(item.block.size or 0.0), bool(item.block.bold)


def _are_dotted(stretch: Sequence[Item], places: Sequence[int]) -> bool:
    """Whether most numbers are printed with a full stop."""
    dots = sum(1 for place in places if _has_dot(stretch[place]))
    return dots * 2 > len(places)


def _has_dot(item: Item) -> bool:
    return bool(item.label and item.label.printed.endswith("."))


def _reads_like_paragraph(item: Item, dotted: bool) -> bool:
    """Whether a numbered block is rather a paragraph than a heading, a list item or a line."""
    text = item.text.text
    if (dotted and not _has_dot(item)) or text[:1].islower() or text.startswith("("):
        return False
    return is_sentence(text) or len(text) > 120 or text.endswith((")", "”", '"', "?", "!"))
