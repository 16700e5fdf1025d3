"""A query tree in words, as ``--explain`` shows it: a table of queries and lines."""

import pytest

from treatybody.index.expansion import Expansion, spelled
from treatybody.index.explaining import lines
from treatybody.query.parser import parse

WORDS = [
    ("migrants", ["any form of the word `migrants`"]),
    ('"Workers"', ["the word `workers` as typed"]),
    ('"due process"~2', ['the phrase "due process" with 2 more words between']),
    ("expuls*", ["wildcard `expuls*`", "  wildcard `expuls*` matches no word"]),
    ("/re.*/", ["regular expression `/re.*/`", "  regular expression `/re.*/` matches no word"]),
    ("detntion~1", ["fuzzy word `detntion~1`", "  fuzzy word `detntion~1` matches no word"]),
    ("NOT a", ["not", "  any form of the word `a`"]),
    ("section:x", ["in the field section", "  any form of the word `x`"]),
    ("state:PER,CHL", ["state is PER or CHL"]),
    ("year:2015..", ["year from 2015 to the last"]),
    ("year:..2015", ["year from the first to 2015"]),
    ("para:33", ["para is 33"]),
    ("note:*", ["with a note"]),
    ("state:*", ["with any state"]),
    ("date:*", ["with any date"]),
    ("x-y-z", ["any forms of the words `x y z`, next to each other"]),
    ("*", ["every paragraph"]),
]
TOGETHER = [
    ("x AND y", "all of"),
    ("x OR y", "any of"),
    ("x NEAR/1 y", "both, next to each other"),
    ("x NEAR/2 y", "both, at most 1 word between them"),
    ("x ADJ/9 y", "both, at most 8 words between them, in this order"),
]


def told(text: str) -> list[str]:
    tree = parse(text, synonyms=False).tree
    shown = lines(tree, lambda _node: 7, lambda pattern: Expansion(spelled(pattern), (), 0))
    return [line.removesuffix(": 7") for line in shown]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_in_words(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(("text", "head"), TOGETHER)
def test_together(text, head):
    expected = [head, "  any form of the word `x`", "  any form of the word `y`"]
    assert told(text) == expected
