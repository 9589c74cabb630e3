"""Static files: an ETag on all, and a year in the cache for an address that carries its content's digest.

`static_url("site.css")` gives `/static/site.css?v=<digest>`: what pages link to. A changed file has a new address, so the
old one may be kept for ever; asked for without the digest, or with another, it is revalidated every time.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.settings import PROJECT
from app.web.joined import joined_file

__all__ = ["STATIC", "Static", "static_url"]

STATIC = PROJECT / "static"
DIGITS = 12
"""Hex digits of a digest in an address."""


class Static(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        made = await run_sync(joined_file, path)
        response = _answer(made, scope) if made else await super().get_response(path, scope)
        asked = scope.get("query_string", b"").decode("latin-1")
        named = asked.startswith("v=") and response.status_code in (200, 304)
        lasting = named and asked == f"v={await run_sync(file_digest, path)}"
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
        return response


def _answer(made: tuple[bytes, str], scope: Scope) -> Response:
    content, kind = made
    tag = f'"{_short(content)}"'
    headers = {"etag": tag}
    if Headers(scope=scope).get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)


def static_url(path: str) -> str:
    """The address of a static file with its digest. A missing file keeps its plain address, and will be 404."""
    found = file_digest(path)
    return f"/static/{quote(path, safe='/+')}?v={found}" if found else f"/static/{quote(path)}"


def file_digest(path: str) -> str:
    """The first digits of the SHA-256 of what stands at a path under static/, "" when nothing does."""
    made = joined_file(path)
    if made:
        return _short(made[0])
    file = (STATIC / path).resolve()
    if not file.is_relative_to(STATIC) or not file.is_file():
        return ""
    return _digest(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(file: Path, _changed: int) -> str:
    return _short(file.read_bytes())


@lru_cache(maxsize=256)
def _short(content: bytes) -> str:
    return sha256(content).hexdigest()[:DIGITS]
