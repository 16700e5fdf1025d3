"""The PDF reader over the shared UN files: a sample here, all of them in scripts/fidelity."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from treatybody.errors import ReadError
from treatybody.readers import pdf


def _shared(name: str) -> Path | None:
    for folder in Path(__file__).resolve().parents:
        if (folder / "shared" / name).is_dir():
            return folder / "shared" / name
    return None


CORPUS, BAD = _shared("corpora/crpd-pdf"), _shared("bad-input/pdf")
FILES = sorted(CORPUS.glob("*.pdf")) if CORPUS else []
# Faults of the sources: numbers misprinted, printed twice, or quoted from a law.
PRINTED_WRONG = ("CRPD_C_EU_1", "CRPD_C_SGP_1", "CRPD_C_RUS_Q_1_Add.1", "CRPD_C_COL_Q_1_Add.1")


def _symbol(path: Path) -> str:
    return path.stem[path.stem.index("CRPD_C") :].replace("_", "/")


@pytest.mark.skipif(not FILES, reason="no ../shared/corpora/crpd-pdf beside the checkout")
@pytest.mark.parametrize("path", FILES[::9], ids=lambda path: path.stem)
def test_shared_pdf(path: Path) -> None:
    reading = pdf.read(path)
    head = [b.text.rstrip("*") for b in reading.blocks if b.region == "masthead"]
    assert _symbol(path) in head
    paragraphs = [b for b in reading.blocks if b.region == "body" and not b.cell]
    assert not [b.text for b in paragraphs if re.search(r"\bGE\.\s?\d\d-|Please recycle", b.text)]
    if not path.stem.endswith(PRINTED_WRONG):
        numbers = [int(m[1]) for b in paragraphs if (m := re.match(r"(\d{1,3})\.\t", b.text))]
        _require_chain(numbers)


def _require_chain(numbers: list[int]) -> None:
    """Numbers run 1..n; other lists may stand between, each from 1."""
    expected, inner = 1, 0
    for number in numbers:
        if number == expected:
            expected += 1
        elif number in (1, inner):
            inner = number + 1
        else:
            assert number < expected, f"{expected} is missing before {number}"


@pytest.mark.skipif(not BAD, reason="no ../shared/bad-input beside the checkout")
def test_broken_files_read_or_say_why() -> None:
    assert BAD is not None
    for path in sorted(BAD.glob("*.pdf"))[::3]:
        try:
            pdf.read(path)
        except ReadError as problem:
            assert path.name in str(problem)
