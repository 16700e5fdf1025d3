"""`tb search` and its neighbours over the five documents, as a person or a script runs them."""

import json

import pytest

SUSPENSIVE = {
    "CMW/C/PER/CO/1, para. 33",
    "CMW/C/PER/QPR/2, para. 16",
    "CMW/C/PER/2, para. 117",
    "CMW/followup/29/bs, 5th paragraph",
}
FOUND = [
    ('"suspensive effect"', SUSPENSIVE),
    (
        '"20 per cent"',
        {
            "CMW/C/PER/CO/1, para. 48",
            "CMW/C/SR.577, unnumbered, 18th paragraph",
            "CMW/C/SR.577, unnumbered, 22nd paragraph",
        },
    ),
    ("non-refoulement", {"CMW/C/PER/QPR/2, para. 16"}),
    ('"Cuna Mas"', {"CMW/C/PER/2, para. 94 (a)"}),
    ("CMC/C/PER/Q/1", {"CMW/C/PER/CO/1, para. 2"}),
    ("3,490,519", {"CMW/C/PER/2, para. 27"}),
    ("3490519", {"CMW/C/PER/2, para. 27"}),
    ('note:"art. 11.1"', {"CMW/C/PER/2, para. 185"}),
    ("para:33 type:CO", {"CMW/C/PER/CO/1, para. 33"}),
    ("speaker:Oumaria", {"CMW/C/SR.577, unnumbered, 26th paragraph"}),
]


def citations(output: str) -> set[str]:
    return {line.split("\t")[0] for line in output.splitlines()}


@pytest.mark.parametrize(("query", "expected"), FOUND, ids=[query for query, _ in FOUND])
def test_finds_exactly(tb, query, expected):
    found = tb("search", query)
    assert (found.returncode, citations(found.stdout)) == (0, expected)


def test_piped_lines_equal_the_count(tb):
    for query in ("migrant workers", "trafficking", "expuls* -minors", "state:PER type:SR"):
        lines = tb("search", query).stdout.splitlines()
        assert tb("search", query, "--count").stdout == f"{len(lines)}\n"


@pytest.mark.parametrize(
    "query", ['"suspensive effect"', "traffick* type:CO", "migrants NEAR/5 rights"]
)
def test_both_engines_print_the_same(tb, query):
    ours = tb("search", query, "--json")
    assert ours.stdout
    assert tb("search", query, "--json", "--engine", "whoosh").stdout == ours.stdout


def test_json_has_the_fields_of_a_hit(tb):
    hit = json.loads(tb("search", "non-refoulement", "--json").stdout)
    assert (hit["symbol"], hit["type"], hit["committee"], hit["state"], hit["date"]) == (
        "CMW/C/PER/QPR/2",
        "list_of_issues_prior_to_reporting",
        "CMW",
        "PER",
        "2022-05-17",
    )
    assert [hit["text"][start:end] for start, end in hit["spans"]] == ["non-refoulement"]
    assert hit["matched"] == ["text"]


def test_pinpoint_when_the_match_lies_in_one_letter(tb):
    hit = json.loads(tb("search", '"temporary or permanent resident permits"', "--json").stdout)
    assert (hit["pinpoint"], hit["citation"]) == ("35 (f)", "CMW/C/PER/QPR/2, para. 35 (f)")


def test_hit_only_in_a_footnote_says_so(tb):
    lines = tb("search", '"Memorandum No. 7538-2023"', "--json").stdout.splitlines()
    hits = {hit["number"]: hit for hit in map(json.loads, lines)}
    assert hits["181"]["matched"] == ["footnotes"]
    assert hits["181"]["spans"] == []


FILTERS = [
    (("--type", "CO"), "CMW/C/PER/CO/1"),
    (("--type", "SPR"), "CMW/C/PER/2"),
    (("--until", "2016"), "CMW/C/PER/CO/1"),
    (("--since", "2022-05-17", "--until", "2022"), "CMW/C/PER/QPR/2"),
]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("GuiaPracticaPoblacionRefugiadaMigranteDigital", "the hit is in a footnote only"),
        ('"Ibid"', "55 of 55 hits are in a footnote only"),
        ('"suspensive effect"', None),
    ],
)
def test_lines_of_hits_only_in_footnotes_are_explained(tb, query, said):
    found = tb("search", query)
    assert found.returncode == 0
    assert (
        found.stderr.startswith(f"tb: {said}, which these lines don't show")
        if said
        else not found.stderr
    )


@pytest.mark.parametrize(("options", "document"), FILTERS)
def test_filters(tb, options, document):
    lines = tb("search", "trafficking", *options).stdout.splitlines()
    assert lines
    assert all(line.startswith(f"{document}, ") for line in lines)


def test_nothing_found_is_1_and_says_what_would_have_been(tb):
    found = tb("search", "suspensive zebra")
    assert (found.returncode, found.stdout) == (1, "")
    assert "zebra: 0 alone" in found.stderr
    assert "with OR between the words: 6" in found.stderr


WRONG = [
    (("search", '"suspensive'), "quote"),
    (("search", "expuls* NEAR/10"), "NEAR/10 needs something on its right"),
    (("search", "contry:PER"), "did you mean `state`?"),
    (("search", "x", "--type", "CX"), "--type"),
    (("search", "x", "--corpus", "/nonexistent/place"), "there is no folder"),
    (("sarch", "x"), "did you mean `tb search`?"),
    (("show", "CMW/C/PER/CO/9 1"), "no document"),
    (("export", "x", "-o", "a.pages"), "--format"),
    (("export", "x", "-o", "/nonexistent/a.csv"), "choose another folder"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG)
def test_a_mistake_gets_one_clear_sentence(tb, arguments, sentence):
    ended = tb(*arguments)
    assert ended.returncode == (1 if sentence == "no document" else 2)  # 1: looked, and found none
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_no_index_says_what_to_do(tb, tmp_path):
    ended = tb("search", "x", "--index", str(tmp_path))
    assert ended.returncode == 2
    assert "tb build" in ended.stderr


SHOWN = [
    (("CMW/C/PER/CO/1, para. 33",), ["CMW/C/PER/CO/1, para. 33"]),
    (("PER/CO/1", "33"), ["CMW/C/PER/CO/1, para. 33"]),
    (("QPR/2 35(f)",), ["CMW/C/PER/QPR/2, para. 35 (f)"]),
    (("CO/1 31-33",), [f"CMW/C/PER/CO/1, para. {n}" for n in (31, 32, 33)]),
    (("SR.577 18",), ["CMW/C/SR.577, unnumbered, 18th paragraph"]),
    (("CMW/followup/29/bs, 5th paragraph",), ["CMW/followup/29/bs, 5th paragraph"]),
    (("CMW/C/PER/QPR/2#11(e)",), ["CMW/C/PER/QPR/2, para. 11 (e)"]),
]


@pytest.mark.parametrize(("citation", "expected"), SHOWN)
def test_show_is_forgiving_of_form(tb, citation, expected):
    shown = tb("show", *citation)
    assert [line.split("\t")[0] for line in shown.stdout.splitlines()] == expected


def test_show_says_that_it_counted(tb):
    assert "no printed numbers" in tb("show", "SR.577 18").stderr


def test_outline_and_docs(tb):
    assert "    Legislation and application\t10-17" in tb("outline", "CO/1").stdout.splitlines()
    assert len(tb("docs").stdout.splitlines()) == 5


def test_closed_pipe_is_quiet(seeds):
    import subprocess
    import sys

    line = f"{sys.executable} -P -m treatybody search migrant | head -n 1"
    ended = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], cwd=seeds, capture_output=True, text=True
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_python_api_gives_the_same_hits(tb, seeds):
    import treatybody
    from treatybody.cli.plain import json_line

    hits = treatybody.open(seeds / "corpus").search('"suspensive effect"')
    printed = tb("search", '"suspensive effect"', "--json").stdout.splitlines()
    assert [json_line(hit) for hit in hits] == printed


def test_cold_search_loads_only_what_it_needs(seeds):
    import subprocess
    import sys

    code = (
        "import sys; from treatybody.cli.endings import run; run(['search', 'suspensive']);"
        "print(sorted({'rich', 'docx', 'pdfminer', 'pypdfium2', 'lxml', 'babel', 'rapidfuzz'}"
        " & set(sys.modules)), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=seeds, capture_output=True, text=True)
    assert ended.stderr == "[]\n"


def test_a_symbol_that_no_paragraph_has_may_name_a_document(tb):
    found = tb("search", "CMW/C/PER/2 zebra")
    assert "zebra: 0 alone" in found.stderr and "cmw OR" not in found.stderr
    found = tb("search", "CMW/C/SR.577")
    assert found.returncode == 1
    assert "in the document itself: 53, tb search symbol:CMW/C/SR.577" in found.stderr
    assert "OR between" not in found.stderr and "did you mean" not in found.stderr
