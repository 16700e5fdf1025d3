"""Paragraphs like a given one: copied passages first, then what shares the rarest things."""

from __future__ import annotations

from dataclasses import dataclass

from treatybody.cycle.papers import Papers, base
from treatybody.errors import NotFound
from treatybody.model import Link
from treatybody.references.shared import Scale, features


@dataclass(frozen=True)
class Alike:
    """A paragraph like the one asked for.

    Arguments:
        place: its id.
        copied: the links of passages that the two have word for word.
        shared: the words that they share, the rarest first.
        weight: how much what they share weighs.
    """

    place: str
    copied: list[Link]
    shared: list[str]
    weight: float


def similar(papers: Papers, place: str, limit: int = 10) -> list[Alike]:
    """Find the paragraphs of other places that are most like one.

    Arguments:
        papers: the corpus.
        place: the id of a paragraph.
        limit: how many at most; those with copied passages all count first.

    Raises:
        NotFound: there is no such paragraph.
    """
    wanted = papers.paragraphs.get(base(place))
    if wanted is None:
        raise NotFound(f"There is no paragraph {place}; tb outline lists what a document has.")
    others = [
        one
        for one in papers.paragraphs.values()
        if one.kind in {"paragraph", "annex", "table"} and one.id != wanted.id
    ]
    read = {one.id: features(one.text) for one in others}
    own = features(wanted.text)
    scale = Scale([own, *read.values()])
    copied = _copied(papers, wanted.id)
    found = []
    for one in others:
        shared = scale.compare(own, read[one.id])
        if shared.weight > 0 or one.id in copied:
            words = [_written(wanted.text, own.spans[what]) for what in shared.what[:12]]
            found.append(Alike(one.id, copied.get(one.id, []), words, round(shared.weight, 1)))
    found.sort(key=lambda one: (not one.copied, -one.weight, papers.when(one.place)))
    return found[:limit]


def _written(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _copied(papers: Papers, place: str) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in papers.links_from(place, "repeats"):
        found.setdefault(base(link.target), []).append(link)
    for link in papers.links_to(place, "repeats"):
        found.setdefault(base(link.source), []).append(link)
    return found
