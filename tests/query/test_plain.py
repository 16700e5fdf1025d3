"""What is understood without the parser is understood as the parser does."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from treatybody import states, tables
from treatybody.errors import TreatybodyError
from treatybody.query import plain, synonyms
from treatybody.query.parser import parse

TYPES = [row["type"] for row in tables.load("document_types")]
SHORTS = [row["short"] for row in tables.load("document_types") if row["short"]]
VALUES = {
    "type": [*TYPES, *SHORTS, "", "co", "types", "CO,LOI", "decision\n"],
    "state": [*(row["code"] for row in tables.load("states")), "per", "Peru", "PER\tmember"],
    "committee": [*(row["code"] for row in tables.load("committees")), "ICRMW", "cmw"],
    "language": ["en", "fr", "es", "ar", "ru", "zh", "de", "English", "EN"],
    "since": ["2015", "2015-02", "2015-02-28", "2015-02-30", "2015-13", "15", "2015-", "today"],
    "article": ["58"],
    "speaker": ["Ceriani"],
}
VALUES["until"] = VALUES["since"]
DATES = ["-".join(parts) for parts in product(("1900", "2024", "2099"), ("01", "12"), ("01", "28"))]
CODES = [(name, value) for name, values in VALUES.items() for value in values]
FORMS = sorted({form for row in tables.load("synonyms") for form in row["forms"]})
WORDS = ["detention", "7210", "the", "AND", "or", "Near", "a-b", "Muñoz", "party", "*", "", " a"]


def the_same(text: str, filters: dict[str, str], with_synonyms: bool = True) -> bool:
    """Whether it was taken; what is taken must be what the parser reads, without a note."""
    found = plain.tree(text, filters, synonyms=with_synonyms)
    if found is not None:
        query = parse(text, filters=filters, synonyms=with_synonyms)
        assert (found, ()) == (query.tree, query.notes)
    return found is not None


@pytest.mark.parametrize("name, value", CODES, ids=str)
def test_each_value(name: str, value: str) -> None:
    the_same("detention", {name: value})


@pytest.mark.parametrize("value", DATES)
def test_dates_are_taken(value: str) -> None:
    assert the_same("detention", {"since": value, "until": value})


def test_codes_are_taken() -> None:
    assert all(the_same("detention", {"type": value}) for value in (*TYPES, *SHORTS))
    taken = [
        row["code"] for row in tables.load("states") if the_same("law1", {"state": row["code"]})
    ]
    assert len(taken) == len(tables.load("states"))
    assert states.by_code("PER") is not None
    assert the_same("detention", {"committee": "CMW", "language": "es", "state": "PER"})


@pytest.mark.parametrize("form", FORMS)
def test_what_has_synonyms_is_left_to_the_parser(form: str) -> None:
    for part in form.split():
        folded = synonyms._without_accents(part)
        for word in {part, folded, f"{folded}s", f"{folded[:-1]}ies", part.upper()}:
            the_same(word, {})
    assert not the_same(form, {})
    assert not the_same(synonyms._without_accents(form).upper(), {})


def test_most_words_are_taken() -> None:
    assert the_same("detention", {}) and the_same("Statelessness", {}) and the_same("7210", {})
    assert not the_same("ICRMW", {}) and the_same("ICRMW", {}, with_synonyms=False)


@given(
    st.one_of(
        st.sampled_from(WORDS),
        st.text(max_size=6),
        st.text("abcdeORNTADJ019-*?~:/\"'é ", max_size=7),
        st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=70),
    ),
    st.dictionaries(st.sampled_from([*VALUES]), st.text("2015-/01PERCOen ", max_size=10)),
    st.booleans(),
)
@example("detention", {}, True)
def test_any_text(text: str, filters: dict[str, str], with_synonyms: bool) -> None:
    try:
        the_same(text, {name: value for name, value in filters.items() if value}, with_synonyms)
    except TreatybodyError as refused:
        raise AssertionError(f"taken, but refused by the parser: {refused}") from refused
