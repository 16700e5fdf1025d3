"""From the text of a query to its tree. The grammar, loosest first:

    or    = and { "OR" and }
    and   = not { ["AND"] not }
    not   = "NOT" not | "-" atom | near
    near  = atom { ("NEAR/n" | "ADJ/n") atom }
    atom  = "(" or ")" | word | phrase | regex | "*" | field

``docs/query-language.md`` says it for people. Whatever the text, only QueryError is raised.

>>> parse('expuls* NEAR/10 appeal -"in absentia"', synonyms=False).tree.items[1]
Not(item=Phrase(parts=(PhrasePart(join='', ...), ...), slop=0))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from treatybody.errors import QueryError
from treatybody.query.characters import level
from treatybody.query.lexer import Fault, Lexeme, Lexer
from treatybody.query.tree import (
    And,
    Everything,
    Exact,
    Filter,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Range,
    Regex,
    Synonyms,
    Wildcard,
    Within,
    Word,
)

LONGEST = 10_000
MOST_TERMS = 1_000
DEEPEST = 40
FARTHEST = 200
MOST_SLOP = 100


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was understood.

    Arguments:
        tree: what the index executes.
        notes: what was dropped or is worth saying, each a sentence.
        text: the query as typed.
    """

    tree: Node
    notes: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Settings:
    """What parsing depends on beside the text."""

    today: date | None = None
    synonyms: bool = True
    saved: Mapping[str, str] = field(default_factory=dict)
    within_saved: tuple[str, ...] = ()


def parse(
    text: str,
    *,
    today: date | None = None,
    synonyms: bool = True,
    saved: Mapping[str, str] | None = None,
    filters: Mapping[str, str] | None = None,
) -> Query:
    """Read a query.

    Arguments:
        text: in the query language; may be empty when there are filters.
        today: the day that ``date:today`` means; else the computer's.
        synonyms: whether the synonym table adds alternatives to unquoted words.
        saved: the texts of saved queries by name, for ``query:NAME``.
        filters: command-line options (``type``, ``state``, ``since`` ...) and their values.

    Raises:
        QueryError: for every text that can't be understood, with its place.

    >>> parse("migrants state:Perú", synonyms=False).tree
    And(items=(Word(text='migrants'), Filter(field='state', values=('PER',))))
    """
    query = _read(text, Settings(today, synonyms, saved or {}), empty=bool(filters))
    if not filters:
        return query
    from treatybody.query.options import and_filters

    return and_filters(query, today=today, **filters)


def _read(text: str, settings: Settings, empty: bool = False) -> Query:
    if len(text) > LONGEST:
        message = f"a query can have {LONGEST} characters, this one has {len(text)}; shorten it"
        raise QueryError(text, LONGEST, len(text), message)
    levelled = level(text)
    try:
        tree, notes = _Parser(levelled.text, settings).whole(empty)
    except Fault as fault:
        start, end = levelled.place(fault.start), levelled.place(fault.end)
        raise QueryError(text, start, max(start, end), str(fault)) from None
    return Query(tree, tuple(dict.fromkeys(notes)), text)


@dataclass(frozen=True, slots=True)
class _Item:
    """A node and where it stands; ``words`` are the parts of one unquoted plain word.

    ``joined`` is true when nothing but space stands between it and the word before.
    """

    node: Node
    start: int
    end: int
    words: tuple[str, ...] = ()
    joined: bool = False


class _Parser:
    """Recursive descent over the lexemes of one text."""

    def __init__(self, text: str, settings: Settings) -> None:
        lexer = Lexer(text)
        self.text = text
        self.settings = settings
        self.lexemes = lexer.lexemes()
        self.notes = lexer.notes
        self.at = 0
        self.depth = 0
        self.terms = 0
        self.field: str | None = None

    def whole(self, empty: bool) -> tuple[Node, list[str]]:
        if not self.lexemes:
            if empty and not self.text.strip():
                return Everything(), self.notes
            message = "there is no word in this query; type one, or * for everything"
            raise Fault(0, len(self.text), message)
        item = self._or()
        if (left := self._peek()) is not None:
            message = "this bracket closes nothing; take it away or open one before it"
            raise Fault(left.start, left.end, message)
        return item.node, self.notes

    def _peek(self, *kinds: str) -> Lexeme | None:
        found = self.lexemes[self.at] if self.at < len(self.lexemes) else None
        return found if found and (not kinds or found.kind in kinds) else None

    def _take(self, *kinds: str) -> Lexeme | None:
        found = self._peek(*kinds)
        self.at += found is not None
        return found

    # --- OR, AND, NOT ------------------------------------------------------------------------

    def _or(self) -> _Item:
        self._left_operand("or", "and", "near")
        items = [self._and()]
        while operator := self._take("or"):
            self._right_operand(operator)
            items.append(self._and())
        if len(items) == 1:
            return items[0]
        self._say_precedence(items)
        nodes = tuple(_flat(Or, [item.node for item in items]))
        return _Item(Or(nodes), items[0].start, items[-1].end)

    def _say_precedence(self, items: list[_Item]) -> None:
        """AND before OR surprises people who forget the brackets."""
        bare = [item for item in items if isinstance(item.node, And) and not self._closed(item)]
        if bare:
            shown = " OR ".join(
                f"({self.text[item.start : item.end]})"
                if item in bare
                else self.text[item.start : item.end]
                for item in items
            )
            self.notes.append(f"OR parts whole groups of words; this was read as {shown}")

    def _closed(self, item: _Item) -> bool:
        return self.text[item.start] == "(" and self.text[item.end - 1] == ")"

    def _and(self) -> _Item:
        items = [self._not()]
        while (lexeme := self._peek()) is not None and lexeme.kind not in ("or", ")"):
            operator = self._take("and")
            if operator:
                self._right_operand(operator)
            items.append(self._not(joined=operator is None))
        start, end = items[0].start, items[-1].end
        nodes = _flat(And, self._assembled(items))
        only = len(items) == 1 and nodes == [items[0].node]
        if only:
            return items[0]
        return _Item(nodes[0] if len(nodes) == 1 else And(tuple(nodes)), start, end)

    def _not(self, joined: bool = False) -> _Item:
        operator = self._take("not", "minus")
        if operator is None:
            return self._near(joined)
        self._right_operand(operator)
        with _Deeper(self, operator):
            item = self._not() if operator.kind == "not" else self._atom()
        if operator.kind == "minus" and (near := self._peek("near")):
            name = near.text
            message = f"{name} can't follow what - excludes; write NOT (... {name} ...)"
            raise Fault(operator.start, near.end, message)
        return _Item(Not(item.node), operator.start, item.end)

    def _left_operand(self, *kinds: str) -> None:
        if operator := self._peek(*kinds):
            raise Fault(operator.start, operator.end, _needs(operator, "left"))

    def _right_operand(self, operator: Lexeme) -> None:
        """Stop unless something that can be an operand follows."""
        following = self._peek()
        wrong = ["or", "and", "near", ")"]
        if operator.kind in ("near", "minus"):
            wrong += ["not", "minus"]
        if following is None or following.kind in wrong:
            raise Fault(operator.start, operator.end, _needs(operator, "right"))

    # --- NEAR --------------------------------------------------------------------------------

    def _near(self, joined: bool) -> _Item:
        left = self._atom(joined)
        links = 0
        while operator := self._take("near"):
            distance = _distance(operator)
            self._right_operand(operator)
            right = self._atom()
            links += 1
            if links > DEEPEST:
                raise Fault(operator.start, operator.end, "too many NEAR in a row; use fewer")
            nodes = [self._operand(item, operator) for item in (left, right)]
            ordered = operator.text.startswith("ADJ")
            left = _Item(Near(nodes[0], nodes[1], distance, ordered), left.start, right.end)
        return left

    def _operand(self, item: _Item, operator: Lexeme) -> Node:
        node = self._synonyms([item])[0].node if item.words else item.node
        if not _has_place(node):
            raise Fault(
                item.start,
                item.end,
                f"{operator.text} joins words, phrases, wildcards and (a OR b) groups of these, "
                "not this; put several words in quotes",
            )
        return node

    # --- atoms -------------------------------------------------------------------------------

    def _atom(self, joined: bool = False) -> _Item:
        lexeme = self._take()
        assert lexeme is not None  # callers have looked
        self.terms += 1
        if self.terms > MOST_TERMS:
            message = f"a query can have {MOST_TERMS} words and brackets; use fewer"
            raise Fault(lexeme.start, len(self.text), message)
        if lexeme.kind == "(":
            return self._group(lexeme)
        if lexeme.kind == "word":
            return self._word(lexeme, joined)
        if lexeme.kind == "field":
            return self._field(lexeme)
        read = {"phrase": self._phrase, "regex": self._regex}.get(lexeme.kind)
        if read is None:
            raise Fault(lexeme.start, lexeme.end, _misplaced(lexeme))
        return _Item(read(lexeme), lexeme.start, lexeme.end)

    def _group(self, opening: Lexeme) -> _Item:
        if closing := self._peek(")"):
            message = "there is nothing between these brackets; put a word in or take them away"
            raise Fault(opening.start, closing.end, message)
        if self._peek() is None:
            raise Fault(opening.start, opening.end, _UNCLOSED)
        with _Deeper(self, opening):
            inside = self._or()
        closing = self._take(")")
        if closing is None:
            raise Fault(opening.start, len(self.text), _UNCLOSED)
        return _Item(inside.node, opening.start, closing.end)

    def _word(self, lexeme: Lexeme, joined: bool) -> _Item:
        from treatybody.query import words

        try:
            if lexeme.extra is not None:
                return _Item(words.fuzzy(lexeme.text, lexeme.extra), lexeme.start, lexeme.end)
            node = words.bare(lexeme.text, Exact if self.field == "speaker" else Word)
        except words.WordProblem as problem:
            raise Fault(lexeme.start, lexeme.end, str(problem)) from None
        self._say_question_mark(lexeme.text)
        self._say_operator(lexeme.text)
        plain = not isinstance(node, Wildcard | Everything) and self.field != "speaker"
        parts = tuple(part for _, part in words.parts(lexeme.text)) if plain else ()
        return _Item(node, lexeme.start, lexeme.end, parts, joined)

    def _say_question_mark(self, text: str) -> None:
        if text.endswith("?") and "?" not in text[:-1]:
            self.notes.append(
                f"? stands for exactly one letter: `{text}` does not find the word itself"
            )

    def _say_operator(self, text: str) -> None:
        head, slash, number = text.partition("/")
        if head in ("near", "adj") and slash and number.isdecimal():
            self.notes.append(f"`{text}` is searched as words; the operator is {text.upper()}")
        elif text in ("or", "not"):
            self.notes.append(f"`{text}` is searched as a word; the operator is {text.upper()}")

    def _phrase(self, lexeme: Lexeme) -> Node:
        from treatybody.query import words

        slop = lexeme.extra
        if slop is not None and not (slop.isascii() and slop.isdigit() and len(slop) < 4):
            raise Fault(lexeme.start, lexeme.end, 'write how many words more, such as "a b"~3')
        if slop and int(slop) > MOST_SLOP:
            message = f"at most ~{MOST_SLOP} can follow a phrase; for more use NEAR"
            raise Fault(lexeme.start, lexeme.end, message)
        try:
            node = words.phrase(lexeme.text, int(slop or 0))
        except words.WordProblem as problem:
            raise Fault(lexeme.start, lexeme.end, str(problem)) from None
        self._say_question_mark(lexeme.text.rstrip())
        self.terms += len(node.parts) if isinstance(node, Phrase) else 0
        return node

    def _regex(self, lexeme: Lexeme) -> Node:
        from treatybody.query import regexes

        try:
            return Regex(regexes.check(lexeme.text))
        except regexes.RegexProblem as problem:
            raise Fault(lexeme.start, lexeme.end, str(problem)) from None

    # --- fields ------------------------------------------------------------------------------

    def _field(self, lexeme: Lexeme) -> _Item:
        if self.field is not None:
            message = f"{lexeme.text}: can't stand inside {self.field}:(...); put it outside"
            raise Fault(lexeme.start, lexeme.end, message)
        if lexeme.text == "query":
            return _Item(self._saved(lexeme), lexeme.start, lexeme.end)
        if lexeme.values is None:
            return self._within(lexeme)
        return _Item(self._fact(lexeme), lexeme.start, lexeme.end)

    def _within(self, lexeme: Lexeme) -> _Item:
        following = self._peek("word", "phrase", "regex", "(")
        if following is None or following.start != lexeme.end:
            message = f"{lexeme.text}: needs a word, a phrase or a bracket right after the colon"
            raise Fault(lexeme.start, lexeme.end, message)
        self.field = lexeme.text
        try:
            item = self._atom()
        finally:
            self.field = None
        node = self._synonyms([item])[0].node if item.words else item.node
        return _Item(Within(lexeme.text, node), lexeme.start, item.end)

    def _fact(self, lexeme: Lexeme) -> Node:
        from treatybody.query import fields, ranges

        values = lexeme.values or ()
        try:
            return fields.build(lexeme.text, [one.text for one in values], self.settings.today)
        except ranges.FieldProblem as problem:
            place = values[problem.index]
            raise Fault(place.start, place.end, str(problem)) from None

    def _saved(self, lexeme: Lexeme) -> Node:
        from treatybody.query import saved

        items = [saved.tree(value, self.settings, _read) for value in lexeme.values or ()]
        return items[0] if len(items) == 1 else Or(tuple(_flat(Or, items)))

    # --- words together ----------------------------------------------------------------------

    def _synonyms(self, items: list[_Item]) -> list[_Item]:
        if not self.settings.synonyms:
            return items
        from treatybody.query import synonyms

        found = []
        for start, end, node in synonyms.expand([item.words for item in items], _nodes(items)):
            whole = items[start:end]
            found.append(whole[0] if node is None else _Item(node, whole[0].start, whole[-1].end))
        return found

    def _assembled(self, items: list[_Item]) -> list[Node]:
        """Return the nodes of one AND group: synonyms added, stop words left out."""
        runs: list[list[_Item]] = []
        for item in items:
            if item.words and item.joined and runs and runs[-1][-1].words:
                runs[-1].append(item)
            else:
                runs.append([item])
        expanded = [one for run in runs for one in (self._synonyms(run) if run[0].words else run)]
        return [item.node for item in self._without_stop_words(expanded, items)]

    def _without_stop_words(self, items: list[_Item], typed: list[_Item]) -> list[_Item]:
        if len(items) < 2:
            return items
        from treatybody.query import stop_words

        linked = self._linked(typed)
        kept = [
            item
            for item in items
            if not (item.words and item.start not in linked and stop_words.is_one(item.node))
        ]
        if len(kept) == len(items) or not any(_is_text(item.node) for item in kept):
            return items
        dropped = [self.text[item.start : item.end] for item in items if item not in kept]
        shown = ", ".join(f"`{word}`" for word in dict.fromkeys(dropped))
        self.notes.append(f"too common to be required outside quotes: {shown}")
        return kept

    def _linked(self, items: list[_Item]) -> set[int]:
        """Starts of the items that an AND was typed before or after: those are meant."""
        linked = set()
        for left, right in pairwise(items):
            if self.text[left.end : right.start].strip() == "AND":
                linked |= {left.start, right.start}
        return linked


class _Deeper:
    """Counts the depth of brackets and NOTs while it is open."""

    def __init__(self, parser: _Parser, lexeme: Lexeme) -> None:
        self.parser = parser
        self.lexeme = lexeme

    def __enter__(self) -> None:
        self.parser.depth += 1
        if self.parser.depth > DEEPEST:
            message = f"brackets and NOTs can be {DEEPEST} deep; use fewer"
            raise Fault(self.lexeme.start, self.lexeme.end, message)

    def __exit__(self, *error: object) -> None:
        self.parser.depth -= 1


_UNCLOSED = "this bracket is never closed; add a closing bracket"


def _needs(operator: Lexeme, side: str) -> str:
    name = "-" if operator.kind == "minus" else operator.text
    message = f"{name} needs something on its {side}"
    if operator.kind in ("or", "and", "not"):
        message += f"; to search the word write it in small letters: {name.lower()}"
    return message


def _misplaced(lexeme: Lexeme) -> str:
    if lexeme.kind in ("not", "minus"):
        return "NOT can't stand here; put it before the whole of what it excludes"
    return _needs(lexeme, "left")


def _distance(operator: Lexeme) -> int:
    name = "ADJ" if operator.text.startswith("ADJ") else "NEAR"
    number = operator.extra or ""
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        message = f"{name} needs a number of words, such as {name}/10; the word is written small"
        raise Fault(operator.start, operator.end, message)
    if not 1 <= int(number) <= FARTHEST:
        message = f"the number after {name}/ must be from 1 to {FARTHEST}"
        raise Fault(operator.start, operator.end, message)
    return int(number)


def _has_place(node: Node) -> bool:
    """Whether a node stands at places of the text, so that it can be near something."""
    if isinstance(node, Or):
        return all(_has_place(item) for item in node.items)
    if isinstance(node, Synonyms):
        return all(_has_place(item) for item in (node.typed, *node.alternatives))
    return isinstance(node, Word | Exact | Wildcard | Fuzzy | Regex | Phrase | Near)


def _is_text(node: Node) -> bool:
    return not isinstance(node, Filter | Range | Within | Not | Everything)


def _flat(kind: type[And] | type[Or], nodes: list[Node]) -> list[Node]:
    """Take the items of nested groups of the same kind up into this one."""
    found: list[Node] = []
    for node in nodes:
        found.extend(node.items if isinstance(node, kind) else [node])
    return found


def _nodes(items: list[_Item]) -> list[Node]:
    return [item.node for item in items]
