"""Bytes to text, for the formats that don't say their encoding."""

from __future__ import annotations

import re

from treatybody.errors import DamagedFile

_MARKED = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_BINARY_SHARE = 0.001
_FEWEST_LETTERS = 20


def decode(data: bytes, name: str) -> tuple[str, list[str]]:
    """The text of a file, and what had to be assumed to read it.

    Arguments:
        data: the file's bytes.
        name: the file's name, for messages.

    Raises:
        DamagedFile: binary content, or bytes that no known encoding explains.

    >>> decode("Perú".encode("cp1252"), "a.txt")
    ('Perú', ['read as Windows-1252'])
    """
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding, name), name), []
    wide = _unmarked_utf16(data)
    if wide:
        return _checked(_strict(data, wide, name), name), [f"read as {wide} without its mark"]
    try:
        return _checked(data.decode("utf-8"), name), []
    except UnicodeDecodeError as error:
        return _windows(data, name, error.start)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DamagedFile(
            f"{name} breaks off or is damaged at byte {error.start + 1} ({encoding}); save it again"
        ) from None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: of Latin text every other byte is zero."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else None


def _windows(data: bytes, name: str, at: int) -> tuple[str, list[str]]:
    """Text that is not UTF-8: Windows-1252, unless it is UTF-8 with a fault in it."""
    in_utf8 = sum(len(found) for found in _MULTIBYTE.findall(data))
    high = len(_HIGH.findall(data))
    if in_utf8 > high / 2:
        raise DamagedFile(f"{name} is damaged at byte {at + 1} (not UTF-8 there); save it again")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise DamagedFile(
            f"{name} is not text, or in an unknown encoding; save it as UTF-8"
        ) from None
    if _is_another_alphabet(text):
        raise DamagedFile(
            f"{name} is in the encoding of another alphabet and doesn't say which; save it as UTF-8"
        )
    return _checked(text, name), ["read as Windows-1252"]


def _is_another_alphabet(text: str) -> bool:
    """Whether most letters have accents: so Russian or Arabic looks when it is taken for Latin."""
    letters = sum(char.isalpha() for char in text)
    accented = sum(char.isalpha() and not char.isascii() for char in text)
    return accented > _FEWEST_LETTERS and accented > letters / 2


def _checked(text: str, name: str) -> str:
    controls = len(_CONTROLS.findall(text))
    if controls > max(2, len(text) * _BINARY_SHARE) or "\x00" in text:
        raise DamagedFile(f"{name} is not text but binary data; give it its right suffix")
    return text
