"""Whether a printed number points at a passage on another subject: then the link says so."""

from __future__ import annotations

from collections.abc import Mapping

from treatybody.references.model import Outline, Reference


def differs(
    outlines: Mapping[str, Outline], source: str, target: str, one: Reference
) -> str | None:
    """A remark when source and target share no word of their subject; None otherwise."""
    return None
