"""Documents of other shapes than the five: Word styles, PDF looks, annexes, parts, tables."""

from __future__ import annotations

import pytest
from papers import SENTENCE, addresses, made, only, row

from treatybody.blocks import Block, Note, NoteMark
from treatybody.structure.items import items
from treatybody.structure.roles import assign


def test_word_styles_and_automatic_numbers() -> None:
    one = made(
        Block(text="Concluding observations on the initial report of Peru", style="HMG"),
        Block(text="Introduction", style="HChG", label="I."),
        Block(text=SENTENCE, style="SingleTxtG", label="1."),
        Block(text="Positive aspects", style="_ H_1_G", label="A."),
        Block(text="Welcomes:", style="SingleTxtG", label="2."),
        Block(text="An act;", style="SingleTxtG", label="(a)", level=1),
        Block(text="Its first part;", style="SingleTxtG", label="(i)", level=2),
        Block(text="Its second part;", style="SingleTxtG", label="(ii)", level=2),
        Block(text="A plan.", style="SingleTxtG", label="(b)", level=1),
        Block(text="Equality (art. 5)", style="H23G"),
        Block(text=SENTENCE, style="SingleTxtG", label="3."),
    )
    assert addresses(one) == ["title", "1", "2", "3"]
    second = only(one, "2")
    assert second.section == ["I. Introduction", "A. Positive aspects"]
    assert [(s.label, s.level) for s in second.subparagraphs] == [
        ("(a)", 1), ("(i)", 2), ("(ii)", 2), ("(b)", 1),
    ]  # fmt: skip
    first = second.subparagraphs[0]
    assert second.text[first.start : first.end] == (
        "(a) An act;\n(i) Its first part;\n(ii) Its second part;"
    )
    assert only(one, "3").section[-1] == "Equality (art. 5)"


def pdf(text: str, bold: bool = False, size: float = 10.0, left: float = 113.0) -> Block:
    return Block(text=text, bold=bold, size=size, left=left, page=1)


def test_pdf_recommendations_in_bold_are_paragraphs() -> None:
    one = made(
        pdf("III. Areas of concern", bold=True, size=14),
        pdf(f"1.\t{SENTENCE}"),
        pdf("2.\tThe Committee recommends that the State party", bold=True),
        pdf("(a)\tRestore the right;", bold=True, left=141),
        pdf("(b)\tTrain its officials.", bold=True, left=141),
        pdf("Equality and non-discrimination (art. 5)", bold=True),
        pdf(f"3.\t{SENTENCE}"),
    )
    assert addresses(one) == ["1", "2", "3"]
    assert len(only(one, "2").subparagraphs) == 2
    assert only(one, "3").section == [
        "III. Areas of concern",
        "Equality and non-discrimination (art. 5)",
    ]


def test_questions_that_are_numbered_apart_are_headings() -> None:
    blocks = [
        block
        for number in range(1, 6)
        for block in (
            pdf(f"{number}.\tPlease explain the measures taken to end it.", bold=True, size=12),
            pdf(f"{2 * number - 1}.\t{SENTENCE}"),
            pdf(f"{2 * number}.\t{SENTENCE}"),
        )
    ]
    one = made(*blocks)
    assert addresses(one) == [str(number) for number in range(1, 11)]
    assert only(one, "4").section == ["2. Please explain the measures taken to end it."]


def test_questions_are_told_from_paragraphs_by_their_sequence() -> None:
    asked = "Please provide information on measures taken to train judges and other officials."
    one = made(
        "CRPD/C/KEN/Q/1/Add.1", "Replies of Kenya to the list of issues", f"1. {asked}",
        f"1. {SENTENCE}", f"2. {SENTENCE}", f"2. {asked}", f"3. {SENTENCE}", f"3. {asked}",
        f"4. {SENTENCE}", f"5. {SENTENCE}", f"6. {SENTENCE}", f"4. {asked}", f"7. {SENTENCE}",
    )  # fmt: skip
    assert [(p.number, p.section[0][:2]) for p in one.paragraphs if p.number] == [
        ("1", "1."), ("2", "1."), ("3", "2."), ("4", "3."), ("5", "3."), ("6", "3."), ("7", "4."),
    ]  # fmt: skip


def test_articles_stand_over_the_numbered_questions_on_them() -> None:
    one = made(
        pdf("Accessibility (art. 9)", bold=True, size=12),
        pdf("9.\tPlease explain plans", bold=True),
        pdf(f"1.\t{SENTENCE}"),
        pdf("10.\tPlease explain laws", bold=True),
        pdf(f"2.\t{SENTENCE}"),
        pdf("Education (art. 24)", bold=True, size=12),
        pdf(f"3.\t{SENTENCE}"),
    )
    assert [p.section for p in one.paragraphs] == [
        ["Accessibility (art. 9)", "9. Please explain plans"],
        ["Accessibility (art. 9)", "10. Please explain laws"],
        ["Education (art. 24)"],
    ]


def test_a_plain_line_between_two_paragraphs_is_a_heading() -> None:
    def look(text: str, left: float = 72.0, italic: bool = False) -> Block:
        return Block(text=text, left=left, size=10.0, bold=False, italic=italic)

    one = made(
        look("Faroe Islands", italic=True),
        look(f"1. {SENTENCE}"),
        look("Regarding access to information"),
        look(f"2. {SENTENCE}"),
        look("An item of a list without its mark", left=100.0),
        look(f"3. {SENTENCE[:-1]}:"),
        look("The first of the measures"),
        look(f"4. {SENTENCE}"),
    )
    assert addresses(one) == ["1", "2", "3", "4"]
    assert only(one, "2").section == ["Faroe Islands", "Regarding access to information"]
    assert only(one, "4").section == only(one, "2").section


def test_a_line_that_names_a_question_is_a_heading_in_a_text_without_looks() -> None:
    one = made(
        "CEDAW/C/KEN/Q/8/Add.1",
        "Replies of Kenya to the list of issues",
        "Question 1",
        f"1. {SENTENCE}",
        f"2. {SENTENCE}",
        "Question 2 (a) and (b)",
        f"3. {SENTENCE[:-1]}:",
        "Paragraph 12 of the old law",
        f"4. {SENTENCE}",
    )
    assert [p.section for p in one.paragraphs if p.number] == [
        ["Question 1"],
        ["Question 1"],
        ["Question 2 (a) and (b)"],
        ["Question 2 (a) and (b)"],
    ]


def bare(line: str, number: int) -> Block:
    text = line.lstrip("\t")
    return Block(text=text, indent=len(line) - len(text), line=number)


BARE = [
    ("after a sentence", [f"1. {SENTENCE}", "Equality (art. 5)", f"2. {SENTENCE}"], [2]),
    ("after a part", ["1. It has:", "(a) Laws;", "(b) Plans.", "Equal pay", f"2. {SENTENCE}"], [4]),
    ("two lines", [f"1. {SENTENCE}", "Women", "Equal pay", f"2. {SENTENCE}"], [2, 3]),
    ("after a quotation", ["1. It said: “We did.”", "Equal pay", f"2. {SENTENCE}"], [2]),
    ("before the first number", ["Equal pay", f"1. {SENTENCE}", f"2. {SENTENCE}"], [1]),
    ("under another", [f"1. {SENTENCE}", "B. Women", "Equal pay", f"2. {SENTENCE}"], [2, 3]),
    ("Arabic", ["1. تلاحظ اللجنة ذلك.", "المساواة وعدم التمييز", "2. توصي اللجنة بذلك."], [2]),
    ("after a colon", ["1. It has these:", "Equal pay", f"2. {SENTENCE}"], []),
    ("of a list", ["1. It has these:", "Equal pay", "Pensions", f"2. {SENTENCE}"], []),
    ("named, after a list", [
        "1. It has:", "Laws", "Work (art. 27)", f"2. {SENTENCE}", "Codes", "Article 28",
        f"3. {SENTENCE}",
    ], [3, 5, 6]),
    ("named, over a letter", [
        f"1. {SENTENCE}", "Article 33 Bodies", "(a) Laws", "2. It has.", "(b) Plans", "3. None.",
    ], [2, 3, 5]),
    ("a source over a heading", [
        f"1. {SENTENCE}", "Source: the Ministry", "Equal pay", f"2. {SENTENCE}",
    ], [3]),
    ("over no number", [f"1. {SENTENCE}", "Equal pay", SENTENCE, f"2. {SENTENCE}"], []),
    ("a sentence", [f"1. {SENTENCE}", "The pay is equal.", f"2. {SENTENCE}"], []),
    ("a short form", ["1. It is told in general comment No.", "Equal pay", f"2. {SENTENCE}"], []),
    ("where others are set in", [
        f"1. {SENTENCE}", "\t\tWomen", f"2. {SENTENCE}", "Equal pay", f"3. {SENTENCE}",
    ], [2]),
    ("lettered", [
        f"1. {SENTENCE}", "(a) Laws", "2. It has laws.", "(b) Plans", "3. None.",
    ], [2, 4]),
    ("lettered, under another", [
        "A. Pay", "(a) Laws", "1. It has laws.", "(b) Plans (art. 2)", "2. None.",
    ], [1, 2, 4]),
    ("a letter without a next one", [f"1. {SENTENCE}", "(a) Laws", "2. It has laws."], []),
    ("parts without marks", ["1. It has:", "(a) Laws", "(b) Plans", "2. It has none."], []),
    ("letters after parts", [
        f"1. {SENTENCE}", "(a) Laws", "2. It has:", "(a) Acts;", "(b) Codes.", "(b) Plans",
        "3. None.", "(c) Funds", "4. None.",
    ], [2, 6, 8]),
    ("a part that lost its mark", [
        f"1. {SENTENCE}", "(a) Laws", "2. It has:", "(a) Acts.", "(b) Codes", "3. It has none.",
    ], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "headings"), [case[1:] for case in BARE], ids=[c[0] for c in BARE]
)
def test_headings_of_a_text_without_looks(lines: list[str], headings: list[int]) -> None:
    roles = assign(items(bare(line, number) for number, line in enumerate(lines, start=1)))
    assert [role.item.block.line for role in roles if role.kind == "heading"] == headings


BARE_PATHS = [
    ("replies under articles", [
        "B. Rights", "Equality (art. 5)", "Reply to paragraph 3 (a)", f"1. {SENTENCE}",
        "Reply to paragraph 3 (b)", f"2. {SENTENCE}", "Women (art. 6)", f"3. {SENTENCE}",
    ], [
        ["B. Rights", "Equality (art. 5)", "Reply to paragraph 3 (a)"],
        ["B. Rights", "Equality (art. 5)", "Reply to paragraph 3 (b)"],
        ["B. Rights", "Women (art. 6)"],
    ]),
    ("replies under what is named without an article", [
        "Equality", "Reply to paragraph 3 (a)", f"1. {SENTENCE}", "Reply to paragraph 3 (b)",
        f"2. {SENTENCE}", "Women", "Reply to paragraph 4", f"3. {SENTENCE}",
    ], [
        ["Equality", "Reply to paragraph 3 (a)"],
        ["Equality", "Reply to paragraph 3 (b)"],
        ["Women", "Reply to paragraph 4"],
    ]),
    ("parts of a reply", [
        "A. Purpose", "Reply to paragraph 2", f"1. {SENTENCE}", "Greenland", f"2. {SENTENCE}",
        "Reply to paragraph 3", f"3. {SENTENCE}",
    ], [
        ["A. Purpose", "Reply to paragraph 2"],
        ["A. Purpose", "Reply to paragraph 2", "Greenland"],
        ["A. Purpose", "Reply to paragraph 3"],
    ]),
    ("parts of an article, and the end", [
        "III. Obligations", "Article 9 Accessibility", f"1. {SENTENCE}", "Pharmacies",
        f"2. {SENTENCE}", "Article 10 Right to life", f"3. {SENTENCE}", "Next report",
        f"4. {SENTENCE}",
    ], [
        ["III. Obligations", "Article 9 Accessibility"],
        ["III. Obligations", "Article 9 Accessibility", "Pharmacies"],
        ["III. Obligations", "Article 10 Right to life"],
        ["III. Obligations", "Next report"],
    ]),
    ("numbers under an article", [
        "Article 28 Pensions", "1. Benefits", f"1. {SENTENCE}", "2. Allowances", f"2. {SENTENCE}",
        "Article 29 Votes", f"3. {SENTENCE}",
    ], [
        ["Article 28 Pensions", "1. Benefits"], ["Article 28 Pensions", "2. Allowances"],
        ["Article 29 Votes"],
    ]),
    ("articles under numbers", [
        f"1. {SENTENCE}", "\t1. Part II", "\t\tArticle 7", f"2. {SENTENCE}", "\t\tArticle 8",
        f"3. {SENTENCE}", "\t2. Part III", "\t\tArticle 9", f"4. {SENTENCE}",
    ], [
        [], ["1. Part II", "Article 7"], ["1. Part II", "Article 8"], ["2. Part III", "Article 9"],
    ]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "sections"), [case[1:] for case in BARE_PATHS], ids=[case[0] for case in BARE_PATHS]
)
def test_paths_of_headings_known_by_words(lines: list[str], sections: list[list[str]]) -> None:
    one = made(*[bare(line, number) for number, line in enumerate(lines, start=1)])
    assert [p.section for p in one.paragraphs if p.number] == sections


def test_an_article_closes_the_lettered_headings_of_the_one_before() -> None:
    def look(text: str, size: float = 10.0, bold: bool = True, italic: bool = False) -> Block:
        return Block(text=text, bold=bold, size=size, left=72.0, italic=italic)

    one = made(
        look("Article 5: Equality", 12.0),
        look("(a) Acts"),
        look(f"1. {SENTENCE}", bold=False),
        look("Article 6: Women", 12.0),
        look(f"2. {SENTENCE}", bold=False),
        look("1. Social benefits"),
        look("1.1 Pensions", bold=False, italic=True),
        look(f"3. {SENTENCE}", bold=False),
        look("1.2 Allowances", bold=False, italic=True),
        look(f"4. {SENTENCE}", bold=False),
        look("2. Housing"),
        look(f"5. {SENTENCE}", bold=False),
    )
    assert only(one, "1").section == ["Article 5: Equality", "(a) Acts"]
    assert only(one, "2").section == ["Article 6: Women"]
    assert only(one, "3").section == ["Article 6: Women", "1. Social benefits", "1.1 Pensions"]
    assert only(one, "4").section == ["Article 6: Women", "1. Social benefits", "1.2 Allowances"]
    assert only(one, "5").section == ["Article 6: Women", "2. Housing"]


def test_a_paragraph_in_the_style_of_a_heading() -> None:
    """Its number is the missing one; a numbered question in that style is none."""
    one = made(
        Block(text=SENTENCE, label="1."),
        Block(text=SENTENCE, label="2.", style="heading 1|Heading1"),
        Block(text=SENTENCE, label="3."),
        Block(text="What has been done about it.", label="2.", style="heading 1|Heading1"),
        Block(text=SENTENCE, label="4."),
    )
    assert addresses(one) == ["1", "2", "3", "4"]
    assert only(one, "4").section == ["2. What has been done about it."]


def test_lettered_lines_inside_one_block_are_subparagraphs() -> None:
    note = Note(key="n", source_mark="1", mark="1", text="Ibid.")
    text = "1.\tPlease explain:\n(a)\tBills;\n\t(b) Acts."
    one = made(Block(text=text, marks=(NoteMark(len(text), "n"),)), notes={"n": note})
    first = only(one, "1")
    assert first.text == "Please explain:\n(a) Bills;\n(b) Acts."
    assert [s.label for s in first.subparagraphs] == ["(a)", "(b)"]
    assert [n.offset for n in first.footnotes] == [len(first.text)]


def test_line_beginnings_that_only_look_like_labels() -> None:
    one = made(
        pdf("1.\tThe Committee, in accordance with the Convention and its general comment No."),
        pdf("7\t(2018) on participation, recalls the Decree on this matter, which was adopted on"),
        pdf("9\tJanuary 2014, and provides for (a) a review of the standards; and"),
        pdf("(b)\ta plan for all."),
    )
    assert addresses(one) == ["1"] and only(one, "1").subparagraphs == []
    assert only(one, "1").text == (
        "The Committee, in accordance with the Convention and its general comment No. 7 (2018) on "
        "participation, recalls the Decree on this matter, which was adopted on 9 January 2014, "
        "and provides for (a) a review of the standards; and (b) a plan for all."
    )


def test_annexes_and_parts() -> None:
    one = made(
        f"1.\t{SENTENCE}",
        Block(text="Annex I", bold=True),
        Block(text="Statistics", bold=True),
        f"1.\t{SENTENCE}",
        f"2.\t{SENTENCE}",
        Block(text="Annex II", bold=True),
        "Some text of the second annex.",
    )
    assert addresses(one) == ["1", "annex-1.1", "annex-1.2", "annex-2.p1"]
    assert [p.kind for p in one.paragraphs] == ["paragraph", "annex", "annex", "annex"]
    assert only(one, "annex-1.2").section == ["Annex I", "Statistics"]
    assert one.notices == []


def test_a_decision_ends_the_annex_of_the_one_before() -> None:
    one = made(
        Block(text="Decision 6/CMA.3", bold=True),
        Block(text="Recalling the Convention and the decisions before this one on it,"),
        f"1. {SENTENCE}",
        f"2. {SENTENCE}",
        Block(text="Annex", bold=True),
        f"1. {SENTENCE}",
        Block(text="Decision 7/CMA.3", bold=True),
        Block(text="Noting the report of the secretariat on the work of the committee,"),
        f"1. {SENTENCE}",
        f"2. See decision 6/CMA.3. {SENTENCE}",
    )
    assert addresses(one) == [
        *("part-1.p1", "part-1.1", "part-1.2", "annex-1.1", "part-2.p1", "part-2.1", "part-2.2")
    ]
    assert only(one, "part-2.2").section == ["Decision 7/CMA.3"]


def test_the_title_of_a_table_is_no_heading_of_what_follows_it() -> None:
    def look(text: str, bold: bool = False, size: float = 10.0) -> Block:
        return Block(text=text, bold=bold, size=size, left=72.0)

    one = made(
        look("Work", bold=True, size=12.0),
        look(f"1. {SENTENCE}"),
        look("Pupils enrolled at public institutions", bold=True),
        row("Year\tPupils", 1, 1),
        look(f"2. {SENTENCE}"),
        look("Comparison between the two offices"),
        row("Office\tPosts", 2, 1),
        look("Reply to paragraph 12 of the list of issues", bold=True),
        row("Year\tCases", 3, 1),
        look(f"3. {SENTENCE}"),
        look("Data", bold=True, size=12.0),
        row("Year\tCases", 4, 1),
        look(f"4. {SENTENCE}"),
    )
    sections = {p.id.split("#")[1]: p.section[1:] or p.section for p in one.paragraphs}
    assert sections == {
        "1": ["Work"],
        "t1.1": ["Pupils enrolled at public institutions"],
        "2": ["Work"],
        "t2.1": ["Comparison between the two offices"],
        "t3.1": ["Reply to paragraph 12 of the list of issues"],
        "3": ["Reply to paragraph 12 of the list of issues"],
        "t4.1": ["Data"],
        "4": ["Data"],
    }


def test_numbering_that_restarts_under_a_heading_makes_parts() -> None:
    decision = [f"{n}.\t{SENTENCE}" for n in (1, 2, 3)]
    one = made(
        Block(text="Decision 1", bold=True), "The Committee,", *decision,
        Block(text="Decision 2", bold=True), "The Committee,", *decision,
    )  # fmt: skip
    assert addresses(one) == [
        "part-1.p1", "part-1.1", "part-1.2", "part-1.3",
        "part-2.p1", "part-2.1", "part-2.2", "part-2.3",
    ]  # fmt: skip
    assert one.notices == []


def test_a_number_that_was_put_in_later() -> None:
    texts = ["2.", "3.", "3 bis.", "3 ter.", "4."]
    one = made(f"1.\t{SENTENCE}", *(f"{number}\t{SENTENCE}" for number in texts))
    assert addresses(one) == ["1", "2", "3", "3 bis", "3 ter", "4"]
    assert [p.number for p in one.paragraphs][3:5] == ["3 bis", "3 ter"]
    assert one.notices == []


def test_doubles_and_gaps_are_kept_and_said() -> None:
    one = made(*(f"{n}.\t{SENTENCE}" for n in (1, 2, 2, 3, 5, 6)))
    assert addresses(one) == ["1", "2", "2~2", "3", "5", "6"]
    assert [notice.message for notice in one.notices] == [
        "paragraph 2 is printed twice",
        "paragraph 3 is followed by 5",
    ]


def test_tables() -> None:
    one = made(
        f"1.\t{SENTENCE}",
        "Table 2",
        "Victims identified",
        "(Thousands)",
        row("Year\tNumber", 1, 1),
        row("2015\t20\u00a0000", 1, 2),
        f"2.\t{SENTENCE}",
    )
    assert addresses(one) == ["1", "t1.1", "t1.2", "2"]
    second = only(one, "t1.2")
    assert second.kind == "table" and second.section == ["Table 2 Victims identified (Thousands)"]
    assert second.table is not None
    assert [second.text[start:end] for start, end in second.table.cells] == ["2015", "20 000"]
    assert only(one, "2").section == []


def test_a_caption_without_rows_is_not_lost() -> None:
    one = made(f"1.\t{SENTENCE}", "Table 3", f"2.\t{SENTENCE}")
    assert [(a, p.text) for a, p in zip(addresses(one), one.paragraphs, strict=True)][1] == (
        "p1",
        "Table 3",
    )


def test_headings_without_text_and_notes_without_mark_are_kept() -> None:
    note = Note(key="n", source_mark="7", mark="7", text="See annex.")
    one = made(
        f"1.\t{SENTENCE}", Block(text="A. Empty", bold=True), Block(text="B. Full", bold=True),
        f"2.\t{SENTENCE}", notes={"n": note},
    )  # fmt: skip
    assert addresses(one) == ["1", "x1", "2", "x2"]
    assert [only(one, x).text for x in ("x1", "x2")] == ["A. Empty", "7 See annex."]
    assert [notice.message for notice in one.notices] == ["footnote 7 has no mark in the text"]


def test_a_note_on_a_heading_is_on_the_paragraph_under_it() -> None:
    note = Note(key="n", source_mark="1", mark="1", text="Art. 7.")
    one = made(
        Block(text="A. Laws", bold=True, marks=(NoteMark(7, "n"),)), f"1.\t{SENTENCE}",
        notes={"n": note},
    )  # fmt: skip
    assert [(n.offset, n.text) for n in only(one, "1").footnotes] == [(0, "Art. 7.")]


def test_contents_with_ranges_of_paragraphs_are_left_out() -> None:
    one = made(
        "CRPD/C/KEN/1", "Contents", "Paragraphs Page", "Introduction......... 1–9 3",
        "Part I: Specific measures that are adopted by governments ........................",
        "of all levels .............. 10–44 5", "Article 25 Health 45-60 12", "Annex",
        "List of laws .......... 40", "Annexes", "Introduction", f"1. {SENTENCE}",
        "Article 25 Health", f"2. {SENTENCE}",
    )  # fmt: skip
    assert [(p.id.split("#")[1], p.section) for p in one.paragraphs] == [
        ("1", ["Introduction"]),
        ("2", ["Article 25 Health"]),
    ]


def test_contents_are_left_out() -> None:
    one = made(
        "CMW/C/PER/2", "Contents", "I. Introduction\t3", "II. Laws .......... 7",
        Block(text="I. Introduction", bold=True), f"1.\t{SENTENCE}",
    )  # fmt: skip
    assert addresses(one) == ["1"]
