from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatybody import symbols
from treatybody.symbols import Suffix, find, from_file_name, parse

CO, FUR = "concluding_observations", "follow_up_report"
LOI, RLOI = "list_of_issues", "replies_to_list_of_issues"
LOIPR, SPR = "list_of_issues_prior_to_reporting", "state_report"

# symbol, committee, state, type, cycle
BODIES = [
    ("CMW/C/PER/1", "CMW", "PER", SPR, "1"),
    ("CMW/C/PER/CO/1", "CMW", "PER", CO, "1"),
    ("CMW/C/PER/CO/1/Add.1", "CMW", "PER", FUR, "1"),
    ("CMW/C/PER/QPR/2", "CMW", "PER", LOIPR, "2"),
    ("CCPR/C/AZE/Q/4/Add.1", "CCPR", "AZE", RLOI, "4"),
    ("CCPR/C/CHN-HKG/CO/4", "CCPR", "HKG", CO, "4"),
    ("E/C.12/PER/CO/2-4", "CESCR", "PER", CO, "2-4"),
    ("E/C.12/PER/2-4", "CESCR", "PER", SPR, "2-4"),
    ("CERD/C/PER/CO/18-21/Corr.1", "CERD", "PER", CO, "18-21"),
    ("CEDAW/C/UK/4", "CEDAW", "GBR", SPR, "4"),
    ("CEDAW/C/KWT/Q/3-4", "CEDAW", "KWT", LOI, "3-4"),
    ("CAT/C/NZL/CO/5/Add.1", "CAT", "NZL", FUR, "5"),
    ("CRC/C/OPAC/USA/CO/3-4", "CRC", "USA", CO, "3-4"),
    ("CRC/C/OPSC/PER/1", "CRC", "PER", SPR, "1"),
    ("CRC/C/OPAC/USA/Q/3-4/Add.1", "CRC", "USA", RLOI, "3-4"),
    ("CRPD/C/EU/CO/2-3", "CRPD", "EU", CO, "2-3"),
    ("CRPD/C/COL/FCO/1", "CRPD", "COL", FUR, "1"),
    ("CRPD/C/FRA/RQ/1", "CRPD", "FRA", RLOI, "1"),
    ("CED/C/MEX/VR/1", "CED", "MEX", "other", "1"),
    ("CAT/OP/KAZ/1", "SPT", "KAZ", "other", None),
    ("CMW/C/SR.577", "CMW", None, "summary_record", None),
    ("E/C.12/2015/SR.45", "CESCR", None, "summary_record", None),
    ("CMW/C/GC/2", "CMW", None, "general_comment", None),
    ("CMW/followup/29/bs", "CMW", None, "follow_up_letter", None),
    ("CCPR/C/119/D/2146/2012", "CCPR", None, "decision", None),
    # before States had their codes in symbols
    ("CRC/C/15/Add.268", "CRC", None, CO, None),
    ("CRC/C/65/Add.8", "CRC", None, SPR, None),
    ("CCPR/C/79/Add.8", "CCPR", None, CO, None),
    ("CCPR/CO/70/PER", "CCPR", "PER", CO, None),
    ("CERD/C/59/CO/3", "CERD", None, CO, None),
    ("CERD/C/304/Add.12", "CERD", None, CO, None),
    ("CAT/C/CR/33/1", "CAT", None, CO, None),
    ("CCPR/C/21/Rev.1/Add.13", "CCPR", None, "general_comment", None),
    ("CRC/C/Q/KEN/2", "CRC", "KEN", LOI, "2"),
    ("CRC/GC/2003/5", "CRC", None, "general_comment", None),
    ("CRC/C/RESP/88", "CRC", None, RLOI, None),
    ("E/C.12/1/Add.12", "CESCR", None, CO, None),
    ("E/1990/5/Add.29", "CESCR", None, SPR, None),
    # sessions, years and plain UN symbols
    ("CRPD/C/27/3", "CRPD", None, "other", None),
    ("CMW/C/2008/1", "CMW", None, "other", None),
    ("CRPD/C/1/Rev.1", "CRPD", None, "other", None),
    ("A/66/48", None, None, "other", None),
    ("A/RES/68/268", None, None, "other", None),
    ("A/80/604/Add.10", None, None, "other", None),
    ("A/HRC/WG.6/16/DEU/1", None, "DEU", "other", None),
    ("HRI/CORE/PAN/2017", None, "PAN", "other", None),
    ("HRI/GEN/2/Rev.6", None, None, "other", None),
    ("E/CN.4/2004/9", None, None, "other", None),
    ("FCCC/PA/CMA/2021/10/Add.3", None, None, "other", None),
    ("S/RES/1325 (2000)", None, None, "other", None),
    ("A/RES/3447 (XXX)", None, None, "other", None),
]


@pytest.mark.parametrize(("text", "committee", "state", "kind", "cycle"), BODIES)
def test_parts(text, committee, state, kind, cycle):
    symbol = parse(text)
    assert symbol is not None
    assert (symbol.text, symbol.committee, symbol.state) == (text, committee, state)
    assert (symbol.type, symbol.cycle, symbol.unknown) == (kind, cycle, ())


UNKNOWN = [
    ("CRPD/C/GBR/RFIR/1", "GBR", "other", ("RFIR",), None),
    ("CRPD/C/XYZ/CO/1", None, CO, ("XYZ",), None),
    ("CEDAW/C/NDL/CO/4", None, CO, ("NDL",), "CEDAW/C/NLD/CO/4"),
    ("CCPR/C/AZE/Q9/Add.1", "AZE", "other", ("Q9",), "CCPR/C/AZE/Q/9/Add.1"),
    ("CMC/C/PER/Q/1", None, "other", ("CMC",), "CMW/C/PER/Q/1"),
    ("CPRD/C/PER/CO/1", None, "other", ("CPRD",), "CRPD/C/PER/CO/1"),
    ("CEDWA/C/PER/CO/7-8", None, "other", ("CEDWA",), "CEDAW/C/PER/CO/7-8"),
]


@pytest.mark.parametrize(("text", "state", "kind", "unknown", "likely"), UNKNOWN)
def test_what_is_not_known_is_kept_and_a_misprint_stays_as_printed(
    text, state, kind, unknown, likely
):
    symbol = parse(text)
    assert symbol is not None
    assert (symbol.text, symbol.state, symbol.type) == (text, state, kind)
    assert (symbol.unknown, symbol.likely) == (unknown, likely)


def test_other_facts():
    assert parse("A/66/48").session == "66"
    assert parse("CCPR/C/119/D/2146/2012").session == "119"
    assert parse("CCPR/C/119/D/2146/2012").year == "2012"
    assert parse("CMW/C/SR.577").number == "577"
    assert parse("CRC/C/OPAC/USA/CO/3-4").instrument == "OPAC"
    assert parse("CEDAW/C/UK/4").written_state == "UK"
    assert parse("CCPR/C/21/Rev.1/Add.13").suffixes == (Suffix("Rev", "1"), Suffix("Add", "13"))
    assert parse("CRPD/C/KEN/Q/1/Add.1").base == "CRPD/C/KEN/Q/1"


def test_joint_symbols_are_not_one():
    assert parse("CEDAW/C/GC/31-CRC/C/GC/18") is None


FORGIVING = [
    ("cmw/c/per/co/1", "CMW/C/PER/CO/1"),
    (" CMW / C / PER / CO / 1. ", "CMW/C/PER/CO/1"),
    ("CRPD_C_KEN_Q_1_Add.1", "CRPD/C/KEN/Q/1/Add.1"),
    ("ccpr/c/21/rev. 1/add.13", "CCPR/C/21/Rev.1/Add.13"),
    ("CMW/Followup/29/BS", "CMW/followup/29/bs"),
    ("crpd/c/ltu/2–3", "CRPD/C/LTU/2-3"),
]


@pytest.mark.parametrize(("text", "canonical"), FORGIVING)
def test_forgiving_forms(text, canonical):
    assert parse(text).text == canonical


@pytest.mark.parametrize(
    "text",
    ["", "HIV/AIDS", "P/T", "and/or", "A/S", "E/C.12", "A/1", "CRPD/C/LTU", "CRPD/CVMembers/X.1"],
)
def test_not_symbols(text):
    assert parse(text) is None
    assert list(find(text)) == []


TEXTS = [
    ("(CMW/C/SR.275 and 276), held", ["CMW/C/SR.275", "CMW/C/SR.276"]),
    ("CRPD/C/SR.654, 655 and 656)", ["CRPD/C/SR.654", "CRPD/C/SR.655", "CRPD/C/SR.656"]),
    ("CMW/C/SR.275 and 14 others", ["CMW/C/SR.275"]),
    ("CEDAW/C/KWT/Q/3-4 and Add.1.", ["CEDAW/C/KWT/Q/3-4", "CEDAW/C/KWT/Q/3-4/Add.1"]),
    (
        "A/80/604 and Corr.1, Add.1 and Add.2",
        ["A/80/604", "A/80/604/Corr.1", "A/80/604/Add.1", "A/80/604/Add.2"],
    ),
    (
        "(CRPD/C/UTO/Q/1/Add.1 and Add.1/Corr.1, Add. 2/Corr. 1 and Add.3)",
        [f"CRPD/C/UTO/Q/1/{end}" for end in ("Add.1", "Add.1/Corr.1", "Add.2/Corr.1", "Add.3")],
    ),
    ("A/80/604/Rev.1/Add.1 and Rev.2", ["A/80/604/Rev.1/Add.1", "A/80/604/Rev.2"]),
    ("list of issues (CMC/C/PER/Q/1).", ["CMC/C/PER/Q/1"]),
    ("see CRPD/C/\nUKR/CO/1, para. 3", ["CRPD/C/UKR/CO/1"]),
    ("see CRPD/C/ UKR/CO/1, para. 3", ["CRPD/C/UKR/CO/1"]),
    ("CRPD/C/LTU/2-\n3)", ["CRPD/C/LTU/2-3"]),
    ("CRC/C/GC/18-CEDAW/C/GC/31 and", ["CRC/C/GC/18", "CEDAW/C/GC/31"]),
    (
        "CEDAW/C/GC/31/Rev.1–CRC/C/GC/18/Rev.1",
        ["CEDAW/C/GC/31/Rev.1", "CRC/C/GC/18/Rev.1"],
    ),
    ("CEDAW/C/GC/31/CRC/C/GC/18", ["CEDAW/C/GC/31", "CRC/C/GC/18"]),
    ("CRPD/C/KEN/1 / CRPD/C/KEN/Q/1", ["CRPD/C/KEN/1", "CRPD/C/KEN/Q/1"]),
    ("Security Council resolution S/RES/1325 (2000) on", ["S/RES/1325 (2000)"]),
    ("see A/RES/3447 (XXX) and A/RES/217(III)", ["A/RES/3447 (XXX)", "A/RES/217 (III)"]),
    ("(A/RES/2200 A (XXI), annex)", ["A/RES/2200 A (XXI)"]),
    ("A/RES/71/3 (I) and A/80/604 (I)", ["A/RES/71/3", "A/80/604"]),
    ("https://undocs.org/en/A/66/48", ["A/66/48"]),
    ("https://example.org/CRPD/C/KEN/CO/1.pdf", []),
    ("REFERENCE: CMW/followup/29/bs\n", ["CMW/followup/29/bs"]),
    ("CRPD/C/KEN/CO/1/paragraph 3", ["CRPD/C/KEN/CO/1"]),
    ("32\nA/80/600\n/35 26-00971", ["A/80/600"]),
    ("CRPD/C/" + "A.1" * 300, []),
    ("on HIV/AIDS, P/T, km/h and either/or", []),
    ("文件CRPD/C/KEN/CO/1。", ["CRPD/C/KEN/CO/1"]),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_find(text, expected):
    assert [symbol.text for _, _, symbol in find(text)] == expected


def test_offsets_point_at_the_words():
    text = "meetings (CMW/C/SR.275 and 276), see CEDAW/C/KWT/Q/3-4 and Add.1"
    words = [text[start:end] for start, end, _ in find(text)]
    assert words == ["CMW/C/SR.275", "276", "CEDAW/C/KWT/Q/3-4", "Add.1"]


def test_the_document_decides_between_likely_readings():
    (_, _, plain), (_, _, child) = [
        next(find("CMC/C/PER/Q/1")),
        next(find("CMC/C/PER/Q/1", committee="CRC")),
    ]
    assert (plain.likely, child.likely) == ("CMW/C/PER/Q/1", "CRC/C/PER/Q/1")


@given(st.text())
def test_never_raises(text):
    parse(text)
    list(find(text))
    from_file_name(text)


PARTS = ["CMW", "C", "PER", "CO", "1", "2-3", "Add.1", "SR.5", "Q", "E", "C.12", "A", "OPAC"]
PIECES = [
    *PARTS,
    "/",
    "/",
    "/",
    "-",
    " ",
    "\n",
    "and",
    "(",
    ")",
    ".",
    "followup",
    "bs",
    "Rev.",
    "é",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_found_symbols_read_back_and_lie_in_order(pieces):
    text = "".join(pieces)
    at = 0
    for start, end, symbol in find(text):
        assert at <= start < end <= len(text)
        assert parse(symbol.text) == symbol
        at = end


def shared(folder):
    for parent in Path(__file__).resolve().parents:
        if (parent / "shared" / folder).is_dir():
            return parent / "shared" / folder
    pytest.skip(f"needs ../shared/{folder}, which is not here")


TYPE_OF_NAME = [("_Q_", LOI), ("_RQ_", RLOI), ("_CO_", CO), ("_FCO_", FUR)]


def test_the_names_of_all_crpd_files():
    files = sorted(shared("corpora/crpd-pdf").glob("*.pdf"))
    assert len(files) == 147
    for file in files:
        symbol = from_file_name(file.name)
        expected = next((kind for part, kind in TYPE_OF_NAME if part in file.stem), SPR)
        if "_Add." in file.stem:
            expected = {LOI: RLOI, CO: FUR}[expected]
        state = file.stem.split("_CRPD_C_")[1].split("_")[0]
        assert symbol is not None, file.name
        assert (symbol.committee, symbol.state, symbol.type) == ("CRPD", state, expected)
        assert file.stem.endswith(symbol.text.replace("/", "_")), file.name
        assert symbol.cycle in symbol.text.split("/") and not symbol.unknown


def test_odd_state_codes_lead_to_states():
    from treatybody import states, tables

    for row in tables.load("symbol_states"):
        assert states.by_code(row["state"]), row["code"]


def test_str_is_the_text():
    assert str(symbols.parse("CMW/C/PER/1")) == "CMW/C/PER/1"
