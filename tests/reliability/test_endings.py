"""Every error that a user can cause ends in one sentence, with the exit code of the contract."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from torture.made import SMALL, Home

from tests.conftest import run_tb


@dataclass
class Case:
    """A command line, what is prepared for it, how it must end and what it must say."""

    line: str
    said: str
    code: int = 2
    prepare: Callable[[Home], object] | None = None
    environment: dict[str, str] = field(default_factory=dict)


def put(name: str, text: str | bytes) -> Callable[[Home], object]:
    """Write a file below the home."""
    data = text.encode() if isinstance(text, str) else text
    return lambda home: (home.root / name).write_bytes(data)


def source(name: str, text: str | bytes) -> Callable[[Home], object]:
    return put(f"corpus/sources/{name}", text)


def manifest(text: str) -> Callable[[Home], object]:
    return put("corpus/manifest.toml", text)


def gone(name: str) -> Callable[[Home], object]:
    return lambda home: shutil.rmtree(home.root / name)


def queries(text: str) -> Callable[[Home], object]:
    return put("corpus/queries.toml", text)


def circle(name: str) -> Callable[[Home], object]:
    """A link that points at itself."""
    return lambda home: (home.root / name).symlink_to(name)


DEEP = "a = " + "[" * 3000 + "]" * 3000 + "\n"
ENTRY = "[[document]]\nfile = 'issues.txt'\n"
CASES = [
    # queries
    Case('search "\\"open"', "never closed"),
    Case("search stat:ATL", "stat"),
    Case("search 'a NEAR/3'", "NEAR/3"),
    Case("search 'a AND'", "AND"),
    Case("search '(a'", "bracket"),
    Case("search 'a)'", ")"),
    Case("search '/(/'", "regular expression"),
    Case("search '/(a+)+b/ year:x'", "year"),
    Case("search para:x", "para"),
    Case("search state:Nowhereland", "Nowhereland"),
    Case("search type:nope", "nope"),
    Case("search query:nosuch", "there is no saved query `nosuch`"),
    Case("search date:2015-02-30", "2015-02-30"),
    Case("search ''", "query"),
    Case("search 'type:'", "type"),
    Case("search '-a'", "there is no option -a; to leave a word out"),
    Case("search lighthouse --state Nowhereland", "--state"),
    Case("search lighthouse --type nope", "--type"),
    Case("search lighthouse --since 2015-13", "is not a date"),
    Case("search lighthouse --committee ZZZ", "--committee"),
    Case("search lighthouse --sort sideways", "--sort"),
    Case("search lighthouse --limit many", "--limit"),
    Case("search lighthouse --limit -1", "--limit"),
    Case("search lighthouse --offset -1", "--offset"),
    Case("search lighthouse --context 99", "--context"),
    Case("search lighthouse --facet nope", "nope"),
    Case("search lighthouse --nope", "--nope"),
    Case("search lighthouse --json --kwic", "--kwic and --json don't go together"),
    Case("search lighthouse --json --kwic-sort left", "--kwic and --json don't go together"),
    Case("search lighthouse --facet type --kwic", "--facet and --kwic don't go together"),
    Case("search lighthouse --facet type --count", "--count and --facet don't go together"),
    Case("search lighthouse -l --facet type", "--facet and --documents don't go together"),
    Case("search lighthouse -l --group document", "--documents and --group don't go together"),
    Case("search", "write a query"),
    Case("search lighthouse -minors", "put the query into quotes"),
    Case("search lighthouse --limt 3", "did you mean --limit?"),
    Case("search lighthouse --since 1..2", "`1..2` is not a date"),
    Case("search lighthouse --since ''", "--since is empty"),
    Case("search lighthouse --state ATL --state PER", "write --state ATL,PER"),
    Case("search lighthouse --since 2015 --since 2016", "--since is given 2 times; keep one"),
    Case("search lighthouse --offset 99999999999999999999", "is past the last", 0),
    Case("search 'a NEAR/99999999999999999999 b'", "from 1 to 200"),
    Case("search '\"a b\"~99999'", "at most ~100"),
    Case("search '/(x+)+$/'", "matches no word", code=1),
    Case("search '/((a{30}){30}){30}/'", "counts too far"),
    Case("search '/(?=a)/'", "groups that begin with (?"),
    Case("search 'para:99999999999999999999'", "is not a paragraph number"),
    Case("search 'year:0..99999'", "is not a year"),
    Case("search 'date:today-9999y..'", "lies before the year 1"),
    Case("search '' --state ''", "--state is empty"),
    Case("docs zzzqqq", "no document has a paragraph that matches", code=1),
    Case("stats lighthouse --by nope", "can't be counted by `nope`"),
    Case("stats lighthouse --plot x.txt", "its name must end in"),
    Case("search zzzqqq", "nothing found", code=1),
    Case("search lighthouse year:1900", "nothing found", code=1),
    # saved queries
    Case("search query:a", "queries.toml", prepare=queries("a = [")),
    Case("search query:a", "queries.toml", prepare=queries("[[query]]\nnme = 'a'\n")),
    Case("search query:a", "queries.toml", prepare=put("corpus/queries.toml", b"\xff\xfe\x00")),
    Case("save 'a b' x", "can't name a query"),
    Case("save a query:a", "circle"),
    Case("save --remove nope", "there is no saved query `nope`"),
    Case("save --remove", "--remove needs the name of a query"),
    Case("save --remove a b", "nothing was forgotten", prepare=queries("a = 'x'\nb = 'y'\n")),
    Case("watch nope", "no queries are saved"),
    # citations
    Case("show", "CITATION"),
    Case("show 'CMW/C/ATL/CO/9 1'", "no document", code=1),
    Case("show 'CMW/C/ATL/CO/1 99'", "no para. 99", code=1),
    Case("show 'CMW/C/ATL/CO/1 4 (z)'", "(z)", code=1),
    Case("show 'CMW/C/ATL/CO/1#table1.1'", "there is no ", code=1),
    Case("show 'CMW/C/ATL/CO/1 3-99'", "there is no para. 99\n", code=1),
    Case("show 'CMW/C/ATL/CO/1 0-3'", "there is no para. 0\n", code=1),
    Case("show 'CMW/C/ATL/CO/1 98-99'", "there is no para. 98 to 99\n", code=1),
    Case("show nonsense", "no document", code=1),
    Case("show 'CO/1 4-3'", "4 to 3 runs backwards", code=1),
    Case("show 'CO/1 nonsense'", "CO/1 is a document here, but 'nonsense'", code=1),
    Case("similar CO/1", "names a whole document"),
    Case("similar 'CO/1 3' -n 0", "0 is not from 1 to 1000"),
    Case("trace 'CO/1 3' --html nowhere/x.html", "nowhere/x.html failed"),
    Case("trace 'CO/1 3' --html corpus --force", "writing corpus failed (Is a directory)"),
    Case("outline ''", "no document is named"),
    Case("instrument zzzqqq", "no instrument", code=1),
    Case("instrument ' '", "no instrument is named"),
    Case("links --kind nope", "'nope' is not one of"),
    Case("completion tcsh", "'tcsh' is not one of"),
    Case("outline NOPE/1", "no document", code=1),
    Case("trace 'CMW/C/ATL/CO/9 1'", "no document", code=1),
    Case("gaps NOPE/1", "no document", code=1),
    Case("speakers NOPE/1", "no document", code=1),
    # the corpus and the index
    Case("--corpus nowhere build", "there is no folder nowhere"),
    Case("--corpus index build", "holds no corpus"),
    Case("build nowhere", "there is no folder nowhere"),
    Case("build", "holds no documents", prepare=manifest("ignore = ['*']\n")),
    Case("build", "put the documents", prepare=gone("corpus/sources")),
    Case("--index nowhere search x", "there is no index in nowhere: run `tb build`"),
    Case("--index f search x", "f is a file: name the folder of an index", prepare=put("f", "x")),
    Case("search x", "there is no index", prepare=gone("index")),
    Case("docs", "there is no index", prepare=gone("index")),
    Case("search x", "run `tb build`", prepare=put("index/CURRENT", "something else\n")),
    Case("search x", "run `tb build`", prepare=put("index/CURRENT", b"\xff\x00\n")),
    Case("search x", "another version", prepare=put("index/CURRENT", "treatybody-index 999 1 a\n")),
    Case("search x", "index is damaged", prepare=gone("index/generations")),
    Case("search x", "index is damaged", prepare=gone("index/segments")),
    Case("build --workers 0", "--workers"),
    Case("build --timeout soon", "--timeout"),
    Case("build --timeout -1", "--timeout"),
    Case("build --timeout nan", "--timeout"),
    Case("build --pdf-engine x", "--pdf-engine"),
    Case("build a b", "extra argument"),
    Case("verify --nope", "--nope"),
    # the manifest
    Case("build", "not valid TOML", prepare=manifest("[[document]\n")),
    Case("build", "is not UTF-8 text; save it", prepare=put("corpus/manifest.toml", b"\xff\xfe")),
    Case("build", "nested too deeply", prepare=manifest(DEEP)),
    Case("build", "did you mean `symbol`?", prepare=manifest(ENTRY + "symbl = 'x'\n")),
    Case("build", "did you mean `document`?", prepare=manifest("[[documents]]\nfile = 'a'\n")),
    Case("build", "needs `file", prepare=manifest("[[document]]\nstate = 'ATL'\n")),
    Case("build", "wrong value", prepare=manifest(ENTRY + "state = 7\n")),
    Case("build", "date_kind", prepare=manifest(ENTRY + "date_kind = 'never'\n")),
    Case("build", "twice", prepare=manifest(ENTRY + ENTRY)),
    Case("build", "ignore", prepare=manifest("ignore = 'x'\n")),
    Case("build", "basis", prepare=manifest(ENTRY + "basis = 'x'\n")),
    # files that can't be read: the others are published, and these are listed
    Case("build", "empty.txt is empty", 3, source("empty.txt", b"")),
    Case("build", "blank.txt holds no text", 3, source("blank.txt", " \n\t\n")),
    Case("build", "is not .txt", 3, source("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00")),
    Case("build", "no reader for .xyz", 3, source("a.xyz", "text")),
    Case("build", "no reader for a file without", 3, source("noname", "text")),
    Case("build", "cut.docx", 3, source("cut.docx", b"PK\x03\x04 cut")),
    Case("build", "opened as a PDF", 3, source("renamed.pdf", "no PDF")),
    Case("build", "cut.pdf", 3, source("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<")),
    Case("build", "binary.txt", 3, source("binary.txt", bytes(range(256)) * 8)),
    Case("build", "a b.txt is empty", 3, source("a\nb.txt", b"")),
    # exports
    Case("export lighthouse", "--output"),
    Case("export lighthouse -o nowhere/x.csv", "nowhere/x.csv failed"),
    Case("export lighthouse -o x.nope", "no format is known for x.nope"),
    Case("export lighthouse -o x.csv --format nope", "there is no format `nope`"),
    Case("export lighthouse -o .", "is a folder"),
    Case("export lighthouse -o -", "standard output has no suffix; add --format"),
    Case("export lighthouse -o here.csv", "here.csv exists", prepare=put("here.csv", "x")),
    Case("export lighthouse -o loop --format csv", "in a circle", prepare=circle("loop")),
    Case("export lighthouse -o loop/x.csv", "in a circle", prepare=circle("loop")),
    Case(f"export lighthouse -o {'n' * 300}.csv", "File name too long"),
    Case("export -o x.csv", "write a query"),
    Case("export -o x.csv --queries corpus", "reading queries from corpus failed (Is a directory)"),
    Case("export -o x.csv --queries q.toml", "holds no queries", prepare=put("q.toml", "")),
    Case("export -o x.csv --queries q.txt", "holds no queries", prepare=put("q.txt", "# a")),
    Case("export -o x.csv --queries q.txt", "save it as UTF-8", prepare=put("q.txt", b"\xff")),
    Case("export -o x.csv --queries q.toml", "not valid TOML", prepare=put("q.toml", "a = [")),
    Case("export -o x.csv --queries q.toml", "nested too deeply", prepare=put("q.toml", DEEP)),
    Case("export -o x.csv --queries q.toml", "is no query", prepare=put("q.toml", "a = 3")),
    Case("export -o x.csv --queries q.toml", "query `a`", prepare=put("q.toml", "a = '(b'")),
    Case("export lighthouse -o x.csv --columns nope", "nope"),
    Case("export --queries nowhere.toml -o x.csv", "nowhere.toml"),
    Case("export zzzqqq -o x.csv", "0 paragraphs", code=1),
    Case("export lighthouse -o /dev/full --format csv", "No space left"),
    # the surroundings
    Case("docs", "there is no folder", environment={"TREATYBODY_CORPUS": "/dev/null/none"}),
    Case("docs", "there is no index", environment={"TREATYBODY_INDEX": "nowhere"}),
    Case("serch lighthouse", "did you mean `tb search`?"),
    Case("help nosuchtopic", "no page `nosuchtopic`"),
    Case("build --full", "3 documents", 0, environment={"TMPDIR": "/dev/null/none"}),
]


RAW = ("Traceback", "object at 0x", "Errno", "Usage:", "Error:", "fault of the program")


def one_sentence(said: str) -> bool:
    """Whether all that is said is for people: no traceback, no code, no form of a library."""
    return bool(said.strip()) and not any(raw in said for raw in RAW)


NEUTRAL = {"TREATYBODY_CORPUS": "", "TREATYBODY_INDEX": "", "TREATYBODY_DEBUG": ""}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.line} -> {case.said}"[:60])
def test_ending(home, case, monkeypatch, capsys):
    """As typed; in this process, which is ten times faster than one for each."""
    from treatybody.cli.endings import run

    if "/dev/" in case.line and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    if case.prepare:
        case.prepare(home)
    before = home.records() if home.corpus.records.is_dir() else {}
    monkeypatch.chdir(home.root)
    for name, value in {**NEUTRAL, **case.environment}.items():
        monkeypatch.setenv(name, value)
    code = run(shlex.split(case.line))
    captured = capsys.readouterr()
    said = captured.err + captured.out
    assert code == case.code, said
    assert case.said in said
    assert one_sentence(captured.err), said
    if case.code == 2:
        assert home.records() == before, "nothing was to be done"


def test_there_are_enough():
    assert len(CASES) >= 60


FAULTS = [
    (
        KeyError("x"),
        "this is a fault of the program, not yours (KeyError 'x', endings.py line",
    ),
    (RecursionError(), "(RecursionError, endings.py line"),
    (MemoryError(), "not enough memory"),
    (ImportError("no msgspec"), "can't be loaded (no msgspec); install treatybody again"),
    (RuntimeError("a\x1b[31m\nb" * 200), "RuntimeError a\ufffd[31m ba"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_of_the_program_is_one_sentence_too(fault, said, debug, monkeypatch, capsys):
    from treatybody.cli import endings

    def fail(arguments):
        raise fault

    monkeypatch.setattr(endings, "_invoke", fail)
    monkeypatch.setenv(endings.DEBUG, debug)
    assert endings.run(["search", "x"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert ("Traceback" in captured.err) == bool(debug)
    if not debug:
        assert captured.err.count("\n") == 1 and len(captured.err) < 500


SAME_IN_A_PROCESS = ("search stat:ATL", "search zzzqqq", "show nonsense", "serch lighthouse")


@pytest.mark.parametrize("case", [one for one in CASES if one.line in SAME_IN_A_PROCESS])
def test_ending_of_a_process(home, case):
    """The way that the table takes ends as the program does."""
    ended = run_tb(*shlex.split(case.line), cwd=home.root)
    assert (ended.returncode, ended.stdout) == (case.code, "")
    assert case.said in ended.stderr and one_sentence(ended.stderr)


@pytest.mark.parametrize("line", ["search lighthouse", "search (", "docs", "help query"])
def test_nobody_listens(home, line):
    """Closed and full streams, before and after: an exit code of the contract, no traceback."""
    command = f"{sys.executable} -P -m treatybody {line.replace('(', chr(92) + '(')}"
    right = 2 if "(" in line else 0
    full = ">/dev/null 2>/dev/full", ">/dev/full 2>/dev/full"
    for streams in (">&-", "2>&-", ">&- 2>&-", *full, "<&- >/dev/null"):
        done = subprocess.run(
            ["sh", "-c", f"{command} {streams}"],
            cwd=home.root,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        code = 2 if streams.startswith(">/dev/full") else right
        assert done.returncode == code, (streams, done.stderr)
        assert "Traceback" not in done.stderr, (streams, done.stderr)


# permissions

DROP = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.fixture(scope="module")
def obeying():
    """A command prefix under which permissions hold, for root too."""
    if os.name == "nt":
        pytest.skip("Windows has other permissions")
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") and not subprocess.run([*DROP, "true"], check=False).returncode:
        return DROP
    pytest.skip("runs as root, whom no permission holds, and setpriv can't drop that here")


def under(prefix: list[str], home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*prefix, sys.executable, "-P", "-m", "treatybody", *arguments]
    return subprocess.run(
        command, cwd=home.root, capture_output=True, text=True, timeout=60, check=False
    )


FORBIDDEN = [
    ("corpus/sources/issues.txt", 0o000, ["build"], 3, "issues.txt"),
    ("corpus/sources/letters", 0o000, ["build"], 2, "letters"),
    ("corpus/records", 0o500, ["build"], 2, "Permission denied"),
    ("corpus/records/documents.jsonl", 0o000, ["build"], 2, "documents.jsonl"),
    ("corpus", 0o500, ["build"], 2, "Permission denied"),
    ("corpus/manifest.toml", 0o000, ["build"], 2, "manifest.toml"),
    ("index", 0o500, ["build"], 2, "Permission denied"),
    ("index", 0o000, ["search", "lighthouse"], 2, "Permission denied"),
    ("index/CURRENT", 0o000, ["search", "lighthouse"], 2, "Permission denied"),
    ("index/generations", 0o000, ["search", "lighthouse"], 2, "Permission denied"),
    ("locked", 0o500, ["export", "lighthouse", "-o", "locked/x.csv"], 2, "Permission denied"),
]


@pytest.mark.parametrize(("place", "mode", "line", "code", "said"), FORBIDDEN)
def test_no_permission(home, obeying, place, mode, line, code, said):
    (home.root / "locked").mkdir()
    answers = home.answers()
    home.put({**SMALL, "new.txt": "1.\tA new paper."})
    path = home.root / place
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        ended = under(obeying, home, *line)
    finally:
        path.chmod(before)
    assert ended.returncode == code, ended.stderr
    assert said in ended.stderr
    assert one_sentence(ended.stderr)
    if code == 2:
        assert home.answers() == answers, "the last index stays in place"
    home.build()
    assert home.orphans() == []


def test_a_corpus_that_can_only_be_read_is_searched(home, obeying):
    for path in [home.root, *home.root.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        for line in (["search", "lighthouse"], ["show", "CMW/C/ATL/CO/1 3"], ["verify"]):
            assert under(obeying, home, *line).returncode == 0
        ended = under(obeying, home, "build")
    finally:
        for path in [home.root, *home.root.rglob("*")]:
            path.chmod(0o755)
    assert ended.returncode in (0, 2)
    assert one_sentence(ended.stderr)


# interruption


_LOST = """
import signal, sys, time, weakref
from treatybody.cli.endings import interrupt_again
sys.unraisablehook = interrupt_again
class Thing: pass
thing = Thing()
watched = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
try:
    del thing  # an interruption in this callback is lost
    time.sleep(20)
except KeyboardInterrupt:
    print("interrupted")
"""


def test_an_interruption_is_never_lost():
    child = subprocess.run([sys.executable, "-c", _LOST], capture_output=True, text=True)
    assert (child.stdout, child.stderr) == ("interrupted\n", "")


def test_interrupted_build_leaves_the_last_generation_or_the_next(home):
    import signal
    import time

    before = home.answers()
    home.put({**SMALL, "new.txt": "1.\tA new paper on lighthouses."})
    command = [sys.executable, "-P", "-m", "treatybody", "build", "--full"]
    with subprocess.Popen(
        command, cwd=home.root, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        time.sleep(0.6)
        os.killpg(child.pid, signal.SIGINT)
        _, said = child.communicate(timeout=60)
    assert child.returncode in (130, -signal.SIGINT, 0)
    assert "Traceback" not in said or child.returncode == -signal.SIGINT
    meanwhile = home.answers()
    home.build()
    assert home.orphans() == []
    # Either, never a mixture: the signal may fall between publication and the end of the process.
    assert meanwhile in (before, home.answers())
