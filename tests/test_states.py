from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatybody import states, tables
from treatybody.states import by_code, find, matches, nearest

NAMES = [
    ("PER", "PER"), ("per", "PER"), ("Perú", "PER"), ("Pérou", "PER"), ("peru", "PER"),
    ("peruvian", "PER"), ("Peruana", "PER"), ("péruvienne", "PER"), ("秘鲁", "PER"),
    ("Перу", "PER"), ("بيرو", "PER"), ("República del Perú", "PER"),
    ("Bolivia", "BOL"), ("Bolivia (Plurinational State of)", "BOL"),
    ("Plurinational State of Bolivia", "BOL"), ("Bolivia (Estado Plurinacional de)", "BOL"),
    ("Viet Nam", "VNM"), ("Vietnam", "VNM"), ("Türkiye", "TUR"), ("Turkey", "TUR"),
    ("Republic of Korea", "KOR"), ("South Korea", "KOR"), ("République de Corée", "KOR"),
    ("Democratic People's Republic of Korea", "PRK"), ("DPRK", "PRK"), ("North Korea", "PRK"),
    ("Czechia", "CZE"), ("Czech Republic", "CZE"), ("North Macedonia", "MKD"),
    ("The former Yugoslav Republic of Macedonia", "MKD"), ("Eswatini", "SWZ"),
    ("Swaziland", "SWZ"), ("Cabo Verde", "CPV"), ("Cape Verde", "CPV"),
    ("Côte d’Ivoire", "CIV"), ("COTE D'IVOIRE", "CIV"), ("Ivory Coast", "CIV"),
    ("Congo", "COG"), ("Democratic Republic of the Congo", "COD"), ("Niger", "NER"),
    ("Nigerian", "NGA"), ("Nigerien", "NER"), ("India", "IND"), ("The Netherlands", "NLD"),
    ("Netherlands (Kingdom of the)", "NLD"), ("Dutch", "NLD"), ("Holy See", "VAT"),
    ("State of Palestine", "PSE"), ("European Union", "EU"), ("Unión Europea", "EU"),
    ("United Kingdom", "GBR"), ("UK", "GBR"), ("United States of America", "USA"),
    ("États-Unis", "USA"), ("Russian Federation", "RUS"), ("Россия", "RUS"),
    ("Iran (Islamic Republic of)", "IRN"), ("Syrian Arab Republic", "SYR"),
    ("Lao People’s Democratic Republic", "LAO"), ("Laos", "LAO"), ("Timor-Leste", "TLS"),
    ("Royaume du Maroc", "MAR"), ("Республика Казахстан", "KAZ"), ("جمهورية بيرو", "PER"),
    ("Republic of Moldova", "MDA"), ("Hong Kong, China", "HKG"), ("Myanmar", "MMR"),
    ("Peruvians", "PER"),
    ("peruanos", "PER"),
    ("Guinea-Bissau", "GNB"), ("Guinea", "GIN"), ("Papua New Guinea", "PNG"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_find(name, code):
    found = find(name)
    assert found is not None
    assert found.code == code


SEVERAL = [("Korea", ["KOR", "PRK"]), ("Congolese", ["COD", "COG"]), ("Dominican", ["DMA", "DOM"])]


@pytest.mark.parametrize(("name", "codes"), SEVERAL)
def test_what_several_states_are_called_finds_none_alone(name, codes):
    assert find(name) is None
    assert [state.code for state in matches(name)] == codes


@pytest.mark.parametrize("name", ["", "Republic of China", "Narnia", "(", "()", "the", "migrant"])
def test_not_a_state(name):
    assert find(name) is None


def test_all_members_have_a_name_in_each_language():
    members = [row for row in tables.load("states") if row["kind"] == "member"]
    assert len(members) == 193
    for row in tables.load("states"):
        assert all(row[language] for language in states.LANGUAGES), row["code"]


def test_each_short_name_finds_its_state():
    for row in tables.load("states"):
        for name in [row["code"], row["formal"], *(row[one] for one in states.LANGUAGES)]:
            assert not name or find(name) == by_code(row["code"]), name


def test_nearest():
    assert nearest("Kazakstan")[0] == "Kazakhstan"
    assert nearest("Perou")[0] == "Peru"
    assert nearest("qqqqqqqq") == []


@given(st.text())
def test_never_raises(text):
    matches(text)
    by_code(text)


def test_the_names_that_files_carry_find_the_state_of_the_symbol():
    folder = next(
        (up / "shared/corpora/crpd-pdf" for up in Path(__file__).resolve().parents
         if (up / "shared/corpora/crpd-pdf").is_dir()),
        None,
    )  # fmt: skip
    if folder is None:
        pytest.skip("needs ../shared/corpora/crpd-pdf, which is not here")
    for file in folder.glob("*.pdf"):
        name = file.name.replace("European_Union", "European Union").split("_")[0]
        assert find(name) == by_code(file.name.split("_CRPD_C_")[1].split("_")[0]), name
