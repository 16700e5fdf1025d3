"""The objects of a content stream, as pdfminer.six reads them, at a sixth of its time.

pdfminer's parser goes through a stream character class by character class and takes half of the
time of a second reading. One expression finds the tokens here. It knows the plain forms only;
whatever else stands in a stream leaves it to pdfminer, so that both always give the same.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from typing import Any

from pdfminer.psparser import KWD, LIT, literal_name

LONGEST = 2**20  # bytes: all objects of a stream are held at once

# no possessive group: early releases of Python 3.11 match those otherwise
_TOKEN = re.compile(
    rb"[\s\x00]*+(?:"
    rb"([-+]?(?:\d{1,15}+(?:\.\d{0,15}+)?|\.\d{1,15}+)(?!\d))"
    rb"|\(([^()\\]*+)\)"
    rb"|([A-Za-z][^#/%\[\]()<>{}\s]*+|['\"])"
    rb"|(\[)|(\])"
    rb"|/([^#/%\[\]()<>{}\s]*+)(?!#)"
    rb"|<([0-9A-Fa-f]++)>"
    rb"|(<<)|(>>)"
    rb"|\(((?:[^()\\]++|\\(?:[nrtbf()\\]|[0-3][0-7]{0,2}+|[4-7][0-7]?(?![0-7])))*)\)"
    rb"|(%[^\r\n]*+)"
    rb"|(\Z)"
    rb"|(.))",
    re.DOTALL,
)
(_NUMBER, _TEXT, _WORD, _OPEN, _CLOSE, _NAME, _HEX, _BEGIN, _END, _ESCAPED, _COMMENT, _STOP) = (
    range(1, 13)
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PICTURE = frozenset((b"BI", b"ID"))
_WORDS = {b"true": True, b"false": False}


def objects(data: bytes) -> list[Any] | None:
    """Everything in a content stream: operands and keywords; None for pdfminer to read.

    Arguments:
        data: the streams of a page, with blanks between them.

    >>> objects(b"/F1 9 Tf [(Pe) -20 (ru)] TJ")
    [/'F1', 9, /b'Tf', [b'Pe', -20, b'ru'], /b'TJ']
    >>> objects(b"BI /W 1 ID ") is None
    True
    """
    if len(data) > LONGEST:
        return None
    outer: list[tuple[list[Any], int]] = []
    into: list[Any] = []
    for token in _TOKEN.finditer(data):
        kind = token.lastindex
        if kind == _NUMBER:
            word = token[1]
            into.append(float(word) if b"." in word else int(word))
        elif kind == _TEXT:
            into.append(token[2])
        elif kind == _WORD:
            word = token[3]
            if word in _PICTURE:  # its bytes may be of any kind
                return None
            into.append(_WORDS[word] if word in _WORDS else KWD(word))
        elif kind in (_OPEN, _BEGIN):
            outer.append((into, kind))
            into = []
        elif kind == _NAME:
            into.append(_name(token[6]))
        elif kind == _HEX:
            into.append(_bytes(token[7]))
        elif kind == _ESCAPED:
            into.append(_ESCAPE.sub(_plain, token[10]))
        elif kind in (_CLOSE, _END):
            done = _closed(into, outer, kind)
            if done is None:
                return None
            into = outer.pop()[0]
            into.append(done)
        elif kind == _STOP:
            break
        elif kind != _COMMENT:
            return None
    return None if outer else into


def _name(name: bytes) -> Any:
    try:
        return LIT(name.decode())
    except UnicodeDecodeError:
        return LIT(name)


def _bytes(digits: bytes) -> bytes:
    """A last digit without a pair stands for itself, as pdfminer has it."""
    if len(digits) % 2:
        return unhexlify(digits[:-1]) + bytes((int(digits[-1:], 16),))
    return unhexlify(digits)


def _plain(escape: re.Match[bytes]) -> bytes:
    sign = escape[1]
    return bytes((int(sign, 8),)) if sign.isdigit() else _ESCAPES.get(sign, sign)


def _closed(
    inside: list[Any], outer: list[tuple[list[Any], int]], kind: int
) -> list[Any] | dict[str, Any] | None:
    """The array or dictionary that ends here; None where none began."""
    if not outer or outer[-1][1] != kind - 1:
        return None
    if kind == _CLOSE:
        return inside
    if len(inside) % 2:
        return None
    pairs = zip(inside[::2], inside[1::2], strict=True)
    return {literal_name(key): value for key, value in pairs if value is not None}
