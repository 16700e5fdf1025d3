"""The reader on real UN files, where they lie beside the checkout."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from treatybody import structure
from treatybody.blocks import Reading
from treatybody.model import Source
from treatybody.readers import docx

GLUED = re.compile(r"\b20\d\d(/\d\d)?[a-c]\b|\bpositions[a-c]\b")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TYPED = re.compile(r"\d{1,3}\.\t")


def read(shared: Path, name: str) -> Reading:
    found = sorted((shared / "corpora").glob(f"un-docx-*/{name}.docx"))
    assert len(found) == 1, name
    return docx.read(found[0])


def test_numbering_switched_off_is_no_number(shared: Path) -> None:
    reading = read(shared, "UNFCCC_FCCC_PA_CMA_2021_10_Add.3")
    assert not any(block.label for block in reading.blocks)
    assert sum(bool(TYPED.match(block.text)) for block in reading.blocks) == 377
    assert len(reading.notes) == 84
    assert all(note.text and note.mark for note in reading.notes.values())


def test_automatic_paragraphs_with_tracked_changes(shared: Path) -> None:
    reading = read(shared, "UNFCCC_Art_6.2_CMA_15a_DD_Party_Inputs")
    decimal = [block.label for block in reading.blocks if block.level == 5]
    assert decimal == [f"{number}." for number in range(1, 72)]  # the 72nd is a bare section break
    # 59 say so themselves; three more have it from their style, as Word shows them
    lettered = [block.label for block in reading.blocks if block.level == 6]
    assert (len(lettered), Counter(lettered)["(a)"]) == (62, 14)
    from_style = [
        block.label
        for block in reading.blocks
        if block.text.startswith(("The first international transfer of", "The first transfer of"))
    ]
    assert from_style == ["(a)", "(b)", "(a)", "(b)"]
    headings = [block.label for block in reading.blocks if block.level == 0]
    assert headings[:4] == ["I.", "II.", "III.", "IV."]


def test_counts_in_the_file_itself(shared: Path) -> None:
    """What the issue counts, by the paragraphs' own properties."""
    root = _root(shared, "UNFCCC_Art_6.2_CMA_15a_DD_Party_Inputs")
    own = [
        (level.get(f"{W}val"), num.get(f"{W}val"))
        for num in root.iter(f"{W}numId")
        for level in num.getparent().findall(f"{W}ilvl")
    ]
    assert sum(level == "5" for level, _ in own) == 72
    assert sum(level == "6" for level, _ in own) == 59
    assert len(list(root.iter(f"{W}ins"))) == 26
    assert len(list(root.iter(f"{W}del"))) == 25
    off = _root(shared, "UNFCCC_FCCC_PA_CMA_2021_10_Add.3").iter(f"{W}numId")
    assert Counter(num.get(f"{W}val") for num in off) == {"0": 682}


def _root(shared: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(shared / "corpora" / "un-docx-other" / f"{name}.docx") as package:
        return etree.fromstring(package.read("word/document.xml"))


def test_automatic_beside_typed_numbers(shared: Path) -> None:
    reading = read(shared, "WGIG_Background_Report_2005")
    assert len(reading.notes) == 54
    assert sum(bool(re.match(r"\d{1,3}\.\s", block.text)) for block in reading.blocks) >= 220
    assert any("αβ" in block.text or "α" in block.text for block in reading.blocks)


def test_typed_and_automatic_numbers_run_through(shared: Path) -> None:
    """228 is typed and then counted once more, so that 232 is never printed: as Word shows it."""
    reading = read(shared, "WGIG_Background_Report_2005")
    source = Source(file="a.docx", sha256="", reader="docx", reader_version="1", also=[])
    [one] = structure.documents(reading, source)
    numbers = [p.number for p in one.paragraphs if p.number]
    assert numbers == [str(n) for n in [*range(1, 229), *range(228, 232), *range(233, 287)]]
    assert [notice.message for notice in one.notices] == [
        "paragraph 228 is printed twice",
        "paragraph 231 is followed by 233",
    ]


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
