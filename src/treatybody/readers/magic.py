"""What a file's first bytes say that it is, to catch a file with the wrong suffix.

Source of the signatures: the formats' own specifications (ISO 32000 for "%PDF-", APPNOTE for
"PK", MS-CFB for the compound file). A PDF may have up to 1,024 bytes before its signature.
"""

from __future__ import annotations

HEAD = 1024
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# What each suffix may start with, where the format has a signature. An encrypted .docx is a
# compound file, and a .doc may really be Word's rich text or HTML: their readers say so.
_ALLOWED: dict[str, set[str | None]] = {
    ".pdf": {"PDF"},
    ".docx": {"zip", "compound"},
    ".docm": {"zip", "compound"},
    ".dotx": {"zip", "compound"},
    ".doc": {"compound", "rtf", None},
    ".rtf": {"rtf", None},
    ".txt": {None},
    ".html": {None},
    ".htm": {None},
    ".xhtml": {None},
}
_SHOWN = {
    "PDF": "a PDF (.pdf)",
    "zip": "a zip package, such as Word's .docx",
    "compound": "an old Office file, such as Word's .doc",
    "rtf": "rich text (.rtf)",
    "image": "a picture",
    "gzip": "a compressed file (.gz)",
    "program": "a program",
}
_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (_COMPOUND, "compound"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)


def kind(head: bytes) -> str | None:
    """The kind of file that its first bytes announce, None for text and the unknown.

    >>> kind(b"%PDF-1.7"), kind(b"PK\\x03\\x04"), kind(b"The meeting")
    ('PDF', 'zip', None)
    """
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    return "PDF" if b"%PDF-" in head else None


def mismatch(head: bytes, suffix: str) -> str | None:
    """What a file really is, in words, when its suffix promises something else.

    A file whose first bytes say nothing is left to the reader, which knows its format better.

    >>> mismatch(b"%PDF-1.7", ".docx")
    'a PDF (.pdf)'
    >>> mismatch(b"%PDF-1.7", ".pdf") is None
    True
    """
    found = kind(head)
    if found is None or found in _ALLOWED.get(suffix, {found}):
        return None
    if found == "PDF" and not head.lstrip().startswith(b"%PDF-"):
        return None  # a text may quote the signature further on
    return _SHOWN[found]
