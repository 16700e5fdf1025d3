"""From drafts to paragraph records: addresses, positions, footnotes, and what is out of order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from treatybody.blocks import Note, NoteMark
from treatybody.model import Notice, Paragraph
from treatybody.structure import footnotes, rows
from treatybody.structure.drafts import Draft
from treatybody.structure.marked import Marked

_MAIN_SHARE = 0.75


def paragraphs(
    drafts: Sequence[Draft], key: str, notes: Mapping[str, Note], printed: Mapping[str, str]
) -> list[Paragraph]:
    """The records of one document, in order."""
    addresses = _addresses(drafts)
    return [
        _paragraph(draft, f"{key}#{address}", position, notes, printed)
        for position, (draft, address) in enumerate(zip(drafts, addresses, strict=True), start=1)
    ]


def _paragraph(
    draft: Draft, id_: str, position: int, notes: Mapping[str, Note], printed: Mapping[str, str]
) -> Paragraph:
    text = draft.text()
    block = draft.item.block if draft.item else None
    table = None
    if draft.kind == "table" and draft.item:
        text, table = rows.row(draft.item)
        text = Marked(text.text, (*(NoteMark(0, key) for key in draft.marks), *text.marks))
    return Paragraph(
        id=id_,
        document=id_.rsplit("#", 1)[0],
        number=draft.number,
        position=position,
        kind=draft.kind,
        section=draft.section,
        text=text.text,
        subparagraphs=draft.subparagraphs() if table is None else [],
        footnotes=footnotes.of(text, notes, printed),
        table=table,
        speaker=draft.speaker,
        page=block.page if block else None,
        line=block.line if block else None,
    )


def _addresses(drafts: Sequence[Draft]) -> list[str]:
    """The part of each id behind "#", unique; see docs/records.md."""
    restarted = {draft.annex for draft in drafts if draft.part > 0}
    main = {annex for annex in restarted if _has_main_run(drafts, annex)}
    counts: defaultdict[str, int] = defaultdict(int)
    used: Counter[str] = Counter()
    result: list[str] = []
    for draft in drafts:
        shows_part = draft.annex in restarted and not (draft.annex in main and draft.part == 0)
        address = _address(draft, shows_part, counts)
        used[address] += 1
        result.append(address if used[address] == 1 else f"{address}~{used[address]}")
    return result


def _has_main_run(drafts: Sequence[Draft], annex: str | None) -> bool:
    """Whether the first run is the document's numbering and the others are lists in it."""
    parts = [draft.part for draft in drafts if draft.annex == annex and draft.number is not None]
    return parts.count(0) >= _MAIN_SHARE * len(parts)


def _address(draft: Draft, shows_part: bool, counts: defaultdict[str, int]) -> str:
    if draft.kind == "title":
        return "title"
    if draft.kind == "procedural":
        return _counted("x", counts)
    if draft.kind == "table" and draft.item and draft.item.block.cell:
        return f"t{draft.item.block.cell.table}.{draft.item.block.cell.row}"
    prefix = f"annex-{draft.annex}." if draft.annex else ""
    prefix += f"part-{draft.part + 1}." if shows_part else ""
    return prefix + draft.number if draft.number else _counted(f"{prefix}p", counts)


def _counted(prefix: str, counts: defaultdict[str, int]) -> str:
    counts[prefix] += 1
    return f"{prefix}{counts[prefix]}"


def notices(drafts: Sequence[Draft], file: str) -> list[Notice]:
    """What is out of order in the numbering, with its place."""
    faults = [
        Notice(file=file, line=draft.item.place if draft.item else None, message=draft.fault)
        for draft in drafts
        if draft.fault
    ]
    return faults + [notice for draft in drafts for notice in _doubled_parts(draft, file)]


def _doubled_parts(draft: Draft, file: str) -> list[Notice]:
    """Sub-paragraphs of one paragraph that carry the same label at the same place."""
    seen: set[tuple[str, ...]] = set()
    stack: list[str] = []
    found: list[Notice] = []
    for sub in draft.subparagraphs():
        stack = [*stack[: sub.level - 1], sub.label]
        if tuple(stack) in seen:
            where = f"paragraph {draft.number}" if draft.number else "a paragraph"
            message = f"{where} has two sub-paragraphs {''.join(stack)}"
            place = draft.item.place if draft.item else None
            found.append(Notice(file=file, line=place, message=message))
        seen.add(tuple(stack))
    return found
