"""Whose paragraph a number is, as tables of (text, kind of paper, expected)."""

from __future__ import annotations

import made
import pytest

from treatybody.references import find

CO, LOI, SPR = "concluding_observations", "list_of_issues", "state_report"
FUL, FUR, RLOI = "follow_up_letter", "follow_up_report", "replies_to_list_of_issues"
SYMBOLS = {CO: "CRPD/C/UTO/CO/2", SPR: "CRPD/C/UTO/2"}
OLD, REPORT, FOLLOWED = "@concluding_observations", "@state_report", "@follow_up_report"

Expected = list[tuple[str, str]]


def pointed(text: str, kind: str, notes: tuple[str, ...] = ()) -> Expected:
    """What a paragraph points at: (document or thing, address); others' papers as "@other"."""
    document = made.document(kind, SYMBOLS.get(kind, "CRPD/C/UTO/Q/2"))
    found = find(document, [made.paragraph(document, "7", text, notes=notes)])
    pairs = (
        (one.document or "", one.point or "")
        if one.point
        else tuple((one.thing or "").partition("#")[::2])
        for one in found
        if one.kind in {"cites", "requests_follow_up", "assesses"}
    )
    return [
        ("@other" if name.startswith("@other") else name, point) for name, point in pairs if point
    ]


FOLLOW_UP_REPORTS = [
    ("paragraph 4 of the State party’s follow-up report", LOI, [(FOLLOWED, "4")]),
    ("satisfactory (see para. 2 of the State party's follow-up report)", FUL, [(FOLLOWED, "2")]),
    ("le paragraphe 4 du rapport de suivi de l’État partie", LOI, [(FOLLOWED, "4")]),
    ("el párrafo 4 del informe de seguimiento del Estado parte", LOI, [(FOLLOWED, "4")]),
    ("paragraph 4 of the State party’s second periodic report", LOI, [(REPORT, "4")]),
    ("le paragraphe 4 du rapport de l’État partie", LOI, [(REPORT, "4")]),
    ("el párrafo 4 del informe del Estado parte", LOI, [(REPORT, "4")]),
]


@pytest.mark.parametrize(("text", "kind", "expected"), FOLLOW_UP_REPORTS)
def test_a_follow_up_report_is_no_periodic_report(text: str, kind: str, expected: Expected) -> None:
    assert pointed(text, kind) == expected


PRESENT = [
    ("see paragraph 7 of the present document", FUR, [("@self", "7")]),
    ("see paragraph 7 of this follow-up report", FUR, [("@self", "7")]),
    ("as said in paragraph 7 herein", FUR, [("@self", "7")]),
    ("see paragraph 7 of the present list", LOI, [("@self", "7")]),
    ("in accordance with paragraph 6 of this list, illnesses", SPR, []),
    ("Voir les paragraphes 3 et 9 du présent document", FUR, [("@self", "3"), ("@self", "9")]),
    ("au paragraphe 4 de la présente liste", LOI, [("@self", "4")]),
    ("au paragraphe 4 des présentes observations finales", CO, [("@self", "4")]),
    ("Según se indicó en el párrafo 1 del presente documento", FUR, [("@self", "1")]),
    ("en el párrafo 12 de las presentes respuestas", RLOI, [("@self", "12")]),
    ("en los párrafos 5 a 7 supra", FUR, [("@self", "5..7")]),
]


@pytest.mark.parametrize(("text", "kind", "expected"), PRESENT)
def test_the_present_paper_is_itself(text: str, kind: str, expected: Expected) -> None:
    assert pointed(text, kind) == expected


EARLIER = [
    ("sus observaciones finales anteriores (párrs. 4 y 6)", CO, [(OLD, "4"), (OLD, "6")]),
    ("sus anteriores observaciones finales (párr. 4)", CO, [(OLD, "4")]),
    ("sus recomendaciones anteriores (párr. 4)", CO, [(OLD, "4")]),
    ("ses observations finales précédentes (par. 4 a))", CO, [(OLD, "4(a)")]),
    ("ses précédentes recommandations (par. 4)", CO, [(OLD, "4")]),
    (
        "los párrafos 7 y 9 de sus observaciones finales anteriores (CRPD/C/UTO/CO/1)",
        CO,
        [("CRPD/C/UTO/CO/1", "7"), ("CRPD/C/UTO/CO/1", "9")],
    ),
    ("en el párrafo anterior", CO, [("@self", "-1")]),
]


@pytest.mark.parametrize(("text", "kind", "expected"), EARLIER)
def test_earlier_papers_are_not_what_stands_above(text: str, kind: str, expected: Expected) -> None:
    assert pointed(text, kind) == expected


PARTICULAR = [
    (
        "its previous concluding observations (CRPD/C/UTO/CO/1), in particular those in "
        "paragraphs 4 (a) and 6",
        CO,
        [("CRPD/C/UTO/CO/1", "4(a)"), ("CRPD/C/UTO/CO/1", "6")],
    ),
    ("its previous concluding observations, in particular paragraph 4", CO, [(OLD, "4")]),
    ("its previous concluding observations, including those made in paragraph 4", CO, [(OLD, "4")]),
    ("the State party’s report, in particular paragraph 4", LOI, [(REPORT, "4")]),
    (
        "ses précédentes observations finales (CRPD/C/UTO/CO/1), en particulier celles figurant "
        "aux paragraphes 4 et 6",
        CO,
        [("CRPD/C/UTO/CO/1", "4"), ("CRPD/C/UTO/CO/1", "6")],
    ),
    ("ses précédentes observations finales, notamment au paragraphe 4", CO, [(OLD, "4")]),
    (
        "sus observaciones finales anteriores, en particular las contenidas en los párrafos 4 y 6",
        CO,
        [(OLD, "4"), (OLD, "6")],
    ),
    # The paper in hand, and one that is still to be written.
    ("the present concluding observations, in particular paragraph 4", CO, [("@bare", "4")]),
    ("in its next periodic report, in particular on paragraph 4", CO, [("@bare", "4")]),
    ("dans son prochain rapport périodique, en particulier au paragraphe 4", CO, [("@bare", "4")]),
    ("en su próximo informe periódico, en particular en el párrafo 4", CO, [("@bare", "4")]),
]


@pytest.mark.parametrize(("text", "kind", "expected"), PARTICULAR)
def test_some_numbers_of_a_paper_in_particular(text: str, kind: str, expected: Expected) -> None:
    assert pointed(text, kind) == expected


AT_HOME = [
    ("The Ombudsman said so in its report to Parliament, para. 4.", LOI, ["@other"]),
    ("in its annual report to the Government, para. 4", LOI, ["@other"]),
    ("paragraph 4 of its report of 2020 to the National Assembly", LOI, ["@other"]),
    ("paragraph 4 of its annual report to the Prime Minister", LOI, []),
    ("dans son rapport au Parlement, par. 4", LOI, ["@other"]),
    ("su informe al Congreso, párr. 4", LOI, ["@other"]),
    # A list's bracket means the report under review, whatever stands before it.
    ("Please provide its report to Parliament (para. 4).", LOI, ["@unnamed"]),
    ("its annual report to the Government (para. 4)", CO, ["@other"]),
    ("its initial report to the Committee, para. 4", LOI, [REPORT]),
    ("its report, which it sent to Parliament, and paragraph 4 of its report", LOI, [REPORT]),
]


@pytest.mark.parametrize(("text", "kind", "owners"), AT_HOME)
def test_reports_to_bodies_at_home_are_not_the_states(
    text: str, kind: str, owners: list[str]
) -> None:
    assert pointed(text, kind) == [(owner, "4") for owner in owners]


BODIES = [
    ("paragraph 12 of the concluding observations of the Human Rights Committee", "@other"),
    ("the concluding observations of the Human Rights Committee (para. 12)", "@other"),
    ("paragraphe 12 des observations finales du Comité des droits de l’homme", "@other"),
    ("el párrafo 12 de las observaciones finales del Comité de los Derechos del Niño", "@other"),
    ("paragraph 12 of Utopia’s seventh periodic report to the Committee against Torture", "@other"),
    ("paragraph 12 of the report of the Working Group on the Universal Periodic Review", "@other"),
    ("paragraph 12 of the national report for the universal periodic review", "@other"),
    ("paragraph 12 of the report of the Ombudsman", "@other"),
    ("the report of the National Audit Office (para. 12)", "@other"),
    ("The Special Rapporteur said in her report (para. 12) that", "@other"),
    ("the Ombudsman’s annual report (para. 12)", "@other"),
    ("según el párrafo 12 del informe del Comisionado Parlamentario", "@other"),
    ("selon le paragraphe 12 du rapport du Défenseur des droits", "@other"),
    (
        "paragraph 12 of the fifth periodic report of Utopia to the Human Rights Committee "
        "(CCPR/C/UTO/5)",
        "CCPR/C/UTO/5",
    ),
    ("paragraph 12 of the report of the Working Group (A/HRC/28/8)", "A/HRC/28/8"),
    ("paragraph 12 of the report of the Working Group (A/HRC/28/8, para. 13)", "@other"),
    (
        "paragraphe 12 des observations finales du Comité des droits de l’homme (CCPR/C/UTO/CO/4)",
        "CCPR/C/UTO/CO/4",
    ),
    (
        "paragraph 12 of its concluding observations on the initial report of Utopia "
        "(CRPD/C/UTO/CO/1)",
        "CRPD/C/UTO/CO/1",
    ),
    # These are the cycle's own.
    (
        "paragraph 12 of the concluding observations of the Committee on the Rights of Persons "
        "with Disabilities",
        OLD,
    ),
    ("paragraph 12 of the report of the State party", REPORT),
    ("the report of the State party (para. 12)", REPORT),
    ("the report of Peru (para. 12)", REPORT),
    ("paragraph 12 of the report of the Netherlands", REPORT),
    ("paragraph 12 of the report of the Plurinational State of Bolivia", REPORT),
    ("el párrafo 12 del informe del Uruguay", REPORT),
    ("le paragraphe 12 du rapport de la République de Moldova", REPORT),
    ("le paragraphe 12 du rapport du Togo", REPORT),
    (
        "paragraph 12 of the State party’s report on the recommendations of the Special Rapporteur",
        REPORT,
    ),
    ("paragraph 12 of its replies to the list of issues", "@replies"),
    (
        "paragraph 12 of the State party’s report and the concluding observations of the Human "
        "Rights Committee (CCPR/C/UTO/CO/4)",
        REPORT,
    ),
]


@pytest.mark.parametrize(("text", "owner"), BODIES)
def test_papers_of_other_bodies(text: str, owner: str) -> None:
    expected = [(owner, "12")]
    if "para. 13" in text:
        expected.append(("A/HRC/28/8", "13"))
    assert pointed(text, LOI) == expected


def test_a_report_of_another_body_is_not_the_report_in_hand() -> None:
    assert pointed("Paragraph 3 of the report of the Ombudsman says so.", SPR) == [("@other", "3")]
    assert pointed("His report of 8 May 2019 (paras. 14 and 17) says so.", SPR) == [
        ("@other", "14"),
        ("@other", "17"),
    ]


HRC = "A/HRC/40/59"
IBIDS = [
    (f"({HRC}, para. 10), ibid., para. 4, it is so", [(HRC, "10"), (HRC, "4")]),
    (f"({HRC}, para. 10; ibid., para. 4)", [(HRC, "10"), (HRC, "4")]),
    (f"({HRC}, párr. 10). Ibíd., párr. 4.", [(HRC, "10"), (HRC, "4")]),
    (f"({HRC}, par. 10). Ibid., par. 4.", [(HRC, "10"), (HRC, "4")]),
    (f"({HRC}, para. 10), see paragraph 4 above", [(HRC, "10"), ("@self", "4")]),
    (
        f"({HRC}, para. 10) (ibid.) and A/HRC/1/2, para. 3",
        [(HRC, "10"), ("A/HRC/1/2", "3"), (HRC, "10")],
    ),
    # Nothing was cited before: it is not the paper in hand.
    (f"({HRC}, para. 10). In his report he says so (ibid., para. 4).", [(HRC, "10"), (HRC, "4")]),
    (
        f"({HRC}, para. 10). The report of the Ombudsman (ibid., para. 4)",
        [(HRC, "10"), ("@other", "4")],
    ),
    ("It is so, ibid., para. 4.", [("@other", "4")]),
    ("It is so (ibid., para. 4).", [("@other", "4")]),
]


@pytest.mark.parametrize(("text", "expected"), IBIDS)
def test_ibid_in_the_text(text: str, expected: Expected) -> None:
    assert sorted(pointed(text, CO)) == sorted(expected)


def test_a_resolution_spoken_of_is_not_the_ibid_of_a_later_paragraph() -> None:
    document = made.document(CO, SYMBOLS[CO])
    texts = (
        f"It costs much ({HRC}, para. 10).",
        "Paragraph 3 of Security Council resolution 2790 (2025) asks so.",
        "It costs less (ibid., para. 4).",
    )
    found = find(document, [made.paragraph(document, str(n), t) for n, t in enumerate(texts, 1)])
    assert (found[-1].document, found[-1].point) == (HRC, "4")


IBID_NOTES = [
    (("Supreme Court, judgment 44/2012.", "Ibid., para. 12."), [("@other", "12")]),
    ((f"{HRC}, para. 3; A/HRC/1/2, para. 4.", "Ibid., para. 5."), [("@other", "5")]),
    ((f"{HRC}, para. 3.", "See ibid., para. 5."), [(HRC, "5")]),
    ((f"{HRC}, para. 3.", "Ibidem, para. 5."), [(HRC, "5")]),
    ((f"{HRC}, párr. 3.", "Ibíd., párr. 5."), [(HRC, "5")]),
    ((f"{HRC}, para. 3.", "Ministry of Justice, report.", "Ibid., para. 7."), [("@other", "7")]),
    ((f"{HRC}, para. 3.", "Ibid., para. 5; see para. 6 above."), [(HRC, "5"), ("@self", "6")]),
]


@pytest.mark.parametrize(("notes", "expected"), IBID_NOTES)
def test_ibid_in_notes(notes: tuple[str, ...], expected: Expected) -> None:
    assert pointed("So it is.", SPR, notes)[-len(expected) :] == expected


def test_an_article_of_what_was_cited_before_is_not_the_treatys() -> None:
    document = made.document(CO, SYMBOLS[CO])
    text = "the Penal Code, article 4, forbids it (ibid., art. 5)"
    assert find(document, [made.paragraph(document, "7", text)]) == []


ANNEXES = [
    (f"see annex II to the report ({HRC}), para. 4", [(HRC, "annex-2.4")]),
    (f"({HRC}, annex II, paras. 4 (a) and 6-8)", [(HRC, "annex-2.4(a)"), (HRC, "annex-2.6..8")]),
    (f"paragraph 4 of annex 2 to the report ({HRC})", [(HRC, "annex-2.4")]),
    (f"as in annex B to {HRC}, para. 4", [(HRC, "annex-2.4")]),
    (f"({HRC}, annexe III, par. 4)", [(HRC, "annex-3.4")]),
    (f"párrafo 4 del anexo II del informe ({HRC})", [(HRC, "annex-2.4")]),
    ("resolution 70/1, annex, para. 4", [("resolution 70/1", "annex-1.4")]),
    ("the initial report, annex II, para. 4", [(REPORT, "annex-2.4")]),
    ("paragraph 4 of annex II to the initial report", [(REPORT, "annex-2.4")]),
    ("paragraph 10 of annex 1 of the Technical Requirements", []),
    (f"The law is in the annex. See {HRC}, para. 4.", [(HRC, "4")]),
    (f"annex II to the list, and {HRC}, para. 4", [(HRC, "4")]),
]


@pytest.mark.parametrize(("text", "expected"), ANNEXES)
def test_paragraphs_of_annexes_are_not_the_bodys(text: str, expected: Expected) -> None:
    assert pointed(text, CO) == expected


SAME = [
    (f"({HRC}, para. 10); see also paragraph 4 of the same document.", [(HRC, "10"), (HRC, "4")]),
    (f"As {HRC} says, and paragraph 4 of that document repeats", [(HRC, "4")]),
    (f"Según {HRC}, párr. 10, y el párrafo 4 del mismo documento", [(HRC, "10"), (HRC, "4")]),
    (f"{HRC}, par. 10, et le paragraphe 4 du même document", [(HRC, "10"), (HRC, "4")]),
    (
        "the initial report, para. 3. In para. 4 of the said document",
        [(REPORT, "3"), (REPORT, "4")],
    ),
    ("resolution 70/1, and paragraph 4 of the same document", [("resolution 70/1", "4")]),
    # Nothing was cited, or a law may be meant.
    ("It is so, as paragraph 4 of the same document says.", []),
    (f"({HRC}). The National Strategy says so, and paragraph 4 of the same document", []),
]


@pytest.mark.parametrize(("text", "expected"), SAME)
def test_the_same_document_is_the_one_cited_last(text: str, expected: Expected) -> None:
    assert pointed(text, CO) == expected


GC, RES = "CRPD/C/GC/6", "A/RES/65/229"
NAMED = [
    ("paragraph 8 of document CRPD/C/UTO/CO/1", [("CRPD/C/UTO/CO/1", "8")]),
    ("el párrafo 8 del documento CRPD/C/UTO/CO/1", [("CRPD/C/UTO/CO/1", "8")]),
    ("le paragraphe 8 du document CRPD/C/UTO/CO/1", [("CRPD/C/UTO/CO/1", "8")]),
    ("paragraph 8 of the Committee’s general comment No. 6", [(GC, "8")]),
    ("paragraphe 8 de l’observation générale no 6 du Comité", [(GC, "8")]),
    ("el párrafo 8 de la observación general núm. 6 (2018) del Comité", [(GC, "8")]),
    ("los párrafos 8 y 9 de su observación general núm. 6", [(GC, "8"), (GC, "9")]),
    ("son observation générale no 6 (2018), par. 8", [(GC, "8")]),
    ("la observación general núm. 6 (2018), párr. 8", [(GC, "8")]),
    (
        "el párrafo 8 de la observación general núm. 14 del Comité de los Derechos del Niño",
        [("CRC/C/GC/14", "8")],
    ),
    (
        "paragraphe 8 a) de la recommandation générale no 33 du Comité pour l’élimination de la "
        "discrimination à l’égard des femmes",
        [("CEDAW/C/GC/33", "8(a)")],
    ),
    (
        "general comment No. 14 of the Committee on the Rights of the Child, para. 8",
        [("CRC/C/GC/14", "8")],
    ),
    ("resolution 65/229 of the General Assembly, para. 8", [(RES, "8")]),
    ("la résolution 65/229 de l’Assemblée générale, par. 8", [(RES, "8")]),
    ("la resolución 65/229 de la Asamblea General, párrafo 8", [(RES, "8")]),
    ("la Asamblea General, en su resolución 65/229 (párr. 8)", [(RES, "8")]),
    ("la resolución 1325 (2000) del Consejo de Seguridad, párr. 8", [("S/RES/1325 (2000)", "8")]),
    ("la résolution 70/1 (par. 8)", [("resolution 70/1", "8")]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_numbers_of_what_is_named_beside_them(text: str, expected: Expected) -> None:
    assert pointed(text, CO) == expected


COMMENTS = [
    ("l’observation générale no 14 (2013) du Comité des droits de l’enfant", ["CRC/C/GC/14"]),
    ("la observación general núm. 14 del Comité de los Derechos del Niño", ["CRC/C/GC/14"]),
    ("sa recommandation générale no 33 (2015)", ["CEDAW/C/GC/33"]),
    ("sus recomendaciones generales núms. 35 y 38", ["CEDAW/C/GC/35", "CEDAW/C/GC/38"]),
    (
        "joint general recommendation No. 31 of the Committee on the Elimination of Discrimination "
        "against Women/general comment No. 18 of the Committee on the Rights of the Child (2019)",
        ["CEDAW/C/GC/31", "CRC/C/GC/18"],
    ),
    (
        "joint general comment No. 18 of the Committee on the Rights of the Child/general "
        "recommendation No. 31 of the Committee on the Elimination of Discrimination against Women",
        ["CRC/C/GC/18", "CEDAW/C/GC/31"],
    ),
    (
        "joint general recommendation No. 31 of CEDAW and general comment No. 18 of CRC",
        ["CEDAW/C/GC/31", "CRC/C/GC/18"],
    ),
    (
        "joint general comments No. 4 (2017) of the Committee on the Protection of the Rights of "
        "All Migrant Workers and Members of Their Families and No. 23 (2017) of the Committee on "
        "the Rights of the Child on children",
        ["CMW/C/GC/4", "CRC/C/GC/23"],
    ),
    (
        "joint general recommendation/general comment No. 31 of the Committee on the Elimination "
        "of Discrimination against Women/No. 18 of the Committee on the Rights of the Child (2019)",
        ["CEDAW/C/GC/31", "CRC/C/GC/18"],
    ),
    ("general comment No. 5 of CRC and the Act and No. 9 of CMW", ["CRC/C/GC/5"]),
]


@pytest.mark.parametrize(("text", "expected"), COMMENTS)
def test_whose_general_comment_it_is(text: str, expected: list[str]) -> None:
    document = made.document(CO, "CEDAW/C/UTO/CO/2")
    found = find(document, [made.paragraph(document, "7", text)])
    assert [one.thing for one in found] == expected


WHOSE = [
    ("the Human Rights Committee’s concluding observations (para. 12)", "@other"),
    ("CEDAW’s latest concluding observations (para. 12)", "@other"),
    ("paragraph 12 of the Human Rights Committee’s concluding observations", "@other"),
    ("The Human Rights Committee, in its concluding observations (para. 12), asked", "@other"),
    (
        "the concluding observations adopted by the Human Rights Committee in 2015 (para. 12)",
        "@other",
    ),
    ("Human Rights Committee, concluding observations on Utopia, para. 12", "@other"),
    ("Like the Human Rights Committee, it recalls its concluding observations (para. 12)", OLD),
    ("the Committee’s concluding observations (para. 12)", OLD),
]


@pytest.mark.parametrize(("text", "owner"), WHOSE)
def test_observations_of_the_committee_that_is_named_before(text: str, owner: str) -> None:
    assert pointed(text, LOI) == [(owner, "12")]


SOURCES = [
    ("In its judgment in A. v. Utopia (para. 45), the Court held so.", SPR, "@other"),
    ("the European Court of Human Rights, X v. Utopia, paragraph 45, says so", SPR, "@other"),
    ("The Supreme Court (judgment of 3 May 2017, para. 45) held so.", SPR, "@other"),
    ("the Beijing Platform for Action (para. 45)", SPR, "@other"),
    ("the 2030 Agenda, paragraph 45, says", LOI, "@other"),
    ("the Views on communication No. 22/2014, para. 45,", CO, "@other"),
    # A list's bracket is the report's; "see" leads to the paper in hand.
    ("the judgment on the Act (para. 45)", LOI, "@unnamed"),
    ("in force since the Declaration (see para. 45)", SPR, "@unnamed"),
    ("The judgment is known. It is said (para. 45) that", SPR, "@unnamed"),
    ("as stated in paragraph 45, the judgment", SPR, "@bare"),
]


@pytest.mark.parametrize(("text", "kind", "owner"), SOURCES)
def test_numbers_of_judgments_and_declarations_are_their_own(
    text: str, kind: str, owner: str
) -> None:
    assert pointed(text, kind) == [(owner, "45")]


BEHIND = [
    (
        "paragraph 4 of the information received from Utopia (CRPD/C/UTO/CO/1/Add.1)",
        FUL,
        "CRPD/C/UTO/CO/1/Add.1",
    ),
    ("paragraph 4 of the corrigendum (CRPD/C/UTO/CO/1/Corr.1)", LOI, "CRPD/C/UTO/CO/1/Corr.1"),
    (
        "le paragraphe 4 des renseignements reçus (CRPD/C/UTO/CO/1/Add.1)",
        FUL,
        "CRPD/C/UTO/CO/1/Add.1",
    ),
    ("the list of issues adopted by the Committee (para. 4)", RLOI, "@list_of_issues"),
    ("the report submitted by Utopia (para. 4)", LOI, REPORT),
]


@pytest.mark.parametrize(("text", "kind", "owner"), BEHIND)
def test_what_stands_between_a_paper_and_its_numbers(text: str, kind: str, owner: str) -> None:
    assert pointed(text, kind) == [(owner, "4")]


def test_a_law_in_front_of_a_symbol_is_not_that_paper() -> None:
    text = "paragraph 4 of the Act adopted after the observations (CRPD/C/UTO/CO/1)"
    assert pointed(text, SPR) == []
