"""The answer key of the five documents: everything in it is found, and nothing else."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import cycle_papers
import pytest

KEY = Path(__file__).parents[1] / "labels" / "seeds.tsv"
Row = tuple[str, str, str, str, str, str]


def key() -> set[Row]:
    lines = [line for line in KEY.read_text("utf-8").splitlines() if not line.startswith("#")]
    order = {
        one.id: at
        for _, paragraphs in cycle_papers.documents().values()
        for at, one in enumerate(paragraphs)
    }
    rows: set[Row] = set()
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        for source in sources(row["source"], order):
            facts = (row[k] for k in ("where", "kind", "target", "status", "evidence"))
            rows.add((source, *facts))  # type: ignore[arg-type]
    return rows


def sources(written: str, order: dict[str, int]) -> list[str]:
    first, dots, last = written.partition("..")
    if not dots:
        return [first]
    document = first.split("#")[0]
    span = range(order[first], order[f"{document}#{last}"] + 1)
    return [one for one in order if one.split("#")[0] == document and order[one] in span]


def found() -> set[Row]:
    return {
        (one.source, one.where, one.kind, one.target, one.status, one.evidence.replace("\n", " "))
        for one in cycle_papers.links()
    }


@pytest.mark.parametrize("document", list(cycle_papers.documents()))
def test_all_that_the_key_has_is_found(document: str) -> None:
    missing = {row for row in key() - found() if row[0].split("#")[0] == document}
    assert not missing


@pytest.mark.parametrize("document", list(cycle_papers.documents()))
def test_nothing_else_is_found(document: str) -> None:
    extra = {row for row in found() - key() if row[0].split("#")[0] == document}
    assert not extra


def test_the_evidence_stands_at_its_offsets() -> None:
    texts = {
        one.id: one for _, paragraphs in cycle_papers.documents().values() for one in paragraphs
    }
    for references in cycle_papers.found().values():
        for one in references:
            paragraph = texts[holder(one.sources[0], texts)]
            text = {"text": paragraph.text, "section": one.heading or ""}.get(one.where)
            if text is None:
                text = next(n.text for n in paragraph.footnotes if f"note:{n.mark}" == one.where)
            assert text[one.start : one.end] == one.evidence


def holder(source: str, texts: dict[str, object]) -> str:
    while source not in texts:
        source = source.rpartition("(")[0]
    return source


def test_the_list_carries_24_references_in_19_brackets() -> None:
    to_observations = [
        one
        for one in cycle_papers.links()
        if one.source.startswith("CMW/C/PER/QPR/2#") and one.target.startswith("CMW/C/PER/CO/1#")
    ]
    assert len(to_observations) == 24
    assert len({(one.source, one.start) for one in to_observations}) == 19


def test_sixty_headings_head_205_paragraphs() -> None:
    headings = [one for one in cycle_papers.found()["CMW/C/PER/2"] if one.kind == "replies_to"]
    assert len(headings) == 60
    sources = Counter(one.source for one in cycle_papers.links() if one.kind == "replies_to")
    assert len(sources) == 205
    assert set(sources.values()) == {1}


def test_links_are_in_order_and_unique() -> None:
    links = cycle_papers.links()
    order = [(one.source, one.start, one.target) for one in links]
    assert order == sorted(order)
    assert len({(o.source, o.start, o.end, o.target, o.kind, o.where) for o in links}) == len(links)
