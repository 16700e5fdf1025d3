"""Footnotes, endnotes and typed table notes, with their place and their mark."""

from __future__ import annotations

from collections.abc import Callable

from treatybody.blocks import Block, Reading

Reader = Callable[..., Reading]


def text(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def raised(words: str) -> str:
    return text(words, '<w:vertAlign w:val="superscript"/>')


def ref(key: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'


def custom(key: int, mark: str) -> str:
    return (
        f'<w:r><w:footnoteReference w:customMarkFollows="1" w:id="{key}"/><w:t>{mark}</w:t></w:r>'
    )


def note(key: int, words: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{key}"><w:p><w:r><w:{kind}Ref/></w:r>{text(words)}</w:p></w:{kind}>'


SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p/></w:footnote>'
)
NOTES = SEPARATORS + "".join(note(key, f" Note {key}.") for key in range(1, 6))


def paragraph(inside: str, section: str = "") -> str:
    properties = f"<w:pPr><w:sectPr>{section}</w:sectPr></w:pPr>" if section else ""
    return f"<w:p>{properties}{inside}</w:p>"


def seen(reading: Reading) -> list[tuple[str, str | None, str]]:
    """For each mark in order: the text before it, the mark, the note."""
    return [
        (block.text[: mark.offset], reading.notes[mark.key].mark, reading.notes[mark.key].text)
        for block in reading.blocks
        for mark in block.marks
    ]


def test_marks_are_places_and_no_text(read_word: Reader) -> None:
    reading = read_word(
        paragraph(text("In 2015") + ref(2) + text(", Peru") + ref(1)), footnotes=NOTES
    )
    assert reading.blocks[0].text == "In 2015, Peru"
    assert seen(reading) == [("In 2015", "1", "Note 2."), ("In 2015, Peru", "2", "Note 1.")]


def test_a_custom_mark_is_not_counted_and_leaves_the_text(read_word: Reader) -> None:
    footnotes = (
        SEPARATORS
        + note(1, "One.")
        + (
            f'<w:footnote w:id="2"><w:p>{text("*")}<w:r><w:tab/></w:r>{text("Adopted.")}</w:p>'
            "</w:footnote>"
        )
    )
    body = paragraph(text("Title") + custom(2, "*")) + paragraph(text("Text") + ref(1))
    reading = read_word(body, footnotes=footnotes)
    assert [block.text for block in reading.blocks] == ["Title", "Text"]
    assert seen(reading) == [("Title", "*", "Adopted."), ("Text", "1", "One.")]


def test_a_note_that_begins_with_a_number_keeps_it(read_word: Reader) -> None:
    footnotes = note(1, "1 January 2015.")
    assert seen(read_word(paragraph(text("a") + ref(1)), footnotes=footnotes)) == [
        ("a", "1", "1 January 2015.")
    ]


def test_format_and_start_from_the_settings(read_word: Reader) -> None:
    settings = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    reading = read_word(
        paragraph(text("a") + ref(1) + text("b") + ref(2)), footnotes=NOTES, settings=settings
    )
    assert [mark for _, mark, _ in seen(reading)] == ["c", "d"]


RESTART = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'


def test_restart_in_each_section(read_word: Reader) -> None:
    body = (
        paragraph(text("a") + ref(1) + text("b") + ref(2), section=RESTART)
        + paragraph(text("c") + ref(3))
        + f"<w:sectPr>{RESTART}</w:sectPr>"
    )
    assert [mark for _, mark, _ in seen(read_word(body, footnotes=NOTES))] == ["1", "2", "1"]


def test_restart_on_each_page_is_not_guessed(read_word: Reader) -> None:
    settings = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'
    reading = read_word(paragraph(text("a") + ref(1)), footnotes=NOTES, settings=settings)
    found = reading.notes[reading.blocks[0].marks[0].key]
    assert (found.mark, found.source_mark, found.text) == (None, "1", "Note 1.")


def test_endnotes_count_for_themselves(read_word: Reader) -> None:
    body = paragraph(text("a") + ref(1) + text("b") + ref(1, "endnote"))
    reading = read_word(body, footnotes=NOTES, endnotes=note(1, "End.", "endnote"))
    assert [(mark, words) for _, mark, words in seen(reading)] == [("1", "Note 1."), ("i", "End.")]


def test_deleted_and_hidden_references_are_not_counted(read_word: Reader) -> None:
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    body = paragraph(text("a") + f"<w:del>{ref(1)}</w:del>" + hidden + text("b") + ref(3))
    assert seen(read_word(body, footnotes=NOTES)) == [("ab", "1", "Note 3.")]


def test_a_note_of_two_paragraphs(read_word: Reader) -> None:
    footnotes = (
        f'<w:footnote w:id="1"><w:p>{text("One")}</w:p><w:p>{text("two")}</w:p></w:footnote>'
    )
    reading = read_word(paragraph(text("a") + ref(1)), footnotes=footnotes)
    assert seen(reading)[0][2] == "One\ntwo"


def test_a_note_without_text_is_reported(read_word: Reader) -> None:
    reading = read_word(paragraph(text("a") + ref(9)), footnotes=NOTES)
    assert reading.warnings == [(None, "the text of note 1 is missing")]


def test_raised_brackets_go_with_their_mark(read_word: Reader) -> None:
    body = paragraph(text("rights") + raised("(") + ref(1) + raised(")") + text("."))
    assert read_word(body, footnotes=NOTES).blocks[0].text == "rights."


def test_a_repeated_mark_by_field(read_word: Reader) -> None:
    marked = f'<w:bookmarkStart w:id="1" w:name="_Ref9"/>{ref(1)}<w:bookmarkEnd w:id="1"/>'
    again = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>NOTEREF _Ref9 \\f</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/></w:r>'
        f'{raised("1")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = paragraph(text("one") + marked) + paragraph(text("two") + again)
    reading = read_word(body, footnotes=NOTES)
    assert [block.text for block in reading.blocks] == ["one", "two"]
    assert [mark.key for block in reading.blocks for mark in block.marks] == ["footnote:1"] * 2


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc><w:p>{cell}</w:p></w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def rows_of(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.cell]


def test_typed_table_notes_are_tied(read_word: Reader) -> None:
    body = (
        table(row(text("2025/26") + raised("a"), text("Staff") + raised("a,b")))
        + paragraph(raised("a") + "<w:r><w:tab/></w:r>" + text("Estimate."))
        + paragraph(raised("b") + "<w:r><w:tab/></w:r>" + text("Funded."))
        + paragraph(text("1. Text"))
    )
    reading = read_word(body)
    assert [block.text for block in reading.blocks] == ["2025/26\tStaff", "1. Text"]
    assert seen(reading) == [
        ("2025/26", "a", "Estimate."),
        ("2025/26\tStaff", "a", "Estimate."),
        ("2025/26\tStaff", "b", "Funded."),
    ]


def test_typed_notes_in_the_last_row(read_word: Reader) -> None:
    last = f"<w:tr><w:tc><w:p>{raised('a')}{text(' One')}</w:p><w:p>{raised('b')}{text(' Two')}"
    body = table(
        row(text("x") + raised("b"), text("y") + raised("a")), last + "</w:p></w:tc></w:tr>"
    )
    reading = read_word(body)
    assert [block.text for block in reading.blocks] == ["x\ty"]
    assert [words for *_, words in seen(reading)] == ["Two", "One"]


def test_a_raised_figure_without_a_note_stays(read_word: Reader) -> None:
    body = table(
        row(text("12 m") + raised("3"), text("5 km") + raised("2") + text(" (a)"))
    ) + paragraph(text("the 12") + raised("th") + text(" meeting, 7 m") + raised("3"))
    reading = read_word(body)
    assert [block.text for block in reading.blocks] == [
        "12 m³\t5 km² (a)",
        "the 12th meeting, 7 m³",
    ]
    assert rows_of(reading)[0].cell is not None
    assert rows_of(reading)[0].cell.spans == ((0, 5), (6, 15))
    assert not reading.notes


def test_a_lone_raised_letter_leaves_its_word(read_word: Reader) -> None:
    reading = read_word(table(row(text("Party") + raised("c"), text("n"))))
    assert [block.text for block in reading.blocks] == ["Party\tn"]
    assert seen(reading) == [("Party", "c", "")]


def test_typed_notes_of_another_table_are_not_taken(read_word: Reader) -> None:
    first = table(row(text("x") + raised("2"), text("y") + raised("a")))
    one = paragraph(raised("a") + text(" One"))
    second = table(row(text("x") + raised("2"), text("y")))
    two = paragraph(raised("2") + text(" Two"))
    reading = read_word(first + one + paragraph(text("between")) + second + two)
    assert [block.text for block in reading.blocks] == ["x²\ty", "between", "x\ty"]
