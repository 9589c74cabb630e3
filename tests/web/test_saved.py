"""Saved searches on their pages and in the API: from what was searched to what is new, whose they are, what may be done."""

from __future__ import annotations

import re

import pytest

from app.roles import Role
from app.store.views import Query

SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
ASKED = {"q": "bridge", "outlet": "island-herald"}


def saved(client, name: str = "Bridges", **form: str) -> str:
    """The address of a search saved by the form."""
    answer = client.post("/searches", data={"name": name, **(form or ASKED)}, headers=SAME)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].replace("#search-", "/")


def something_new(client, made_report, number: int = 7) -> None:
    """Another report of the same outlet, with two sentences about the bridge."""
    report = made_report(
        1, [f"The bridge has {number} arches.", "A bridge is long."], url=f"https://new.example/{number}"
    )
    client.app.state.holder.get().articles.keep_article(report, story_slug="another-bridge")


def test_the_form_under_a_search_saves_it(review, sound) -> None:
    page = review.get("/search?q=bridge&outlet=island-herald&from=2024-05-01&actor=Ruiz").text
    sound(page)
    form = re.search(r'(?s)<form class="decide" method="post" action="/searches">(.*?)</form>', page)[1]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert fields == {**ASKED, "actor": "ana-ruiz", "from": "2024-05-01", "name": ""}
    review.post("/searches", data={**fields, "name": "Bridges"}, headers=SAME)
    listed = review.get("/searches").text
    sound(listed)
    assert "“bridge” · by or about Ana Ruiz · in Island Herald" in listed
    again = re.search(r'href="(/search\?[^"]+)"', listed)[1].replace("&amp;", "&")
    assert review.get(again).text.count('class="when"') == page.count('class="when"') > 0


def test_what_came_is_new_until_it_was_seen(review, made_report, sound) -> None:
    address = saved(review)
    assert "nothing new" in review.get("/searches").text
    something_new(review, made_report)
    assert ">2 new<" in review.get("/searches").text
    page = review.get(address).text
    sound(page)
    assert page.count('class="when"') == 2
    assert ">2 new<" in review.get("/searches").text, "looking changes nothing"
    upto = re.search(r'name="upto" value="([^"]+)"', page)[1].replace("&#43;", "+")
    something_new(review, made_report, 8)
    assert review.post(address, data={"do": "seen", "upto": upto}, headers=SAME).status_code == 303
    assert ">2 new<" in review.get("/searches").text, "what came meanwhile is new still"


def test_renamed_taken_away_and_had_back(review, sound) -> None:
    address = saved(review)
    assert review.post(address, data={"do": "rename", "name": "Crossings"}, headers=SAME).headers["location"] == address
    assert "<h1>Crossings</h1>" in review.get(address).text
    gone = review.post(address, data={"do": "remove"}, headers=SAME).headers["location"]
    page = review.get(gone).text
    sound(page)
    assert "“Crossings” was taken away" in page
    assert "You have saved no search yet" in page
    sound(review.get(address).text)
    review.post(address, data={"do": "restore"}, headers=SAME)
    assert "Crossings" in review.get("/searches").text
    assert "was taken away" not in review.get(gone).text


def test_what_cannot_be_saved_keeps_what_was_typed(review, sound) -> None:
    saved(review)
    answer = review.post("/searches", data={"name": "bridges", "q": "<pact>"}, headers=SAME)
    assert answer.status_code == 409
    sound(answer.text)
    assert 'value="&lt;pact&gt;"' in answer.text
    assert 'value="bridges"' in answer.text
    assert review.post("/searches", data={"name": "nothing"}, headers=SAME).status_code == 422
    assert review.post("/searches", data={"name": "x", "q": "a", "from": "26/11"}, headers=SAME).status_code == 422
    assert review.post(saved(review), data={"do": "seen", "upto": "now"}, headers=SAME).status_code == 422


@pytest.fixture
def house(filled, serving):
    """Two reviewers, a reader, and nobody."""
    store = filled()
    people = {"Ann": Role.REVIEWER, "Bo": Role.REVIEWER, "Cy": Role.READER}
    tokens = {name: store.people.add_person(name, role, by="test")[1] for name, role in people.items()}
    client = serving(store)

    def asked(who: str | None, method: str, path: str, **more):
        headers = {"authorization": f"Bearer {tokens[who]}"} if who else {}
        return client.request(method, path, headers=headers, **more)

    return asked


def test_they_are_ones_own(house) -> None:
    made = house("Ann", "POST", "/api/v1/searches", json={"name": "Bridges", **ASKED})
    assert made.status_code == 201
    at = made.headers["location"]
    assert house("Ann", "GET", at).json()["saved"]["name"] == "Bridges"
    assert house("Ann", "GET", "/searches").text.count("Bridges") > 0
    for method, more in (("GET", {}), ("PATCH", {"json": {"name": "x"}}), ("DELETE", {})):
        assert house("Bo", method, at, **more).status_code == 404
    assert house("Bo", "GET", "/api/v1/searches").json()["items"] == []
    assert house("Bo", "GET", at.replace("/api/v1", "")).status_code == 404
    assert house("Cy", "POST", "/api/v1/searches", json={"name": "x", "q": "y"}).status_code == 403
    assert house("Cy", "GET", "/api/v1/searches").status_code == 200
    assert house(None, "GET", "/api/v1/searches").status_code == 401
    assert house(None, "GET", "/searches").headers["location"].startswith("/sign-in?back=")
    assert "/searches" not in house(None, "GET", "/search?q=bridge").text


def test_the_api_says_what_is_new(review, made_report) -> None:
    json = {"name": "Bridges", "q": "bridge", "from": "2024-01-01", "date_of": "published", "relation": "single-source"}
    made = review.post("/api/v1/searches", json=json).json()
    assert made["query"]["since"] == "2024-01-01"
    at = f"/api/v1/searches/{made['id']}"
    plain = review.post("/api/v1/searches", json={"name": "All", "q": "bridge"}).json()
    something_new(review, made_report)
    told = review.get(f"/api/v1/searches/{plain['id']}?limit=1").json()
    assert (told["total"], len(told["items"]), told["saved"]["fresh"]) == (2, 1, 2)
    rest = review.get(f"/api/v1/searches/{plain['id']}?limit=1&cursor={told['next']}").json()
    assert (len(rest["items"]), rest["next"]) == (1, None)
    seen = review.request("PATCH", f"/api/v1/searches/{plain['id']}", json={"looked_at": told["asked_at"]}).json()
    assert seen["fresh"] == 0
    assert review.request("DELETE", at).json()["removed"]
    assert [s["name"] for s in review.get("/api/v1/searches").json()["items"]] == ["All"]
    back = review.request("PATCH", at, json={"removed": False, "name": "Again"}).json()
    assert (back["removed"], back["name"]) == (False, "Again")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "x"}, 422),
        ({"q": "x"}, 422),
        ({"name": "x", "q": "y", "colour": "red"}, 422),
        ({"name": "x", "q": "y", "relation": "perhaps"}, 422),
        ({"name": "x", "from": "2024-05-02", "to": "2024-05-01"}, 422),
        ({"name": "Bridges", "q": "else"}, 409),
    ],
)
def test_what_the_api_refuses(review, body, status) -> None:
    review.post("/api/v1/searches", json={"name": "Bridges", "q": "bridge"})
    answer = review.post("/api/v1/searches", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert review.request("PATCH", "/api/v1/searches/1", json={"looked_at": "2024-05-01T10:00:00"}).status_code == 422


def test_switched_off_it_is_read_still(filled, serving) -> None:
    store = filled()
    store.searches.save_search("Bridges", Query("bridge"), by="reader")
    client = serving(store, writable=False)
    page = client.get("/searches/1").text
    assert "<h1>Bridges</h1>" in page
    assert 'value="rename"' not in page
