"""A fetched page made fit to be shown in a frame: its own words and styles, nothing that runs, loads or leads the frame away.

The policy that goes with it forbids the same once more, and is what is relied on; what is taken out here is what a policy does
not reach in every browser (hints to connect elsewhere, addresses that the page is to be read from).
"""

from __future__ import annotations

import lxml.etree
import lxml.html

from app.sources.decoding import decode
from app.store.views import PageCopy

__all__ = ["POLICY", "shown_copy"]

POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""No script, no form, no window, an origin of its own; nothing is fetched from anywhere."""
_TAKEN_OUT = (
    *("script", "base", "link", "meta", "iframe", "frame", "frameset", "object", "embed", "applet", "portal"),
    *("template", "audio", "video", "source", "track", "noscript"),
)
_LOADING = ("src", "srcset", "background", "poster", "ping", "action", "formaction", "data", "http-equiv", "autofocus")


def shown_copy(copy: PageCopy) -> tuple[str, str]:
    """The text and its media type. What is no HTML is shown as plain text; what cannot be unpacked says so."""
    body = copy.body
    if body is None:
        return "This page is damaged: `parallax check` says more.", "text/plain; charset=utf-8"
    text = decode(body, copy.page.url, copy.page.charset)
    if "html" not in copy.page.media_type:
        return text, "text/plain; charset=utf-8"
    try:
        tree = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", recover=True))
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return text, "text/plain; charset=utf-8"
    lxml.etree.strip_elements(tree, *_TAKEN_OUT, lxml.etree.Comment, with_tail=False)
    for element in tree.iter(lxml.etree.Element):
        for name in list(element.attrib):
            plain = str(name).casefold()
            if plain.startswith("on") or (plain in _LOADING and not _inline(element, plain)):
                del element.attrib[name]
        if element.tag == "a":
            element.set("rel", "noopener noreferrer external nofollow")
    return "<!doctype html>\n" + lxml.html.tostring(tree, encoding="unicode"), "text/html; charset=utf-8"


def _inline(element: lxml.html.HtmlElement, name: str) -> bool:
    """A picture that the page itself holds."""
    held: str = element.get("src") or ""
    return element.tag == "img" and name == "src" and held.startswith("data:image/")
