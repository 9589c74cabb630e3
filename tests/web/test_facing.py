"""Two articles in full: what both tell is linked both ways, what only one tells is not; where the page is reached from."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def page(bridge) -> str:
    return bridge.get("/articles/1/with/2").text


def test_every_passage_leads_to_its_counterpart_and_back(page, sound) -> None:
    sound(page)
    left, right = page.split("<article ")[1:]
    there = dict(re.findall(r'href="#(c\d+)" data-passage="(\d+)"', left))
    back = dict(re.findall(r'href="#(c\d+)" data-passage="(\d+)"', right))
    assert len(there) == len(back) == 6
    for anchor, own in there.items():
        assert f'id="{anchor}"' in right
        assert back[f"c{own}"] == anchor.removeprefix("c")


def test_the_passages_look_as_their_verdicts_and_are_counted(page) -> None:
    looks = re.findall(r'<a class="underlined is-(\S+)"', page)
    assert {looks.count(s) for s in ("conflict", "agree", "diverge")} == {4, 2}
    said = re.sub(r"<[^>]*>", " ", re.search(r'(?s)<p class="summed">(.*?)</p>', page)[1])
    assert "6 things" in said
    assert re.search(r"conflict\s+2", said)


def test_what_only_one_tells_is_no_link(filled, serving, made_report) -> None:
    store = filled()
    store.articles.keep_article(
        made_report(0, ["Monday the ferry runs again."], url="https://0.example.org/ferry"), story_slug="the-bridge"
    )
    page = serving(store).get("/articles/4/with/2").text
    assert '<span class="only-here">Monday the ferry runs again.</span>' in page
    assert "data-passage" not in page
    assert "not compared yet" in page.casefold() or "Nothing was found that both" in page


@pytest.mark.parametrize(("path", "status"), [("/articles/1/with/1", 422), ("/articles/1/with/999", 404), ("/articles/999/with/1", 404), ("/articles/1/with/x", 404)])  # fmt: skip
def test_what_cannot_be_read_side_by_side_is_said(bridge, path, status) -> None:
    assert bridge.get(path, headers={"accept": "text/html"}).status_code == status


@pytest.mark.parametrize("from_", ["/articles/1", "/stories/the-bridge?outlets=harbour-gazette,river-times"])
def test_it_is_reached_from_an_article_and_from_two_outlets(bridge, from_) -> None:
    found = re.findall(r'href="(/articles/\d+/with/\d+)"', bridge.get(from_).text)
    assert found
    assert bridge.get(found[0]).status_code == 200


def test_it_is_reached_from_a_pair_at_the_passage(bridge) -> None:
    row = re.search(r'href="(/alignments/\d+)"', bridge.get("/stories/the-bridge?status=conflict").text)[1]
    address = re.search(r'href="(/articles/\d+/with/\d+)#(c\d+)"', bridge.get(row).text)
    assert f'id="{address[2]}"' in bridge.get(address[1]).text
