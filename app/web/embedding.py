"""One row in somebody else's page: who may frame it, its address, the code to paste, and what oEmbed says of it.

`PARALLAX_EMBED_SITES` names the sites; where it names none there is no code, no oEmbed, and browsers refuse the frame.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlencode, urlsplit

from fastapi import Request

from app.settings import Settings
from app.store.views import RowView
from app.web.site import asked_under, site_of

__all__ = ["HEIGHT", "WIDTH", "ancestors", "discovery_of", "embed_code", "row_asked"]

WIDTH, HEIGHT = 640, 420
_ROW = re.compile(r"/alignments/([1-9]\d{0,17})(?:/embed)?")


def ancestors(request: Request) -> str:
    """The sites that may frame a row, as `frame-ancestors` lists them; "" for none."""
    settings: Settings = request.app.state.settings
    return " ".join(settings.embed_sites)


def embed_code(request: Request, row: RowView, width: int = WIDTH, height: int = HEIGHT) -> str:
    """The frame as HTML to paste; "" where no site may show it. It may run nothing and opens links in windows of their own."""
    if not ancestors(request):
        return ""
    address = escape(f"{site_of(request)}/alignments/{row.id}/embed")
    return (
        f'<iframe src="{address}" title="{escape(row.label)}" width="{width}" height="{height}" loading="lazy" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:1px solid #8885;max-width:100%"></iframe>'
    )


def discovery_of(request: Request, row_id: int) -> str:
    """Where oEmbed tells of a row; "" where no site may show it."""
    if not ancestors(request):
        return ""
    site = site_of(request)
    return f"{site}/oembed?{urlencode({'url': f'{site}/alignments/{row_id}', 'format': 'json'})}"


def row_asked(request: Request, url: str) -> int | None:
    """The row that an address of ours names, public or the one asked under; None for any other address."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    found = _ROW.fullmatch(parts.path)
    ours = {site_of(request).lower(), asked_under(request).lower()}
    return int(found[1]) if found and f"{parts.scheme}://{parts.netloc}".lower() in ours else None
