"""What a proxy in front says, taken only from the addresses of `PARALLAX_PROXY_FROM`: the scheme, the client, the user.

From any other peer such headers are what the peer made up, and are not looked at.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from app.settings import Settings

__all__ = ["client_address", "from_proxy", "scheme_of", "user_of"]


def from_proxy(scope: Scope, settings: Settings) -> bool:
    """Whether the peer is one of the proxies that were named."""
    peer = _address((scope.get("client") or ("",))[0])
    return peer is not None and any(peer in network for network in settings.proxy_from)


def scheme_of(scope: Scope, settings: Settings) -> str:
    """Http or https, as the browser sees it."""
    said = Headers(scope=scope).getlist("x-forwarded-proto") if from_proxy(scope, settings) else []
    last = said[-1].rpartition(",")[2].strip().lower() if said else ""
    return last if last in ("http", "https") else str(scope.get("scheme", "http"))


def client_address(scope: Scope, settings: Settings) -> str:
    """Whose failures are counted together: the client's address, of IPv6 the network that one customer has."""
    peer = _address((scope.get("client") or ("",))[0])
    if from_proxy(scope, settings):
        said = Headers(scope=scope).getlist("x-forwarded-for")
        peer = _address(said[-1].rpartition(",")[2].strip()) or peer if said else peer
    if isinstance(peer, IPv6Address):
        return f"{IPv6Address(int(peer) >> 64 << 64)}/64"
    return str(peer)


def user_of(scope: Scope, settings: Settings) -> str | None:
    """The name in the proxy's header; None when there is none, or more than one."""
    if settings.proxy_user is None or not from_proxy(scope, settings):
        return None
    wanted = settings.proxy_user.lower().encode()
    found = [value for name, value in scope["headers"] if name.lower() == wanted]
    if len(found) != 1:
        return None
    try:
        return str(found[0].decode()).strip() or None
    except UnicodeDecodeError:
        return str(found[0].decode("latin-1")).strip() or None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
