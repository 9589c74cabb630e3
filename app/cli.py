"""The `parallax` command: see DESIGN's contract. Exit 0 fine, 1 something failed (what worked is kept), 2 usage."""

import typer

__all__ = ["app", "main"]

app = typer.Typer(help=__doc__, no_args_is_help=True)


def main() -> None:
    app()
