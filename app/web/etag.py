"""An ETag on every page and API answer, made from its bytes; 304 when the client has that very answer.

It saves the transfer, not the work. Answers that stream in parts (exports) and files, which have their own, pass
untouched; so do errors.
"""

from __future__ import annotations

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["ETag"]


class ETag:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        asked = {tag.strip() for tag in Headers(scope=scope).get("if-none-match", "").split(",")}
        start: Message | None = None

        async def tagged(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] == 200:
                start = message
                return
            if start is not None:
                body, whole = message.get("body", b""), not message.get("more_body", False)
                if whole:
                    tag = f'W/"{sha256(body).hexdigest()[:20]}"'
                    headers = MutableHeaders(scope=start)
                    headers["etag"] = tag
                    if tag in asked or "*" in asked:
                        del headers["content-length"], headers["content-type"]
                        start["status"], message = 304, {"type": "http.response.body", "body": b""}
                await send(start)
                start = None
            await send(message)

        await self.app(scope, receive, tagged)
