"""A small made corpus, and what can be said of a home (corpus and index) after an accident."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from treatybody import index
from treatybody.build import Options, Report, build
from treatybody.corpus import Corpus
from treatybody.index import layout
from treatybody.query.parser import parse
from treatybody.store import file_name
from treatybody.verify import verify

CONCLUDING = """\
United Nations\tCMW/C/ATL/CO/1
Distr.: General
2 May 2016
Original: English

Committee on the Protection of the Rights of All Migrant Workers
and Members of Their Families

\t\tConcluding observations on the initial report of Atlantis

\tA.\tIntroduction

1.\tThe Committee considered the initial report of Atlantis (CMW/C/ATL/1) at its 300th meeting.
2.\tThe Committee welcomes the report, which was submitted in harbour conditions.

\tB.\tPrincipal subjects of concern and recommendations

3.\tThe Committee is concerned that lighthouse keepers have no remedy with suspensive effect.
4.\tThe Committee recommends that the State party:
\t(a)\tGrant lighthouse keepers a remedy against expulsion;
\t(b)\tCollect data on ferry crews, disaggregated by sex and age.
5.\tThe Committee requests information within two years on paragraph 4 above.
"""

ISSUES = """\
United Nations\tCMW/C/ATL/QPR/2
Distr.: General
3 June 2020
Original: English

Committee on the Protection of the Rights of All Migrant Workers
and Members of Their Families

\t\tList of issues prior to submission of the second periodic report of Atlantis

\tSection I

1.\tPlease describe the measures taken on lighthouse keepers (CMW/C/ATL/CO/1, para. 4 (a)).
2.\tWith reference to paragraph 3 of the concluding observations, please indicate:
\t(a)\tWhether expulsion may be appealed, and with what effect;
\t(b)\tHow many ferry crews were expelled in {year}.
"""

LETTER = """\
REFERENCE: CMW/followup/30/bs

4 March 2018

Excellency,

I have the honour to refer to the concluding observations of the Committee (CMW/C/ATL/CO/1).

Regarding the recommendation in paragraph 4 of the concluding observations, the Committee thanks
the State party for its harbour statistics and regrets that ferry crews are left out of them.

Please accept, Excellency, the assurances of my highest consideration.
"""

MANIFEST = """\
[[document]]
file = "letters/letter.txt"
reference = "CMW/followup/30/bs"
type = "follow_up_letter"
committee = "CMW"
state = "ATL"
basis = { type = "it speaks of a follow-up" }
"""

Sources = dict[str, str]

SMALL: Sources = {
    "concluding.txt": CONCLUDING,
    "issues.txt": ISSUES.format(year=2018),
    "letters/letter.txt": LETTER,
}
CHANGED: Sources = {**SMALL, "issues.txt": ISSUES.format(year=2019).replace("ferry", "barge")}
FEWER: Sources = {name: text for name, text in SMALL.items() if name != "letters/letter.txt"}

QUERIES = (
    "lighthouse",
    '"ferry crews"',
    "expul* NEAR/9 effect*",
    "committee -harbour",
    "harbour OR barge",
    "type:CO remedy",
    "cites:CMW/C/ATL/CO/1",
    "20*",
    "kind:all atlantis",
    "/ferr(y|ies)/",
)

Answers = dict[str, list[str]]
Records = dict[str, bytes]


@dataclass(frozen=True)
class Home:
    """A folder with a corpus and its index."""

    root: Path

    @property
    def corpus(self) -> Corpus:
        """The corpus as `tb` finds it."""
        return Corpus(self.root / "corpus", self.root / "index")

    def put(self, sources: Sources, manifest: str = MANIFEST) -> None:
        """Make the sources exactly these."""
        shutil.rmtree(self.corpus.sources, ignore_errors=True)
        for name, text in sources.items():
            path = self.corpus.sources / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.corpus.manifest.write_text(manifest, encoding="utf-8")

    def build(self, full: bool = False) -> Report:
        """Build in this process, files read in it too: no time for starting others."""
        return build(self.corpus, Options(full=full, workers=0))

    def records(self) -> Records:
        """The bytes of all record files by name."""
        root = self.corpus.records
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in _files(root)}

    def answers(self, queries: Sequence[str] = QUERIES) -> Answers:
        """What a search says now, links and documents included.

        Raises:
            TreatybodyError: what `tb` would say instead.
        """
        return answers_of(self.root, queries)

    def damage(self) -> list[str]:
        """What `tb verify` finds."""
        found = verify(self.corpus, Options(workers=0))
        return [f"{finding.place}: {finding.message}" for finding in found]

    def orphans(self) -> list[str]:
        """Files that nobody will ever ask for: leftovers of an interrupted build."""
        return sorted(p.relative_to(self.root).as_posix() for p in self._orphans())

    def _orphans(self) -> Iterator[Path]:
        pages = ("CURRENT", "README.md", "ledger.json", ".lock")
        known = {self.corpus.index / name for name in pages}
        known |= {self.root / "corpus" / name for name in (".lock", "manifest.toml")}
        known |= set(_files(self.corpus.sources))
        wanted = set(self.records())
        documents = {json.loads(line)["document"] for line in self._document_lines()}
        files = {file_name(key) for key in documents}
        rooms = {f"{room}/{name}" for room in ("paragraphs", "references") for name in files}
        known |= {self.corpus.records / n for n in rooms | {"documents.jsonl", "links.jsonl"}}
        known |= set(self._named_by_generations())
        yield from (path for path in _files(self.root) if path not in known)
        yield from (self.corpus.records / name for name in wanted if name.startswith("."))

    def _document_lines(self) -> list[bytes]:
        return (self.corpus.records / "documents.jsonl").read_bytes().splitlines()

    def _named_by_generations(self) -> Iterator[Path]:
        folder = self.corpus.index / "generations"
        numbers = sorted((int(p.name) for p in folder.iterdir()), reverse=True)
        for number in numbers[: layout.KEPT]:
            path = layout.generation_folder(self.corpus.index, number) / "generation.json"
            generation = msgspec.json.decode(path.read_bytes(), type=layout.Generation)
            yield path
            yield from (path for path, _ in layout.files_of(self.corpus.index, generation))


def answers_of(root: Path, queries: Sequence[str] = QUERIES) -> Answers:
    """Hits, documents and links as JSON, by query."""
    with index.open_index(root / "index") as opened:
        found = {q: [_json(hit) for hit in opened.search(parse(q).tree)] for q in queries}
        found["documents"] = [_json(document) for document in opened.documents()]
        found["links"] = [_json(link) for link in opened.links()]
        return found


def digest(answers: Answers) -> str:
    """One short name for a set of answers."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:16]


def _json(record: object) -> str:
    return msgspec.json.encode(record).decode()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def warm() -> None:
    """Import now what builds and searches import when they need it, so that forks don't."""
    _ = index.publish, index.open_index, index.verify
