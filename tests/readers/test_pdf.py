"""The PDF reader over made files: each trap of the format once, with both engines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from treatybody.blocks import Block, Reading
from treatybody.errors import DamagedFile, EncryptedFile, NoText
from treatybody.readers import pdf

SERIF, BOLD, SLANTED = "Times-Roman", "Times-Bold", "Times-Italic"
LEFT, RIGHT, TOP = 113.0, 482.0, 747.0
SYMBOL = "CRPD/C/XYZ/CO/1"


class Paper:
    """A file in the making, in the manner of the Geneva template."""

    def __init__(self, path: Path, **options: object) -> None:
        self.path = path
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1, **options)
        self.page = 1
        self.y = TOP

    def put(self, x: float, y: float, text: str, size: float = 10, font: str = SERIF) -> float:
        """Text at a place; returns its right end."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)
        return x + float(self.canvas.stringWidth(text, font, size))

    def rule(self, x0: float, y: float, x1: float) -> None:
        self.canvas.rect(x0, y, x1 - x0, 0.5, stroke=0, fill=1)

    def masthead(self) -> None:
        self.put(120, 790, "United Nations", 14)
        self.put(self.put(420, 788, "CRPD", 20), 788, "/C/XYZ/CO/1", 10)
        self.rule(57, 784, 539)
        self.put(120, 765, "Convention on the Rights", 17, BOLD)
        self.put(120, 746, "of Persons with Disabilities", 17, BOLD)
        self.put(397, 765, "Distr.: General")
        self.put(397, 753, "9 October 2023")
        self.put(397, 729, "Original: English")
        self.rule(57, 642, 539)
        self.put(57, 30, "GE.23-18091  (E)    061023    091023")
        self.y = 624

    def furniture(self) -> None:
        self.put(57 if self.page % 2 == 0 else 460, 788, SYMBOL, 9, BOLD)
        self.rule(57, 784, 539)
        self.put(57 if self.page % 2 == 0 else 530, 30, str(self.page), 9, BOLD)
        self.put(470 if self.page % 2 == 0 else 57, 30, "GE.23-18091", 8)

    def turn(self) -> None:
        self.canvas.showPage()
        self.page += 1
        self.y = TOP
        self.furniture()

    def heading(self, text: str) -> None:
        self.y -= 14
        self.put(LEFT, self.y, text, 12, BOLD)
        self.y -= 18

    def lines(self, *texts: str, first: float = LEFT, label: str = "", font: str = SERIF) -> None:
        """The lines of one paragraph."""
        for index, text in enumerate(texts):
            x = first if index == 0 else LEFT
            if index == 0 and label:
                self.put(x, self.y, label)
                x += 28.4
            self.put(x, self.y, text, font=font)
            self.y -= 12
        self.y -= 6

    def done(self) -> Path:
        self.canvas.save()
        return self.path


Engine = Callable[[Path], Reading]


@pytest.fixture(params=["pdfium", "pdfminer"])
def read(request: pytest.FixtureRequest) -> Engine:
    return lambda path: pdf.read(path, engine=request.param)


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "made.pdf")


def body(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.region == "body"]


def texts(reading: Reading) -> list[str]:
    return [block.text for block in body(reading)]


FULL = "The Committee considered the initial report of the State party at its meetings, held on"


def test_paragraph_goes_on_over_the_page(paper: Paper, read: Engine) -> None:
    paper.masthead()
    paper.y = 130
    paper.lines(
        FULL, "16 and 17 August. It adopted the present concluding observations at", label="1."
    )
    paper.turn()
    paper.lines("its 679th meeting, held on 1 September 2023.")
    paper.lines("The Committee welcomes the report.", label="2.")
    reading = read(paper.done())
    assert texts(reading) == [
        f"1.\t{FULL} 16 and 17 August. It adopted the present concluding observations at its "
        "679th meeting, held on 1 September 2023.",
        "2.\tThe Committee welcomes the report.",
    ]
    assert [block.page for block in body(reading)] == [1, 2]


def test_a_label_whose_tab_is_as_narrow_as_a_blank(paper: Paper, read: Engine) -> None:
    paper.masthead()
    paper.lines("1.   The Committee recommends that the State party take measures:")
    paper.lines("De veiller à la formation ;", label="i)")
    paper.y += 6
    paper.put(LEFT, paper.y, "ii)")
    paper.put(LEFT + 11.5, paper.y, "Aux ressources.")
    assert texts(read(paper.done()))[-2:] == [
        "i)\tDe veiller à la formation ;",
        "ii) Aux ressources.",
    ]


def test_masthead_is_kept_apart_column_by_column(paper: Paper, read: Engine) -> None:
    paper.masthead()
    paper.lines("The Committee welcomes the report.", label="1.")
    head = [block.text for block in read(paper.done()).blocks if block.region == "masthead"]
    assert head == [
        "United Nations",
        "Convention on the Rights of Persons with Disabilities",
        SYMBOL,
        "Distr.: General",
        "9 October 2023",
        "Original: English",
    ]


def test_furniture_never_stands_in_the_text(paper: Paper, read: Engine) -> None:
    paper.masthead()
    for number in range(1, 5):
        paper.lines(f"Paragraph {number} of the text, as it goes.", label=f"{number}.")
        paper.turn()
    paper.lines("The Committee is concerned about the following:", label="5.")
    found = texts(read(paper.done()))
    assert len(found) == 5
    assert not [text for text in found if "GE." in text or SYMBOL in text]


def test_same_opening_words_on_many_pages_are_no_header(paper: Paper, read: Engine) -> None:
    paper.masthead()
    for number in range(1, 7):
        paper.lines("The Committee is concerned about:", label=f"{number}.")
        paper.turn()
    assert len(texts(read(paper.done()))) == 6


def test_mark_never_joins_a_year(paper: Paper, read: Engine) -> None:
    paper.masthead()
    end = paper.put(LEFT, 500, "1.")
    end = paper.put(LEFT + 28.4, 500, "The law was adopted in 2015")
    end = paper.put(end, 503.3, "3", 6)
    paper.put(end + 2.5, 500, "and entered into force.")
    paper.rule(91, 120, 164)
    paper.put(103, 112.9, "3", 6)
    paper.put(LEFT, 110, "CRPD/C/XYZ/1, para. 4.", 9)
    reading = read(paper.done())
    [block] = body(reading)
    assert block.text == "1.\tThe law was adopted in 2015 and entered into force."
    [mark] = block.marks
    assert block.text[: mark.offset].endswith("2015")
    assert reading.notes[mark.key].mark == "3"
    assert reading.notes[mark.key].text == "CRPD/C/XYZ/1, para. 4."


def test_note_goes_on_at_the_next_foot(paper: Paper, read: Engine) -> None:
    paper.masthead()
    end = paper.put(LEFT, 500, "The first mark")
    paper.put(end, 503.3, "1", 6)
    for foot, words in ((1, ["1", "A note that is", "long and goes"]), (2, ["on over there."])):
        paper.rule(91, 120, 164)
        mark, lines = ([words[0]], words[1:]) if foot == 1 else ([], words)
        for text in mark:
            paper.put(103, 112.9, text, 6)
        for index, text in enumerate(lines):
            paper.put(LEFT, 110 - 11 * index, text, 9)
        if foot == 1:
            paper.turn()
            paper.put(LEFT, 600, "Text of the second page.")
    reading = read(paper.done())
    assert [note.text for note in reading.notes.values()] == [
        "A note that is long and goes on over there."
    ]


def test_raised_figure_without_a_note_stays_raised(paper: Paper, read: Engine) -> None:
    paper.masthead()
    end = paper.put(LEFT, 500, "See article 41")
    end = paper.put(end, 503.3, "6", 6)
    paper.put(end + 2.5, 500, "of the Code.")
    reading = read(paper.done())
    assert texts(reading) == ["See article 41⁶ of the Code."]
    assert any("raised 6" in message for _, message in reading.warnings)


def test_contents_are_left_out_of_the_body(paper: Paper, read: Engine) -> None:
    paper.masthead()
    paper.turn()
    paper.put(57, 747, "Contents", 14)
    for row, title in enumerate(["Introduction", "Positive aspects", "Follow-up"]):
        paper.put(LEFT, 715 - 18 * row, title + "." * 60)
        paper.put(530, 715 - 18 * row, str(row + 3))
    paper.turn()
    paper.lines("The Committee welcomes the report.", label="1.")
    reading = read(paper.done())
    assert texts(reading) == ["1.\tThe Committee welcomes the report."]
    assert sum(block.region == "contents" for block in reading.blocks) >= 1


def test_table_row_by_row(paper: Paper, read: Engine) -> None:
    paper.masthead()
    paper.lines("The figures are as follows:", label="1.")
    rows = [("District", "Blind", "Total"), ("Nsanje", "255", "1 249"), ("Total", "655", "2 100")]
    paper.rule(LEFT, 570, RIGHT)
    for row, cells in enumerate(rows):
        y = 558 - 20 * row
        font = SLANTED if row == 0 else SERIF
        for x, text in zip((LEFT, 300, 420), cells, strict=True):
            paper.put(x, y, text, 8 if row == 0 else 9, font)
        if row in (0, 2):
            paper.rule(LEFT, y - 7, RIGHT)
    paper.y = 480
    paper.lines(
        "The text goes on below the table, with a line that runs to the margin of it", label="2."
    )
    reading = read(paper.done())
    cells = [block for block in body(reading) if block.cell]
    assert [b.text.split("\t") for b in cells] == [list(row) for row in rows]
    assert [b.cell.header for b in cells if b.cell] == [True, False, False]
    assert [b.cell.row for b in cells if b.cell] == [1, 2, 3]
    for block in cells:
        assert block.cell is not None
        assert "\t".join(block.text[a:b] for a, b in block.cell.spans) == block.text
    assert texts(reading)[-1].startswith("2.\tThe text goes on")


def test_mark_in_a_table_never_joins_a_figure(paper: Paper, read: Engine) -> None:
    paper.masthead()
    paper.rule(LEFT, 570, RIGHT)
    for row, (name, figure) in enumerate([("Name", "Share"), ("Lima", "0.3"), ("Puno", "0.4")]):
        y = 558 - 20 * row
        paper.put(LEFT, y, name, 8 if row == 0 else 9, SLANTED if row == 0 else SERIF)
        end = paper.put(300, y, figure, 8 if row == 0 else 9, SLANTED if row == 0 else SERIF)
        if figure == "0.3":
            paper.put(end, y + 3, "a", 5.5)
        if row in (0, 2):
            paper.rule(LEFT, y - 7, RIGHT)
    paper.put(122, 498, "a", 5.5)
    paper.put(130, 495, "An indicative value only.", 9)
    paper.put(LEFT, 460, "The text that follows the table, in the size of the body of the text.")
    reading = read(paper.done())
    [lima] = [block for block in body(reading) if block.text.startswith("Lima")]
    assert lima.text == "Lima\t0.3"
    assert reading.notes[lima.marks[0].key].text == "An indicative value only."


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "expected"),
    [
        ("by non-", "governmental bodies", "", "by non-governmental bodies"),
        ("the imple-", "mentation of", "Full implementation.", "the implementation of"),
        ("from 2013–", "2018 the plan", "", "from 2013–2018 the plan"),
        ("and/", "or the other", "", "and/or the other"),
    ],
)
def test_line_end(
    paper: Paper, read: Engine, before: str, after: str, elsewhere: str, expected: str
) -> None:
    paper.masthead()
    paper.lines(before, after)
    if elsewhere:
        paper.lines(elsewhere, label="2.")
    assert texts(read(paper.done()))[0] == expected


def test_facts_of_weight_and_place(paper: Paper, read: Engine) -> None:
    paper.masthead()
    paper.heading("Equality and non-discrimination (art. 5)")
    for number in range(1, 7):
        paper.lines(FULL, "two days.", label=f"{number}.")
    paper.lines("Adopt a strategy;", label="(a)", first=LEFT + 28.4, font=BOLD)
    blocks = body(read(paper.done()))
    assert (blocks[0].bold, blocks[0].size, blocks[0].left) == (True, 12.0, LEFT)
    assert (blocks[1].bold, blocks[1].indent) == (False, 0)
    assert (blocks[-1].text, blocks[-1].bold, blocks[-1].indent) == (
        "(a)\tAdopt a strategy;",
        True,
        1,
    )


def test_two_columns_are_read_one_after_the_other(paper: Paper, read: Engine) -> None:
    for row in range(16):
        paper.put(57, 740 - 12 * row, f"left line {row:02} of some width, as it goes", 9.5)
        paper.put(310, 740 - 12 * row, f"right line {row:02} of some width, as it goes", 9.5)
    text = " ".join(texts(read(paper.done())))
    assert text.index("left line 15") < text.index("right line 00")


def test_turned_page_is_read_upright(paper: Paper, read: Engine) -> None:
    paper.masthead()
    paper.lines("The Committee welcomes the report.", label="1.")
    paper.canvas.showPage()
    paper.canvas.setPageRotation(90)
    paper.canvas.rotate(90)
    paper.put(113, -300, "2.")
    paper.put(141, -300, "A page on its side.")
    assert texts(read(paper.done()))[-1] == "2.\tA page on its side."


def test_bold_by_printing_twice_is_read_once(paper: Paper, read: Engine) -> None:
    paper.masthead()
    paper.put(LEFT, 500, "Printed twice")
    paper.put(LEFT + 0.3, 500, "Printed twice")
    assert texts(read(paper.done())) == ["Printed twice"]


def test_no_text_names_the_ocr_command(paper: Paper, read: Engine) -> None:
    paper.rule(57, 642, 539)
    with pytest.raises(NoText, match=r"ocrmypdf made\.pdf"):
        read(paper.done())


def test_encrypted_file(tmp_path: Path, read: Engine) -> None:
    paper = Paper(tmp_path / "closed.pdf", encrypt=StandardEncryption("secret", strength=128))
    paper.put(LEFT, 500, "Behind a password")
    with pytest.raises(EncryptedFile, match="password"):
        read(paper.done())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"PK\x03\x04 no PDF at all", b"\x00" * 99])
def test_damaged_file(tmp_path: Path, read: Engine, content: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises((DamagedFile, NoText), match=r"broken\.pdf"):
        read(path)


def test_loop_of_pages_ends(tmp_path: Path, read: Engine) -> None:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 3/Kids[2 0 R 3 0 R]>>",
        b"<</Type/Pages/Count 2/Kids[2 0 R 3 0 R]/Parent 2 0 R>>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, content)
    xref = len(data)
    data += b"xref\n0 4\n0000000000 65535 f \n"
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % xref
    path = tmp_path / "loop.pdf"
    path.write_bytes(data)
    with pytest.raises((DamagedFile, NoText), match=r"loop\.pdf"):
        read(path)


def test_truncated_file_is_read_or_refused(paper: Paper, tmp_path: Path, read: Engine) -> None:
    paper.masthead()
    paper.lines("The Committee welcomes the report.", label="1.")
    whole = paper.done().read_bytes()
    for share in (0.2, 0.5, 0.8, 0.95):
        path = tmp_path / "cut.pdf"
        path.write_bytes(whole[: int(share * len(whole))])
        try:
            read(path)
        except (DamagedFile, NoText) as problem:
            assert "cut.pdf" in str(problem)


def test_heading_over_a_page_after_a_note_mark(paper: Paper, read: Engine) -> None:
    """The mark behind the full stop is not the paragraph's last letter."""
    paper.masthead()
    paper.lines(FULL, "two days.", label="1.")
    end = paper.put(LEFT, paper.y, f"{FULL} these.")
    paper.put(end, paper.y + 3.3, "4", 6)
    paper.rule(91, 120, 164)
    paper.put(103, 112.9, "4", 6)
    paper.put(LEFT, 110, "CRPD/C/XYZ/1, para. 4.", 9)
    paper.turn()
    paper.heading("Employment")
    paper.lines(FULL, "three days.", label="2.")
    assert texts(read(paper.done()))[2] == "Employment"


def test_the_title_of_a_table_over_a_page(paper: Paper, read: Engine) -> None:
    """The paragraph before ends in bold and fills its last line, as if it went on."""
    paper.masthead()
    for number in range(1, 7):
        paper.lines(FULL, "two days.", label=f"{number}.")
    paper.lines(f"{FULL} it,", f"{FULL} these.", label="7.", font=BOLD)
    paper.turn()
    paper.lines("Comparison of the offices in", "the two States", font=BOLD)
    for row, cells in enumerate([("Office", "Posts"), ("Lima", "255"), ("Total", "255")]):
        y = 690 - 20 * row
        for x, text in zip((LEFT, 300), cells, strict=True):
            paper.put(x, y, text, 8 if row == 0 else 9, SLANTED if row == 0 else SERIF)
        if row in (0, 2):
            paper.rule(LEFT, y - 7, RIGHT)
    found = texts(read(paper.done()))
    assert found[6].endswith("these.")
    assert found[7:9] == ["Comparison of the offices in the two States", "Office\tPosts"]


def test_a_link_in_a_bold_heading(paper: Paper, read: Engine) -> None:
    paper.masthead()
    end = paper.put(LEFT, 600, "Reply to paragraph 1 of the list of issues (", font=BOLD)
    end = paper.put(end, 600, "CRPD/C/XYZ/Q/1")
    paper.put(end, 600, ")", font=BOLD)
    end = paper.put(LEFT, 560, "Staff", font=BOLD)
    paper.put(400, 560, "24.8")
    bold = [block.bold for block in body(read(paper.done()))]
    assert bold == [True, False]


def test_labels_of_a_chart_are_one_cell(paper: Paper, read: Engine) -> None:
    """Neither its axis nor its bold labels are paragraphs or headings of what follows."""
    paper.masthead()
    for number in range(1, 7):
        paper.lines(FULL, "two days.", label=f"{number}.")
    top = paper.y - 10
    for step, value in enumerate(("2500", "2000", "1500", "0")):
        paper.put(LEFT + 40, top - 14 * step, value, 8, BOLD)
    paper.put(LEFT + 60, top - 56, "Boys", 8, BOLD)
    paper.put(LEFT + 200, top - 56, "Girls", 8, BOLD)
    paper.put(LEFT, top - 74, "Source: Ministry of Education", 8)
    paper.y = top - 100
    paper.lines(FULL, "three days.", label="7.")
    blocks = body(read(paper.done()))
    assert [block.text for block in blocks[6:8]] == [
        "2500 2000 1500 0 Boys Girls",
        "Source: Ministry of Education",
    ]
    assert [block.cell is not None for block in blocks[6:]] == [True, False, False]


def test_asterisks_in_the_cells_of_a_table(paper: Paper, read: Engine) -> None:
    paper.masthead()
    rows = [("Year", "Share of women*"), ("2020", "41.4"), ("**2021", "46.4")]
    paper.rule(LEFT, 570, RIGHT)
    for row, cells in enumerate(rows):
        y = 558 - 20 * row
        for x, text in zip((LEFT, 300), cells, strict=True):
            paper.put(x, y, text, 8 if row == 0 else 9, SLANTED if row == 0 else SERIF)
        if row in (0, 2):
            paper.rule(LEFT, y - 7, RIGHT)
    paper.put(122, 500, "*", 9)
    paper.put(130, 500, "An estimate.", 9)
    paper.put(118, 488, "**", 9)
    paper.put(130, 488, "To May.", 9)
    paper.put(LEFT, 450, "The text that follows the table, in the size of the body of the text.")
    reading = read(paper.done())
    cells_ = [block for block in body(reading) if block.cell]
    assert [block.text for block in cells_] == ["Year\tShare of women", "2020\t41.4", "2021\t46.4"]
    marks = [(m.offset, reading.notes[m.key].text) for block in cells_ for m in block.marks]
    assert marks == [(19, "An estimate."), (0, "To May.")]


def test_a_table_at_the_foot_of_a_page_is_no_note(paper: Paper, read: Engine) -> None:
    paper.masthead()
    for number in range(1, 7):
        paper.lines(FULL, "two days.", label=f"{number}.")
    for row, cells in enumerate([("Report", "Amount"), ("Budget", "301"), ("Total", "301")]):
        y = 140 - 16 * row
        for x, text in zip((LEFT, 300), cells, strict=True):
            paper.put(x, y, text, 8, SLANTED if row == 0 else SERIF)
    paper.rule(LEFT, 152, 250)
    paper.rule(LEFT, 133, 250)
    reading = read(paper.done())
    assert not reading.notes
    assert next(block.text for block in body(reading) if block.cell) == "Report\tAmount"


def test_a_header_repeated_on_the_next_page_is_one(paper: Paper, read: Engine) -> None:
    paper.masthead()
    for number in range(1, 7):
        paper.lines(FULL, "two days.", label=f"{number}.")
    for page, rows in enumerate(([("Lima", "255"), ("Puno", "41")], [("Cuzco", "1 249")])):
        y = 150 if page == 0 else 740
        for row, cells in enumerate([("District", "Blind"), *rows]):
            for x, text in zip((LEFT, 300), cells, strict=True):
                paper.put(
                    x, y - 20 * row, text, 8 if row == 0 else 9, SLANTED if row == 0 else SERIF
                )
            paper.rule(LEFT, y - 7 - 20 * row, RIGHT)
        if page == 0:
            paper.turn()
    found = [block for block in body(read(paper.done())) if block.cell]
    assert [(b.text, b.cell.row) for b in found if b.cell] == [
        ("District\tBlind", 1),
        ("Lima\t255", 2),
        ("Puno\t41", 3),
        ("Cuzco\t1 249", 4),
    ]


def test_a_table_without_rules(paper: Paper, read: Engine) -> None:
    """A white lane parts the cells; a wrapped one goes on, though its row stands no further off."""
    paper.masthead()
    for number in range(1, 7):
        paper.lines(FULL, "two days.", label=f"{number}.")
    rows = [
        ("CEDAW", "Convention on the Elimination of All Forms of"),
        ("", "Discrimination against Women"),
        ("CRC", "Convention on the Rights of the Child"),
        ("ILO", "International Labour Organization"),
        ("UNDP", "United Nations Development Programme"),
    ]
    for left, right in rows:
        paper.put(LEFT, paper.y, left)
        paper.put(LEFT + 90, paper.y, right)
        paper.y -= 12
    paper.y -= 20
    paper.lines(FULL, "three days.", label="7.")
    cells = [block.text for block in body(read(paper.done())) if block.cell]
    assert cells[0] == (
        "CEDAW\tConvention on the Elimination of All Forms of Discrimination against Women"
    )
    assert [cell.split("\t")[0] for cell in cells] == ["CEDAW", "CRC", "ILO", "UNDP"]


def test_cells_side_by_side_at_different_heights(paper: Paper, read: Engine) -> None:
    """A table that goes on at a page's top, with no rule there and a first cell of two lines."""
    paper.masthead()
    for number in range(1, 7):
        paper.lines(FULL, "two days.", label=f"{number}.")
    columns = (LEFT, 300, 340)
    for row, texts_ in enumerate([("Output", "No.", "Remarks"), ("Rations", "3", "Met")]):
        for x, text in zip(columns, texts_, strict=True):
            paper.put(x, 300 - 20 * row, text, font=SLANTED if row == 0 else SERIF)
        paper.rule(LEFT, 293 - 20 * row, RIGHT)
    paper.turn()
    paper.put(LEFT, 740, "Facility and infrastructure", font=BOLD)
    paper.put(LEFT, 728, "services", font=BOLD)
    for x, y, text in (
        *((LEFT, 708, "Operation of generators in"), (LEFT, 696, "two locations: Gao and")),
        *((LEFT, 684, "Bamako, with fuel for"), (LEFT, 672, "all of them")),
        *((300, 708, "8"), (340, 708, "Handed over"), (300, 688, "5"), (340, 688, "Sold")),
        *((LEFT, 652, "Repair of workshops at"), (LEFT, 640, "the sites")),
        *((300, 652, "2"), (340, 652, "In Gao and in Bamako"), (340, 640, "and nowhere else")),
        *((LEFT, 620, "Support of radios"), (300, 620, "1"), (340, 620, "In Gao")),
    ):
        paper.put(x, y, text)
    paper.y = 580
    paper.lines(FULL, "three days.", label="7.")
    found = [block for block in body(read(paper.done())) if block.cell and block.page == 2]
    assert [block.text for block in found] == [
        "Facility and infrastructure services\t\t",
        "Operation of generators in two locations: Gao and Bamako, with fuel for all of them"
        "\t8 5\tHanded over Sold",
        "Repair of workshops at the sites\t2\tIn Gao and in Bamako and nowhere else",
        "Support of radios\t1\tIn Gao",
    ]
