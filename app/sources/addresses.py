"""Which addresses are fetched: http and https, on the public internet, checked as numbers and not as names.

A name is resolved once, every address it has is checked, and the connection goes to the very address that was checked
(`network.py`), so a name that answers differently the second time gains nothing. This holds on every redirect.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

import httpx

from app.core.links import safe_link
from app.errors import BadAddress, FetchFailed

__all__ = ["Resolver", "check_url", "is_public", "public_addresses", "system_resolver"]

Resolver = Callable[[str, int], Sequence[str]]
"""Host name and port -> its IP addresses as text. The system's, or a canned one in tests."""

_PORTS = {"http": 80, "https": 443}
_NEVER = tuple(
    map(
        ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
    )
)
"""Kept for protocols, tunnels and documents (RFC 6890, 7526, 9637); which of them Python's tables know depends on its version."""
_UNICAST = ipaddress.IPv6Network("2000::/3")
"""All that is given out as public addresses of version 6."""
_EMBEDDING = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses of version 6 that stand for one of version 4 (RFC 6052)."""


def check_url(url: str, *, private: bool) -> httpx.URL:
    """The URL, if its form allows fetching it. Raises `BadAddress` saying why not.

    With `private` any port goes; otherwise only 80 and 443. A name and password in it are never accepted.
    """
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError, TypeError) as error:
        raise BadAddress(f"This is no address: {error}.", where=url[:200], mend="Copy it from the browser.") from None
    if parsed.scheme not in _PORTS:
        raise BadAddress(
            "Only http and https addresses are fetched.", where=url[:200], mend="Give a web page's address."
        )
    if not parsed.host:
        raise BadAddress("The address names no host.", where=url[:200], mend="Copy it from the browser.")
    if parsed.userinfo:
        raise BadAddress(
            "An address with a name or password in it is not fetched.", where=parsed.host, mend="Leave it out."
        )
    if "\\" in url or safe_link(str(parsed)) is None:
        raise BadAddress(
            "The address does not say plainly where it leads.", where=url[:200], mend="Copy it from the browser."
        )
    if not private and parsed.port not in {None, *_PORTS.values()}:
        raise BadAddress(f"Port {parsed.port} is not fetched, only 80 and 443.", where=url[:200])
    return parsed


def public_addresses(host: str, port: int, resolver: Resolver, *, private: bool) -> tuple[str, ...]:
    """The addresses of a host. Raises `BadAddress` when any of them is not public (unless `private`), `FetchFailed` without any."""
    try:
        found = tuple(dict.fromkeys(resolver(host, port)))
    except (OSError, UnicodeError) as error:
        raise FetchFailed("The host's name is not known.", where=host, mend="Check the address.") from error
    if not found:
        raise FetchFailed("The host's name has no address.", where=host, mend="Check the address.")
    if not private:
        for address in found:
            if not is_public(address):
                raise BadAddress(
                    "It leads into a private or local network.",
                    where=host,
                    mend="Only public pages are fetched; set PARALLAX_FETCH_PRIVATE=true for an intranet.",
                )
    return found


def is_public(address: str) -> bool:
    """Is this IP address one of the public internet? Addresses that carry an IPv4 one inside are judged by it too.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped or ip in _EMBEDDING:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in _UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not any(ip in net for net in _NEVER)


def system_resolver(host: str, port: int) -> tuple[str, ...]:
    """As the operating system resolves it; decimal and octal forms of an IPv4 address come out as the address they mean."""
    return tuple(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
