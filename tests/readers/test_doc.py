"""Old Word files, with LibreOffice and without."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from treatybody.errors import DamagedFile, ReaderTimeout, UnknownFormat
from treatybody.readers import doc

RTF = r"{\rtf1\ansi The Committee\par welcomes the report.\par}"
installed = any(shutil.which(name) for name in ("soffice", "libreoffice"))


def office(folder: Path, script: str) -> None:
    """A program in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "old.doc"
    path.write_text(RTF)
    return path


@pytest.mark.parametrize(
    ("name", "said"), [("old.doc", "in the old Word format"), ("old.RTF", "rich text")]
)
def test_without_libreoffice_one_clear_sentence(
    old_file: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnknownFormat, match=f"{name} is {said}; install LibreOffice, or save it"):
        doc.read(old_file.rename(old_file.with_name(name)))


def test_what_libreoffice_refuses_is_damaged(
    old_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, "echo 'Error: source file could not be loaded'; exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(DamagedFile, match="source file could not be loaded"):
        doc.read(old_file)


def test_a_conversion_that_hangs_is_ended(
    old_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, "sleep 60")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(doc, "_SECONDS", 0.3)
    with pytest.raises(ReaderTimeout, match=r"old\.doc"):
        doc.read(old_file)


@pytest.mark.skipif(not installed, reason="LibreOffice is not installed")
def test_with_libreoffice(old_file: Path) -> None:
    reading = doc.read(old_file)
    assert [block.text for block in reading.blocks] == ["The Committee", "welcomes the report."]
    assert reading.reader == "doc"
    assert "LibreOffice" in reading.reader_version
