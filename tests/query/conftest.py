"""A synonym table of the tests' own, so that the real one can grow without breaking them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from treatybody.query import synonyms

GROUPS = (
    ("", ("State party", "States parties", "Party State")),
    ("", ("IDP", "internally displaced person")),
    ("", ("ILO No. 189", "Domestic Workers Convention")),
    ("", ("non-governmental organization", "NGO")),
    ("", ("right to health", "health rights")),
    ("", ("non-governmental", "nongovernmental")),
    ("", ("of the", "OT")),
    ("before number", ("Act", "Law")),
)


@pytest.fixture
def own_synonyms(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    synonyms._table.cache_clear()
    synonyms._before_number.cache_clear()
    monkeypatch.setattr(synonyms, "_groups", lambda _first: GROUPS)
    yield
    synonyms._table.cache_clear()
    synonyms._before_number.cache_clear()
