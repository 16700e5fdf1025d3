"""What a corrigendum corrects: its paragraphs open with the number of the corrected paragraph.

"1. Paragraph 7 / For fifty read sixty" in CMW/C/PER/CO/1/Corr.1 is about CMW/C/PER/CO/1, para. 7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from treatybody.references import numbers, places, words
from treatybody.references.model import Reference
from treatybody.references.places import Place

# The number of the correction and the page of the corrected paper, before the paragraph.
_LEAD = re.compile(r"\s*(?:\d{1,3}[.)]\s*)?(?:[Pp]ages?\s+\d+(?:\s*[-\u2013]\s*\d+)?,\s*)?")
# Where in the paragraph, up to the end of the line: ", second sentence".
_REST = re.compile(r"(?P<where>,\s*[^.;:\n]{3,60})?\s*(?::|\n|\Z)")


def find(all_places: Sequence[Place]) -> Iterator[Reference]:
    """The paragraphs of the corrected document that a corrigendum's own open with.

    Arguments:
        all_places: of a corrigendum; resolving knows that ``@self`` is what it corrects.

    Nothing is said of what stands in or under an annex, whose numbers are another run.
    """
    for place in all_places:
        if place.note is None and not _in_annex(place):
            yield from _opening(place)


def _opening(place: Place) -> Iterator[Reference]:
    lead = _LEAD.match(place.text)
    cue = words.cue("paragraph").match(place.text, lead.end() if lead else 0)
    if not cue or not (cue[0][0].isupper() or (lead and lead[0].rstrip().endswith(","))):
        return
    points, end = numbers.read(place.text, cue.end(), cue=words.cue("paragraph"))
    rest = _REST.match(place.text, end)
    if not points or not rest or _of_law(rest["where"] or ""):
        return
    for point in points:
        yield places.reference(place, cue.start(), end, document="@self", point=point.address)


def _of_law(where: str) -> bool:
    return words.pattern("owner", "law_words").search(where) is not None


def _in_annex(place: Place) -> bool:
    """Whether the record stands in an annex, or under a heading that names one."""
    headings = place.paragraph.section
    annex = words.pattern("annex", "word")
    return place.paragraph.kind == "annex" or any(annex.search(one) for one in headings)
