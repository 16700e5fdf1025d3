"""Open a Word package and hand out its XML parts.

The package that python-docx opens is not the file but a lean copy in memory: the text parts alone,
with clean relationships and content types. So a dangling picture, a template's or macro file's
content type, a part name in another case, or ISO Strict namespaces cost nobody a document, and
pictures are never unpacked.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

from treatybody.errors import DamagedFile, RefusedFile
from treatybody.readers import guard

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_RELATIONSHIPS = _OFFICE + "relationships/"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KINDS = {
    "styles": _MAIN_TYPE + "styles+xml",
    "numbering": _MAIN_TYPE + "numbering+xml",
    "footnotes": _MAIN_TYPE + "footnotes+xml",
    "endnotes": _MAIN_TYPE + "endnotes+xml",
    "header": _MAIN_TYPE + "header+xml",
    "footer": _MAIN_TYPE + "footer+xml",
    "settings": _MAIN_TYPE + "settings+xml",
}
_STRICT = [
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", _OFFICE.encode()),
]  # fmt: skip
_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TOO_MUCH = re.compile("huge|excessive depth|too deep|limit", re.I)


class Relation(NamedTuple):
    """One relationship of a part: ``target`` is a member's name in the package."""

    id: str
    kind: str
    target: str


class WordPackage:
    """The parts of one Word file.

    Arguments:
        path: the file.

    Raises:
        ReadError: the file is damaged, encrypted, or unsafe.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.warnings: list[str] = []
        with guard.open_package(path) as package:
            self._members = {_key(name): name for name in package.namelist()}
            self._copy(package)

    def _copy(self, package: zipfile.ZipFile) -> None:
        roots = list(self._relations(package, ""))
        main = self._main(roots)
        self._relations_of_main = [
            relation
            for relation in self._relations(package, main)
            if relation.kind in _KINDS and self._present(relation)
        ]
        self._altogether = [r.kind for r in self._relations(package, main) if r.kind == "aFChunk"]
        if self._altogether:
            self.warnings.append("embedded documents (altChunk) were not read")
        lean = self._lean(package, main)
        self.properties = self._all_properties(package, roots)
        self.main = self._open(lean)

    def _present(self, relation: Relation) -> bool:
        if _key(relation.target) in self._members:
            return True
        self.warnings.append(f"part {relation.target} ({relation.kind}) is missing")
        return False

    def _main(self, roots: list[Relation]) -> str:
        for relation in roots:
            if relation.kind == "officeDocument" and _key(relation.target) in self._members:
                return relation.target
        if "word/document.xml" in self._members:
            self.warnings.append("the package does not say which part is the document")
            return "word/document.xml"
        raise DamagedFile(f"{self.name} holds no Word document; save it again from Word")

    def _relations(self, package: zipfile.ZipFile, part: str) -> Iterator[Relation]:
        folder, file = posixpath.split(part)
        name = posixpath.join(folder, "_rels", file + ".rels")
        if _key(name) not in self._members:
            return
        for element in self._parse(self._read(package, name), name).iter(_REL):
            target = element.get("Target", "")
            if element.get("TargetMode") != "External" and target:
                full = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                kind = element.get("Type", "").rsplit("/", 1)[-1]
                yield Relation(element.get("Id", ""), kind, full)

    def _read(self, package: zipfile.ZipFile, name: str) -> bytes:
        stored = self._members[_key(name)]
        xml = _transitional(guard.member(package, stored, self.name))
        guard.refuse_declarations(xml, self.name, stored)
        return xml

    def _parse(self, xml: bytes, name: str) -> _Element:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(xml, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._unreadable(name, error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise RefusedFile(f"{self.name}: {name} declares a document type; save it from Word")
        return root

    def _unreadable(self, name: str, error: Exception) -> DamagedFile | RefusedFile:
        if _TOO_MUCH.search(str(error)):
            return RefusedFile(f"{self.name}: {name} is too deep or too large to be a document")
        return DamagedFile(f"{self.name}: {name} is not well-formed ({error}); save it from Word")

    def _lean(self, package: zipfile.ZipFile, main: str) -> io.BytesIO:
        """A package of the text parts alone, for python-docx."""
        lean = io.BytesIO()
        parts = {main: _MAIN_TYPE + "document.main+xml"}
        parts |= {relation.target: _KINDS[relation.kind] for relation in self._relations_of_main}
        with zipfile.ZipFile(lean, "w") as out:
            out.writestr("[Content_Types].xml", _content_types(parts))
            out.writestr("_rels/.rels", _rels([Relation("rId1", "officeDocument", main)]))
            folder, file = posixpath.split(main)
            out.writestr(
                posixpath.join(folder, "_rels", file + ".rels"), _rels(self._relations_of_main)
            )
            for name in parts:
                out.writestr(name, self._read(package, name))
        lean.seek(0)
        return lean

    def _open(self, lean: io.BytesIO) -> _Part:
        from docx.package import Package
        from lxml import etree

        try:
            return _Part(Package.open(lean).main_document_part)
        except etree.XMLSyntaxError as error:
            raise self._unreadable("the document", error) from error

    def _all_properties(self, package: zipfile.ZipFile, roots: list[Relation]) -> dict[str, str]:
        from treatybody.readers.wordml import properties

        found: dict[str, str] = {}
        for relation in roots:
            if relation.kind in properties.READERS and _key(relation.target) in self._members:
                try:
                    root = self._parse(self._read(package, relation.target), relation.target)
                except (DamagedFile, RefusedFile):
                    self.warnings.append(f"{relation.target} can't be read")
                else:
                    found |= properties.READERS[relation.kind](root)
        return found

    def part(self, kind: str) -> _Element | None:
        """The root of the first part of that kind ("styles", "footnotes" ...), if there is one."""
        for relation in self._relations_of_main:
            if relation.kind == kind:
                return self.by_id(relation.id)
        return None

    def by_id(self, relation_id: str | None) -> _Element | None:
        """The root of the part that the document calls ``relation_id``."""
        if not relation_id:
            return None
        from lxml import etree

        try:
            return self.main.related(relation_id)
        except etree.XMLSyntaxError as error:
            raise self._unreadable(relation_id, error) from error


class _Part:
    """The main part as python-docx sees it."""

    def __init__(self, part: object) -> None:
        self._part = part

    @property
    def element(self) -> _Element:
        """The root of ``document.xml``."""
        element: _Element = self._part.element  # type: ignore[attr-defined]
        return element

    def related(self, relation_id: str) -> _Element | None:
        """The root of a related part."""
        from docx.oxml import parse_xml

        part = self._part.related_parts.get(relation_id)  # type: ignore[attr-defined]
        if part is None:
            return None
        element: _Element = part.element if hasattr(part, "element") else parse_xml(part.blob)
        return element


def _key(name: str) -> str:
    """Part names don't differ by case alone (Part 2, 6.2.2)."""
    return name.replace("\\", "/").lstrip("/").lower()


def _transitional(xml: bytes) -> bytes:
    """ISO Strict names as the everyday ones, and UTF-16 as UTF-8."""
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = xml.decode("utf-16", errors="replace")
        xml = re.sub(r"^<\?xml[^>]*\?>", "", text).encode()
    if b"http://purl.oclc.org/ooxml/" in xml:
        for strict, everyday in _STRICT:
            xml = xml.replace(strict, everyday)
    return xml


def _content_types(parts: dict[str, str]) -> str:
    overrides = "".join(
        f"<Override PartName={quoteattr('/' + name)} ContentType={quoteattr(kind)}/>"
        for name, kind in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def _rels(relations: list[Relation]) -> str:
    inside = "".join(
        f"<Relationship Id={quoteattr(id_)} Type={quoteattr(_RELATIONSHIPS + kind)} "
        f"Target={quoteattr('/' + target)}/>"
        for id_, kind, target in relations
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inside}</Relationships>"
    )
