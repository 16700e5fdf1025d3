"""Files from anywhere and texts from anyone: bombs, circles, escapes, formulas, the network."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import subprocess
import sys
import zipfile

import pytest
from torture.fuzz import _OFFICE, _PACKAGE, _W
from torture.made import SMALL

from tests.conftest import run_tb

ROOT = f'<w:document xmlns:w="{_W}"><w:body>{{}}</w:body></w:document>'
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
LINK = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="{{}}"/></Relationships>'
)


def word(document: str | bytes, target: str = "word/document.xml", **more: str) -> bytes:
    """A Word package around a main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        package.writestr("_rels/.rels", LINK.format(target))
        package.writestr("word/document.xml", document)
        for name, text in more.items():
            package.writestr(name, text)
    return out.getvalue()


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999/Parent 2 0 R>>endobj\n"
    b"trailer<</Root 1 0 R/Prev 0>>\nstartxref\n0\n%%EOF\n"
)
MADE = {
    "zip-bomb.docx": word(b"<a>" + b" " * 300_000_000),
    "entity-bomb.docx": word(f"<!DOCTYPE a [{ENTITIES}]>" + ROOT.format("&a11;")),
    "outside-entity.docx": word(
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + ROOT.format("&x;")
    ),
    "climbing.docx": word(ROOT.format(""), **{"../../climbed.txt": "out"}),
    "elsewhere.docx": word(ROOT.format(""), target="../../../../etc/passwd"),
    "endless-target.docx": word(ROOT.format(""), target="_rels/.rels"),
    "deep.docx": word(ROOT.format("<w:sdt>" * 100_000)),
    "circle.pdf": PAGES,
    "not.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "nul.txt": bytes(100_000),
}


@pytest.fixture(scope="module")
def fed(tmp_path_factory):
    """A home that was fed with every made file at once, and how its build ended."""
    from torture.made import Home

    home = Home(tmp_path_factory.mktemp("hostile") / "home")
    home.put(SMALL)
    for name, data in MADE.items():
        (home.corpus.sources / name).write_bytes(data)
    (home.corpus.sources / "round").symlink_to(home.corpus.sources)
    (home.corpus.sources / "out").symlink_to("/etc")
    if hasattr(os, "mkfifo"):
        os.mkfifo(home.corpus.sources / "pipe.txt")
    return home, run_tb("build", "--json", "--workers", "2", cwd=home.root)


def test_each_costs_itself_alone(fed):
    home, ended = fed
    assert ended.returncode == 3, ended.stderr
    assert "Traceback" not in ended.stderr
    report = json.loads(ended.stdout)
    refused = {failure["file"]: failure["reason"] for failure in report["unreadable"]}
    assert set(refused) == set(MADE)
    assert all(len(reason) > 20 for reason in refused.values())
    assert report["documents"] == len(SMALL)
    said = {notice["file"]: notice["message"] for notice in report["notices"]}
    assert said["out"].startswith("a link to a folder is not followed")
    assert said["round"] == said["out"]
    if hasattr(os, "mkfifo"):
        assert said["pipe.txt"].startswith("it is a pipe or a device")
    assert run_tb("search", "lighthouse", "--count", cwd=home.root).stdout == "3\n"


def test_nothing_got_out_or_in(fed):
    home, _ = fed
    assert not list(home.root.parent.rglob("climbed.txt"))
    told = b"".join(home.records().values())
    assert b"root:" not in told
    assert home.orphans() == []


def test_memory_is_bounded(fed):
    """A worker may use 2 GB of addresses; what these files really take is far below."""
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert most < 1.2 * 2**30


ESCAPES = "a \x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m \x08\x08 \u202egnitirw\u202c end"


@pytest.fixture(scope="module")
def rude(tmp_path_factory):
    """A home whose document holds control characters, formulas and HTML."""
    from torture.made import Home

    home = Home(tmp_path_factory.mktemp("rude") / "home")
    text = SMALL["concluding.txt"].replace("in harbour conditions", ESCAPES)
    text = text.replace("3.\tThe Committee is", "3.\t=HYPERLINK(1)+cmd|' /C calc'!A0 lighthouse is")
    text += "6.\t<script>alert(1)</script> <img src=http://x.org/a.png onerror=alert(1)> lighthouse"
    text += "\n7.\t@SUM(1) lighthouse\n8.\t+1+1 lighthouse\n9.\t-1 lighthouse\n"
    text += "".join(f"{n}.\tFiller, so that this counts as text, {n}.\n" for n in range(10, 400))
    home.put({"rude \x1b[31m.txt": text}, manifest="")
    assert home.build().unreadable == []
    return home


LINES = [
    ["search", "committee"],
    ["search", "kind:all committee", "--kwic"],
    ["show", "CMW/C/ATL/CO/1 2"],
    ["outline", "CMW/C/ATL/CO/1"],
    ["docs"],
    ["build", "--full"],
    ["search", "x\x1b[31m\x07y"],
    ["show", "x\x1b]0;t\x07"],
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: repr(" ".join(line)))
def test_no_escape_reaches_a_terminal(rude, line):
    shown = on_terminal([sys.executable, "-P", "-m", "treatybody", *line], rude.root)
    assert "Traceback" not in shown
    own = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)", "", shown)
    own = re.sub(r"\x1b\[\?25[lh]|\x1b\[[0-9]*[AKGJ]|\x1b\[2K", "", own)  # a progress bar's
    assert not re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", own)
    assert "\x1b[31mred" not in shown
    assert "\u202e" not in own


def on_terminal(command, cwd):
    """What a command shows on a terminal of its own."""
    import pty

    main, other = pty.openpty()
    with subprocess.Popen(command, cwd=cwd, stdin=other, stdout=other, stderr=other) as child:
        os.close(other)
        shown = b""
        while True:
            try:
                piece = os.read(main, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        child.wait()
    os.close(main)
    return shown.decode("utf-8", "replace")


@pytest.mark.parametrize("line", LINES[:5], ids=lambda line: repr(" ".join(line)))
def test_no_escape_when_piped(rude, line):
    ended = run_tb(*line, cwd=rude.root)
    assert not re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", ended.stdout + ended.stderr)


def test_formulas_are_disarmed(rude):
    import csv
    import zipfile as zipped

    assert run_tb("export", "lighthouse", "-o", "x.csv", cwd=rude.root).returncode == 0
    with (rude.root / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [c for c in cells if c[:1] in ("=", "@", "+") or re.match(r"-\D|-\d.*[a-z]", c)] == []
    assert run_tb("export", "lighthouse", "-o", "x.xlsx", cwd=rude.root).returncode == 0
    with zipped.ZipFile(rude.root / "x.xlsx") as book:
        sheets = [book.read(n).decode() for n in book.namelist() if "worksheets/" in n]
    assert not any("<f>" in sheet for sheet in sheets)


def test_html_is_escaped_and_alone(rude):
    assert run_tb("export", "lighthouse", "-o", "x.html", cwd=rude.root).returncode == 0
    page = (rude.root / "x.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert "Content-Security-Policy" in page
    tags = re.findall(r"<[^>]*>", page)
    assert not [tag for tag in tags if re.search(r"(?:src|<link[^>]*href)\s*=", tag)]


def test_a_symbol_leaves_no_folder(tmp_path):
    """File names of records and exports come from symbols, which come from documents."""
    from torture.made import Home

    from treatybody.store import file_name

    for key in ("../../x", "/etc/passwd", "a/../../b", "..", "C:\\x", "a\x00b", "CON"):
        name = file_name(key)
        assert "/" not in name
        assert "\\" not in name
        assert name not in (".", "..")
    home = Home(tmp_path / "home")
    entry = (
        "[[document]]\nfile = 'concluding.txt'\nreference = '../../../climbed'\nsymbol = '../x'\n"
    )
    home.put({"concluding.txt": SMALL["concluding.txt"]}, manifest=entry)
    run_tb("build", cwd=home.root)
    run_tb("export", "lighthouse", "-o", "out/", "--format", "md", cwd=home.root)
    assert not list(tmp_path.glob("*climbed*"))
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


# the network

NO_NETWORK = """
import os, sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        os.write(2, f"NETWORK {event} {arguments}\\n".encode())
        os._exit(99)
sys.addaudithook(refuse)
"""


@pytest.fixture
def cut_off(tmp_path):
    """An environment in which the first call of the network ends the process."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(NO_NETWORK)
    found = [str(tmp_path / "hook"), os.environ.get("PYTHONPATH", "")]
    return {"PYTHONPATH": os.pathsep.join(filter(None, found))}


def test_the_hook_works(tmp_path, cut_off):
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    ended = subprocess.run(
        [sys.executable, "-P", "-c", code], env={**os.environ, **cut_off}, check=False
    )
    assert ended.returncode == 99


def test_nothing_asks_the_network(home, cut_off):
    page = "<html><img src='http://192.0.2.1/a.png'><p>1. lighthouse</p><iframe src='//x'></html>"
    (home.corpus.sources / "page.html").write_text(page)
    remote = word(ROOT.format(PARAGRAPH.format("1. lighthouse")))
    (home.corpus.sources / "linked.docx").write_bytes(remote)
    lines = [["build", "--full"], *LINES[:5], ["verify"], ["doctor"], ["stats"], ["--version"]]
    lines += [["export", "lighthouse", "-o", f"x.{s}"] for s in ("html", "docx", "xlsx", "sqlite")]
    for line in lines:
        ended = run_tb(*line, cwd=home.root, **cut_off)
        assert "NETWORK" not in ended.stderr, line
        assert ended.returncode in (0, 1, 3), (line, ended.stderr)
