"""The headers that every answer carries, errors and static files included.

The policy allows nothing but our own files: no inline script or style, no other host, no frame, no plugin. A route may
set `Cache-Control` itself, one page may stand in other sites' frames (`FRAMED_BY`), and one shows a fetched page in a frame of its own,
under a stricter policy (`FRAMES_OWN`, `OWN_POLICY`); everything else here wins over what a route says.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CONTENT_SECURITY_POLICY", "FRAMED_BY", "FRAMES_OWN", "HEADERS", "OWN_POLICY", "SecurityHeaders"]

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "manifest-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)

_NO_FRAME = "frame-ancestors 'none'"
FRAMED_BY = "framed_by"
"""What a route puts into the request's state that others may show in a frame: the sites that may, as the policy writes them."""

OWN_POLICY = "own_policy"
"""What a route puts into the request's state that shows what others wrote: a policy in place of ours, for a frame of our own."""
FRAMES_OWN = "frames_own"
"""Put there by the page that has such a frame."""

_OF_THE_ROUTE = {200, 304}
"""Answers to which a policy of its own goes; a 304 has its headers put in the place of those that are kept of the page."""

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class SecurityHeaders:
    """Adds HEADERS to whatever answer passes, and `Cache-Control: no-cache` where a route did not say."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                state = scope.get("state", {})
                known = state.get("who") is not None  # drawn for somebody: no cache in between keeps it
                framed_by = state.get(FRAMED_BY)
                if state.get(OWN_POLICY) and message["status"] in _OF_THE_ROUTE:
                    headers["content-security-policy"] = state[OWN_POLICY]
                    headers["x-frame-options"] = "SAMEORIGIN"
                elif state.get(FRAMES_OWN):
                    headers["content-security-policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
                elif framed_by and message["status"] in _OF_THE_ROUTE:
                    headers["content-security-policy"] = CONTENT_SECURITY_POLICY.replace(
                        _NO_FRAME, f"frame-ancestors {framed_by}"
                    )
                    headers["cross-origin-resource-policy"] = "cross-origin"
                    del headers["x-frame-options"]  # knows no list of sites
                headers.setdefault("cache-control", "private, no-cache" if known else "no-cache")
            await send(message)

        await self.app(scope, receive, send_with_headers)
