"""What lies on disk is tied to the number of its version."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
from index_records import MemoryStore, document, link, note, paragraph, speaker

from treatybody.index import layout, open_index, publish
from treatybody.index.flat import layout as flat

# Another digest means that older programs would misread the index, or newer ones an older index:
# raise ``layout.FORMAT``, and put the new pair here.
KNOWN = (10, "ada203b5ce6daac2")


def test_a_change_of_the_layout_has_another_number(tmp_path: Path) -> None:
    assert (layout.FORMAT, _digest(tmp_path)) == KNOWN


def _digest(folder: Path) -> str:
    """A checksum of the names, types and contents of all that is written.

    Left out is what depends on the Zstandard of a machine: the packed records themselves.
    """
    store = MemoryStore()
    text = "the State party’s 7,210 non-governmental 難民 " * 300
    parts = [
        paragraph("X/1", 1, text, section=["Appeals"], speaker=speaker("Ms. A", "Chair")),
        paragraph("X/1", 2, "appeals", footnotes=[note("an appeal")], kind="annex"),
    ]
    store.put(document("X/1"), *parts)
    store.put(document("X/2", date=None, language="fr"), *[f"mot {n}" for n in range(300)])
    store.found = [link("X/1#1", "X/2#1")]
    publish(folder, store, workers=0)
    said = hashlib.sha256(repr((flat.VERSION, flat.MAGIC, flat.FOOTER.format)).encode())
    with open_index(folder) as index:
        generation = index.snapshot.generation
        names = [sorted(msgspec.to_builtins(one)) for one in (generation, *generation.segments)]
        said.update(repr((names, _files(folder))).encode())
        file = index.snapshot.segments[0].flat
        for name, section in file.sections.items():
            if name not in ("lines", "ends", "dictionary"):
                said.update(f"{name} {section.type} {section.size}".encode())
                said.update(file.view(name, 0, section.size))
    return said.hexdigest()[:16]


def unread(name: str) -> bool:
    return name.startswith(".lock") or name == "README.md"


def _files(folder: Path) -> list[str]:
    """The files without the names that follow from contents."""
    found = (path for path in folder.rglob("*") if path.is_file() and not unread(path.name))
    files = (path.relative_to(folder) for path in found)
    return sorted(f"{path.parts[0]} {path.name if len(path.parts) != 2 else ''}" for path in files)
