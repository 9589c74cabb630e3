"""Watched sources from the page and the API: added, read now, ended; what may not be fetched is refused when it is added."""

from __future__ import annotations

import pytest

OWN = {"origin": "http://127.0.0.1:8000"}
FEED = "http://127.0.0.1:9/feed.xml"


@pytest.fixture
def house(new_store, serving):
    store = new_store()
    return store, serving(store, fetch_private=True)


def test_a_source_is_added_listed_hastened_and_ended(house, sound):
    store, client = house
    given = {"url": FEED, "outlet": "Averil Post", "story": "", "every": "45"}
    assert client.post("/sources", data=given, headers=OWN).status_code == 303
    (source,) = store.sources.sources()
    assert (source.url, source.outlet, source.story, source.every, source.by) == (
        FEED,
        "Averil Post",
        None,
        45,
        "reader",
    )
    page = client.get("/sources")
    sound(page.text)
    for said in ("Averil Post", FEED, "every 45 minutes", "not read yet"):
        assert said in page.text
    store.sources.take_lease("a test", 60)
    store.sources.note_source("a test", source.id, failures=3, trouble="The site answered <500>.", next_at=store.now())
    page = client.get("/sources")
    sound(page.text)
    assert "Failed 3 times in a row" in page.text
    assert "answered &lt;500&gt;" in page.text
    assert client.post(f"/sources/{source.id}/read", headers=OWN).status_code == 303
    assert store.sources.sources()[0].failures == 0
    assert client.post(f"/sources/{source.id}/end", headers=OWN).status_code == 303
    assert store.sources.sources() == ()
    assert client.post(f"/sources/{source.id}/end", headers=OWN).status_code == 404
    assert {line.kind for line in store.audit.page().items} == {"source"}


REFUSED = {
    "not public": ("http://127.0.0.1/feed", False, 422),
    "of this network": ("http://192.168.1.1/feed", False, 422),
    "of the cloud": ("http://169.254.169.254/latest", False, 422),
    "another port": ("http://127.0.0.1:6379/", False, 422),
    "a file": ("file:///etc/passwd", True, 422),
    "with a password": ("http://ann:secret@127.0.0.1/", True, 422),
    "nothing": ("", True, 422),
    "no address": ("the feed", True, 422),
}


@pytest.mark.parametrize(("url", "private", "status"), REFUSED.values(), ids=REFUSED.keys())
def test_what_may_not_be_fetched_is_not_watched(new_store, serving, url, private, status):
    store = new_store()
    client = serving(store, fetch_private=private)
    form = client.post("/sources", data={"url": url, "outlet": "Averil Post"}, headers=OWN)
    assert form.status_code == status
    assert "Averil Post" in form.text, "what was typed is not lost"
    assert client.post("/api/v1/sources", json={"url": url}).status_code == status
    assert store.sources.sources() == ()


@pytest.mark.parametrize("every", ["4", "10081", "-1"])
def test_how_often_has_bounds(house, every):
    store, client = house
    assert client.post("/sources", data={"url": FEED, "every": every}, headers=OWN).status_code == 422
    assert store.sources.sources() == ()


def test_the_same_address_is_watched_once(house):
    _, client = house
    made = client.post("/api/v1/sources", json={"url": FEED, "every": 60})
    assert made.status_code == 201
    assert client.post("/api/v1/sources", json={"url": FEED}).status_code == 409
    assert client.post("/sources", data={"url": f"{FEED}#top"}, headers=OWN).status_code == 409
    listed = client.get("/api/v1/sources").json()
    assert [s["url"] for s in listed["items"]] == [FEED]
    assert client.request("DELETE", f"/api/v1/sources/{made.json()['id']}").status_code == 204
    assert client.get("/api/v1/sources").json()["total"] == 0


def test_a_reader_sees_what_is_watched_and_no_form(house, serving):
    store, _ = house
    store.sources.add_source(FEED, by="ann")
    page = serving(store, peer="192.0.2.7", watch=False).get("/sources")
    assert FEED in page.text
    assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    assert "does not read them" in page.text


def test_keys_in_addresses_and_who_added_them_are_for_whoever_may_watch(house, serving):
    store, own = house
    keyed = f"{FEED}?key=hush-1&of=averil"
    source = store.sources.add_source(keyed, by="ann-of-the-desk")
    store.sources.take_lease("a test", 60)
    store.sources.note_source("a test", source.id, failures=2, trouble=f"{keyed} answered 500; {keyed}#hush-2 too.", note="It went to https://b.example/f?token=hush-3 today.", etag='"hush-4"', answered_from=keyed)  # fmt: skip
    reader = serving(store, peer="192.0.2.7")
    for path in ("/sources", "/api/v1/sources"):
        told = reader.get(path).text
        assert FEED in told
        assert "hush" not in told
        assert "ann-of-the-desk" not in told
        assert "answered 500" in told
        every = own.get(path).text
        assert "key=hush-1" in every
        assert "ann-of-the-desk" in every
