"""Automatic numbers as Word shows them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatybody.blocks import Reading
from treatybody.readers.wordml.numerals import numeral

Reader = Callable[..., Reading]


def level(place: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def family(key: int, *levels: str, kind: str = "multilevel") -> str:
    inside = f'<w:multiLevelType w:val="{kind}"/>' + "".join(levels)
    return f'<w:abstractNum w:abstractNumId="{key}">{inside}</w:abstractNum>'


def instance(key: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def restart(place: int, at: int = 1) -> str:
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


def item(num: int | None, place: int | None = 0, text: str = "x", style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    at = "" if place is None else f'<w:ilvl w:val="{place}"/>'
    which = "" if num is None else f'<w:numId w:val="{num}"/>'
    numbered = f"<w:numPr>{at}{which}</w:numPr>" if at or which else ""
    return f"<w:p><w:pPr>{named}{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def labels(reading: Reading) -> list[str | None]:
    return [block.label for block in reading.blocks]


OUTLINE = family(
    0, level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), level(2, "lowerRoman", "(%3)")
)
LEGAL = family(
    1,
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    level(2, "decimal", "%1.%2.%3"),
)
NUMBERING = OUTLINE + LEGAL + instance(1, 0) + instance(2, 1)

SEQUENCES: list[tuple[str, str, list[tuple[int, int]], list[str | None]]] = [
    ("levels restart below", NUMBERING,
     [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)], ["1.", "(a)", "(b)", "(i)", "2.", "(a)"]),
    ("figures for legal numbering", NUMBERING,
     [(2, 0), (2, 0), (2, 1), (2, 2)], ["I.", "II.", "2.1", "II.1.1"]),
    ("a sub-level first brings its parent", NUMBERING,
     [(2, 1), (2, 1), (2, 0)], ["1.1", "1.2", "II."]),
    ("two instances of one family count on", OUTLINE + instance(1, 0) + instance(2, 0),
     [(1, 0), (2, 0), (1, 0)], ["1.", "2.", "3."]),
    ("start override, once", OUTLINE + instance(1, 0) + instance(2, 0, restart(0)),
     [(1, 0), (1, 0), (2, 0), (2, 0), (1, 0)], ["1.", "2.", "1.", "2.", "3."]),
    ("start override at another number", OUTLINE + instance(1, 0, restart(0, 33)),
     [(1, 0), (1, 0)], ["33.", "34."]),
    ("never restarted", family(0, level(0, "upperLetter", "%1."),
     level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')) + instance(1, 0),
     [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["A.", "1.", "2.", "B.", "3."]),
    ("restarted by level one alone", family(0, level(0, "decimal", "%1."),
     level(1, "decimal", "%2."), level(2, "lowerLetter", "%3.", '<w:lvlRestart w:val="1"/>'))
     + instance(1, 0),
     [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)],
     ["1.", "1.", "a.", "2.", "b.", "2.", "1.", "a."]),
    ("level replaced by the instance", OUTLINE + instance(1, 0,
     f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'),
     [(1, 0), (1, 0)], ["A)", "B)"]),
    ("bullet and none", family(0, level(0, "bullet", "\uf0b7",
     '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'), level(1, "none", "")) + instance(1, 0),
     [(1, 0), (1, 1)], ["•", None]),
    ("no number in a parent that has none", family(0, level(0, "none", ""),
     level(1, "decimal", "%1%2.")) + instance(1, 0), [(1, 0), (1, 1)], [None, "1."]),
    ("simple list, whatever level is named", family(0, level(0, "decimal", "%1)"),
     kind="singleLevel") + instance(1, 0), [(1, 0), (1, 3)], ["1)", "2)"]),
    ("hidden number", family(0, level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>"))
     + instance(1, 0), [(1, 0)], [None]),
    ("zero before", family(0, level(0, "decimalZero", "%1")) + instance(1, 0), [(1, 0)], ["01"]),
    ("newer format with an older one to fall back on", '<w:abstractNum w:abstractNumId="0">'
     '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
     '<w:numFmt w:val="custom" w:format="01, 02, 03, ..."/></mc:Choice><mc:Fallback>'
     '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/>'
     "</w:lvl></w:abstractNum>" + instance(1, 0), [(1, 0)], ["01"]),
    ("instance without definition", instance(1, 7), [(1, 0)], [None]),
    ("no such instance", NUMBERING, [(9, 0)], [None]),
    ("no such level", NUMBERING, [(1, 8)], [None]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("numbering", "items", "shown"), [row[1:] for row in SEQUENCES], ids=[r[0] for r in SEQUENCES]
)
def test_numbers_of_a_list(
    read_word: Reader, numbering: str, items: list[tuple[int, int]], shown: list[str | None]
) -> None:
    reading = read_word("".join(item(*each) for each in items), numbering=numbering)
    assert labels(reading) == shown


def test_facts_of_a_numbered_block(read_word: Reader) -> None:
    block = read_word(item(1, 1), numbering=NUMBERING).blocks[0]
    assert (block.label, block.label_source, block.level) == ("(a)", "automatic", 1)
    assert block.text == "x"


def test_no_numbering_part(read_word: Reader) -> None:
    assert labels(read_word(item(1))) == [None]


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Para"><w:name w:val="Para"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Derived">
  <w:name w:val="D"/><w:basedOn w:val="Para"/></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Para"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Off"><w:name w:val="Off"/><w:basedOn w:val="Para"/>
  <w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Linked"><w:name w:val="Linked"/>
  <w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="numbering" w:styleId="ListStyle"><w:name w:val="ListStyle"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""
LINKED = (
    OUTLINE
    + family(2, level(0, "decimal", "%1."),
             level(1, "decimal", "%1.%2", '<w:pStyle w:val="Linked"/>'))
    + '<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="ListStyle"/></w:abstractNum>'
    + '<w:abstractNum w:abstractNumId="4"><w:numStyleLink w:val="Lost"/></w:abstractNum>'
    + instance(1, 0) + instance(3, 2) + instance(4, 3) + instance(5, 4)
)  # fmt: skip

BY_STYLE = [
    ("the style numbers", [(None, None, "Para"), (None, None, "Para")], ["1.", "2."]),
    ("the style it is based on numbers", [(None, None, "Derived")], ["1."]),
    ("level from the derived style", [(None, None, "Para"), (None, None, "Sub")], ["1.", "(a)"]),
    ("the style cancels", [(None, None, "Off")], [None]),
    ("the paragraph cancels", [(0, 0, "Para"), (None, None, "Para")], [None, "1."]),
    ("the paragraph names the level alone", [(None, 1, "Para")], ["(a)"]),
    ("the level names the style", [(None, None, "Linked")], ["1.1"]),
    ("numbering style", [(4, 0, ""), (1, 0, "")], ["1.", "2."]),
    ("numbering style that is missing", [(5, 0, "")], [None]),
    ("unnumbered paragraphs between", [(1, 0, ""), (None, None, ""), (1, 0, "")],
     ["1.", None, "2."]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "shown"), [row[1:] for row in BY_STYLE], ids=[row[0] for row in BY_STYLE]
)
def test_numbers_by_style(
    read_word: Reader,
    items: list[tuple[int | None, int | None, str]],
    shown: list[str | None],
) -> None:
    body = "".join(item(num, place, style=style) for num, place, style in items)
    assert labels(read_word(body, numbering=LINKED, styles=STYLES)) == shown


def test_the_default_style_numbers(read_word: Reader) -> None:
    styles = STYLES.replace('w:default="1" ', "").replace(
        '<w:style w:type="paragraph" w:styleId="Para">',
        '<w:style w:type="paragraph" w:default="1" w:styleId="Para">',
    )
    body = "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    assert labels(read_word(body, numbering=LINKED, styles=styles)) == ["1."]


def test_numbering_styles_that_point_in_a_circle(read_word: Reader) -> None:
    styles = STYLES.replace('w:styleId="ListStyle"><w:name w:val="ListStyle"/>\n'
                            '  <w:pPr><w:numPr><w:numId w:val="1"/>',
                            'w:styleId="ListStyle"><w:name w:val="ListStyle"/>\n'
                            '  <w:pPr><w:numPr><w:numId w:val="4"/>')  # fmt: skip
    assert labels(read_word(item(4), numbering=LINKED, styles=styles)) == [None]


DELETED = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del/></w:rPr>"


def test_a_deleted_paragraph_takes_no_number(read_word: Reader) -> None:
    gone = f"<w:p>{DELETED}</w:pPr><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"
    reading = read_word(item(1) + gone + item(1), numbering=NUMBERING)
    assert labels(reading) == ["1.", "2."]


def test_an_empty_item_takes_a_number_but_a_section_break_does_not(read_word: Reader) -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    empty = f"<w:p><w:pPr>{numbered}</w:pPr></w:p>"
    broken = f"<w:p><w:pPr>{numbered}<w:sectPr/></w:pPr></w:p>"
    reading = read_word(item(1) + empty + broken + item(1), numbering=NUMBERING)
    assert labels(reading) == ["1.", "2.", "3."]


def test_a_summary_record(read_word: Reader) -> None:
    """Numbered through headings, speakers and a table, as summary records are."""
    plain = "<w:p><w:r><w:t>The meeting was called to order at 3 p.m.</w:t></w:r></w:p>"
    table = (
        f"<w:tbl><w:tr><w:tc>{item(1, text='in a cell')}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    reading = read_word(plain + item(1) + plain + item(1) + table + item(1), numbering=NUMBERING)
    assert labels(reading) == [None, "1.", None, "2.", None, "4."]
    assert reading.blocks[4].text == "3. in a cell\t"


def test_an_unknown_format_is_reported(read_word: Reader) -> None:
    numbering = family(0, level(0, "koreanLegal", "%1.")) + instance(1, 0)
    reading = read_word(item(1), numbering=numbering)
    assert labels(reading) == ["1."]
    assert reading.warnings == [(None, "numbers of the format koreanLegal are given in figures")]


NUMERALS = [
    (1, "decimal", "1"), (26, "lowerLetter", "z"), (27, "lowerLetter", "aa"),
    (28, "upperLetter", "BB"), (53, "lowerLetter", "aaa"), (4, "lowerRoman", "iv"),
    (1999, "upperRoman", "MCMXCIX"), (11, "ordinal", "11th"), (21, "ordinal", "21st"),
    (112, "ordinal", "112th"), (103, "ordinal", "103rd"), (3, "chicago", "‡"), (5, "chicago", "**"),
    (2, "russianLower", "б"), (3, "arabicAbjad", "ج"), (2, "arabicAlpha", "ب"),
    (12, "chineseCounting", "十二"), (3, "numberInDash", "- 3 -"), (1, "ordinalText", "First"),
    (20, "thaiNumbers", "๒๐"), (0, "lowerLetter", "0"), (0, "lowerRoman", "0"),
    (2**31, "lowerLetter", "2147483648"), (40000, "lowerRoman", "40000"), (7, "unheardOf", "7"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "form", "written"), NUMERALS)
def test_numeral(number: int, form: str, written: str) -> None:
    assert numeral(number, form) == written


@given(st.integers(min_value=-(2**40), max_value=2**40))
def test_no_number_makes_a_long_label(number: int) -> None:
    for form in ("lowerLetter", "upperRoman", "chicago", "ordinal", "decimalZero", "hindiNumbers"):
        assert 0 < len(numeral(number, form)) < 200


@given(st.integers(min_value=1, max_value=3999))
def test_roman_numerals_add_up(number: int) -> None:
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    written = [worth[letter] for letter in numeral(number, "lowerRoman")]
    pairs = zip(written, [*written[1:], 0], strict=True)
    assert sum(-here if here < after else here for here, after in pairs) == number


def test_fields_that_only_word_computes_are_reported(read_word: Reader) -> None:
    auto = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> AUTONUM </w:instrText>'
        '<w:fldChar w:fldCharType="end"/><w:t> Text</w:t></w:r>'
    )
    reading = read_word(f"<w:p>{auto}</w:p>")
    assert reading.blocks[0].text == "Text"
    assert reading.warnings == [(None, "numbers made by AUTONUM fields are missing")]


def test_a_level_beyond_the_ninth_is_none(read_word: Reader) -> None:
    numbering = family(0, level(2_000_000_000, "decimal", "%1.")) + instance(1, 0)
    assert labels(read_word(item(1, 2_000_000_000), numbering=numbering)) == [None]
