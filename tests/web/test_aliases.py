"""Names that people add to actors: from the page and the API, with every way it can go wrong; articles are read anew."""

from __future__ import annotations

import re

import pytest

from app import pipeline
from app.core.records import Hints
from app.web import naming

V1 = "/api/v1"
OWN = {"sec-fetch-site": "same-origin"}
TEXTS = (
    ("NPR", "The harbour seat said on Monday that it would close the canal. Ships waited outside. France protested."),
    ("KBS", "Switzerland said it would close the canal on Monday. Ships waited outside the locks."),
)


@pytest.fixture
def canal(store, serving):
    pages = [pipeline.paste(text, Hints(outlet=o, headline=f"{o} on the canal", story="canal")) for o, text in TEXTS]
    pipeline.keep(store, pipeline.read_pages(pages))
    return serving(store)


def names_of(canal) -> list[str]:
    return [a["text"] for a in canal.get(f"{V1}/actors/switzerland/aliases").json()["items"]]


def test_a_name_is_added_shown_and_taken_back(canal, sound) -> None:
    answer = canal.post(
        "/actors/switzerland/names", data={"name": "the harbour seat", "back": "/actors/switzerland"}, headers=OWN
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/actors/switzerland")
    page = canal.get("/actors/switzerland").text
    sound(page)
    assert "the harbour seat" in page
    assert "added by" in page
    assert "The harbour seat said on Monday" in re.sub("<[^>]+>", "", page)
    sound(canal.get("/actors/switzerland/names").text)
    undo = re.search(r'action="(/aliases/\d+)"', page)
    assert undo
    answer = canal.post(undo[1], data={"back": "/actors/switzerland"}, headers=OWN)
    assert answer.status_code == 303
    assert names_of(canal) == []
    assert "The harbour seat said on Monday" not in re.sub("<[^>]+>", "", canal.get("/actors/switzerland").text)


@pytest.mark.parametrize(
    ("name", "status", "say"),
    [(" ", 422, "needed"), ("?!", 422, "letter"), ("x" * 130, 422, "longer than"), ("France", 409, "France")],
    ids=["empty", "no letter", "too long", "another's"],
)
def test_a_bad_name_comes_back_with_the_reason(canal, sound, name, status, say) -> None:
    answer = canal.post("/actors/switzerland/names", data={"name": name}, headers=OWN)
    assert answer.status_code == status
    sound(answer.text)
    assert say in answer.text
    assert names_of(canal) == []


def test_anothers_name_can_be_meant(canal) -> None:
    page = canal.post("/actors/switzerland/names", data={"name": "France"}, headers=OWN).text
    assert 'name="meant"' in page
    answer = canal.post("/actors/switzerland/names", data={"name": "France", "meant": "true"}, headers=OWN)
    assert answer.status_code == 303
    assert names_of(canal) == ["France"]


def test_the_api_adds_lists_and_removes(canal) -> None:
    answer = canal.post(f"{V1}/actors/switzerland/aliases", json={"name": "the harbour seat"})
    assert answer.status_code == 201
    body = answer.json()
    assert (body["read"], body["waiting"], body["alias"]["text"]) == (1, 0, "the harbour seat")
    assert names_of(canal) == ["the harbour seat"]
    gone = canal.request("DELETE", f"{V1}/aliases/{body['alias']['id']}")
    assert gone.status_code == 200
    assert gone.json()["alias"]["removed_at"]
    assert names_of(canal) == []


@pytest.mark.parametrize(
    ("key", "body", "status"),
    [
        ("switzerland", {"name": ""}, 422),
        ("switzerland", {"name": "x" * 121}, 422),
        ("switzerland", {"called": "x"}, 422),
        ("nobody-at-all", {"name": "the seat"}, 404),
        ("switzerland", {"name": "France"}, 409),
    ],
    ids=["empty", "too long", "unknown field", "no such actor", "another's"],
)
def test_the_api_refuses(canal, key, body, status) -> None:
    answer = canal.post(f"{V1}/actors/{key}/aliases", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert names_of(canal) == []


def test_nothing_under_these_addresses(canal) -> None:
    assert canal.get("/actors/nobody-at-all/names").status_code == 404
    assert canal.get(f"{V1}/actors/nobody-at-all/aliases").status_code == 404
    assert canal.request("DELETE", f"{V1}/aliases/999").status_code == 404
    assert canal.post("/aliases/999", data={}, headers=OWN).status_code == 404


def test_another_sites_form_is_refused(canal) -> None:
    answer = canal.post(
        "/actors/switzerland/names", data={"name": "the seat"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert names_of(canal) == []


def test_many_articles_are_read_after_the_answer(canal, monkeypatch) -> None:
    monkeypatch.setattr(naming, "AT_ONCE", 0)
    body = canal.post(f"{V1}/actors/switzerland/aliases", json={"name": "the harbour seat"}).json()
    assert (body["read"], body["waiting"]) == (0, 1)
    claims = canal.get(f"{V1}/claims?actor=switzerland&q=seat").json()
    assert claims["total"] == 1
