"""Pages of lists: what they lead to, that filters hold together, and the same for programs."""

from __future__ import annotations

import re
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
