"""A site that misbehaves: each kind of trouble once, how long it is let alone, and what must not come of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from clock import Clock
from site_of_ours import Site, article
from steps import HALF, Make, now_of, watched

from app.settings import Settings, get_settings
from app.sources.outlets import load_rules
from app.store import Store
from app.watching.timing import MOST_TRIES


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


def test_one_bad_source_keeps_no_other(store: Store, site: Site, watcher: Make) -> None:
    watched(store, site.put("/bad", status=500))
    watched(store, site.put("/good", article("Old bridge of Averil to close")))
    done = watcher().once()
    assert (len(done.failed), done.outcomes) == (1, {"new": 1})


def test_asking_for_it_ends_the_waiting(store: Store, site: Site, watcher: Make) -> None:
    source = watched(store, site.put("/a", status=500))
    watcher().once()
    site.put("/a", article("Old bridge of Averil to close"))
    assert watcher().once().outcomes == {}
    store.sources.hasten_source(source.id, by="ann")
    assert watcher().once().outcomes == {"new": 1}


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
