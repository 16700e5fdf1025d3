"""Every refused query: the message, and the place that is marked (between « and »)."""

from __future__ import annotations

import time

import pytest

from treatybody.errors import QueryError, UsageError
from treatybody.query.parser import LONGEST, parse
from treatybody.query.regexes import check

TABLE = [
    # nothing to search for
    ("«»", "there is no word in this query"),
    ("«   »", "there is no word"),
    ("«;!?»", "there is no word"),
    ("«\u200f»", "there is no word"),
    ('«""»', "there is no word between these quotes"),
    ('x «"..."»', "there is no word between these quotes"),
    ('«"* *"»', "nothing but * stands between these quotes"),
    ('x «"* * **"~3»', "put a word in, or write * without quotes for every paragraph"),
    ("x «()»", "nothing between these brackets"),
    # quotes and brackets
    ('«"suspensive effect»', "this quote is never closed; add a closing quote"),
    ('"a b" «"»', "this quote is never closed"),
    ("«“suspensive effect»", "this quote is never closed"),
    ("«(a OR b»", "this bracket is never closed; add a closing bracket"),
    ("a OR b«)»", "this bracket closes nothing"),
    ("«)»", "this bracket closes nothing"),
    # operators
    ("expuls* «NEAR/10»", "NEAR/10 needs something on its right"),
    ("«NEAR/10» expuls*", "NEAR/10 needs something on its left"),
    ("a «NEAR» b", "NEAR needs a number of words, such as NEAR/10"),
    ("a «NEAR/» b", "NEAR needs a number"),
    ("a «NEAR/x» b", "NEAR needs a number"),
    ("a «NEAR/0» b", "must be from 1 to 200"),
    ("a «ADJ/999» b", "must be from 1 to 200"),
    ("a «NEAR/2» NEAR/3 b", "NEAR/2 needs something on its right"),
    ("a «NEAR/2» NOT b", "NEAR/2 needs something on its right"),
    ("a «NEAR/2» -b", "NEAR/2 needs something on its right"),
    ("«(migrant worker)» NEAR/2 x", "put several words in quotes"),
    ("x NEAR/2 «state:PER»", "joins words, phrases, wildcards"),
    ("x NEAR/2 «section:y»", "joins words, phrases, wildcards"),
    ("«(x OR state:PER)» NEAR/2 y", "joins words, phrases, wildcards"),
    ("«*» NEAR/2 y", "joins words, phrases, wildcards"),
    ("«-x NEAR/2» y", "write NOT (... NEAR/2 ...)"),
    ("a «AND»", "AND needs something on its right; to search the word write it in small"),
    ("«AND» a", "AND needs something on its left"),
    ("«OR» a", "OR needs something on its left"),
    ("a «OR»", "OR needs something on its right"),
    ("a «OR» OR b", "OR needs something on its right"),
    ("a «AND» OR b", "AND needs something on its right"),
    ("(a «OR») b", "OR needs something on its right"),
    ("«NOT»", "NOT needs something on its right"),
    ("a «NOT» OR b", "NOT needs something on its right"),
    ("a «-»NOT b", "- needs something on its right"),
    ("«--»x", "write one -"),
    # fuzzy words, slop, regular expressions
    ("«migrant~3»", "write ~1 or ~2"),
    ("«migrant~0.8»", "write ~1 or ~2"),
    ("«migr*nt~1»", "a wildcard and ~ can't stand in one word"),
    ("«C/PER~1»", "~ works on a single word"),
    ("«ab~1»", "three letters"),
    ('«"a b"~»', "write how many words more"),
    ('«"a b"~x»', "write how many words more"),
    ('«"a b"~900»', "at most ~100"),
    ("«/abc»", "ends with /"),
    ("«/abc» def/", "no space"),
    ("«/a(b/»", "can't be read"),
    ("«/a*+/»", "a + can't stand behind another repetition"),
    ("«/(a{30}){30}{3}/»", "can't be read: multiple repeat"),
    ("«/((a{30}){30}){30}/»", "counts too far in its repetitions"),
    ("«/((((){30}){30}){30}){30}/»", "counts too far in its repetitions"),
    (r"«/(a)\1/»", "is not allowed"),
    ("«/a(?=b)/»", "groups that begin with (?"),
    ("«/(?i)a/»", "groups that begin with (?"),
    ("«/a{1000}/»", "not a count of 30 or less"),
    ("«/" + "a" * 101 + "/»", "longer than 100"),
    ("«a*b*c*d*e*»", "at most 4 *"),
    ('x «"a*b*c*d*e* x"»', "at most 4 *"),
    ("«*-a*-b*-c*-d*»", "at most 4 *"),
    # fields
    ("«contry:»PER", "unknown field `contry`: did you mean `state`?"),
    ("«country:»PER", "did you mean `state`?"),
    ("«satte:»PER", "did you mean `state`"),
    ("«paragraph:»3", "did you mean `para`?"),
    ("«foo:»bar", "the fields are state, type"),
    ("«https://undocs.org/CMW/C/PER/CO/1»", "a web address can't be searched"),
    ("«state:»", "needs its value right after the colon, such as state:PER"),
    ("x «state:» PER", "needs its value right after the colon"),
    ("(«state:»)", "needs its value right after the colon"),
    ("«section:» data", "needs its value right after the colon"),
    ("«section:»-x", "needs a word, a phrase or a bracket"),
    ("section:(«state:PER»)", "state: can't stand inside section:(...)"),
    ("note:(«*»)", "* alone can't stand inside note:(...); note:* finds paragraphs"),
    ('section:(x OR «"*"»)', "* alone can't stand inside section:"),
    ("has:«nope»", "unknown part of a paragraph `nope`"),
    ("state:«Prou»", "unknown State `Prou`: did you mean `Peru`"),
    ("state:PER,«Xyzzyq»", "unknown State `Xyzzyq`"),
    ("state:«Korea»", "can mean several States: KOR (Republic of Korea), PRK"),
    ("type:«concluding»", "unknown type of document `concluding`: did you mean `CO`?"),
    ("type:«XX»", "unknown type of document `XX`"),
    ("type:CO«,» LOI", "a value of type: is missing"),
    ("state:«(PER»", "this bracket is never closed"),
    ("state:(«PER AND CHL»)", "only OR or commas"),
    ("committee:«CMV»", "did you mean `CMW`"),
    ("kind:«tabel»", "did you mean `table`?"),
    ("language:«Klingon»", "unknown language `Klingon`"),
    ("symbol:«*/PER»", "only at the end"),
    ("document:«CMW/*»", "takes a whole key"),
    ("session:«last»", "is not a session"),
    ("cycle:«second»", "is not the number of a report"),
    ("article:«twelve»", "is not an article"),
    ('article:«"Foo 3"»', "unknown treaty `Foo`"),
    ("article:«9..3»", "is not a range of articles"),
    ("year:«15»", "is not a year"),
    ("year:«2020..2015»", "runs backwards"),
    ("date:«2015-13»", "is not a date; write 2015, 2015-04 or 2015-04-23"),
    ("date:«2015-02-30»", "is not a date"),
    ("date:«2018..2015»", "runs backwards"),
    ("para:«33-35»", "`33-35` is no range here; write para:33..35"),
    ("year:«2015–2020»", "write year:2015..2020"),
    ("date:«2015-2020»", "write date:2015..2020"),
    ("article:«16-22»", "write article:16..22"),
    ('article:«"arts. 16-22"»', "write article:16..22"),
    ('article:«"ICRMW 16-22"»', 'write article:"ICRMW 16..22"'),
    ("session:«22-39»", "write session:22..39"),
    ("year:«>=2015»", "write year:2015.. (the end is included)"),
    ("date:«<2015-04»", "write date:..2015-04"),
    ("state:«Costa Rica» asylum", 'write state:"Costa Rica"'),
    ("(state:«Côte d'Ivoire»)", 'write state:"Côte d\'Ivoire"'),
    ("type:«concluding observations»", 'write type:"concluding observations"'),
    ("state:PER,«Costa Rica»", 'write state:"Costa Rica"'),
    ('"foo bar"«*»', "a wildcard stands inside the quotes"),
    ("date:«..»", "needs a value on one side"),
    ("para:«35(f)»", "is not a paragraph number"),
    ("para:«9..3»", "runs backwards"),
    ("query:«nowhere»", "there is no saved query `nowhere`"),
    ("query:«asylm»", "did you mean `asylum`?"),
    ("query:«circle»", "goes in a circle: circle -> circle"),
    ("query:«wrong»", "the saved query `wrong` is at fault at `(a`"),
    # limits
    ("(" * 40 + "«(»" + "(" * 10 + "a" + ")" * 51, "40 deep"),
    ("NOT " * 40 + "«NOT» a", "40 deep"),
    ("«" + "a-" * 30 + "a»", "more than 20 parts"),
    # places after hidden and composed characters
    ("e\u0301 \u00ad«contry:»x", "did you mean `state`?"),
]
SAVED = {"asylum": "asylum", "circle": "query:circle", "wrong": "(a"}


def refused(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(text, saved=SAVED)
    return caught.value


@pytest.mark.parametrize(("marked", "message"), TABLE)
def test_errors(marked: str, message: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    error = refused(text)
    assert message in str(error)
    shown = f"{text[: error.start]}«{text[error.start : error.end]}»{text[error.end :]}"
    assert shown == marked
    assert error.query == text


def test_too_long() -> None:
    assert f"can have {LONGEST} characters" in str(refused("a" * (LONGEST + 1)))


def test_too_many_words() -> None:
    assert "can have 1000 words" in str(refused("a " * 1001))


def test_too_many_words_in_saved_queries() -> None:
    saved = {"a": "query:b " * 900, "b": "query:c " * 900, "c": "x " * 900}
    began = time.perf_counter()
    with pytest.raises(QueryError, match="1000 words"):
        parse("query:a", saved=saved)
    assert time.perf_counter() - began < 5


def test_too_many_near_in_a_row() -> None:
    assert "too many NEAR in a row" in str(refused("a NEAR/1 " * 60 + "b"))


@pytest.mark.parametrize(
    "pattern",
    [
        "re-?integrat.*",
        "[a-z]+ing",
        "(in|de)tention",
        "(re)?integration",
        r"\d{4}",
        "a.c|b",
        "[]a]b",
    ],
)
def test_regular_expressions_that_are_let_through(pattern: str) -> None:
    assert check(pattern) == pattern


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("state", "Prou", "--state: unknown State `Prou`: did you mean `Peru`"),
        ("since", "soon", "--since: `soon` is not a date"),
        ("article", "x", "--article: `x` is not an article"),
        ("section", '"a', "--section: this quote is never closed"),
        ("section", "a) OR (b", "--section: `a) OR (b` is not words of one section"),
        ("colour", "red", "there is no filter called colour"),
    ],
)
def test_wrong_options(option: str, value: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse("x", filters={option: value})
    assert message in str(caught.value)
