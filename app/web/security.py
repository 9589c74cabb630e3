"""What a request tells of where it comes from. `doors.py` asks it of every request, `who.py` who it is that asks.

Three questions, each answered from the request alone, so that each is a table in its test:

- `why_not_host`: is the name that was asked for ours? A foreign page whose name is made to point at this machine
  (DNS rebinding) asks with its own name and is refused with 421.
- `why_not_same_origin`: does a write come from our own pages? `Sec-Fetch-Site` decides where a browser sends it, `Origin`
  otherwise. A request with neither is no browser's cross-site request only if a page could not have sent it: it must
  carry a JSON body or use a method a form does not know, and no cookies. So `curl --json` works, a forged form does not.
- `is_here`: does a client on this very machine ask, of a server that listens on loopback and answers to no other name, without
  a proxy in between? A proxy need not say that it is one, and its address is this machine's: so where a public name is allowed
  the address proves nothing, and a request that names another place (as the page it comes from) or speaks as proxies do is
  not taken for one of this machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from app.settings import Settings

__all__ = [
    "SAFE_METHODS",
    "came_by_proxy",
    "host_name",
    "is_here",
    "is_loopback",
    "own_names",
    "public_names",
    "takes_writes",
    "why_not_host",
    "why_not_same_origin",
]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]{0,5})?")
_LOCAL_NAMES = frozenset({"localhost", "localhost.", "127.0.0.1", "[::1]"})


def host_name(host: str | None) -> str | None:
    """The name in a Host header, lower case and without port; None when it is none or malformed."""
    found = _HOST.fullmatch(host or "")
    if found is None or ((host or "").startswith("[") and not _is_address(found["name"][1:-1])):
        return None
    return found["name"].lower()


def why_not_host(headers: Headers, allowed: Sequence[str]) -> str | None:
    """None when the host asked for is one of `allowed` ("*" allows all, "*.example.org" every name under it)."""
    if len(headers.getlist("host")) > 1:
        return "The request names more than one host."
    name = host_name(headers.get("host"))
    if name is None:
        return "The request does not name a host that can be read."
    for pattern in allowed:
        bare = pattern.lower()
        if bare in ("*", name) or (bare.startswith("*.") and name.endswith(bare[1:])):
            return None
    return "Parallax does not answer for this host name. Add it to PARALLAX_ALLOWED_HOSTS if it is yours."


def why_not_same_origin(scope: Scope) -> str | None:
    """None when a write cannot have been made by another site's page."""
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    if site is not None:
        return None if site in ("same-origin", "none") else "Changes are accepted from Parallax's own pages only."
    if origin is not None:
        own = f"{scope.get('scheme', 'http')}://{headers.get('host', '')}".lower()
        return None if origin.lower() == own else "Changes are accepted from Parallax's own pages only."
    if "cookie" in headers:
        return "A change that carries cookies must say which origin it comes from."
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == "application/json" or (not media and scope["method"] in {"DELETE", "PATCH", "PUT"}):
        return None
    return "A program sends its changes as application/json; a form sends Origin or Sec-Fetch-Site."


def is_here(scope: Scope, settings: Settings, bound: str | None = None) -> bool:
    """Whether whoever asks is at this very machine. `bound` is the address that the server listens on, None when not known."""
    if public_names(settings):
        return False
    headers = Headers(scope=scope)
    server, client = scope.get("server") or ("", None), scope.get("client") or ("", None)
    local = is_loopback(server[0]) and is_loopback(client[0]) and (bound is None or is_loopback(bound))
    direct = not came_by_proxy(scope)
    named = _is_local(host_name(headers.get("host"))) and (
        scope.get("method", "POST") in SAFE_METHODS
        or all(_is_local(_place_of(headers[name])) for name in ("origin", "referer") if name in headers)
    )
    return local and direct and named


def came_by_proxy(scope: Scope) -> bool:
    """Whether a request says of itself that it was passed on. One that says nothing may have been passed on all the same."""
    headers = Headers(scope=scope)
    return scope.get("http_version", "1.1") == "1.0" or any(name in headers for name in _FORWARDED)


def public_names(settings: Settings) -> tuple[str, ...]:
    """The names this server was told to answer to that are not this machine's own."""
    return tuple(name for name in settings.allowed_hosts if not _is_local(name.lower()))


def takes_writes(settings: Settings, bound: str | None, *, people: bool) -> bool:
    """Whether anybody at all may write to this server; `people`: somebody was made a reviewer."""
    here = (bound is None or is_loopback(bound)) and not public_names(settings)
    return settings.writable and (people or settings.house or here)


def _place_of(url: str) -> str | None:
    """The host that an address names; None when it names none."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _is_local(name: str | None) -> bool:
    return name is not None and (name in _LOCAL_NAMES or is_loopback(name))


def is_loopback(host: str) -> bool:
    """Whether an address (or the name localhost) is this machine's own."""
    bare = host.strip("[]").lower().rstrip(".")
    if bare == "localhost":
        return True
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def own_names(bound: str | None) -> list[str]:
    """The address that the server was told to listen on is its name too, unless that means every address."""
    if not bound or bound in ("0.0.0.0", "::"):  # noqa: S104  compared, not bound
        return []
    return [f"[{bound}]" if ":" in bound and not bound.startswith("[") else bound]
