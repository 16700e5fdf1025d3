"""Files that must not be opened, or not read as what they are called."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from treatybody.errors import DamagedFile, EncryptedFile, NoText, ReadError, RefusedFile
from treatybody.readers import docx, guard

Members = Callable[..., dict[str, str | bytes]]
Packed = Callable[..., Path]

P = "<w:p><w:r><w:t>text</w:t></w:r></w:p>"
BOMB = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12)
)  # fmt: skip


def declared(members: dict[str, str | bytes], name: str, declaration: str, text: str) -> None:
    xml = str(members[name])
    head, _, rest = xml.partition("?>")
    members[name] = f"{head}?>{declaration}{rest}".replace("text", text)


@pytest.mark.parametrize(
    ("declaration", "text"),
    [
        (f"<!DOCTYPE x [{BOMB}]>", "&e11;"),
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "&e;"),
        ('<!DOCTYPE x SYSTEM "http://localhost:1/x.dtd">', "text"),
        ('<!-- aside --><!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>', "text"),
    ],
    ids=["entity bomb", "external entity", "external subset", "parameter entity"],
)
def test_declared_types_are_refused(
    word_members: Members, packed: Packed, declaration: str, text: str
) -> None:
    members = word_members(P)
    declared(members, "word/document.xml", declaration, text)
    with pytest.raises(RefusedFile, match="document type"):
        docx.read(packed(members))


def test_a_declared_type_in_utf16_is_refused(word_members: Members, packed: Packed) -> None:
    members = word_members(P)
    declared(members, "word/document.xml", f"<!DOCTYPE x [{BOMB}]>", "&e11;")
    xml = str(members["word/document.xml"]).replace("UTF-8", "UTF-16")
    members["word/document.xml"] = xml.encode("utf-16")
    with pytest.raises(RefusedFile, match="document type"):
        docx.read(packed(members))


def test_a_declared_type_in_another_part_is_refused(word_members: Members, packed: Packed) -> None:
    members = word_members(P, styles="<w:style/>")
    declared(members, "word/styles.xml", f"<!DOCTYPE x [{BOMB}]>", "x")
    with pytest.raises(RefusedFile):
        docx.read(packed(members))


def refused_quickly(path: Path, kind: type[ReadError] = RefusedFile) -> str:
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(kind) as caught:
        docx.read(path)
    seconds, memory = time.perf_counter() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seconds < 3
    assert memory < 100 * 2**20
    message = str(caught.value)
    assert message.startswith(path.name)
    assert "\n" not in message
    return message


def test_zip_bomb(word_members: Members, packed: Packed) -> None:
    members = word_members(P)
    members["word/document.xml"] = bytes(60 * 2**20)
    assert "zip bomb" in refused_quickly(packed(members))


def test_a_text_node_of_200_megabytes(tmp_path: Path, word_members: Members) -> None:
    path = tmp_path / "huge.docx"
    head, _, tail = str(word_members(P)["word/document.xml"]).partition("text")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", word_members(P)["_rels/.rels"])
        with package.open("word/document.xml", "w") as stream:
            stream.write(head.encode())
            for _ in range(200):
                stream.write(b"x" * 2**20)
            stream.write(tail.encode())
    assert "64 MB" in refused_quickly(path)


def test_a_text_node_that_libxml2_refuses(word_members: Members, packed: Packed) -> None:
    import random

    letters = random.Random(3).choices("abcdefghij", k=11 * 2**20)
    members = word_members(P.replace("text", "".join(letters)))
    assert "too large" in refused_quickly(packed(members))


def test_many_members(tmp_path: Path) -> None:
    path = tmp_path / "many.docx"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(guard.DEFAULT.members + 1):
            package.writestr(f"word/{number}.xml", "")
    assert "members" in refused_quickly(path)


CLIMBING = ["../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "word/..\\..\\evil", "a/" * 40 + "x"]


@pytest.mark.parametrize("name", CLIMBING)
def test_names_that_climb_out(word_members: Members, packed: Packed, name: str) -> None:
    assert "outside" in refused_quickly(packed(word_members(P) | {name: "x"}))


def test_relationships_that_climb_out_reach_nothing(word_members: Members, packed: Packed) -> None:
    members = word_members(P)
    members["_rels/.rels"] = str(members["_rels/.rels"]).replace(
        "word/document.xml", "../../../../etc/passwd"
    )
    reading = docx.read(packed(members))
    assert reading.warnings == [(None, "the package does not say which part is the document")]


def test_nested_too_deep(word_members: Members, packed: Packed) -> None:
    members = word_members("<w:sdt><w:sdtContent>" * 400 + P + "</w:sdtContent></w:sdt>" * 400)
    assert "too deep" in refused_quickly(packed(members))


def test_nested_as_deep_as_libxml2_allows(word_members: Members, packed: Packed) -> None:
    members = word_members("<w:sdt><w:sdtContent>" * 120 + P + "</w:sdtContent></w:sdt>" * 120)
    assert docx.read(packed(members)).blocks[0].text == "text"


def test_tables_nested_deep(word_members: Members, packed: Packed) -> None:
    cells = "<w:tbl><w:tr><w:tc>"
    ends = "</w:tc><w:tc/></w:tr></w:tbl>"
    members = word_members(cells * 80 + P + ends * 80)
    assert docx.read(packed(members)).blocks[0].text == "text\t"


RENAMED = [
    ("a PDF", b"%PDF-1.7\n%", DamagedFile, "PDF"),
    ("text", b"The meeting was called to order", DamagedFile, "not a Word package"),
    ("nothing", b"", DamagedFile, "empty"),
    ("old Word", guard.OLE_MAGIC + bytes(600), DamagedFile, "old Word format"),
    (
        "locked",
        guard.OLE_MAGIC + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        EncryptedFile,
        "password",
    ),
    ("a cut package", b"PK\x03\x04" + bytes(50), DamagedFile, "cut or corrupt"),
]


@pytest.mark.parametrize(
    ("data", "kind", "word"), [row[1:] for row in RENAMED], ids=[row[0] for row in RENAMED]
)
def test_not_what_the_name_says(
    tmp_path: Path, data: bytes, kind: type[ReadError], word: str
) -> None:
    path = tmp_path / "named.docx"
    path.write_bytes(data)
    assert word in refused_quickly(path, kind)


def test_a_locked_member(word_members: Members, packed: Packed) -> None:
    path = packed(word_members(P))
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "password" in refused_quickly(path, EncryptedFile)


def test_every_cut_is_one_plain_reason(word_members: Members, packed: Packed) -> None:
    path = packed(word_members(P, styles="<w:style/>", numbering="<w:num/>"))
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(ReadError):
            docx.read(path)


def test_every_flipped_byte_reads_or_is_refused(word_members: Members, packed: Packed) -> None:
    path = packed(word_members(P, styles="<w:style/>", numbering="<w:num/>"))
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        path.write_bytes(damaged)
        try:
            docx.read(path)
        except ReadError as error:
            assert str(error).startswith(path.name)


BROKEN = [
    ("<w:p><w:r><w:sym w:char='zz'/></w:r><w:r><w:t>a</w:t></w:r></w:p>", "a"),
    ("<w:p><w:r><w:footnoteReference/></w:r><w:r><w:t>a</w:t></w:r></w:p>", "a"),
    ("<w:p><w:pPr><w:ind w:left='wide'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", "a"),
    ("<w:p><w:r><w:rPr><w:sz w:val=''/></w:rPr><w:t>a</w:t></w:r></w:p>", "a"),
    ("<w:p><w:r><w:rPr><w:b w:val='maybe'/></w:rPr><w:t>a</w:t></w:r></w:p>", "a"),
    ("<w:r><w:t>no paragraph</w:t></w:r><w:p><w:r><w:t>a</w:t></w:r></w:p>", "a"),
    ("<w:tbl/><w:tbl><w:tr/></w:tbl><w:p><w:r><w:t>a</w:t></w:r></w:p>", "a"),
    ("<w:p><w:pPr><w:numPr><w:numId w:val='x'/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
     "a"),
    ("<w:p><w:r><w:t>a</w:t><mc:AlternateContent/></w:r></w:p><w:sectPr/>", "a"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), BROKEN)
def test_broken_xml_values(word_members: Members, packed: Packed, body: str, text: str) -> None:
    reading = docx.read(packed(word_members(body, numbering="<w:num/>", settings="")))
    assert [block.text for block in reading.blocks] == [text]


def test_no_text_at_all(word_members: Members, packed: Packed) -> None:
    with pytest.raises(NoText, match="OCR"):
        docx.read(packed(word_members("<w:p/>")))


def test_a_part_that_is_missing_is_reported(word_members: Members, packed: Packed) -> None:
    members = word_members(P, styles="")
    del members["word/styles.xml"]
    reading = docx.read(packed(members))
    assert reading.warnings == [(None, "part word/styles.xml (styles) is missing")]


def test_iso_strict_and_part_names_in_another_case(word_members: Members, packed: Packed) -> None:
    members = word_members(P)
    strict = {
        name: str(content)
        .replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                 "http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                 "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, content in members.items()
    }  # fmt: skip
    strict["Word/Document.xml"] = strict.pop("word/document.xml")
    assert docx.read(packed(strict)).blocks[0].text == "text"


def test_custom_properties(word_members: Members, packed: Packed) -> None:
    members = word_members(P)
    members["_rels/.rels"] = str(members["_rels/.rels"]).replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="x/custom-properties" Target="docProps/custom.xml"/>'
        "</Relationships>",
    )
    members["docProps/custom.xml"] = (
        '<Properties xmlns="urn:x" xmlns:vt="urn:y"><property name="Symbol1">'
        "<vt:lpwstr>A/80/590_x000d_</vt:lpwstr></property></Properties>"
    )
    assert docx.read(packed(members)).properties == {"Symbol1": "A/80/590"}


def test_damaged_properties_cost_no_document(word_members: Members, packed: Packed) -> None:
    members = word_members(P)
    members["_rels/.rels"] = str(members["_rels/.rels"]).replace(
        "</Relationships>",
        '<Relationship Id="rId2" Type="x/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
    )
    members["docProps/core.xml"] = "<broken"
    reading = docx.read(packed(members))
    assert reading.blocks[0].text == "text"
    assert reading.warnings == [(None, "docProps/core.xml can't be read")]


def test_the_shared_broken_files(shared: Path) -> None:
    files = sorted((shared / "bad-input" / "docx").iterdir())
    assert len(files) >= 50
    for file in files:
        began = time.perf_counter()
        try:
            docx.read(file)
        except ReadError as error:
            assert "\n" not in str(error), file.name
        assert time.perf_counter() - began < 5, file.name
