"""The table is read in parts: what a part says is what the whole would say."""

from __future__ import annotations

from treatybody import tables
from treatybody.query import synonyms


def test_every_form_is_found_by_its_first_word() -> None:
    groups = [(row.get("kind", ""), tuple(row["forms"])) for row in tables.load("synonyms")]
    whole: dict[tuple[str, ...], dict[str, None]] = {}
    for kind, forms in groups:
        for form in forms:
            key = synonyms.form_key(form)
            if kind == "before number":
                others = synonyms._before_number(key[0])[key[0]]
                assert others == tuple(one for one in forms if one != form)
                continue
            others = {one: None for one in forms if synonyms.form_key(one) != key}
            whole.setdefault(key, {}).update(others)
    for key, forms_of in whole.items():
        table, longest = synonyms._table(key[0])
        assert table[key] == tuple(forms_of)
        assert longest >= len(key)


def test_other_words_read_no_group() -> None:
    assert synonyms._groups("zebra") == ()
    assert not synonyms.knows("zebra crossing")
