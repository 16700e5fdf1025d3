"""Resolving: what the same words mean in one corpus and another."""

from __future__ import annotations

import made
import msgspec
import pytest

from treatybody.model import Document, Link, Paragraph
from treatybody.references import compute, concerns, copied, find, outline, resolve

Paper = tuple[Document, list[Paragraph]]


def paper(kind: str, symbol: str, *texts: str, **facts: object) -> Paper:
    document = made.document(kind, symbol, **facts)
    return document, [
        made.paragraph(document, str(number), text) for number, text in enumerate(texts, 1)
    ]


def links(*papers: Paper) -> list[Link]:
    return resolve(
        {document.document: document for document, _ in papers},
        {one[0].document: find(*one) for one in papers},
        {one[0].document: outline(*one) for one in papers},
    )


LIST = paper("list_of_issues", "CRPD/C/UTO/Q/1", "Please explain (para. 2).", date="2021-01-01")
REPORT = paper("state_report", "CRPD/C/UTO/1", "One.", "Two.", date="2020-01-01")


def test_a_bare_bracket_of_a_list_means_the_report_of_its_cycle() -> None:
    (link,) = links(LIST, REPORT)
    assert (link.target, link.status) == ("CRPD/C/UTO/1#2", "resolved")


def test_without_the_report_it_is_not_in_the_corpus() -> None:
    (link,) = links(LIST)
    assert (link.target, link.status) == ("CRPD:UTO:state_report#2", "not in corpus")


def test_another_state_or_cycle_is_not_meant() -> None:
    other = paper("state_report", "CRPD/C/ARC/1", "One.", "Two.", state="ARC")
    later = paper("state_report", "CRPD/C/UTO/2", "One.", "Two.", cycle="2", date="2024-01-01")
    (link,) = links(LIST, other, later)
    assert link.status == "not in corpus"


def test_two_that_fit_are_ambiguous() -> None:
    twin = paper("state_report", "CRPD/C/UTO/1/Rev.1", "One.", "Two.", date="2020-01-01")
    found = links(LIST, REPORT, twin)
    assert [(one.target, one.status) for one in found] == [
        ("CRPD/C/UTO/1#2", "ambiguous"),
        ("CRPD/C/UTO/1/Rev.1#2", "ambiguous"),
    ]


def test_a_new_document_resolves_what_was_missing_without_reading_the_others() -> None:
    references = {LIST[0].document: find(*LIST)}
    outlines = {LIST[0].document: outline(*LIST)}
    documents = {LIST[0].document: LIST[0]}
    before = resolve(documents, references, outlines)
    references[REPORT[0].document] = find(*REPORT)
    outlines[REPORT[0].document] = outline(*REPORT)
    after = resolve(documents | {REPORT[0].document: REPORT[0]}, references, outlines)
    assert [one.status for one in before] == ["not in corpus"]
    assert [one.status for one in after] == ["resolved"]


def test_a_number_that_the_document_lacks_is_kept_and_said() -> None:
    asking = paper("list_of_issues", "CRPD/C/UTO/Q/1", "Please explain (para. 9).")
    (link,) = links(asking, REPORT)
    assert (link.target, link.status) == ("CRPD/C/UTO/1#9", "not in corpus")
    assert "has no such paragraph" in (link.note or "")


def test_ranges_become_one_link_a_paragraph() -> None:
    asking = paper("list_of_issues", "CRPD/C/UTO/Q/1", "See (paras. 1-2).")
    assert [one.target for one in links(asking, REPORT)] == ["CRPD/C/UTO/1#1", "CRPD/C/UTO/1#2"]


def test_an_edition_in_the_same_language_is_preferred() -> None:
    spanish = paper("state_report", "CRPD/C/UTO/1", "Uno.", "Dos.", language="es")
    spanish = (
        made.document("state_report", "CRPD/C/UTO/1", document="CRPD/C/UTO/1@es", language="es"),
        spanish[1],
    )
    named = paper("list_of_issues", "CRPD/C/UTO/Q/1", "See (CRPD/C/UTO/1, para. 2).")
    assert [one.target for one in links(named, REPORT, spanish)] == ["CRPD/C/UTO/1#2"]


def test_a_role_is_the_one_symbol_that_the_document_prints() -> None:
    letter = paper(
        "follow_up_letter",
        "CRPD/followup/29/xy",
        "The observations were sent (CRPD/C/UTO/CO/1).",
        "Regarding the recommendation made in paragraph 2 of the concluding observations, no.",
        cycle=None,
    )
    observations = paper("concluding_observations", "CRPD/C/UTO/CO/1", "One.", "Two.")
    found = links(letter, observations)
    assert [(o.kind, o.target) for o in found] == [
        ("cites", "CRPD/C/UTO/CO/1"),
        ("assesses", "CRPD/C/UTO/CO/1#2"),
    ]


TWELVE = "one two three four five six seven eight nine ten eleven twelve"
LENGTHS = [
    (TWELVE, 0),
    (f"{TWELVE} thirteen", 1),
    (f"{TWELVE} of the Convention on the Rights of Persons with Disabilities", 1),
    ("seven words and the Convention on the Rights of Persons with Disabilities", 0),
]


@pytest.mark.parametrize(("passage", "number"), LENGTHS)
def test_copied_passages_have_thirteen_words_without_titles(passage: str, number: int) -> None:
    one = paper("state_report", "CRPD/C/UTO/1", f"Here {passage}, it ends.", date="2020-01-01")
    two = paper("list_of_issues", "CRPD/C/UTO/Q/1", f"Other {passage}. Next", date="2021-01-01")
    documents = {one[0].document: one[0], two[0].document: two[0]}
    found = copied.find(documents, [*two[1], *one[1]])
    assert [(o.source, o.target) for o in found] == [
        ("CRPD/C/UTO/Q/1#1", "CRPD/C/UTO/1#1")
    ] * number


def test_a_copied_passage_is_computed_and_quoted() -> None:
    passage = f"{TWELVE} thirteen fourteen"
    one = paper("state_report", "CRPD/C/UTO/1", f"Here {passage}.", date="2020-01-01")
    two = paper("list_of_issues", "CRPD/C/UTO/Q/1", f"Other {passage}!", date="2021-01-01")
    (link,) = compute({d.document: d for d, _ in (one, two)}, [*one[1], *two[1]], [])
    assert (link.kind, link.explicit, link.evidence) == ("repeats", False, passage)


def test_a_passage_put_together_from_formulas_is_no_copy() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve ploy spade vane wren"
    said = words.split()
    texts = [" ".join(said[:10]), " ".join(said[6:]), words]
    papers = []
    for at in range(28):
        text = texts[2] if at > 25 else texts[at % 2]
        own = made.document("decision", f"CRPD/C/{at}", date=f"2020-01-{at + 1:02}")
        padding = " ".join(f"w{at}x{n}" for n in range(20))
        papers.append((own, made.paragraph(own, "1", f"{padding} {text}.")))
    documents = {own.document: own for own, _ in papers}
    assert not copied.find(documents, [paragraph for _, paragraph in papers])
    few = [paragraph for _, paragraph in papers[16:]]
    assert [one.words for one in copied.find(documents, few)] == [16]


COPIED = f"{TWELVE} thirteen fourteen"


def in_state(state: str, kind: str, text: str, year: int = 2020) -> Paper:
    symbol = f"CRPD/C/{state}/{'CO/1' if kind == 'concluding_observations' else '1'}"
    return paper(kind, symbol, text, state=state, date=f"{year}-01-01")


def copies(*papers: Paper) -> list[tuple[str, str]]:
    documents = {document.document: document for document, _ in papers}
    found = copied.find(documents, [one for _, some in papers for one in some])
    return [(one.source, one.target) for one in found]


def test_a_report_that_copies_another_state_is_found() -> None:
    one = in_state("UTO", "state_report", f"Here {COPIED}.", 2019)
    two = in_state("ARC", "state_report", f"Other {COPIED}!")
    assert copies(one, two) == [("CRPD/C/ARC/1#1", "CRPD/C/UTO/1#1")]


def test_what_a_committee_writes_to_two_states_is_no_copy() -> None:
    one = in_state("UTO", "concluding_observations", f"Here {COPIED}.", 2019)
    two = in_state("ARC", "concluding_observations", f"Other {COPIED}!")
    assert copies(one, two) == []


def test_wording_of_three_states_is_stock() -> None:
    papers = [
        in_state(state, "state_report", f"{state} {COPIED}, {state}.", 2018 + at)
        for at, state in enumerate(("UTO", "ARC", "ELB"))
    ]
    assert copies(*papers) == []


def test_thirteen_words_must_remain_without_stock_wording() -> None:
    stock = "in accordance with the national legislation that is in force"
    papers = [
        in_state("ELB", "state_report", f"Elbonia says {stock} there.", 2018),
        in_state("UTO", "state_report", f"Here {TWELVE} {stock}.", 2019),
        in_state("ARC", "state_report", f"Other {TWELVE} {stock}!"),
    ]
    assert copies(*papers) == []
    assert copies(*papers[1:]) == [("CRPD/C/ARC/1#1", "CRPD/C/UTO/1#1")]


def test_a_passage_of_the_own_state_comes_before_another_states() -> None:
    papers = [
        in_state("ARC", "concluding_observations", f"Arcadia {COPIED}.", 2018),
        in_state("UTO", "concluding_observations", f"Utopia {COPIED}.", 2019),
        in_state("UTO", "state_report", f"Here {COPIED}!"),
    ]
    assert copies(*papers) == [("CRPD/C/UTO/1#1", "CRPD/C/UTO/CO/1#1")]


def test_an_act_without_its_year_is_the_one_that_the_paper_dates() -> None:
    texts = ("Act No. 15 of 2016.", "Act No. 15 helps.")
    two = (*texts, "Act No. 15 of 1990.")
    named = [one.target for one in links(paper("state_report", "CRPD/C/UTO/1", *texts))]
    assert named == ["UTO:law:15/2016"] * 2
    found = links(paper("state_report", "CRPD/C/UTO/1", *two))
    assert [(one.target, one.status) for one in found][1] == ("UTO:law:15", "ambiguous")


CORRIGENDUM = paper(
    "concluding_observations",
    "CRPD/C/UTO/CO/1/Corr.1",
    "For one read two in paragraph 2 above.",
    date="2020-09-01",
)


@pytest.mark.parametrize(
    ("symbol", "title", "link"),
    [
        ("CRPD/C/UTO/1/Corr.1", "Corrigendum", ("corrects", "Corrigendum", "resolved")),
        ("CRPD/C/UTO/1/Rev.1", "Initial report", ("supersedes", "", "resolved")),
        ("CRPD/C/UTO/1/Rev.2", "Revision", ("supersedes", "Revision", "not in corpus")),
        ("CRPD/C/UTO/1/Add.1", "Addendum", None),
        ("CRPD/C/UTO/1/Rev.1/Add.1", "Addendum", None),
    ],
)
def test_a_symbol_says_what_it_corrects_or_supersedes(
    symbol: str, title: str, link: tuple[str, str, str] | None
) -> None:
    document = made.document("state_report", symbol)
    head = made.paragraph(document, None, title, kind="title")
    documents = {one.document: one for one in (document, REPORT[0])}
    found = compute(documents, [head, *REPORT[1]], [])
    assert [(one.kind, one.evidence, one.status) for one in found] == ([link] if link else [])
    assert not any(one.explicit for one in found)


def test_a_corrigendum_speaks_of_the_document_that_it_corrects() -> None:
    observations = paper("concluding_observations", "CRPD/C/UTO/CO/1", "One.", "Two.")
    (link,) = links(CORRIGENDUM, observations)
    assert (link.target, link.status) == ("CRPD/C/UTO/CO/1#2", "resolved")


CORRECTIONS = [
    ("Paragraph 2\nFor one read two.", ["2"]),
    ("Paragraph 2, second sentence\nDelete the words.", ["2"]),
    ("Paragraphs 1 and 2\nReplace the text.", ["1", "2"]),
    ("Page 3, paragraph 2:\nFor one read two.", ["2"]),
    ("Párrafo 2\nDonde dice uno, léase dos.", ["2"]),
    ("Paragraph 2 should read as follows.", ["2"]),
    ("Paragraph 2, of the Penal Code\nRead two.", []),
    ("Annex, paragraph 2\nRead two.", ["@other:annex"]),
    ("Paragraph 2 – The State shall act.", []),
]


@pytest.mark.parametrize(("text", "points"), CORRECTIONS)
def test_a_corrigendum_opens_with_what_it_corrects(text: str, points: list[str]) -> None:
    observations = paper("concluding_observations", "CRPD/C/UTO/CO/1", "One.", "Two.")
    correction = paper("concluding_observations", "CRPD/C/UTO/CO/1/Corr.1", text)
    found = links(correction, observations)
    assert [one.target.removeprefix("CRPD/C/UTO/CO/1#").split("#")[0] for one in found] == points


def test_a_corrigendum_of_replies_answers_no_question() -> None:
    replies = paper("replies_to_list_of_issues", "CRPD/C/UTO/Q/1/Add.1", "One.", "Two.")
    document = made.document("replies_to_list_of_issues", "CRPD/C/UTO/Q/1/Add.1/Corr.1")
    under = made.paragraph(document, "1", "Read two.", section=("2. Paragraph 1",))
    annexed = made.paragraph(document, "2", "Paragraph 1", section=("Annex",), position=3)
    (link,) = links((document, [under, annexed]), replies)
    assert (link.kind, link.target) == ("cites", "CRPD/C/UTO/Q/1/Add.1#1")


def test_nobody_means_a_corrigendum() -> None:
    asking = paper(
        "list_of_issues_prior_to_reporting",
        "CRPD/C/UTO/QPR/2",
        "Please explain (para. 2).",
        date="2021-01-01",
    )
    observations = paper("concluding_observations", "CRPD/C/UTO/CO/1", "One.", "Two.")
    found = [one for one in links(asking, observations, CORRIGENDUM) if "QPR" in one.source]
    assert [(one.target, one.status) for one in found] == [("CRPD/C/UTO/CO/1#2", "resolved")]


def test_a_number_that_an_annex_has_too_is_the_bodys() -> None:
    document, body = paper("general_comment", "CRPD/C/GC/1", "One.", "See para. 1 above.")
    notes = [
        msgspec.structs.replace(
            made.paragraph(document, str(number), text, position=number + 2, kind="annex"),
            id=f"{document.document}#annex-1.{number}",
        )
        for number, text in enumerate(("Other.", "See para. 1 above."), 1)
    ]
    asking = paper("list_of_issues", "CRPD/C/UTO/Q/1", "See CRPD/C/GC/1, para. 2.")
    others = paper("list_of_issues", "CRPD/C/UTO/Q/2", "See annex I to CRPD/C/GC/1, para. 2.")
    found = links((document, [*body, *notes]), asking, others)
    assert {one.source: (one.target, one.status) for one in found} == {
        "CRPD/C/GC/1#2": ("CRPD/C/GC/1#1", "resolved"),
        "CRPD/C/GC/1#annex-1.2": ("CRPD/C/GC/1#annex-1.1", "resolved"),
        "CRPD/C/UTO/Q/1#1": ("CRPD/C/GC/1#2", "resolved"),
        "CRPD/C/UTO/Q/2#1": ("CRPD/C/GC/1#annex-1.2", "resolved"),
    }


def test_a_question_that_is_repeated_speaks_of_the_report() -> None:
    document = made.document("replies_to_list_of_issues", "CRPD/C/UTO/Q/1/Add.1")
    texts = [(None, "Please explain (para. 2)."), ("1", "See para. 2 below."), ("2", "Law.")]
    answers = [
        made.paragraph(document, number, text, position=at)
        for at, (number, text) in enumerate(texts, 1)
    ]
    found = {one.source: one.target for one in links((document, answers), REPORT)}
    assert found == {
        "CRPD/C/UTO/Q/1/Add.1#p1": "CRPD/C/UTO/1#2",
        "CRPD/C/UTO/Q/1/Add.1#1": "CRPD/C/UTO/Q/1/Add.1#2",
    }


ASKED = [
    ("The State party should define torture.", "The State party should"),
    ("In the light of article 1, the State party must define it.", "the State party must"),
    ("El Estado parte debe investigar los hechos.", "El Estado parte debe"),
    ("L’État partie devrait :\na) Modifier la loi.", "L’État partie devrait"),
    ("The Committee recommends that the State party define it.", "recommends"),
    ("The Committee is concerned that, by law, the State party must pay.", None),
    ("Le Comité constate que, selon la loi, l’État partie doit payer.", None),
    ("Preocupa al Comité que el Estado parte debe pagar.", None),
    ("The law of the State party should apply to all.", None),
]


@pytest.mark.parametrize(("text", "evidence"), ASKED)
def test_what_makes_a_recommendation(text: str, evidence: str | None) -> None:
    span = concerns.recommends(text)
    assert (text[slice(*span)] if span else None) == evidence


CONCERNS = [
    "The Committee is concerned at this.",
    "Preocupa al Comité el hacinamiento.",
    "Inquieta profundamente al Comité esta sentencia.",
    "Le Comité constate avec préoccupation que rien ne change.",
    "Le Comité demeure préoccupé par cette situation.",
]


@pytest.mark.parametrize("concern", CONCERNS)
def test_a_recommendation_that_begins_with_the_state_party_answers_the_concern(
    concern: str,
) -> None:
    observations = paper(
        "concluding_observations", "CAT/C/UTO/CO/1", concern, "The State party should change it."
    )
    (link,) = links(observations)
    assert (link.kind, link.source, link.target, link.explicit) == (
        "recommends_on",
        "CAT/C/UTO/CO/1#2",
        "CAT/C/UTO/CO/1#1",
        False,
    )
