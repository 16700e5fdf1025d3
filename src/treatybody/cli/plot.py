"""Bar charts as files, drawn by matplotlib, an extra: ``pip install 'treatybody[plot]'``."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from treatybody.cli.facets import Counts, shown_value
from treatybody.errors import ExportError, UsageError

SUFFIXES = (".svg", ".png", ".pdf")
_MOST_BARS = 40
_LONGEST_NAME = 60


def check(place: Path, fields: Sequence[str], *, force: bool) -> None:
    """Refuse what can't be drawn before anything is counted.

    Raises:
        UsageError: no such kind of picture, several fields, or matplotlib is not installed.
        ExportError: the file exists, or its folder does not.
    """
    if place.suffix.lower() not in SUFFIXES:
        raise UsageError(f"can't draw {place}: its name must end in {', '.join(SUFFIXES)}")
    if len(fields) > 1:
        raise UsageError("--plot draws one field; name one with --by")
    if importlib.util.find_spec("matplotlib") is None:
        message = "install it with: pip install 'treatybody[plot]'"
        raise UsageError(f"drawing {place} needs matplotlib, which is not installed; {message}")
    if place.exists() and not force:
        raise ExportError(f"{place} exists; choose another name or add --force")
    if not place.parent.is_dir():
        raise ExportError(f"writing {place}: there is no folder {place.parent}")


def draw(place: Path, title: str, field: str, counts: Counts) -> None:
    """Draw a bar chart into a file, whole or not at all."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "treatybody"  # the same chart is the same bytes
    from matplotlib.figure import Figure

    bars = list(counts if field == "year" else counts[:_MOST_BARS])
    figure = Figure(figsize=_size(field, bars), layout="constrained")
    axes = figure.subplots()
    _fill(axes, field, bars)
    axes.set_title(title[:120].replace("$", r"\$"))
    left = len(counts) - len(bars)
    axes.set_xlabel(f"{field}" if field == "year" else "paragraphs" + _more(left))
    handle, partial = tempfile.mkstemp(suffix=place.suffix, prefix=".", dir=place.parent)
    os.close(handle)
    try:
        kind = place.suffix.lower().removeprefix(".")
        when: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
        figure.savefig(partial, format=kind, dpi=150, metadata=when.get(kind))
        Path(partial).chmod(0o644)
        Path(partial).replace(place)
    finally:
        Path(partial).unlink(missing_ok=True)


def _size(field: str, bars: Counts) -> tuple[float, float]:
    """In inches: years stand side by side, names below each other."""
    if field == "year":
        return min(16.0, max(6.0, 0.4 * len(bars))), 4.0
    return 8.0, max(2.5, 0.32 * len(bars) + 1.2)


def _fill(axes: Any, field: str, bars: Counts) -> None:
    names = [shown_value(field, value)[:_LONGEST_NAME].replace("$", r"\$") for value, _ in bars]
    numbers = [count for _, count in bars]
    if field == "year":
        drawn = axes.bar(names, numbers)
        axes.set_ylabel("paragraphs")
        axes.tick_params(axis="x", rotation=90 if len(bars) > 12 else 0)
    else:
        drawn = axes.barh(range(len(names)), numbers)
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
    axes.bar_label(drawn, padding=2)
    axes.spines[["top", "right"]].set_visible(False)


def _more(left: int) -> str:
    return f" ({left:,} more values not drawn)" if left > 0 else ""
