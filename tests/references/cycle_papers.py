"""The five documents of the cycle of Peru, read from their sources, for the tests of links."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from treatybody import readers, references, structure
from treatybody.manifest import Entry
from treatybody.model import Document, Link, Paragraph, Source
from treatybody.references import Reference

SOURCES = Path(__file__).parents[2] / "corpus" / "sources"
# What the files don't print: symbol, type, date, cycle.
FACTS = {
    "concluding-observations_PER_2015.txt": (
        "CMW/C/PER/CO/1", "concluding_observations", "2015-04-23", "1",
    ),
    "follow-up-letter_PER_2018.txt": (None, "follow_up_letter", "2018-09-13", None),
    "list-of-issues-prior-to-reporting_PER_2022.txt": (
        "CMW/C/PER/QPR/2", "list_of_issues_prior_to_reporting", "2022-04-08", "2",
    ),
    "state-report_PER_2024.txt": ("CMW/C/PER/2", "state_report", "2024", "2"),
    "summary-record_PER_2024.txt": ("CMW/C/SR.577", "summary_record", "2024-12-05", "2"),
}  # fmt: skip


@cache
def documents() -> dict[str, tuple[Document, list[Paragraph]]]:
    """Each document with its paragraphs, by key."""
    found = {}
    for name, (symbol, kind, date, cycle) in FACTS.items():
        facts = {"type": kind, "date": date, "committee": "CMW", "state": "PER"}
        facts |= {k: v for k, v in (("symbol", symbol), ("cycle", cycle)) if v}
        source = Source(file=name, sha256="", reader="", reader_version="", also=[])
        reading = readers.read(SOURCES / name)
        for one in structure.documents(reading, source, Entry(name, facts, {})):
            found[one.document.document] = (one.document, one.paragraphs)
    return found


@cache
def found() -> dict[str, list[Reference]]:
    """What finding yields for each document."""
    return {key: references.find(*one) for key, one in documents().items()}


@cache
def links() -> list[Link]:
    """The resolved links of the five."""
    papers = documents()
    return references.resolve(
        {key: one for key, (one, _) in papers.items()},
        found(),
        {key: references.outline(*one) for key, one in papers.items()},
    )
