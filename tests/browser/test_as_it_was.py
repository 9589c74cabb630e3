"""A fetched page in a real browser: its words are seen, nothing of it runs, nothing is asked of another host.

What a page asks of another host, or runs, fails the test at its end (`conftest.py`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.pipeline import Copies
from app.sources.fetching import Fetched
from app.store import open_store
from app.store.pages import keep_copy

PAGE = """<!doctype html><html><head><title>Old</title><meta http-equiv="refresh" content="0; url=https://evil.example/">
<link rel="stylesheet" href="https://evil.example/s.css"><link rel="preconnect" href="https://evil.example">
<style>h1 { color: rgb(1, 2, 3) }</style><script>document.title = "ran"; parent.document.title = "ran"</script></head>
<body onload="document.body.append('ran')"><h1>The pact as it was reported</h1>
<img src="https://evil.example/p.png" alt="Two flags"><script src="https://evil.example/x.js"></script>
<a href="javascript:document.body.append('ran')">press</a>
<form action="https://evil.example/" method="post"><button>send</button></form></body></html>"""


@pytest.fixture(scope="module")
def site(example_database, tmp_path_factory, serve) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("old") / "example.sqlite3"
    for suffix in ("", "-wal", "-shm"):
        source = example_database.with_name(example_database.name + suffix)
        if source.exists():
            shutil.copy(source, path.with_name(path.name + suffix))
    with open_store(path) as store:
        copies = Copies(store.now)
        copies.note("a", Fetched("https://averil-post.example/a", PAGE.encode()))
        with store.write() as session:
            keep_copy(session, 1, copies.at("a"))
        yield from serve(store)


def test_it_is_seen_and_does_nothing(site, page: Page) -> None:
    page.goto(site.url("/articles/1"))
    page.get_by_role("link", name="The page as it was").click()
    expect(page.get_by_role("heading", name="The page as it was")).to_be_visible()
    frame = page.frame_locator("iframe.as-it-was")
    expect(frame.get_by_role("heading", name="The pact as it was reported")).to_have_css("color", "rgb(1, 2, 3)")
    expect(frame.get_by_role("img", name="Two flags")).to_be_attached()
    expect(frame.locator("body")).not_to_contain_text("ran")
    assert "ran" not in page.title()


def test_alone_in_a_window_it_does_nothing_either(site, page: Page) -> None:
    page.goto(site.url("/articles/1/page/frame"))
    expect(page.get_by_role("heading", name="The pact as it was reported")).to_be_visible()
    assert page.title() == "Old"
    assert page.evaluate("self.origin") == "null", "it has no part in our site"
