from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatybody.index import analysis
from treatybody.index.analysis import MARK, words

WORDS = [
    ("migrant workers", ["migrant", "workers"]),
    ("non-governmental", ["non", "-governmental"]),
    ("non‑governmental", ["non", "-governmental"]),
    ("28 March–8 April", ["28", "march", "-8", "april"]),
    ("word—word", ["word", "word"]),
    ("a - b", ["a", "b"]),
    ("CMW/C/PER/CO/1", ["cmw", "/c", "/per", "/co", "/1"]),
    ("CMW/C/SR.577", ["cmw", "/c", "/sr", ".577"]),
    ("A/61/48/Add.3", ["a", "/61", "/48", "/add", ".3"]),
    ("the State party’s report", ["the", "state", "party", "'s", "report"]),
    ("workers' rights", ["workers", "rights"]),
    ("party\u02bcs", ["party", "'s"]),
    ("l’État", ["l", "'etat"]),
    ("7,210 persons", ["7,210", "persons"]),
    ("1.250.000 personas", ["1.250.000", "personas"]),
    ("paras. 31,33", ["paras", "31", ",33"]),
    ("para. 24.1.", ["para", "24.1"]),
    ("20 per cent", ["20", "per", "cent"]),
    ("art. 16 (1) (a)", ["art", "16", "1", "a"]),
    ("No. 003-2023-DRC/RENIEC", ["no", "003", "-2023", "-drc", "/reniec"]),
    ("effect.The", ["effect", ".the"]),
    ("e.g. U.N.", ["e", ".g", "u", ".n"]),
    ("MUÑOZ Ceriani", ["munoz", "ceriani"]),
    ("e\u0301tat", ["etat"]),
    ("gov\u00adernment", ["government"]),
    ("йод ёлка", ["йод", "елка"]),
    ("حُقُوقُ الإنسان", ["حقوق", "الانسان"]),
    ("难民权利", ["难", "民", "权", "利"]),
    ("第18条", ["第", "18", "条"]),
    ("٢٠ في المائة", ["20", "في", "الماية"]),
    ("12:30", ["12", ":30"]),
    ("x@ohchr.org", ["x", "@ohchr", ".org"]),
    ("ﬁnal", ["final"]),
    ("½ of 2½", ["½", "of", "2½"]),
    ("हिन्दी भाषा।", ["हिन्दी", "भाषा"]),
    ("...", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words(text: str, expected: list[str]) -> None:
    assert [word.join + word.text for word in words(text)] == expected


def test_offsets_are_of_the_text_as_it_stands() -> None:
    text = "The “non‑governmental” État."
    assert [text[w.start : w.end] for w in words(text)] == ["The", "non", "governmental", "État"]


def test_exact_terms_of_a_joined_run() -> None:
    found = sorted(analysis.exact_terms(words("of non-state")), key=lambda pair: pair[1])
    assert found == [
        ("of", 0),
        ("non", 1),
        ("non-state", 1),
        ("state", 2),
        (MARK + "state", 2),
        (MARK + "-state", 2),
    ]


def test_a_number_stands_as_printed_and_plain() -> None:
    assert list(analysis.exact_terms(words("7,210"))) == [("7,210", 0), ("7210", 0)]


STEMS = [
    ("en", "expulsions expelled", ["en:expuls", "en:expel"]),
    ("es", "educación educaciones educacion", ["es:educ"] * 3),
    ("fr", "réfugiée refugies", ["fr:refug"] * 2),
    ("ru", "мигрантов мигрант", ["ru:мигрант"] * 2),
    ("de", "Rechte", ["de:rechte"]),
    ("en", "7,210", ["en:7210"]),
    ("zh", "难民权利", ["zh:难民", "zh:民权", "zh:权利"]),
    ("zh", "难 民", ["zh:难", "zh:民"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), STEMS)
def test_stems(language: str, text: str, expected: list[str]) -> None:
    assert [term for term, _ in analysis.stem_terms(words(text), language)] == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [("a", 1), ("non-governmental", 2), ("cmw/c/per/co/1", 5), ("7,210", 1), ("party's", 2)],
)
def test_width(term: str, expected: int) -> None:
    assert analysis.width(term) == expected


HOSTILE = [
    "1." * 50_000 + "x",
    "1,111" * 20_000,
    "a-" * 50_000,
    "क" * 50_000 + "\u0f80",
    "'" * 50_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_take_no_more_than_their_time(text: str) -> None:
    started = time.process_time()
    found = words(text)
    list(analysis.exact_terms(found))
    assert time.process_time() - started < 5


@given(st.text(max_size=80))
def test_any_text_has_words_in_order_that_do_not_overlap(text: str) -> None:
    found = words(text)
    assert all(word.text and word.start < word.end for word in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for language in ("en", "ar", "zh", "xx"):
        terms = list(analysis.stem_terms(found, language))
        assert all(0 <= position < len(found) for _, position in terms)
    assert {position for _, position in analysis.exact_terms(found)} == set(range(len(found)))


@given(st.text(min_size=1, max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    for word in words(text):
        again = words(word.text)
        assert [part.text for part in again] == [word.text]


def test_western_letters_need_no_other_rules() -> None:
    """The pattern for texts in Windows-1252 finds what the one for all scripts does."""
    characters = bytes(range(256)).decode("cp1252", "ignore")
    every, plain = analysis._any_word(), 0
    for one in characters:
        for text in (one, f"a{one}b", f"1{one}200", f"é{one}’{one}", f"1.{one}5", f"{one}{one}x"):
            found = analysis.pattern(text)
            plain += found is analysis.plain_word()
            assert [m.span() for m in found.finditer(text)] == [
                m.span() for m in every.finditer(text)
            ], text
    assert plain > 1000
    for text in ("Perú 難民", "a\u00adb", "йод", "a\u0301"):
        assert analysis.pattern(text) is every
