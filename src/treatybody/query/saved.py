"""``query:NAME``: a saved query inside another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from treatybody.errors import QueryError
from treatybody.query.characters import level
from treatybody.query.lexer import Fault, Value

if TYPE_CHECKING:
    from treatybody.query.parser import Query, Settings

DEEPEST = 4


def query(name: Value, settings: Settings, read: Callable[[str, Settings], Query]) -> Query:
    """Return the saved query ``name``; raises Fault.

    Arguments:
        settings: holds the saved texts, and the names that are being read already.
        read: the parser.
    """
    if name.text not in settings.saved:
        raise Fault(name.start, name.end, _unknown(name.text, settings))
    if name.text in settings.within_saved:
        circle = " -> ".join((*settings.within_saved, name.text))
        raise Fault(name.start, name.end, f"the saved query goes in a circle: {circle}")
    if len(settings.within_saved) >= DEEPEST:
        message = f"saved queries can name each other {DEEPEST} deep; use fewer"
        raise Fault(name.start, name.end, message)
    inner = replace(settings, within_saved=(*settings.within_saved, name.text))
    try:
        found = read(settings.saved[name.text], inner)
    except QueryError as error:
        wrong = level(error.query[error.start : error.end]).text
        message = f"the saved query `{name.text}` is at fault at `{wrong}`: {error}"
        raise Fault(name.start, name.end, message) from None
    return replace(found, notes=tuple(f"in query:{name.text}: {note}" for note in found.notes))


def _unknown(name: str, settings: Settings) -> str:
    from treatybody.query.nearest import did_you_mean, nearest

    near = nearest(name, {one.lower(): one for one in settings.saved})
    meant = did_you_mean(near) or "; keep one with tb save NAME QUERY"
    return f"there is no saved query `{name}`{meant}"
