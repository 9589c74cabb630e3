"""The one test for addresses: what is fetched, and what a page or a file shows as a link."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["safe_link"]

_MOST_CHARS = 2048
_FORM = re.compile(r"https?://(?P<host>[^\s/?#@\\%<>\"'`]+)(?:[/?#][^\s\\<>\"`]*)?", re.IGNORECASE)


def safe_link(url: str | None) -> str | None:
    r"""The URL if it is a plain http(s) address that leads where it seems to, else None.

    Refused: other schemes (javascript:, data:), addresses without host, with a user name (https://bank@evil/), with a
    backslash (browsers read http://evil\@good/ as evil's), a quotation mark or an angle bracket, with blanks or control
    characters (which browsers drop, so that "java\nscript:" would come alive), and endless ones.

    >>> safe_link("https://a.example/x?y#z"), safe_link("https://good@evil/"), safe_link("http://evil\\@good/")
    ('https://a.example/x?y#z', None, None)
    """
    if not url or len(url) > _MOST_CHARS or any(ord(c) <= 32 or 127 <= ord(c) < 160 for c in url):
        return None
    if not _FORM.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    return url if parts.hostname and port != 0 else None
