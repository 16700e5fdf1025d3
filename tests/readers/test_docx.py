"""What a Word file shows, one trap a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatybody.blocks import Reading

Reader = Callable[..., Reading]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


BOX = "<w:txbxContent><w:p><w:r><w:t>in the box</w:t></w:r></w:p></w:txbxContent>"

CENTRED = '<w:pPr><w:jc w:val="center"/></w:pPr>'
CHART = "".join(
    f"<w:p><w:r><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></w:r></w:p>"
    for inside in (
        f"<w:p>{CENTRED}{run('Office', '<w:b/>')}</w:p><w:p>{CENTRED}{run('(4 posts)')}</w:p>",
        f"<w:p>{run('12')}</w:p>",
        f"<w:p>{run('The board met.')}</w:p><w:p>{run('It adopted its agenda.')}</w:p>",
    )
)

VISIBLE = [
    ("plain", run("one ") + run("two"), "one two"),
    ("hyperlink", f"<w:hyperlink>{run('link')}</w:hyperlink>", "link"),
    ("insertion", f"<w:ins>{run('new')}</w:ins>", "new"),
    ("moved to", f"<w:moveTo>{run('here')}</w:moveTo>", "here"),
    ("moved from", run("a") + f"<w:moveFrom>{run('there')}</w:moveFrom>", "a"),
    ("deletion", run("a") + "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", "a"),
    (
        "deletion in insertion",
        f"<w:ins>{run('kept')}<w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:ins>",
        "kept",
    ),
    (
        "content control",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('held')}</w:sdtContent></w:sdt>",
        "held",
    ),
    ("smart tag", f"<w:smartTag><w:smartTagPr/>{run('Lima')}</w:smartTag>", "Lima"),
    ("custom XML", f"<w:customXml><w:customXmlPr/>{run('x')}</w:customXml>", "x"),
    ("direction", f'<w:bdo w:val="rtl"><w:dir>{run("x")}</w:dir></w:bdo>', "x"),
    ("simple field", f'<w:fldSimple w:instr="DATE">{run("2 May")}</w:fldSimple>', "2 May"),
    ("index entry", run("a") + f'<w:fldSimple w:instr=" XE x">{run("x")}</w:fldSimple>', "a"),
    ("complex field", field("REF _Ref1", run("33")), "33"),
    ("nested in code", field("IF " + field("PAGE", run("1")) + " = 1", run("yes")), "yes"),
    ("nested in result", field("REF a", run("see ") + field("REF b", run("9"))), "see 9"),
    ("silent field", run("a") + field("XE &quot;x&quot;", run("x")), "a"),
    ("field never closed", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("text"), "text"),
    ("field never begun", run("a") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "a"),
    ("tab", "<w:r><w:t>33.</w:t><w:tab/><w:t>The</w:t></w:r>", "33.\tThe"),
    ("line break", "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc"),
    ("hyphen", "<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>State</w:t></w:r>", "non\u2011State"),
    ("soft hyphen", "<w:r><w:t>co</w:t><w:softHyphen/><w:t>op</w:t></w:r>", "co\u00adop"),
    ("symbol", '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:t>1</w:t></w:r>', "α1"),
    ("symbol font", run("\uf0b7", '<w:rFonts w:ascii="Symbol"/>'), "•"),
    ("hidden", run("a") + run("secret", "<w:vanish/>"), "a"),
    ("shown again", run("a", '<w:vanish w:val="0"/>'), "a"),
    ("formula", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
    ("comment mark", run("a") + '<w:r><w:commentReference w:id="1"/></w:r>', "a"),
    (
        "ruby",
        "<w:r><w:ruby><w:rt><w:r><w:t>r</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>b</w:t></w:r>"
        "</w:rubyBase></w:ruby></w:r>",
        "b",
    ),
    ("old properties", "<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>"
     "<w:t>a</w:t></w:r>", "a"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("inside", "text"), [row[1:] for row in VISIBLE], ids=[r[0] for r in VISIBLE]
)
def test_text_of_a_paragraph(read_word: Reader, inside: str, text: str) -> None:
    reading = read_word(f"<w:p>{inside}</w:p><w:p>{run('end')}</w:p>")
    assert [block.text for block in reading.blocks] == [text, "end"]


def test_leading_tabs_are_counted_and_not_text(read_word: Reader) -> None:
    block = read_word("<w:p><w:r><w:tab/><w:tab/><w:t>33.</w:t><w:tab/><w:t>The</w:t></w:r></w:p>")
    assert (block.blocks[0].text, block.blocks[0].indent) == ("33.\tThe", 2)


BLOCKS = [
    ("control", f"<w:sdt><w:sdtContent><w:p>{run('a')}</w:p></w:sdtContent></w:sdt>", ["a"]),
    ("custom XML", f"<w:customXml><w:p>{run('a')}</w:p></w:customXml>", ["a"]),
    (
        "field over paragraphs",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("a") + "</w:p><w:p>" + run("b")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        ["a", "b"],
    ),
    (
        "deleted paragraph end",
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('one ')}</w:p><w:p>{run('line')}</w:p>",
        ["one line"],
    ),
    (
        "hidden paragraph end",
        f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('one ')}</w:p>"
        f"<w:p>{run('line')}</w:p>",
        ["one line"],
    ),
    (
        "style separator",
        "<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>"
        f"{run('Heading')}</w:p><w:p>{run('text')}</w:p>",
        ["Heading", "text"],
    ),
    (
        "text box, not its fallback",
        "<w:p><w:r><w:t>before</w:t><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><wps:txbx>{BOX}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><v:textbox>{BOX}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        ["before", "in the box"],
    ),
    (
        "a box of a chart is one block, a box of sentences is text, a page number is none",
        CHART,
        ["Office\n(4 posts)", "The board met.", "It adopted its agenda."],
    ),
    (
        "fallback where the choice is unknown",
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="zz"><wps:txbx/></mc:Choice>'
        f"<mc:Fallback><v:textbox>{BOX}</v:textbox></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        ["in the box"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "texts"), [row[1:] for row in BLOCKS], ids=[r[0] for r in BLOCKS])
def test_blocks_of_a_body(read_word: Reader, body: str, texts: list[str]) -> None:
    assert [block.text for block in read_word(body).blocks] == texts


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="20"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="HChG"><w:name w:val="_ H _Ch_G"/>
  <w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr>
  <w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="HChG"/>
  <w:pPr><w:ind w:left="1134" w:hanging="567"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Loop">
  <w:name w:val="Loop"/><w:basedOn w:val="Pool"/></w:style>
<w:style w:type="paragraph" w:styleId="Pool">
  <w:name w:val="Pool"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="character" w:styleId="Strong">
  <w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Note">
  <w:name w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def styled(read_word: Reader, style: str, inside: str) -> Reading:
    body = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p><w:p>{run("end")}</w:p>'
    return read_word(body, styles=STYLES)


def test_look_through_styles(read_word: Reader) -> None:
    block = styled(read_word, "Sub", run("Introduction")).blocks[0]
    assert (block.style, block.outline) == ("Sub|Sub", 1)
    assert (block.bold, block.italic, block.centred, block.size) == (True, False, True, 14.0)
    assert block.left == pytest.approx(28.4, abs=0.1)  # the hanging line begins further left


def test_name_and_id_of_a_style(read_word: Reader) -> None:
    assert styled(read_word, "HChG", run("I. A")).blocks[0].style == "_ H _Ch_G|HChG"


def test_heading_level_by_name(read_word: Reader) -> None:
    assert styled(read_word, "Heading3", run("a")).blocks[0].outline == 3


def test_a_bold_word_style_in_a_bold_paragraph_is_light(read_word: Reader) -> None:
    block = styled(read_word, "HChG", run("a", '<w:rStyle w:val="Strong"/>')).blocks[0]
    assert block.bold is False


def test_text_hidden_by_style(read_word: Reader) -> None:
    reading = styled(read_word, "Normal", run("a") + run("x", '<w:rStyle w:val="Note"/>'))
    assert reading.blocks[0].text == "a"


def test_a_circle_of_styles_ends(read_word: Reader) -> None:
    assert styled(read_word, "Loop", run("a")).blocks[0].style == "Loop|Loop"


def test_style_that_is_not_defined(read_word: Reader) -> None:
    assert styled(read_word, "Lost", run("a")).blocks[0].style == "Lost|Lost"


def test_no_style_means_none(read_word: Reader) -> None:
    assert read_word(f"<w:p>{run('a')}</w:p>").blocks[0].style is None


def test_capitals_by_letter_or_by_look(read_word: Reader) -> None:
    body = f"<w:p>{run('PERU')}</w:p><w:p>{run('Peru', '<w:caps/>')}</w:p><w:p>{run('Peru')}</w:p>"
    assert [block.upper for block in read_word(body).blocks] == [True, True, False]


HEADERS = {
    "header1": f"<w:p>{run('United Nations')}</w:p>",
    "header2": f"<w:p>{run('A/80/590')}{field('PAGE', run('7'))}</w:p>",
    "footer1": f"<w:p>{run('26-00248')}</w:p>",
}
REFERENCES = (
    '<w:headerReference w:type="first" r:id="header1"/>'
    '<w:headerReference w:type="default" r:id="header2"/>'
    '<w:footerReference w:type="first" r:id="footer1"/>'
)


def test_first_page_header_and_footer(read_word: Reader) -> None:
    body = f"<w:p>{run('text')}</w:p><w:sectPr>{REFERENCES}<w:titlePg/></w:sectPr>"
    blocks = read_word(body, **HEADERS).blocks
    assert [(block.region, block.text) for block in blocks] == [
        ("header", "United Nations"),
        ("body", "text"),
        ("footer", "26-00248"),
    ]


def test_without_a_title_page_the_running_header_is_first(read_word: Reader) -> None:
    body = f"<w:p>{run('text')}</w:p><w:sectPr>{REFERENCES}</w:sectPr>"
    blocks = read_word(body, **HEADERS).blocks
    assert [(block.region, block.text) for block in blocks] == [
        ("header", "A/80/590"),  # and not its page number
        ("body", "text"),
    ]


def test_contents_are_marked(read_word: Reader) -> None:
    body = f"<w:p>{field('TOC ', run('I. Introduction 3'))}</w:p><w:p>{run('text')}</w:p>"
    assert [block.region for block in read_word(body).blocks] == ["contents", "body"]
