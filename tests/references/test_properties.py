"""Properties of finding that hold for any text: no error, exact offsets, bounded time."""

from __future__ import annotations

import time

import made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatybody.references import find, numbers

WORDS = [
    *("para. ", "paras. ", "paragraph ", "paragraphs ", "article ", "arts. ", "question "),
    *("1", "33", "160-64", "146.11", "(a)", "(ii)", " and ", ", ", "-", "–", "to ", " ff.", "Q8b"),
    *("(", ")", "; ", ". ", "see ", "Ibid., ", "of the Convention", "of the report", "above"),
    *("CRPD/C/UTO/CO/1", "A/RES/68/268", "Act No. 28950", "No. ", "general comment No. 2", "ILO "),
    *("concluding observations ", "its previous ", "reply to ", "list of issues", " on ", "issue "),
    *("Sustainable Development Goal ", "target 5.1", "resolution 68/268", "within two years"),
    *("the Committee requests ", "Convention ", "Legislative Decrees No. 1350 and "),
]
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=30).map("".join)
KINDS = st.sampled_from(
    ["list_of_issues", "replies_to_list_of_issues", "concluding_observations", "follow_up_letter"]
)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, heading=TEXTS, note=TEXTS, kind=KINDS)
def test_the_evidence_is_the_text_at_its_offsets(
    text: str, heading: str, note: str, kind: str
) -> None:
    document = made.document(kind)
    section = (heading,) if heading else ()
    paragraph = made.paragraph(document, "5", text, section=section, notes=(note,))
    for one in find(document, [paragraph]):
        where = {"text": text, "section": heading, "note:1": note}[one.where]
        assert where[one.start : one.end] == one.evidence
        assert one.sources
        assert one.document or one.thing


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_finding_twice_is_finding_once(text: str) -> None:
    document = made.document()
    paragraphs = [made.paragraph(document, "5", text)]
    assert find(document, paragraphs) == find(document, paragraphs)


@settings(max_examples=300, deadline=None)
@given(low=st.integers(1, 899), size=st.integers(1, 99), dash=st.sampled_from("-–—‑−"))
def test_ranges_are_read_with_any_dash(low: int, size: int, dash: str) -> None:
    points, end = numbers.read(f"{low}{dash}{low + size}", 0)
    assert [one.address for one in points] == [f"{low}..{low + size}"]
    assert end == len(f"{low}{dash}{low + size}")


@given(st.lists(st.integers(1, 899), min_size=2, max_size=8, unique=True))
def test_a_list_is_read_to_its_end(listed: list[int]) -> None:
    text = ", ".join(map(str, listed[:-1])) + f" and {listed[-1]})"
    points, end = numbers.read(text, 0)
    assert [one.address for one in points] == [str(number) for number in listed]
    assert end == len(text) - 1


@pytest.mark.parametrize("word", WORDS)
def test_long_runs_of_one_word_take_no_long_time(word: str) -> None:
    document = made.document("concluding_observations")
    paragraph = made.paragraph(document, "5", (word * 8000)[:8000])
    began = time.perf_counter()
    find(document, [paragraph])
    assert time.perf_counter() - began < 5
