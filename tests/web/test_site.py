"""`PARALLAX_PUBLIC_URL`: what leaves Parallax names the address that others know, whichever was asked under."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from pydantic import ValidationError

from app.settings import Settings

SITE = "https://parallax.example"
ASKED = "http://127.0.0.1:8000"
SAME = {"origin": ASKED, "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def public(filled, serving):
    return serving(filled(), public_url=f"{SITE}/")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("", ""),
        ("  ", ""),
        ("https://parallax.example", SITE),
        ("https://parallax.example/", SITE),
        (" HTTPS://Parallax.Example ", SITE),
        ("https://parallax.example:443", SITE),
        ("http://127.0.0.1:8000", ASKED),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("https://blåbær.example", "https://xn--blbr-roah.example"),
    ],
    ids=repr,
)
def test_an_address_of_a_site(given, kept):
    assert Settings(_env_file=None, public_url=given).public_url == kept


@pytest.mark.parametrize(
    "given",
    [
        "parallax.example",
        "//parallax.example",
        "ftp://parallax.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://user@parallax.example",
        "https://user:word@parallax.example",
        "https://parallax.example/under",
        "https://parallax.example/..",
        "https://parallax.example/%2e%2e/",
        "https://parallax.example//",
        "https://parallax.example\\\\evil",
        "https://parallax.example?x=1",
        "https://parallax.example#x",
        "https://parallax.example:0x50",
        "https://parallax.example:99999",
        'https://parallax.example"><script>',
        "https://parallax.example\n.evil.test",
        "https://parallax%2eexample",
    ],
    ids=repr,
)
def test_what_is_no_address_of_a_site_is_refused(given):
    with pytest.raises(ValidationError):
        Settings(_env_file=None, public_url=given)


def whole(client) -> str:
    return "".join(client.get(f"/stories/the-bridge/export.{kind}").text for kind in ("md", "jsonld"))


def test_feeds_and_exports_name_it(public, bridge):
    feed = public.get("/stories/the-bridge/feed.atom").text
    assert f'<link rel="self" type="application/atom+xml" href="{SITE}/stories/the-bridge/feed.atom"/>' in feed
    assert "<id>tag:parallax.example,2019-11-22:stories/the-bridge</id>" in feed
    assert f"{SITE}/alignments/" in whole(public)
    archive = zipfile.ZipFile(io.BytesIO(public.get("/stories/the-bridge/export.zip").content))
    assert f"{SITE}/stories/the-bridge" in archive.read("the-bridge/README.md").decode()
    assert f"{SITE}/stories/the-bridge" in public.get("/stories/the-bridge/print").text
    for text in (feed, whole(public), public.get("/stories/the-bridge/print").text):
        assert ASKED not in text
    assert ASKED in bridge.get("/stories/the-bridge/feed.atom").text
    assert f"{ASKED}/alignments/" in whole(bridge)


def test_a_frozen_comparison_is_cited_under_it(filled, serving):
    client = serving(filled(), public_url=SITE)
    path = client.post("/stories/the-bridge/snapshots", data={"note": ""}, headers=SAME).headers["location"]
    assert path.startswith("/snapshots/")
    assert f"{SITE}{path}</p>" in client.get(path).text


def canonical(client, path: str) -> str | None:
    found = re.search(r'<link rel="canonical" href="([^"]*)">', client.get(path).text)
    return found[1] if found else None


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "/"),
        ("/stories/the-bridge", "/stories/the-bridge"),
        ("/stories/the-bridge?status=conflict&sort=event", "/stories/the-bridge"),
        ("/articles/1", "/articles/1"),
        ("/actors/ana-ruiz?from=2024-01-01", "/actors/ana-ruiz"),
        ("/method", "/method"),
        ("/search?q=bridge", None),
        ("/stories/the-bridge/print", None),
        ("/no-such-page", None),
    ],
)
def test_a_page_names_its_one_address(public, bridge, path, address):
    assert canonical(public, path) == (address and SITE + address)
    assert canonical(bridge, path) is None


def test_the_bookmarklet_leads_to_where_the_reader_is(public):
    page = public.get("/articles/new").text
    assert f"{ASKED}/articles/new" in page
    assert SITE not in page
