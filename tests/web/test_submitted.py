"""What somebody gave, made into pages by other hands: only fetching is done by whoever asks."""

from __future__ import annotations

import pytest

from app.core.records import Hints, Page
from app.errors import BadInput, FetchFailed
from app.pipeline import HERE
from app.sources.fetching import CannedFetcher, Fetched
from app.web import submitted
from app.web.submitted import Given, submitted_pages
from app.web.uploads import Upload

BODY = "The council approved the harbour bridge on Monday, the mayor said. " * 8
PAGE = f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{BODY}</p></article></body></html>"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>
<item><title>One</title><link>https://a.example/1</link></item>
<item><title>Two</title><link>https://a.example/2</link></item></channel></rss>"""


@pytest.fixture
def network(monkeypatch) -> CannedFetcher:
    answers: dict[str, Fetched | Exception] = {
        "https://a.example/feed": Fetched("https://a.example/feed", FEED.encode(), "application/rss+xml"),
        "https://a.example/1": Fetched("https://a.example/1", PAGE.encode()),
        "https://a.example/2": FetchFailed("The site answered 500.", where="https://a.example/2"),
    }
    fetcher = CannedFetcher(answers)
    monkeypatch.setattr(submitted, "HttpFetcher", lambda _: fetcher)
    return fetcher


def urls(found) -> list[str]:
    return [page.meta.url or page.origin if isinstance(page, Page) else f"not {page.where}" for page in found]


def test_a_feed_and_its_entries_are_fetched_here_and_taken_apart_there(network, settings_of):
    found = submitted_pages(Given(Hints(), url="https://a.example/feed", feed=True), settings_of(), HERE)
    assert urls(found)[0] == "https://a.example/1"
    assert len(found) == 2
    assert network.asked == ["https://a.example/feed", "https://a.example/1", "https://a.example/2"]


def test_it_stops_between_two_addresses(network, settings_of):
    submitted_pages(Given(url="https://a.example/feed", feed=True), settings_of(), HERE, lambda: len(network.asked) > 1)
    assert network.asked == ["https://a.example/feed", "https://a.example/1"]


def test_one_address_is_one_page_and_no_feed(network, settings_of):
    assert urls(submitted_pages(Given(url="https://a.example/1"), settings_of(), HERE)) == ["https://a.example/1"]
    with pytest.raises(BadInput, match="feed"):
        submitted_pages(Given(url="https://a.example/feed"), settings_of(), HERE)
    with pytest.raises(FetchFailed, match="500"):
        submitted_pages(Given(url="https://a.example/2"), settings_of(), HERE)


@pytest.mark.parametrize(
    "what",
    [
        Given(text=BODY, url="https://a.example/1"),
        Given(html=PAGE, url="https://a.example/1"),
        Given(upload=Upload("bridge.txt", BODY.encode())),
    ],
    ids=["text", "html", "upload"],
)
def test_what_is_there_is_not_fetched(network, settings_of, what):
    (page,) = submitted_pages(what, settings_of(), HERE)
    assert isinstance(page, Page)
    assert "harbour bridge" in page.text
    assert network.asked == []
