"""The thread of a recommendation: concern, request, letter, questions, answers, statements.

The thread can be entered from any end. Going back, a statement leads to what it takes up, an
answer to its question, a question to the recommendations that it cites, a letter to those that
it assesses, a concern to its recommendation. From there the thread runs forward in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from treatybody.cycle.papers import Papers, base
from treatybody.errors import NotFound
from treatybody.model import Link

BACK = ("takes_up", "replies_to", "cites", "assesses", "requests_follow_up")
_LISTS = ("list_of_issues", "list_of_issues_prior_to_reporting")
# The other papers whose printed references to a recommendation belong to its thread.
_NAMING = (
    "state_report",
    "replies_to_list_of_issues",
    "follow_up_report",
    "concluding_observations",
)


@dataclass(frozen=True)
class Stop:
    """One paragraph of a thread.

    Arguments:
        place: its id, with the letters of the part that the links name where they agree on one.
        document: its document's key.
        date: the document's date.
        role: ``concern``, ``recommendation``, ``request``, ``letter``, ``question``, ``answer``
            or ``statement``.
        links: the links to other stops that lead from here.
        step: how many links away from where the thread was entered.
    """

    place: str
    document: str
    date: str | None
    role: str
    links: list[Link]
    step: int


@dataclass(frozen=True)
class Thread:
    """A thread: where it was entered, what it is about, its stops in time order."""

    start: str
    roots: list[str]
    stops: list[Stop]


def trace(papers: Papers, start: str, depth: int | None = None) -> Thread:
    """Follow a recommendation, question, answer, letter or statement through its cycle.

    Arguments:
        papers: the corpus.
        start: the id of a paragraph or of a part of one.
        depth: how many links to follow from the start at most; None for all.

    Raises:
        NotFound: there is no such paragraph.
    """
    if base(start) not in papers.paragraphs:
        raise NotFound(f"There is no paragraph {start}; tb outline lists what a document has.")
    roots = _roots(papers, start)
    steps: dict[str, int] = {base(start): 0}
    used: dict[str, list[Link]] = {}
    for root, way in roots.items():
        for link in way:
            _use(link, steps, used)
        steps.setdefault(base(root), len(way))
        asked = {base(link.source) for link in way if papers.type_of(link.source) in _LISTS}
        _forward(papers, root, asked, steps, used)
    kept = {place for place, step in steps.items() if depth is None or step <= depth}
    stops = [_stop(papers, place, steps, used, kept) for place in kept]
    stops.sort(key=lambda one: papers.when(one.place))
    return Thread(start, list(roots), stops)


def _use(link: Link, steps: dict[str, int], used: dict[str, list[Link]]) -> None:
    source, target = base(link.source), base(link.target)
    known = used.setdefault(source, [])
    if link not in known:
        known.append(link)
    low = min(steps.get(source, 999), steps.get(target, 999))
    steps.setdefault(source, low + 1)
    steps.setdefault(target, low + 1)


# --- back to the roots -----------------------------------------------------------------------


def _roots(papers: Papers, start: str) -> dict[str, list[Link]]:
    """The recommendations or questions that a place goes back to, each with the way there."""
    found: dict[str, list[Link]] = {}
    for link in _links_back(papers, start):
        for root, way in _roots(papers, link.target).items():
            found.setdefault(root, [link, *way])
    if not found and not papers.links_from(start, "recommends_on"):
        for link in papers.links_to(start, "recommends_on"):
            found.setdefault(link.source, [link])
    return found or {start: []}


def _links_back(papers: Papers, place: str) -> Iterator[Link]:
    """Links towards the origin: from an answer to its question, and so on."""
    kind = papers.type_of(place)
    for link in papers.links_from(place, *BACK):
        if link.status != "resolved" or not _of_part(link, place) or "#" not in link.target:
            continue
        if base(link.target) not in papers.paragraphs or base(link.target) == base(place):
            continue
        if link.kind == "cites" and not _names_a_recommendation(papers, link):
            continue
        if link.kind == "cites" and kind not in _LISTS and papers.links_from(place, "replies_to"):
            continue  # an answer goes back to its question
        yield link


def _names_a_recommendation(papers: Papers, link: Link) -> bool:
    """Whether a printed reference leads from a later paper to concluding observations."""
    kind = papers.type_of(link.source)
    other = link.source.partition("#")[0] != link.target.partition("#")[0]
    target = papers.type_of(link.target) == "concluding_observations"
    return other and target and (kind in _LISTS or kind in _NAMING)


def _of_part(link: Link, place: str) -> bool:
    """Whether a link of a paragraph concerns the part of it that is asked for."""
    return "(" not in place.partition("#")[2] or _touch(link.source, place)


def _touch(one: str, other: str) -> bool:
    """Whether one place lies in the other: 9 and 9(a), but not 9(a) and 9(b)."""
    return one.startswith(other) or other.startswith(one)


# --- forward from a root ---------------------------------------------------------------------


def _forward(
    papers: Papers, root: str, asked: set[str], steps: dict[str, int], used: dict[str, list[Link]]
) -> None:
    """All that follows from a root; on the way from a question only what follows from it."""
    if papers.type_of(root) == "concluding_observations":
        for link in _around(papers, root):
            _use(link, steps, used)
        for link in _named(papers, root) if not asked else ():
            _use(link, steps, used)
    for question in _questions(papers, root, asked):
        if isinstance(question, Link):
            _use(question, steps, used)
            _answers(papers, question.source, steps, used)
        else:
            _answers(papers, question, steps, used)


def _around(papers: Papers, root: str) -> Iterator[Link]:
    """What belongs to a recommendation itself: its concern, the request, the letters."""
    yield from papers.links_from(root, "recommends_on")
    yield from papers.links_to(root, "recommends_on")
    for link in papers.links_to(root, "requests_follow_up", "assesses"):
        if _touch(link.target, root):
            yield link


def _named(papers: Papers, root: str) -> Iterator[Link]:
    """Where the State answers a recommendation by heading, and where later papers name it."""
    for link in papers.links_to(root, "replies_to", "cites"):
        named = link.kind == "replies_to" or (
            papers.type_of(link.source) in _NAMING and _names_a_recommendation(papers, link)
        )
        if named and _touch(link.target, root):
            yield link


def _questions(papers: Papers, root: str, asked: set[str]) -> Iterator[Link | str]:
    if papers.type_of(root) in _LISTS:
        yield root
        return
    for link in papers.links_to(root, "cites"):
        question = papers.type_of(link.source) in _LISTS and _touch(link.target, root)
        if question and (not asked or base(link.source) in asked):
            yield link


def _answers(
    papers: Papers, question: str, steps: dict[str, int], used: dict[str, list[Link]]
) -> None:
    """The answers under a question, or under the whole of which it is a letter."""
    for link in papers.links_to(question, "replies_to"):
        if _touch(link.target, question):
            _use(link, steps, used)
            _statements(papers, link.source, steps, used)
    _statements(papers, question, steps, used)


def _statements(
    papers: Papers, place: str, steps: dict[str, int], used: dict[str, list[Link]]
) -> None:
    for link in papers.links_to(place, "takes_up"):
        if _touch(link.target, place):
            _use(link, steps, used)


# --- stops -----------------------------------------------------------------------------------


def _stop(
    papers: Papers,
    place: str,
    steps: dict[str, int],
    used: dict[str, list[Link]],
    kept: set[str],
) -> Stop:
    links = [link for link in used.get(place, []) if base(link.target) in kept]
    links.sort(key=lambda one: (one.start, one.target))
    exact = {link.source for link in links}
    document = papers.document_of(place)
    return Stop(
        place=exact.pop() if len(exact) == 1 else place,
        document=place.partition("#")[0],
        date=document.date if document else None,
        role=_role(papers, place, links),
        links=links,
        step=steps[place],
    )


def _role(papers: Papers, place: str, links: list[Link]) -> str:
    kinds = {link.kind for link in links}
    kind = papers.type_of(place)
    if "requests_follow_up" in kinds:
        return "request"
    if kind == "follow_up_letter":
        return "letter"
    if kind in _LISTS:
        return "question"
    if kind == "summary_record":
        return "statement"
    if kind == "concluding_observations":
        is_concern = papers.links_to(place, "recommends_on") and "recommends_on" not in kinds
        return "concern" if is_concern else "recommendation"
    return "answer"
