"""Plain text: encodings, and the debris of text extractions."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatybody import readers
from treatybody.errors import DamagedFile, ReadError, UnknownFormat
from treatybody.readers import text as text_reader
from treatybody.readers.encoding import decode

BOOKMARK = "[bookmark: _Hlk1]"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(newline.join(["1.\tPerú “replied”.", "2.\tÑandú."]).encode(encoding))
    assert [block.text for block in readers.read(path).blocks] == [
        "1.\tPerú “replied”.",
        "2.\tÑandú.",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03" * 50,
        b"text \x00 and more",
        bytes(range(256)) * 4,
        "Un dÃ©cret, año".encode() + b"\xff" + "señor ñandú".encode(),
        b"",
        b"  \n\t\n",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError):
        readers.read(path)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "iso8859-5"])
def test_another_alphabet_is_never_taken_for_latin(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("1.\tКомитет рассмотрел доклад и рекомендует.\n".encode(encoding))
    with pytest.raises(DamagedFile, match="save it as UTF-8"):
        readers.read(path)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"%PDF-1.7\n...", "is not .docx but a PDF"),
        ("a.pdf", b"PK\x03\x04....", "is not .pdf but a zip package"),
        ("a.txt", b"%PDF-1.7\n...", "is not .txt but a PDF"),
    ],
)
def test_a_renamed_file_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    if path.suffix not in readers.suffixes():
        pytest.skip(f"no reader for {path.suffix}")
    with pytest.raises(DamagedFile, match=words):
        readers.read(path)


def test_an_unknown_suffix_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat, match=r"no reader for \.xyz"):
        readers.read(tmp_path / "a.xyz")
    with pytest.raises(ReadError, match=r"reading a\.txt failed"):
        readers.read(tmp_path / "a.txt")


LINES = [
    (f"{BOOKMARK}{BOOKMARK}\t(e)\tSupreme Decree", ["(e)\tSupreme Decree"], []),
    (f"{BOOKMARK}154.\tIn addition", ["154.\tIn addition"], []),
    ("E-mail: [a@b.org](mailto:a@b.org)", ["E-mail: a@b.org"], []),
    (
        "Law[footnoteRef:4] and[footnoteRef:5]. [4: \t\tIbid.]  [5: \t\tArt. 1.] ",
        ["Law and."],
        ["Ibid.", "Art. 1."],
    ),
    ("Law.[footnoteRef:4] [4: \t\tSee [2015] ECR [1].] ", ["Law."], ["See [2015] ECR [1]."]),
    ("Law.[footnoteRef:4] [4: \t\tSee a [b.]\n\n2.\tNext.", ["Law.", "2.\tNext."], ["See a [b."]),
    (
        "Law.[footnoteRef:4] [4: \t\tSee\n\t\t(a) One;\nNo. 2.] ",
        ["Law."],
        ["See\n\t\t(a) One;\nNo. 2."],
    ),
    ("A [1: one] in brackets", ["A [1: one] in brackets"], []),
    ("guideline\nNo. 3 on", ["guideline\nNo. 3 on"], []),
    ("One.\nTwo.", ["One.", "Two."], []),
    ("\t\tHeading\nText", ["Heading", "Text"], []),
    ("His Excellency  \nMr. A  \nGeneva", ["His Excellency\nMr. A\nGeneva"], []),
]


@pytest.mark.parametrize(("source", "blocks", "notes"), LINES)
def test_debris(source: str, blocks: list[str], notes: list[str]) -> None:
    reading = text_reader.parse(source)
    assert [block.text for block in reading.blocks] == blocks
    assert [note.text for note in reading.notes.values()] == notes


def test_a_text_that_is_broken_into_lines_is_put_together() -> None:
    long = "The Committee considered the report of the State party at length and in detail. "
    wrapped = textwrap.fill(f"1. {long * 6}", 72)
    listed = textwrap.fill(f"(a) {long * 3}", 72)
    reading = text_reader.parse(f"{wrapped}\n\n{wrapped.replace('1.', '2.')}\n{listed}\n")
    assert [block.text[:4] for block in reading.blocks] == ["1. T", "2. T", "(a) "]
    assert [block.line for block in reading.blocks] == [1, 9, 16]


def test_heads_of_printed_pages_are_left_out() -> None:
    head = "          CERD/C/304/Add.69\n          page {}\n\n"
    front = "CERD/C/304/Add.69\n\n1. One.\n\n"
    second = "2. The Committee notes that the\n\n"
    third = "law is new.\n\n3. See A/1\npage 4\n"
    reading = text_reader.parse(front + head.format(2) + second + head.format(3) + third)
    assert [" ".join(block.text.split()) for block in reading.blocks] == [
        "CERD/C/304/Add.69",
        "1. One.",
        "2. The Committee notes that the law is new.",
        "3. See A/1 page 4",
    ]
    assert reading.blocks[-1].line == 15


def test_the_only_code_of_a_text_is_kept() -> None:
    reading = text_reader.parse("CERD/C/304/Add.69\npage 1\n\n1. One.\n")
    assert reading.blocks[0].text.startswith("CERD/C/304/Add.69")


def test_an_asterisk_note_keeps_its_printed_mark() -> None:
    line = "\t\tList of issues[footnoteRef:1]* [1: \t*\tAdopted by the Committee.] "
    reading = text_reader.parse(line)
    [block] = reading.blocks
    assert (block.text, block.indent, block.marks[0].offset) == ("List of issues", 2, 14)
    assert reading.notes["1"].mark == "*"
    assert reading.notes["1"].text == "Adopted by the Committee."


def test_what_does_not_match_is_kept_and_said() -> None:
    reading = text_reader.parse("One.[footnoteRef:7]\n\n[9: \t\tOrphan.]\nTwo.")
    assert [message for _, message in reading.warnings] == [
        "footnote 9 has no mark; it is put where it stands",
        "footnote 7 has no body",
    ]
    assert reading.notes["9"].text == "Orphan."


def test_every_format_module_keeps_the_contract() -> None:
    for name, module in readers.formats().items():
        assert name == module.NAME
        assert module.VERSION
        assert all(
            suffix.startswith(".") and suffix == suffix.lower() for suffix in module.SUFFIXES
        )
        assert callable(module.read)


PIECES = "[ ] [4:_ [5:_\t\t [footnoteRef:4] [footnoteRef:5]* [bookmark:_a] [a](mailto:b) word._"
BLANKS = ["\n", "\n\n", "\t", "*\t", "1.\t", "(a)\t", "  \n", "\r"]
DEBRIS = st.lists(st.sampled_from([*PIECES.replace("_", "\0").split(" "), *BLANKS])).map(
    lambda pieces: "".join(pieces).replace("\0", " ")
)


@given(DEBRIS | st.text(max_size=80))
def test_no_text_makes_it_raise_and_no_word_is_lost(source: str) -> None:
    reading = text_reader.parse(source)
    assert all(0 <= mark.offset <= len(b.text) for b in reading.blocks for mark in b.marks)
    out = " ".join([*(b.text for b in reading.blocks), *(n.text for n in reading.notes.values())])
    assert out.lower().count("word") == source.lower().count("word")


@given(st.binary(max_size=200))
def test_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded, _ = decode(data, "a.txt")
    except DamagedFile:
        return
    assert "\x00" not in decoded


def wrapped(*paragraphs: str, width: int = 60) -> str:
    """Paragraphs broken at a width, with an empty line between them."""
    return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)


LONG = (
    "The Committee notes with concern the lack of information on measures taken by the State. " * 3
)
FIRST = "X/C/PER/1\n\n" + wrapped(f"1. {LONG}", f"2. {LONG}")


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (f"{FIRST}\n\n2\n\fX/C/PER/1\n\n3. It agreed.\n\n3", ["3. It agreed."]),
        (f"{FIRST}\n\nGE.20-13807(E)\n*1512345*\n\fX/C/PER/1\n3. It agreed.", ["3. It agreed."]),
        (
            f"{FIRST}\n\n3. It agreed to\n\n2\n\f   X/C/PER/1\n\nadopt a law.\n\n   3",
            ["3. It agreed to\nadopt a law."],
        ),
        (
            f"{FIRST}\n\n3. It agreed.\n\n2\n\fX/C/PER/1     GE.20-13807\n\nEqual pay\n4. No.\n3",
            ["3. It agreed.", "Equal pay", "4. No."],
        ),
        (f"{FIRST}\n\fSee Act 12\n\n3. No.\n\fSee Act 7\n\n4. No.", None),
    ],
    ids=[
        "numbers",
        "job numbers",
        "a broken sentence",
        "columns",
        "what does not count with pages",
    ],
)
def test_furniture_of_pages_is_left_out(text: str, blocks: list[str] | None) -> None:
    found = [block.text for block in text_reader.parse(text).blocks]
    assert found[0] == "X/C/PER/1"
    assert found[3:] == (blocks or ["See Act 12", "3. No.", "See Act 7", "4. No."])


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("1.\n\nIt agreed.\n\n(a)\nLaws;\n\nB.\nPay", ["1.\tIt agreed.", "(a)\tLaws;", "B.\tPay"]),
        ("1.\n2.\nIt agreed.", ["1.", "2.\tIt agreed."]),
        (
            "Distr.: General\n7 July 2015\nOriginal: English\nCommittee on\nthe Child",
            ["Distr.: General", "7 July 2015", "Original: English",
             "Committee on\nthe Child"],
        ),
        ("It adopted guideline\nNo. 3 on it.", ["It adopted guideline\nNo. 3 on it."]),
        ("The report of the\nState party", ["The report of the\nState party"]),
        ("Equal pay\nIt agreed.", ["Equal pay", "It agreed."]),
    ],
    ids=["labels alone", "two labels", "a masthead", "a number", "a small word", "two lines"],
)  # fmt: skip
def test_lines_that_are_paragraphs(text: str, blocks: list[str]) -> None:
    assert [block.text for block in text_reader.parse(text).blocks] == blocks


def test_headings_of_a_text_that_is_broken_at_a_width() -> None:
    end = "The State party should do so by all the means that it has now."
    text = "\n".join([
        wrapped(f"1. {LONG}"), end, "Freedom from torture and other cruel and inhuman treatment",
        "(art. 15)", wrapped(f"2. {LONG}"), "", wrapped(f"3. {LONG}"), "", wrapped(f"4. {LONG}"),
    ])  # fmt: skip
    found = [block.text for block in text_reader.parse(text).blocks]
    assert found[0].endswith(end)
    assert found[1] == "Freedom from torture and other cruel and inhuman treatment\n(art. 15)"
    assert [one[:2] for one in found[2:]] == ["2.", "3.", "4."]


def test_a_head_in_two_columns() -> None:
    rows = [
        ("United Nations", "X/C/PER/1"),
        ("Convention on the Rights", "Distr.: General"),
        ("", "20 October 2020"),
        ("of Persons with Disabilities", ""),
        ("", "Original: English"),
    ]
    head = "\n".join(f"{left:60}{right}".rstrip() for left, right in rows)
    found = [block.text for block in text_reader.parse(f"{head}\n\nList of issues\n").blocks]
    assert found == [
        "United Nations", "Convention on the Rights\nof Persons with Disabilities", "X/C/PER/1",
        "Distr.: General", "20 October 2020", "Original: English", "List of issues",
    ]  # fmt: skip


def test_markdown() -> None:
    lines = [
        "# X/C/PER/1",
        "## **A. Pay** ##",
        "**1\\.** It *agreed*:",
        "- (a) Laws;",
        "- Plans.\\*",
    ]
    reading = text_reader.parse("\n\n".join(lines))
    assert [(block.text, block.outline) for block in reading.blocks] == [
        ("X/C/PER/1", 1), ("A. Pay", 2), ("1. It *agreed*:", None), ("(a) Laws;", None),
        ("- Plans.*", None),
    ]  # fmt: skip


def test_a_text_with_one_number_sign_is_no_markdown() -> None:
    reading = text_reader.parse("# 12 is **his** case\n\n1. It agreed.")
    assert [block.text for block in reading.blocks] == ["# 12 is **his** case", "1. It agreed."]


def test_entries_of_contents_stay_apart() -> None:
    entries = [f"{name} {'.' * 40} {page}" for name, page in (("Laws", 3), ("Plans", 12))]
    text = "\n".join(["Contents", *entries, "", wrapped(*[f"{n}. {LONG}" for n in (1, 2, 3, 4)])])
    found = [block.text for block in text_reader.parse(text).blocks]
    assert found[:3] == ["Contents", *entries]
