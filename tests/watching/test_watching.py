"""What is read on a schedule: new reports are kept once, what is known is not read again, and what people ask for is done."""

from __future__ import annotations

import json

import pytest
from clock import Clock
from site_of_ours import Site, article
from steps import HALF, Make, now_of, watched

from app.store import Store


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


def test_nothing_is_asked_before_it_is_due(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    watched(store, site.feed("/a"))
    site.put("/a", article("Old bridge of Averil to close"))
    watcher().once()
    asked = site.asked.total()
    clock.tick(minutes=29)
    watcher().once()
    assert site.asked.total() == asked


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


def test_what_is_ended_is_not_read_and_can_be_added_again(store: Store, site: Site, watcher: Make) -> None:
    source = watched(store, site.put("/a", article("Old bridge of Averil to close")))
    store.sources.end_source(source.id, by="ann")
    assert store.sources.sources() == ()
    watcher().once(every=True)
    assert site.asked.total() == 0
    assert watched(store, source.url).id != source.id


def test_what_is_new_since_a_moment_is_counted(store: Store, site: Site, watcher: Make, clock: Clock) -> None:
    watched(store, site.put("/a", article("Old bridge of Averil to close")))
    before = clock.at
    clock.tick(60)
    watcher().once()
    assert [s.fresh for s in store.sources.sources(since=before)] == [1]
    assert [s.fresh for s in store.sources.sources(since=clock.at)] == [0]
    assert [s.fresh for s in store.sources.sources()] == [0]


def test_other_programs_are_told_by_which_source_an_article_came(store: Store, site: Site, watcher: Make) -> None:
    hook = store.webhooks.add_webhook("desk", "https://receiver.example/", ["article"], by="bob")[0].id
    site.put("/a", article("Old bridge of Averil to close"))
    source = watched(store, site.feed("/a"))
    watcher().once()
    (told,) = [json.loads(d.body) for d in store.webhooks.deliveries(hook).items]
    assert (told["by"], told["source"]) == ("ann", source.id)
