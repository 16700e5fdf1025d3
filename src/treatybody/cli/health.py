"""What ``tb doctor`` looks at: the installation, the corpus, the index, the terminal."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from treatybody.errors import IndexProblem, ManifestError, TreatybodyError

if TYPE_CHECKING:
    from treatybody.corpus import Corpus

Verdict = Literal["ok", "absent", "finding"]
_PROGRAMS = (
    ("LibreOffice", ("soffice", "libreoffice"), "reads old Word files (.doc)"),
    ("OCR", ("ocrmypdf", "tesseract"), "puts text into scanned PDFs, before `tb build`"),
)
_EXTRAS = (("matplotlib", "plot", "draws tb stats --plot"),)


class Check(msgspec.Struct, frozen=True):
    """One thing that was looked at.

    Arguments:
        verdict: "finding" is something to mend, "absent" something that one can do without.
        what: its name.
        said: what was found, and what to do.
    """

    verdict: Verdict
    what: str
    said: str


def python() -> Iterator[Check]:
    """The interpreter and the package itself."""
    from treatybody import __version__

    yield Check("ok", "treatybody", f"{__version__}, {Path(__file__).parent.parent}")
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    said = f"{version}, {sys.executable}" + ("" if good else "; 3.11 or later is needed")
    yield Check("ok" if good else "finding", "Python", said)


def packages() -> Iterator[Check]:
    """The packages that the installed one asks for, by its own list."""
    from importlib import metadata

    try:
        wanted = metadata.requires("treatybody") or []
    except metadata.PackageNotFoundError:
        yield Check("finding", "packages", "treatybody is not installed; use scripts/tb or pip")
        return
    for line in wanted:
        if "extra ==" not in line:
            yield _package(line.partition(";")[0].strip())


def _package(requirement: str) -> Check:
    from importlib import metadata

    name = re.split(r"[^A-Za-z0-9._-]", requirement)[0]
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Check("finding", name, f"is missing ({requirement}); install treatybody again")
    if not satisfies(version, requirement[len(name) :]):
        return Check("finding", name, f"{version}, but {requirement} is needed")
    return Check("ok", name, version)


def satisfies(version: str, wanted: str) -> bool:
    """Whether a version meets simple demands (``==``, ``>=``), as our own list has them.

    >>> satisfies("2.10", ">=2.9"), satisfies("2.7.4", "==2.7.5")
    (True, False)
    """
    for sign, number in re.findall(r"(==|>=)\s*([\w.]+)", wanted):
        here, there = _numbers(version), _numbers(number)
        if (sign == "==" and here != there) or (sign == ">=" and here < there):
            return False
    return True


def _numbers(version: str) -> list[int]:
    found = [int(part) for part in re.findall(r"\d+", version.partition("+")[0])]
    while found and found[-1] == 0:
        found.pop()
    return found


def extras() -> Iterator[Check]:
    """What is of use when it is there."""
    import importlib.util

    for module, extra, use in _EXTRAS:
        there = importlib.util.find_spec(module) is not None
        said = use if there else f"{use}; to have it: pip install 'treatybody[{extra}]'"
        yield Check("ok" if there else "absent", module, said)
    for name, programs, use in _PROGRAMS:
        found = next(filter(None, map(shutil.which, programs)), None)
        yield Check("ok" if found else "absent", name, f"{use}" + (f": {found}" if found else ""))


def corpus(found: Corpus) -> Iterator[Check]:
    """The sources and the manifest."""
    from treatybody.corpus import source_files
    from treatybody.manifest import load

    count = sum(1 for _ in source_files(found.sources)) if found.sources.is_dir() else 0
    said = f"{found.root}: {count} source files"
    yield Check("ok" if count else "finding", "corpus", said)
    try:
        load(found.manifest)
    except ManifestError as problem:
        yield Check("finding", "manifest", str(problem))
    if found.queries.is_file():
        yield _queries(found.queries)


def _queries(place: Path) -> Check:
    from treatybody.cycle.saved import texts
    from treatybody.query.parser import parse

    try:
        known = texts(place)
        for text in known.values():
            parse(text, saved=known)
    except TreatybodyError as problem:
        return Check("finding", "saved queries", str(problem))
    return Check("ok", "saved queries", f"{len(known)}")


def index(found: Corpus) -> Iterator[Check]:
    """Every byte of the index, and whether it is behind the sources."""
    from treatybody.index import layout
    from treatybody.index.snapshot import Snapshot
    from treatybody.ingest.ledger import looks_stale

    try:
        snapshot = Snapshot(found.index)
        for path, expected in layout.files_of(found.index, snapshot.generation):
            layout.check(path, expected)
        size = sum(p.stat().st_size for p in found.index.rglob("*") if p.is_file())
        said = f"{len(snapshot.documents)} documents, {size / 1e6:.1f} MB, {found.index}"
        snapshot.close()
    except IndexProblem as problem:
        yield Check("finding", "index", str(problem))
        return
    yield Check("ok", "index", said)
    if looks_stale(found):
        said = "may be behind the sources or the manifest: they were touched; run `tb build`"
        yield Check("finding", "index", said)
    else:
        yield Check("ok", "index", "is as new as the sources")


def terminal() -> Iterator[Check]:
    """Where results go."""
    encoding = (sys.stdout.encoding or "?").lower()
    width = shutil.get_terminal_size().columns
    if not sys.stdout.isatty():
        yield Check("ok", "output", f"piped, {encoding}")
        return
    kind = os.environ.get("TERM", "")
    colour = "no colour" if os.environ.get("NO_COLOR") or kind in ("", "dumb") else "colour"
    said = f"{kind or 'TERM is not set'}, {width} columns, {colour}, {encoding}"
    if encoding.replace("-", "") == "utf8":
        yield Check("ok", "terminal", said)
    else:
        message = "letters that it lacks show as ?; use a UTF-8 locale, say LC_ALL=C.UTF-8"
        yield Check("finding", "terminal", f"{said}; {message}")
