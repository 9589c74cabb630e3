"""Atom feeds: valid, the same ids again, nothing sent twice, hostile words only text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exports.atom import Feed, FeedEntry, tag_uri, write_atom

ATOM = "{http://www.w3.org/2005/Atom}"
AT = datetime(2024, 5, 14, 9, 30, tzinfo=UTC)
PATHS = ["/stories/the-bridge/feed.atom", "/actors/ana-ruiz/feed.atom", "/outlets/island-herald/feed.atom"]
PAGES = [path.removesuffix("/feed.atom") for path in PATHS]
SEARCH = "/search/feed.atom?q=bridge&outlet=island-herald"


def feed(*entries: FeedEntry, title: str = "T") -> Feed:
    return Feed(
        "tag:a.example,2019-11-22:x", title, "S", "https://a.example/x", "https://a.example/f", AT, "P", entries
    )


@pytest.mark.parametrize("path", PATHS)
def test_a_feed_has_what_the_standard_asks_for(bridge, path):
    answer = bridge.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(answer.text)
    for place in (root, *root.findall(f"{ATOM}entry")):
        assert len(place.findall(f"{ATOM}id")) == 1
        assert re.fullmatch(r"tag:[a-z0-9.]+,\d{4}-\d\d-\d\d:\S+", place.findtext(f"{ATOM}id"))
        assert place.findtext(f"{ATOM}title")
        assert datetime.fromisoformat(place.findtext(f"{ATOM}updated")).tzinfo
    assert root.findtext(f"{ATOM}author/{ATOM}name").startswith("Parallax")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://127.0.0.1:8000{path}"
    assert bridge.get(links["alternate"]).status_code == 200
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert "Monday" in entries[0].findtext(f"{ATOM}summary")
    assert bridge.get(entries[0].find(f"{ATOM}link").get("href")).status_code == 200
    assert not feedparser.parse(answer.text).bozo


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_sent_twice(bridge, path):
    first = bridge.get(path)
    assert bridge.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 304
    since = first.headers["last-modified"]
    again = bridge.get(path, headers={"if-modified-since": since})
    assert (again.status_code, again.content) == (304, b"")
    assert bridge.get(path, headers={"if-modified-since": "Mon, 01 Jan 2001 00:00:00 GMT"}).status_code == 200
    assert bridge.get(path, headers={"if-modified-since": "yesterday"}).status_code == 200
    assert bridge.get(path, headers={"if-none-match": '"other"', "if-modified-since": since}).status_code == 200


def test_ids_survive_a_change_elsewhere(review):
    before = re.findall("<id>(.*?)</id>", review.get(PATHS[0]).text)
    row = re.search(r"alignments/(\d+)</id>", review.get(PATHS[0]).text)[1]
    headers = {"origin": "http://127.0.0.1:8000"}
    review.post(f"/alignments/{row}/decisions", data={"kind": "relabel", "value": "Another label"}, headers=headers)
    after = review.get(PATHS[0]).text
    assert re.findall("<id>(.*?)</id>", after) == before
    assert "Another label" in after


@pytest.mark.parametrize("path", ["/stories/none/feed.atom", "/actors/none/feed.atom", "/outlets/none/feed.atom"])
def test_a_feed_of_nothing_is_not_found(bridge, path):
    assert bridge.get(path).status_code == 404


@pytest.mark.parametrize(
    ("page", "path"),
    [*zip(PAGES, PATHS, strict=True), ("/search?q=bridge&outlet=island-herald", SEARCH.replace("&", "&amp;"))],
)
def test_pages_name_their_feed(bridge, page, path):
    assert re.search(
        rf'<link rel="alternate" type="application/atom\+xml"[^>]* href="{re.escape(path)}"', bridge.get(page).text
    )


def test_hostile_words_are_text(filled, serving):
    text = serving(filled(6, hostile=True)).get(PATHS[0]).text
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    ET.fromstring(text)


@given(st.text(max_size=60))
def test_any_words_make_sound_xml(words):
    entry = FeedEntry("tag:a.example,2024-05-14:1", words, "https://a.example/1", AT, AT, words, "conflict")
    root = ET.fromstring(write_atom(feed(entry, title=words)).encode("utf-8", "replace"))
    kept = root.findtext(f"{ATOM}entry/{ATOM}summary")
    legal = "".join(
        c for c in words if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )
    assert kept.replace("\n", "") == legal.replace("\r\n", "").replace("\r", "").replace("\n", "")


@pytest.mark.parametrize(
    ("host", "authority"),
    [("News.Example:8000", "news.example"), ("127.0.0.1", "127.0.0.1"), ("[::1]:80", "localhost"), ("", "localhost")],
)
def test_tag_uris(host, authority):
    assert tag_uri(host, date(2024, 5, 14), "x/1") == f"tag:{authority},2024-05-14:x/1"


def test_an_entry_says_how_often_such_a_conflict_is_right(bridge):
    root = ET.fromstring(bridge.get(PATHS[0]).text)
    said = [e.findtext(f"{ATOM}summary") for e in root.findall(f"{ATOM}entry")]
    assert said
    assert all("Reckoned right in 8 of 10 such cases." in s for s in said)


@pytest.mark.parametrize("path", [SEARCH, "/search/feed.atom?actor=ana-ruiz", "/search/feed.atom?relation=conflict"])
def test_a_search_is_followed_as_a_feed(bridge, path):
    answer = bridge.get(path)
    parsed = feedparser.parse(answer.text)
    assert not parsed.bozo
    assert len(parsed.entries) > 2
    assert len({e.id for e in parsed.entries}) == len(parsed.entries)
    times = [e.published_parsed for e in parsed.entries]
    assert times == sorted(times, reverse=True)
    assert bridge.get(parsed.entries[0].link.split("#")[0]).status_code == 200
    assert bridge.get(parsed.feed.link).status_code == 200
    assert bridge.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 304


def test_a_search_feed_holds_what_the_search_finds(bridge):
    found = bridge.get("/api/v1/claims?q=bridge&outlet=island-herald&limit=200").json()["items"]
    parsed = feedparser.parse(bridge.get(SEARCH).text)
    assert sorted(e.link.rpartition("#c")[2] for e in parsed.entries) == sorted(str(h["claim"]["id"]) for h in found)
    assert all(e.title.startswith("Island Herald") for e in parsed.entries)


def test_what_an_article_says_again_is_the_same_entry(filled, serving, made_report):
    store = filled()
    client = serving(store)
    before = {e.id for e in feedparser.parse(client.get(SEARCH).text).entries}
    said = [f"Monday: point {i} of the bridge, said Ruiz, stands in version 1." for i in range(6)]
    more = made_report(1, [*said, "The bridge was closed."], headline="Bridge, report 1")
    assert store.articles.keep_article(more).outcome == "revised"
    after = [e.id for e in feedparser.parse(client.get(SEARCH).text).entries]
    assert len(before) == 6
    assert set(after[1:]) == before
    assert after[0] not in before


@pytest.mark.parametrize(
    "path",
    ["/search/feed.atom", "/search/feed.atom?date_of=published", "/search/feed.atom?from=2024-05-02&to=2024-05-01"],
)
def test_a_feed_needs_a_question(bridge, path):
    assert bridge.get(path).status_code == 422


def test_a_feed_of_an_outlet_holds_the_conflicts_it_is_in(bridge):
    told = bridge.get("/api/v1/changes?outlet=island-herald").json()["items"]
    assert told
    assert all("island-herald" in {c["article"]["outlet"]["key"] for c in t["claims"]} for t in told)
    assert bridge.get("/api/v1/changes?outlet=none").json()["items"] == []
