"""Many queries in one export: names that stay in their folder, sheets, one entry a document."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exporters.test_contract import HITS, LONG, hit

from treatybody.errors import ExportError
from treatybody.exporters import batches, spreadsheet, writing
from treatybody.exporters.batches import Batch
from treatybody.exporters.rows import Options, Row


def some(name: str, hits=HITS, note=None) -> Batch:
    return Batch(name, f"text of {name}", note, [Row(one) for one in hits])


def workbook(found: list[Batch]):
    openpyxl = pytest.importorskip("openpyxl")
    out = io.BytesIO()
    spreadsheet.write_workbook(found, out, Options())
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def test_workbook_has_a_sheet_each_and_a_summary_with_the_empty_ones():
    found = [some("one", HITS[:2], "=cmd"), some("nothing", []), some("a/b:c" + "x" * 40, HITS[:1])]
    book = workbook(found)
    assert book.sheetnames == ["Summary", "one", "nothing", "a b c" + "x" * 26]
    lines = [row[:4] for row in book["Summary"].iter_rows(min_row=2, values_only=True)]
    assert [(line[0][:7], line[1]) for line in lines] == [
        ("one", 2),
        ("nothing", 0),
        ("a/b:cxx", 1),
    ]
    assert lines[0][2:] == ("text of one", "=cmd")
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "no formulas"


def test_a_full_sheet_goes_on_in_another():
    openpyxl = pytest.importorskip("openpyxl")
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        table = spreadsheet.Table(book, "one", Options(columns=("citation",)), most=3)
        table.write(Row(one) for one in HITS)
    read = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    lines = [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in read]
    assert read.sheetnames == ["one", "one part 2", "one part 3"]
    assert [line for sheet in lines for line in sheet[1:]] == [one.citation for one in HITS]
    assert {sheet[0] for sheet in lines} == {"citation"}


def test_a_marked_text_longer_than_a_cell_keeps_its_marks_and_all_its_letters():
    text = LONG + "😀" * 9000
    pieces = spreadsheet._pieces(text, [(0, 4), (32_760, 32_780), (39_999, 40_010)])
    cells = list(spreadsheet._split(pieces))
    assert "".join(part for cell in cells for part, _ in cell) == text
    assert all(sum(len(p.encode("utf-16-le")) // 2 for p, _ in c) <= 32_767 for c in cells)


@given(st.lists(st.text(max_size=120), max_size=8))
def test_file_names_never_leave_the_folder(names):
    found = batches.file_names(names, ".csv")
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert re.fullmatch(r"\w[\w.-]*\.csv", name)
        assert "/" not in name and "\\" not in name and len(name.encode()) < 200


@given(st.lists(st.text(max_size=60), max_size=8))
def test_sheet_names_are_what_excel_allows(names):
    found = spreadsheet.sheet_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\") and name.strip("'") == name
        assert name.casefold() not in ("history", "summary")


def test_nothing_is_written_when_one_file_exists(tmp_path):
    (tmp_path / "two.csv").write_text("mine")
    module = writing.formats()["csv"]
    with pytest.raises(ExportError, match="add --force"):
        batches.to_folder(module, [some("one"), some("two")], tmp_path, Options(), force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["two.csv"]
    batches.to_folder(module, [some("one"), some("two")], tmp_path, Options(), force=True)
    assert (tmp_path / "two.csv").read_bytes().count(b"\n") > len(HITS)


@pytest.mark.parametrize("name", ["ris", "bib", "csl.json"])
def test_a_document_that_two_queries_find_is_one_entry(name):
    module = writing.formats()[name]
    found = [some("one", [hit("1", "a"), hit("3", "c")]), some("two", [hit("2", "b")])]
    out = io.BytesIO()
    merged = batches.combined(module, found, lambda row: (row.hit.document, row.hit.position))
    module.write(merged, out, Options())
    text = out.getvalue().decode()
    places = [
        text.index(f"para. {number} [{query}]")
        for number, query in ((1, "one"), (2, "two"), (3, "one"))
    ]
    assert places == sorted(places)
    assert text.count("Concluding observations on the initial report of Peru") == 1


@pytest.mark.parametrize("name", ["md", "html", "docx"])
def test_texts_have_a_heading_for_each_query(name):
    module = writing.formats()[name]
    found = [some("first query", HITS[:1]), some("second query", HITS[:1])]
    out = io.BytesIO()
    module.write(batches.combined(module, found, lambda row: 0), out, Options())
    text = written(name, out.getvalue())
    assert text.index("first query") < text.index("second query")
    assert [batch.count for batch in found] == [1, 1]


def written(name: str, data: bytes) -> str:
    if name != "docx":
        return data.decode()
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


def test_a_device_is_written_into_and_stays(tmp_path):
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes on this system")
    import threading

    place = tmp_path / "pipe"
    os.mkfifo(place)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(place.read_bytes()))
    reader.start()
    writing.to_file(writing.formats()["csv"], iter(map(Row, HITS)), place, Options(), force=False)
    reader.join(10)
    assert read[0].startswith(b"\xef\xbb\xbfcitation")
    assert place.is_fifo()


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    module = writing.formats()["csv"]
    writing.to_file(module, iter(map(Row, HITS)), tmp_path / "link.csv", Options(), force=True)
    assert (tmp_path / "link.csv").is_symlink()
    assert "citation" in (tmp_path / "real.csv").read_text("utf-8-sig")
