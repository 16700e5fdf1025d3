"""What a document says of itself: mastheads, letters, editions, the manifest over all of them."""

from __future__ import annotations

import pytest
from papers import SENTENCE, addresses, made, only, source

from treatybody import structure
from treatybody.blocks import Block, Note, NoteMark, Reading
from treatybody.manifest import Entry

MASTHEADS = [
    (
        [
            Block(text="United Nations", region="masthead"),
            Block(text="CRPD", region="masthead"),
            Block(text="/C/AUT/CO/1", region="masthead"),
            Block(text="Distr.: General", region="masthead"),
            Block(text="30 September 2013", region="masthead"),
            Block(text="Concluding observations on the initial report of Austria", bold=True),
        ],
        ("CRPD/C/AUT/CO/1", "concluding_observations", "CRPD", "AUT", "2013-09-30", None, "1"),
    ),
    (
        [
            Block(text="\tUnited Nations\t\tCAT/C/PER/Q/7", region="header"),
            Block(
                text="\tConvention\t\tDistr.: General\n7 January 2016\nOriginal: English",
                region="header",
            ),
            "Committee against Torture",
            "Fifty-fifth session",
            "List of issues in relation to the seventh periodic report of Peru",
        ],
        ("CAT/C/PER/Q/7", "list_of_issues", "CAT", "PER", "2016-01-07", "55", "7"),
    ),
    (
        [
            "CCPR/C/PER/CO/6",
            "Distr. general",
            "5 de abril de 2023",
            "Español",
            "Original: inglés",
            "Comité de Derechos Humanos",
            "Observaciones finales sobre el sexto informe periódico del Perú",
        ],
        ("CCPR/C/PER/CO/6", "concluding_observations", "CCPR", "PER", "2023-04-05", None, "6"),
    ),
    (
        [
            "CEDAW/C/GC/31-CRC/C/GC/18",
            "Joint general recommendation No. 31 of the Committee on harmful practices",
        ],
        ("CEDAW/C/GC/31", "general_comment", "CEDAW", None, None, None, None),
    ),
]


@pytest.mark.parametrize(("front", "expected"), MASTHEADS)
def test_mastheads(front: list[Block | str], expected: tuple[str | None, ...]) -> None:
    d = made(*front, f"1.\t{SENTENCE}").document
    assert (d.symbol, d.type, d.committee, d.state, d.date, d.session, d.cycle) == expected
    assert d.document == expected[0]
    assert not (d.title or "").startswith("Español")


def test_the_manifest_wins_and_says_so() -> None:
    entry = Entry("a.txt", {"symbol": "CMW/C/PER/2", "date": "2024"}, {"symbol": "the record"})
    blocks = [Block(text=text) for text in ("CMW/C/PER/1", "3 May 2024", f"1.\t{SENTENCE}")]
    reading = Reading(reader="test", reader_version="1", blocks=blocks)
    [one] = structure.documents(reading, source(), entry)
    assert (one.document.symbol, one.document.date) == ("CMW/C/PER/2", "2024")
    assert one.document.origin["symbol"] == "inferred: the record"
    assert [notice.message for notice in one.notices] == [
        "the manifest's symbol 'CMW/C/PER/2' is taken; the file prints 'CMW/C/PER/1'"
    ]


def test_unknown_parts_of_a_symbol_are_said() -> None:
    one = made("CRPD/C/PER/ZZZ/1", "Distr.: General", f"1.\t{SENTENCE}")
    assert one.document.symbol == "CRPD/C/PER/ZZZ/1"
    assert any("ZZZ" in notice.message for notice in one.notices)


def test_an_edition_in_another_language_carries_it() -> None:
    text = "El Comité recomienda al Estado parte que adopte las medidas necesarias para ello."
    one = made("CMW/C/PER/CO/1", f"1.\t{text}", f"2.\t{text}")
    assert one.document.document == "CMW/C/PER/CO/1@es"
    assert one.paragraphs[-1].id == "CMW/C/PER/CO/1@es#2"


def test_the_title_of_a_web_page_is_its_first_heading() -> None:
    one = made(
        "CEDAW/C/GC/38",
        Block(text="General recommendation No. 38 (2020) on trafficking", style="h1", outline=1),
        Block(text="I. Introduction", style="h2", outline=2),
        f"1. {SENTENCE}",
        Block(text="List of annexes", style="h1", outline=1),
        f"2. {SENTENCE}",
    )
    assert addresses(one) == ["title", "1", "2"]
    assert one.document.title == "General recommendation No. 38 (2020) on trafficking"
    assert only(one, "1").section == ["I. Introduction"]


@pytest.mark.parametrize(
    ("reference", "address", "expected"),
    [
        (
            "REFERENCE: CEDAW/follow-up/Peru/63",
            "Permanent Representative of Peru to the United Nations Office at Geneva",
            ("follow_up_letter", "CEDAW", "PER"),
        ),
        (
            "REFERENCE: CMW/followup/29/bs",
            "Permanent Representative of the Republic of Korea to the United Nations",
            ("follow_up_letter", "CMW", "KOR"),
        ),
        (
            "RÉFÉRENCE : CAT/Suivi/12",
            "Représentant permanent de la France auprès de l’Office des Nations Unies",
            ("follow_up_letter", "CAT", "FRA"),
        ),
        ("REFERENCE: G/SO 221", "Head of the Office in Peru", ("other", None, None)),
    ],
)
def test_letters(reference: str, address: str, expected: tuple[str | None, ...]) -> None:
    d = made(
        reference, "22 March 2016", "Excellency,", SENTENCE,
        "Accept, Excellency, the assurances of my highest consideration.",
        "Jane Doe", "Rapporteur on follow-up", "H.E. Mr. John Doe", address,
    ).document  # fmt: skip
    assert (d.type, d.committee, d.state) == expected
    assert d.date == "2016-03-22"


@pytest.mark.parametrize(
    ("greeting", "closing"),
    [
        ("Excellency,", "Accept, Excellency, the assurances of my highest consideration."),
        ("Excellence,", "Veuillez agréer, Excellence, l’assurance de ma considération."),
        ("Excelencia:", "Acepte, Excelencia, las seguridades de mi consideración."),
    ],
)
def test_the_salutation_of_a_letter_is_no_paragraph(greeting: str, closing: str) -> None:
    one = made(
        "REFERENCE: CAT/followup/12", "22 March 2016", greeting, SENTENCE, closing, "Jane Doe"
    )
    assert addresses(one) == ["p1", "x1"]
    assert one.document.type == "follow_up_letter"


def test_a_file_with_two_mastheads_holds_two_documents() -> None:
    note = Note(key="n", source_mark="1", mark="1", text="Ibid.")
    texts = ["CMW/C/PER/1", "Distr.: General", f"1.\t{SENTENCE}"]
    second = ["United Nations", "CMW/C/PER/Q/1", "Distr.: General", f"1.\t{SENTENCE}"]
    blocks = [Block(text=text) for text in (*texts, *second)]
    blocks[2] = Block(text=blocks[2].text, marks=(NoteMark(5, "n"),))
    reading = Reading(reader="test", reader_version="1", blocks=blocks, notes={"n": note})
    found = structure.documents(reading, source())
    assert [one.document.document for one in found] == ["CMW/C/PER/1", "CMW/C/PER/Q/1"]
    assert [p.id for one in found for p in one.paragraphs] == ["CMW/C/PER/1#1", "CMW/C/PER/Q/1#1"]
    assert [len(one.paragraphs[0].footnotes) for one in found] == [1, 0]
    assert [one.notices for one in found] == [[], []]
