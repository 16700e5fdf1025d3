import pytest

from treatybody.errors import ManifestError
from treatybody.manifest import load, parse

WRONG = [
    ({"documents": []}, "unknown key `documents`; did you mean `document`?"),
    ({"document": [{"file": "a", "symbl": "x"}]}, "did you mean `symbol`?"),
    ({"document": [{"symbol": "x"}]}, 'needs `file = "..."`'),
    ({"document": [{"file": "a"}, {"file": "a"}]}, "describes 'a' twice"),
    ({"document": [{"file": "a", "state": 3}]}, "`state` has a wrong value"),
    ({"document": [{"file": "a", "date_kind": "born"}]}, "`date_kind` has a wrong value"),
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


def test_no_manifest_is_an_empty_one(tmp_path):
    assert not load(tmp_path / "manifest.toml").entries
