"""``tb completion``: the script that teaches a shell to complete ``tb``."""

from __future__ import annotations

import click

from treatybody.cli.completing import SHELLS


@click.command(name="completion", short_help="Print the completion script for a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print the completion script for a shell: commands, options, and the corpus's own values.

    Symbols, States, types, fields and saved queries are completed from the index.

    \b
    To install:
      bash: eval "$(tb completion bash)" in ~/.bashrc
      zsh:  eval "$(tb completion zsh)" in ~/.zshrc, after compinit
      fish: tb completion fish > ~/.config/fish/completions/tb.fish

    \b
    Examples:
      tb completion bash
      tb completion zsh
      tb completion fish
    """
    from importlib.resources import files

    script = files("treatybody") / "data" / "completion" / f"{shell}.sh"
    click.echo(script.read_text("utf-8"), nl=False)
    return 0
