"""An article sent to the API: previewed, kept, kept again, revised, refused."""

from __future__ import annotations

import pytest

V1 = "/api/v1"
TEXT = """Council approves the harbour bridge

The council approved the harbour bridge on Monday. "The bridge opens in spring," Mayor Ana Ruiz told reporters.

The bridge will cost 40 million euros, the council said. Two members voted against it.
"""
GIVEN = {"text": TEXT, "outlet": "Harbour Gazette", "published": "2024-05-14", "story": "harbour-bridge"}


@pytest.fixture(scope="module")
def empty(new_store, serving):
    return serving(new_store())


def test_a_preview_keeps_nothing(empty):
    before = empty.get(f"{V1}/articles").json()["total"]
    shown = empty.post(f"{V1}/articles/preview", json=GIVEN)
    assert shown.status_code == 200, shown.text
    [article] = shown.json()["articles"]
    assert (article["outlet"], article["published"], article["published_from"]) == (
        "Harbour Gazette",
        "2024-05-14",
        "option",
    )
    for claim in article["claims"]:
        source = article["text"] if claim["in"] == "body" else article["headline"]
        assert source[claim["start"] : claim["end"]] == claim["text"]
    assert article["claims"]
    assert empty.get(f"{V1}/articles").json()["total"] == before


def test_kept_once_however_often_it_is_sent(empty):
    first = empty.post(f"{V1}/articles", json=GIVEN)
    assert first.status_code == 201, first.text
    kept = first.json()
    assert kept["outcomes"] == {"new": 1}
    assert first.headers["location"] == f"{V1}/articles/{kept['articles'][0]}"
    again = empty.post(f"{V1}/articles", json=GIVEN)
    assert (again.status_code, again.json()["outcomes"]) == (200, {"same": 1})
    article = empty.get(first.headers["location"]).json()
    assert article["article"]["outlet"]["name"] == "Harbour Gazette"
    assert "40 million euros" in article["text"]
    assert empty.get(f"{V1}/claims?q=euros").json()["total"] >= 1


REFUSED = {
    "nothing": ({}, 422),
    "blank": ({"text": "   "}, 422),
    "text and html": ({"text": "a", "html": "<p>b</p>"}, 422),
    "unknown field": ({"text": TEXT, "author": "x"}, 422),
    "not a date": ({"text": TEXT, "published": "Monday"}, 422),
    "a page without an article": ({"html": "<html><body><nav><a href='/'>Home</a></nav></body></html>"}, 422),
    "another scheme": ({"url": "file:///etc/passwd"}, 422),
    "this machine": ({"url": "http://127.0.0.1:1/"}, 422),
    "this machine by number": ({"url": "http://2130706433/"}, 422),
    "a private network": ({"url": "http://10.0.0.1/"}, 422),
    "link-local": ({"url": "http://169.254.169.254/latest/meta-data/"}, 422),
    "IPv6 loopback": ({"url": "http://[::1]/"}, 422),
    "no address": ({"url": "nothing"}, 422),
}


@pytest.mark.parametrize("path", ["articles", "articles/preview"])
@pytest.mark.parametrize(("body", "status"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_taken(empty, path, body, status):
    answer = empty.post(f"{V1}/{path}", json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
