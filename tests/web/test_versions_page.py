"""Versions of an article: what changed word by word, which rows that touched, and the feed that tells of it."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree as ET

import feedparser
import pytest

from app.core.text import changed_words
from app.store.read import versions
from app.store.recent_cache import RecentCache
from app.web import version_feeds

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = ["Monday ten people were hurt.", "Monday the bridge stays open, said Ruiz.", "Monday the old road is free."]
SECOND = [
    "Monday twelve people were hurt.",
    "Monday the bridge stays open, said Ruiz.",
    "Monday nobody may pass the pier.",
]


@pytest.fixture(scope="module")
def revised(new_store, serving, made_report):
    store = new_store()
    for sentences, headline in ((FIRST, "The bridge holds"), (SECOND, "The bridge is checked")):
        store.articles.keep_article(
            made_report(0, sentences, url="https://0.example.org/b", headline=headline), story_slug="the-bridge", story_title="The bridge"
        )  # fmt: skip
    return serving(store)


@pytest.fixture(scope="module")
def page(revised) -> str:
    return revised.get("/articles/1/versions").text


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def test_the_newest_version_is_held_against_the_one_before(page, sound) -> None:
    sound(page)
    text = re.search(r'(?s)<article class="changed-text".*?</article>', page)[0]
    assert "[taken out: ten][put in: twelve] people were hurt" in words(text)
    assert re.search(r"<b>\d+ words put in, \d+ words taken out\.</b>", page)
    assert "The bridge [taken out: holds][put in: is checked]" in words(
        re.search(r'(?s)<dl class="facts">.*?</dl>', page)[0]
    )


def test_statements_that_came_and_went_stand_together_by_row(page) -> None:
    touched = words(page.partition("Rows that this touched")[2])
    assert "before: Monday ten people were hurt." in touched
    assert "now: Monday twelve people were hurt." in touched
    assert "Monday the bridge stays open" not in touched


def test_versions_are_chosen_and_taken_the_other_way_round(revised) -> None:
    page = revised.get("/articles/1/versions?before=2&after=1").text
    assert "[taken out: twelve][put in: ten]" in words(page)
    assert "no word changed" in revised.get("/articles/1/versions?before=1&after=1").text.casefold()


@pytest.mark.parametrize("path", ["/articles/1/versions?after=9", "/articles/9/versions", "/articles/9/versions.atom"])
def test_what_is_not_there_is_not_found(revised, path) -> None:
    assert revised.get(path).status_code == 404


def test_the_article_leads_to_its_versions(revised) -> None:
    assert 'href="/articles/1/versions"' in revised.get("/articles/1").text


def test_an_article_of_one_version_says_so(bridge) -> None:
    assert "There is one version" in bridge.get("/articles/1/versions").text
    assert bridge.get("/articles/1/versions.atom").text.count("<entry>") == 0


@pytest.mark.parametrize("path", ["/articles/1/versions.atom", "/stories/the-bridge/versions.atom"])
def test_a_feed_tells_of_every_version_that_took_anothers_place(revised, path) -> None:
    answer = revised.get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert not feedparser.parse(answer.text).bozo
    [entry] = ET.fromstring(answer.text).findall(f"{ATOM}entry")
    assert "Harbour Gazette changed “The bridge is checked”" in entry.findtext(f"{ATOM}title")
    assert "+ twelve" in entry.findtext(f"{ATOM}summary")
    assert revised.get(entry.find(f"{ATOM}link").get("href")).status_code == 200
    assert revised.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    since = answer.headers["last-modified"]
    assert revised.get(path, headers={"if-modified-since": since}).status_code == 304


def test_what_changed_between_two_texts_is_worked_out_once(revised, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(version_feeds, "_told", RecentCache(9))
    monkeypatch.setattr(version_feeds, "changed_words", lambda *two: asked.append(two) or changed_words(*two))
    for path in ("/articles/1/versions.atom", "/stories/the-bridge/versions.atom", "/articles/1/versions.atom"):
        assert "+ twelve" in revised.get(path).text
    assert len(asked) == 1


def test_of_many_versions_only_the_words_of_two_are_read(new_store, made_report, monkeypatch) -> None:
    store = new_store()
    for n in range(6):
        store.articles.keep_article(made_report(0, [f"Monday {n} people were hurt."], url="https://0.example.org/b"), story_slug="b", story_title="B")  # fmt: skip
    found = []
    read = versions.ask
    monkeypatch.setattr(versions, "ask", lambda *a, **k: found.extend(r := list(read(*a, **k))) or r)
    view = store.library.versions(1)
    assert (len(view.revisions), view.numbers) == (6, (5, 6))
    assert sum("text" in r and "record" in r for r in found) == 2
