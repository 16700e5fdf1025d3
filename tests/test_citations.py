import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatybody.citations import cite, cite_id, match_documents, parse, select, span
from treatybody.errors import CitationError
from treatybody.model import Paragraph, Subparagraph
from treatybody.places import Place


def paragraph(address, number=None, position=1, subparagraphs=(), text="Text."):
    return Paragraph(
        id=address,
        document=address.rpartition("#")[0],
        number=number,
        position=position,
        kind="paragraph",
        section=[],
        text=text,
        subparagraphs=list(subparagraphs),
        footnotes=[],
        table=None,
        speaker=None,
        page=None,
        line=None,
    )


class Facts:
    def __init__(self, symbol):
        self.symbol = symbol


WRITTEN = [
    ("CMW/C/PER/QPR/2#35", "35 (f)", "CMW/C/PER/QPR/2, para. 35 (f)"),
    ("CMW/C/PER/QPR/2#35", "(f)", "CMW/C/PER/QPR/2, para. 35 (f)"),
    ("CMW/C/PER/CO/1#11", "11 (a) (ii)", "CMW/C/PER/CO/1, para. 11 (a) (ii)"),
    ("CMW/C/PER/CO/1#33", None, "CMW/C/PER/CO/1, para. 33"),
    ("CMW/C/PER/CO/1@es#33", None, "CMW/C/PER/CO/1 [es], para. 33"),
    ("CMW/C/SR.577#p18", None, "CMW/C/SR.577, unnumbered, 18th paragraph"),
    ("CMW/followup/29/bs#p5", None, "CMW/followup/29/bs, 5th paragraph"),
    ("CMW/C/PER/2#title", None, "CMW/C/PER/2, title"),
    ("CMW/C/SR.577#x1", None, "CMW/C/SR.577, 1st procedural line"),
    ("CMW/C/PER/2#t2.5", None, "CMW/C/PER/2, table 2, row 5"),
    ("CMW/C/PER/2#annex-1.7", None, "CMW/C/PER/2, annex I, para. 7"),
    ("CMW/C/PER/2#annex-4.p2", None, "CMW/C/PER/2, annex IV, unnumbered, 2nd paragraph"),
    ("FCCC/PA/CMA/2021/10/Add.3#part-3.7", None, "FCCC/PA/CMA/2021/10/Add.3, part 3, para. 7"),
    ("CMW/C/PER/2#annex-1.part-2.7", "(a)", "CMW/C/PER/2, annex I, part 2, para. 7 (a)"),
    ("CMW/C/PER/2#24.1", None, "CMW/C/PER/2, para. 24.1"),
    ("CMW/C/PER/2#7~2", None, "CMW/C/PER/2, para. 7 (2nd so numbered)"),
    ("CMW/C/PER/2#p11", "(b)", "CMW/C/PER/2, unnumbered, 11th paragraph (b)"),
]


@pytest.mark.parametrize(("address", "pinpoint", "citation"), WRITTEN)
def test_cite_and_back(address, pinpoint, citation):
    symbol = address.rpartition("#")[0].partition("@")[0]
    assert cite(paragraph(address), Facts(symbol), pinpoint) == citation
    read = parse(citation)
    assert match_documents(read.document, [address.rpartition("#")[0]])
    labels = pinpoint[pinpoint.find("(") :].replace(" ", "") if pinpoint else ""
    assert [place.fragment for place in read.places] == [address.rpartition("#")[2] + labels]


def test_a_document_without_symbol_has_no_official_numbers():
    assert cite(paragraph("file:letters/x#p3"), Facts(None)) == "file:letters/x, 3rd paragraph"


READ = [
    ("CMW/C/PER/CO/1, para. 33", "CMW/C/PER/CO/1", ["33"]),
    ("PER/CO/1 33", "PER/CO/1", ["33"]),
    ("QPR/2 35(f)", "QPR/2", ["35(f)"]),
    ("QPR/2 35 (f)", "QPR/2", ["35(f)"]),
    ("QPR/2 35f", "QPR/2", ["35(f)"]),
    ("CO/1, paras. 33, 43 and 45", "CO/1", ["33", "43", "45"]),
    ("CMW/C/PER/CO/1#33", "CMW/C/PER/CO/1", ["33"]),
    ("#11(a)(ii)", "", ["11(a)(ii)"]),
    ("CMW/C/PER/CO/1", "CMW/C/PER/CO/1", []),
    ("SR.577 18", "SR.577", ["18"]),
    ("CRC/C/15/Add. 268, para. 3", "CRC/C/15/Add.268", ["3"]),
    ("(CMW/C/PER/CO/1, para. 35 (f))", "CMW/C/PER/CO/1", ["35(f)"]),
    ("S/RES/1325 (2000), para. 3", "S/RES/1325 (2000)", ["3"]),
    ("para. 33", "", ["33"]),
    ("CO/1, párr. 33", "CO/1", ["33"]),
    ("CO/1 第33段", "CO/1", ["33"]),
    ("CMW/C/PER/2, annex 2, para. 7", "CMW/C/PER/2", ["annex-2.7"]),
    ("E/C.12/PER/CO/2-4 12", "E/C.12/PER/CO/2-4", ["12"]),
    ("A/HRC/40/54/Add.1, par. 3 bis", "A/HRC/40/54/Add.1", ["3 bis"]),
    ("CRC/C/BEL/CO/5-6, par. 3 b) ii)", "CRC/C/BEL/CO/5-6", ["3(b)(ii)"]),
    ("(CCPR/C/PER/CO/6, párr. 3 a))", "CCPR/C/PER/CO/6", ["3(a)"]),
    ("CO/6, párrs. 3 a) y 4", "CO/6", ["3(a)", "4"]),
    ("para 33 CMW/C/PER/CO/1", "CMW/C/PER/CO/1", ["33"]),
    ("paragraph 35 (f) of CMW/C/PER/QPR/2", "CMW/C/PER/QPR/2", ["35(f)"]),
    ("paras. 31, 33 and 35, E/C.12/PER/CO/2-4", "E/C.12/PER/CO/2-4", ["31", "33", "35"]),
    ("https://undocs.org/CMW/C/PER/CO/1", "CMW/C/PER/CO/1", []),
    ("undocs.org/en/CMW/C/PER/CO/1, para. 33", "CMW/C/PER/CO/1", ["33"]),
    ("file:reports/Peru 2020#p3", "file:reports/Peru 2020", ["p3"]),
]


@pytest.mark.parametrize(("text", "document", "fragments"), READ)
def test_parse(text, document, fragments):
    citation = parse(text)
    assert citation.document == document
    assert [place.fragment for place in citation.places] == fragments


def test_ranges():
    assert parse("CO/1 31-33").places == (Place("paragraph", "31", last="33"),)
    assert parse("CO/1, paras. 160–64").places == (Place("paragraph", "160", last="164"),)
    first, second = parse("CO/1, paras. 16-19 and 21 (a)-(c)").places
    assert (first.number, first.last) == ("16", "19")
    assert (second.number, second.path, second.last_path) == ("21", ("(a)",), ("(c)",))


def test_a_whole_key_is_not_taken_apart():
    assert parse("file:reports/Peru 2020", keys=["file:reports/Peru 2020"]).places == ()


@pytest.mark.parametrize("text", ["", "   ", "#", "CO/1#(", "CO/1#33)", "x" * 501])
def test_unreadable(text):
    with pytest.raises(CitationError):
        parse(text)


KEYS = [
    "CMW/C/PER/1",
    "CMW/C/PER/CO/1",
    "CMW/C/PER/CO/1/Add.1",
    "CMW/C/PER/CO/1@es",
    "CMW/C/PER/QPR/2",
    "CMW/C/SR.577",
    "CMW/followup/29/bs",
    "CRPD/C/PER/CO/1@fr",
]
MATCHED = [
    ("CMW/C/PER/CO/1", ["CMW/C/PER/CO/1"]),
    ("cmw/c/per/co/1", ["CMW/C/PER/CO/1"]),
    ("PER/CO/1", ["CMW/C/PER/CO/1"]),
    ("CMW/C/PER/CO/1@es", ["CMW/C/PER/CO/1@es"]),
    ("CRPD/C/PER/CO/1", ["CRPD/C/PER/CO/1@fr"]),
    ("SR.577", ["CMW/C/SR.577"]),
    ("577", []),
    ("CO/1/Add.1", ["CMW/C/PER/CO/1/Add.1"]),
    ("PER/1", ["CMW/C/PER/1"]),
    ("followup", ["CMW/followup/29/bs"]),
    ("C/PER", KEYS[:3] + KEYS[4:5]),
    ("", []),
]


@pytest.mark.parametrize(("words", "expected"), MATCHED)
def test_match_documents(words, expected):
    assert match_documents(words, KEYS) == expected


def numbered():
    return [paragraph(f"D/1#{n}", str(n), n) for n in range(1, 6)]


def chosen(text, paragraphs):
    found, notes = select(parse(text).places, paragraphs)
    return [one.id for one, _ in found], notes


def test_select_takes_printed_numbers_as_they_are():
    assert chosen("D/1 2", numbered()) == (["D/1#2"], [])
    assert chosen("D/1 2-4", numbered()) == (["D/1#2", "D/1#3", "D/1#4"], [])
    assert chosen("D/1 9", numbered()) == ([], ["there is no para. 9"])


def test_select_counts_only_where_no_number_is_printed():
    plain = [paragraph(f"D/1#p{n}", None, n) for n in range(1, 4)]
    found, (note,) = chosen("D/1 3", plain)
    assert found == ["D/1#p3"]
    assert "no printed numbers" in note
    assert chosen("D/1, 3rd paragraph", plain) == (["D/1#p3"], [])


def test_select_says_when_a_number_stands_twice():
    doubled = [paragraph("D/1#7", "7", 1), paragraph("D/1#7~2", "7", 2)]
    found, (note,) = chosen("D/1 7", doubled)
    assert found == ["D/1#7"]
    assert "D/1#7~2" in note
    parts = [paragraph("D/1#part-1.7", "7", 1), paragraph("D/1#part-2.7", "7", 2)]
    assert chosen("D/1 7", parts)[0] == ["D/1#part-1.7", "D/1#part-2.7"]
    assert chosen("D/1, part 2, para. 7", parts)[0] == ["D/1#part-2.7"]


def test_span():
    subs = [
        Subparagraph(label="(a)", start=2, end=20, level=1),
        Subparagraph(label="(i)", start=5, end=10, level=2),
        Subparagraph(label="(b)", start=20, end=30, level=1),
        Subparagraph(label="(i)", start=22, end=30, level=2),
    ]
    one = paragraph("D/1#7", "7", subparagraphs=subs, text="x" * 30)
    assert span(one, ("(a)", "(i)")) == (5, 10)
    assert span(one, ("(b)", "(i)")) == (22, 30)
    assert span(one, ()) == (0, 30)
    assert span(one, ("(i)",)) is None
    assert span(one, ("(b)", "(ii)")) is None


labels = st.lists(st.sampled_from(["(a)", "(b)", "(ii)", "(xiv)"]), max_size=2).map("".join)
body = st.one_of(
    st.integers(1, 999).map(str),
    st.tuples(st.integers(1, 99), st.integers(1, 99)).map(lambda pair: f"{pair[0]}.{pair[1]}"),
    st.integers(1, 99).map("p{}".format),
)
within = st.sampled_from(["", "annex-1.", "annex-12.", "part-3.", "annex-2.part-4."])
again = st.sampled_from(["", "~2", "~3"])
counted = st.sampled_from(["title", "x3", "t2.5", "t10.11"])
fragments = st.one_of(
    counted, st.tuples(within, body, again, labels).map(lambda parts: "".join(parts))
)
keys = st.sampled_from([*KEYS, "file:a/b c", "A/66/48", "S/RES/1325 (2000)", "E/C.12/PER/CO/2-4"])


@given(keys, fragments)
def test_every_citation_leads_back(key, fragment):
    address = f"{key}#{fragment}"
    read = parse(cite_id(address))
    assert match_documents(read.document, [key]) == [key]
    assert [place.fragment for place in read.places] == [fragment]
    assert [place.fragment for place in parse(address).places] == [fragment]


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(CitationError):
        parse(text)
    match_documents(text, KEYS)


pieces = st.sampled_from(
    [
        "CO/1",
        "para.",
        "33",
        "(a)",
        "-",
        ",",
        "and",
        "annex",
        "II",
        "table",
        "row",
        "#",
        "~2",
        " ",
        "段",
    ]
)


@given(st.lists(pieces, max_size=12))
def test_the_grammar_s_own_words_in_any_order(parts):
    for text in ("".join(parts), " ".join(parts)):
        with contextlib.suppress(CitationError):
            parse(text)


def test_labels_with_half_a_bracket_are_cited_and_found_like_others():
    part = Subparagraph(label="b)", start=0, end=5, level=1)
    one = paragraph("CO/6@es#3", "3", subparagraphs=[part], text="b) Y.")
    assert cite(one, Facts("CO/6"), "3 b)") == "CO/6 [es], para. 3 (b)"
    assert span(one, ("(b)",)) == (0, 5)
    assert span(one, ("(a)",)) is None
