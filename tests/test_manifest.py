from datetime import date

import pytest

from treatybody.errors import ManifestError
from treatybody.manifest import load, parse

WRONG = [
    ({"documents": []}, "unknown key `documents`; did you mean `document`?"),
    ({"document": [{"file": "a", "symbl": "x"}]}, "did you mean `symbol`?"),
    ({"document": [{"symbol": "x"}]}, 'needs `file = "..."`'),
    ({"document": [{"file": "a"}, {"file": "a"}]}, "describes 'a' twice"),
    ({"document": [{"file": "a", "state": 3}]}, "`state` has a wrong value"),
    ({"document": [{"file": "a", "state": 3}]}, 'write it in quotes: "3"'),
    ({"document": [{"file": "a", "date": date(2015, 4, 23)}]}, 'in quotes: "2015-04-23"'),
    ({"document": [{"file": "a", "also_symbols": "A/1"}]}, "write a list of texts"),
    ({"document": [{"file": "a", "title": ["A"]}]}, "write one text"),
    ({"document": [{"file": "a", "symbol": " "}]}, "leave the line out"),
    ({"document": [{"file": "a", "also_symbols": [""]}]}, "leave the line out"),
    ({"document": [{"file": "a", "date_kind": "born"}]}, "`date_kind` has a wrong value"),
    ({"document": [{"file": "a", "date_kind": "isued"}]}, "did you mean `issued`?"),
    ({"document": [{"file": "a", "type": "CO"}]}, "known: concluding_observations"),
    ({"document": [{"file": "a", "type": "sumary_record"}]}, "did you mean `summary_record`?"),
    ({"document": [{"file": "a", "state": "PERU"}]}, "three capital letters such as PER"),
    ({"document": [{"file": "a", "state": "Peru"}]}, "did you mean PER?"),
    ({"document": [{"file": "a", "date": "2015-13-45"}]}, "write an existing day"),
    ({"document": [{"file": "a", "date": "2015-4-3"}]}, "2015-04-23, 2015-04 or 2015"),
    ({"document": [{"file": "a", "date": "23 April 2015"}]}, "2015-04-23, 2015-04 or 2015"),
    ({"document": [{"file": "a", "language": "english"}]}, "en, fr, es"),
    ({"document": [{"file": "a", "basis": {"state": "why"}}]}, "unknown key `state`"),
    ({"document": [{"file": "a", "basis": "why"}]}, "write `basis = { field"),
    ({"document": "a"}, "must be [[document]] tables"),
    ({"ignore": "*.tmp"}, "must be a list of strings"),
]


@pytest.mark.parametrize(("table", "message"), WRONG)
def test_wrong_manifest_is_one_clear_sentence(table, message):
    with pytest.raises(ManifestError) as caught:
        parse(table)
    assert message in str(caught.value)


def test_facts_and_their_origin():
    entry = parse(
        {"document": [{"file": "a", "state": "PER", "cycle": "2", "basis": {"cycle": "title"}}]}
    ).entry("a")
    assert entry.facts == {"state": "PER", "cycle": "2"}
    assert (entry.origin("state"), entry.origin("cycle")) == ("manifest", "inferred: title")


def test_broken_toml_names_the_file(tmp_path):
    path = tmp_path / "manifest.toml"
    path.write_text("[[document]\n")
    with pytest.raises(ManifestError, match="not valid TOML"):
        load(path)


def test_another_encoding_is_said(tmp_path):
    path = tmp_path / "manifest.toml"
    path.write_bytes("# Pérou".encode("latin-1"))
    with pytest.raises(ManifestError, match="not UTF-8 text; save it as UTF-8"):
        load(path)


@pytest.mark.parametrize(
    "facts",
    [
        {"date": "2024"},
        {"date": "2024-06"},
        {"state": "EU"},
        {"state": "XKX"},
        {"type": "other", "date_kind": "held", "language": "pt"},
        {"symbol": "E/C.12/PER/5", "also_symbols": ["CCPR/C/PER/6"], "session": "22"},
    ],
)
def test_values_that_records_can_have(facts):
    assert parse({"document": [{"file": "a", **facts}]}).entry("a").facts == facts


def test_no_manifest_is_an_empty_one(tmp_path):
    assert not load(tmp_path / "manifest.toml").entries
