"""`mcp`: what is kept, for assistants, over standard input and output."""

from __future__ import annotations

import typer

from app.settings import get_settings

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command(epilog='Example, in an assistant\'s settings: {"command": "parallax", "args": ["mcp"]}')(mcp)


def mcp() -> None:
    """Answer an assistant over the Model Context Protocol (standard input and output). It reads and never writes."""
    from app.assistants import mcp_server
    from app.store import open_shelf

    settings = get_settings()
    with open_shelf(settings.place) as shelf:
        mcp_server(shelf, settings.public_url or "").run()
