"""HTML: one self-contained page that fetches nothing and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from treatybody.exporters.rows import Options, Row
from treatybody.links import official_link

NAME = "html"
SUFFIXES = (".html", ".htm")
GROUPED = True
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }}
h1, h2, cite {{ font-family: system-ui, sans-serif; font-style: normal }}
cite {{ font-weight: bold; display: block; margin-top: 1.5rem }}
blockquote {{ margin: .5rem 0 0; white-space: pre-line }}
.section, .note {{ color: #555; font-size: .875rem; margin: .25rem 0 }}
mark {{ background: #fe8 }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #111; color: #ddd }}
  a {{ color: #8bf }}
  mark {{ background: #640; color: #fff }}
  .section, .note {{ color: #aaa }}
}}
</style>
</head>
<body>
<h1>{title}</h1>
"""


def write(rows: Iterator[Row], out: BinaryIO, options: Options) -> None:
    """Write rows as one page; matched words are marked."""
    out.write(_HEAD.format(title=clean(options.title)).encode())
    document: str | None = None
    query: str | None = None
    for row in rows:
        if row.query != query:
            query, document = row.query, None
            out.write(f"<h1>{clean(query or '')}</h1>\n".encode())
        if row.hit.document != document:
            document = row.hit.document
            out.write(_heading(row).encode())
        out.write(_paragraph(row).encode())
    out.write(b"</body>\n</html>\n")


def clean(text: str) -> str:
    """A text as HTML, without the control characters that HTML forbids.

    >>> clean("<b>\\x00")
    '&lt;b&gt;\\ufffd'
    """
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _heading(row: Row) -> str:
    link = official_link(row.hit.symbol)
    name = clean(row.hit.document)
    shown = f'<a href="{escape(link)}">{name}</a>' if link else name
    title = f'\n<p class="section">{clean(row.hit.title)}</p>' if row.hit.title else ""
    return f"<h2>{shown}</h2>{title}\n"


def _paragraph(row: Row) -> str:
    hit = row.hit
    section = clean(" › ".join(hit.section))
    notes = "".join(
        f'<p class="note">{clean(note.mark)} {clean(note.text)}</p>\n' for note in hit.footnotes
    )
    return (
        f"<cite>{clean(hit.citation)}</cite>\n"
        f'<p class="section">{section}</p>\n'
        f"<blockquote>{_marked(row)}</blockquote>\n{notes}"
    )


def _marked(row: Row) -> str:
    parts, last = [], 0
    for start, end in row.hit.spans:
        parts += [clean(row.hit.text[last:start]), f"<mark>{clean(row.hit.text[start:end])}</mark>"]
        last = end
    return "".join([*parts, clean(row.hit.text[last:])])
