"""Complex fields: what of them is shown (§17.16.18).

A field is ``begin``, its code, ``separate``, its result, ``end``, with other fields inside either.
Shown are results. Files break this: a ``begin`` without its ``end`` must not swallow the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from treatybody.readers.wordml.names import MC, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHAR = W + "fldChar"
_TYPE = W + "fldCharType"
_GONE = frozenset({W + "del", W + "moveFrom", MC + "Fallback"})
# Fields whose result is never printed where it stands.
_SILENT = frozenset({"XE", "TC", "TA", "RD", "SET", "PRIVATE", "ASK"})
# Fields that Word computes whenever it shows them and whose result no file holds.
_COMPUTED = frozenset({"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"})


class _Field:
    def __init__(self) -> None:
        self.code = ""
        self.in_code = True

    @property
    def kind(self) -> str:
        words = self.code.split(maxsplit=1)
        return words[0].upper() if words else ""


class Fields:
    """The open fields at one point of a story.

    Arguments:
        root: of the story; it is looked through once for fields that are never closed.
    """

    def __init__(self, root: _Element) -> None:
        self._paired = _paired(root)
        self._open: list[_Field] = []
        self.uncomputed: set[str] = set()

    def mark(self, element: _Element) -> None:
        """Take note of a ``w:fldChar``."""
        if element not in self._paired:
            return
        kind = element.get(_TYPE)
        if kind == "begin":
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].in_code = False
        elif self._open and kind == "end":
            closed = self._open.pop()
            if closed.in_code and closed.kind in _COMPUTED:
                self.uncomputed.add(closed.kind)

    def instruction(self, text: str) -> None:
        """Take note of a ``w:instrText``."""
        if self._open and self._open[-1].in_code:
            self._open[-1].code += text

    @property
    def shown(self) -> bool:
        """Whether text at this point is visible."""
        return not any(field.in_code or field.kind in _SILENT for field in self._open)

    def inside(self, *kinds: str) -> str | None:
        """The code of the innermost open field of one of these kinds, None outside them."""
        for field in reversed(self._open):
            if field.kind in kinds:
                return field.code
        return None


def simple_kind(element: _Element) -> str:
    """The kind of a ``w:fldSimple``, such as "PAGE"."""
    words = (element.get(W + "instr") or "").split(maxsplit=1)
    return words[0].upper() if words else ""


def is_silent(kind: str) -> bool:
    """Whether fields of this kind print nothing.

    >>> is_silent("XE"), is_silent("REF")
    (True, False)
    """
    return kind in _SILENT


def _paired(root: _Element) -> set[_Element]:
    """The field characters that belong to a whole field."""
    paired: set[_Element] = set()
    waiting: list[list[_Element]] = []
    for element in root.iter(_CHAR):
        kind = element.get(_TYPE)
        if any(above.tag in _GONE for above in element.iterancestors()):
            continue
        if kind == "begin":
            waiting.append([element])
        elif waiting and kind == "separate":
            waiting[-1].append(element)
        elif waiting and kind == "end":
            paired.update(waiting.pop(), [element])
    return paired
