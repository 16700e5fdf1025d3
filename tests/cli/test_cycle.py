"""The thread of a recommendation over the five documents; expectations read from the papers."""

import json

import pytest


def citations(output: str) -> list[str]:
    return [line.split("\t")[0] for line in output.splitlines()]


def paragraphs(document: str, numbers: str) -> list[str]:
    return [f"{document}, para. {number}" for number in numbers.split(", ")]


NO_HEADING = (
    "9 (g), 10 (b), 10 (d), 11 (b), 18, 23, 24, 30, 34, 35 (c), 37, "
    "39 (a), 39 (c), 39 (e), 40 (b), 40 (f), 40 (i)"
)
NO_QUESTION = "13, 25, 31, 35, 37, 41, 47, 49, 53, 57"


@pytest.mark.parametrize(
    ("document", "numbers"),
    [("CMW/C/PER/QPR/2", NO_HEADING), ("CMW/C/PER/CO/1", NO_QUESTION)],
)
def test_gaps(tb, document, numbers):
    found = tb("gaps", document)
    assert (found.returncode, citations(found.stdout)) == (0, paragraphs(document, numbers))
    assert "unanswered" not in found.stdout + found.stderr


def test_follow_up(tb):
    found = json.loads(tb("follow-up", "CO/1", "--json").stdout)
    assert [link["target"].partition("#")[2] for link in found["requested"]] == [
        "11",
        "27",
        "31",
        "33",
    ]
    assert found["due"] == "2017-04-24"
    (report,) = found["reports"]
    assert (report["symbol"], report["document"], report["received"]) == (
        "CMW/C/PER/CO/1/Add.1",
        None,
        "July 2018",
    )
    (letter,) = found["letters"]
    assert letter["date"] == "2018-09-13"
    assert [link["target"] for link in letter["assesses"]] == [
        f"CMW/C/PER/CO/1#{number}" for number in (27, 31, 33)
    ]
    assert letter["silent_on"] == ["CMW/C/PER/CO/1#11"]


PRINTED_THREAD = {
    *paragraphs("CMW/C/PER/CO/1", "32, 33, 60"),
    "CMW/followup/29/bs, 5th paragraph",
    *paragraphs("CMW/C/PER/QPR/2", "1 (c), 16, 27"),
    *paragraphs("CMW/C/PER/2", "7, 8, 9, 114, 115, 116, 117, 118, 119, 153, 154"),
}


@pytest.mark.parametrize("start", ["CMW/C/PER/CO/1, para. 33", "followup/29/bs 5"])
def test_trace_of_a_recommendation(tb, start):
    found = tb("trace", start)
    written = {one for one in citations(found.stdout) if "SR.577" not in one}
    assert (found.returncode, written) == (0, PRINTED_THREAD)


def test_trace_tells_printed_from_computed(tb):
    stops = map(json.loads, tb("trace", "CO/1 33", "--json").stdout.splitlines())
    links = {stop["citation"]: stop["links"] for stop in stops}
    (bracket,) = links["CMW/C/PER/QPR/2, para. 16"]
    assert (bracket["explicit"], bracket["evidence"]) == (True, "(para. 33)")
    assert not any(link["explicit"] for link in links["CMW/C/PER/CO/1, para. 33"])


def test_trace_from_an_answer_reaches_the_recommendation(tb):
    assert "CMW/C/PER/CO/1, para. 33" in citations(tb("trace", "CMW/C/PER/2 117").stdout)


def test_trace_follows_at_least_one_link(tb):
    found = tb("trace", "CO/1 33", "--depth", "0")
    assert (found.returncode, found.stdout) == (2, "")
    assert "--depth" in found.stderr


def test_trace_page_is_self_contained(tb, tmp_path):
    page = tmp_path / "thread.html"
    assert tb("trace", "CO/1", "33", "--html", str(page)).returncode == 0
    from lxml import html

    read = html.fromstring(page.read_text(encoding="utf-8"))
    assert not read.xpath("//script | //img | //link | //@src")
    assert {heading.text for heading in read.xpath("//h3")} >= PRINTED_THREAD
    assert tb("trace", "CO/1", "33", "--html", str(page)).returncode == 2


def test_instrument_under_all_its_names(tb):
    found = set(citations(tb("instrument", "28950").stdout))
    assert {
        "CMW/C/PER/CO/1, para. 7 (c)",
        "CMW/C/PER/CO/1, para. 54",
        "CMW/C/PER/QPR/2, para. 1 (b)",
        "CMW/C/PER/QPR/2, para. 35",
        "CMW/C/PER/2, para. 6 (a)",
    } <= found


def test_speakers(tb):
    lines = tb("speakers", "SR.577").stdout.splitlines()
    assert len(lines) == 9
    assert lines[1].startswith("Mr. Ceriani Cernadas (Country Rapporteur)\tcommittee\t6 paragraphs")


def test_links_filters(tb):
    lines = tb("links", "CMW/C/PER/CO/1", "33", "--to", "--kind", "cites").stdout.splitlines()
    expected = [
        *paragraphs("CMW/C/PER/QPR/2", "1 (c), 16, 27"),
        "CMW/followup/29/bs, 1st paragraph",
    ]
    assert citations("\n".join(lines)) == expected
    assert tb("links", "CMW/C/PER/CO/1", "33", "--kind", "corrects").returncode == 1


def test_links_come_in_reading_order(tb):
    lines = tb("links", "CMW/C/PER/QPR/2", "--kind", "cites", "--from").stdout.splitlines()
    numbers = [int(line.split("para. ")[1].split()[0].split("\t")[0]) for line in lines]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 9
