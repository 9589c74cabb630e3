"""A row in somebody else's page: framed by the sites that are named and on that page alone; oEmbed tells of our rows alone."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import quote

import pytest
from pydantic import ValidationError

from app.settings import Settings
from app.web.headers import HEADERS

SITE = "https://parallax.example"
ASKED = "http://127.0.0.1:8000"
JSON = {"accept": "application/json"}


@pytest.fixture(scope="module")
def framed(filled, serving):
    return serving(filled(), public_url=SITE, embed_sites="https://paper.example, https://Blog.example/")


@pytest.fixture(scope="module")
def hostile(filled, serving):
    return serving(filled(hostile=True), embed_sites="*")


def test_only_the_page_to_embed_may_be_framed(framed, sound):
    answer = framed.get("/alignments/1/embed")
    sound(answer.text)
    policy = answer.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://paper.example https://blog.example")
    assert policy.replace("https://paper.example https://blog.example", "'none'") == HEADERS["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    for path in (
        "/alignments/1",
        "/",
        "/stories/the-bridge",
        "/alignments/9999/embed",
        "/oembed?url=x",
        "/static/icon.svg",
    ):
        headers = framed.get(path).headers
        assert headers["x-frame-options"] == "DENY", path
        assert headers["content-security-policy"] == HEADERS["content-security-policy"], path


@pytest.mark.parametrize(("sites", "ancestors"), [("", "'none'"), ("*", "*"), ("*,https://a.example", "*")])
def test_nobody_or_everybody(filled, serving, sites, ancestors):
    answer = serving(filled(), embed_sites=sites).get("/alignments/1/embed")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].endswith(f"frame-ancestors {ancestors}")
    assert ("x-frame-options" in answer.headers) == (not sites)


@pytest.mark.parametrize(
    "given",
    [
        "paper.example",
        "https://a.example/path",
        "https://a.example;script-src *",
        "https://*.example",
        "'self'",
        "https://u@a.example",
    ],
)
def test_what_is_no_site_is_refused(given):
    with pytest.raises(ValidationError):
        Settings(_env_file=None, embed_sites=given)


def test_it_shows_the_row_and_nothing_else(framed):
    html = framed.get("/alignments/1/embed").text
    assert "stands in version 0." in html
    assert f'href="{SITE}/alignments/1"' in html
    for none in ("<script", "<form", "<nav", "<iframe", "method="):
        assert none not in html


def test_the_row_page_leads_to_it(framed, bridge):
    page = framed.get("/alignments/1").text
    address = unescape(re.search(r'type="application/json\+oembed" [^>]*href="([^"]+)"', page)[1])
    assert address.startswith(f"{SITE}/oembed?url=")
    told = framed.get(address.removeprefix(SITE)).json()
    assert told["html"] in unescape(re.search(r'(?s)<textarea id="f-embed"[^>]*>(.*?)</textarea>', page)[1])
    assert "oembed" not in bridge.get("/alignments/1").text
    assert "f-embed" not in bridge.get("/alignments/1").text


def ask(client, url: str, more: str = "", headers=JSON):
    return client.get(f"/oembed?url={quote(url, safe='')}{more}", headers=headers)


@pytest.mark.parametrize(
    "url",
    [
        f"{SITE}/alignments/1",
        f"{ASKED}/alignments/1",
        f"{SITE}/alignments/1/embed",
        f"{SITE}/alignments/1?x=1#history",
        "HTTPS://Parallax.example/alignments/1",
    ],
)
def test_our_rows_are_told(framed, url):
    told = ask(framed, url, "&format=json&maxwidth=400&maxheight=9999&dnt=1").json()
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "Proposition 0")
    assert (told["width"], told["height"]) == (400, 420)
    assert f'src="{SITE}/alignments/1/embed"' in told["html"]


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/alignments/1",
        f"{SITE}.evil.example/alignments/1",
        "https://parallax.example@evil.example/alignments/1",
        "https://user@parallax.example/alignments/1",
        "http://parallax.example/alignments/1",
        f"{SITE}:8443/alignments/1",
        f"{SITE}/stories/the-bridge",
        f"{SITE}/alignments/1/../2",
        f"{SITE}/alignments/01",
        f"{SITE}/alignments/1%2f",
        f"{SITE}/alignments/99999",
        f"{SITE}/alignments/99999999999999999999",
        "/alignments/1",
        "//parallax.example/alignments/1",
        "javascript:alert(1)",
        "https://[bad/alignments/1",
        "",
    ],
)
def test_of_no_other_address_is_told(framed, url):
    assert ask(framed, url).status_code == 404


def test_it_speaks_json_only_and_wants_an_address(framed, bridge):
    assert ask(framed, f"{SITE}/alignments/1", "&format=xml").status_code == 501
    assert framed.get("/oembed", headers=JSON).status_code == 422
    assert ask(framed, f"{SITE}/alignments/1", "&maxwidth=0").status_code == 422
    assert ask(bridge, f"{ASKED}/alignments/1").status_code == 404, "no site may embed"
    assert "/oembed" in framed.get("/openapi.json").json()["paths"]


def test_a_hostile_label_stays_text(hostile):
    row = hostile.get("/api/v1/stories/the-bridge/alignments").json()["items"][0]
    told = ask(hostile, f"{ASKED}/alignments/{row['id']}").json()
    assert "<script" not in told["html"].replace("&lt;script", "")
    assert "<script" not in hostile.get(f"/alignments/{row['id']}/embed").text
    assert json.dumps(told)
