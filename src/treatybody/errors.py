"""The exception tree: everything a user can cause, in one place.

    TreatybodyError                      exit code 2 unless it says otherwise
      UsageError                         an option or argument that can't be used
      CorpusError                        the corpus folder as a whole
        NoCorpus                         none was named and none was found
        EmptyCorpus                      it has no documents
        ManifestError                    corpus/manifest.toml is wrong
        DuplicateId                      two paragraphs would carry the same id
        ReaderUnavailable                the process that reads files does not start
        RecordError                      a record file is missing, damaged or of another version
      ReadError                          one source file; a build lists it and goes on (exit code 3)
        UnknownFormat                    no reader for this kind of file
        DamagedFile                      the file is not what its name says, or is cut or corrupt
        EncryptedFile                    a password stands before the text
        NoText                           nothing but pictures: needs OCR first
        RefusedFile                      too large, too deep or otherwise unsafe to open
        ReaderTimeout                    reading took longer than the limit
      QueryError                         the query's words; carries the place
      CitationError                      a citation that can't be read
      NotFound                           a readable request that has no answer (exit code 1)
      IndexProblem                       the index as a whole
        NoIndex                          none has been built
        IndexVersion                     built by another version
        DamagedIndex                     a checksum does not match
      Busy                               another process holds the write lock
      ExportError                        an export that can't be written

Each message says what was being done, with what, and what to do next.

>>> str(QueryError('"suspensive', 0, 11, "this quote is never closed; add a closing quote"))
'this quote is never closed; add a closing quote'
"""

from __future__ import annotations


class TreatybodyError(Exception):
    """Root of everything that this package raises for a user's mistake or a bad file."""

    exit_code = 2


class UsageError(TreatybodyError):
    """An option or argument that can't be used."""


class CorpusError(TreatybodyError):
    """The corpus folder as a whole can't be used."""


class NoCorpus(CorpusError):
    """No corpus was named and none was found."""


class EmptyCorpus(CorpusError):
    """The corpus holds no documents."""


class ManifestError(CorpusError):
    """``corpus/manifest.toml`` can't be read or says something unknown."""


class DuplicateId(CorpusError):
    """Two paragraphs of the corpus would carry the same id."""


class ReaderUnavailable(CorpusError):
    """The process that reads files does not start: a fault of the installation, not of a file."""


class RecordError(CorpusError):
    """A record file is missing, damaged or written by another version."""


class ReadError(TreatybodyError):
    """One source file can't be read; a build lists it with this reason and goes on."""

    exit_code = 3


class UnknownFormat(ReadError):
    """No reader for this kind of file."""


class DamagedFile(ReadError):
    """The file is not what its name says, or is cut or corrupt."""


class EncryptedFile(ReadError):
    """A password stands before the text."""


class NoText(ReadError):
    """The file has no text layer; it needs OCR first."""


class RefusedFile(ReadError):
    """The file is too large, too deep or otherwise unsafe to open."""


class ReaderTimeout(ReadError):
    """Reading took longer than the limit."""


class QueryError(TreatybodyError):
    """A query that can't be understood, with the place that is at fault.

    Arguments:
        query: the query as typed.
        start, end: the faulty place, in code points of ``query``, end exclusive.
        message: what is wrong and what to do.
    """

    def __init__(self, query: str, start: int, end: int, message: str) -> None:
        super().__init__(message)
        self.query = query
        self.start = start
        self.end = end


class CitationError(TreatybodyError):
    """A citation that can't be read."""


class NotFound(TreatybodyError):
    """A request that was understood and has no answer."""

    exit_code = 1


class IndexProblem(TreatybodyError):
    """The index as a whole can't be used."""


class NoIndex(IndexProblem):
    """No index has been built yet."""


class IndexVersion(IndexProblem):
    """The index was built by another version of the program."""


class DamagedIndex(IndexProblem):
    """A checksum of the index does not match its bytes."""


class Busy(TreatybodyError):
    """Another process holds the write lock."""


class ExportError(TreatybodyError):
    """An export that can't be written."""
