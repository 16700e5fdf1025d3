"""Follow-up reports: under the symbols that they have, and when they came."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "references"))

import made
import pytest

from treatybody.cycle.follow_up import follow_up
from treatybody.cycle.gaps import recommendations
from treatybody.cycle.papers import Papers
from treatybody.references import find, outline, resolve

ASKS = "The Committee requests information, within one year, on measures under paragraph 1 above."


def papers(
    symbol: str, stamp: str, letter: str, *, present: bool = True, lang: str = "en"
) -> Papers:
    """Observations, the State's report under a symbol with a stamp, a letter on it."""
    edition = "" if lang == "en" else f"@{lang}"
    facts: dict[str, object] = {"language": lang, "cycle": "4", "state": "ISL"}
    co = made.document(
        "concluding_observations", "CAT/C/ISL/CO/4", document=f"CAT/C/ISL/CO/4{edition}", **facts
    )
    report = made.document("follow_up_report", symbol, document=f"{symbol}{edition}", **facts)
    note = made.document("follow_up_letter", "CAT/followup/1", **facts | {"cycle": None})
    said = ("On CAT/C/ISL/CO/4.", letter)
    written = [
        (co, [made.paragraph(co, "1", "Do it."), made.paragraph(co, "2", ASKS)]),
        (report, [made.paragraph(report, None, stamp, kind="title", position=1)]),
        (note, [made.paragraph(note, str(n), text) for n, text in enumerate(said, 1)]),
    ]
    kept = [one for one in written if present or one[0] is not report]
    documents = {one.document: one for one, _ in kept}
    found = {one.document: find(one, own) for one, own in kept}
    outlines = {one.document: outline(one, own) for one, own in kept}
    links = resolve(documents, found, outlines)
    return Papers.of(documents, [one for _, own in kept for one in own], links)


REPORTS = [
    # An addendum and a series of its own; stamp, letter and neither say when they came.
    ("CAT/C/ISL/CO/4/Add.1", "Reply\n[Date received: 19 May 2017]", "", "19 May 2017"),
    ("CAT/C/ISL/FCO/4", "Reply\n[Date received: 19 May 2017]", "", "19 May 2017"),
    ("CAT/C/ISL/FCO/4", "Reply", ", received on 20 May 2017", "20 May 2017"),
    ("CAT/C/ISL/FCO/4", "Reply", "", None),
]


@pytest.mark.parametrize(("symbol", "stamp", "said", "received"), REPORTS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_report_that_a_letter_names(
    symbol: str, stamp: str, said: str, received: str | None, lang: str
) -> None:
    letter = f"Regarding paragraph 1 of the concluding observations, see {symbol}{said}."
    known = papers(symbol, stamp, letter, lang=lang)
    edition = "" if lang == "en" else f"@{lang}"
    (report,) = follow_up(known, f"CAT/C/ISL/CO/4{edition}").reports
    assert (report.symbol, report.document) == (symbol, f"{symbol}{edition}")
    assert report.received == received


def test_a_report_that_is_not_in_the_corpus_is_named() -> None:
    letter = "Regarding paragraph 1 of the concluding observations, see CAT/C/ISL/FCO/4, para. 3."
    known = papers("CAT/C/ISL/FCO/4", "Reply", letter, present=False)
    (report,) = follow_up(known, "CAT/C/ISL/CO/4").reports
    assert (report.symbol, report.document, report.received) == ("CAT/C/ISL/FCO/4", None, None)


def test_a_report_on_other_observations_is_none_of_these() -> None:
    letter = "Regarding paragraph 1 of the concluding observations, see CAT/C/ISL/FCO/3."
    known = papers("CAT/C/ISL/FCO/4", "Reply", letter, present=False)
    assert follow_up(known, "CAT/C/ISL/CO/4").reports == []


def test_a_stamp_may_stand_among_the_headings() -> None:
    known = papers("CAT/C/ISL/FCO/4", "Réponse", "Regarding paragraph 1, see CAT/C/ISL/FCO/4.")
    report = known.documents["CAT/C/ISL/FCO/4"]
    section = ("Renseignements reçus", "[Date de réception : 20 octobre 2014]", "Introduction")
    first = made.paragraph(report, "1", "Voici.", section=section, position=2)
    (found,) = follow_up(
        Papers.of(known.documents, [*known.paragraphs.values(), first], known.links),
        "CAT/C/ISL/CO/4",
    ).reports
    assert found.received == "20 octobre 2014"


PROCEDURE = [
    ("C. Suite donnée aux observations finales", False),
    ("Mise en œuvre des observations finales", False),
    ("Presentación del próximo informe", False),
    ("Accès à la justice", True),
]


@pytest.mark.parametrize(("heading", "counted"), PROCEDURE)
def test_requests_under_procedural_headings_are_no_recommendations(
    heading: str, counted: bool
) -> None:
    co = made.document("concluding_observations", "CAT/C/ISL/CO/4", language="fr")
    text = "Le Comité prie l’État partie de lui communiquer des renseignements."
    one = made.paragraph(co, "1", text, section=(heading,))
    known = Papers.of({co.document: co}, [one], [])
    assert bool(recommendations(known, co.document)) is counted
