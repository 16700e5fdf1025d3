"""What must be exactly so in the five documents of the project's own corpus."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from treatybody import manifest, readers, structure
from treatybody.model import Paragraph, Source
from treatybody.structure import Structured

CORPUS = Path(__file__).parents[2] / "corpus"
CO = "concluding-observations_PER_2015.txt"
LETTER = "follow-up-letter_PER_2018.txt"
QPR = "list-of-issues-prior-to-reporting_PER_2022.txt"
REPORT = "state-report_PER_2024.txt"
RECORD = "summary-record_PER_2024.txt"


@cache
def made(file: str) -> Structured:
    reading = readers.read(CORPUS / "sources" / file)
    source = Source(file=file, sha256="", reader="text", reader_version="1", also=[])
    [only] = structure.documents(
        reading, source, manifest.load(CORPUS / "manifest.toml").entry(file)
    )
    return only


def paragraph(file: str, address: str) -> Paragraph:
    [found] = [p for p in made(file).paragraphs if p.id.split("#")[1] == address]
    return found


def addresses(file: str) -> list[str]:
    return [p.id.split("#")[1] for p in made(file).paragraphs]


@pytest.mark.parametrize(
    ("file", "key", "numbers", "parts", "notes", "others"),
    [
        (CO, "CMW/C/PER/CO/1", 65, 18, 1, ["title"]),
        (QPR, "CMW/C/PER/QPR/2", 41, 40, 4, ["title"]),
        (REPORT, "CMW/C/PER/2", 212, 37, 314, []),
    ],
)
def test_counts_of_numbered_documents(
    file: str, key: str, numbers: int, parts: int, notes: int, others: list[str]
) -> None:
    paragraphs = made(file).paragraphs
    assert made(file).document.document == key
    assert addresses(file) == [*others, *map(str, range(1, numbers + 1))]
    assert [p.number for p in paragraphs if p.kind == "paragraph"] == [
        str(n) for n in range(1, numbers + 1)
    ]
    assert sum(len(p.subparagraphs) for p in paragraphs) == parts
    assert sum(len(p.footnotes) for p in paragraphs) == notes
    assert all(p.kind in ("paragraph", "title") for p in paragraphs)


def test_the_record_counts_the_invitation_and_52_statements() -> None:
    expected = ["x1", *(f"p{n}" for n in range(1, 33)), "x2"]
    expected += [*(f"p{n}" for n in range(33, 54)), "x3"]
    assert addresses(RECORD) == expected
    assert paragraph(RECORD, "p1").text.startswith("At the invitation of the Chair")
    assert [paragraph(RECORD, x).kind for x in ("x1", "x2", "x3")] == ["procedural"] * 3
    assert all(p.number is None for p in made(RECORD).paragraphs)


def test_the_letter() -> None:
    assert addresses(LETTER) == ["p1", "p2", "p3", "p4", "p5", "x1", "x2"]
    assert paragraph(LETTER, "p5").text.startswith(
        "Regarding the recommendation made in paragraph 33"
    )
    assert paragraph(LETTER, "x1").text.startswith("The Committee looks forward")
    assert paragraph(LETTER, "x2").text.startswith("Please accept, Excellency")
    texts = "\n".join(p.text for p in made(LETTER).paragraphs)
    for left_out in ("Ribeyro", "onuperu", "registry@ohchr.org", "HAUT-COMMISSARIAT", "Tall"):
        assert left_out not in texts


@pytest.mark.parametrize("file", [CO, LETTER, QPR, REPORT, RECORD])
def test_nothing_is_out_of_order_and_no_debris_is_left(file: str) -> None:
    assert made(file).notices == []
    paragraphs = made(file).paragraphs
    assert [p.position for p in paragraphs] == list(range(1, len(paragraphs) + 1))
    for p in paragraphs:
        for text in (p.text, *p.section, *(note.text for note in p.footnotes)):
            assert not any(
                word in text for word in ("bookmark", "footnoteRef", "\t", "\u00a0", "‑")
            )
            assert text == text.strip()
            assert not any(line != line.strip() for line in text.split("\n"))


FACTS = [
    (CO, "concluding_observations", "CMW", "PER", "2015-04-23", "adopted", "22", "1"),
    (LETTER, "follow_up_letter", "CMW", "PER", "2018-09-13", "dated", "29", "1"),
    (QPR, "list_of_issues_prior_to_reporting", "CMW", "PER", "2022-05-17", "issued", "34", "2"),
    (REPORT, "state_report", "CMW", "PER", "2024", None, None, "2"),
    (RECORD, "summary_record", "CMW", "PER", "2024-12-05", "held", "39", "2"),
]


@pytest.mark.parametrize("expected", FACTS, ids=lambda expected: str(expected[0]))
def test_facts(expected: tuple[str | None, ...]) -> None:
    d = made(str(expected[0])).document
    assert (d.type, d.committee, d.state, d.date, d.date_kind, d.session, d.cycle) == expected[1:]
    assert d.language == "en"


def test_origins() -> None:
    assert made(LETTER).document.origin["date"] == "printed"
    assert made(LETTER).document.origin["reference"] == "printed"
    assert made(LETTER).document.document == "CMW/followup/29/bs"
    assert made(CO).document.origin["title"] == "printed"
    assert made(CO).document.origin["committee"] == "printed"
    assert made(RECORD).document.origin["symbol"].startswith("inferred: CMW/C/PER/CO/2, para. 1")
    assert made(REPORT).document.origin["footnotes"].startswith("inferred")
    assert made(REPORT).document.origin["language"] == "manifest"
    assert made(REPORT).document.origin["state"].startswith("inferred: from the symbol")


DEBRIS = [
    (REPORT, "154", "In addition, in order to raise awareness of the procedures"),
    (REPORT, "163", "No specific measures have yet been established"),
    (REPORT, "188", "According to the National Migration Authority, between June 2019"),
    (QPR, "13", "Please provide information on any cases identified"),
    (QPR, "14", "Please provide information on measures taken to ensure the rights of migrant"),
    (CO, "50", "The Committee is concerned that the State party has not provided information"),
    (CO, "5", "The Committee notes that some of the countries in which Peruvian migrant"),
]


@pytest.mark.parametrize(("file", "address", "start"), DEBRIS)
def test_bookmarks_and_blanks_glued_to_numbers(file: str, address: str, start: str) -> None:
    assert paragraph(file, address).text.startswith(start)


@pytest.mark.parametrize(
    ("file", "address", "label", "start", "end"),
    [
        (CO, "8", "(e)", "(e) Supreme Decree No. 067-2011-PCM", "Management”;"),
        (
            QPR,
            "11",
            "(e)",
            "(e) Protect their rights in other respects",
            "human rights of migrants.",
        ),
        (QPR, "35", "(a)", "(a) Measures taken by the State party to investigate", "victims;"),
        (QPR, "1", "(b)", "(b) Measures taken by the State party to harmonize", "scheme;"),
        (REPORT, "5", "(n)", "(n) An updated version", "was also adopted."),
    ],
)
def test_subparagraphs(file: str, address: str, label: str, start: str, end: str) -> None:
    p = paragraph(file, address)
    [sub] = [s for s in p.subparagraphs if s.label == label]
    text = p.text[sub.start : sub.end]
    assert text.startswith(start)
    assert text.endswith(end)
    assert sub.level == 1
    assert p.text[sub.start - 1] == "\n"


def test_subparagraphs_tile_their_paragraph() -> None:
    for file in (CO, QPR, REPORT):
        for p in made(file).paragraphs:
            for before, after in zip(p.subparagraphs, p.subparagraphs[1:], strict=False):
                assert p.text[before.end : after.start] == "\n"
            assert not p.subparagraphs or p.subparagraphs[-1].end == len(p.text)


def test_a_line_break_inside_a_sentence_is_a_blank() -> None:
    assert "registry guideline No. 003-2023-DRC/RENIEC on" in paragraph(REPORT, "144").text


def test_a_block_quotation_belongs_to_its_paragraph() -> None:
    lines = paragraph(REPORT, "96").text.split("\n")
    assert len(lines) == 2
    assert lines[0].endswith("which establishes that:")
    assert lines[1].startswith("“Any person who directly") and lines[1].endswith("120 days.”")
    assert [(n.source_mark, n.text) for n in paragraph(REPORT, "96").footnotes] == [
        ("162", "Criminal Code, art. 323.")
    ]


@pytest.mark.parametrize(
    ("address", "words"), [("70", "(a) the retention of"), ("83", "(1) to prove")]
)
def test_run_in_letters_are_no_subparagraphs(address: str, words: str) -> None:
    assert words in paragraph(REPORT, address).text
    assert paragraph(REPORT, address).subparagraphs == []


NOTES = [
    ("57", "104", "2023/GuiaPracticaPoblacionRefugiadaMigranteDigital.pdf."),
    ("86", "146", "minsa/noticias/429743-vacunacion-territorial"),
    (
        "104",
        "175",
        "accessed on 21 November 2023. See https://cdn.www.gob.pe/uploads/document/file/5021482/Per%C3%BA%3A%20Estad",
    ),
    ("158", "256", "Communication No. 29401-2024-SBS of 10 May 2024."),
    ("166", "265", "PDQW_DECLARACION%2024"),
    ("194", "300", "informes-publicaciones/4952121-peru"),
]


@pytest.mark.parametrize(("address", "source_mark", "words"), NOTES)
def test_note_bodies_that_span_lines(address: str, source_mark: str, words: str) -> None:
    [note] = [n for n in paragraph(REPORT, address).footnotes if n.source_mark == source_mark]
    assert words in note.text
    assert note.mark == str(int(source_mark) - 3)


def test_a_note_body_with_lettered_lines() -> None:
    [note] = paragraph(REPORT, "183").footnotes
    assert [line[:3] for line in note.text.split("\n")] == [
        "Spe",
        "(a)",
        "(b)",
        "(c)",
        "(d)",
        "(e)",
    ]
    assert paragraph(REPORT, "183").subparagraphs == []


def test_printed_marks_run_without_the_asterisk_notes() -> None:
    report = [n for p in made(REPORT).paragraphs for n in p.footnotes]
    assert [(n.mark, n.source_mark) for n in report] == [
        (str(n), str(n + 3)) for n in range(1, 315)
    ]
    issues = [n for p in made(QPR).paragraphs for n in p.footnotes]
    assert [(n.mark, n.source_mark) for n in issues] == [
        ("*", "1"),
        ("1", "2"),
        ("2", "3"),
        ("3", "4"),
    ]
    assert issues[0].text.startswith("Adopted by the Committee at its thirty-fourth session")
    [title] = [n for p in made(CO).paragraphs for n in p.footnotes]
    assert (title.mark, title.text) == (
        "*",
        "Adopted by the Committee at its twenty-second session (13-14 April 2015).",
    )


def test_marks_stand_at_their_place() -> None:
    text = paragraph(QPR, "1").text
    [note] = paragraph(QPR, "1").footnotes
    assert text[: note.offset].endswith("concluding observations (para. 11),")
    for p in made(REPORT).paragraphs:
        assert all(0 < n.offset <= len(p.text) for n in p.footnotes)


SECTIONS = [
    (CO, "1", []),
    (
        CO,
        "33",
        [
            "C. Principal subjects of concern, suggestions and recommendations",
            "3. Human rights of all migrant workers and members of their families (arts. 8-35)",
        ],
    ),
    (
        QPR,
        "16",
        [
            "Section I",
            "B. Information relating to the articles of the Convention",
            "3. Part III of the Convention",
            "Articles 16 to 22",
        ],
    ),
    (QPR, "39", ["Section II"]),
    (QPR, "41", ["Section III", "Data, official estimates, statistics and other information"]),
    (
        REPORT,
        "114",
        [
            "II. Replies to the list of issues prior to submission of the report (CMW/C/PER/QPR/2)",
            "Reply to the question raised in paragraph 16",
        ],
    ),
    (
        REPORT,
        "6",
        [
            "II. Replies to the list of issues prior to submission of the report (CMW/C/PER/QPR/2)",
            "Reply to the question raised in paragraph 1 (b)",
        ],
    ),
    (REPORT, "212", ["III. Conclusions"]),
    (
        RECORD,
        "p53",
        [
            "Consideration of reports submitted by States parties under article 73 of the "
            "Convention (continued)",
            "Second periodic report of Peru (continued) (CMW/C/PER/2; CMW/C/PER/QPR/2)",
        ],
    ),
]


@pytest.mark.parametrize(("file", "address", "section"), SECTIONS)
def test_section_paths(file: str, address: str, section: list[str]) -> None:
    assert paragraph(file, address).section == section


def test_the_60_reply_headings_stand_under_the_second_chapter() -> None:
    paths = {tuple(p.section) for p in made(REPORT).paragraphs}
    assert {len(path) for path in paths} == {1, 2}
    assert len([path for path in paths if len(path) == 2]) == 60


# read in the record: who speaks from which paragraph on
TURNS = [
    (2, "A representative of Peru", None, "state"),
    (6, "A representative of Peru", None, "state"),
    (9, "A representative of Peru", None, "state"),
    (15, "Mr. Ceriani Cernadas", "Country Rapporteur", "committee"),
    (20, "Mr. Corzo Sosa", "Country Rapporteur", "committee"),
    (22, "Mr. Charef", "Country Rapporteur", "committee"),
    (25, "Mr. Taghi-Zada", None, "committee"),
    (26, "Mr. Oumaria", None, "committee"),
    (27, "Ms. Gahar", None, "committee"),
    (30, "Ms. Dzumhur", None, "committee"),
    (33, "A representative of Peru", None, "state"),
    (42, "A representative of Peru", None, "state"),
    (45, "A representative of Peru", None, "state"),
    (48, "Mr. Ceriani Cernadas", "Country Rapporteur", "committee"),
    (49, "Mr. Charef", "Country Rapporteur", "committee"),
    (50, "Mr. Corzo Sosa", "Country Rapporteur", "committee"),
    (51, "A representative of Peru", None, "state"),
    (53, "The Chair", None, "committee"),
]


def test_speakers() -> None:
    assert len(TURNS) == 18 and len({name for _, name, _, _ in TURNS}) == 9
    assert paragraph(RECORD, "p1").speaker is None
    ends = [*(start for start, *_ in TURNS[1:]), 54]
    for (start, name, role, side), end in zip(TURNS, ends, strict=True):
        for number in range(start, end):
            speaker = paragraph(RECORD, f"p{number}").speaker
            assert speaker is not None
            assert (speaker.name, speaker.role, speaker.side) == (name, role, side)
