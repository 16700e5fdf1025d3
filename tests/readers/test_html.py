"""What a web page shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from treatybody.blocks import Reading
from treatybody.errors import DamagedFile, NoText, ReadError, RefusedFile
from treatybody.readers import html

Reader = Callable[[str], Reading]


@pytest.fixture
def read_page(tmp_path: Path) -> Reader:
    def read(body: str) -> Reading:
        path = tmp_path / "page.html"
        path.write_text(f"<!DOCTYPE html><title>T</title><body>{body}", encoding="utf-8")
        return html.read(path)

    return read


TEXTS = [
    ("spaces collapse", "<p>  one\n  two <b> three</b> </p>", ["one two three"]),
    ("line break", "<p>one <br> two</p>", ["one\ntwo"]),
    ("loose text", "a<p>b</p>c", ["a", "b", "c"]),
    ("unseen", "<p>a<script>x</script><style>x</style><template>x</template></p>", ["a"]),
    ("hidden", '<p>a<span style="display: none">x</span></p><p hidden>x</p>', ["a"]),
    ("deleted", "<p>a<del>x</del><ins>b</ins></p>", ["ab"]),
    ("comment", "<p>a<!-- x -->b</p>", ["ab"]),
    ("entities", "<p>Per&uacute; &amp; &#8217;</p>", ["Perú & ’"]),
    ("kept lines", "<pre>a\n  b</pre>", ["a\n  b"]),
    ("sections", "<main><section><div>a</div>b</section></main>", ["a", "b"]),
    ("definitions", "<dl><dt>a<dd>b</dl>", ["a", "b"]),
]


@pytest.mark.parametrize(("body", "texts"), [r[1:] for r in TEXTS], ids=[r[0] for r in TEXTS])
def test_texts(read_page: Reader, body: str, texts: list[str]) -> None:
    assert [block.text for block in read_page(body).blocks] == texts


LISTS = [
    ("<ol><li>x<li>y</ol>", ["1.", "2."]),
    ("<ol start=33><li>x<li value=40>y<li>z</ol>", ["33.", "40.", "41."]),
    ("<ol type=a><li>x<ol type=i><li>y<li>z</ol><li>w</ol>", ["a.", "i.", "ii.", "b."]),
    ("<ol reversed><li>x<li>y</ol>", ["2.", "1."]),
    ("<ul><li>x</ul>", ["•"]),
    ("<ol style='list-style-type: upper-roman'><li>x</ol>", ["I."]),
    ("<ol style='list-style: none'><li>x</ol>", [None]),
    ("<ol><li><p>x</p><p>more</p><li>y</ol>", ["1.", None, "2."]),
    ("<ol start=wrong><li>x</ol>", ["1."]),
]


@pytest.mark.parametrize(("body", "labels"), LISTS)
def test_numbers_of_lists(read_page: Reader, body: str, labels: list[str | None]) -> None:
    assert [block.label for block in read_page(body).blocks] == labels


def test_headings_and_look(read_page: Reader) -> None:
    blocks = read_page("<h2>A</h2><p align=center><b>B</b></p><p><b>C</b> d</p>").blocks
    assert [(b.outline, b.bold, b.centred) for b in blocks] == [
        (2, False, False),
        (None, True, True),
        (None, False, False),
    ]


def test_tables(read_page: Reader) -> None:
    body = "<table><thead><tr><th>A<th>B</thead><tr><td>1<td>2<table><tr><td>in</table></table>"
    blocks = read_page(body).blocks
    assert [(b.text, b.cell and (b.cell.table, b.cell.row, b.cell.header)) for b in blocks] == [
        ("A\tB", (1, 1, True)),
        ("1\t2", (1, 2, False)),
        ("in", (2, 1, False)),
    ]


NOTED = [
    '<p>rights<sup><a href="#fn1">1</a></sup>.</p><p id="fn1">1 Ibid. <a href="#r1">↩</a></p>',
    '<p>rights<a href="#_ftn1" name="_ftnref1">[1]</a>.</p>'
    '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Ibid.</p></div>',
]


@pytest.mark.parametrize("body", NOTED)
def test_notes(read_page: Reader, body: str) -> None:
    reading = read_page(body)
    assert [block.text for block in reading.blocks] == ["rights."]
    mark = reading.blocks[0].marks[0]
    note = reading.notes[mark.key]
    assert (mark.offset, note.mark, note.text) == (6, "1", "Ibid.")


def test_links_that_are_no_notes_stay(read_page: Reader) -> None:
    reading = read_page('<p>See <a href="#p1">1</a>.</p><p id="p1">Text</p>')
    assert [block.text for block in reading.blocks] == ["See 1.", "Text"]


WORD = "Perú – “todos”"
ENCODED = [
    ("UTF-8 with mark", "utf-8-sig", ""),
    ("UTF-8 by default", "utf-8", ""),
    ("UTF-16", "utf-16", ""),
    ("named in the head", "utf-8", '<meta charset="utf-8">'),
    ("Latin 1 is Windows-1252", "cp1252", '<meta charset="iso-8859-1">'),
    ("old form", "cp1252", '<meta http-equiv=a content="text/html; charset=windows-1252">'),
    ("nothing said", "cp1252", ""),
    ("wrongly said", "cp1252", '<meta charset="utf-8">'),
    ("UTF-16 said in readable letters", "utf-8", '<meta charset="utf-16">'),
]


@pytest.mark.parametrize(
    ("encoding", "head"), [row[1:] for row in ENCODED], ids=[row[0] for row in ENCODED]
)
def test_encodings(tmp_path: Path, encoding: str, head: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(f"<html><head>{head}</head><body><p>{WORD}".encode(encoding))
    assert html.read(path).blocks[0].text == WORD


def test_xhtml_with_its_declaration(tmp_path: Path) -> None:
    path = tmp_path / "page.xhtml"
    path.write_bytes(f'<?xml version="1.0" encoding="utf-8"?><html><body>{WORD}'.encode())
    assert html.read(path).blocks[0].text == WORD


def test_properties(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text('<title> A \n b</title><meta name="symbol" content="A/1"><body>x', "utf-8")
    assert html.read(path).properties == {"title": "A b", "meta:symbol": "A/1"}


BAD: list[tuple[str, bytes, type[ReadError]]] = [
    ("empty", b"", DamagedFile),
    ("no text", b"<html><body><img src=x></body></html>", NoText),
    ("binary", bytes(range(256)) * 8, DamagedFile),
    ("blanks", b"  \n", DamagedFile),
]


@pytest.mark.parametrize(("data", "kind"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_pages(tmp_path: Path, data: bytes, kind: type[ReadError]) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(data)
    with pytest.raises(kind, match=r"page\.html"):
        html.read(path)


def test_a_page_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with path.open("wb") as stream:
        stream.truncate(33 * 2**20)
    with pytest.raises(RefusedFile, match="32 MB"):
        html.read(path)


@pytest.mark.parametrize("tag", ["div", "ul><li", "table><tr><td", "b"])
def test_nested_deep(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<p>before</p>{f'<{tag}>' * 5000}inside", "utf-8")
    try:
        assert html.read(path).blocks[0].text == "before"
    except ReadError as error:
        assert "deep" in str(error)


def test_entities_of_its_own_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/hostname">]><body><p>a &e; b', "utf-8"
    )
    assert "&e;" in html.read(path).blocks[-1].text
