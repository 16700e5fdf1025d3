"""What one typed word or phrase means: from its characters to nodes of the tree.

A hyphen joins parts that stand next to each other, however the document writes them; ``/`` and
``.`` join the parts of symbols and numbers exactly as typed; a thousands comma is left out.

>>> bare("non-governmental")
Near(left=Word(text='non'), right=Word(text='governmental'), distance=1, ordered=True)
>>> bare("7,210")
Word(text='7210')
>>> [(part.join, part.term.text) for part in bare("C/PER").parts]
[('', 'c'), ('/', 'per')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from treatybody.query.tree import (
    Everything,
    Exact,
    Fuzzy,
    Near,
    Node,
    Phrase,
    PhrasePart,
    Wildcard,
    Word,
)

# Marks that stand behind a letter in Greek, Cyrillic, Hebrew, Arabic, Indic and other scripts
# and are no word characters to the re module.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0900-\u0dff\u0e00-\u0eff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
_LETTER = rf"(?:[^\W_]|[{_MARKS}*?])"
_JOINS = "-/.'&@_+:\u2013"
_JOIN = rf"(?:[{_JOINS}](?={_LETTER})|(?<=\d),(?=\d))"
PIECE = re.compile(rf"{_LETTER}+(?:{_JOIN}{_LETTER}+)*")
# The index takes a number with points or commas for one word, and so does a query.
_NUMBER = r"(?:\d{1,3}(?:[,.]\d{3})+(?:[.,]\d+)?|\d+(?:\.\d+)+)"
_CORE = rf"(?:{_NUMBER}[{_MARKS}]*(?!{_LETTER})|{_LETTER}+)"
# What apostrophes join is one part: party's, l'État, 3.05'type.
_PART = re.compile(rf"([-/.&@_+:,]?)({_CORE}(?:'{_CORE})*)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_STARS = re.compile(r"\*{2,}")
MOST_PARTS = 20
MOST_STARS = 4

Leaf = type[Word] | type[Exact]


class WordProblem(ValueError):
    """A word that can't be searched; the message says what to do."""


def pieces(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a levelled text, joined parts together, as matches.

    >>> [piece.group() for piece in pieces("the State's arts. 8-35; CMW/C/SR.577")]
    ['the', "State's", 'arts', '8-35', 'CMW/C/SR.577']
    """
    return PIECE.finditer(text)


def parts(word: str) -> list[tuple[str, str]]:
    """Split a word into (join, part) pairs; the first join is empty. Raises WordProblem.

    >>> parts("CMW/C/SR.577")
    [('', 'cmw'), ('/', 'c'), ('/', 'sr'), ('.', '577')]
    >>> parts("1-24.1"), parts("7,210")
    ([('', '1'), ('-', '24.1')], [('', '7210')])
    """
    word = _STARS.sub("*", word.lower().replace("\u2013", "-"))
    if word.count("*") > MOST_STARS:
        raise WordProblem(f"at most {MOST_STARS} * can stand in one word; use fewer")
    found = [(match[1], match[2]) for match in _PART.finditer(word)]
    return [(join, _plain(part)) for join, part in found]


def _plain(part: str) -> str:
    return part.replace(",", "") if _THOUSANDS.fullmatch(part) else part


def bare(word: str, leaf: Leaf = Word) -> Node:
    """Return the node of an unquoted word; raises WordProblem.

    Arguments:
        word: one of :func:`pieces`, without brackets, quotes and ``~``.
        leaf: what a plain word becomes: Word (any form) or Exact (names of speakers).
    """
    found = parts(word)
    if len(found) > MOST_PARTS:
        raise WordProblem(f"this word has more than {MOST_PARTS} parts; use fewer")
    if [part for _, part in found] == ["*", "*"] and found[1][0] == ":":
        return Everything()  # *:* is everything in other query languages
    if any(join not in ("", "-") for join, _ in found):
        return Phrase(tuple(PhrasePart(join, _term(part)) for join, part in found))
    if any(_is_pattern(part) and not part.strip("*?") for _, part in found):
        whole = _STARS.sub("*", "".join(join + part for join, part in found))
        return Everything() if whole == "*" else Wildcard(whole)
    return adjacent([_leaf(part, leaf) for _, part in found])


def adjacent(nodes: list[Node]) -> Node:
    """Return the nodes next to each other in this order.

    >>> adjacent([Word("State"), Word("party")])
    Near(left=Word(text='State'), right=Word(text='party'), distance=1, ordered=True)
    """
    node = nodes[0]
    for right in nodes[1:]:
        node = Near(node, right, 1, ordered=True)
    return node


def fuzzy(word: str, edits: str) -> Fuzzy:
    """Return the node of ``word~edits``; raises WordProblem.

    >>> fuzzy("detntion", "")
    Fuzzy(text='detntion', distance=2)
    """
    text = word.lower().replace("\u2013", "-")
    if edits not in ("", "1", "2"):
        raise WordProblem("write ~1 or ~2 after a word: that many letters may differ")
    if any(letter in text for letter in "*?"):
        raise WordProblem("a wildcard and ~ can't stand in one word; use one of them")
    if any(letter in text for letter in "/.,:&@"):
        raise WordProblem("~ works on a single word, not on a symbol or number of several parts")
    if len(text) < 3:
        raise WordProblem("~ needs a word of three letters or more")
    return Fuzzy(text, _distance(text, edits))


def _distance(text: str, edits: str) -> Literal[1, 2]:
    if edits:
        return 2 if edits == "2" else 1
    return 2 if len(text) > 5 else 1


def phrase(text: str, slop: int = 0) -> Node:
    """Return the node of a quoted text; raises WordProblem.

    One word alone is Exact (or Wildcard); joins are kept as typed.

    >>> phrase("20 per cent").parts[1]
    PhrasePart(join=' ', term=Exact(text='per'))
    """
    found: list[PhrasePart] = []
    for piece in pieces(text):
        for join, part in parts(piece.group()):
            found.append(PhrasePart(join or (" " if found else ""), _term(part)))
    if not found:
        raise WordProblem("there is no word between these quotes; put one in or take them away")
    if len(found) == 1:
        return _one(found[0])
    if all(part.join in ("", " ") and part.term == Wildcard("*") for part in found):
        raise WordProblem(
            "nothing but * stands between these quotes; put a word in, or write * without quotes "
            "for every paragraph"
        )
    return Phrase(tuple(found), slop)


def _one(part: PhrasePart) -> Node:
    return Everything() if part.term == Wildcard("*") else part.term


def _is_pattern(part: str) -> bool:
    return "*" in part or "?" in part


def _term(part: str) -> Exact | Wildcard:
    return Wildcard(part) if _is_pattern(part) else Exact(part)


def _leaf(part: str, leaf: Leaf) -> Node:
    return Wildcard(part) if _is_pattern(part) else leaf(part)
