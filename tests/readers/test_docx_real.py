"""The reader on real UN files, where they lie beside the checkout."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from treatybody.blocks import Reading
from treatybody.readers import docx

GLUED = re.compile(r"\b20\d\d(/\d\d)?[a-c]\b|\bpositions[a-c]\b")
TYPED = re.compile(r"\d{1,3}\.\t")


def read(shared: Path, name: str) -> Reading:
    found = sorted((shared / "corpora").glob(f"un-docx-*/{name}.docx"))
    assert len(found) == 1, name
    return docx.read(found[0])


def test_numbering_switched_off_is_no_number(shared: Path) -> None:
    reading = read(shared, "UNFCCC_FCCC_PA_CMA_2021_10_Add.3")
    assert not any(block.label for block in reading.blocks)
    assert sum(bool(TYPED.match(block.text)) for block in reading.blocks) >= 370
    assert len(reading.notes) == 84
    assert all(note.text and note.mark for note in reading.notes.values())


def test_automatic_paragraphs_with_tracked_changes(shared: Path) -> None:
    reading = read(shared, "UNFCCC_Art_6.2_CMA_15a_DD_Party_Inputs")
    decimal = [block.label for block in reading.blocks if block.level == 5]
    assert decimal == [f"{number}." for number in range(1, 72)]  # the 72nd is a bare section break
    lettered = [block.label for block in reading.blocks if block.level == 6]
    assert Counter(lettered)["(a)"] == 14
    headings = [block.label for block in reading.blocks if block.level == 0]
    assert headings[:4] == ["I.", "II.", "III.", "IV."]


def test_automatic_beside_typed_numbers(shared: Path) -> None:
    reading = read(shared, "WGIG_Background_Report_2005")
    assert len(reading.notes) == 54
    assert sum(bool(re.match(r"\d{1,3}\.\s", block.text)) for block in reading.blocks) >= 220
    assert any("αβ" in block.text or "α" in block.text for block in reading.blocks)


HEADED = ["A_80_590", "A_80_600", "A_80_607", "A_80_614", "A_80_628", "A_80_630"]


@pytest.mark.parametrize("name", HEADED)
def test_automatic_headings(shared: Path, name: str) -> None:
    """They stand in the tables of contents, where each heading is an item of a list."""
    shown = "\n".join(f"{block.label or ''} {block.text}" for block in read(shared, name).blocks)
    assert re.search(r"^ ?I\. (Introduction|Mandate.*)\t\d$", shown, re.M)
    assert re.search(r"^ ?A\. (Overall|Mandate)\t\d$", shown, re.M)


def test_masthead_of_new_york(shared: Path) -> None:
    for file in sorted((shared / "corpora" / "un-docx-pdf").glob("*.docx")):
        reading = docx.read(file)
        header = "\n".join(block.text for block in reading.blocks if block.region == "header")
        symbol = file.stem.replace("_", "/")
        assert symbol in header
        assert "Original: English" in header
        assert reading.properties["Symbol1"] == symbol


def test_no_mark_is_glued_to_a_word(shared: Path) -> None:
    """Typed table marks ("2025/26" and a raised a) are notes, and no letters of the word."""
    for file in sorted((shared / "corpora" / "un-docx-pdf").glob("*.docx")):
        for block in docx.read(file).blocks:
            assert not re.search(r"\b20\d\d(/\d\d)?[a-c]\b|\bpositions[a-c]\b", block.text), (
                file.name
            )
