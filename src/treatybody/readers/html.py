"""Web pages (.html, .htm), as a browser shows them."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import TYPE_CHECKING

from treatybody.blocks import Reading
from treatybody.errors import DamagedFile, NoText, ReadError, RefusedFile
from treatybody.readers import guard
from treatybody.readers.encoding import decode

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAME = "html"
VERSION = "1"
SUFFIXES = (".html", ".htm", ".xhtml")

_HEAD = 4096
_LIMITS = guard.DEFAULT._replace(file=32 * 2**20)
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Names that pages use for what browsers read as Windows-1252 (WHATWG Encoding Standard, 4.2).
_WINDOWS = frozenset({"latin1", "latin-1", "iso-8859-1", "iso8859-1", "us-ascii", "ascii"})
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(path: Path) -> Reading:
    """Read a web page, in the encoding that its mark or its head names.

    Raises:
        RefusedFile: it is larger than 32 MB or nested too deep.
        NoText: it shows no text.
        DamagedFile: it is no HTML, or its bytes are not in its encoding.
    """
    try:
        return _read(path)
    except ReadError:
        raise
    except (RecursionError, MemoryError):
        raise RefusedFile(f"{path.name} is nested too deep to be a document") from None
    except Exception as error:
        # Whatever libxml2 stumbles over is the file's fault, and its alone.
        raise DamagedFile(f"{path.name} can't be read as HTML ({error}); save it again") from error


def _read(path: Path) -> Reading:
    from treatybody.readers.hypertext.page import Page

    text, warnings = _decoded(guard.contents(path, _LIMITS), path.name)
    root = _parsed(text, path.name)
    page = Page(root)
    blocks = page.blocks()
    if not any(block.text for block in blocks):
        raise NoText(f"{path.name} shows no text; if a program fills it in, save the shown page")
    return Reading(
        reader=NAME,
        reader_version=VERSION,
        blocks=blocks,
        notes=page.notes(),
        properties=_properties(root),
        warnings=[(None, warning) for warning in warnings],
    )


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    declared = None if data.startswith(_MARKS) else _CHARSET.search(data[:_HEAD])
    if declared is None:
        return decode(data, name)
    encoding = declared[1].decode("ascii", errors="replace").lower()
    encoding = "cp1252" if encoding in _WINDOWS else encoding
    encoding = "utf-8" if encoding.startswith("utf-16") else encoding  # its head is readable
    try:
        return data.decode(encoding), []
    except (LookupError, UnicodeDecodeError):
        text, warnings = decode(data, name)
        return text, [f"the page is not in {encoding}, as it says", *warnings]


def _parsed(text: str, name: str) -> HtmlElement:
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(f"{name} is not a web page ({error}); save it again") from error
    return root


def _properties(root: HtmlElement) -> dict[str, str]:
    found = {}
    title = root.find("head/title")
    if title is not None and title.text_content().strip():
        found["title"] = " ".join(title.text_content().split())
    for meta in root.iter("meta"):
        if meta.get("name") and meta.get("content"):
            found[f"meta:{meta.get('name')}"] = meta.get("content").strip()
    return found
