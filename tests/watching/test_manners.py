"""What no host is to suffer: its robots.txt holds, none is asked for more than its share, and no feed leads into a network of ours."""

from __future__ import annotations

from datetime import timedelta
from urllib.robotparser import RobotFileParser

import pytest
from clock import Clock
from site_of_ours import Site, article
from steps import Make, now_of, watched

from app.errors import BadAddress, FetchFailed
from app.settings import Settings
from app.sources.fetching import Fetched, HttpFetcher, Known
from app.store import Store
from app.watching import watch
from app.watching.timing import PAGES_A_ROUND


def test_no_host_is_asked_for_more_than_its_share_and_nothing_is_lost(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    paths = [f"/{n}" for n in range(PAGES_A_ROUND + 3)]
    for n, path in enumerate(paths):
        site.put(path, article(f"Report {n} of {chr(65 + n)}ville", town=f"{chr(65 + n)}ville", cars=1000 + n))
    watched(store, site.feed(*paths))
    began = clock.at
    first = watcher().once()
    assert first.outcomes == {"new": PAGES_A_ROUND}
    assert clock.at - began >= timedelta(seconds=2 * PAGES_A_ROUND), "two seconds lie between two requests"
    clock.tick(minutes=3)
    second = watcher().once()
    assert second.outcomes == {"new": 3}
    assert (second.read, second.unchanged) == (1, 0), "nothing hides behind a 304"


def test_what_robots_txt_forbids_is_not_asked_for(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n", kind="text/plain")
    site.put("/private/a", article("Old bridge of Averil to close"))
    site.put("/b", article("The market of Averil moves", town="Brill"))
    watched(store, site.feed("/private/a", "/b", summary="The council closes the bridge, as was said on Monday."))
    began = clock.at
    done = watcher().once()
    assert site.asked["/private/a"] == 0
    assert site.asked["/b"] == 1
    assert clock.at - began >= timedelta(seconds=7), "and it is as slow as was asked for"
    assert done.outcomes["new"] == 2, "the feed's own words of it are kept, as an excerpt"
    assert sorted(a.excerpt for a in store.library.articles().items) == [False, True]


ROBOTS: dict[str, tuple[dict[str, object], bool]] = {
    "forbids all": ({"body": "User-agent: *\nDisallow: /", "kind": "text/plain"}, False),
    "forbids us by name": ({"body": "User-agent: Parallax\nDisallow: /", "kind": "text/plain"}, False),
    "withheld": ({"status": 403}, False),
    "not to be had": ({"status": 500}, False),
    "asks to come later": ({"status": 429}, False),
    "not there": ({"status": 404}, True),
    "forbids others": ({"body": "User-agent: Other\nDisallow: /", "kind": "text/plain"}, True),
    "allows a part": ({"body": "User-agent: *\nAllow: /feed.xml\nDisallow: /x", "kind": "text/plain"}, True),
    "a page": ({"body": "<html><p>Not found</p></html>"}, True),
    "a picture": ({"body": b"\x89PNG", "kind": "image/png"}, True),
    "begins with a mark": ({"body": "\ufeffUser-agent: *\nDisallow: /", "kind": "text/plain"}, False),
}


@pytest.mark.parametrize(("how", "may"), ROBOTS.values(), ids=ROBOTS.keys())
def test_robots_txt(store: Store, site: Site, watcher: Make, how: dict[str, object], may: bool) -> None:
    site.put("/robots.txt", **how)  # type: ignore[arg-type]
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"))
    watcher().once()
    assert (site.asked["/feed.xml"] == 1) is may
    assert (now_of(store).trouble == "") is may


class _Mixed:
    """A feed that names addresses of this very network; all but the feed and robots.txt goes through the real fetcher."""

    def __init__(self, limits: Settings, feed: Fetched) -> None:
        self.real, self.feed = HttpFetcher(limits), feed
        self.refused: list[str] = []

    def get(self, url: str, known: Known | None = None) -> Fetched:
        if url == self.feed.url:
            return self.feed
        try:
            return self.real.get(url, known)
        except BadAddress:
            self.refused.append(url)
            raise


def test_a_feed_leads_nobody_into_the_network_of_the_server(
    store: Store, site: Site, watcher: Make, limits: Settings
) -> None:
    """Asked at every fetch, of robots.txt too: what was public when it was added may not be so any more."""
    site.put("/a", article("Old bridge of Averil to close"))
    site.feed("/a", summary="In short, the bridge closes, as the council of Averil said on Monday.")
    url = "https://averil-post.example/feed.xml"
    fetcher = _Mixed(limits.model_copy(update={"fetch_private": False}), Fetched(url, site.answers["/feed.xml"].body.encode(), "application/rss+xml"))  # type: ignore[union-attr]  # fmt: skip
    polite = watcher(fetcher=fetcher)
    polite._polite._rules["https://averil-post.example"] = (store.now(), _allowing())
    watched(store, url)
    polite.once()
    assert site.asked.total() == 0
    assert fetcher.refused
    assert all(a.excerpt for a in store.library.articles().items)


def _allowing() -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse([])
    return rules


def test_an_address_is_looked_at_when_it_is_added(store: Store, limits: Settings) -> None:
    public = limits.model_copy(update={"fetch_private": False})
    for url, addresses in {
        "http://in.example/": ["10.0.0.1"],
        "http://both.example/": ["93.184.216.34", "::1"],
    }.items():
        with pytest.raises(BadAddress):
            watch(store, public, url, by="ann", resolver=lambda _h, _p, found=addresses: found)
    with pytest.raises(FetchFailed):
        watch(store, public, "http://nobody.example/", by="ann", resolver=lambda _h, _p: [])
    assert store.sources.sources() == ()
    made = watch(store, public, "http://out.example/feed#x", by="ann", resolver=lambda _h, _p: ["93.184.216.34"])
    assert made.url == "http://out.example/feed"
