"""The one test for links: what is fetched, and what pages and exports show as one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.links import safe_link
from app.errors import BadAddress
from app.exports.as_markdown import safe_address
from app.sources.addresses import check_url
from app.web.fragments import sentence_link
from app.web.pages.templates import environment

LINKS = {
    "https": ("https://news.example.org/a?b=c#d", True),
    "http with port": ("http://news.example.org:8080/", True),
    "not ascii": ("https://例え.jp/記事", True),
    "javascript": ("javascript:alert(1)", False),
    "javascript, disguised": (" java\nscript:alert(1)", False),
    "javascript in capitals": ("JaVaScRiPt://news.example.org/%0aalert(1)", False),
    "data": ("data:text/html,<script>alert(1)</script>", False),
    "vbscript": ("vbscript:x", False),
    "file": ("file:///etc/passwd", False),
    "scheme-relative": ("//evil.test/", False),
    "relative": ("/stories/x", False),
    "without host": ("http:///x", False),
    "user name": ("https://bank.example@evil.test/", False),
    "password": ("https://good:x@evil.test/", False),
    "user name in escapes": ("https://good%40evil.test/", False),
    "at sign of another script": ("https://good＠evil.test/", False),
    "backslash before the host": ("http://evil.test\\@good.example/", False),
    "backslash in the path": ("https://good.example/\\evil.test", False),
    "quotation mark": ('https://a.test/"onclick="x', False),
    "angle bracket": ("https://a.test/<script>", False),
    "blank": ("https://a.test/a b", False),
    "C1 control": ("https://a.test/\x85", False),
    "port 0": ("https://a.test:0/", False),
    "apostrophe": ("https://a.test/o'brien", True),
    "address of version 6": ("http://[2001:db8::1]:8080/x", True),
    "at sign in the path": ("https://a.test/@writer/x", True),
    "address in the query": ("https://a.test/?u=https://b.test/", True),
    "backslash": ("https:\\\\evil.test", False),
    "bad port": ("http://a:99999999/", False),
    "bad address": ("http://[::1", False),
    "control": ("https://a.test/\x00", False),
    "empty": ("", False),
    "none": (None, False),
    "endless": ("https://a.test/" + "x" * 3000, False),
}


@pytest.mark.parametrize(("url", "kept"), LINKS.values(), ids=LINKS.keys())
def test_links(url, kept):
    assert safe_link(url) == (url if kept else None)


@given(st.text(max_size=60) | st.builds("{}:{}".format, st.text(max_size=12), st.text(max_size=30)))
def test_it_gives_back_http_or_nothing(url):
    found = safe_link(url)
    assert found is None or (found == url and found.lower().startswith(("http://", "https://")))


ESCAPED = {"blank", "quotation mark", "angle bracket", "C1 control"}
"""What is percent-encoded before it is asked for, so that it leads where it seems to."""


@pytest.mark.parametrize("name", [name for name, (url, kept) in LINKS.items() if url and not kept])
def test_every_place_asks_it(name: str) -> None:
    """A link that it refuses is not fetched, not shown on a page, not written into an export."""
    url = LINKS[name][0]
    if name not in ESCAPED:
        with pytest.raises(BadAddress):
            check_url(url, private=True)
    assert environment.filters["safe_link"](url) is None
    assert sentence_link(url, "The bridge.", (0, 11)) is None
    assert safe_address(SimpleNamespace(url=url)) == ""
