"""`tb` in a terminal of its own, as a person runs it; what it prints, controls and all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import treatybody

pty = pytest.importorskip("pty")
SOURCE = str(Path(treatybody.__file__).resolve().parents[1])  # the code that the tests import


def on_terminal(*arguments: str, cwd: Path, columns: int = 100, **environment: str) -> str:
    """Run `tb`; returns what the terminal got, output and messages together."""
    pid, screen = pty.fork()
    if pid == 0:
        os.chdir(cwd)
        clean = {
            k: v for k, v in os.environ.items() if not k.startswith(("TREATYBODY_", "NO_COLOR"))
        }
        given = {"TERM": "xterm-256color", "COLUMNS": str(columns), "PYTHONPATH": SOURCE}
        given |= environment
        command = [sys.executable, "-P", "-m", "treatybody", *arguments]
        os.execve(sys.executable, command, {**clean, **given})
    printed = b""
    while True:
        try:
            piece = os.read(screen, 65536)
        except OSError:
            break
        if not piece:
            break
        printed += piece
    os.waitpid(pid, 0)
    os.close(screen)
    return printed.decode("utf-8", "replace").replace("\r\n", "\n")
