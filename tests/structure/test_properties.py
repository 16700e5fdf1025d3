"""What holds for any reading: no exception, nothing lost, unique ids, offsets inside the text."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from treatybody import structure
from treatybody.blocks import Block, Cell, Note, NoteMark, Reading
from treatybody.model import Source
from treatybody.structure import Structured

SOURCE = Source(file="folder/a.txt", sha256="", reader="test", reader_version="1", also=[])
OPENINGS = [
    "", "1.\t", "2.\t", "3. ", "24.1 ", "7\t", "(a)\t", "(b) ", "(i)\t", "(ii) ", "A.\t", "I.\t",
    "II. ", "* ", "** ", "•\t", "Annex I ", "Section II ", "Table 2 ", "Contents", "Mr. Ba said ",
    "Excellency,", "Please accept, ", "The meeting rose ", "CRPD/C/PER/CO/1 ", "Distr.: General",
    "[4: \t\t", "Concluding observations on Peru* ",
]  # fmt: skip
WORDS = st.text("ab cdé\u00a0\u2011\u00adف2.;:*()/\n\t", max_size=60)
STYLES = st.sampled_from([None, "HChG", "H1G", "SingleTxtG", "HMG", "Normal"])


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(st.sampled_from(OPENINGS)) + draw(WORDS | st.text(max_size=20))
    is_row = draw(st.integers(0, 9)) == 0
    offsets = draw(st.lists(st.integers(0, len(text)), max_size=3))
    return Block(
        text=text,
        label=draw(st.sampled_from([None, None, None, "1.", "(a)", "I.", "•", "%"])),
        indent=draw(st.integers(0, 2)),
        style=draw(STYLES),
        bold=draw(st.sampled_from([None, True, False])),
        size=draw(st.sampled_from([None, 8.0, 10.0, 14.0])),
        left=draw(st.sampled_from([None, 56.0, 113.0])),
        marks=tuple(NoteMark(offset, draw(st.sampled_from("123"))) for offset in sorted(offsets)),
        cell=Cell(table=1, row=draw(st.integers(1, 3)), header=False, spans=((0, len(text)),))
        if is_row
        else None,
        line=draw(st.sampled_from([None, 3])),
        page=draw(st.sampled_from([None, 1])),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    notes = {
        key: Note(key=key, source_mark=key, mark=draw(st.sampled_from([None, "*", "1"])), text=text)
        for key, text in draw(st.dictionaries(st.sampled_from("123"), WORDS)).items()
    }
    found = draw(st.lists(blocks(), max_size=14))
    return Reading(reader="test", reader_version="1", blocks=found, notes=notes)


def made(reading: Reading) -> list[Structured]:
    return structure.documents(reading, SOURCE)


@settings(max_examples=300, deadline=None)
@given(readings())
def test_records_are_sound(reading: Reading) -> None:
    for one in made(reading):
        ids = [p.id for p in one.paragraphs]
        assert len(ids) == len(set(ids))
        assert [p.position for p in one.paragraphs] == list(range(1, len(ids) + 1))
        for p in one.paragraphs:
            size = len(p.text)
            assert p.id.startswith(one.document.document + "#") and p.document == p.id.split("#")[0]
            assert unicodedata.is_normalized("NFC", p.text)
            assert all(0 <= s.start < s.end <= size and s.level >= 1 for s in p.subparagraphs)
            assert all(p.text[s.start :].startswith(s.label) for s in p.subparagraphs)
            assert all(0 <= note.offset <= size for note in p.footnotes)
            if p.table:
                assert all(0 <= start <= end <= size for start, end in p.table.cells)


def letters(text: str) -> str:
    """What must come out: letters and digits, as records write them."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", text))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "1.\t", "2. ", "(a)\t", "A.\t", "(i) "]), WORDS)))
def test_nothing_of_the_body_is_lost_and_all_stays_in_order(parts: list[tuple[str, str]]) -> None:
    """Every letter of a body comes out once, in order: as text, as number or in a section."""
    opening = "1.\tThe Committee considered the report."
    texts = [opening, *(f"{start}Word {place} {text}" for place, (start, text) in enumerate(parts))]
    texts = [text.replace("*", "") for text in texts]
    reading = Reading(
        reader="test", reader_version="1", blocks=[Block(text=text) for text in texts]
    )
    [one] = made(reading)
    shown: list[str] = []
    section: list[str] = []
    for p in one.paragraphs:
        new = [h for place, h in enumerate(p.section) if section[place : place + 1] != [h]]
        shown += [*new, p.number or "", p.text]
        section = p.section
    assert letters("".join(shown)) == letters("".join(texts))


@settings(max_examples=200, deadline=None)
@given(readings())
def test_the_same_reading_gives_the_same_records(reading: Reading) -> None:
    assert made(reading) == made(reading)
