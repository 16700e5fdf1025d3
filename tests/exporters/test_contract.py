"""Every format is opened by a library that its users would open it with."""

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator

import docx
import msgspec
import pytest

from treatybody.errors import ExportError, UsageError
from treatybody.exporters import writing
from treatybody.exporters.rows import COLUMNS, Options, Row, by_subparagraph
from treatybody.model import Footnote, Hit, Subparagraph

LONG = "word " * 8000


def hit(number: str, text: str, **facts: object) -> Hit:
    values = {
        "id": f"CMW/C/PER/CO/1#{number}",
        "document": "CMW/C/PER/CO/1",
        "number": number,
        "position": int(number),
        "kind": "paragraph",
        "section": ["A. One", "Two & <three>"],
        "text": text,
        "subparagraphs": [],
        "footnotes": [],
        "table": None,
        "speaker": None,
        "page": 3,
        "line": 7,
        "symbol": "CMW/C/PER/CO/1",
        "type": "concluding_observations",
        "committee": "CMW",
        "state": "PER",
        "date": "2015-04-23",
        "language": "en",
        "title": "Concluding observations on the initial report of Peru",
        "score": 1.5,
        "matched": ["text"],
        "spans": [],
        "pinpoint": None,
        "citation": f"CMW/C/PER/CO/1, para. {number}",
    }
    return Hit(**{**values, **facts})  # type: ignore[arg-type]


NOTE = Footnote(mark="1", source_mark="1", offset=3, text="Ibid., <art>. 5")
HITS = [
    hit("1", "=SUM(A1) is a «formula» & <tag>", spans=[(12, 13)]),
    hit("2", "(a) first\n(b) second", footnotes=[NOTE], spans=[(4, 9)]),
    hit("3", "escape \x1b[31m and NUL \x00 and \ufffe", spans=[]),
    hit("4", LONG, spans=[(0, 4)]),
    hit("5", "whole", spans=[(0, 5)], document="CMW/C/PER/2", symbol=None, date="2024"),
]


def rows() -> Iterator[Row]:
    return (Row(one) for one in HITS)


def write(name: str, given: Iterator[Row] | None = None, **options: object) -> bytes:
    out = io.BytesIO()
    module = writing.formats()[name]
    module.write(rows() if given is None else given, out, Options(**options))  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(writing.formats()))
class TestEveryFormat:
    def test_same_hits_give_the_same_bytes_but_for_stamps(self, name):
        if name in ("xlsx", "sqlite"):
            pytest.skip("these containers carry the time of making")
        assert write(name) == write(name)

    def test_nothing_found_is_a_valid_empty_file(self, name, tmp_path):
        target = tmp_path / f"empty.{name}"
        writing.to_file(writing.formats()[name], iter(()), target, Options(), force=False)
        assert READERS[name](target.read_bytes(), tmp_path) == []

    def test_every_citation_arrives(self, name, tmp_path):
        found = READERS[name](write(name), tmp_path)
        assert [c for c in found if "continued" not in c] == [one.citation for one in HITS]

    def test_rows_are_taken_one_at_a_time(self, name):
        alive = []

        def counted():
            for one in HITS * 40:
                alive.append(one)
                yield Row(one)

        write(name, counted())
        assert len(alive) == len(HITS) * 40


def read_csv(data: bytes, _folder) -> list[str]:
    text = data.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert not any(row["text"].startswith("=") for row in table)
    return [row["citation"] for row in table]


def read_jsonl(data: bytes, _folder) -> list[str]:
    hits = msgspec.json.Decoder(Hit).decode_lines(data)
    assert not hits or hits == HITS
    return [one.citation for one in hits]


def read_xlsx(data: bytes, _folder) -> list[str]:
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(data), rich_text=True).active
    return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


def read_docx(data: bytes, _folder) -> list[str]:
    docx.Document(io.BytesIO(data))
    notes = zipfile.ZipFile(io.BytesIO(data)).read("word/footnotes.xml").decode()
    return [piece.split(".</w:t>")[0] for piece in notes.split('preserve"> ')[1:]]


def read_html(data: bytes, _folder) -> list[str]:
    from lxml import html

    page = html.fromstring(data.decode())
    assert not page.xpath("//script | //img | //link")
    assert "default-src 'none'" in page.xpath("//meta/@content")[0]
    return [cite.text for cite in page.xpath("//cite")]


def read_markdown(data: bytes, _folder) -> list[str]:
    from markdown_it import MarkdownIt

    html = MarkdownIt().render(data.decode())
    bold = [piece.split("</strong>")[0] for piece in html.split("<strong>")[1:]]
    return [piece for piece in bold if ", para. " in piece]


def read_ris(data: bytes, _folder) -> list[str]:
    lines = data.decode().split("\r\n")
    assert lines.count("TY  - RPRT") == lines.count("ER  - ")
    return [line[6:].split(":")[0] for line in lines if line.startswith("N1")]


def read_bib(data: bytes, _folder) -> list[str]:
    text = data.decode()
    assert text.count("{") == text.count("}")
    return re.findall(r"CMW/C/PER/CO/1, para\. \d+", text)


def read_csl(data: bytes, _folder) -> list[str]:
    items = json.loads(data)
    return [note.split(":")[0] for item in items for note in item["note"].split("\n\n")]


def read_sqlite(data: bytes, folder) -> list[str]:
    place = folder / "read.sqlite"
    place.write_bytes(data)
    base = sqlite3.connect(place)
    found = [row[0] for row in base.execute("select citation from paragraphs order by rowid")]
    if found:
        match = "select count(*) from paragraphs_fts where paragraphs_fts match 'second'"
        assert base.execute(match).fetchone() == (1,)
    return found


READERS = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "xlsx": read_xlsx,
    "docx": read_docx,
    "html": read_html,
    "md": read_markdown,
    "ris": read_ris,
    "bib": read_bib,
    "csl.json": read_csl,
    "sqlite": read_sqlite,
}


def test_every_format_has_a_reader_here():
    assert set(READERS) == set(writing.formats())


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.csv", "csv"), ("a.CSV", "csv"), ("a.b.csl.json", "csl.json"), ("a.htm", "html")],
)
def test_format_from_the_suffix(name, expected, tmp_path):
    assert expected == writing.choose(None, tmp_path / name).NAME


def test_unknown_suffix_names_the_formats(tmp_path):
    with pytest.raises(UsageError, match=r"--format \(bib, csl.json"):
        writing.choose(None, tmp_path / "a.pages")


def test_existing_file_stays_unless_forced(tmp_path):
    target = tmp_path / "a.csv"
    target.write_text("mine")
    csv_format = writing.formats()["csv"]
    with pytest.raises(ExportError, match="add --force"):
        writing.to_file(csv_format, rows(), target, Options(), force=False)
    assert target.read_text() == "mine"
    writing.to_file(csv_format, rows(), target, Options(), force=True)
    assert target.read_bytes().startswith(b"\xef\xbb\xbfcitation")


def test_failed_export_leaves_nothing(tmp_path):
    def broken():
        yield Row(HITS[0])
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        writing.to_file(writing.formats()["csv"], broken(), tmp_path / "a.csv", Options(), False)
    assert list(tmp_path.iterdir()) == []


def test_long_text_goes_on_below_in_a_spreadsheet():
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(io.BytesIO(write("xlsx"))).active
    column = [cell.value for cell in sheet[1]].index("text")
    parts = [row[column] for row in sheet.iter_rows(min_row=5, max_row=6, values_only=True)]
    assert "".join(parts) == LONG


def test_split_by_subparagraph():
    subparagraphs = [
        Subparagraph(label="(a)", start=6, end=15, level=1),
        Subparagraph(label="(b)", start=16, end=26, level=1),
    ]
    text = "Lead:\n(a) first\n(b) second"
    whole = hit("7", text, subparagraphs=subparagraphs, spans=[(6, 9)])
    parts = [row.hit for row in by_subparagraph(Row(whole))]
    assert [part.text for part in parts] == ["Lead:", "(a) first", "(b) second"]
    assert [part.citation for part in parts] == [
        "CMW/C/PER/CO/1, para. 7",
        "CMW/C/PER/CO/1, para. 7 (a)",
        "CMW/C/PER/CO/1, para. 7 (b)",
    ]


def test_columns_are_all_computable():
    for name, column in COLUMNS.items():
        assert column(Row(HITS[0], None, "q")) is not None or name in ("pinpoint",)
