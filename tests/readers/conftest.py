"""Word files written by the tests: the smallest package that shows one trap."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from treatybody.blocks import Reading
from treatybody.readers import docx

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ROOTS = {"document": "document", "header1": "hdr", "header2": "hdr", "footer1": "ftr"}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def members(body: str, **parts: str) -> dict[str, str]:
    """The members of a package with that body; other parts by name (styles, footnotes ...)."""
    main = f"<w:body>{body}</w:body>"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types"/>',
        "_rels/.rels": _rels({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": _part("document", main),
    }
    links = {}
    for name, inside in parts.items():
        files[f"word/{name}.xml"] = _part(name, inside)
        links[name] = (name.rstrip("0123456789"), f"{name}.xml")
    files["word/_rels/document.xml.rels"] = _rels(links)
    return files


def _part(name: str, inside: str) -> str:
    root = _ROOTS.get(name, name)
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {NAMESPACES}>{inside}</w:{root}>'


def _rels(links: dict[str, tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in links.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}relationships">{inside}</Relationships>'


def pack(path: Path, files: dict[str, str | bytes]) -> Path:
    """Write a zip package."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return path


@pytest.fixture
def word_members() -> Callable[..., dict[str, str]]:
    return members


@pytest.fixture
def packed(tmp_path: Path) -> Callable[..., Path]:
    def write(files: dict[str, str | bytes], name: str = "made.docx") -> Path:
        return pack(tmp_path / name, files)

    return write


@pytest.fixture
def read_word(packed: Callable[..., Path]) -> Callable[..., Reading]:
    """Read a Word file with that body and those parts."""

    def read(body: str, **parts: str) -> Reading:
        return docx.read(packed(members(body, **parts)))

    return read


@pytest.fixture
def shared() -> Path:
    """The folder of shared data beside the checkout."""
    for folder in Path(__file__).resolve().parents:
        if (folder / "shared" / "corpora").is_dir():
            return folder / "shared"
    pytest.skip("no folder `shared` beside the checkout: the real files are not here")
