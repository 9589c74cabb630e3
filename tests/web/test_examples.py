"""The bundled stories: each shows what it is built to show, its handout leads there, and loading one again changes nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app import pipeline
from app.pipeline.bundle import FOLDER
from app.web.pages.examples import _kept, row_looked_for

TAUGHT = tuple(story.name for story in pipeline.bundled_stories() if story.name != pipeline.MAIN)
"""The main one is loaded and read by many other tests."""


@pytest.fixture(scope="module")
def taught(new_store):
    store = new_store()
    for name in TAUGHT:
        pipeline.load_bundled(store, name, by="reader")
    return store


@pytest.fixture(scope="module")
def school(taught, serving):
    return serving(taught)


def test_a_folder_with_a_manifest_is_a_story() -> None:
    assert {s.name for s in pipeline.bundled_stories()} == {m.parent.name for m in FOLDER.glob("*/manifest.csv")}
    assert pipeline.bundled_stories()[0].name == pipeline.MAIN


@pytest.mark.parametrize("story", pipeline.bundled_stories(), ids=lambda s: s.name)
def test_words_to_look_for_stand_in_the_articles(story) -> None:
    articles = pipeline.bundled_articles(story.name)
    assert len(articles) == story.articles
    assert 3 <= len(story.outlets) <= 5
    assert 3 <= len(story.questions) <= 5
    for file, words in (pair for q in story.questions for look in q.look for pair in look.words.items()):
        assert words in f"{articles[file].headline}\n{articles[file].text}", (file, words)


@pytest.mark.parametrize("name", TAUGHT)
def test_an_invented_story_says_so_wherever_its_title_stands(name) -> None:
    story = pipeline.bundled(name)
    assert story.invented
    assert story.title.endswith("(invented)")


@pytest.mark.parametrize("name", TAUGHT)
def test_a_story_shows_what_it_is_built_to_show(taught, name) -> None:
    articles, home, _ = _kept(taught, name)
    assert home is not None
    rows = tuple(taught.rows.every(home.slug))
    looks = [look for q in pipeline.bundled(name).questions for look in q.look]
    for look in looks:
        row = row_looked_for(look, articles, rows)
        if look.status or len(look.words) > 1:
            assert row is not None, look.say
        if look.status:
            assert row.status == look.status, look.say


def test_loading_again_changes_nothing(taught) -> None:
    before = taught.library.stories(limit=50).total, taught.library.articles(limit=1).total
    summary = pipeline.load_bundled(taught, TAUGHT[0], by="reader")
    assert set(summary.outcomes) == {"same"}
    assert before == (taught.library.stories(limit=50).total, taught.library.articles(limit=1).total)


@pytest.mark.parametrize("name", TAUGHT)
def test_a_handout_leads_to_its_rows(school, sound, name) -> None:
    page = school.get(f"/examples/{name}").text
    sound(page)
    links = re.findall(r'href="(/alignments/\d+|/articles/\d+#c\d+)"', page)
    looks = [look for q in pipeline.bundled(name).questions for look in q.look]
    assert len(links) == len(looks)
    assert {school.get(link).status_code for link in links} == {200}
    assert "What an answer needs" in page


def test_the_sheet_for_the_class_holds_questions_alone(school, sound) -> None:
    page = school.get(f"/examples/{TAUGHT[0]}?sheet=class").text
    sound(page)
    story = pipeline.bundled(TAUGHT[0])
    assert all(q.needs[:40] not in page for q in story.questions)
    assert "/alignments/" not in page
    assert 'class="verdict' not in page


def test_the_list_offers_what_is_not_loaded(school, sound) -> None:
    page = school.get("/examples").text
    sound(page)
    assert re.findall(r'name="name" value="([^"]+)"', page) == [pipeline.MAIN]
    assert page.count("/classroom") == len(TAUGHT)


def test_a_deleted_one_is_not_offered_again_but_to_be_restored(new_store, serving, sound) -> None:
    store = new_store()
    pipeline.load_bundled(store, TAUGHT[0], by="reader")
    store.corrections.delete_story(store.library.stories().items[0].story.slug, by="reader")
    client = serving(store)
    for address in ("/examples", f"/examples/{TAUGHT[0]}"):
        page = client.get(address).text
        sound(page)
        assert 'href="/corrections"' in page
        assert f'name="name" value="{TAUGHT[0]}"' not in page


def test_a_name_that_is_none_says_which_there_are(bridge) -> None:
    answer = bridge.get("/examples/no-such")
    assert answer.status_code == 404
    assert TAUGHT[0] in answer.text
    refused = bridge.post("/examples", data={"name": "no-such"}, headers={"origin": "http://127.0.0.1:8000"})
    assert refused.status_code == 404


def test_the_wheel_takes_the_stories_along() -> None:
    import tomllib

    told = tomllib.loads(Path(FOLDER.parents[1], "pyproject.toml").read_text("utf-8"))
    patterns = told["tool"]["setuptools"]["package-data"]["app"]
    packed = {file for pattern in patterns for file in FOLDER.parent.glob(pattern)}
    assert {f for f in FOLDER.rglob("*") if f.is_file()} <= packed
