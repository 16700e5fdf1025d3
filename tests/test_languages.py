from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatybody import tables
from treatybody.languages import UNKNOWN, detect

TEXTS = [
    ("The Committee recommends that the State party ensure access to the courts.", "en"),
    ("El Comité recomienda al Estado parte que vele por el acceso a los tribunales.", "es"),
    ("Le Comité recommande à l’État partie de garantir l’accès aux tribunaux.", "fr"),
    ("Комитет рекомендует государству-участнику обеспечить доступ к судам.", "ru"),
    ("توصي اللجنة الدولة الطرف بأن تكفل الوصول إلى المحاكم.", "ar"),
    ("委员会建议缔约国确保人人能够诉诸法院。", "zh"),
    ("委员会注意到《残疾人权利公约》(CRPD/C/CHN/CO/1)第12条。", "zh"),
    ("O Comitê recomenda que o Estado Parte assegure o acesso das pessoas aos tribunais", UNKNOWN),
    ("Der Ausschuss empfiehlt dem Vertragsstaat, den Zugang zu den Gerichten", UNKNOWN),
    ("", UNKNOWN),
    ("12 (a) - %", UNKNOWN),
    ("CRPD/C/PER/CO/1", UNKNOWN),
]


@pytest.mark.parametrize(("text", "code"), TEXTS)
def test_detect(text, code):
    assert detect(text)[0] == code


def test_the_share_says_how_mixed_a_text_is():
    english = "The Committee notes that the law is in force and that it was published. " * 3
    spanish = "El Comité observa que la ley está en vigor y que fue publicada por el diario. "
    assert detect(english)[1] > 0.95
    code, share = detect(english + spanish)
    assert code == "en"
    assert 0.5 < share < 0.95


def test_each_script_that_languages_share_has_words():
    rows = tables.load("languages")
    for row in rows:
        shared = sum(other["script"] == row["script"] for other in rows) > 1
        assert bool(row["words"]) == shared, row["code"]


@given(st.text())
def test_any_text(text):
    code, share = detect(text)
    assert code in {"ar", "en", "es", "fr", "ru", "zh", UNKNOWN}
    assert 0 <= share <= 1
    assert (code == UNKNOWN) == (share == 0)


# by reading their first pages; all others of the folder are in English
NOT_ENGLISH = {
    "AUS_CO_2-3": "ar",
    "COL_FCO_1": "es",
    "KAZ_CO_1": "ar",
    "KAZ_Q_1": "es",
    "SDN_1": "ar",
    "SGP_Q_1": "ru",
    "UKR_2-3": "ar",
}


def shared(folder):
    for parent in Path(__file__).resolve().parents:
        if (parent / "shared" / folder).is_dir():
            return parent / "shared" / folder
    pytest.skip(f"needs ../shared/{folder}, which is not here")


def test_the_language_of_every_crpd_file():
    pdfium = pytest.importorskip("pypdfium2")
    for file in sorted(shared("corpora/crpd-pdf").glob("*.pdf")):
        document = pdfium.PdfDocument(file)
        text = "".join(document[at].get_textpage().get_text_range() for at in range(3))
        document.close()
        expected = NOT_ENGLISH.get(file.stem.split("_CRPD_C_")[1], "en")
        assert detect(text)[0] == expected, file.name
