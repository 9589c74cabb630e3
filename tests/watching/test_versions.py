"""Reports that change, are shortened, vanish, come back, or were corrected and deleted here: each version is kept, none twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from clock import Clock
from site_of_ours import BODY, Site, article
from steps import Make, now_of, watched

from app.store import Store
from app.watching.timing import LOOKS


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
