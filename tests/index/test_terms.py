"""Lists of terms: what is found in one read often is found in one read once, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatybody.errors import DamagedIndex
from treatybody.index.flat import terms
from treatybody.index.flat.reading import FlatFile
from treatybody.index.flat.sections import FlatWriter
from treatybody.index.flat.terms import Terms, WholeTerms

words = st.text("abé", min_size=1, max_size=4).map(str.encode)


def _file(path: Path, listed: list[bytes]) -> FlatFile:
    out = FlatWriter(str(path))
    out.add("x.terms", np.frombuffer(b"".join(listed), np.uint8))
    out.add("x.ends", np.cumsum([0, *map(len, listed)])[1:].astype("<u2"))
    out.add("x.df", np.ones(len(listed), "<u4"))
    out.finish()
    with path.open("rb") as file:
        return FlatFile(file, lambda: DamagedIndex("damaged"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("terms") / "x"


@given(listed=st.sets(words), asked=st.lists(words), apart=st.sampled_from([1, 2, 5, 128]))
def test_a_term_is_where_it_stands_in_the_sorted_list(
    path: Path, listed: set[bytes], asked: list[bytes], apart: int
) -> None:
    every = sorted(listed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terms, "_APART", apart)
        file = _file(path, every)
        for each in (Terms(file, "x"), WholeTerms(file, "x")):
            assert [each.find(term) for term in every] == list(range(len(every)))
            for term in asked:
                there = every.index(term) if term in listed else None
                assert each.find(term) == there
                assert each.place(term) == sum(one < term for one in every)
            assert each.find(b"") is None
        file.close()


def test_a_term_inside_another_or_across_two_is_not_found(tmp_path: Path) -> None:
    found = WholeTerms(_file(tmp_path / "x", [b"ab", b"bc", b"bcd", b"cab", b"d"]), "x")
    for term in (b"a", b"b", b"bb", b"bbc", b"c", b"cd", b"bcbcd", b"dd", b"abbcbcdcabd"):
        assert found.find(term) is None
    assert found.find(b"bcd") == 2
