"""The help pages in ``data/help``: one Markdown file a topic; its heading says what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from textwrap import wrap

from treatybody.cli.widths import columns

_FOLDER = files("treatybody") / "data" / "help"
_ROOM = 16  # columns that words can be laid out in


def pages() -> dict[str, str]:
    """Every topic with its heading.

    >>> pages()["query"]
    'The query language'
    """
    names = sorted(place.name.removesuffix(".md") for place in _FOLDER.iterdir())
    return {name: page(name).partition("\n")[0].lstrip("# ") for name in names}


def page(topic: str) -> str:
    """The text of a page."""
    return (_FOLDER / f"{topic}.md").read_text("utf-8")


def laid_out(text: str, width: int) -> Iterator[str]:
    """The lines of a page, none wider than a terminal where words allow it.

    Running text is filled anew; of a line of a table (four blanks, an example, blanks, what it
    means) the meaning goes on under itself.

    >>> print(*laid_out("One two\\nthree.\\n\\n    tb help      shows a page", 24), sep="\\n")
    One two three.
    <BLANKLINE>
        tb help      shows a
                     page
    """
    prose: list[str] = []
    for line in [*text.rstrip("\n").split("\n"), ""]:
        if line and not line.startswith((" ", "#")):
            prose.append(line)
            continue
        yield from wrap(" ".join(prose), width, break_long_words=False, break_on_hyphens=False)
        prose = []
        yield from _table_line(line, width)


def _table_line(line: str, width: int) -> list[str]:
    meaning = re.search(r"(?<=\S) {2,}(?=\S)", line)
    hang = meaning.end() if meaning else len(line) - len(line.lstrip()) + 2
    if columns(line) <= width or line.startswith("#") or width - hang < _ROOM:
        return [line]
    words = wrap(line[hang:], width - hang, break_long_words=False, break_on_hyphens=False)
    return [line[:hang] + words[0], *(" " * hang + more for more in words[1:])]
