from importlib.resources import files

import pytest

from treatybody import tables

DATA = files("treatybody") / "data"
TSV = sorted(one.name.removesuffix(".tsv") for one in DATA.iterdir() if one.name.endswith(".tsv"))
TOML = sorted(
    one.name.removesuffix(".toml") for one in DATA.iterdir() if one.name.endswith(".toml")
)

# table -> the columns that tell its rows apart and sort it
KEYS = {
    "committees": ["code"],
    "document_types": ["type"],
    "languages": ["code"],
    "months": ["language"],
    "states": ["code"],
    "symbol_reports": ["committee"],
    "symbol_roots": ["root"],
    "symbol_series": ["code"],
    "symbol_states": ["code"],
    "symbol_suffixes": ["suffix"],
}


@pytest.mark.parametrize("name", TSV)
def test_every_tsv_is_well_formed(name):
    rows = tables.load(name)
    assert rows
    for row in rows:
        assert all(cell.isspace() or cell == cell.strip() for cell in row.values()), row


@pytest.mark.parametrize("name", TOML)
def test_every_toml_can_be_read(name):
    assert tables.settings(name)


@pytest.mark.parametrize("name", TSV + TOML)
def test_every_table_ends_its_lines_like_unix_and_is_normal(name):
    import unicodedata

    suffix = "tsv" if name in TSV else "toml"
    text = (DATA / f"{name}.{suffix}").read_bytes().decode("utf-8")
    assert "\r" not in text and text.endswith("\n")
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_tables_are_sorted_and_unique(name):
    keys = [tuple(row[column] for column in KEYS[name]) for row in tables.load(name)]
    assert keys == sorted(keys)
    if name != "months":
        assert len(set(keys)) == len(keys)


def test_rows_cannot_be_changed():
    with pytest.raises(TypeError):
        tables.load("states")[0]["code"] = "XXX"


def test_a_cell_too_many_is_told(tmp_path, monkeypatch):
    (tmp_path / "odd.tsv").write_text("a\tb\n1\t2\t3\n")
    monkeypatch.setattr(tables, "_FOLDER", tmp_path)
    with pytest.raises(ValueError, match="3 cells instead of 2"):
        tables.load.__wrapped__("odd")


def test_no_such_table():
    with pytest.raises(FileNotFoundError):
        tables.load("nothing")


def test_synonyms_have_kind_source_and_more_than_one_form():
    groups = tables.load("synonyms")
    assert len(groups) >= 150
    for group in groups:
        assert group["kind"] and group["source"], group
        assert len(group["forms"]) > 1, group
        assert len({form.casefold() for form in group["forms"]}) == len(group["forms"]), group


def test_no_synonym_group_stands_twice():
    firsts = [(group["kind"], group["forms"][0]) for group in tables.load("synonyms")]
    assert len(set(firsts)) == len(firsts)


# acronyms that are, in small letters, everyday words of a UN language would hit much else
EVERYDAY = {"who", "aid", "aids", "wash", "au", "loi", "act", "it", "us", "ice", "son", "les"}


def test_no_synonym_is_an_everyday_word():
    for group in tables.load("synonyms"):
        if group["kind"] != "before number":
            assert not EVERYDAY & {form.casefold() for form in group["forms"]}, group


def test_committees_name_types_and_articles():
    for row in tables.load("committees"):
        assert set(row["names"]) == {"ar", "es", "fr", "ru", "zh"}
        assert row["articles"] > 20


def test_series_and_shapes_lead_to_known_types():
    types = {row["type"] for row in tables.load("document_types")}
    for row in tables.load("symbol_series"):
        assert {row["type"], row.get("addendum", "other")} <= types, row
    for row in tables.load("symbol_shapes"):
        assert row.get("type", "other") in types, row
