"""Pages of lists: what they lead to, that filters hold together, and the same for programs."""

from __future__ import annotations

import re
import time
from html import unescape

import pytest

V1 = "/api/v1"


@pytest.mark.parametrize("path", ["/stories", "/articles", "/actors", "/outlets"])
def test_the_header_leads_there_and_says_where_one_is(bridge, path) -> None:
    assert f'<a href="{path}">' in bridge.get("/method").text
    assert f'<a href="{path}" aria-current="page">' in bridge.get(path).text


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/stories", "/stories/the-bridge"),
        ("/articles", "/articles/1"),
        ("/articles", "/outlets/island-herald"),
        ("/actors", "/actors/ana-ruiz"),
        ("/outlets", "/outlets/island-herald"),
        ("/outlets/island-herald", "/stories/the-bridge"),
        ("/articles/2", "/outlets/island-herald"),
    ],
)
def test_what_is_listed_is_linked(bridge, path, link) -> None:
    assert f'href="{link}"' in bridge.get(path).text


def test_a_chip_keeps_the_words_and_the_form_keeps_the_chip(bridge) -> None:
    page = unescape(bridge.get("/stories?q=bridge&relation=conflict").text)
    assert 'href="/stories?q=bridge&relation=agree"' in page
    assert '<input type="hidden" name="relation" value="conflict">' in page
    assert re.search(r'aria-current="true"><svg.*?</svg>conflict', page)


def test_what_is_not_found_says_so_and_leads_back(bridge) -> None:
    page = bridge.get("/articles?q=zebra").text
    assert "No article fits" in page
    assert '<a href="/articles">Show all</a>' in page


def test_a_date_that_is_none_is_said_beside_its_field(bridge) -> None:
    answer = bridge.get("/articles?from=26/11")
    assert answer.status_code == 422
    assert 'value="26/11"' in answer.text


@pytest.mark.parametrize(
    ("path", "total"),
    [
        ("stories?q=bridg&outlet=island-herald&relation=conflict&size=many&order=name", 1),
        ("stories?size=one", 0),
        ("articles?q=report&from=2024-05-01&to=2024-05-31&order=oldest", 3),
        ("actors?kind=person&order=name", 1),
        ("outlets?q=island", 1),
    ],
)
def test_programs_find_the_same(bridge, path, total) -> None:
    assert bridge.get(f"{V1}/{path}").json()["total"] == total


def test_an_outlet_for_programs(bridge) -> None:
    outlet = bridge.get(f"{V1}/outlets/island-herald").json()
    assert outlet["outlet"]["name"] == "Island Herald"
    assert {s["status"] for s in outlet["stands"]} >= {"conflict", "agree"}
    assert bridge.get(f"{V1}/outlets/nobody").status_code == 404


@pytest.mark.parametrize(
    "path", ["stories?order=oldest", "articles?from=2024-02-02&to=2024-02-01", "actors?kind=unnamed"]
)
def test_a_program_is_told_what_is_wrong(bridge, path) -> None:
    assert bridge.get(f"{V1}/{path}").status_code == 422


def test_a_first_visit_has_a_guide_and_a_later_one_says_what_is_new(review, made_report) -> None:
    store = review.app.state.holder.get()
    at = store.now()
    first = review.get("/")
    assert "Three steps" in first.text
    cookie = first.headers["set-cookie"]
    assert re.match(r"parallax-visit=0\.\d+;", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    before = {"cookie": f"parallax-visit=0.{int(at.timestamp()) - 7200}"}
    store.articles.keep_article(made_report(9, ["Monday: a late word of the bridge."]), story_slug="the-bridge")
    store.articles.keep_article(made_report(8, ["Monday: a tunnel."]), story_slug="a-tunnel", story_title="A tunnel")
    store.articles.keep_article(made_report(7, ["Monday: a ferry."]), story_slug="a-ferry", story_title="A ferry")
    later = unescape(review.get("/", headers=before).text)
    assert "Three steps" not in later
    assert "new article" in later
    short = re.search(r'(?s)<ul class="short-list">.*?</ul>', later)[0]
    assert "A tunnel" in short
    assert "The bridge" not in short
    assert '<option value="newest" selected>' in later
    nothing = {"cookie": f"parallax-visit={int(at.timestamp()) + 3600}.{int(at.timestamp()) + 3700}"}
    assert "Since you were here" not in review.get("/", headers=nothing).text


@pytest.mark.parametrize("cookie", ["x", "1", "9999999999.9999999999", "0.0", "-1.5", "１.２", "1.2.3", "a" * 3000])
def test_a_cookie_that_is_none_of_ours_is_a_first_visit_or_an_old_one(bridge, cookie) -> None:
    answer = bridge.get("/", headers={"cookie": f"parallax-visit={cookie}".encode()})
    assert answer.status_code == 200


@pytest.mark.parametrize("order", ["newest", "changed", "conflicts", "articles", "name", "banana"])
def test_the_front_page_in_every_order(bridge, order, sound) -> None:
    page = bridge.get(f"/?order={order}")
    assert page.status_code == 200
    sound(page.text)


def test_the_example_is_loaded_where_nothing_is_kept_and_only_where_writing_is_allowed(serving, new_store) -> None:
    client = serving(new_store())
    assert 'action="/example"' in client.get("/").text
    answer = client.post("/example", headers={"origin": "http://127.0.0.1:8000"}, follow_redirects=False)
    assert answer.status_code == 303
    job = client.app.state.jobs.get(answer.headers["location"].rpartition("/")[2])
    until = time.monotonic() + 120
    while not job.progress.over and time.monotonic() < until:
        time.sleep(0.1)
    assert client.get("/api/v1/articles").json()["total"] == 6
    assert all(a["own_words"] for a in client.get("/api/v1/articles").json()["items"])
    locked = serving(new_store(), writable=False)
    assert 'action="/example"' not in locked.get("/").text
    assert locked.post("/example", headers={"origin": "http://127.0.0.1:8000"}).status_code == 403
