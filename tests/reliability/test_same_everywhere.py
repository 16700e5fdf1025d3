"""Records, links, hits and exports don't depend on locale, clock, hash seed, workers or order."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from torture.made import SMALL, Home

from tests.conftest import run_tb

EXPORTS = ("csv", "jsonl", "md", "html", "ris", "bib", "csl.json", "docx", "xlsx")
SURROUNDINGS = [
    {"PYTHONHASHSEED": "1", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati"},
    {"PYTHONHASHSEED": "7", "TZ": "America/Lima", "PYTHONUTF8": "0", "LC_ALL": "POSIX"},
]


@pytest.fixture(scope="module")
def turkish(tmp_path_factory):
    """A Turkish locale, where "I" is not the capital of "i"; made here when it is missing."""
    folder = tmp_path_factory.mktemp("locales")
    if not shutil.which("localedef"):
        pytest.skip("no localedef: the Turkish locale can't be made")
    command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("the sources of the Turkish locale are not installed")
    return {"LC_ALL": "tr_TR.UTF-8", "LOCPATH": str(folder), "LANGUAGE": "tr"}


def outcome(root: Path, workers: int, seed: int, environment: dict[str, str]) -> dict[str, bytes]:
    """Everything that one build makes, under the given surroundings."""
    home = Home(root)
    names = sorted(SMALL)
    random.Random(seed).shuffle(names)
    home.put({name: SMALL[name] for name in names})
    built = run_tb("build", "--workers", str(workers), cwd=root, **environment)
    assert built.returncode == 0, built.stderr
    made: dict[str, bytes] = dict(home.records())
    for query in ("expul* OR lighthouse OR ISTANBUL", "kind:all committee", "type:CO para:3..4"):
        for sort in ("relevance", "date", "symbol"):
            found = run_tb("search", query, "--json", "--sort", sort, cwd=root, **environment)
            assert found.returncode in (0, 1), found.stderr
            made[f"{query} {sort}"] = found.stdout.encode()
    for suffix in EXPORTS:
        line = ("export", "lighthouse OR ferry", "-o", f"out.{suffix}")
        written = run_tb(*line, cwd=root, SOURCE_DATE_EPOCH="1700000000", **environment)
        assert written.returncode == 0, written.stderr
        made[suffix] = (root / f"out.{suffix}").read_bytes()
    return made


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return outcome(tmp_path_factory.mktemp("usual") / "home", 1, 0, {"PYTHONHASHSEED": "0"})


@pytest.mark.parametrize("environment", SURROUNDINGS, ids=lambda e: e["LC_ALL"])
def test_same_bytes(tmp_path, usual, environment):
    made = outcome(tmp_path / "ein anderer Ort", 2, len(environment), environment)
    assert [name for name in usual if made[name] != usual[name]] == []


def test_same_bytes_in_turkish(tmp_path, usual, turkish):
    made = outcome(tmp_path / "başka bir yer", 2, 5, turkish)
    assert [name for name in usual if made[name] != usual[name]] == []


def test_windows_line_ends_change_nothing_but_the_checksum(tmp_path):
    texts = []
    for end in ("\n", "\r\n"):
        home = Home(tmp_path / f"home{len(end)}")
        home.put(SMALL)
        for path in home.corpus.sources.rglob("*.txt"):
            path.write_bytes(path.read_text("utf-8").replace("\n", end).encode())
        home.build()
        texts.append({n: d for n, d in home.records().items() if n != "documents.jsonl"})
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "name", ["with blank", "étude ünï", "名前", "a'b\"c", "-dash", "new\nline"]
)
def test_odd_places(tmp_path, name):
    home = Home(tmp_path / name)
    home.put({f"{name}.txt": SMALL["concluding.txt"]}, manifest="")
    built = run_tb("build", cwd=home.root)
    assert built.returncode == 0, built.stderr
    assert run_tb("search", "lighthouse", "--count", cwd=home.root).stdout == "2\n"
    assert run_tb("verify", cwd=home.root).returncode == 0
    assert home.orphans() == []


def test_clock_set_back(home):
    """A changed file is found by its bytes, whatever time it carries."""
    path = home.corpus.sources / "issues.txt"
    before = path.stat()
    path.write_text(SMALL["issues.txt"].replace("ferry", "liner"), encoding="utf-8")
    assert before.st_size == path.stat().st_size
    os.utime(path, (0, 0))
    assert run_tb("build", "--if-needed", cwd=home.root).returncode == 0
    assert run_tb("search", "liner", "--count", cwd=home.root).stdout == "1\n"
    path.write_text(SMALL["issues.txt"].replace("ferry", "canoe"), encoding="utf-8")
    os.utime(path, (0, 0))
    assert run_tb("build", cwd=home.root).returncode == 0
    assert run_tb("search", "canoe", "--count", cwd=home.root).stdout == "1\n"


def test_a_file_dated_in_the_future(home):
    path = home.corpus.sources / "issues.txt"
    os.utime(path, (4e9, 4e9))
    assert run_tb("build", "--if-needed", cwd=home.root).returncode == 0
    assert run_tb("verify", cwd=home.root).returncode == 0
