"""The judged collections of `../shared/ranking`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from treatybody.index import analysis
from treatybody.query.stop_words import is_one
from treatybody.query.tree import Word

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "ranking"
NAMES = ("cranfield", "cisi", "obliqa-dev", "upr-issues")
NO_ISSUE = {"General", "Other", ""}


@dataclass
class Collection:
    """Texts, queries as lists of words, and for each query the documents that answer it."""

    name: str
    documents: dict[str, str]
    queries: dict[str, list[str]]
    judged: dict[str, set[str]]


def load(name: str) -> Collection:
    found = _issues(FOLDER / name) if name == "upr-issues" else _collection(FOLDER / name)
    documents, queries, judged = found
    return Collection(name, documents, {q: words(text) for q, text in queries.items()}, judged)


def words(text: str) -> list[str]:
    """The words of a sentence without the stop words; what stands twice stands twice."""
    found = [token.text for token in analysis.words(text)]
    return [word for word in found if not is_one(Word(word))]


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _collection(folder: Path) -> tuple[dict[str, str], dict[str, str], dict[str, set[str]]]:
    documents = {one["id"]: one["text"] for one in _lines(folder / "documents.jsonl.gz")}
    asked = (folder / "queries.tsv").read_text("utf-8").splitlines()
    queries = dict(line.split("\t", 1) for line in asked)
    judged: dict[str, set[str]] = {}
    for line in (folder / "qrels.txt").read_text("utf-8").splitlines():
        query, _, rest = line.split(maxsplit=2)
        judged.setdefault(query, set()).add(rest.rsplit(maxsplit=1)[0])  # ids may have spaces
    return documents, queries, judged


def _issues(folder: Path) -> tuple[dict[str, str], dict[str, str], dict[str, set[str]]]:
    """Recommendations; the names of issues are queries, answered by what bears their label."""
    documents: dict[str, str] = {}
    judged: dict[str, set[str]] = {}
    for number, one in enumerate(_lines(folder / "recommendations.jsonl.gz")):
        documents[str(number)] = one["text"]
        for issue in {issue.strip() for issue in one["issue"].split(",")} - NO_ISSUE:
            judged.setdefault(issue, set()).add(str(number))
    return documents, {issue: issue for issue in sorted(judged)}, judged
