"""Results as plain lines and JSON Lines: for pipes, scripts and paste."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from treatybody.model import Document, Hit


_NARROWEST = 40


@cache
def _controls() -> re.Pattern[str]:
    """C0 and C1 controls but tab and line feed, and the marks that turn the direction of a line.

    Nothing in a document may steer a terminal. None of these counts as printable.
    """
    return re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """A text that can't steer a terminal; it keeps its length, so that spans stay true.

    >>> safe("a\\x1b[31mb")
    'a\\ufffd[31mb'
    """
    return text if text.isprintable() else _controls().sub("\ufffd", text)


def told(message: str) -> str:
    """A message to the person, as it stands on stderr; a terminal gets no word in two.

    Lines that begin with a blank show a query with its faulty place: they stay as they are.
    """
    text = safe(f"tb: {message}")
    if sys.stderr is None or not sys.stderr.isatty():
        return text
    import shutil
    import textwrap

    from treatybody.cli import widths

    width = max(shutil.get_terminal_size().columns, _NARROWEST)
    hang = " " * (min(len(message) - len(message.lstrip()), width // 2) + 4)
    return "\n".join(
        line
        if line.startswith(" ") or widths.columns(line) <= width
        else textwrap.fill(
            line, width, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
        )
        for line in text.split("\n")
    )


def one_line(text: str) -> str:
    """A text with line breaks and tabs as spaces, safe to print."""
    return safe(text.replace("\n", " ").replace("\t", " "))


def hit_line(hit: Hit) -> str:
    """A hit on one line: the citation, a tab, the text."""
    return cited_line(hit.citation, hit.text)


def cited_line(citation: str, text: str) -> str:
    """A citation and its text on one line, a tab between them."""
    return f"{one_line(citation)}\t{one_line(text)}"


def document_row(document: Document) -> str:
    """A document on one line: key, type, State, date and title, apart by tabs."""
    cells = (document.document, document.type, document.state, document.date, document.title)
    return "\t".join(one_line(cell or "") for cell in cells)


def json_line(record: object) -> str:
    """A record as one line of JSON; controls that JSON allows as they are stand escaped.

    >>> json_line({"text": "\\x9b1mé"})
    '{"text":"\\\\u009b1mé"}'
    """
    import msgspec

    line = msgspec.json.encode(record).decode("utf-8")
    return _controls().sub(lambda found: f"\\u{ord(found.group()):04x}", line)


def write_lines(lines: Iterable[str]) -> int:
    """Write lines to standard output as they come; returns how many."""
    count = 0
    for line in lines:
        sys.stdout.write(line + "\n")
        count += 1
    return count


def write_rows(lines: Iterable[str]) -> int:
    """Write lines like :func:`write_lines`; on a terminal each is cut to three rows of it.

    A line's end is the text of a paragraph, which has its own command; a pipe gets all of it.
    """
    import shutil

    from treatybody.cli import widths

    if not sys.stdout.isatty():
        return write_lines(lines)
    width = 3 * shutil.get_terminal_size().columns - 8
    return write_lines(widths.fit(line.expandtabs(2), width).rstrip() for line in lines)
