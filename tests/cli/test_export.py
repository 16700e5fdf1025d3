"""`tb export` as a person or a script runs it."""

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import run_tb

QUERIES = """
[[query]]
name = "suspensive"
query = '"suspensive effect"'
filters = { type = "CO", since = "2015" }
note = "appeals"

[[query]]
name = "../nothing"
query = "zebra"

[[query]]
name = "trafficking"
query = "traffick* OR query:suspensive"
"""


@pytest.fixture
def batch(tmp_path):
    (tmp_path / "q.toml").write_text(QUERIES)
    return tmp_path


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_default_columns(tb):
    rows = table(tb("export", '"suspensive effect"', "-o", "-", "--format", "csv").stdout)
    assert ",".join(rows[0]) == (
        "citation,symbol,number,pinpoint,type,committee,state,date,session,section,speaker,"
        "text,footnotes,page,score,query,link"
    )
    assert rows[0]["link"].startswith("https://undocs.org/CMW/")


def test_chosen_columns_and_parts(tb):
    columns = ("--columns", "citation,text", "--unit", "subparagraph")
    rows = table(tb("export", "para:35 type:LOIPR", "-o", "-", "--format", "csv", *columns).stdout)
    assert [row["citation"] for row in rows][:3] == [
        "CMW/C/PER/QPR/2, para. 35",
        "CMW/C/PER/QPR/2, para. 35 (a)",
        "CMW/C/PER/QPR/2, para. 35 (b)",
    ]
    assert [list(row) for row in rows] == [["citation", "text"]] * len(rows)


@pytest.mark.parametrize("engine", ["arrays", "whoosh"])
def test_records_are_written_as_they_are_stored(tb, seeds, tmp_path, engine):
    stored = {}
    for file in sorted((seeds / "corpus/records/paragraphs").glob("*.jsonl")):
        stored |= {json.loads(line)["id"]: line for line in file.read_text().splitlines()}
    query = ("export", "migrant type:CO", "--engine", engine)
    hits = tb(*query, "-o", "-", "--format", "jsonl", "--sort", "symbol").stdout.splitlines()
    ids = [json.loads(hit)["id"] for hit in hits]
    told = tb(*query, "-o", str(tmp_path / "a.jsonl"), "--fields", "record")
    assert told.stderr == f"tb: {len(ids)} paragraphs written to {tmp_path / 'a.jsonl'}\n"
    assert (tmp_path / "a.jsonl").read_text().splitlines() == [stored[one] for one in ids]
    piped = tb(*query, "-o", "-", "--format", "jsonl", "--fields", "record", "--sort", "relevance")
    assert sorted(piped.stdout.splitlines()) == sorted(stored[one] for one in ids)
    assert piped.stdout.splitlines() != [stored[one] for one in ids]
    assert (
        tb("export", "zebra", "-o", str(tmp_path / "b.jsonl"), "--fields", "record").returncode == 1
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("-o", "a.csv"), "--fields record writes jsonl, not csv; name a .jsonl file"),
        (("-o", "a.jsonl", "--columns", "text"), "leave out --columns"),
        (("-o", "a.jsonl", "--unit", "subparagraph"), "leave out --unit"),
    ],
)
def test_records_are_written_whole_and_as_json_lines(tb, seeds, given, said):
    done = tb("export", "migrant", *given, "--fields", "record")
    assert done.returncode == 2 and said in done.stderr
    assert not (seeds / given[1]).exists()


def test_jsonl_is_what_search_prints(tb):
    exported = tb("export", "remittances", "-o", "-", "--format", "jsonl").stdout
    assert exported == tb("search", "remittances", "--json").stdout


def test_a_folder_takes_a_file_for_each_query(tb, batch):
    done = tb("export", "--queries", str(batch / "q.toml"), "-o", f"{batch}/out/")
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(p.name for p in (batch / "out").iterdir()) == [
        "nothing.csv",
        "suspensive.csv",
        "trafficking.csv",
    ]
    assert sorted(p.name for p in batch.iterdir()) == ["out", "q.toml"]
    counts = {p.stem: len(table(p.read_text("utf-8"))) for p in (batch / "out").iterdir()}
    assert (counts["nothing"], counts["suspensive"]) == (0, 1)
    assert "suspensive: 1 paragraph\n" in done.stderr
    again = tb("export", "--queries", str(batch / "q.toml"), "-o", f"{batch}/out/")
    assert (again.returncode, "--force" in again.stderr) == (2, True)


def test_one_file_has_a_query_column(tb, batch):
    tb("export", "--queries", str(batch / "q.toml"), "-o", str(batch / "all.csv"))
    rows = table((batch / "all.csv").read_text("utf-8"))
    assert {row["query"] for row in rows} == {"suspensive", "trafficking"}
    columns = ("--columns", "citation", "--format", "csv")
    named = tb("export", "--queries", str(batch / "q.toml"), "-o", "-", *columns).stdout
    assert list(table(named)[0]) == ["query", "citation"]


def test_one_workbook_has_a_sheet_each(tb, batch):
    openpyxl = pytest.importorskip("openpyxl")
    place = batch / "all.xlsx"
    assert tb("export", "--queries", str(batch / "q.toml"), "-o", str(place)).returncode == 0
    book = openpyxl.load_workbook(place)
    assert book.sheetnames == ["Summary", "suspensive", ".. nothing", "trafficking"]
    summary = [row[:2] for row in book["Summary"].iter_rows(min_row=2, values_only=True)]
    assert summary[:2] == [("suspensive", 1), ("../nothing", 0)]


def test_one_bibliography_has_each_document_once(tb, batch):
    done = tb("export", "--queries", str(batch / "q.toml"), "-o", "-", "--format", "bib")
    keys = [line for line in done.stdout.splitlines() if line.startswith("@")]
    assert done.returncode == 0
    assert len(keys) == len(set(keys)) > 2
    assert "para. 33 [suspensive]" in done.stdout and "[trafficking]" in done.stdout


def test_a_text_file_of_queries_and_the_exit_code(tb, tmp_path):
    (tmp_path / "q.txt").write_text("# remark\nzebra\n\nquagga\n")
    done = tb("export", "--queries", str(tmp_path / "q.txt"), "-o", "-", "--format", "jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    (tmp_path / "q.txt").write_text("zebra\nremittances\n")
    done = tb("export", "--queries", str(tmp_path / "q.txt"), "-o", "-", "--format", "jsonl")
    assert done.returncode == 0
    assert {json.loads(line)["query"] for line in done.stdout.splitlines()} == {"remittances"}


WRONG = [
    ("[[query]]\nname = 'x'\nquery = 'a NEAR/3'", "query `x`: NEAR/3 needs something"),
    ("[[query]]\nname = 'x'\nquery = 'a'\ntpe = 'CO'", "did you mean `type`?"),
    ("[[query]]\nname = 'x'\nquery = 'a'\nfilters = { state = 'Xyz' }", "query `x`: --state"),
    ("[[query]]\nquery = 'a'", "has no name"),
    ("[[query]]\nname = 'x'", "has no text"),
    ("[[query]]\nname = 'x'\nquery = 'a'\n[[query]]\nname = 'x'\nquery = 'b'", "more than one"),
    ("[[query]\n", "not valid TOML"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_a_mistake_in_the_list_writes_nothing(tb, tmp_path, text, sentence):
    (tmp_path / "q.toml").write_text(text)
    done = tb("export", "--queries", str(tmp_path / "q.toml"), "-o", f"{tmp_path}/out/")
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["q.toml"]


def test_query_or_list_and_something_of_both(tb, batch):
    both = tb("export", "x", "--queries", str(batch / "q.toml"), "-o", "-", "--format", "csv")
    neither = tb("export", "-o", "-", "--format", "csv")
    assert (both.returncode, neither.returncode) == (2, 2)


@pytest.mark.parametrize("name", ["csv", "jsonl", "xlsx", "docx", "html", "sqlite", "bib"])
def test_closed_pipe_is_quiet(seeds, name):
    line = f"{sys.executable} -P -m treatybody export migrant -o - --format {name} | head -c 9"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], cwd=seeds, capture_output=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout) == 9


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_an_interrupt_ends_with_130_and_leaves_no_file(seeds, tmp_path, name):
    code = (
        "import sys, time, treatybody.citations as citations\n"
        "from treatybody.cli.endings import run\n"
        "def wait(*any):\n"
        "    print('ready', flush=True); time.sleep(30)\n"
        "citations.cite = wait\n"
        f"sys.exit(run(['export', 'migrant', '-o', {str(tmp_path / name)!r}]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=seeds,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (130, "tb: interrupted\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
)
def test_piped_results_are_utf8_in_every_locale(seeds, locale):
    expected = run_tb("search", "Cuna Mas II INTERNAL", "--json", cwd=seeds)
    found = run_tb("search", "Cuna Mas II INTERNAL", "--json", cwd=seeds, **locale)
    assert found.stdout == expected.stdout
    shown = run_tb("search", '"Cuna Mas"', cwd=seeds, **locale)
    assert "Cuna Más" in shown.stdout


STRANGE = [
    ("tb search migrant > /dev/full", 2, "No space left"),
    ("tb export migrant -o - --format csv > /dev/full", 2, "No space left"),
    ("tb export migrant -o /dev/null --format csv", 0, "written to /dev/null"),
    ("tb search migrant --count >&-", 0, ""),
    ("tb search \"$(printf 'caf\\351')\"", 1, "nothing found"),
    ("tb search \"$(printf 'a\\033[31mzebra')\"", 1, "nothing found"),
]


@pytest.mark.parametrize(("line", "code", "sentence"), STRANGE)
def test_strange_places_and_bytes(seeds, line, code, sentence):
    if "/dev/full" in line and not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    script = f'tb() {{ {sys.executable} -P -m treatybody "$@"; }}; {line}'
    done = subprocess.run(["bash", "-c", script], cwd=seeds, capture_output=True, timeout=60)
    said = done.stderr.decode()
    assert (done.returncode, sentence in said) == (code, True), said
    assert "Traceback" not in said
    assert "\x1b" not in said
