"""What is read on a schedule, from a site that misbehaves: each kind of trouble once, and what must not come of it."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
import structlog
from site_of_ours import BODY, Clock, Site, article

from app.errors import BadAddress, DatabaseUnready, FetchFailed
from app.settings import Settings, get_settings
from app.sources.fetching import Fetched, HttpFetcher, Known
from app.sources.outlets import load_rules
from app.store import Store, open_store
from app.store.views import SourceView
from app.watching import Clockwork, Watcher, watch
from app.watching.timing import LOOKS, MOST_TRIES, PAGES_A_ROUND

Make = Callable[..., Watcher]
HALF = timedelta(minutes=30)


def watched(store: Store, url: str, **how: object) -> SourceView:
    return store.sources.add_source(url, by="ann", **how)  # type: ignore[arg-type]


def now_of(store: Store) -> SourceView:
    return store.sources.sources()[0]


def test_new_reports_are_kept_once_and_join_stories(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    site.put("/b", article("Averil closes its old bridge", cars=4500))
    watched(store, site.feed("/a", "/b"), outlet="Averil Post")
    done = watcher().once()
    assert done.outcomes == {"new": 2}
    found = store.library.articles().items
    assert {a.outlet.name for a in found} == {"Averil Post"}
    assert len({a.story_slug for a in found}) == 1
    source = now_of(store)
    assert (source.kind, source.pages, source.articles, source.failures) == ("feed", 2, 2, 0)
    assert source.read_at is not None
    assert source.next_at - source.read_at == HALF
    lines = [(line.by, line.what, line.kind, line.after.get("source")) for line in store.audit.page().items]
    came = ("ann", "added", "article", source.id)
    assert lines == [came, came, ("ann", "added", "source", None)], "in the name of whoever had it watched"


def test_a_feed_that_has_not_changed_is_asked_conditionally(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"))
    watcher().once()
    clock.tick(minutes=31)
    done = watcher().once()
    assert (done.read, done.unchanged, done.outcomes) == (0, 1, {})
    assert site.conditional["/feed.xml"] == 1
    assert site.asked["/a"] == 1
    assert now_of(store).read_at is not None


STAMP = "Mon, 05 Jan 2026 07:00:00 GMT"
SAID = {
    "an ETag": ({}, 1, 0),
    "a day": ({"etag": False, "headers": {"Last-Modified": STAMP}}, 1, 0),
    "nothing": ({"etag": False}, 0, 1),
}


@pytest.mark.parametrize(("how", "conditional", "read"), SAID.values(), ids=SAID.keys())
def test_what_is_known_is_not_read_again_whatever_the_feed_says_of_itself(
    store: Store, site: Site, watcher: Make, clock: Clock, how: dict[str, object], conditional: int, read: int
) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a", **how))
    watcher().once()
    clock.tick(minutes=31)
    done = watcher().once()
    assert (site.conditional["/feed.xml"], done.read, done.outcomes) == (conditional, read, {})
    assert site.asked["/a"] == 1


def test_a_304_that_nobody_asked_for_is_trouble(store: Store, site: Site, watcher: Make) -> None:
    watched(store, site.put("/feed.xml", status=304))
    watcher().once()
    assert "answered 304" in now_of(store).trouble


def test_a_feed_that_has_moved_is_followed_and_then_asked_where_it_is(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    site.feed("/a", path="/new.xml")
    watched(store, site.put("/feed.xml", status=301, headers={"Location": "/new.xml"}))
    watcher().once()
    clock.tick(minutes=31)
    assert watcher().once().unchanged == 1
    assert (site.conditional["/feed.xml"], site.conditional["/new.xml"]) == (0, 1)


def test_a_page_that_says_only_in_words_that_it_is_gone_changes_nothing(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"))
    watcher().once()
    site.put("/a", "<html><body><h1>Not found</h1><p>It is not here.</p></body></html>")
    clock.at += LOOKS[0]
    done = watcher().once()
    assert (done.outcomes, done.gone) == ({}, [site.url("/a")])
    (kept,) = store.library.articles().items
    assert len(store.library.article(kept.id).revisions) == 1
    assert now_of(store).gone == 1


def test_a_report_that_was_shortened_is_a_new_version(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    """Under the outlet and address it has, although its page names neither any more."""
    site.put(
        "/a", article("Old bridge of Averil to close").replace("<head>", "<head><link rel='canonical' href='/old'>")
    )
    watched(store, site.feed("/a"))
    watcher().once()
    half = "".join(f"<p>{line.format(town='Averil', cars=5200)}</p>" for line in BODY[:2])
    site.put(
        "/a", f"<html lang='en'><body><article><h1>Old bridge of Averil to close</h1>{half}</article></body></html>"
    )
    clock.at += LOOKS[0]
    assert watcher().once().outcomes == {"revised": 1}
    (kept,) = store.library.articles().items
    assert (kept.outlet.name, kept.url) == ("Averil Post", site.url("/old"))


def test_nothing_is_asked_before_it_is_due(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    watched(store, site.feed("/a"))
    site.put("/a", article("Old bridge of Averil to close"))
    watcher().once()
    asked = site.asked.total()
    clock.tick(minutes=29)
    watcher().once()
    assert site.asked.total() == asked


TROUBLES: dict[str, tuple[dict[str, object], str]] = {
    "500": ({"status": 500}, "answered 500"),
    "404": ({"status": 404}, "answered 404"),
    "410": ({"status": 410}, "answered 410"),
    "a redirect loop": ({"status": 302, "headers": {"Location": "/feed.xml"}}, "redirects more than"),
    "slow": ({"stuck": True}, "no complete answer within"),
    "no feed": ({"body": "{}", "kind": "application/json"}, "not a page of text"),
    "an empty feed": ({"body": "<rss><channel></channel></rss>", "kind": "application/rss+xml"}, "no entries"),
    "half a feed": ({"body": "<rss><chan", "kind": "application/rss+xml"}, ""),
    "no links": ({"body": "<html><body><p>Soon.</p></body></html>"}, "No article was found"),
    "leads into a file": ({"status": 302, "headers": {"Location": "file:///etc/passwd"}}, "Only http"),
}


@pytest.mark.parametrize(("how", "said"), TROUBLES.values(), ids=TROUBLES.keys())
def test_trouble_is_told_and_each_time_it_waits_twice_as_long(
    store: Store, site: Site, watcher: Make, clock: Clock, limits: Settings, how: dict[str, object], said: str
) -> None:
    url = site.put("/feed.xml", **how)  # type: ignore[arg-type]
    site.put("/robots.txt", "", kind="text/plain")
    watched(store, url)
    settings = limits.model_copy(update={"fetch_timeout_seconds": 0.3}) if "stuck" in how else limits
    waits = []
    for failures in (1, 2, 3):
        done = watcher(settings=settings).once()
        assert len(done.failed) == 1
        source = now_of(store)
        assert (source.failures, source.read_at) == (failures, None)
        assert said in source.trouble
        waits.append(source.next_at - clock.at)
        clock.at = source.next_at
    assert waits == [2 * HALF, 4 * HALF, 8 * HALF]
    site.put("/a", article("Old bridge of Averil to close"))
    site.feed("/a")
    assert watcher().once().outcomes == {"new": 1}, "when it is over, it is over"
    source = now_of(store)
    assert (source.failures, source.trouble) == (0, "")


def test_waiting_ends_at_a_day_and_the_other_side_may_ask_for_more(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    site.put("/feed.xml", status=503, headers={"Retry-After": "172800"})
    watched(store, site.url("/feed.xml"))
    watcher().once()
    assert now_of(store).next_at - clock.at == timedelta(days=2)
    site.put("/feed.xml", status=503)
    for _ in range(12):
        clock.at = now_of(store).next_at
        watcher().once()
    assert now_of(store).next_at - clock.at == timedelta(days=1)


def test_a_changed_report_becomes_a_new_revision(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"))
    watcher().once()
    clock.at += LOOKS[0]
    watcher().once()
    assert site.conditional["/a"] == 1, "looked at again, and unchanged"
    site.put("/a", article("Old bridge of Averil to close", cars=5200))
    clock.at += LOOKS[1]
    assert watcher().once().outcomes == {"revised": 1}
    (kept,) = store.library.articles().items
    view = store.library.article(kept.id)
    assert [r.number for r in view.revisions] == [1, 2]
    assert "5200 cars" in view.text
    assert "4000 cars" in store.library.article(kept.id, revision=1).text
    assert now_of(store).revised == 1


def test_a_feed_that_tells_otherwise_of_a_report_has_it_read_at_once(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"))
    watcher().once()
    site.put("/a", article("Old bridge of Averil to close", cars=5200))
    site.feed("/a", summary="Corrected: 5200 cars.")
    clock.tick(minutes=31)
    assert watcher().once().outcomes == {"revised": 1}


def test_a_report_is_looked_at_again_some_times_and_then_left_alone(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"), every=7 * 24 * 60)
    for _ in range(8):
        watcher().once()
        clock.tick(days=4)
    assert site.asked["/a"] == 1 + len(LOOKS)


@pytest.mark.parametrize("status", [404, 410])
def test_a_vanished_report_stays_as_it_was_kept(
    store: Store, site: Site, watcher: Make, clock: Clock, status: int
) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"))
    watcher().once()
    site.put("/a", "gone", status=status)
    clock.at += LOOKS[0]
    done = watcher().once()
    assert done.gone == [site.url("/a")]
    assert done.failed == []
    assert now_of(store).gone == 1
    assert store.library.articles().total == 1
    site.put("/a", article("Old bridge of Averil to close"))
    clock.at += LOOKS[1]
    watcher().once()
    assert now_of(store).gone == 0, "it came back"


def test_a_report_that_fails_is_tried_again_and_given_up_in_the_end(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    site.put("/a", status=500)
    watched(store, site.feed("/a"), every=7 * 24 * 60)
    for _ in range(MOST_TRIES + 3):
        watcher().once()
        clock.tick(days=1)
    assert site.asked["/a"] == MOST_TRIES
    assert now_of(store).failures == 0, "the feed itself is well"


def test_a_report_that_failed_once_is_kept_when_it_answers(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    site.put("/a", status=500)
    watched(store, site.feed("/a"))
    watcher().once()
    assert now_of(store).waiting == 1
    site.put("/a", article("Old bridge of Averil to close"))
    clock.tick(minutes=31)
    done = watcher().once()
    assert (done.unchanged, done.outcomes) == (1, {"new": 1})
    assert now_of(store).waiting == 0


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


def test_a_page_of_links_is_followed(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    cards = "".join(
        f"<li><a href='/{n}'><h3>The council of town number {n} votes</h3></a></li>" for n in range(4)
    )  # fmt: skip
    far = "<a href='https://elsewhere.example/a'>A long title on another site altogether</a><a href='/tag'>Tag</a>"
    site.put("/news", f"<html><body><ul>{cards}</ul>{far}</body></html>")
    site.put("/0", article("Old bridge of Averil to close"))
    site.put("/1", "<html><body><p>Soon.</p></body></html>")
    watched(store, site.url("/news"))
    assert watcher().once().outcomes == {"new": 1}
    assert now_of(store).kind == "list"
    assert site.asked["/tag"] == 0
    clock.tick(minutes=31)
    watcher().once()
    assert site.asked["/1"] == 1, "what holds no article is not asked for again"


def test_one_report_is_watched_by_its_address(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    watched(store, site.put("/a", article("Old bridge of Averil to close")))
    assert watcher().once().outcomes == {"new": 1}
    assert now_of(store).kind == "page"
    clock.tick(minutes=31)
    assert watcher().once().unchanged == 1
    site.put("/a", article("Old bridge of Averil to close", cars=5200))
    clock.tick(minutes=31)
    assert watcher().once().outcomes == {"revised": 1}
    site.put("/a", status=404)
    clock.tick(minutes=31)
    watcher().once()
    assert "404" in now_of(store).trouble
    assert store.library.articles().total == 1


def test_the_words_of_a_feed_that_brings_whole_reports_are_read(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    def whole(cars: int) -> str:
        return "<![CDATA[" + article("x", cars=cars).split("</h1>")[1].split("</article>")[0] * 3 + "]]>"

    watched(store, site.feed("/a", summary=whole(4000)))
    assert watcher().once().outcomes == {"new": 1}
    assert site.asked["/a"] == 0
    site.feed("/a", summary=whole(5200))
    clock.tick(minutes=31)
    assert watcher().once().outcomes == {"revised": 1}


def test_only_one_of_two_processes_reads(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"))
    assert store.sources.take_lease("the other", 600)
    assert watcher().once().elsewhere
    assert site.asked.total() == 0
    clock.tick(seconds=601)
    assert watcher().once().outcomes == {"new": 1}, "one that ended without a word keeps nobody out for long"
    assert store.sources.take_lease("the other", 600), "the lease was given back"


def test_what_is_noted_without_the_lease_is_refused(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    """A round that took longer than its lease, while another process began one."""
    for path in ("/a", "/b"):
        site.put(path, article(f"Old bridge of Averil to close, {path}"))
    source = watched(store, site.feed("/a", "/b"))

    def slow(_seconds: float) -> None:
        clock.tick(hours=1)
        store.sources.take_lease("the other", 600)

    done = watcher(pause=slow).once()
    assert done.outcomes == {}
    assert now_of(store).read_at is None
    assert store.sources.seen_pages(source.id) == {}
    assert not store.sources.take_lease("a third", 600), "the other's lease stands"


def test_a_round_that_is_stopped_loses_nothing(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    for path in ("/a", "/b"):
        site.put(path, article(f"Report {path} of a town", town=path.strip("/").upper() + "ville"))
    watched(store, site.feed("/a", "/b"))
    assert watcher(stop=lambda: site.asked["/a"] > 0).once().outcomes == {}
    assert watcher().once().outcomes == {"new": 2}


def test_one_bad_source_keeps_no_other(store: Store, site: Site, watcher: Make) -> None:
    watched(store, site.put("/bad", status=500))
    watched(store, site.put("/good", article("Old bridge of Averil to close")))
    done = watcher().once()
    assert (len(done.failed), done.outcomes) == (1, {"new": 1})


def test_what_is_ended_is_not_read_and_can_be_added_again(store: Store, site: Site, watcher: Make) -> None:
    source = watched(store, site.put("/a", article("Old bridge of Averil to close")))
    store.sources.end_source(source.id, by="ann")
    assert store.sources.sources() == ()
    watcher().once(every=True)
    assert site.asked.total() == 0
    assert watched(store, source.url).id != source.id


def test_asking_for_it_ends_the_waiting(store: Store, site: Site, watcher: Make) -> None:
    source = watched(store, site.put("/a", status=500))
    watcher().once()
    site.put("/a", article("Old bridge of Averil to close"))
    assert watcher().once().outcomes == {}
    store.sources.hasten_source(source.id, by="ann")
    assert watcher().once().outcomes == {"new": 1}


def test_what_is_new_since_a_moment_is_counted(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    watched(store, site.put("/a", article("Old bridge of Averil to close")))
    before = clock.at
    clock.tick(60)
    watcher().once()
    assert [s.fresh for s in store.sources.sources(since=before)] == [1]
    assert [s.fresh for s in store.sources.sources(since=clock.at)] == [0]
    assert [s.fresh for s in store.sources.sources()] == [0]


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


def _round(path: Path, limits: Settings, ready: Any, told: Any) -> None:
    with open_store(path) as store:
        ready.wait()
        told.put(Watcher(lambda: store, limits, pause=lambda _s: None).once().elsewhere)


def test_two_processes_on_one_database_never_both_read(store: Store, site: Site, limits: Settings) -> None:
    """Both begin at once; the site holds the one that reads until the other has said that it does not."""
    watched(store, site.put("/a", article("Old bridge of Averil to close")))
    held = site.answers["/a"]
    held.gate = Event()
    spawn = multiprocessing.get_context("spawn")
    ready, told = spawn.Barrier(2), spawn.Queue()
    rounds = [spawn.Process(target=_round, args=(store.path, limits, ready, told)) for _ in range(2)]
    for one in rounds:
        one.start()
    assert told.get(timeout=300) is True
    held.gate.set()
    assert told.get(timeout=300) is False
    for one in rounds:
        one.join(300)
    assert site.asked["/a"] == 1
    assert store.library.articles().total == 1


def test_a_server_reads_while_it_runs_and_ends_at_once(store: Store, site: Site, limits: Settings) -> None:
    watched(store, site.put("/a", stuck=True))
    clockwork = Clockwork(lambda: store, limits.model_copy(update={"fetch_timeout_seconds": 60.0}))
    clockwork.start()
    assert site.heard.wait(30)
    began = time.monotonic()
    clockwork.stop(3.0)
    assert time.monotonic() - began < 30  # the site would hold it for a minute


def test_a_tick_that_fails_is_told_and_stops_nothing(store: Store, limits: Settings) -> None:
    def broken() -> Store:
        raise DatabaseUnready("there is no database yet.")

    with structlog.testing.capture_logs() as told:
        clockwork = Clockwork(broken, limits)
        clockwork.tick()
        clockwork.tick()
    # A round that another test's server has not ended yet may be told of here, too: the log is one for the whole process.
    events = [line["event"] for line in told]
    assert events.count("the sources were not read") == 1, "the same again is no news"
    Clockwork(lambda: 1 / 0, limits).tick()  # type: ignore[arg-type,return-value]


def test_a_rule_that_finds_nothing_any_more_is_said_of_the_source(
    store: Store, site: Site, watcher: Make, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is read all the same; when the rule fits again, nothing is said any more."""
    rule = "name = 'Averil Post'\ndomains = ['127.0.0.1']\n[find]\nbody = \"//div[@class='{}']\"\n[sample]\nfile = ''\n"
    (tmp_path / "averil.toml").write_text(rule.format("story"), encoding="utf-8")
    monkeypatch.setenv("PARALLAX_RULES", str(tmp_path))
    get_settings.cache_clear()
    load_rules.cache_clear()
    site.put("/a", article("Old bridge of Averil to close"))
    watched(store, site.feed("/a"))
    assert watcher().once().outcomes == {"new": 1}
    assert "Averil Post finds no body" in now_of(store).note
    clock.tick(minutes=31)
    watcher().once()
    assert now_of(store).note, "nothing new was read that would say otherwise"
    site.put("/b", article("The market of Averil moves", town="Brill").replace("<h1>", "<div class='story'>", 1))
    site.feed("/a", "/b")
    clock.tick(minutes=31)
    watcher().once()
    assert now_of(store).note == ""


def test_each_version_is_kept_with_its_page_as_it_was(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    first = article("Old bridge of Averil to close")
    site.put("/a", first, headers={"Set-Cookie": "a=b", "X-Served-By": "cache"})
    watched(store, site.feed("/a"))
    watcher().once()
    second = article("Old bridge of Averil to close", cars=5200)
    site.put("/a", second)
    clock.at += LOOKS[0]
    watcher().once()
    (kept,) = store.library.articles().items
    copies = [store.library.page_copy(kept.id, revision=n) for n in (1, 2)]
    assert [c.body for c in copies] == [first.encode(), second.encode()]
    names = {name.casefold() for name, _ in copies[0].page.headers}
    assert "x-served-by" in names
    assert "set-cookie" not in names
    assert copies[1].page.at == clock.at - timedelta(seconds=0)
    assert store.checks.answer("copies").faults == ()


def test_a_report_that_a_person_deleted_is_looked_at_on_and_read_again_when_it_is_restored(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    source = watched(store, site.feed("/a"))
    watcher().once()
    (kept,) = store.articles.article_ids()
    deleted = store.corrections.delete_article(kept, by="ann").corrections[0]
    site.put("/a", article("Old bridge of Averil to close", cars=5200))
    clock.at += LOOKS[0]
    done = watcher().once()
    assert (done.outcomes, done.failed) == ({"deleted": 1}, [])
    seen = store.sources.seen_pages(source.id)[site.url("/a")]
    assert (seen.trouble, seen.failures, seen.looks, seen.article_id) == ("", 0, 2, kept)
    assert seen.next_at is not None
    store.corrections.undo_correction(deleted.id, by="ann")
    clock.at = seen.next_at
    assert watcher().once().outcomes == {"revised": 1}, "it was not kept, so it is not taken for known"


def test_other_programs_are_told_by_which_source_an_article_came(store: Store, site: Site, watcher: Make) -> None:
    hook = store.webhooks.add_webhook("desk", "https://receiver.example/", ["article"], by="bob")[0].id
    site.put("/a", article("Old bridge of Averil to close"))
    source = watched(store, site.feed("/a"))
    watcher().once()
    (told,) = [json.loads(d.body) for d in store.webhooks.deliveries(hook).items]
    assert (told["by"], told["source"]) == ("ann", source.id)


def test_an_address_that_was_corrected_is_there_again_when_that_is_undone(
    store: Store, site: Site, watcher: Make, clock: Clock
) -> None:
    """Whatever was read of it meanwhile; and it stays the same article."""
    page = site.put("/a", article("Old bridge of Averil to close"))
    watched(store, page)
    watcher().once()
    (kept,) = store.library.articles().items
    wrong = {"key": "wrong-post", "name": "Wrong Post", "country": None}
    done = store.corrections.correct_article(kept.id, {"url": "https://averil.example/other", "outlet": wrong}, by="ed")
    for cars, undo in ((5000, False), (6000, True)):
        site.put("/a", article("Old bridge of Averil to close", cars=cars))
        clock.tick(hours=2)
        assert watcher().once().outcomes == {"revised": 1}
        for made in done.corrections if not undo else ():
            store.corrections.undo_correction(made.id, by="ed")
        now = store.library.article(kept.id).article
        assert (now.url, now.outlet) == (kept.url, kept.outlet)
    assert store.articles.article_ids() == (kept.id,)
