"""Look at a file before a reader opens it: is it what it claims, and is it safe to unpack?

A reader asks here first. Nothing is unpacked to disk; a zip package is judged by its directory,
and an XML part by what stands before its root element.

Limits: a UN report of 900 pages has a ``document.xml`` of about 20 MB; ten times that is no
document. Deflate shrinks XML rarely more than fiftyfold, a bomb a thousandfold.
"""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from xml.parsers import expat

from treatybody.errors import DamagedFile, EncryptedFile, RefusedFile

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_MAGIC = b"PK\x03\x04"
PDF_MAGIC = b"%PDF-"
# UTF-16 names of the streams that an encrypted Office package consists of ([MS-OFFCRYPTO] 2.3).
_ENCRYPTED_STREAMS = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))


class Limits(NamedTuple):
    """What a file may be; sizes in bytes."""

    file: int = 256 * 2**20
    members: int = 5_000
    member: int = 64 * 2**20
    total: int = 768 * 2**20
    ratio: int = 250
    ratio_from: int = 8 * 2**20
    name: int = 512
    depth: int = 24


DEFAULT = Limits()


def file_size(path: Path, limits: Limits = DEFAULT) -> int:
    """The size of ``path`` in bytes.

    Raises:
        DamagedFile: it is empty or can't be opened.
        RefusedFile: it is larger than ``limits.file``.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DamagedFile(f"{path.name} can't be opened: {error.strerror}") from error
    if not size:
        raise DamagedFile(f"{path.name} is empty; fetch it again")
    if size > limits.file:
        raise RefusedFile(f"{path.name} is larger than {limits.file // 2**20} MB; split it")
    return size


def contents(path: Path, limits: Limits = DEFAULT) -> bytes:
    """All bytes of ``path``, if it is not too large.

    Raises:
        DamagedFile: it is empty or can't be read.
        RefusedFile: it is larger than ``limits.file``.
    """
    file_size(path, limits)
    try:
        return path.read_bytes()
    except OSError as error:
        raise DamagedFile(f"{path.name} can't be read: {error.strerror}") from error


def open_package(path: Path, limits: Limits = DEFAULT) -> zipfile.ZipFile:
    """Open a zip package (Word and its kin) that has passed every check.

    Raises:
        EncryptedFile: a password stands before the text.
        DamagedFile: it is another format under this suffix, or is cut or corrupt.
        RefusedFile: it is too large, or unsafe to unpack.
    """
    file_size(path, limits)
    _expect_zip(path)
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise DamagedFile(f"{path.name} is cut or corrupt ({error}); fetch it again") from error
    try:
        _check_directory(package, path, limits)
    except BaseException:
        package.close()
        raise
    return package


def _expect_zip(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
            if head == OLE_MAGIC:
                _refuse_ole(path, stream.read(2**22))
    except OSError as error:
        raise DamagedFile(f"{path.name} can't be read: {error.strerror}") from error
    if head.startswith(PDF_MAGIC):
        raise DamagedFile(f"{path.name} is a PDF, not a Word package; name it .pdf")
    if not head.startswith(b"PK"):
        raise DamagedFile(f"{path.name} is not a Word package; save it again from Word")


def _refuse_ole(path: Path, rest: bytes) -> None:
    if any(name in rest for name in _ENCRYPTED_STREAMS):
        raise EncryptedFile(f"{path.name} is locked with a password; save it without one")
    raise DamagedFile(f"{path.name} is in the old Word format; name it .doc")


def _check_directory(package: zipfile.ZipFile, path: Path, limits: Limits) -> None:
    members = package.infolist()
    if len(members) > limits.members:
        raise RefusedFile(f"{path.name} has more than {limits.members} members; not opened")
    for member in members:
        _check_member(member, path, limits)
    if sum(member.file_size for member in members) > limits.total:
        raise RefusedFile(f"{path.name} unpacks to more than {limits.total // 2**20} MB")
    _check_overlap(members, path)


def _check_member(member: zipfile.ZipInfo, path: Path, limits: Limits) -> None:
    _check_name(member.filename, path, limits)
    if member.flag_bits & 0x1:
        raise EncryptedFile(f"{path.name} is locked with a password; save it without one")
    if member.file_size > limits.member and _is_xml(member.filename):
        raise RefusedFile(
            f"{path.name}: {_short(member.filename)} unpacks to more than "
            f"{limits.member // 2**20} MB"
        )
    if (
        member.file_size > limits.ratio_from
        and _is_xml(member.filename)
        and member.file_size > limits.ratio * max(member.compress_size, 1)
    ):
        raise RefusedFile(
            f"{path.name}: {_short(member.filename)} is packed more than "
            f"{limits.ratio} times, as in a zip bomb"
        )


def _check_name(name: str, path: Path, limits: Limits) -> None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    climbs = ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":"
    if climbs or "\0" in name or len(name) > limits.name or len(parts) > limits.depth:
        raise RefusedFile(f"{path.name} has a member that points outside it: {_short(name)}")


def _check_overlap(members: list[zipfile.ZipInfo], path: Path) -> None:
    """Refuse members that share bytes: the trick of a bomb that needs no nesting."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise RefusedFile(f"{path.name} has members that overlap, as in a zip bomb")
        end = member.header_offset + member.compress_size + 30


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml", ".html", ".htm", ".txt"))


def _short(name: str) -> str:
    shown = name if len(name) <= 60 else name[:57] + "..."
    return repr(shown)


def member(package: zipfile.ZipFile, name: str, file_name: str) -> bytes:
    """The bytes of one member.

    Arguments:
        file_name: the package's name, for the message.

    Raises:
        DamagedFile: the member is corrupt or packed in an unknown way.
    """
    try:
        return package.read(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise _damaged_member(file_name, name, error) from error
    except Exception as error:  # zlib.error, lzma.LZMAError and others share no base class
        raise _damaged_member(file_name, name, error) from error


def _damaged_member(file_name: str, name: str, error: Exception) -> DamagedFile:
    return DamagedFile(f"{file_name}: {_short(name)} can't be unpacked ({error}); fetch it again")


def refuse_declarations(xml: bytes, file_name: str, name: str) -> None:
    """Refuse XML with a document type: the door of entity bombs and of outside files.

    Only what stands before the root element is parsed. Malformed XML passes: the reader that
    parses it says so.

    >>> refuse_declarations(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "x.docx", "a.xml")
    Traceback (most recent call last):
    treatybody.errors.RefusedFile: x.docx: 'a.xml' declares a document type, which ...
    """
    try:
        _scan_prologue(xml)
    except _Declared:
        raise RefusedFile(
            f"{file_name}: {_short(name)} declares a document type, which no Word file needs; "
            "save it again from Word"
        ) from None


class _Declared(Exception):
    pass


class _Reached(Exception):
    pass


def _scan_prologue(xml: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _declared
    parser.StartElementHandler = _reached
    try:
        for start in range(0, len(xml), 65536):
            parser.Parse(xml[start : start + 65536], False)
    except (_Reached, expat.ExpatError):
        return


def _declared(*_: object) -> None:
    raise _Declared


def _reached(*_: object) -> None:
    raise _Reached
