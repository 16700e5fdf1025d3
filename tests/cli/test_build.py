"""`tb build` and `tb verify`: incremental, repeatable, and forgiving of bad files."""

import json
import os
import shutil
import sys

import pytest

from tests.conftest import ROOT, run_tb

RECORDS = ROOT / "corpus" / "records"


@pytest.fixture
def home(seeds, tmp_path):
    """A copy of the built corpus that a test may change."""
    shutil.copytree(seeds, tmp_path / "home")
    built = run_tb("build", cwd=tmp_path / "home")
    assert built.returncode == 0
    return tmp_path / "home"


def report(home, *options):
    ended = run_tb("build", "--json", *options, cwd=home)
    return ended.returncode, json.loads(ended.stdout)


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.jsonl"))
    }


def test_golden_records(seeds):
    """A change of normalization shows here, and as a diff under corpus/records."""
    assert files(seeds / "corpus" / "records") == files(RECORDS)


def test_the_index_folder_says_what_it_is(seeds):
    """The page of the repository is the one that a build puts into any index folder."""
    page = (seeds / "index" / "README.md").read_bytes()
    assert page == (ROOT / "index" / "README.md").read_bytes()
    assert b"may be deleted" in page


def test_a_link_that_leads_nowhere_is_listed(home):
    (home / "corpus/sources/gone.txt").symlink_to("/no/such/file")
    ended = run_tb("build", cwd=home)
    assert ended.returncode == 3
    expected = "unreadable: gone.txt: reading gone.txt failed: it is a link that leads nowhere"
    assert ended.stderr.startswith(expected)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_a_name_that_is_not_utf8_costs_its_file_alone(home):
    sources = os.fsencode(home / "corpus/sources")
    shutil.copy(next((home / "corpus/sources").glob("follow*")), sources + b"/Per\xfa.txt")
    for _ in range(2):
        ended = run_tb("build", cwd=home)
        assert ended.returncode == 3
        assert "unreadable: Per\\xfa.txt: the name is not in UTF-8; rename" in ended.stderr
        assert "5 documents: 0 files read, 5 unchanged" in ended.stderr


def test_second_build_touches_nothing(home):
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    code, said = report(home)
    assert (code, said["read"], said["unchanged"], said["published"]) == (0, [], 5, False)
    assert {p: p.stat().st_mtime_ns for p in home.rglob("*") if p.is_file()} == before


def test_one_changed_file_is_one_document(home):
    source = home / "corpus/sources/follow-up-letter_PER_2018.txt"
    source.write_text(source.read_text().replace("Regarding the", "Concerning the"))
    code, said = report(home)
    assert (code, said["read"], said["unchanged"]) == (0, [source.name], 4)
    found = run_tb("search", "concerning the recommendation made", cwd=home).stdout
    assert found.startswith("CMW/followup/29/bs, ")


def test_removed_file_takes_its_paragraphs_along(home):
    (home / "corpus/sources/follow-up-letter_PER_2018.txt").unlink()
    code, said = report(home)
    assert (code, said["removed"], said["documents"]) == (0, ["CMW/followup/29/bs"], 4)
    assert "CMW/followup" not in run_tb("search", '"suspensive effect"', cwd=home).stdout
    assert run_tb("verify", cwd=home).returncode == 0


def test_full_build_makes_the_same_bytes(home):
    before = files(home / "corpus/records")
    shutil.rmtree(home / "index")
    assert report(home, "--full", "--workers", "2")[0] == 0
    assert files(home / "corpus/records") == before


BAD = {
    "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00binary\x00",
    "renamed.pdf": b"this is no PDF at all",
    "empty.txt": b"",
    "strange.xyz": b"text",
    "cut.docx": b"PK\x03\x04 and nothing else",
}


def test_bad_files_cost_themselves_alone(home):
    for name, data in BAD.items():
        (home / "corpus/sources" / name).write_bytes(data)
    code, said = report(home)
    assert code == 3
    assert {failure["file"] for failure in said["unreadable"]} == set(BAD)
    assert all(len(failure["reason"]) > 10 for failure in said["unreadable"])
    assert said["documents"] == 5
    assert report(home)[0] == 3, "they are listed again, unread"
    assert run_tb("search", "suspensive", "--count", cwd=home).returncode == 0


WRONG = [
    ("corpus/manifest.toml", "[[document]]\nfile = 'a'\nsymbl = 'x'\n", "did you mean `symbol`?"),
    ("corpus/manifest.toml", "[[document]\n", "not valid TOML"),
]


@pytest.mark.parametrize(("name", "text", "sentence"), WRONG)
def test_broken_manifest_keeps_the_last_index(home, name, text, sentence):
    (home / name).write_text(text)
    ended = run_tb("build", cwd=home)
    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert run_tb("search", "suspensive", "--count", cwd=home).stdout == "6\n"


def test_empty_corpus(tmp_path):
    (tmp_path / "corpus/sources").mkdir(parents=True)
    ended = run_tb("build", cwd=tmp_path)
    assert ended.returncode == 2
    assert "holds no documents" in ended.stderr


def test_verify_finds_a_changed_record(home):
    path = home / "corpus/records/paragraphs/CMW_C_PER_CO_1.jsonl"
    path.write_bytes(path.read_bytes().replace(b"suspensive", b"suspended!"))
    ended = run_tb("verify", cwd=home)
    assert ended.returncode == 1
    assert "paragraphs/CMW_C_PER_CO_1.jsonl" in ended.stdout
    assert report(home)[0] == 0
    assert run_tb("verify", cwd=home).returncode == 0


def test_two_files_of_one_document(home):
    sources = home / "corpus/sources"
    text = (sources / "concluding-observations_PER_2015.txt").read_text()
    (sources / "a-copy.txt").write_text(text.replace("suspensive", "suspending"))
    with (home / "corpus/manifest.toml").open("a") as manifest:
        manifest.write('\n[[document]]\nfile = "a-copy.txt"\nsymbol = "CMW/C/PER/CO/1"\n')
    code, said = report(home)
    assert (code, said["documents"]) == (0, 5)
    assert any("differs in 33" in notice["message"] for notice in said["notices"])
    stored = (home / "corpus/records/documents.jsonl").read_text().splitlines()
    document = next(json.loads(line) for line in stored if "CO/1" in json.loads(line)["document"])
    names = {document["source"]["file"], *document["source"]["also"]}
    assert names == {"a-copy.txt", "concluding-observations_PER_2015.txt"}
