"""Filter options, descriptions and what parsing must not cost."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from treatybody.query.options import and_filters
from treatybody.query.parser import parse
from treatybody.query.tree import And, Everything, Exact, Filter, Node, Phrase, Range, Within
from treatybody.query.unparse import unparse


@pytest.mark.parametrize(
    ("options", "added"),
    [
        ({"type": "CO"}, Filter("type", ("concluding_observations",))),
        ({"type": "CO,LOI"}, Filter("type", ("concluding_observations", "list_of_issues"))),
        ({"state": "Costa Rica"}, Filter("state", ("CRI",))),
        ({"state": "Peru, Chile"}, Filter("state", ("PER", "CHL"))),
        ({"committee": "icrmw"}, Filter("committee", ("CMW",))),
        ({"since": "2015-04"}, Range("date", "2015-04", None)),
        ({"until": "23 April 2015"}, Range("date", None, "2015-04-23")),
        ({"since": "today-1y"}, Range("date", "2023-12-05", None)),
        ({"speaker": "Ceriani"}, Within("speaker", Exact("ceriani"))),
        ({"article": "58"}, Filter("article", ("58",))),
        ({"article": "ICRMW 58"}, Filter("article", ("ICRMW art. 58",))),
        ({"language": "es"}, Filter("language", ("es",))),
    ],
)
def test_an_option_adds_its_fact(options: dict[str, str], added: Node) -> None:
    plain = parse("asylum", synonyms=False)
    found = and_filters(plain, today=date(2024, 12, 5), **options)
    assert found.tree == And((plain.tree, added))


def test_options_join_an_and_and_absent_ones_add_nothing() -> None:
    query = parse("asylum camps", synonyms=False, filters={"state": "PER", "since": ""})
    assert unparse(query.tree) == "asylum AND camps AND state:PER"
    assert and_filters(query, state=None) is query


def test_options_alone() -> None:
    assert parse("", filters={"state": "PER"}).tree == Filter("state", ("PER",))
    assert parse("*", filters={"state": "PER"}).tree == Filter("state", ("PER",))
    assert parse("*").tree == Everything()


def test_several_words_of_a_section() -> None:
    tree = parse("", filters={"section": '"data collection"'}).tree
    assert isinstance(tree, Within) and isinstance(tree.node, Phrase)
    tree = parse("", filters={"section": "data collection"}).tree
    assert isinstance(tree, Within) and isinstance(tree.node, And)


def test_parsing_words_loads_no_heavy_library() -> None:
    code = (
        "import sys; from treatybody.query.parser import parse; parse('migrant state:PER')\n"
        "print([m for m in ('whoosh', 'rapidfuzz', 'babel', 'msgspec', 'Stemmer', 'rich', 'click')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
