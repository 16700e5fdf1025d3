"""Which corpus and which index are meant, and where their parts lie."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from treatybody.errors import CorpusError, NoCorpus

_WINDOWS_OWN = ("thumbs.db", "desktop.ini")  # which it puts into any folder


@dataclass(frozen=True)
class Corpus:
    """A corpus folder and the index made from it."""

    root: Path
    index: Path

    @property
    def sources(self) -> Path:
        """The documents as they came, in any folders."""
        return self.root / "sources"

    @property
    def records(self) -> Path:
        """The paragraph-level records: the truth on disk."""
        return self.root / "records"

    @property
    def manifest(self) -> Path:
        """Facts that the files don't print."""
        return self.root / "manifest.toml"

    @property
    def queries(self) -> Path:
        """Saved queries."""
        return self.root / "queries.toml"


def locate(
    corpus: Path | None, index: Path | None, environ: Mapping[str, str], start: Path
) -> Corpus:
    """Find the corpus: as named, else ``TREATYBODY_CORPUS``, else the nearest folder upward.

    Arguments:
        corpus, index: folders named on the command line.
        environ: the environment.
        start: the folder to look upward from.

    Raises:
        NoCorpus: none is named and none is found.
        CorpusError: the folder that is named holds no corpus.
    """
    named = corpus or _from_environment(environ, "TREATYBODY_CORPUS")
    root = _named(named) if named else _upward(start)
    place = index or _from_environment(environ, "TREATYBODY_INDEX") or root.parent / "index"
    return Corpus(root, place)


def _from_environment(environ: Mapping[str, str], name: str) -> Path | None:
    return Path(environ[name]) if environ.get(name) else None


def _is_corpus(folder: Path) -> bool:
    return (folder / "manifest.toml").is_file() or (folder / "sources").is_dir()


def _named(folder: Path) -> Path:
    """A folder named by the user: a corpus, or the folder that has one named ``corpus``."""
    for place in (folder, folder / "corpus"):
        if _is_corpus(place):
            return place.resolve()
    if not folder.is_dir():
        raise CorpusError(f"there is no folder {folder}; name one that holds sources/")
    raise CorpusError(f"{folder} holds no corpus; put the documents into {folder / 'sources'}")


def _upward(start: Path) -> Path:
    for folder in (start, *start.parents):
        if _is_corpus(folder / "corpus"):
            return (folder / "corpus").resolve()
    raise NoCorpus(
        f"no corpus found from {start} upward; name one with --corpus DIR (a folder with sources/)"
    )


def source_files(sources: Path) -> Iterator[tuple[str, Path]]:
    """Every file below ``sources`` but hidden and temporary ones, sorted by its relative path.

    Yields (path below sources with slashes, path). Links to folders are not followed, since they
    may lead in a circle; a link that leads nowhere is a file that can't be read. Bytes of a name
    that are not UTF-8 are shown as ``\\xe9``: no record could name such a file.
    """
    for path in sorted(filter(_is_source, _walk(sources)), key=lambda path: path.as_posix()):
        yield _shown(path.relative_to(sources).as_posix()), path


def passed_over(sources: Path) -> Iterator[tuple[str, str]]:
    """What lies below ``sources`` and is no file, sorted: its relative path, and why it is not.

    Hidden and temporary files are left out, as in ``source_files``.
    """
    for path in sorted(_walk(sources), key=lambda path: path.as_posix()):
        if not _is_source(path):
            linked = path.is_dir()
            why = "a link to a folder is not followed; put the folder itself there"
            shown = _shown(path.relative_to(sources).as_posix())
            yield shown, why if linked else "it is a pipe or a device and no file; remove it"


def is_readable_name(path: str) -> bool:
    """Whether the bytes of a file's path are UTF-8.

    >>> is_readable_name("Perú.docx"), is_readable_name(os.fsdecode(b"Per\\xfa.docx"))
    (True, False)
    """
    return path.isascii() or _shown(path) == path


def _shown(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name.startswith((".", "~$")) or entry.name.lower() in _WINDOWS_OWN:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        else:
            yield entry


def _is_source(entry: Path) -> bool:
    leads_nowhere = entry.is_symlink() and not entry.exists()
    return entry.is_file() or leads_nowhere
