"""Old Word files (.doc) and rich text, through LibreOffice where it is installed.

LibreOffice makes a .docx of it, and that is read. What comes out depends on LibreOffice's version,
which stands in the reader's version: these records are outside the promise of the same bytes on
every machine.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from treatybody.blocks import Reading
from treatybody.errors import DamagedFile, ReadError, ReaderTimeout, UnknownFormat
from treatybody.readers import docx, guard

NAME = "doc"
VERSION = "1"
SUFFIXES = (".doc", ".rtf")

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 90


def read(path: Path) -> Reading:
    """Read an old Word file.

    Raises:
        UnknownFormat: LibreOffice is not installed.
        ReaderTimeout: LibreOffice took longer than 90 seconds.
        DamagedFile: LibreOffice could not read it either, or it is locked.
    """
    guard.file_size(path)
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnknownFormat(
            f"{path.name} is {_kind(path)}; install LibreOffice, or save it as .docx"
        )
    with tempfile.TemporaryDirectory(prefix="treatybody-") as folder:
        reading = _converted(program, path, Path(folder))
        reading.reader = NAME
        reading.reader_version = f"{VERSION}, {_version(program, Path(folder))}"
    return reading


def _kind(path: Path) -> str:
    return "rich text" if path.suffix.lower() == ".rtf" else "in the old Word format"


def _converted(program: str, path: Path, folder: Path) -> Reading:
    copy = folder / f"source{path.suffix.lower()}"
    try:
        shutil.copyfile(path, copy)
    except OSError as error:
        raise DamagedFile(f"{path.name} can't be read: {error.strerror}") from error
    arguments = ["--convert-to", "docx", "--outdir", str(folder / "out"), str(copy)]
    output = _run(program, arguments, folder, path.name)
    made = folder / "out" / "source.docx"
    if not made.is_file():
        said = output.strip().splitlines()[-1:] or ["no reason given"]
        raise DamagedFile(
            f"LibreOffice can't read {path.name} ({said[0]}); it may be damaged or locked"
        )
    try:
        return docx.read(made)
    except ReadError as error:
        raise type(error)(str(error).replace(made.name, path.name)) from error


def _version(program: str, folder: Path) -> str:
    words = _run(program, ["--version"], folder, "its version").split()
    return " ".join(words[:2]) or "LibreOffice"


def _run(program: str, arguments: list[str], folder: Path, what: str) -> str:
    """What LibreOffice says; it gets a profile of its own, so that an open one is no hindrance."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    process = subprocess.Popen(
        [program, profile, "--headless", "--norestore", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.communicate(timeout=_SECONDS)[0].decode(errors="replace")
    except subprocess.TimeoutExpired:
        raise ReaderTimeout(f"LibreOffice took more than {_SECONDS} s over {what}") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """LibreOffice starts a second process; end both."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
