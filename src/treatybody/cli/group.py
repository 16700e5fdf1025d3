"""The command ``tb``: finds its subcommands by listing a folder, and loads only the one named."""

from __future__ import annotations

import os
from importlib import import_module

import click

from treatybody.cli.session import corpus_options


class Commands(click.Group):
    """A group whose commands are the files of ``cli/commands``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, by name."""
        names = map(
            os.path.splitext, os.listdir(os.path.join(os.path.dirname(__file__), "commands"))
        )
        return sorted(n.replace("_", "-") for n, end in names if end == ".py" and n[0].islower())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        name = cmd_name.replace("-", "_")
        command = import_module(f"treatybody.cli.commands.{name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is answered with the nearest."""
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            ctx.fail(_unknown(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


def _unknown(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    if near:
        return f"there is no command `{name}`; did you mean `tb {near[0]}`?"
    return f"there is no command `{name}`; to search, write `tb search {name!r}`"


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from treatybody import __version__

        click.echo(f"treatybody {__version__}")
        ctx.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version.",
)
@corpus_options
def tb() -> None:
    """Search the working papers of the UN human rights treaty bodies, paragraph by paragraph.

    \b
    Examples:
      tb search '"suspensive effect"'
      tb show 'CMW/C/PER/CO/1, para. 33'
      tb export 'traffick* type:CO' -o trafficking.csv
      tb build
    """
