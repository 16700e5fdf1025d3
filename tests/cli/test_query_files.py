"""`tb export --queries` from files, pipes, standard input and a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from treatybody.cli import query_files
from treatybody.errors import UsageError

NAMED = "[[query]]\nname = 'effect'\nquery = '\"suspensive effect\"'\n"


def export(root: Path, given: str, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "treatybody", "export", "--queries", "-", "-o", "-"]
    return subprocess.run(
        [*command, "--format", "csv", "--columns", "query,citation", *more],
        input=given,
        capture_output=True,
        text=True,
        cwd=root,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("remittances\n# a remark\n", "remittances"),
        ("remittances", "remittances"),
        (NAMED, "effect"),
        (NAMED.replace("\n", "\r\n"), "effect"),
    ],
)
def test_standard_input(seeds: Path, given: str, name: str) -> None:
    done = export(seeds, given)
    assert done.returncode == 0, done.stderr
    assert {line.split(",")[0] for line in done.stdout.split("\n")[1:-1]} == {name}


def test_standard_input_without_queries(seeds: Path) -> None:
    done = export(seeds, "")
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input holds no queries; write one a line" in done.stderr


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match=r"standard input failed \(it is closed\)"):
        query_files.read(Path("-"))


def test_a_pipe_that_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(query_files, "PATIENCE", 0.05)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    late = threading.Timer(0.5, pipe.write_text, ["detention\n"])
    late.start()
    assert [one.text for one in query_files.read(pipe)] == ["detention"]
    assert f"waiting for queries from {pipe}, which has not ended yet" in capsys.readouterr().err


def test_a_pipe_that_comes_at_once_is_not_worth_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=pipe.write_text, args=["detention\n"]).start()
    assert [one.text for one in query_files.read(pipe)] == ["detention"]
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_files, "MOST", 1000)
    with pytest.raises(UsageError, match="more than 1,000 bytes"):
        query_files.read(Path("/dev/zero"))


def test_a_terminal_is_told_what_to_type(
    seeds: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import pty

    ours, theirs = pty.openpty()
    with os.fdopen(theirs) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        os.write(ours, b"detention\n\x04")
        assert [one.text for one in query_files.read(Path("-"))] == ["detention"]
    os.close(ours)
    assert "type the queries, one a line; Ctrl-D" in capsys.readouterr().err
