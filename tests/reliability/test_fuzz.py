"""A few hundred cases of each kind; the million is for `scripts/torture fuzz`."""

from __future__ import annotations

import os
from random import Random

import pytest
from torture import fuzz


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_some_cases(name):
    target, cases = fuzz.TARGETS[name]
    dice = Random(os.getpid())
    faults = [fuzz._tried(target, dice) for _ in range(max(100, cases // 1000))]
    assert [fault for fault in faults if fault] == []


FOUND = [
    "CMW/followup/29/bs-May-ß",
    "CMW/followup/29/bs12İ",
    "[footnoteRef:4]CMW/followup/29/bs_____",
]


FOUND_QUERIES = [
    "3.05'type",
    "a/70/13.0531'x",
    "2.5'2.5",
    "7,210's",
    "?@3.05\u064e",
    "7,210\u0300/\u0663",
    "3.05\u03003.05",
]


@pytest.mark.parametrize("text", FOUND)
def test_what_was_found(text, monkeypatch):
    """Texts of earlier runs that went wrong."""
    monkeypatch.setattr(fuzz, "made_symbols", lambda _dice: text)
    assert fuzz.symbol_grammar(Random(0)) is None


@pytest.mark.parametrize("text", FOUND_QUERIES)
def test_queries_that_were_found(text, monkeypatch):
    """Queries of earlier runs that were written as something else."""
    monkeypatch.setattr(fuzz, "made_query", lambda _dice: text)
    assert fuzz.query_parser(Random(0)) is None
