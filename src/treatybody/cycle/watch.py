"""What is new for a saved query since somebody last looked.

A look belongs to a person, so it is kept in the person's own folder for state, one file a corpus
and query, and never in the corpus.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import msgspec

from treatybody.journal import write_durably
from treatybody.model import Paragraph


class Look(msgspec.Struct, kw_only=True):
    """What a query found when it was last looked at.

    Arguments:
        corpus, name, query: whose look it is.
        seen: a checksum of the text for each paragraph id.
    """

    corpus: str
    name: str
    query: str
    seen: dict[str, str]


@dataclass(frozen=True)
class Changes:
    """Paragraph ids that are new or say something else now, and those that are gone.

    ``first`` is true when nobody looked before, ``other_query`` when the query itself changed.
    """

    new: list[str]
    gone: list[str]
    first: bool
    other_query: bool


def fingerprint(paragraph: Paragraph) -> str:
    """A checksum of what a paragraph says, its notes included."""
    said = "\n".join([paragraph.text, *(note.text for note in paragraph.footnotes)])
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def compare(last: Look | None, now: Look) -> Changes:
    """What changed between two looks.

    >>> old = Look(corpus="", name="q", query="a", seen={"A#1": "x", "A#2": "x"})
    >>> new = Look(corpus="", name="q", query="a", seen={"A#1": "x", "A#3": "x"})
    >>> compare(old, new).new, compare(old, new).gone
    (['A#3'], ['A#2'])
    """
    before = last.seen if last else {}
    new = [key for key, said in now.seen.items() if before.get(key) != said]
    gone = sorted(before.keys() - now.seen.keys())
    return Changes(new, gone, last is None, last is not None and last.query != now.query)


def place(corpus: Path, name: str) -> Path:
    """The file of a look.

    Arguments:
        corpus: the corpus folder.
        name: the saved query's name.
    """
    from platformdirs import user_state_path

    whose = hashlib.sha256(f"{corpus.resolve()}\n{name}".encode()).hexdigest()[:24]
    return user_state_path("treatybody", appauthor=False) / "looks" / f"{whose}.json"


def last_look(corpus: Path, name: str) -> Look | None:
    """The last look; None when there was none, or its file is damaged."""
    try:
        return msgspec.json.decode(place(corpus, name).read_bytes(), type=Look)
    except (OSError, msgspec.DecodeError):
        return None


def remember(look: Look) -> None:
    """Keep a look, whole or not at all."""
    path = place(Path(look.corpus), look.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".new")
    write_durably(partial, msgspec.json.encode(look))
    partial.replace(path)


def forget(corpus: Path, names: Collection[str]) -> None:
    """Forget looks, as if nobody had looked."""
    for name in names:
        place(corpus, name).unlink(missing_ok=True)
