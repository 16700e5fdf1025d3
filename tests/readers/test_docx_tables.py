"""Tables row by row: which table, row and cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from treatybody.blocks import Block, Reading
from treatybody.readers import docx

Reader = Callable[..., Reading]


def p(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def tc(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def places(blocks: list[Block]) -> list[tuple[int, int, bool] | None]:
    return [b.cell and (b.cell.table, b.cell.row, b.cell.header) for b in blocks]


def cells(block: Block) -> list[str]:
    assert block.cell is not None
    return [block.text[start:end] for start, end in block.cell.spans]


def test_rows_and_cells(read_word: Reader) -> None:
    header = tr(tc(p("State")), tc(p("Year")), properties="<w:tblHeader/>")
    body = tbl(header, tr(tc(p("Peru")), tc(p("2015") + p("2024")))) + p("after")
    blocks = read_word(body).blocks
    assert places(blocks) == [(1, 1, True), (1, 2, False), None]
    assert cells(blocks[1]) == ["Peru", "2015\n2024"]


def test_merged_cells_show_their_text_once(read_word: Reader) -> None:
    body = tbl(
        tr(tc(p("both"), '<w:gridSpan w:val="2"/>')),
        tr(tc(p("tall"), '<w:vMerge w:val="restart"/>'), tc(p("b"))),
        tr(tc(p("tall"), "<w:vMerge/>"), tc(p("d"))),
    )
    assert [cells(block) for block in read_word(body).blocks] == [
        ["both"],
        ["tall", "b"],
        ["", "d"],
    ]


def test_a_table_in_a_cell_follows_its_row(read_word: Reader) -> None:
    inner = tbl(tr(tc(p("x")), tc(p("y"))))
    blocks = read_word(tbl(tr(tc(p("a") + inner), tc(p("b"))), tr(tc(p("c")), tc(p("d"))))).blocks
    assert [block.text for block in blocks] == ["a\tb", "x\ty", "c\td"]
    assert places(blocks) == [(1, 1, False), (2, 1, False), (1, 2, False)]


def test_a_column_of_one_is_a_frame_around_paragraphs(read_word: Reader) -> None:
    blocks = read_word(tbl(tr(tc(p("Summary"))), tr(tc(p("1. Text") + p("2. More"))))).blocks
    assert [(block.text, block.cell) for block in blocks] == [
        ("Summary", None),
        ("1. Text", None),
        ("2. More", None),
    ]


def test_empty_rows_are_counted_and_not_delivered(read_word: Reader) -> None:
    blocks = read_word(tbl(tr(tc("<w:p/>"), tc("<w:p/>")), tr(tc(p("a")), tc(p("b"))))).blocks
    assert places(blocks) == [(1, 2, False)]


def test_deleted_rows_and_cells(read_word: Reader) -> None:
    gone = tr(tc(p("x")), tc(p("y")), properties="<w:del/>")
    kept = tr(tc(p("a")), tc(p("b"), "<w:cellDel/>"), tc(p("c")))
    assert [block.text for block in read_word(tbl(gone, kept)).blocks] == ["a\tc"]


def test_rows_and_cells_in_controls(read_word: Reader) -> None:
    cell = f"<w:sdt><w:sdtContent>{tc(p('a'))}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtPr/><w:sdtContent>{tr(cell, tc(p('b')))}</w:sdtContent></w:sdt>"
    assert read_word(tbl(row)).blocks[0].text == "a\tb"


def test_geneva_masthead(read_word: Reader) -> None:
    distribution = p("Distr.: General") + p("13 May 2015") + p("Original: English")
    masthead = tbl(
        tr(tc("<w:p/>"), tc(p("United Nations")), tc(p("CMW/C/PER/CO/1"))),
        tr(tc("<w:p/>"), tc(p("International Convention")), tc(distribution)),
    )
    blocks = read_word(masthead + p("Concluding observations")).blocks
    assert cells(blocks[0]) == ["", "United Nations", "CMW/C/PER/CO/1"]
    assert cells(blocks[1])[2].split("\n")[1] == "13 May 2015"


def test_a_file_of_python_docx(tmp_path: Path) -> None:
    """Written by other people's code, to be sure of more than our own XML."""
    import docx as python_docx

    document = python_docx.Document()
    document.add_heading("Introduction", level=1)
    document.add_paragraph("The Committee welcomes the report.", style="List Number")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 1).text = "last"
    document.core_properties.title = "CMW/C/PER/CO/1"
    document.save(str(tmp_path / "made.docx"))
    reading = docx.read(tmp_path / "made.docx")
    assert [(b.text, b.label, b.outline) for b in reading.blocks] == [
        ("Introduction", None, 1),
        ("The Committee welcomes the report.", "1.", None),
        ("wide", None, None),
        ("\tlast", None, None),
    ]
    assert reading.properties["core:title"] == "CMW/C/PER/CO/1"
