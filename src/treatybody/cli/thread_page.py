"""A thread as one self-contained page: documents along time, paragraphs as stops, links as lines.

The picture is SVG inside the page; the page fetches nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from treatybody.cli.linklines import link_sentence, place_in_words
from treatybody.cli.names import date_in_words, type_in_words
from treatybody.cli.threads import text_of
from treatybody.cycle.papers import Papers, base
from treatybody.cycle.trace import Stop, Thread
from treatybody.errors import ExportError
from treatybody.exporters.webpage import clean

_COLUMN = 210
_ROW = 34
_TOP = 70
Point = tuple[float, float]

_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 Georgia, serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
h1, h2, h3, svg {{ font-family: system-ui, sans-serif }}
h3 {{ margin-bottom: 0 }}
blockquote {{ white-space: pre-line; margin: .5rem 0 }}
ul {{ margin: 0; padding-left: 1.2rem; color: #555 }}
.picture {{ overflow-x: auto }}
svg {{ font-size: 12px }}
svg a text {{ fill: #04c; stroke: #fff; stroke-width: 4px; paint-order: stroke }}
.printed {{ stroke: #333; stroke-width: 1.5 }}
.computed {{ stroke: #888; stroke-width: 1; stroke-dasharray: 4 3 }}
.stop {{ fill: #fff; stroke: #333 }}
.start {{ fill: #fc6; stroke: #333 }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>Solid lines are printed in the documents, dashed ones are computed and say from what.</p>
"""


def write_page(thread: Thread, papers: Papers, target: Path, force: bool) -> None:
    """Write a thread as a page.

    Raises:
        ExportError: the file exists, or can't be written there.
    """
    if target.exists() and not force:
        raise ExportError(f"{target} exists; choose another name or add --force")
    try:
        target.write_text("".join(_page(thread, papers)), encoding="utf-8")
    except OSError as error:
        message = f"writing {target} failed ({error.strerror}); choose another folder"
        raise ExportError(message) from None


def _page(thread: Thread, papers: Papers) -> Iterator[str]:
    title = clean(f"The thread of {place_in_words(thread.start)}")
    yield _HEAD.format(title=title)
    yield from _picture(thread, papers)
    for stop in thread.stops:
        yield _section(stop, papers)
    yield "</body>\n</html>\n"


def _section(stop: Stop, papers: Papers) -> str:
    facts = (stop.role, date_in_words(stop.date))
    links = "".join(f"<li>{clean(link_sentence(link))}</li>\n" for link in stop.links)
    return (
        f'<section id="{_anchor(stop)}">\n<h3>{clean(place_in_words(stop.place))}</h3>\n'
        f"<div>{clean(' · '.join(fact for fact in facts if fact))}</div>\n"
        f"<blockquote>{clean(text_of(stop, papers))}</blockquote>\n<ul>\n{links}</ul>\n</section>\n"
    )


def _anchor(stop: Stop) -> str:
    return escape(base(stop.place), quote=True).replace(" ", "_")


def _picture(thread: Thread, papers: Papers) -> Iterator[str]:
    columns = list(dict.fromkeys(stop.document for stop in thread.stops))
    points = _points(thread, columns)
    height = max(y for _, y in points.values()) + _ROW
    width = _COLUMN * len(columns)
    yield f'<div class="picture">\n<svg width="{width}" height="{height:.0f}" role="img" '
    yield f'viewBox="0 0 {width} {height:.0f}" aria-label="The thread as a picture">\n'
    for number, key in enumerate(columns):
        yield _column(number * _COLUMN + 10, key, papers)
    for stop in thread.stops:
        yield from _lines(stop, points)
    for stop in thread.stops:
        yield _stop(stop, points[base(stop.place)], thread)
    yield "</svg>\n</div>\n"


def _points(thread: Thread, columns: list[str]) -> dict[str, Point]:
    """Where each stop stands: a column for each document, in the order of time."""
    rows = dict.fromkeys(columns, 0)
    points = {}
    for stop in thread.stops:
        row = rows[stop.document]
        rows[stop.document] += 1
        x = columns.index(stop.document) * _COLUMN + 20
        points[base(stop.place)] = (float(x), float(_TOP + row * _ROW))
    return points


def _column(left: int, key: str, papers: Papers) -> str:
    document = papers.documents[key]
    lines = (date_in_words(document.date) or "no date", type_in_words(document.type), key)
    return "".join(
        f'<text x="{left}" y="{15 + 15 * line}">{clean(text[:34])}</text>\n'
        for line, text in enumerate(lines)
    )


def _lines(stop: Stop, points: Mapping[str, Point]) -> Iterator[str]:
    x1, y1 = points[base(stop.place)]
    for link in stop.links:
        if base(link.target) in points:
            x2, y2 = points[base(link.target)]
            bend = (x1 + x2) / 2 if x1 != x2 else x1 - 16
            kind = "printed" if link.explicit else "computed"
            path = f"M {x1} {y1} C {bend} {y1}, {bend} {y2}, {x2} {y2}"
            title = clean(link_sentence(link))
            yield f'<path class="{kind}" fill="none" d="{path}"><title>{title}</title></path>\n'


def _stop(stop: Stop, point: Point, thread: Thread) -> str:
    x, y = point
    kind = "start" if base(stop.place) == base(thread.start) else "stop"
    name = stop.place.partition("#")[2]
    return (
        f'<a href="#{_anchor(stop)}"><circle class="{kind}" cx="{x}" cy="{y}" r="6"/>'
        f'<text x="{x + 10}" y="{y + 4}">{clean(f"{name} {stop.role}")}</text></a>\n'
    )
