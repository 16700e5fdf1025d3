"""Summary records: meetings, speakers, the State whose report is considered."""

from __future__ import annotations

import pytest
from papers import addresses, made, only

from treatybody.blocks import Block


def test_a_printed_summary_record() -> None:
    one = made(
        "CMW/C/SR.100",
        "Summary record of the 100th meeting",
        "Held at the Palais Wilson, Geneva, on Tuesday, 17 September 2013, at 3 p.m.",
        "Chair: Mr. El Jamri",
        "The meeting was called to order at 3.05 p.m.",
        Block(text="Consideration of reports (continued)", bold=True),
        Block(text="Initial report of Mali (continued)", bold=True, italic=True),
        "1.\tAt the invitation of the Chair, the delegation of Mali took places at the table.",
        "2.\tMr. KONÉ (Mali) said that the law had been amended.",
        "3.\tIt had entered into force at once.",
        "4.\tThe CHAIRPERSON thanked the delegation.",
        "5.\tMs. Dicko asked whether that was so.",
        "The meeting rose at 6 p.m.",
    )
    assert (one.document.date, one.document.date_kind) == ("2013-09-17", "held")
    assert addresses(one) == ["title", "x1", "1", "2", "3", "4", "5", "x2"]
    speakers = [p.speaker and (p.speaker.name, p.speaker.side) for p in one.paragraphs]
    assert speakers == [
        None, None, None, ("Mr. KONÉ", "state"), ("Mr. KONÉ", "state"),
        ("The CHAIRPERSON", "committee"), ("Ms. Dicko", "committee"), None,
    ]  # fmt: skip
    assert only(one, "2").section == [
        "Consideration of reports (continued)",
        "Initial report of Mali (continued)",
    ]


RECORDS = [
    (
        "Compte rendu analytique de la 1420e séance",
        "La séance est ouverte à 15 heures.",
        "1.\tM. Alabrune (France) fait le point.",
        "2.\tLe Président remercie la délégation.",
        "3.\tM. Bruni (Rapporteur pour la France) voudrait savoir pourquoi.",
        ["M. Alabrune", "Le Président", "M. Bruni"],
    ),
    (
        "Acta resumida de la 53ª sesión",
        "Se declara abierta la sesión a las 10.00 horas.",
        "1.\tEl Sr. López Trigo (Relator para el país) pregunta por la ley.",
        "2.\tLa Sra. Ruiz (España) dice que se aplica.",
        "3.\tLa Presidenta agradece a la delegación.",
        ["Sr. López Trigo", "Sra. Ruiz", "La Presidenta"],
    ),
    (
        "Краткий отчет о 53-м заседании",
        "Заседание открывается в 15 час. 00 мин.",
        "1.\tПредседатель предлагает делегации выступить.",
        "2.\tГ-н Иванов (Российская Федерация) говорит, что закон принят.",
        "3.\tОн вступил в силу.",
        ["Председатель", "Г-н Иванов", "Г-н Иванов"],
    ),
    (
        "Summary record of the 612th meeting",
        "An opening line in words that nobody knows",
        "1.\tMs. PALME: How many children were detained?",
        "2.\tThe representatives of Save the Children said that there were many.",
        "3.\tMr. DOEK whistled a tune.",
        ["Ms. PALME", "The representatives of Save the Children", None],
    ),
]


@pytest.mark.parametrize(("title", "opening", "one", "two", "three", "speakers"), RECORDS)
def test_records_in_other_words(
    title: str, opening: str, one: str, two: str, three: str, speakers: list[str | None]
) -> None:
    found = made("CAT/C/SR.612", title, opening, one, two, three, "The meeting rose at 1 p.m.")
    numbered = [p for p in found.paragraphs if p.number]
    assert [p.number for p in numbered] == ["1", "2", "3"]
    assert [p.speaker and p.speaker.name for p in numbered] == speakers


@pytest.mark.parametrize(
    ("agenda", "expected"),
    [
        (["Initial report of Mali (continued) (CMW/C/MLI/1; CMW/C/MLI/Q/1)"], ("MLI", "1")),
        (
            ["Initial report of Mali (CMW/C/MLI/1)", "Second report of Peru (CMW/C/PER/2)"],
            (None,) * 2,
        ),
        (["Second periodic report of the Republic of Korea (continued)"], ("KOR", None)),
        (["Rapport initial du Mali (suite) (CMW/C/MLI/1 ; CMW/C/MLI/QPR/1)"], ("MLI", "1")),
        (["Second periodic report of Peru", "Initial report of Mali"], (None, None)),
        (["General discussion on the rights of migrants in Mali"], (None, None)),
    ],
)
def test_a_record_is_of_the_state_whose_report_it_considers(
    agenda: list[str], expected: tuple[str | None, ...]
) -> None:
    d = made(
        "CMW/C/SR.100",
        "Summary record of the 100th meeting",
        "The meeting was called to order at 3 p.m.",
        *[Block(text=line, bold=True) for line in agenda],
        "1.\tThe Chair thanked the delegation of Chad (CMW/C/TCD/1).",
        "The meeting rose at 6 p.m.",
    ).document
    assert (d.state, d.cycle) == expected
    assert d.origin.get("state") == (expected[0] and "inferred: from the agenda")
