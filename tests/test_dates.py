import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatybody.dates import PartialDate, find, from_iso, overlaps, parse

ONE = [
    ("23 April 2015", "2015-04-23"),
    ("23rd April 2015", "2015-04-23"),
    ("April 23, 2015", "2015-04-23"),
    ("April 2015", "2015-04"),
    ("25 Aug. 2018", "2018-08-25"),
    ("23 de abril de 2015", "2015-04-23"),
    ("1º de setiembre de 2015", "2015-09-01"),
    ("23 avril 2015", "2015-04-23"),
    ("1er août 2015", "2015-08-01"),
    ("23 апреля 2015 года", "2015-04-23"),
    ("23 نيسان/أبريل 2015", "2015-04-23"),
    ("٢٣ أبريل ٢٠١٥", "2015-04-23"),
    ("4 كانون الأول/ديسمبر 2019", "2019-12-04"),
    ("2015年4月23日", "2015-04-23"),
    ("2015 年 4 月", "2015-04"),
    ("2024", "2024"),
    ("2024-06", "2024-06"),
    ("2024-06-09", "2024-06-09"),
    ("13 May\n2015", "2015-05-13"),
]


@pytest.mark.parametrize(("text", "iso"), ONE)
def test_parse(text, iso):
    assert str(parse(text)) == iso


@pytest.mark.parametrize(
    "text", ["", "yesterday", "31 April", "2015-13", "2015-02-30", "14 and 15 April 2015", "15/11"]
)
def test_not_one_date(text):
    assert parse(text) is None


SPANS = [
    ("28 March-8 April 2022", ["2022-03-28..2022-04-08"]),
    ("(28 March–8 April 2022).", ["2022-03-28..2022-04-08"]),
    ("from 14 to 15 April 2015", ["2015-04-14..2015-04-15"]),
    ("held on 14 and 15 April 2015", ["2015-04-14..2015-04-15"]),
    ("9 December 2019–3 January 2020", ["2019-12-09..2020-01-03"]),
    ("del 28 de marzo al 8 de abril de 2022", ["2022-03-28..2022-04-08"]),
    ("los días 14 y 15 de abril de 2015", ["2015-04-14..2015-04-15"]),
    ("du 28 mars au 8 avril 2022", ["2022-03-28..2022-04-08"]),
    ("28 марта — 8 апреля 2022 года", ["2022-03-28..2022-04-08"]),
    ("28 آذار/مارس - 8 نيسان/أبريل 2022", ["2022-03-28..2022-04-08"]),
    ("14 و15 نيسان/أبريل 2015", ["2015-04-14..2015-04-15"]),
    ("2022年3月28日至4月8日", ["2022-03-28..2022-04-08"]),
    ("2015年4月14日和15日", ["2015-04-14..2015-04-15"]),
    ("2019年12月9日至2020年1月3日", ["2019-12-09..2020-01-03"]),
    ("12 May 2010; and 13 juin 2011", ["2010-05-12", "2011-06-13"]),
    ("resolution 68/268 of 9 April 2014", ["2014-04-09"]),
    ("31 June 2015", ["2015-06"]),
    ("in 2015 the 12 members", []),
    ("paras. 12-14 March to the", []),
]


@pytest.mark.parametrize(("text", "expected"), SPANS)
def test_find(text, expected):
    assert [str(found) for found in find(text)] == expected


def test_offsets_point_at_the_words():
    text = "adopted at its session (28 March–8 April 2022)."
    (found,) = find(text)
    assert text[found.start : found.end] == "28 March–8 April 2022"


OVERLAPS = [
    ("2024", "2024-06-01", "2024-06-30", True),
    ("2024-06", "2024", None, True),
    ("2024-06-30", None, "2024-06", True),
    ("2024-07-01", None, "2024-06", False),
    ("2023", "2024", None, False),
    ("2015", "2015", "2020", True),
    (None, None, None, False),
]


@pytest.mark.parametrize(("date", "low", "high", "expected"), OVERLAPS)
def test_a_partial_date_meets_a_range_that_it_overlaps(date, low, high, expected):
    assert overlaps(date, low, high) is expected


def test_sorts_as_its_first_day():
    assert PartialDate(2024).first_day == "2024-01-01"
    assert PartialDate(2024, 2).last_day == "2024-02-29"


@pytest.mark.parametrize("parts", [(2015, 4, 31), (2015, 13), (0,), (2015, None, 3)])
def test_no_such_day(parts):
    with pytest.raises(ValueError, match="no such"):
        PartialDate(*parts)


@given(st.text())
def test_never_raises(text):
    parse(text)
    at = 0
    for found in find(text):
        assert at <= found.start < found.end <= len(text)
        at = found.end


@given(st.dates(min_value=__import__("datetime").date(1900, 1, 1)))
def test_iso_reads_back(day):
    if day.year < 2100:
        assert str(from_iso(day.isoformat())) == str(parse(day.isoformat())) == day.isoformat()
