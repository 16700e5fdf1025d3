"""A rebuild: read what changed, replace the records, resolve the links, publish an index.

This is the only orchestrator. Everything it calls can be called twice with the same result, so
that an interrupted build is completed by the next one.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from treatybody import index, locks, references
from treatybody.corpus import Corpus, passed_over, source_files
from treatybody.errors import CorpusError, DuplicateId, EmptyCorpus, RecordError
from treatybody.ingest import editions, ledger
from treatybody.ingest.ledger import FileState, Ledger
from treatybody.ingest.one_file import Ingested, Job, sha256
from treatybody.ingest.processes import Limits, read_all
from treatybody.ingest.spool import Outcome, Spool
from treatybody.journal import Comparison, Replacement
from treatybody.manifest import Manifest
from treatybody.manifest import load as load_manifest
from treatybody.model import Document, Notice, Paragraph
from treatybody.store import Staged, Store, document_line, file_name, lines

Progress = Callable[[str, int, int], None]
# Errors that don't follow from a file's bytes: the next build tries again.
_PASSING = {"ReadError", "ReaderTimeout", "UnknownFormat"}


@dataclass(frozen=True)
class Failure:
    """A file that could not be read, with the kind of error and its sentence."""

    file: str
    kind: str
    reason: str


@dataclass
class Report:
    """What a build did; file names are below ``corpus/sources``, documents are keys."""

    read: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    unreadable: list[Failure] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    documents: int = 0
    paragraphs: int = 0
    links: int = 0
    published: bool = False


@dataclass(frozen=True)
class Options:
    """How to build: everything anew, how many processes, what one file may cost."""

    full: bool = False
    workers: int | None = None
    limits: Limits = field(default_factory=Limits)
    reader_options: Mapping[str, str] = field(default_factory=dict)


def build(
    corpus: Corpus, options: Options | None = None, progress: Progress | None = None
) -> Report:
    """Bring records and index up to date with the sources.

    Arguments:
        corpus: the corpus and the folder of its index.
        options: how to build.
        progress: called with (file or stage, done, total).

    Raises:
        CorpusError: nothing can be built; the last good index stays in place.
        Busy: another build is under way.
    """
    manifest = load_manifest(corpus.manifest)
    with ExitStack() as held:
        held.enter_context(_refusals(corpus))
        held.enter_context(locks.writing(corpus.root / ".lock", f"building {corpus.root}"))
        spool = held.enter_context(Spool())
        return _Build(corpus, manifest, options or Options(), progress or _silent, spool).run()


@contextlib.contextmanager
def _refusals(corpus: Corpus) -> Iterator[None]:
    """What the system refuses (no space, no permission) as one sentence."""
    try:
        yield
    except OSError as error:
        raise CorpusError(
            f"building {corpus.root} failed: {error.filename or 'a file'} "
            f"({error.strerror or error}); the last index stays in place: mend that, "
            "then run `tb build` again"
        ) from error


def compare(
    corpus: Corpus, options: Options | None = None, progress: Progress | None = None
) -> tuple[Comparison, Report]:
    """Read every source again and compare with the records; nothing is changed.

    Returns the record files that differ, and the report of the reading. Links are resolved from
    the records, so they are compared only where those are what the sources make.
    """
    manifest = load_manifest(corpus.manifest)
    chosen = replace(options or Options(), full=True)
    with Spool() as spool:
        comparison = Comparison(corpus.records)
        work = _Build(corpus, manifest, chosen, progress or _silent, spool)
        work.prepare(work.files(), comparison)
        if not comparison.commit():
            work.link(comparison)
        return comparison, work.report


def _silent(_what: str, _done: int, _total: int) -> None:
    """No progress wanted."""


class _Build:
    """One build, from the list of files to the published index."""

    def __init__(
        self,
        corpus: Corpus,
        manifest: Manifest,
        options: Options,
        progress: Progress,
        spool: Spool,
    ) -> None:
        self.corpus = corpus
        self.manifest = manifest
        self.options = options
        self.progress = progress
        self.spool = spool
        self.store = Store(corpus.records)
        self.code = ledger.code_digest()
        self.last = self._last_ledger()
        self.report = Report()
        self.outcomes: dict[str, Outcome] = {}

    def run(self) -> Report:
        """Carry the build out."""
        files = self.files()
        with self.store.replacement() as replacement:
            documents = self.prepare(files, replacement)
            if self._links_are_due():
                self.link(replacement)
        self.store.refresh()
        published = index.publish(
            self.corpus.index, self.store, full=self.options.full, workers=self.options.workers
        )
        self.report.published = published.new
        self._save_ledger(files, documents)
        return self.report

    def prepare(self, files: Mapping[str, Job], replacement: Replacement) -> dict[str, Document]:
        """Read what is due and stage its records; returns all documents of the new corpus."""
        self._read(files)
        return self._stage(files, replacement)

    def link(self, replacement: Replacement) -> None:
        """Resolve all references anew: the only step that looks across documents."""
        store = Staged(self.corpus.records)
        documents = store.documents()
        found, outlines = {}, {}
        paragraphs: list[Paragraph] = []
        for key, document in documents.items():
            own = store.paragraphs(key)
            paragraphs += own
            found[key] = store.references(key, references.Reference)
            outlines[key] = references.outline(document, own)
        printed = references.resolve(documents, found, outlines)
        computed = references.compute(documents, paragraphs, printed)
        links = sorted([*printed, *computed], key=references.order)
        replacement.write("links.jsonl", lines(links))
        self.report.links = len(links)
        self.report.paragraphs = len(paragraphs)

    def _links_are_due(self) -> bool:
        """Whether a document came, changed or went since the links were resolved."""
        known = self.last.links == ledger.digest_of(self.store.root / "links.jsonl")
        if self.outcomes or self.report.removed or not known:
            return True
        self.report.links, self.report.paragraphs = self.last.counts
        return False

    # what there is

    def _last_ledger(self) -> Ledger:
        """What was read last time, if it still says anything about now."""
        last = ledger.load(self.corpus.index)
        same = last.code == self.code and last.corpus == str(self.corpus.root)
        return last if same and not self.options.full else Ledger()

    def files(self) -> dict[str, Job]:
        """Every source file to consider, as the job that would read it."""
        sources = self.corpus.sources
        if not sources.is_dir():
            raise EmptyCorpus(f"{sources} does not exist; make it and put the documents there")
        found = {
            file: self._job(file, str(path))
            for file, path in source_files(sources)
            if not self.manifest.ignores(file)
        }
        if not found:
            raise EmptyCorpus(f"{sources} holds no documents; put some there, then `tb build`")
        gone = "the manifest describes it, but it is not in corpus/sources"
        odd = [(file, gone) for file in self.manifest.entries if file not in found]
        odd += (one for one in passed_over(sources) if not self.manifest.ignores(one[0]))
        self.report.notices += (Notice(file=file, line=None, message=why) for file, why in odd)
        return found

    def _job(self, file: str, path: str) -> Job:
        entry = self.manifest.entry(file)
        return Job(
            path=path,
            file=file,
            sha256=_checksum(self.corpus.sources / file),
            facts=None if entry is None else dict(entry.facts),
            basis={} if entry is None else dict(entry.basis),
            options=dict(self.options.reader_options) if file.lower().endswith(".pdf") else {},
        )

    # what is to be read

    def _read(self, files: Mapping[str, Job]) -> None:
        """Read what changed, then the unchanged files that share a document with it."""
        due = [file for file, job in files.items() if not self._unchanged(file, job)]
        while due:
            self._read_now([files[file] for file in due])
            touched = self._touched_keys(files)
            rest = [file for file in files if file not in self.outcomes]
            due = [file for file in rest if touched & set(self.last.files[file].keys)]

    def _read_now(self, jobs: list[Job]) -> None:
        total = len(self.outcomes) + len(jobs)
        for job, result in read_all(jobs, self.options.workers, self.options.limits):
            self.outcomes[job.file] = self.spool.put(job.file, result)
            self.progress(job.file, len(self.outcomes), total)

    def _unchanged(self, file: str, job: Job) -> bool:
        state = self.last.files.get(file)
        if state is None or state.sha256 != job.sha256 or state.entry != ledger.entry_digest(job):
            return False
        if state.error and state.error[0] in _PASSING:
            return False
        return all(self._record_is_intact(key) for key in state.keys)

    def _record_is_intact(self, key: str) -> bool:
        known = self.last.records.get(key)
        return bool(known) and known == self.store.seal(key)

    def _touched_keys(self, files: Mapping[str, Job]) -> set[str]:
        """Documents that a file read now has, had, or shares with one that is gone."""
        touched = {key for outcome in self.outcomes.values() for key in outcome.keys}
        for file, state in self.last.files.items():
            if file in self.outcomes or file not in files:
                touched.update(state.keys)
        return touched

    # what is to be written

    def _stage(self, files: Mapping[str, Job], replacement: Replacement) -> dict[str, Document]:
        """Stage the records of what was read; returns all documents of the new corpus."""
        self._report_outcomes(files)
        kept = self._kept_keys(files)
        documents = {key: doc for key, doc in self._on_record().items() if key in kept}
        for key, holders in sorted(self._holders().items()):
            documents[key] = self._stage_document(key, holders, replacement)
        documents = dict(sorted(documents.items()))
        _check_file_names(documents)
        self._remove_vanished(documents, replacement)
        replacement.write("documents.jsonl", lines(map(document_line, documents.values())))
        self.report.documents = len(documents)
        return documents

    def _on_record(self) -> dict[str, Document]:
        """The documents that the records have now; none when another version wrote them."""
        try:
            return self.store.documents()
        except RecordError:
            return {}

    def _holders(self) -> dict[str, list[str]]:
        """For each document that was read, the files that have it."""
        holders: dict[str, list[str]] = defaultdict(list)
        for file in sorted(self.outcomes):
            for key in self.outcomes[file].keys:
                holders[key].append(file)
        return holders

    def _kept_keys(self, files: Mapping[str, Job]) -> set[str]:
        rest = [self.last.files[file] for file in files if file not in self.outcomes]
        return {key for state in rest for key in state.keys}

    def _stage_document(self, key: str, holders: list[str], replacement: Replacement) -> Document:
        found = [d for file in holders for d in self.spool.get(file) if _key(d) == key]
        merged, notices = editions.merge(found)
        self.report.notices.extend(notices)
        _check_ids(merged)
        name = file_name(key)
        replacement.write(f"paragraphs/{name}", lines(merged.paragraphs))
        replacement.write(f"references/{name}", merged.references)
        return merged.document

    def _remove_vanished(self, documents: Mapping[str, Document], replacement: Replacement) -> None:
        wanted = {file_name(key) for key in documents}
        for room in ("paragraphs", "references"):
            for path in sorted((self.store.root / room).glob("*.jsonl")):
                if path.name not in wanted:
                    replacement.remove(f"{room}/{path.name}")
        self.report.removed = sorted(set(self._on_record()) - set(documents))

    # what is to be said

    def _report_outcomes(self, files: Mapping[str, Job]) -> None:
        for file in files:
            outcome = self.outcomes.get(file)
            error = outcome.error if outcome else self.last.files[file].error
            if error:
                self.report.unreadable.append(Failure(file, *error))
            elif outcome:
                self.report.read.append(file)
                self.report.notices.extend(outcome.notices)
            else:
                self.report.unchanged += 1

    def _save_ledger(self, files: Mapping[str, Job], documents: Iterable[str]) -> None:
        now = Ledger(
            corpus=str(self.corpus.root),
            code=self.code,
            manifest=ledger.digest_of(self.corpus.manifest),
            ignore=list(self.manifest.ignore),
            files={file: self._state(file, job) for file, job in files.items()},
            records={key: self.store.seal(key) for key in documents},
            links=ledger.digest_of(self.store.root / "links.jsonl"),
            counts=(self.report.links, self.report.paragraphs),
        )
        if now != ledger.load(self.corpus.index):
            ledger.save(self.corpus.index, now)

    def _state(self, file: str, job: Job) -> FileState:
        outcome = self.outcomes.get(file)
        size, mtime = ledger.stat(self.corpus.sources / file)
        if outcome is None:
            return msgspec.structs.replace(self.last.files[file], size=size, mtime=mtime)
        return FileState(
            sha256=job.sha256,
            entry=ledger.entry_digest(job),
            size=size,
            mtime=mtime,
            keys=list(outcome.keys),
            error=outcome.error,
        )


def _key(ingested: Ingested) -> str:
    return ingested.document.document


def _checksum(path: Path) -> str:
    """The checksum of a source; "" when it can't be read, which its reader will say."""
    try:
        return sha256(path)
    except OSError:
        return ""


def _check_ids(ingested: Ingested) -> None:
    """Ids are unique in a corpus: within a document by this check, across them by their keys."""
    seen: set[str] = set()
    for paragraph in ingested.paragraphs:
        if paragraph.id in seen:
            file = ingested.document.source.file
            raise DuplicateId(f"{file} gives two paragraphs the id {paragraph.id}; report this")
        seen.add(paragraph.id)


def _check_file_names(documents: Iterable[str]) -> None:
    """Two keys must not share a record file, also where file names ignore case."""
    taken: dict[str, str] = {}
    for key in documents:
        other = taken.setdefault(file_name(key).lower(), key)
        if other != key:
            raise DuplicateId(
                f"the documents {other} and {key} would share one record file; "
                "rename one of their sources or give it a symbol in the manifest"
            )
