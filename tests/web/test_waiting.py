"""A story whose import was cut short: its claims are kept, its rows are not made yet. Nothing says otherwise, and it is healed."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile
from datetime import timedelta

import pytest

from app import pipeline
from app.errors import Conflicting
from app.store import Store
from app.web import healing
from app.web.healing import Healer

V1 = "/api/v1"
LIES = ("No claims were found", "No row fits", "nobody else", "Nothing: another report", "Nothing that two others")


@pytest.fixture
def report(made_report):
    """A report of six points by its number."""

    def make(number: int):
        sentences = [f"Monday: point {i} of the bridge, said Ruiz, stands in version {number}." for i in range(6)]
        return made_report(number, sentences, headline=f"Bridge, report {number}")

    return make


@pytest.fixture
def never(new_store, report) -> Store:
    """Kept and never compared."""
    store = new_store()
    for n in (0, 1):
        store.articles.keep_article(report(n), story_slug="the-bridge", story_title="The bridge")
    return store


@pytest.fixture
def later(filled, report) -> Store:
    """Three articles compared, a fourth kept and not compared."""
    store = filled()
    store.articles.keep_article(report(4), story_slug="the-bridge")
    return store


@pytest.fixture(params=["never", "later"])
def waiting(request) -> Store:
    return request.getfixturevalue(request.param)


def last(store: Store) -> int:
    """The article that was kept last: it waits in any case."""
    return max(a.id for a in store.library.articles().items)


PAGES = [
    "/",
    "/stories/the-bridge",
    "/stories/the-bridge/print",
    "/articles/{article}",
    "/search?q=bridge",
    "/conflicts",
]
PAGES += ["/stories/the-bridge?strictness=0.9", "/stories/the-bridge?status=conflict"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_so_and_none_says_otherwise(serving, waiting, path, sound) -> None:
    page = serving(waiting).get(path.format(article=last(waiting)))
    assert page.status_code == 200
    sound(page.text)
    assert re.search("[Nn]ot compared yet", page.text), path
    text = re.sub(r"<details class=\"small silences\">.*?</details>", "", page.text, flags=re.DOTALL)
    assert not [lie for lie in LIES if lie in text]


def test_where_nothing_was_compared_nothing_is_counted(serving, never) -> None:
    page = serving(never).get("/stories/the-bridge").text
    assert 'class="statuses"' not in page
    assert not re.search(r"\b0 (rows?|conflicts?)\b", page)
    sheet = serving(never).get("/stories/the-bridge/print").text
    assert "0 rows" not in sheet
    assert "0 conflict" not in serving(never).get("/stories/the-bridge/export.md").text


def test_the_cells_of_an_article_that_waits_say_so(serving, later) -> None:
    rows = serving(later).get(f"{V1}/stories/the-bridge/alignments").json()
    assert rows["waiting"] is True
    fourth = last(later)
    assert {c["silence"] for row in rows["items"] for c in row["cells"] if c["article_id"] == fourth} == {
        "not-compared"
    }
    assert not any(
        c["silence"] == "not-compared" for r in rows["items"] for c in r["cells"] if c["article_id"] != fourth
    )


def test_the_api_says_so(serving, waiting) -> None:
    client = serving(waiting)
    story = client.get(f"{V1}/stories/the-bridge").json()
    assert story["waiting"] is True
    assert last(waiting) in [c["id"] for c in story["columns"] if c["waiting"]]
    assert client.get(f"{V1}/stories").json()["items"][0]["waiting"] is True
    assert client.get(f"{V1}/stories/the-bridge/alignments").json()["waiting"] is True
    assert client.get(f"{V1}/conflicts").json()["waiting"] == ["the-bridge"]
    article = client.get(f"{V1}/articles/{last(waiting)}").json()
    assert article["waiting"] is True
    assert article["article"]["waiting"] is True
    assert article["missing"] == []
    found = client.get(f"{V1}/claims?q=version").json()["items"]
    assert {h["claim"]["article"]["waiting"] for h in found if h["claim"]["status"] is None} == {True}


def test_every_export_says_so(serving, waiting) -> None:
    client = serving(waiting)
    base = "/stories/the-bridge/export"
    assert json.loads(client.get(f"{base}.json").text)["waiting"] is True
    lines = list(csv.DictReader(io.StringIO(client.get(f"{base}.csv").content.decode("utf-8-sig"))))
    assert [line["headline"] for line in lines if line["status"] == "not-compared"]
    assert "Not compared yet" in client.get(f"{base}.md").text
    assert "Not compared yet" in client.get(f"{base}.jsonld").text
    with zipfile.ZipFile(io.BytesIO(client.get(f"{base}.zip").content)) as archive:
        assert "Not compared yet" in archive.read("the-bridge/README.md").decode()


def test_it_is_not_frozen(serving, waiting) -> None:
    with pytest.raises(Conflicting, match="not all compared"):
        waiting.snapshots.freeze("the-bridge", by="ann")
    with pytest.raises(Conflicting):
        waiting.snapshots.start_class("the-bridge", by="ann")
    answer = serving(waiting).post(f"{V1}/stories/the-bridge/snapshots", json={})
    assert answer.status_code in {404, 409}


def test_a_story_that_does_not_wait_says_nothing_of_it(bridge) -> None:
    for path in ("/", "/stories/the-bridge", "/articles/1", "/conflicts", "/stories/the-bridge/print"):
        assert "ot compared yet" not in re.sub(
            r"<details class=\"small silences\">.*?</details>", "", bridge.get(path).text, flags=re.DOTALL
        )
    assert bridge.get(f"{V1}/stories/the-bridge").json()["waiting"] is False


# --- healing ---------------------------------------------------------------------------------------------------------


def test_the_server_leaves_alone_what_somebody_is_adding_to(never) -> None:
    healer = Healer(lambda: never)
    assert healer.once() == ()
    assert never.articles.stale_stories() == ("the-bridge",)


def test_the_server_compares_what_waits(waiting, monkeypatch) -> None:
    monkeypatch.setattr(healing, "QUIET", timedelta(0))
    assert Healer(lambda: waiting).once() == ("the-bridge",)
    assert waiting.articles.stale_stories() == ()
    assert all(cell.silence != "not-compared" for row in waiting.rows.every("the-bridge") for cell in row.cells)
    assert not any(a.waiting for a in waiting.library.articles().items)


def test_it_begins_when_the_server_starts_and_ends_with_it(serving, waiting, monkeypatch, portal) -> None:
    monkeypatch.setattr(healing, "QUIET", timedelta(0))
    app = serving(waiting).app
    with portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        end = time.monotonic() + 20
        while waiting.articles.stale_stories():
            assert time.monotonic() < end
            time.sleep(0.05)
    assert app.state.healer._thread is not None
    assert not app.state.healer._thread.is_alive()


def test_what_another_version_compared_is_offered_and_not_done(filled, monkeypatch) -> None:
    store, told = filled(), []
    monkeypatch.setattr(healing, "QUIET", timedelta(0))
    monkeypatch.setattr(healing.log, "warning", lambda what, **more: told.append((what, more)))
    healer = Healer(lambda: store)
    healer.offer()
    assert healer.once() == ()
    assert told == [("stories were compared by another version", {"stories": 1, "mend": "run `parallax reread`"})]
    assert store.rows.story("the-bridge").compared_by == ""
    pipeline.compare_anew(store, ["the-bridge"])
    healer.offer()
    assert len(told) == 1


def test_that_it_cannot_be_told_ends_nothing(monkeypatch) -> None:
    told = []
    monkeypatch.setattr(healing.log, "warning", lambda what, **_: told.append(what))
    Healer(lambda: 1 / 0).offer()
    assert told == ["it cannot be told whether this version compared the stories"]


def test_trouble_is_logged_and_the_server_goes_on(waiting, monkeypatch) -> None:
    def broken(*_, **__):
        raise Conflicting("no.")

    monkeypatch.setattr(healing, "QUIET", timedelta(0))
    monkeypatch.setattr(pipeline, "heal", broken)
    healer = Healer(lambda: waiting)
    healer.start()
    time.sleep(0.1)
    assert healer._thread.is_alive()
    healer.stop(5)
    assert not healer._thread.is_alive()
