"""Plain text that people typed, with the addresses in it as links: only those that `safe_link` lets through."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from app.core.links import safe_link

__all__ = ["linked"]

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_AFTER = ".,;:!?)]}'\"’”»"
"""What follows an address in a sentence rather than ending it."""


def linked(text: str) -> Markup:
    """HTML of the text; everything in it is escaped.

    >>> str(linked("see https://a.example/x, <b>"))
    'see <a href="https://a.example/x" rel="nofollow ugc noopener noreferrer external">https://a.example/x</a>, &lt;b&gt;'
    >>> str(linked("https://good@evil.example/"))
    'https://good@evil.example/'
    """
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        url = found.group().rstrip(_AFTER)
        if safe_link(url):
            parts += [escape(text[end : found.start()]), _LINK.format(url, url)]
            end = found.start() + len(url)
    return Markup("").join([*parts, escape(text[end:])])


_LINK = Markup('<a href="{}" rel="nofollow ugc noopener noreferrer external">{}</a>')
