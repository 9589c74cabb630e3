"""The server that runs the application: uvicorn with our rules for connections, and an end that comes soon when it is asked for."""

from __future__ import annotations

from types import FrameType

import uvicorn
from fastapi import FastAPI

from app.web.places import PLACES, Places

__all__ = ["Server", "http_server"]

LAST_SECONDS = 10
"""How long requests that are being answered are given to end when the server does."""


class Server(uvicorn.Server):
    """Says to whoever watches a job that it is about to end, so that no open page holds it up."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        app = self.config.app
        if isinstance(app, FastAPI):
            app.state.jobs.ending.set()
        super().handle_exit(sig, frame)


def http_server(app: FastAPI, host: str = "127.0.0.1", port: int = 8000) -> Server:
    return Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            http=Places,
            ws="none",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=15,
            limit_concurrency=PLACES + 1,  # turned away only when every place is being answered
            timeout_graceful_shutdown=LAST_SECONDS,
        )
    )
