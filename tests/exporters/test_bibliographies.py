"""Bibliographic formats against strict readers of their rules, with what real texts can hold.

The readers here are as strict as the oldest programs that people use: RIS lines by the letter,
braces counted as BibTeX counts them, CSL-JSON by the schema of the Citation Style Language.
"""

from __future__ import annotations

import json
import re
import string

import msgspec
import pytest
from tests.exporters.test_contract import hit, write

from treatybody.exporters.rows import Row

ODD = [
    "plain",
    "=SUM(A1) +1 -1 @x",
    "brace { alone",
    "brace } alone } twice",
    "back\\slash \\{ and \\} and 50 % of $5 #1 A_B ~ ^ &",
    "@article{evil,\n title = {x}}\n@comment",
    "ER  - \r\nTY  - JOUR\r\nTI  - evil\u2028ER  - \x85ER  - ",
    "controls \x00\x07\x1b[31m\x7f\x9b and \ufffe\ufeff",
    "\u202eright to left\u202c العمال المهاجرون 移徙工人 😀 e\u0301",
    "word " * 9_000,
    'quotes " and \\" and {"a": "b\\\\"}',
    "",
    "   ",
]
NAMES = ["CMW/C/PER/CO/1", "A/1-2", "A/1/2", "file:é", "file:è", "file:" + "n" * 3_000, "移徙"]


def odd_rows():
    number = 0
    for name in NAMES:
        for text in ODD:
            number += 1
            facts = {"document": name, "symbol": name if name[0] == "C" else None, "title": text}
            yield Row(hit(str(number), text, citation=f"{name}, para. {number}", **facts))


def test_ris_line_by_line():
    data = write("ris", odd_rows()).decode()
    assert data.endswith("ER  - \r\n\r\n")
    assert not re.search(
        r"(?<!\r)\n|\r(?!\n)|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", data
    )
    entries = data.split("\r\n\r\n")[:-1]
    assert len(entries) == len(NAMES)
    for entry in entries:
        lines = entry.split("\r\n")
        assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
        tags = [line[:2] for line in lines]
        assert (tags[0], tags[-1]) == ("TY", "ER")
        assert tags.count("TY") == tags.count("ER") == tags.count("TI") == 1
        assert tags.count("N1") == len(ODD)


def bibtex_entries(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """Entries as BibTeX reads them: a backslash protects no brace."""
    found, at = [], 0
    while (at := text.find("@", at)) >= 0:
        head = re.compile(r"@(\w+)\{([^\s,{}\"#%'()=~\\\\]+),\s*").match(text, at)
        assert head, text[at : at + 80]
        fields: dict[str, str] = {}
        at = head.end()
        while not text.startswith("}", at):
            name = re.compile(r"(\w+) = ").match(text, at)
            assert name, text[at : at + 80]
            value, at = braced(text, name.end())
            assert name[1] not in fields
            fields[name[1]] = value
            comma = re.compile(r",\s*").match(text, at)
            assert comma, text[at : at + 80]
            at = comma.end()
        found.append((head[1], head[2], fields))
        at += 1
        assert text.startswith("\n", at), "what stands between entries would be lost"
    return found


def braced(text: str, start: int) -> tuple[str, int]:
    assert text[start] == "{"
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return text[start + 1 : at], at + 1
    raise AssertionError("a brace is never closed")


def test_bibtex_by_its_braces():
    found = bibtex_entries(write("bib", odd_rows()).decode())
    assert [kind for kind, _, _ in found] == ["techreport"] * len(NAMES)
    assert len({key.casefold() for _, key, _ in found}) == len(NAMES)
    for _, _, fields in found:
        assert {"title", "institution", "number", "type", "year", "annote"} <= set(fields)
        assert len(re.findall(r"para\. \d+:", fields["annote"])) == len(ODD)
        assert not re.search(r"(?<!\\)[%#&$]", fields["annote"])
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", fields["annote"])


CSL_STRINGS = {"id", "type", "title", "publisher", "number", "genre", "language", "URL", "note"}


def test_csl_by_its_schema():
    items = json.loads(write("csl.json", odd_rows()))
    assert len(items) == len({item["id"] for item in items}) == len(NAMES)
    for item in items:
        assert set(item) <= CSL_STRINGS | {"issued"}
        assert {"id", "type"} <= set(item)
        assert all(isinstance(item[name], str) for name in CSL_STRINGS & set(item))
        assert item["type"] == "report"
        (parts,) = item["issued"]["date-parts"]
        assert 1 <= len(parts) <= 3 and all(isinstance(part, int) for part in parts)


@pytest.mark.parametrize("date", [None, "2024", "2024-05", "2024-05-06"])
def test_dates_as_far_as_they_are_known(date):
    rows = [Row(hit("1", "text", date=date))]
    ((_, _, fields),) = bibtex_entries(write("bib", iter(rows)).decode())
    assert fields.get("date") == date and fields.get("year") == (date[:4] if date else None)
    (item,) = json.loads(write("csl.json", iter(rows)))
    given = [int(part) for part in date.split("-")] if date else None
    assert item.get("issued", {}).get("date-parts") == ([given] if given else None)
    assert (f"DA  - {date.replace('-', '/')}" if date else "TY") in write(
        "ris", iter(rows)
    ).decode()


def test_as_rispy_reads_it():
    rispy = pytest.importorskip("rispy")
    found = rispy.loads(write("ris", odd_rows()).decode())
    assert [len(entry["notes"]) for entry in found] == [len(ODD)] * len(NAMES)


def test_as_bibtexparser_reads_it():
    bibtexparser = pytest.importorskip("bibtexparser")
    text = write("bib", odd_rows()).decode()
    if hasattr(bibtexparser, "parse_string"):
        library = bibtexparser.parse_string(text)
        assert library.failed_blocks == []
        assert len(library.entries) == len(NAMES)
    else:
        assert len(bibtexparser.loads(text).entries) == len(NAMES)


def test_keys_are_plain_letters():
    keys = [item["id"] for item in json.loads(write("csl.json", odd_rows()))]
    assert not set("".join(keys)) - set(string.ascii_letters + string.digits + "_-.")


@pytest.mark.parametrize("name", ["csv", "md", "html"])
def test_no_control_characters_in_texts_for_people(name):
    data = write(name, odd_rows()).decode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", data)


def test_json_lines_keep_every_character():
    given = [row.hit for row in odd_rows()]
    data = write("jsonl", odd_rows())
    assert data.count(b"\n") == len(given)
    assert msgspec.json.Decoder(type(given[0])).decode_lines(data) == given
