"""What the front of a document says of it: symbol, date, committee, session, title, language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from treatybody import dates, languages, states, symbols, tables
from treatybody.structure import agenda, front, meetings, sessions, wording
from treatybody.structure.facts import PRINTED, Facts
from treatybody.structure.front import Front
from treatybody.structure.items import Item
from treatybody.structure.marked import level

_SAMPLE = 30_000


def read(head: Front, properties: Mapping[str, str], notes: Sequence[str]) -> Facts:
    """The facts that a file prints, or says in its properties.

    Arguments:
        head: the front of the document.
        properties: what the container says of itself.
        notes: the texts of the title's footnotes.
    """
    facts = Facts()
    lines = list(_lines(head.masthead))
    titles = [item.whole.text for item in head.names] or [i.whole.text for i in head.title]
    _symbols(lines, properties, facts)
    _reference(lines, facts)
    _dates(lines, [item.whole.text for item in head.title], head.letter, facts)
    for line in lines:
        facts.add("committee", front.committee(line), PRINTED)
        facts.add("session", sessions.number(line), PRINTED)
    for note in (*notes, *titles):
        facts.add("session", sessions.number(note), PRINTED)
    facts.add("title", _join(titles), PRINTED)
    _type(titles, facts)
    _state(titles, facts)
    if head.letter:
        _letter(head.body, facts)
    if meetings.is_record(head.body):
        agenda.infer(head.title, head.body, facts)
    _language(head.body, facts)
    return facts


def _lines(masthead: Sequence[Item]) -> Iterator[str]:
    """The masthead's lines; a symbol that is printed in two sizes is put together again."""
    before = ""
    for item in masthead:
        for printed in front.printed_lines(item):
            line = level(printed).text
            if line.startswith("/") and before:
                line, before = before + line, ""
            if before:
                yield before
            before = line
    if before:
        yield before


def _symbols(lines: Sequence[str], properties: Mapping[str, str], facts: Facts) -> None:
    """The line that is a symbol, or several joint ones; else what the properties say."""
    for line in lines:
        found = front.symbols_of(line)
        if found:
            facts.add("symbol", found[0], PRINTED)
            facts.add("also_symbols", found[1:], PRINTED)
            return
    for key in tables.settings("masthead")["properties"]["symbol"]:
        symbol = symbols.parse(properties.get(key, ""))
        if symbol:
            facts.add("symbol", symbol.text, f"inferred: from the file's property {key}")
            return


def _reference(lines: Sequence[str], facts: Facts) -> None:
    for line in lines:
        found = wording.pattern("masthead", "reference").search(line)
        if found:
            facts.add("reference", found["value"], PRINTED)


def _dates(lines: Sequence[str], titles: Sequence[str], letter: bool, facts: Facts) -> None:
    """The day of a meeting where one is printed, else the day in the masthead."""
    for text in titles:
        if wording.pattern("masthead", "held").search(text):
            _date(text, "held", facts)
    for line in lines:
        _date(line, "dated" if letter else "issued", facts)


def _date(text: str, kind: str, facts: Facts) -> None:
    for found in dates.find(text):
        if found.first == found.last and found.first.day and "date" not in facts.values:
            facts.add("date", str(found.first), PRINTED)
            facts.add("date_kind", kind, PRINTED)


def _join(titles: Sequence[str]) -> str | None:
    """The title's lines as one; a line that goes on in the middle is joined to its sentence."""
    joined = ""
    for title in (one.strip("* ,") for one in titles):
        goes_on = title[:1].islower() or title[:1].isdigit()
        joined += (" " if goes_on else ": ") + title if joined else title
    return joined or None


def _type(titles: Sequence[str], facts: Facts) -> None:
    """The type that the title's words tell; the symbol's own type goes before it."""
    symbol = symbols.parse(facts.values.get("symbol") or "")
    if symbol and symbol.type != "other":
        return
    for title in reversed(titles):
        for row in tables.settings("masthead")["types"]:
            if re.search(row["words"], title, re.IGNORECASE):
                facts.add("type", row["type"], "inferred: from the title")
                return


def _state(titles: Sequence[str], facts: Facts) -> None:
    """The State that a title names at its end, where no symbol says it.

    Only titles of reporting name the State party: "Financing of the mission in Cyprus" does not.
    """
    symbol = symbols.parse(facts.values.get("symbol") or "")
    if symbol and (symbol.state or (symbol.type == "other" and "type" not in facts.values)):
        return
    for title in titles:
        state = agenda.named_at_end(title)
        if state:
            facts.add("state", state, "inferred: from the title")
            return


def _letter(body: Sequence[Item], facts: Facts) -> None:
    """What a letter's reference and address say: committee, type, the State it is written to."""
    reference = facts.values.get("reference") or ""
    if reference and wording.pattern("masthead", "follow_up").search(reference):
        facts.add("type", "follow_up_letter", "inferred: from the reference")
    codes = {row["code"] for row in tables.load("committees")}
    code = reference.partition("/")[0].strip().upper()
    if code in codes:
        facts.add("committee", code, "inferred: from the reference")
    for item in body:
        found = wording.pattern("masthead", "addressee").search(" ".join(item.whole.text.split()))
        name = next(filter(None, found.groups()), None) if found else None
        state = states.find(name) if name else None
        if state:
            facts.add("state", state.code, "inferred: from the address")
            return


def _language(body: Sequence[Item], facts: Facts) -> None:
    sample = ""
    for item in body:
        sample += item.whole.text + "\n"
        if len(sample) > _SAMPLE:
            break
    code, _ = languages.detect(sample)
    facts.add("language", code, "inferred: from the text")
