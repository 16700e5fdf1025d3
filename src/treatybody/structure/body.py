"""From roles to drafts: the walk through a body, which puts together what belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from treatybody.blocks import NoteMark
from treatybody.structure import labels
from treatybody.structure.drafts import Draft, Line
from treatybody.structure.headings import Heading, Path, heading_of
from treatybody.structure.items import Item
from treatybody.structure.marked import join
from treatybody.structure.roles import Role


@dataclass(slots=True)
class Walk:
    """Where the walk stands: the drafts so far, the open headings, the open paragraph.

    ``annexes`` are the names of those so far, ``annex`` the one that the walk is in,
    ``first_part`` the run of numbers that text before any number there belongs to;
    ``waiting`` are note marks of headings, ``caption`` the lines over the next table, ``bare``
    the headings that no record stands under so far.
    """

    drafts: list[Draft] = field(default_factory=list)
    path: Path = field(default_factory=Path)
    open: Draft | None = None
    annexes: list[str] = field(default_factory=list)
    annex: str | None = None
    first_part: int = 0
    after_row: bool = False
    waiting: list[NoteMark] = field(default_factory=list)
    caption: list[Item] = field(default_factory=list)
    over_rows: list[str] = field(default_factory=list)
    bare: list[tuple[Heading, Draft]] = field(default_factory=list)


def fold(roles: Iterable[Role]) -> list[Draft]:
    """Put the blocks of a body together to records, in order; headings become sections."""
    walk = Walk()
    for role in roles:
        if role.kind not in ("caption", "row"):
            _end_table(walk)
        _STEPS[role.kind](walk, role)
        if role.kind not in ("act", "annex", "heading"):
            walk.path.leave()
    _end_table(walk)
    _keep_bare(walk, [heading for heading, _ in walk.bare])
    _begin_parts(walk.drafts)
    return walk.drafts


def _begin_parts(drafts: Sequence[Draft]) -> None:
    """Unnumbered text under the heading of a new run of numbers belongs to that run already."""
    last: Draft | None = None
    for place, draft in enumerate(drafts):
        if draft.number is None:
            continue
        if last and last.annex == draft.annex and last.part != draft.part:
            for before in reversed(drafts[:place]):
                if before.number is not None or before.section == last.section:
                    break
                before.part = draft.part
        last = draft


def _caption(walk: Walk, role: Role) -> None:
    walk.caption.append(role.item)


def _end_table(walk: Walk) -> None:
    """A table has ended; a caption without rows is a paragraph of its own."""
    walk.over_rows = []
    still_open = walk.open
    for item in walk.caption:
        _start(walk, item).lines.append(Line(item.whole))
    if walk.caption:
        walk.open, walk.after_row = still_open, True
    walk.caption = []


def depth_of(item: Item) -> float | None:
    """How far a block is indented: points where the format knows them, else typed tabs."""
    if item.block.left is not None:
        return item.block.left
    return float(item.block.indent) if item.block.line is not None else None


def _annex(walk: Walk, role: Role) -> None:
    walk.annexes.append(_annex_name(role.item.text.text, walk.annexes))
    _leave_for(walk, role, walk.annexes[-1])


def _act(walk: Walk, role: Role) -> None:
    """The next decision or resolution: back from the annex of the one before."""
    _leave_for(walk, role, None)


def _leave_for(walk: Walk, role: Role, annex: str | None) -> None:
    walk.annex, walk.first_part = annex, role.run
    _keep_bare(walk, [heading for heading, _ in walk.bare])
    walk.path = Path()
    _heading(walk, role)


def _annex_name(text: str, before: list[str]) -> str:
    """The number of an annex, as printed when that is a new one, else counted."""
    last = text.split()[-1].strip(".:").lower() if len(text.split()) == 2 else ""
    place = int(last) if last.isdecimal() else labels.roman(last) or labels.letter(last)
    name = str(place or len(before) + 1)
    return name if name not in before else str(max(map(int, before)) + 1)


def _heading(walk: Walk, role: Role) -> None:
    heading = heading_of(role.item)
    _keep_bare(walk, walk.path.add(heading))
    alone = Draft(
        kind="procedural",
        section=walk.path.section()[:-1],
        lines=[Line(heading.text)],
        item=role.item,
        annex=walk.annex,
    )
    walk.bare.append((heading, alone))
    walk.waiting += heading.text.marks
    walk.open, walk.after_row = None, False


def _keep_bare(walk: Walk, closed: Sequence[Heading]) -> None:
    """A heading that closes with nothing under it is kept as a line of its own."""
    alone = [draft for heading, draft in walk.bare if any(heading is one for one in closed)]
    walk.drafts += [draft for draft in alone if not _is_shown_by(draft, alone)]
    walk.bare = [one for one in walk.bare if not any(one[0] is other for other in closed)]


def _is_shown_by(draft: Draft, others: Sequence[Draft]) -> bool:
    """Whether a heading stands in the section of another that is kept as a line."""
    path = [*draft.section, draft.text().text]
    return any(other.section[: len(path)] == path for other in others)


def _number(walk: Walk, role: Role) -> None:
    draft = _start(walk, role.item)
    draft.number = role.item.number
    draft.part, draft.fault = role.run, role.fault
    draft.lines.append(Line(role.item.text, depth=depth_of(role.item)))


def _start(walk: Walk, item: Item) -> Draft:
    goes_on = walk.drafts and walk.drafts[-1].annex == walk.annex
    part = walk.drafts[-1].part if goes_on else walk.first_part
    draft = Draft(
        kind="annex" if walk.annex else "paragraph",
        section=walk.path.section(),
        marks=[mark.key for mark in walk.waiting],
        item=item,
        annex=walk.annex,
        part=part,
    )
    walk.drafts.append(draft)
    walk.waiting.clear()
    walk.bare.clear()
    walk.open, walk.after_row = draft, False
    return draft


def _part(walk: Walk, role: Role) -> None:
    draft = walk.open or _start(walk, role.item)
    draft.go_on(Line(role.item.text, role.item.label, depth_of(role.item)))


def _text(walk: Walk, role: Role) -> None:
    line = Line(role.item.text, depth=depth_of(role.item))
    if walk.open is not None and _goes_on(walk, walk.open, line, role.item):
        walk.open.go_on(line)
    else:
        _start(walk, role.item).lines.append(line)


def _goes_on(walk: Walk, draft: Draft, line: Line, item: Item) -> bool:
    """Whether an unlabelled block belongs to the open paragraph.

    In numbered paragraphs it does (a quotation, a second sentence group); among unnumbered ones
    each block is a paragraph of its own, unless it goes on in the middle of a sentence.
    """
    if draft.number is not None and not walk.after_row:
        return not _is_smaller(item, draft.item)
    before = draft.lines[-1].text.text if draft.lines else ""
    return line.text.text[:1].islower() and before[-1:].isalnum()


def _is_smaller(item: Item, opened: Item | None) -> bool:
    """Whether a block is set in smaller letters than the paragraph: a source, a table's note."""
    size, normal = item.block.size, opened.block.size if opened else None
    return bool(size and normal and size < normal - 1)


def _row(walk: Walk, role: Role) -> None:
    still_open = walk.open
    if walk.caption:
        walk.over_rows = [join([item.whole for item in walk.caption], " ").text]
        walk.waiting += [mark for item in walk.caption for mark in item.whole.marks]
        walk.caption = []
    draft = _start(walk, role.item)
    draft.kind = "table"
    draft.section = [*draft.section, *walk.over_rows]
    draft.lines.append(Line(role.item.whole))
    walk.open, walk.after_row = still_open, True


def _procedural(walk: Walk, role: Role) -> None:
    draft = _start(walk, role.item)
    draft.kind = "procedural"
    draft.lines.append(Line(role.item.text))
    walk.open = None


_STEPS = {
    "act": _act,
    "annex": _annex,
    "caption": _caption,
    "heading": _heading,
    "number": _number,
    "part": _part,
    "procedural": _procedural,
    "row": _row,
    "text": _text,
}
