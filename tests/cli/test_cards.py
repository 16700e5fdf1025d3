"""Cards and concordances as a person sees them."""

import re

import pytest

from tests.cli.terminal import on_terminal
from tests.exporters.test_contract import hit
from treatybody.cli import kwic
from treatybody.cli.cards import Around, hit_card, matched_labels, paragraph_of, with_marks
from treatybody.cli.passage import passage
from treatybody.cli.widths import columns
from treatybody.model import Footnote, Subparagraph

TEXT = "Lead with words:\n(a) first part\n(b) second part"
PARTS = [
    Subparagraph(label="(a)", start=17, end=31, level=1),
    Subparagraph(label="(b)", start=32, end=47, level=1),
]


def lines(one, around=None):
    return list(hit_card(one, around or Around()))


def test_first_line_is_the_citation_alone():
    assert lines(hit("1", "x"))[0].text == "CMW/C/PER/CO/1, para. 1"


def test_labels_hang_out_and_marks_move_along():
    one = hit("1", TEXT, subparagraphs=PARTS, spans=[(5, 9), (21, 26), (43, 47)])
    text = [line for line in lines(one) if line.style == "text"]
    assert [line.label for line in text] == ["", "(a) ", "(b) "]
    marked = [line.text[s:e] for line in text for s, e in line.spans]
    assert marked == ["with", "first", "part"]
    assert matched_labels(one) == ["(a)", "(b)"]


def test_long_texts_are_cut_around_the_match_and_the_rest_is_counted():
    text = "word " * 400 + "needle " + "word " * 400
    one = hit("9", text, spans=[(2000, 2006)])
    shown = lines(one)
    body = next(line for line in shown if line.style == "text")
    assert [body.text[s:e] for s, e in body.spans] == ["needle"]
    assert body.text.startswith("… ") and body.text.endswith(" …")
    rest = next(line.text for line in shown if "more characters" in line.text)
    count = int(re.match(r"([\d,]+) more", rest)[1].replace(",", ""))
    assert count + len(body.text) - 4 == len(text)
    assert rest.endswith("tb show 'CMW/C/PER/CO/1, para. 9'")


@pytest.mark.parametrize("spans", [[], [(0, 5)], [(9_990, 10_000)], [(3, 9_000)]])
def test_a_passage_is_a_part_of_its_text(spans):
    text = "abcd " * 2000
    part = passage(text, spans)
    assert text[part.start : part.end] == part.text
    assert part.left_out == len(text) - len(part.text)
    assert all(0 <= s < e <= len(part.text) for s, e in part.spans)


def test_text_without_blanks_is_cut_where_it_falls():
    text = "移民工人权利" * 1000
    part = passage(text, [(3000, 3002)])
    assert len(part.text) < 800
    assert [part.text[s:e] for s, e in part.spans] == ["移民"]


def test_only_notes_that_match_are_shown():
    notes = [
        Footnote(mark=str(n), source_mark=str(n), offset=1, text=f"Memorandum {n}") for n in (4, 5)
    ]
    one = hit("1", "text", footnotes=notes, matched=["footnotes"])
    shown = lines(one, Around(notes=[[], [(0, 10)]]))
    assert [line.label.strip() for line in shown if line.style == "note"] == ["note 5"]
    assert any("in a footnote only" in line.text for line in shown)


def test_nothing_in_a_document_steers_the_terminal():
    evil = "\x1b[2J\x9b1m\u202etext\x07"
    one = hit("1", evil, section=[evil], citation=evil, spans=[(0, 3)])
    for line in lines(one, Around(before=[hit("2", evil)])):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", line.label + line.text)


def test_note_marks_stand_in_the_shown_text():
    notes = [Footnote(mark="7", source_mark="7", offset=16, text="n")]
    shown, parts = with_marks(hit("1", TEXT, subparagraphs=PARTS, footnotes=notes))
    assert shown.startswith("Lead with words:[7]\n(a)")
    assert [shown[part.start : part.start + 3] for part in parts] == ["(a)", "(b)"]


def test_addresses_of_parts_count_for_their_paragraph():
    assert paragraph_of("CMW/C/PER/QPR/2#35(f)") == "CMW/C/PER/QPR/2#35"
    assert paragraph_of("CMW/C/PER/QPR/2") == "CMW/C/PER/QPR/2"


# --- the concordance -------------------------------------------------------------------------


def concordance(one, sort="none"):
    return list(kwic.concordance([one], lambda hit: [], sort))


def test_matches_stand_under_each_other_whatever_the_letters():
    one = hit("1", "a right\n移民的 right e\u0301e\u0301 right", spans=[(2, 7), (12, 17), (23, 28)])
    fitted = list(kwic.fitted(concordance(one), width=100))
    assert len({columns(line.citation) for line in fitted}) == 1
    assert len({columns(line.left) for line in fitted}) == 1
    piped = [kwic.piped(line) for line in concordance(one)]
    assert len({columns(line.rsplit("\t", 2)[0]) for line in piped}) == 1


def test_sorted_by_either_side():
    one = hit("1", "Émile x beta, alpha x Gamma, beta x Alpha", spans=[(6, 7), (20, 21), (34, 35)])
    assert [line.right.split()[0] for line in concordance(one, "right")] == [
        "Alpha",
        "beta,",
        "Gamma,",
    ]
    assert [line.left.split()[-1] for line in concordance(one, "left")] == [
        "alpha",
        "beta",
        "Émile",
    ]


# --- on a terminal ---------------------------------------------------------------------------


def test_matches_are_marked_without_colour_too(seeds):
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        shown = on_terminal("search", '"suspensive effect"', "-n", "1", cwd=seeds, **environment)
        assert "guarantee the *suspensive effect* of" in shown
        assert "\x1b" not in shown
    shown = on_terminal("search", '"suspensive effect"', "-n", "1", cwd=seeds)
    assert re.search("\x1b\\[1;4msuspensive effect\x1b\\[0m", shown)


def test_a_card_has_its_facts_neighbours_and_links(seeds):
    shown = on_terminal(
        "search", "para:33 type:CO", "--context", "1", cwd=seeds, NO_COLOR="1"
    ).splitlines()
    assert shown[0] == "CMW/C/PER/CO/1, para. 33"
    assert shown[1] == (
        "Concluding observations · Peru · 23 April 2015 · https://undocs.org/CMW/C/PER/CO/1"
    )
    assert [line[2:12] for line in shown if line.startswith("  [")] == ["[para. 32]", "[para. 34]"]
    assert any(re.match(r"  links: \d+ from here, \d+ to here", line) for line in shown)
    assert max(map(len, shown)) <= 100


def test_narrow_terminals_lose_no_word(seeds):
    wide = on_terminal("show", "QPR/2 35", cwd=seeds, NO_COLOR="1")
    narrow = on_terminal("show", "QPR/2 35", cwd=seeds, NO_COLOR="1", columns=40)
    words = [[word for word in shown.split() if word != "·"] for shown in (wide, narrow)]
    assert words[0] == words[1]
    assert all(len(line) <= 40 for line in narrow.splitlines() if "http" not in line)


def test_an_outline_is_indented_and_wrapped_between_words(seeds):
    shown = on_terminal("outline", "CO/1", cwd=seeds, NO_COLOR="1", columns=80).splitlines()
    assert shown[0] == "before the first heading  1"
    assert "    Legislation and application  10-17" in shown
    at = shown.index("  3. Human rights of all migrant workers and members of their families")
    assert shown[at + 1] == "      (arts. 8-35)  30-41"
    assert all(len(line) <= 80 and "\t" not in line for line in shown)


def test_documents_are_counted_in_paragraphs_not_in_records(seeds):
    """A title and "The meeting rose at ..." are records, but nobody's paragraphs."""
    shown = on_terminal("docs", cwd=seeds, NO_COLOR="1")
    counts = {line.split()[0]: line.split()[-1] for line in shown.splitlines()}
    assert counts == {
        "Document": "Paragraphs",
        "CMW/C/PER/2": "212",
        "CMW/C/PER/CO/1": "65",
        "CMW/C/PER/QPR/2": "41",
        "CMW/C/SR.577": "53",
        "CMW/followup/29/bs": "5",
    }
    found = on_terminal("docs", '"suspensive effect" type:CO', cwd=seeds, NO_COLOR="1")
    assert [line.split()[-1] for line in found.splitlines()] == ["Matches", "1"]


def test_a_terminal_gets_ten_and_is_told_of_the_rest(seeds):
    shown = on_terminal("search", "migrant", cwd=seeds, NO_COLOR="1")
    assert shown.count("https://undocs.org") + shown.count("Follow-up letter ·") >= 10
    assert re.search(r"tb: hits 1-10 of \d+; more with --offset 10", shown)


def test_facets_have_bars(seeds):
    shown = on_terminal("search", "trafficking", "--facet", "type,year", cwd=seeds)
    assert re.search(r"  state report +\d+  █{20,}", shown)
    assert shown.index("type\n") < shown.index("year\n")


def test_kwic_on_a_terminal_is_aligned(seeds):
    shown = on_terminal("search", "remittances", "--kwic", cwd=seeds, NO_COLOR="1", columns=120)
    starts = {line.index("*") for line in shown.splitlines() if "*" in line}
    assert len(starts) == 1
    assert max(map(len, shown.splitlines())) <= 120


def test_binary_formats_are_not_poured_on_a_terminal(seeds):
    shown = on_terminal("export", "remittances", "-o", "-", "--format", "xlsx", cwd=seeds)
    assert "can't be shown on a terminal" in shown
    text = on_terminal("export", "remittances", "-o", "-", "--format", "csv", cwd=seeds)
    assert text.startswith("citation,")


def test_messages_are_wrapped_between_words(seeds):
    shown = on_terminal("search", "x", "--facet", "typ", cwd=seeds, columns=60)
    said = shown[shown.index("tb: ") :].splitlines()
    assert len(said) > 1 and max(map(len, said)) <= 60
    assert {"type,", "committee,", "cycle,", "kind"} <= set(" ".join(said).split())


def test_an_explanation_goes_on_under_itself(seeds):
    shown = on_terminal("search", "a* type:CO", "--explain", "-n", "0", cwd=seeds, columns=60)
    lines = [line for line in shown.splitlines() if line.startswith(("tb:", " "))]
    first = next(i for i, line in enumerate(lines) if "stands for" in line)
    assert lines[first].startswith("tb:     wildcard") and lines[first + 1].startswith(" " * 8)


def test_one_hit_of_several_is_one(seeds):
    shown = on_terminal("search", "consular protection", "-n", "1", cwd=seeds, NO_COLOR="1")
    assert re.search(r"tb: hit 1 of \d+; more with --offset 1", shown)
    shown = on_terminal("search", "detention", "-n", "3", "--kwic", cwd=seeds, NO_COLOR="1")
    assert re.search(r"tb: paragraphs 1-3 of \d+; more", shown)


def test_facts_end_with_a_fact_on_every_line(seeds):
    shown = on_terminal("search", "para:33 type:CO", cwd=seeds, NO_COLOR="1", columns=80)
    assert shown.splitlines()[1:3] == [
        "Concluding observations · Peru · 23 April 2015",
        "https://undocs.org/CMW/C/PER/CO/1",
    ]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("移民 state:Prou", " " * 15 + "^^^^"),
        ("e\u0301tat state:Prou", " " * 15 + "^^^^"),
        ("x" * 90 + " state:Prou", None),
    ],
)
def test_the_mark_stands_under_the_mistake(query, marked):
    from treatybody.cli.endings import mark
    from treatybody.errors import QueryError

    line, below = mark(QueryError(query, query.index("Prou"), len(query), "")).split("\n")
    assert columns(line[: line.index("Prou")]) == below.index("^")
    assert below.count("^") == 4 and max(columns(line), columns(below)) <= 80
    assert marked is None or below == marked
