"""Static files: an ETag on all, and a year in the cache for an address that carries its content's digest.

Pages link to `/static/site.css?v=<digest>`. A changed file has a new address, so the old one may be kept for ever; asked
for without the digest, or with another, it is revalidated every time.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from anyio.to_thread import run_sync
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.settings import PROJECT

__all__ = ["STATIC", "Static"]

STATIC = PROJECT / "static"
SHORTEST = 8
"""Fewest hex digits of a digest that are believed."""


class Static(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        asked = scope.get("query_string", b"").decode("latin-1").removeprefix("v=")
        named = len(asked) >= SHORTEST and response.status_code in (200, 304)
        lasting = named and (await run_sync(digest, path)).startswith(asked)
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response


def digest(path: str) -> str:
    """The SHA-256 of a file under static/, "" when there is none."""
    file = (STATIC / path).resolve()
    if not file.is_relative_to(STATIC) or not file.is_file():
        return ""
    return _digest(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(file: Path, _changed: int) -> str:
    return sha256(file.read_bytes()).hexdigest()
