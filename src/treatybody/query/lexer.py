"""A query's text cut into lexemes: words, phrases, operators, brackets, fields.

The lexer knows how things are written, the parser what they mean together. Whatever it leaves
out (a lone hyphen, ``&&``) it says in ``notes``.

>>> [(one.kind, one.text) for one in Lexer("expuls* NEAR/10 -appeal").lexemes()]
[('word', 'expuls*'), ('near', 'NEAR/10'), ('minus', '-'), ('word', 'appeal')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from treatybody.query.characters import CLOSES, DOUBLE_QUOTES, SINGLE_QUOTES
from treatybody.query.words import PIECE

# What a field's value may hold: no space, comma or quote; a bracket only as in 58(1).
_VALUE = re.compile(rf"(?:[^\s,(){DOUBLE_QUOTES}]|(?<=[\w)])\(\w+\))+")
_RAW = re.compile(rf"[^\s(){DOUBLE_QUOTES}]+")
_FIELD = re.compile(r"([A-Za-z\u00c0-\u024f][A-Za-z_\u00c0-\u024f-]*):")
_NEAR = re.compile(r"(NEAR|ADJ)(?:/(.*))?")
_SLOP = re.compile(r"~([\w.]*)")
_OR = re.compile(r"\s*(?:,|\bOR\b)\s*")
_FOREIGN = {"&&": "AND", "&": "AND", "||": "OR", "|": "OR", "!": "NOT"}
_SINGLE = "'‘‚‹"


class Fault(Exception):
    """What is wrong between ``start`` and ``end`` of the levelled text."""

    def __init__(self, start: int, end: int, message: str) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field, as typed."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of a query.

    ``kind`` is word, phrase, regex, field, (, ), and, or, not, minus or near. ``text`` is what
    stands there (of a phrase or regex, what stands inside); ``extra`` is what follows ``~`` of a
    word or phrase (None without one) or the distance of a NEAR; ``values`` belong to a field
    whose values are facts, None where any part of the language may follow the colon.
    """

    kind: str
    text: str
    start: int
    end: int
    extra: str | None = None
    values: tuple[Value, ...] | None = None


class Lexer:
    """Cuts one levelled text; ``notes`` says what was left out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.notes: list[str] = []
        self._at = 0
        self._found: list[Lexeme] = []

    def lexemes(self) -> list[Lexeme]:
        """Return the lexemes in order; raises Fault."""
        while (character := self._next_character()) is not None:
            if character in "()":
                self._add(character, character, self._at + 1)
            elif character in DOUBLE_QUOTES:
                self._quoted(self._closing(self._at))
            elif character in _SINGLE and (end := self._single_closing()):
                self._quoted(end)
            elif character == "/" and self.text[self._at + 1 : self._at + 2].strip():
                self._regex()
            elif character == "-":
                self._minus()
            else:
                self._run()
        return self._found

    def _next_character(self) -> str | None:
        while self._at < len(self.text) and self.text[self._at].isspace():
            self._at += 1
        return self.text[self._at] if self._at < len(self.text) else None

    def _add(self, kind: str, text: str, end: int, extra: str | None = None) -> None:
        self._found.append(Lexeme(kind, text, self._at, end, extra))
        self._at = end

    # --- quotes ------------------------------------------------------------------------------

    def _closing(self, start: int) -> int:
        """Return where the quote opened at ``start`` closes: at its own kind, else at any."""
        opener = self.text[start]
        for wanted in (CLOSES.get(opener, opener), DOUBLE_QUOTES):
            places = (self.text.find(quote, start + 1) for quote in wanted)
            if found := [place for place in places if place > 0]:
                return min(found)
        raise Fault(start, len(self.text), "this quote is never closed; add a closing quote")

    def _single_closing(self) -> int | None:
        """Return where a phrase in single quotes ends, None when this is an apostrophe."""
        closers = SINGLE_QUOTES[self.text[self._at]]
        end = re.compile(rf"[{closers}](?!\w)|[{DOUBLE_QUOTES}]").search(self.text, self._at + 2)
        if end is None or end[0] in DOUBLE_QUOTES:
            return None
        return end.start() if self._spaced(end.start()) else None

    def _spaced(self, end: int) -> bool:
        return not self.text[self._at + 1].isspace() and not self.text[end - 1].isspace()

    def _quoted(self, end: int) -> None:
        inside = self.text[self._at + 1 : end]
        if self.text[end + 1 : end + 2] in ("*", "?"):
            message = 'a wildcard stands inside the quotes, at its word: write "... word*"'
            raise Fault(end + 1, end + 2, message)
        slop = _SLOP.match(self.text, end + 1)
        self._add("phrase", inside, slop.end() if slop else end + 1, slop[1] if slop else None)

    # --- regular expressions and minus -------------------------------------------------------

    def _regex(self) -> None:
        match = re.compile(r"/((?:\\\S|[^\s/\\])*)/(?=[\s)]|$)").match(self.text, self._at)
        if match:
            self._add("regex", match[1], match.end())
            return
        run = re.compile(r"\S*").match(self.text, self._at)
        raise Fault(
            self._at,
            run.end() if run else len(self.text),
            "a word that begins with / is a regular expression on one word and ends with /, "
            "with no space or other / inside; close it so or take the / away",
        )

    def _minus(self) -> None:
        behind = self.text[self._at + 1 : self._at + 2]
        if behind == "-":
            raise Fault(self._at, self._at + 2, "write one - before what is to be left out")
        if behind.strip() and behind != ")":
            self._add("minus", "-", self._at + 1)
        else:
            self.notes.append("a lone - was left out; to exclude a word write -word")
            self._at += 1

    # --- everything else ---------------------------------------------------------------------

    def _run(self) -> None:
        """Read up to the next space, bracket or quote: an operator, a field or words."""
        match = _RAW.match(self.text, self._at)
        raw = match[0] if match else self.text[self._at]
        near = _NEAR.fullmatch(raw)
        field = _FIELD.match(raw)
        if raw in ("AND", "OR", "NOT"):
            self._add(raw.lower(), raw, self._at + len(raw))
        elif near:
            self._add("near", raw, self._at + len(raw), near[2] or "")
        elif field:
            self._field(field[1], raw)
        else:
            self._words(raw)

    def _words(self, raw: str) -> None:
        start, end = self._at, self._at + len(raw)
        at = 0
        while piece := PIECE.search(raw, at):
            self._left_out(raw[at : piece.start()], raw)
            tilde = _SLOP.match(raw, piece.end())
            at = tilde.end() if tilde else piece.end()
            if piece[0] == "?":
                self.notes.append("a lone ? was left out; ? stands for one letter of a word")
                continue
            self._at = start + piece.start()
            self._add("word", piece[0], start + at, tilde[1] if tilde else None)
        self._left_out(raw[at:], raw)
        self._at = end

    def _left_out(self, gap: str, raw: str) -> None:
        if gap in _FOREIGN and (gap == raw or "|" in gap or gap == "&&"):
            self.notes.append(f"{gap} is no operator here and was left out; write {_FOREIGN[gap]}")
        elif gap.startswith("!") and raw.startswith(gap):
            self.notes.append("! is no operator here and was left out; write NOT or -word")
        elif gap.startswith("+"):
            self.notes.append("+ was left out: every word is required anyhow")
        elif gap.startswith(("–", "—")) and raw.startswith(gap):
            self.notes.append(f"{gap[0]} is a dash, not a minus: nothing is excluded by it")
        elif "^" in gap:
            self.notes.append("^ was left out: words can't be weighted")
        elif gap.startswith("~"):
            self.notes.append("~ was left out; it stands behind a word: word~")

    # --- fields ------------------------------------------------------------------------------

    def _field(self, name: str, raw: str) -> None:
        from treatybody.query import fields

        start, colon = self._at, self._at + len(name)
        behind = self.text[colon + 1 : colon + 2]
        known = fields.known(name)
        if known is None and len(raw) == len(name) + 1 and (not behind.strip() or behind == ")"):
            self._words(raw)
            self.notes += fields.hint(name)
            return
        if raw[len(name) :].startswith("://"):
            message = "a web address can't be searched; for a document write symbol:CMW/C/PER/CO/1"
            raise Fault(start, start + len(raw), message)
        if known is None:
            raise Fault(start, colon + 1, fields.unknown(name))
        if not behind.strip() or behind in "),":
            message = f"{name}: needs its value right after the colon, such as {known['example']}"
            raise Fault(start, colon + 1, message)
        self._at = colon + 1
        values = None if known["kind"] == "text" else self._values(known["name"])
        end = self._at
        self._found.append(Lexeme("field", known["name"], start, end, values=values))

    def _values(self, name: str) -> tuple[Value, ...]:
        if self.text[self._at] == "(":
            return self._group(name)
        values = [self._value(name)]
        while self.text[self._at : self._at + 1] == ",":
            self._at += 1
            values.append(self._value(name))
        return tuple(values)

    def _value(self, name: str) -> Value:
        """Read a value: bare and quoted pieces with nothing between them."""
        start = self._at
        found = []
        while piece := self._piece_of_value():
            found.append(piece)
        text = "".join(found).strip()
        if not text:
            message = f"a value of {name}: is missing here; write it without a space before it"
            raise Fault(max(start - 1, 0), max(start, self._at), message)
        return Value(text, start, self._at)

    def _piece_of_value(self) -> str | None:
        start = self._at
        if self.text[start : start + 1] and self.text[start] in DOUBLE_QUOTES:
            end = self._closing(start)
            self._at = end + 1
            return self.text[start + 1 : end] or " "
        single = (
            self.text[start - 1 : start] == ":" and self.text[start : start + 1] in SINGLE_QUOTES
        )
        if single and (closing := self._single_closing()) is not None:
            self._at = closing + 1
            return self.text[start + 1 : closing]
        match = _VALUE.match(self.text, start)
        self._at = match.end() if match else start
        return match[0] if match else None

    def _group(self, name: str) -> tuple[Value, ...]:
        """Read ``(PER OR "Costa Rica", CHL)``: values parted by OR or commas."""
        start = self._at
        end = self._group_end(start)
        values = []
        at = start + 1
        for gap in [*_OR.finditer(self.text, start + 1, end), None]:
            stop = gap.start() if gap else end
            values.append(self._chunk(name, at, stop))
            at = gap.end() if gap else end
        self._at = end + 1
        return tuple(values)

    def _group_end(self, start: int) -> int:
        depth = 0
        for at in range(start, len(self.text)):
            depth += {"(": 1, ")": -1}.get(self.text[at], 0)
            if depth == 0:
                return at
        raise Fault(start, len(self.text), "this bracket is never closed; add a closing bracket")

    def _chunk(self, name: str, start: int, end: int) -> Value:
        typed = self.text[start:end]
        text = typed.strip().strip(DOUBLE_QUOTES).strip()
        if not text:
            raise Fault(max(start - 1, 0), end + 1, f"a value of {name}: is missing here")
        if re.search(r"\b(?:AND|NOT)\b", text):
            message = (
                f"between values of {name}: only OR or commas can stand; "
                f"to exclude one write -{name}:VALUE"
            )
            raise Fault(start, end, message)
        left = start + len(typed) - len(typed.lstrip())
        return Value(text, left, start + len(typed.rstrip()))
