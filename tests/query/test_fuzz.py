"""No text whatever raises anything but QueryError; every tree can be written and read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from treatybody.errors import QueryError
from treatybody.query.parser import LONGEST, Query, parse
from treatybody.query.unparse import unparse

TODAY = date(2024, 12, 5)
SAVED = {"asylum": "asylum OR refugees", "circle": "query:circle", "wrong": "(a", "the": "of the"}

_WRITTEN = (
    '" ( ) - -( * ? ~ ~1 ~2 ~9 / /a+/ /(a+)+/ /\\/ .. , ; : :: . + ! && || ^2 – — … \\ [ ] { } '
    "| # % = "
    "“ ” „ « » ‘ ’ ' 「 」 （ ） ： ？ ＊ "
    "AND OR NOT NEAR NEAR/3 NEAR/0 NEAR/x ADJ/2 ADJ near/3 and or not to the of "
    "state: state:PER state:Perú state:(PER type:CO type:CO,LOI committee:ICRMW contry:x "
    "https://x.org "
    "section: section:( note: speaker: speaker:Ceriani article:58 article:16(1) article:8..10 "
    "cites:CMW/C/PER/CO/1 symbol:C/* document:x@es kind:all language:es session:22nd cycle:2-3 "
    "date:2015.. date:2015-04..2016 date:today-90d date:2015-02-30 year:2015 year:2020..2015 "
    "para:31..33 para:24.1 query:asylum query:circle query:wrong query:the query:none "
    "migrants workers expuls* *ment wom?n detntion~ detntion~1 non-governmental C/PER CMW/C/SR.577 "
    "7,210 1,250.5 24.1 10:30 State's l'État state party parties IDP internally displaced person "
    "Act No. 28950 law 28950 ILO No. 189 right to health organization a-b-c "
    "移徙工人 难民 трудящихся العمال \u0627\u064e é e\u0301 ı İ ß ﬁ ᾳ K Ω \u0958 İ "
    "\x00 \x07 \x1f \x7f \u00a0 \u00ad \u200b \u200e \u200f \u202e \u2011 \u2028 "
    "\ufeff \ud800 \udfff \ufffe"
)
FRAGMENTS = _WRITTEN.split(" ")

pieces = st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=3))
queries = st.lists(st.tuples(pieces, st.sampled_from(["", " ", " ", " "])), max_size=14).map(
    lambda found: "".join(text + space for text, space in found)
)
FEW = settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(text: str, synonyms: bool = True) -> Query | None:
    """The query, or None when the parser refuses it as it should."""
    try:
        return parse(text, today=TODAY, saved=SAVED, synonyms=synonyms)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(text)
        assert len(str(error)) > 10
        return None


@given(queries)
@example('"')
@example("(" * 5000)
@example("NOT " * 2000)
@example("a NEAR/1 " * 1000 + "b")
@example("-" * 9999)
@example("a-" * 4999 + "a")
@example("a" * LONGEST)
@example("a " * 5000)
@example("a" * (LONGEST + 1))
@example("the of and")
@example("\x00")
@example("\u202emigrants\u202c")
@example("migrants \ud800 workers")
@example("/" + "(" * 90 + "/")
@example("state:" + "PER," * 400 + "PER")
@FEW
def test_only_query_errors(own_synonyms: None, text: str) -> None:
    query = read(text)
    if query is not None:
        assert unparse(query.tree)


@given(st.text(max_size=60))
@FEW
def test_only_query_errors_on_any_text(text: str) -> None:
    read(text)


@given(queries, st.booleans())
@example("state of party", True)
@example("state party migrants", True)
@example("non ADJ/1 governmental", True)
@example("sub-IDP NEAR/3 camp", True)
@example("İ", True)
@example("the of", True)
@example("the state:PER", True)
@example("NOT (state party)", True)
@example("section:(state party OR IDP)", True)
@example("right to health", True)
@example("non-governmental organization", True)
@FEW
def test_trees_can_be_written_and_read_again(own_synonyms: None, text: str, synonyms: bool) -> None:
    query = read(text, synonyms)
    if query is None:
        return
    written = unparse(query.tree)
    again = read(written, synonyms)
    assert again is not None and again.tree == query.tree, written


@pytest.mark.parametrize(
    "text",
    [
        "migrants\u200f",
        "\u202bmigrants\u202c",
        "\x00migrants\x00",
        "mi\u00adgrants",
        "\ufeffmigrants",
    ],
)
def test_hidden_characters_change_nothing(text: str) -> None:
    assert parse(text).tree == parse("migrants").tree
