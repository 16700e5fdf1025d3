"""``tb watch``: what is new for a saved query since the last look."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from treatybody.cli import plain
from treatybody.cli.session import corpus, corpus_options, on_terminal, open_index, say

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from treatybody.index import Index
    from treatybody.query.tree import Node


def _saved(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    from treatybody.cli.completing import values_of

    return values_of("query")(ctx, param, typed)


@click.command(name="watch", short_help="List what saved queries find now and did not before.")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=_saved)
@click.option("--peek", is_flag=True, help="Look without remembering that you looked.")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines, with the query's name.")
@corpus_options
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], peek: bool, as_json: bool) -> int:
    """List what saved queries find now and did not at the last look (all queries without NAME).

    New are paragraphs that arrived, and those whose text changed. At the first look everything
    is new. Exit code 1 says that nothing is.

    \b
    Examples:
      tb watch suspensive
      tb watch --peek
      tb watch suspensive --json
    """
    from treatybody.cycle import saved

    texts = saved.texts(corpus(ctx).queries)
    if not texts:
        raise click.UsageError("no queries are saved; keep one with: tb save NAME QUERY")
    for name in names:
        if name not in texts:
            raise click.UsageError(_unknown(name, texts))
    index = open_index(ctx)
    root = corpus(ctx).root
    looks = [_look(index, root, name, texts, as_json, peek) for name in names or texts]
    return 0 if any(looks) else 1


def _unknown(name: str, texts: dict[str, str]) -> str:
    from treatybody.query.nearest import did_you_mean, nearest

    meant = did_you_mean(nearest(name, {one.lower(): one for one in texts}))
    return f"there is no saved query `{name}`{meant or '; `tb save` lists them'}"


def _look(
    index: Index, root: Path, name: str, texts: dict[str, str], as_json: bool, peek: bool
) -> int:
    """Print what is new for one query; returns how much."""
    from treatybody.cycle import watch
    from treatybody.query.parser import parse

    tree = parse(texts[name], saved=texts).tree
    seen = {hit.id: watch.fingerprint(hit) for hit in index.search(tree, spans=False)}
    now = watch.Look(corpus=str(root), name=name, query=texts[name], seen=seen)
    changes = watch.compare(watch.last_look(root, name), now)
    _say(name, changes)
    _print(index, tree, name, set(changes.new), as_json)
    sys.stdout.flush()  # who has not read it has not looked
    if not peek:
        watch.remember(now)
    return len(changes.new)


def _say(name: str, changes: Any) -> None:
    gone = f", {len(changes.gone)} gone" if changes.gone else ""
    first = " (first look)" if changes.first else ""
    other = " (the query itself was changed)" if changes.other_query else ""
    say(f"{name}: {len(changes.new)} new{gone}{first}{other}")


def _print(index: Index, tree: Node, name: str, new: set[str], as_json: bool) -> None:
    from treatybody.cli.cards import Surroundings, hit_card

    if not new:
        return
    hits = (hit for hit in index.search(tree, sort="date") if hit.id in new)
    if as_json:
        records = ({f: getattr(h, f) for f in h.__struct_fields__} | {"query": name} for h in hits)
        plain.write_lines(map(plain.json_line, records))
    elif on_terminal():
        from treatybody.cli.render import cards

        around = Surroundings(index, tree)
        cards(hit_card(hit, around.of(hit)) for hit in hits)
    else:
        plain.write_lines(map(plain.hit_line, hits))
