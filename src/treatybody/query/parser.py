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

from treatybody.errors import QueryError
from treatybody.query import atoms
from treatybody.query.characters import level
from treatybody.query.items import Item, flat, has_place, near_depth
from treatybody.query.lexer import Fault, Lexeme, Lexer
from treatybody.query.together import required, with_synonyms
from treatybody.query.tree import And, Everything, Filter, Near, Node, Not, Or, Phrase, Within

LONGEST = 10_000
MOST_TERMS = 1_000
DEEPEST = 40
FARTHEST = 200


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
class Terms:
    """How many words and brackets were read, those of saved queries too."""

    count: int = 0


@dataclass(slots=True)
class Settings:
    """What parsing depends on beside the text."""

    today: date | None = None
    synonyms: bool = True
    saved: Mapping[str, str] = field(default_factory=dict)
    within_saved: tuple[str, ...] = ()
    terms: Terms = field(default_factory=Terms)


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
        start = levelled.place(fault.start) if fault.start else 0
        end = levelled.place(fault.end)
        raise QueryError(text, start, max(start, end), str(fault)) from None
    return Query(tree, tuple(dict.fromkeys(notes)), text)


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
        self.bare_groups: set[tuple[int, int]] = set()
        self.field: str | None = None

    def whole(self, empty: bool) -> tuple[Node, list[str]]:
        if not self.lexemes:
            if empty and not self.text.strip():
                return Everything(), self.notes
            message = "there is no word in this query; type one, or * for everything"
            raise Fault(0, len(self.text), message)
        item = self._or()
        if (left := self._peek()) is not None:
            raise Fault(left.start, left.end, _UNOPENED)
        return item.node, self.notes

    def _peek(self, *kinds: str) -> Lexeme | None:
        found = self.lexemes[self.at] if self.at < len(self.lexemes) else None
        return found if found and (not kinds or found.kind in kinds) else None

    def _take(self, *kinds: str) -> Lexeme | None:
        found = self._peek(*kinds)
        self.at += found is not None
        return found

    # --- OR, AND, NOT ------------------------------------------------------------------------

    def _or(self) -> Item:
        self._left_operand("or", "and", "near")
        items = [self._and()]
        while operator := self._take("or"):
            self._right_operand(operator)
            items.append(self._and())
        if len(items) == 1:
            return items[0]
        self._say_precedence(items)
        nodes = tuple(flat(Or, [item.node for item in items]))
        return Item(Or(nodes), items[0].start, items[-1].end)

    def _say_precedence(self, items: list[Item]) -> None:
        """AND before OR surprises people who forget the brackets."""
        shown = []
        grouped = False
        for item in items:
            text = self.text[item.start : item.end]
            bare = isinstance(item.node, And) and (item.start, item.end) in self.bare_groups
            shown.append(f"({text})" if bare else text)
            grouped = grouped or bare
        if grouped:
            message = "OR parts whole groups of words; this was read as "
            self.notes.append(message + " OR ".join(shown))

    def _and(self) -> Item:
        items = [self._not()]
        while (lexeme := self._peek()) is not None and lexeme.kind not in ("or", ")"):
            operator = self._take("and")
            if operator:
                self._right_operand(operator)
            items.append(self._not(joined=operator is None))
        if len(items) > 1:
            self.bare_groups.add((items[0].start, items[-1].end))
        nodes, notes = required(self.text, items, self.settings.synonyms)
        self.notes += notes
        if len(items) == 1 and nodes == [items[0].node]:
            return items[0]
        nodes = flat(And, nodes)
        node = nodes[0] if len(nodes) == 1 else And(tuple(nodes))
        return Item(node, items[0].start, items[-1].end)

    def _not(self, joined: bool = False) -> Item:
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
        return Item(Not(self._alone(item)), operator.start, item.end)

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

    def _near(self, joined: bool) -> Item:
        left = self._atom(joined)
        while operator := self._take("near"):
            distance = _distance(operator)
            self._right_operand(operator)
            right = self._atom()
            nodes = [self._operand(item, operator) for item in (left, right)]
            ordered = operator.text.startswith("ADJ")
            node = Near(nodes[0], nodes[1], distance, ordered)
            if near_depth(node) > DEEPEST:
                raise Fault(operator.start, operator.end, "too many NEAR in a row; use fewer")
            left = Item(node, left.start, right.end)
        return left

    def _operand(self, item: Item, operator: Lexeme) -> Node:
        node = self._alone(item)
        if not has_place(node):
            raise Fault(
                item.start,
                item.end,
                f"{operator.text} joins words, phrases, wildcards and (a OR b) groups of these, "
                "not this; put several words in quotes",
            )
        return node

    def _alone(self, item: Item) -> Node:
        """Return the node of an item that joins no run of words."""
        if item.words and self.settings.synonyms:
            return with_synonyms([item])[0].node
        return item.node

    # --- atoms -------------------------------------------------------------------------------

    def _atom(self, joined: bool = False) -> Item:
        lexeme = self._take()
        assert lexeme is not None  # callers have looked
        self._count(lexeme)
        if lexeme.kind == "(":
            return self._group(lexeme)
        if lexeme.kind == "field":
            return self._field(lexeme)
        item = self._text(lexeme, joined)
        if self.field and isinstance(item.node, Everything):
            message = (
                f"* alone can't stand inside {self.field}:(...); {self.field}:* finds paragraphs "
                "with anything there"
            )
            raise Fault(lexeme.start, lexeme.end, message)
        return item

    def _text(self, lexeme: Lexeme, joined: bool) -> Item:
        self.notes += atoms.notes(lexeme)
        if lexeme.kind == "word":
            return atoms.word(lexeme, joined, exact=self.field == "speaker")
        if lexeme.kind not in ("phrase", "regex"):
            raise Fault(lexeme.start, lexeme.end, _misplaced(lexeme))
        node = (atoms.phrase if lexeme.kind == "phrase" else atoms.regex)(lexeme)
        self._count(lexeme, len(node.parts) if isinstance(node, Phrase) else 0)
        return Item(node, lexeme.start, lexeme.end)

    def _count(self, lexeme: Lexeme, more: int = 1) -> None:
        self.settings.terms.count += more
        if self.settings.terms.count > MOST_TERMS:
            message = f"a query can have {MOST_TERMS} words and brackets; use fewer"
            raise Fault(lexeme.start, len(self.text), message)

    def _group(self, opening: Lexeme) -> Item:
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
        return Item(inside.node, opening.start, closing.end)

    # --- fields ------------------------------------------------------------------------------

    def _field(self, lexeme: Lexeme) -> Item:
        if self.field is not None:
            message = f"{lexeme.text}: can't stand inside {self.field}:(...); put it outside"
            raise Fault(lexeme.start, lexeme.end, message)
        if lexeme.text == "query":
            return Item(self._saved(lexeme), lexeme.start, lexeme.end)
        if lexeme.values is None:
            return self._within(lexeme)
        try:
            return Item(atoms.fact(lexeme, self.settings.today), lexeme.start, lexeme.end)
        except Fault as fault:
            from treatybody.query.fields import quoted_value

            if whole := quoted_value(lexeme.text, self.text, fault.start):
                message = f'a value of several words is quoted: write {lexeme.text}:"{whole}"'
                raise Fault(fault.start, fault.start + len(whole), message) from None
            raise

    def _within(self, lexeme: Lexeme) -> Item:
        following = self._peek("word", "phrase", "regex", "(")
        if following is None or following.start != lexeme.end:
            message = f"{lexeme.text}: needs a word, a phrase or a bracket right after the colon"
            raise Fault(lexeme.start, lexeme.end, message)
        if following.kind in ("word", "phrase") and not following.text.strip("*"):
            self.at += 1
            self._count(following)
            return Item(Filter("has", (lexeme.text,)), lexeme.start, following.end)
        self.field = lexeme.text
        try:
            item = self._atom()
        finally:
            self.field = None
        return Item(Within(lexeme.text, self._alone(item)), lexeme.start, item.end)

    def _saved(self, lexeme: Lexeme) -> Node:
        from treatybody.query import saved

        queries = [saved.query(value, self.settings, _read) for value in lexeme.values or ()]
        self.notes += [note for one in queries for note in one.notes]
        trees = [one.tree for one in queries]
        return trees[0] if len(trees) == 1 else Or(tuple(flat(Or, trees)))


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


_UNOPENED = "this bracket closes nothing; take it away or open one before it"
_UNCLOSED = "this bracket is never closed; add a closing bracket"


def _needs(operator: Lexeme, side: str) -> str:
    name = "-" if operator.kind == "minus" else operator.text
    message = f"{name} needs something on its {side}"
    if operator.kind in ("or", "and", "not"):
        message += f"; to search the word write it in small letters: {name.lower()}"
    return message


def _misplaced(lexeme: Lexeme) -> str:
    if lexeme.kind == ")":
        return _UNOPENED
    if lexeme.kind in ("not", "minus"):
        return "NOT can't stand here; put it before the whole of what it excludes"
    return _needs(lexeme, "left")


def _distance(operator: Lexeme) -> int:
    name = "ADJ" if operator.text.startswith("ADJ") else "NEAR"
    number = operator.extra or ""
    if not (number.isascii() and number.isdigit()):
        message = f"{name} needs a number of words, such as {name}/10; the word is written small"
        raise Fault(operator.start, operator.end, message)
    if len(number) > 5 or not 1 <= int(number) <= FARTHEST:
        message = f"the number after {name}/ must be from 1 to {FARTHEST}"
        raise Fault(operator.start, operator.end, message)
    return int(number)
