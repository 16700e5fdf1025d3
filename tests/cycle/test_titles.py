"""Laws that are asked for by their title."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "references"))

import made
import pytest

from treatybody.cycle.instrument import instrument
from treatybody.cycle.papers import Papers
from treatybody.references import find, resolve

TEXTS = {
    "UTO": (
        "The Mental Health Act (No. 12/2004) is in force.",
        "The Mental Health Act helps, and so does Mental Health Action.",
        "A mental health act is wanted; so is a Law on Mental Health Care.",
    ),
    "ARC": ("The Old Mental Health Act was repealed; Act No. 12 of 2004 is in force.",),
}


def papers() -> Papers:
    documents, paragraphs = {}, []
    for state, texts in TEXTS.items():
        one = made.document("state_report", f"CRPD/C/{state}/1", state=state)
        documents[one.document] = one
        paragraphs += [made.paragraph(one, str(n), text) for n, text in enumerate(texts, 1)]
    found = {
        key: find(one, [p for p in paragraphs if p.document == key])
        for key, one in documents.items()
    }
    return Papers.of(documents, paragraphs, resolve(documents, found, {}))


ASKED = [
    (
        "Mental Health Act",
        {
            "ARC: Mental Health Act": ["Old Mental Health Act"],
            "UTO:law:12/2004": ["Mental Health Act (No. 12/2004)", "Mental Health Act"],
        },
    ),
    (
        "law on mental health care",
        {"UTO: Law on Mental Health Care": ["Law on Mental Health Care"]},
    ),
    (
        "Act 12",
        {
            "ARC:law:12/2004": ["Act No. 12"],
            "UTO:law:12/2004": ["Mental Health Act (No. 12/2004)", "Mental Health Act"],
        },
    ),
    ("mental health", {}),
]


@pytest.mark.parametrize(("name", "expected"), ASKED)
def test_laws_by_their_titles(name: str, expected: dict[str, list[str]]) -> None:
    found = instrument(papers(), name)
    assert {one.key: [link.evidence for link in one.links] for one in found} == expected
