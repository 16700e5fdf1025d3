"""The page on the query language: its examples parse, it is complete, and it ships."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from treatybody import tables
from treatybody.query.parser import DEEPEST, FARTHEST, LONGEST, MOST_TERMS, parse

PAGE = (files("treatybody") / "data" / "help" / "query.md").read_text(encoding="utf-8")
EXAMPLES = [
    re.split(r"\s{2,}|(?<=bs) ", line.strip())[0]
    for line in PAGE.splitlines()
    if line.startswith("    ")
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_parses_without_a_word(example: str) -> None:
    query = parse(example, saved={"NAME": "asylum"})
    assert all("too common" in note for note in query.notes)


def test_every_field_has_an_example() -> None:
    names = {row["name"] for row in tables.settings("query_fields")["field"]}
    assert names == {name for name in names if any(f"{name}:" in one for one in EXAMPLES)}


def test_every_example_of_the_field_table_parses() -> None:
    for row in tables.settings("query_fields")["field"]:
        parse(row["example"], saved={"NAME": "asylum"})


def test_every_type_is_named() -> None:
    assert all(
        row["short"] in PAGE
        for row in tables.load("document_types")
        if row["short"] not in ("OTHER", "DEC")
    )


def test_the_limits_are_true() -> None:
    for limit in (f"{LONGEST:,} characters", f"{MOST_TERMS:,} words", f"{DEEPEST} deep"):
        assert limit in PAGE
    assert f"reach {FARTHEST}\nwords" in PAGE


def test_the_page_in_docs_is_the_same() -> None:
    page = Path(__file__).parents[2] / "docs" / "query-language.md"
    if not page.is_file():
        pytest.skip("docs/ is not beside the tests")
    assert page.read_text(encoding="utf-8") == PAGE
