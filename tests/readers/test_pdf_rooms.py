"""The rooms of the PDF reader on runs and lines made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatybody.readers.pdfpages.assembly import assemble
from treatybody.readers.pdfpages.compare import compared
from treatybody.readers.pdfpages.furniture import patterns
from treatybody.readers.pdfpages.lines import label_of, lines_of
from treatybody.readers.pdfpages.notes import gather, mark_of
from treatybody.readers.pdfpages.righttoleft import is_visual
from treatybody.readers.pdfpages.runs import Page, Run, is_label, mirrored, upright


def run(x: float, y: float, text: str, size: float = 10.0) -> Run:
    return Run(x, y, x + 0.5 * size * len(text), size, False, False, text)


def page(*runs: Run) -> Page:
    return Page(1, 595.0, 842.0, "made", list(runs))


def line_texts(*runs: Run) -> list[str]:
    return [line.text for line in lines_of(page(*runs))]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("1.", True),
        ("314.", True),
        ("24.1", True),
        ("(a)", True),
        ("(viii)", True),
        ("IV.", True),
        ("A.", True),
        ("•", True),
        ("(12)", True),
        ("2015 was", False),
        ("Peru", False),
        ("(art.", False),
    ],
)
def test_labels(label: str, expected: bool) -> None:
    assert is_label(label) is expected


def test_label_needs_a_tab() -> None:
    [with_tab] = lines_of(page(run(113, 700, "(a)"), run(142, 700, "Adopt")))
    [without] = lines_of(page(run(113, 700, "(a)"), run(130.5, 700, "of the Code")))
    assert label_of(with_tab) == ("(a)", 142, 1.4)
    assert label_of(without) is None


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(0.3, "decentralization"), (2.4, "decentr alization")],
)
def test_a_gap_makes_the_blank(gap: float, expected: str) -> None:
    first = run(113, 700, "decentr")
    assert line_texts(first, run(first.right + gap, 700, "alization")) == [expected]


def test_raised_mark_goes_to_its_line_and_not_to_the_line_above() -> None:
    first = run(113, 700, "in 2015")
    found = line_texts(run(113, 712, "the line above"), first, run(first.right, 703.3, "3", 6))
    assert found == ["the line above", "in 20153"]
    [_, line] = lines_of(page(run(113, 712, "above"), first, run(first.right, 703.3, "3", 6)))
    assert [piece.text for piece in line.pieces if piece.raised] == ["3"]


def test_hyphen_sign_of_pdfium_is_a_hyphen() -> None:
    assert line_texts(run(113, 700, "non\ufffe")) == ["non-"]


@pytest.mark.parametrize(
    "text",
    [
        "GE.18-12345",
        "GE.23-18091 (E) 061023 091023",
        "V.14-08266 (E)",
        "Please recycle",
        "*1049745*",
        "Se ruega reciclar",
    ],
)
def test_known_furniture(text: str) -> None:
    assert patterns()["anywhere"].fullmatch(text)


@pytest.mark.parametrize("text", ["See GE.18-12345 for details of the plan of action", "Geneva"])
def test_text_is_no_furniture(text: str) -> None:
    assert not patterns()["anywhere"].fullmatch(text)


def test_note_lines() -> None:
    marked, more = lines_of(
        page(run(103, 113, "12", 6), run(113, 110, "Ibid.", 9), run(113, 99, "p. 4.", 9))
    )
    found = mark_of(marked)
    assert found is not None and (found[0], found[1].text, found[2]) == ("12", "Ibid.", True)
    [note] = gather([(1, [marked, more])])
    assert (note.mark, len(note.lines)) == ("12", 2)


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_four_quarter_turns_are_none(turn: int) -> None:
    x, y = upright(100.0, 200.0, turn, 600.0, 800.0)
    width, height = (800.0, 600.0) if turn % 2 else (600.0, 800.0)
    assert upright(x, y, (4 - turn) % 4, width, height) == (100.0, 200.0)


def test_symbol_in_a_right_to_left_line_is_not_turned() -> None:
    made = page(run(400, 700, "المتحدة"), run(300, 700, "CRPD/"), run(325, 700, "C/SDN/1"))
    [line] = lines_of(mirrored(made))
    assert "CRPD/C/SDN/1" in line.text
    assert line.text.startswith("المتحدة")


def test_visual_order_is_told_from_logical() -> None:
    logical = "الأمم المتحدة اللجنة المعنية بحقوق الأشخاص ذوي الإعاقة والتقارير الدورية"
    assert not is_visual(logical)
    assert is_visual(" ".join(word[::-1] for word in logical.split()))
    assert not is_visual("United Nations")


def test_difference_names_the_words() -> None:
    first, second = page(run(72, 700, "Peru")), page(run(72, 700, "Pern"))
    second.engine = "other"
    used, message = compared(first, second)
    assert used is first
    assert message is not None and "“u”" in message and "“n”" in message
    assert compared(first, first) == (first, None)


LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
RUNS = st.lists(
    st.builds(
        run,
        st.floats(20, 500),
        st.floats(60, 780),
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=9),
        st.sampled_from([6.0, 8.5, 10.0, 14.0, 20.0]),
    ),
    max_size=25,
)


def letters(texts: list[str]) -> list[str]:
    return sorted(c for text in texts for c in text if c.isascii() and c.isalpha())


@given(RUNS)
def test_lines_lose_no_letter(runs: list[Run]) -> None:
    kept = [r for i, r in enumerate(runs) if r.text not in {o.text for o in runs[:i]}]
    assert letters(line_texts(*kept)) == letters([r.text.translate(LIGATURES) for r in kept])


@settings(deadline=None)
@given(st.lists(RUNS, min_size=1, max_size=3))
def test_any_pages_can_be_assembled(pages: list[list[Run]]) -> None:
    made = [Page(n, 595.0, 842.0, "made", runs) for n, runs in enumerate(pages, 1)]
    blocks, tied = assemble(made)
    for block in blocks:
        assert block.text.strip()
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)
        assert all(mark.key in tied.notes for mark in block.marks)
        for start, end in block.cell.spans if block.cell else ():
            assert 0 <= start <= end <= len(block.text)
