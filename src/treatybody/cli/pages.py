"""The help pages in ``data/help``: one Markdown file a topic; its heading says what it is about."""

from __future__ import annotations

from importlib.resources import files

_FOLDER = files("treatybody") / "data" / "help"


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
