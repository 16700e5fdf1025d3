"""Finding, as tables of (text, expected): what is named, where it points, with which words."""

from __future__ import annotations

import made
import pytest

from treatybody.references import Reference, find

LOI, LOIPR = "list_of_issues", "list_of_issues_prior_to_reporting"
CO, SPR = "concluding_observations", "state_report"
RLOI = "replies_to_list_of_issues"


def found(
    text: str, kind: str = LOI, notes: tuple[str, ...] = (), **facts: object
) -> list[Reference]:
    document = made.document(kind, **facts)  # type: ignore[arg-type]
    return find(document, [made.paragraph(document, "7", text, notes=notes)])


def pointed(references: list[Reference]) -> list[tuple[str | None, str | None]]:
    return [
        (
            one.document or (one.thing or "").split("#")[0],
            one.point or (one.thing or "").split("#")[1],
        )
        for one in references
        if one.kind in {"cites", "requests_follow_up", "assesses"}
        and (one.point or "#" in (one.thing or ""))
    ]


PARAGRAPHS = [
    ("Please explain (para. 11).", LOI, [("@unnamed", "11")]),
    ("Please explain (paras. 33, 43 and 45).", LOI, [("@unnamed", n) for n in ("33", "43", "45")]),
    ("as described in paras. 3-5 of the report", LOI, [("@state_report", "3..5")]),
    (
        "see paragraphs 16-19 and 21 (a)-(c) of the concluding observations",
        SPR,
        [("@concluding_observations", n) for n in ("16..19", "21(a)", "21(b)", "21(c)")],
    ),
    ("the Policy recognizes them (see para. 10 above).", SPR, [("@self", "10")]),
    ("including the information mentioned in the previous paragraph.", CO, [("@self", "-1")]),
    ("simplified reporting (see A/66/48, para. 26).", CO, [("A/66/48", "26")]),
    ("(General Assembly resolution 68/268, para. 16)", CO, [("A/RES/68/268", "16")]),
    ("in accordance with article 17, paragraph 2, of the Convention", CO, []),
    ("enjoy the rights in articles 1 (1) and 7 of the Convention", LOIPR, []),
    (
        "In paragraph 26 of the State party report it is said so. Explain paragraph 39.",
        LOI,
        [("@state_report", "26"), ("@state_report", "39")],
    ),
    (
        "in its previous concluding observations (paras. 36 (c) and 38)",
        LOIPR,
        [("@concluding_observations", "36(c)"), ("@concluding_observations", "38")],
    ),
    ("(CRPD/C/UTO/CO/1, para. 26)", LOIPR, [("CRPD/C/UTO/CO/1", "26")]),
    (
        "(CRPD/C/UTO/CO/1, para. 26; CEDAW/C/UTO/CO/3-4, paras. 11 and 12 (a); A/HRC/22/16)",
        LOIPR,
        [
            ("CRPD/C/UTO/CO/1", "26"),
            ("CEDAW/C/UTO/CO/3-4", "11"),
            ("CEDAW/C/UTO/CO/3-4", "12(a)"),
        ],
    ),
    (
        "accepted (A/HRC/22/16, paras. 146.11-146.14)",
        LOI,
        [("A/HRC/22/16", "146.11..146.14")],
    ),
    ("noted in the report (paras 220–222).", LOI, [("@state_report", "220..222")]),
    ("the initial report, paras. 160-64, says", LOI, [("@state_report", "160..164")]),
    ("see paragraphs 40 ff. of the initial report", LOI, [("@state_report", "40..")]),
    ("(GOI-IR, paras. 63-71)", SPR, [("@short:GOI-IR", "63..71")]),
    ("as required by paragraph 5 of the Labour Act", SPR, []),
    ("paragraph 2 of article 5 of the Act", SPR, []),
    (
        "according to point (b) of paragraph 14 of CRPD/C/UTO/CO/1",
        SPR,
        [("CRPD/C/UTO/CO/1", "14(b)")],
    ),
    ("see paragraphs 24-26 of the Report", SPR, [("@self", "24..26")]),
    ("paragraph 11 of Utopia’s first report", SPR, [("@state_report", "11")]),
    ("paragraph 135 of our State Party report", RLOI, [("@state_report", "135")]),
    ("paragraph 50 of this reply", RLOI, [("@self", "50")]),
    ("according to the Act on Social Services, paragraph 109, it is so", RLOI, []),
    ("in force (CommDH(2012)28, para. 26)", LOI, [("CommDH(2012)28", "26")]),
    (
        "the recommendations contained in paragraphs 12 (children) and 32 (c) (work)",
        CO,
        [("@bare", "12"), ("@bare", "32(c)")],
    ),
    (
        "contained in paragraphs 26, on education, 58, on health, and 68, on work",
        CO,
        [("@bare", "26"), ("@bare", "58"), ("@bare", "68")],
    ),
    (
        "(CEDAW/C/UTO/CO/5, párrs. 26 j) y 48)",
        LOI,
        [
            ("CEDAW/C/UTO/CO/5", "26(j)"),
            ("CEDAW/C/UTO/CO/5", "48"),
        ],
    ),
    ("el plan de acción para 2012-2018 y el plan para 3 años", LOI, []),
    ("Please refer to paragraph 97-102 under Question 23", RLOI, [("@self", "97..102")]),
    (
        "the recommendations contained in paragraphs 25 and 35(a) above",
        CO,
        [("@self", "25"), ("@self", "35(a)")],
    ),
    ("In paragraph 11, 27 persons are said to be held", CO, [("@bare", "11")]),
    ("paras. 5‑7 of its replies to the list of issues", CO, [("@replies", "5..7")]),
    ("paras. 5‒7 and 9—11 of the present report", SPR, [("@self", "5..7"), ("@self", "9..11")]),
    ("véanse los párrafos 3 a 5 del informe", LOI, [("@state_report", "3..5")]),
    ("paras. 160—64 of the report", LOI, [("@state_report", "160..164")]),
    ("paras. 40ff. of the initial report", LOI, [("@state_report", "40..")]),
    ("A/HRC/22/16, paras. 146.11–146.14", LOI, [("A/HRC/22/16", "146.11..146.14")]),
    ("see paragraphs 4 (a)–(c) above", SPR, [("@self", f"4({n})") for n in "abc"]),
    ("the report (CRPD/C/UTO/1, § 20)", LOI, [("CRPD/C/UTO/1", "20")]),
    ("resolution 68/268, para. 16", CO, [("resolution 68/268", "16")]),
    ("(CRPD/C/UTO/CO/1, paras. 160-64)", LOI, [("CRPD/C/UTO/CO/1", "160..164")]),
    ("as said in paragraphs 40 et seq. of the initial report", LOI, [("@state_report", "40..")]),
    # A law's paragraphs are no paragraphs of the paper that quotes it.
    ("it must do so (Section 4 para. 1 line 10 ORF Act)", SPR, []),
    ("a copy is sent (Section 107b para. 3 line 1 of the Code)", SPR, []),
    ("Article 41 of the Code applies. Paragraph 2 provides that it is free.", SPR, []),
    ("Paragraph 2 of this Article protects it, and paragraph 3 lets it be taken.", SPR, []),
    ("Art. 227. Paragraph 1 – The State shall promote programmes.", SPR, []),
    ("Paragraph 1. The same penalties apply.", SPR, []),
    ("articles 227 and 208, paragraph 1, mandating help", SPR, []),
    ("as the Constitution says (para. 2), nobody may", SPR, []),
    ("set out by the Act in its paragraphs 16 to 19", SPR, []),
    ("Order No. 1013n of 2009 lists it in paragraph 6 (d)", SPR, []),
    ("the Local Government Act 2010 (part V, para. 53 (c))", LOI, []),
    # ... but a paper's own small numbers are, where the words say so.
    ("As mentioned in paragraph 2.4, the Act helps.", SPR, [("@bare", "2.4")]),
    ("by the Act (see paras. 3 and 5)", SPR, [("@unnamed", "3"), ("@unnamed", "5")]),
    ("Paragraphs 90 and 91 address this.", SPR, [("@bare", "90"), ("@bare", "91")]),
    ("Paragraphs 178–188 conform to the Act.", SPR, [("@bare", "178..188")]),
    ("the principles in paragraphs 12.2-12.3 of this Part", SPR, [("@self", "12.2..12.3")]),
    ("discussed in paragraphs 22.1-22.17 in relation to work", SPR, [("@bare", "22.1..22.17")]),
    ("see, further, Annex, paragraph 6", SPR, [("@other:annex", "6")]),
    ("the recommendation (para. 48 (e) in particular)", CO, [("@unnamed", "48(e)")]),
    ("see E/C.12/UTO/CO/6, paras. 50–51 in particular", CO, [("E/C.12/UTO/CO/6", "50..51")]),
    ("Recommendation, para. 71 (CRPD/C/UTO/CO/1).", SPR, [("CRPD/C/UTO/CO/1", "71")]),
    (
        "paras. 12 (a) (i)-(iii) and (b), and 14",
        LOI,
        [("@bare", n) for n in ("12(a)(i)", "12(a)(ii)", "12(a)(iii)", "12(b)", "14")],
    ),
    (
        "paras. 12 (a) (ii), (b) (i) and (iv), and (c)",
        LOI,
        [("@bare", n) for n in ("12(a)(ii)", "12(b)(i)", "12(b)(iv)", "12(c)")],
    ),
    ("(paras.33,43)", LOI, [("@unnamed", "33"), ("@unnamed", "43")]),
    ("in paragraph 11,500 persons are said to be held", CO, []),
    ("(CCPR/C/UTO/5,.paras 29-55)", SPR, [("CCPR/C/UTO/5", "29..55")]),
    (
        "paragraphs 35–36 of Utopia’s 2017 LOI response",
        SPR,
        [("@replies", "35..36")],
    ),
    (
        "See response to the issues raised under paragraph 13 point (d) above.",
        SPR,
        [("@list_of_issues", "13(d)")],
    ),
    (
        "see also paragraphs 85-87 & 117-118 (consent)",
        SPR,
        [("@bare", "85..87"), ("@bare", "117..118")],
    ),
    ("the register to collect data (para .128) and plans", LOI, [("@unnamed", "128")]),
    (
        "voir les paragraphes 3 et 5 du rapport",
        LOI,
        [("@state_report", "3"), ("@state_report", "5")],
    ),
]


@pytest.mark.parametrize(("text", "kind", "expected"), PARAGRAPHS)
def test_paragraph_references(text: str, kind: str, expected: list[tuple[str, str]]) -> None:
    assert pointed(found(text, kind)) == expected


THINGS = [
    ("(CMW/C/SR.275 and 276)", ["CMW/C/SR.275", "CMW/C/SR.276"]),
    ("CEDAW/C/KWT/Q/3-4 and Add.1", ["CEDAW/C/KWT/Q/3-4", "CEDAW/C/KWT/Q/3-4/Add.1"]),
    ("article 58 of the Convention", ["CRPD art. 58"]),
    ("article 2, paragraphe 3, de la Convention", ["CRPD art. 2(3)"]),
    ("(art. 10, par. 3, de la Convention)", ["CRPD art. 10(3)"]),
    ("(art. 10, párr. 3, de la Convención)", ["CRPD art. 10(3)"]),
    (
        "los artículos 5, párrafos 2 y 3, y 6 de la Convención",
        ["CRPD art. 5(2)", "CRPD art. 5(3)", "CRPD art. 6"],
    ),
    ("l’article 14, paragraphe 3, de la Constitution", []),
    ("del artículo 27, párr. 2, de la Constitución", []),
    ("article 58 of the Code on Children and Adolescents", []),
    ("Article 2.2 of the Constitution", []),
    ("article 5 of the Convention on the Rights of the Child", ["CRC art. 5"]),
    (
        "article 16 and article 17, paragraph 2, of the Convention",
        ["CRPD art. 16", "CRPD art. 17(2)"],
    ),
    (
        "article 9, paragraphs 2 (b) and (c), of the Convention",
        ["CRPD art. 9(2)(b)", "CRPD art. 9(2)(c)"],
    ),
    (
        "articles 24, paragraph 3, and 29 (b) of the Convention",
        ["CRPD art. 24(3)", "CRPD art. 29(b)"],
    ),
    ("mechanisms under article 33.2", ["CRPD art. 33(2)"]),
    ("articles 1 (1) and 7 of the Convention", ["CRPD art. 1(1)", "CRPD art. 7"]),
    ("articles 76 and 77 of the Convention", ["CRPD art. 76", "CRPD art. 77"]),
    ("article 6 of the Optional Protocol", ["CRPD-OP art. 6"]),
    ("article 9 of Legislative Decree No. 1350", ["UTO:legislative_decree:1350"]),
    ("(Supreme Decree No. 001-2015-IN, art. 5)", ["UTO:supreme_decree:001-2015-IN"]),
    ("the Committee’s general comment No. 2", ["CRPD/C/GC/2"]),
    ("general comments No. 1 (2014) and No. 6 (2018)", ["CRPD/C/GC/1", "CRPD/C/GC/6"]),
    (
        "general recommendation No. 18 of the Committee on the Elimination of Discrimination "
        "against Women",
        ["CEDAW/C/GC/18"],
    ),
    ("General Assembly resolution 68/268", ["A/RES/68/268"]),
    ("Human Rights Council resolutions 16/21 and 31/6", ["A/HRC/RES/16/21", "A/HRC/RES/31/6"]),
    ("Security Council resolution 1325 (2000)", ["S/RES/1325 (2000)"]),
    ("General Assembly resolution 3447 (XXX)", ["A/RES/3447 (XXX)"]),
    ("General Assembly resolution 3447.", ["resolution 3447"]),
    ("General Assembly resolution 78/250 B, and", ["A/RES/78/250B"]),
    (
        "General Assembly resolutions 217 A (III), 68/268 and 2200 A (XXI)",
        ["A/RES/68/268", "A/RES/217 A (III)", "A/RES/2200 A (XXI)"],
    ),
    ("resolution 1296 (XLIV) of the Economic and Social Council", ["E/RES/1296 (XLIV)"]),
    ("ILO Conventions Nos. 97, 143, 181 and 189", ["ILO C097", "ILO C143", "ILO C181", "ILO C189"]),
    ("the Domestic Workers Convention, 2011 (No. 189)", ["ILO C189"]),
    ("ILO Convention No. 159", ["ILO C159"]),
    ("Act No. 28950", ["UTO:law:28950"]),
    ("Law No. 28950", ["UTO:law:28950"]),
    (
        "Legislative Decrees No. 1350 and No. 1297",
        ["UTO:legislative_decree:1297", "UTO:legislative_decree:1350"],
    ),
    ("decision No. 545 of the Andean Community", ["CAN:decision:545"]),
    ("Communication No. 996-2023-GG of 31 August 2023", []),
    ("the Acts of 2005 and 2006", []),
    (
        "Sustainable Development Goal 5 (targets 5.1, 5.2 and 5.5)",
        ["SDG 5", "SDG 5.1", "SDG 5.2", "SDG 5.5"],
    ),
    ("priority goal 5 and a target of 118.5 per cent", []),
    ("a workforce of 20 per cent in Article", []),
    # Numbers behind titles, of the Union, with the year, in lists of years.
    ("the Non-Discrimination Act (1325/2014)", ["UTO:law:1325/2014"]),
    ("the Act on Sterilization (283/1970), to prohibit", ["UTO:law:283/1970"]),
    ("the Government Decree on Accessibility of Buildings (241/2017)", ["UTO:decree:241/2017"]),
    (
        "the Civil Code (No. 1107/2002) and Family Code (No. 1316/2000)",
        ["UTO:code:1107/2002", "UTO:code:1316/2000"],
    ),
    ("the Act on Ensuring Equality No. 121/2012 and", ["UTO:law:121/2012"]),
    ("(Order of the Ministry of Infrastructure No. 64/2022)", ["UTO:order:64/2022"]),
    ("Directive (EU) No. 2019/882 on access", ["EU:directive:2019/882"]),
    ("Directive No. 2001/29/EC on copyright", ["EU:directive:2001/29/EC"]),
    ("Acts Nos. 1448 of 2011 and 1618 of 2013", ["UTO:law:1448", "UTO:law:1618"]),
    ("Act No. 45 of 1 March 2007 and Act No. 15 of 2016", ["UTO:law:45/2007", "UTO:law:15/2016"]),
    ("the status of Bill S-201", ["UTO:bill:S-201"]),
    ("the Act was passed by 5 votes (12/2004)", []),
    ("the Law on Children and Convention No. 5 (No. 7)", []),
    ("ratify the Optional Protocol to the Convention", ["CRPD-OP"]),
    ("the Optional Protocol to the Convention on the Rights of the Child on a plan", ["CRC"]),
    # Articles that are not the Convention's.
    ("enforcing article 388-1 of the Civil Code", []),
    ("the Family Act, in particular the provisions set forth in article 13", []),
    ("bring the Family Act into line with article 13", ["CRPD art. 13"]),
    ("the offence in article 490 is repealed", []),
    ("fines under articles 5.42, 9.13 and 11.24", []),
    ("amend the Electoral Code – in particular articles 44 and 135", []),
    ("According to the Social Welfare Act (710/1982)", ["UTO:law:710/1982"]),
    # French writes the names of laws with a small letter; the number follows "no".
    (
        "La loi no 2012-014 du 26 janvier 2012 et la loi n° 2012-015, art. 5, par. 2",
        ["UTO:law:2012-014", "UTO:law:2012-015"],
    ),
    ("Ainsi. Les lois nos 12-14 et 12-15 (art. 5)", ["UTO:law:012-14", "UTO:law:012-15"]),
    ("le paragraphe 4 de la loi organique no 15 du 1er mars 2016", ["UTO:organic_law:15/2016"]),
    (
        "l’article 5 du décret no 2011-12 et l’arrêté no 7",
        ["UTO:decree:2011-12", "UTO:resolution:7"],
    ),
    ("la loi de 2012 et la loi 2012-014", []),
]


@pytest.mark.parametrize(("text", "expected"), THINGS)
def test_named_things(text: str, expected: list[str]) -> None:
    assert [one.thing or one.document for one in found(text, LOI)] == expected


def test_the_evidence_of_a_title_holds_its_kind() -> None:
    text = (
        "It was approved by the Order of the Ministry of Justice No. 39/8. The Aliens Act (5/2004)"
    )
    words = [one.evidence for one in found(text, SPR)]
    assert words == ["Order of the Ministry of Justice No. 39/8", "Aliens Act (5/2004)"]


def test_a_misprint_is_kept_and_its_likely_reading_is_said() -> None:
    (one,) = found("its replies (CMC/C/PER/Q/1).", CO, symbol="CMW/C/PER/CO/1", state="PER")
    assert one.document == one.evidence == "CMC/C/PER/Q/1"
    assert one.note == "likely a misprint of CMW/C/PER/Q/1"


def test_a_note_says_what_bare_brackets_mean() -> None:
    note = "Unless otherwise indicated, paragraph numbers refer to the initial report."
    (one,) = found("Please explain (para. 31).", LOI, notes=(note,))
    assert (one.document, one.cue) == ("@state_report", note)


def test_a_note_names_the_symbol() -> None:
    note = (
        "Paragraph numbers in brackets refer to the initial report of the State party, "
        "published under symbol CRPD/C/UTO/1."
    )
    references = found("Please explain (para. 31).", LOI, notes=(note,))
    assert ("CRPD/C/UTO/1", "31") in pointed(references)


def test_a_chain_of_ibid_keeps_the_document() -> None:
    notes = ("CRPD/C/UTO/1, para. 390.", "Ibid., para. 394.", "Ibid., paras. 396-397.")
    references = found("Please explain.", LOI, notes=notes)
    assert pointed(references) == [("CRPD/C/UTO/1", n) for n in ("390", "394", "396..397")]
    assert [one.where for one in references] == ["note:1", "note:2", "note:3"]


def test_ibid_alone_keeps_the_paragraph() -> None:
    notes = ("Recommendation in para. 29 (a) of CRPD/C/UTO/CO/1.", "Ibid.", "Ibid.")
    references = found("Please explain.", SPR, notes=notes, symbol="CRPD/C/UTO/2")
    assert pointed(references) == [("CRPD/C/UTO/CO/1", "29(a)")] * 3


SOURCES = [
    ("Case C-140/12 Brey, paragraph 72.", [("@other:source", "72")]),
    ("1999 3 S.C.R. 868, at para. 19.", [("@other:source", "19")]),
    ("Source: Executive Summary, paragraph 2.", [("@other:source", "2")]),
    ("See paragraph 52 (funding).", [("@bare", "52")]),
    ("For more, see paragraph 19.3 above.", [("@self", "19.3")]),
]


@pytest.mark.parametrize(("note", "expected"), SOURCES)
def test_notes_of_a_state_cite_laws_and_cases(note: str, expected: list[tuple[str, str]]) -> None:
    assert pointed(found("So it is.", SPR, notes=(note,), symbol="CRPD/C/UTO/2")) == expected


def test_a_short_name_is_given_its_document() -> None:
    text = "The initial report of Utopia (hereinafter “GOI-IR”) says so (GOI-IR, paras. 63-71)."
    assert ("@state_report", "63..71") in pointed(found(text, SPR))


QUESTIONS = [
    ("see the answer to question 44", "44"),
    ("see issue 27 below", "27"),
    ("see the reply to question 3 (a)", "3(a)"),
    ("as said in the response to issue 12", "12"),
    ("can be found throughout the report, under question 19", "19"),
    ("Further to information provided under question 3, there are", "3"),
    ("see the answer to question 16(a).", "16(a)"),
    ("The campaign goes on (issues 14-16).", "14..16"),
    ("The law provides for it (question 9).", "9"),
    ("as set out in issues 14–16, it does", "14..16"),
]


@pytest.mark.parametrize(("text", "point"), QUESTIONS)
def test_questions_inside_replies(text: str, point: str) -> None:
    references = found(text, RLOI, symbol="CRPD/C/UTO/RQ/1")
    assert [(one.document, one.point) for one in references] == [("@list_of_issues", point)]


FOLLOW_UP = [
    (
        "The Committee requests the State party to provide, within two years — i.e., by 24 April "
        "2017 — written information on the follow-up to the recommendations contained in "
        "paragraphs 11 and 27 of these concluding observations.",
        ["11", "27"],
        "within two years; due 2017-04-24",
    ),
    (
        "The Committee requests that the State party, within 12 months and in accordance with "
        "article 35 (2) of the Convention, provide information in writing on the measures taken to "
        "implement the Committee’s recommendations as set forth in paragraphs 25 and 35(a) above.",
        ["25", "35(a)"],
        "within 12 months",
    ),
    (
        "The Committee requests the State party to provide, no later than 3 September 2026, "
        "information on the implementation of the recommendations contained in paragraph 19 above.",
        ["19"],
        "due 2026-09-03",
    ),
    (
        "In accordance with its rules of procedure, the State party should provide, within one "
        "year, relevant information on its implementation of the Committee’s recommendations made "
        "in paragraphs 16 and 20 above.",
        ["16", "20"],
        "within one year",
    ),
    (
        "The Committee requests the State party to provide, by 12 May 2024, information on "
        "follow-up to its recommendations on safeguards (see para. 15 (a) above) and impunity (see "
        "para. 23).",
        ["15(a)", "23"],
        "due 2024-05-12",
    ),
    (
        "The State party is requested to provide, within two years of the adoption of the present "
        "concluding observations, that is by 25 July 2025, information on the implementation of "
        "the recommendations made in paragraphs 13 (family law), 21 (violence) and 27 above.",
        ["13", "21", "27"],
        "within two years; due 2025-07-25",
    ),
    (
        "The State party is requested to provide, within 24 months, information on the "
        "implementation of the recommendations contained in paragraphs 15 (a), (c)–(e) (climate) "
        "and 34 (poverty).",
        ["15(a)", "15(c)", "15(d)", "15(e)", "34"],
        "within 24 months",
    ),
]


@pytest.mark.parametrize(("text", "points", "note"), FOLLOW_UP)
def test_follow_up_is_requested(text: str, points: list[str], note: str) -> None:
    requested = [one for one in found(text, CO) if one.kind == "requests_follow_up"]
    assert [(one.document, one.point, one.note) for one in requested] == [
        ("@self", point, note) for point in points
    ]


def test_a_letter_assesses_what_its_paragraph_opens_with() -> None:
    text = (
        "Regarding the recommendation made in paragraph 27 of the concluding observations, the "
        "Committee recalls what it said in paragraph 3 of the concluding observations."
    )
    references = found(text, "follow_up_letter", symbol="CRPD/followup/29/xy")
    assert [(one.kind, one.point) for one in references] == [("assesses", "27"), ("cites", "3")]


ALIASES = [
    (
        "the law on migration of 2017 (Legislative Decree No. 1350) and that the law on migration "
        "of 2017 lists reasons",
        ["Legislative Decree No. 1350", "law on migration of 2017"],
    ),
    (
        "Act No. 31047, the Domestic Workers Act, was adopted. The Domestic Workers Act says",
        ["Act No. 31047", "Domestic Workers Act"],
    ),
    (
        "the Family Code (No. 1316/2000) and the Family Code",
        ["Family Code (No. 1316/2000)", "Family Code"],
    ),
    (
        "the law on health (Law No. 1) and the law on health (Law No. 2); the law on health says",
        ["Law No. 1", "Law No. 2"],
    ),
]


@pytest.mark.parametrize(("text", "evidence"), ALIASES)
def test_instruments_by_the_names_given_to_them(text: str, evidence: list[str]) -> None:
    named = [one for one in found(text, LOI) if one.kind == "names"]
    assert [one.evidence for one in named] == evidence


REQUESTS = [
    (
        "Le Comité prie l’État partie de lui communiquer, dans un délai de deux ans, des "
        "informations sur les mesures prises pour appliquer les paragraphes 4 a) et 6 ci-dessus.",
        ["4(a)", "6"],
        "dans un délai de deux ans",
    ),
    (
        "Le Comité demande à l’État partie de lui fournir, d’ici deux ans, des renseignements sur "
        "l’application des recommandations énoncées au paragraphe 6.",
        ["6"],
        "d’ici deux ans",
    ),
    (
        "L’État partie devrait adresser, d’ici au 26 juillet 2025, des renseignements sur "
        "l’application du paragraphe 6.",
        ["6"],
        "due 2025-07-26",
    ),
    (
        "El Estado parte debe facilitar, en el plazo de un año, información sobre la aplicación de "
        "las recomendaciones formuladas en los párrafos 4 a) y 6.",
        ["4(a)", "6"],
        "en el plazo de un año",
    ),
    (
        "El Comité solicita que, antes del 26 de julio de 2025, se facilite información sobre la "
        "aplicación del párrafo 6.",
        ["6"],
        "due 2025-07-26",
    ),
    (
        "The State party should provide, within one year, information on paragraph 6 above.",
        ["6"],
        "within one year",
    ),
    # No deadline, no request; and a deadline for something else.
    ("Le Comité invite l’État partie à appliquer le paragraphe 6 ci-dessus.", [], ""),
    ("El Comité recuerda el párrafo 6 supra, adoptado antes del 26 de julio de 2015.", [], ""),
]


@pytest.mark.parametrize(("text", "points", "note"), REQUESTS)
def test_requests_of_follow_up_in_three_languages(text: str, points: list[str], note: str) -> None:
    requested = [
        one for one in found(text, CO, symbol="CRPD/C/UTO/CO/1") if one.kind == "requests_follow_up"
    ]
    assert [one.point for one in requested] == points
    assert {one.note for one in requested} == ({note} if note else set())
