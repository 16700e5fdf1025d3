"""The node of a single lexeme: a word, a phrase, a regular expression, a fact."""

from __future__ import annotations

from datetime import date

from treatybody.query import words
from treatybody.query.items import Item
from treatybody.query.lexer import Fault, Lexeme
from treatybody.query.tree import Everything, Exact, Node, Regex, Wildcard, Word

MOST_SLOP = 100


def word(lexeme: Lexeme, joined: bool, exact: bool) -> Item:
    """Return the item of an unquoted word.

    Arguments:
        joined: whether only space stands before it.
        exact: true for names of speakers, which are matched as typed.
    """
    try:
        if lexeme.extra is not None:
            return Item(words.fuzzy(lexeme.text, lexeme.extra), lexeme.start, lexeme.end)
        node = words.bare(lexeme.text, Exact if exact else Word)
    except words.WordProblem as problem:
        raise Fault(lexeme.start, lexeme.end, str(problem)) from None
    plain = not (exact or isinstance(node, Wildcard | Everything))
    parts = tuple(part for _, part in words.parts(lexeme.text)) if plain else ()
    return Item(node, lexeme.start, lexeme.end, parts, joined)


def phrase(lexeme: Lexeme) -> Node:
    """Return the node of a quoted text."""
    slop = lexeme.extra
    if slop is not None and not (slop.isascii() and slop.isdigit()):
        raise Fault(lexeme.start, lexeme.end, 'write how many words more, such as "a b"~3')
    if len(slop or "") > 5 or int(slop or 0) > MOST_SLOP:
        message = f"at most ~{MOST_SLOP} can follow a phrase; for more use NEAR"
        raise Fault(lexeme.start, lexeme.end, message)
    try:
        return words.phrase(lexeme.text, int(slop or 0))
    except words.WordProblem as problem:
        raise Fault(lexeme.start, lexeme.end, str(problem)) from None


def regex(lexeme: Lexeme) -> Node:
    """Return the node of ``/.../``."""
    from treatybody.query import regexes

    try:
        return Regex(regexes.check(lexeme.text))
    except regexes.RegexProblem as problem:
        raise Fault(lexeme.start, lexeme.end, str(problem)) from None


def fact(lexeme: Lexeme, today: date | None) -> Node:
    """Return the node of a field with values."""
    from treatybody.query import fields, ranges

    values = lexeme.values or ()
    try:
        return fields.build(lexeme.text, [one.text for one in values], today)
    except ranges.FieldProblem as problem:
        place = values[problem.index]
        raise Fault(place.start, place.end, str(problem)) from None


def notes(lexeme: Lexeme) -> list[str]:
    """Return what is worth saying of a word or phrase that may mean something else."""
    text = lexeme.text.rstrip()
    head, slash, number = text.partition("/")
    if lexeme.kind != "regex" and text.endswith("?") and "?" not in text[:-1]:
        return [f"? stands for exactly one letter: `{text}` does not find the word without it"]
    if lexeme.kind == "word" and head in ("near", "adj") and slash and number.isdecimal():
        return [f"`{text}` is searched as words; the operator is {text.upper()}"]
    if lexeme.kind == "word" and head.lower() in ("w", "pre") and slash and number.isdecimal():
        operator = "NEAR" if head.lower() == "w" else "ADJ"
        return [f"`{text}` is searched as words; the operator is {operator}/{number}"]
    if lexeme.kind == "word" and text in ("or", "not"):
        return [f"`{text}` is searched as a word; the operator is {text.upper()}"]
    return []
