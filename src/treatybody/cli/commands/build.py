"""``tb build``: bring records and index up to date with the sources."""

from __future__ import annotations

import math
from pathlib import Path

import click

from treatybody.cli.session import corpus as session_corpus
from treatybody.cli.session import corpus_options
from treatybody.errors import UsageError


@click.command(name="build", short_help="Read what changed, write records, publish an index.")
@click.argument("folder", metavar="[CORPUS]", required=False, type=click.Path(path_type=Path))
@click.option("--full", is_flag=True, help="Read every file again, whatever changed.")
@click.option("--workers", type=click.IntRange(1, 64), help="Reader processes (one a core).")
@click.option(
    "--timeout",
    type=click.FloatRange(0, 86_400, min_open=True),
    default=120.0,
    help="Seconds that one file may take.",
)
@click.option("--pdf-engine", type=click.Choice(["pdfium", "pdfminer"]), help="Reader of PDFs.")
@click.option("--if-needed", is_flag=True, help="Only when a source changed, by size and time.")
@click.option("--quiet", is_flag=True, help="Say only what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON object.")
@corpus_options
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path | None,
    full: bool,
    workers: int | None,
    timeout: float,
    pdf_engine: str | None,
    if_needed: bool,
    quiet: bool,
    as_json: bool,
) -> int:
    """Read the sources that changed, write records, publish an index.

    Exit code 3 says that some files could not be read; the rest is published.

    \b
    Examples:
      tb build
      tb build --full --workers 2
      tb build path/to/corpus --json
    """
    from treatybody.build import Options, build
    from treatybody.cli.reports import build_report, progress
    from treatybody.ingest.processes import Limits

    if math.isnan(timeout):
        raise UsageError("--timeout is no number; write the seconds that one file may take")
    if folder is not None:
        ctx.find_root().meta["treatybody.corpus"] = folder
    corpus = session_corpus(ctx)
    if if_needed and not _stale(corpus):
        return 0
    options = Options(
        full=full,
        workers=workers,
        limits=Limits(seconds=timeout),
        reader_options={"engine": pdf_engine} if pdf_engine else {},
    )
    with progress(quiet or as_json) as show:
        report = build(corpus, options, show)
    build_report(report, as_json=as_json, quiet=quiet)
    return 3 if report.unreadable else 0


def _stale(corpus: object) -> bool:
    from treatybody.corpus import Corpus
    from treatybody.ingest.ledger import looks_stale

    assert isinstance(corpus, Corpus)
    return looks_stale(corpus)
