"""Webhooks on their pages, in the API and by command: added with a secret shown once, followed in a log, ended."""

from __future__ import annotations

import json
import re

import pytest

from app.roles import Role

SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
FORM = {"name": "desk", "url": "https://chat.example/hook", "events": ["conflict", "flag"], "story": ""}
SECRET = re.compile(r"whs_[\w-]{43}")


def added(client) -> tuple[str, str]:
    """The secret and the address of a new one, by the form."""
    answer = client.post("/webhooks", data=FORM, headers=SAME)
    assert answer.status_code == 200, answer.text
    number = client.app.state.holder.get().webhooks.webhooks()[0].id
    return SECRET.search(answer.text)[0], f"/webhooks/{number}"


def test_a_secret_is_shown_on_the_page_that_made_it_and_never_again(review, sound) -> None:
    sound(review.get("/webhooks").text)
    answer = review.post("/webhooks", data=FORM, headers=SAME)
    sound(answer.text)
    assert answer.headers["cache-control"] == "no-store"
    first = SECRET.search(answer.text)[0]
    address = "/webhooks/1"
    for page in ("/webhooks", address, "/audit", "/api/v1/webhooks", "/api/v1/webhooks/1/deliveries"):
        assert not SECRET.search(review.get(page).text)
    turned = review.post(address, data={"do": "rotate"}, headers=SAME)
    assert SECRET.search(turned.text)[0] != first
    assert not SECRET.search(review.get(address).text)


def test_what_was_told_is_in_the_log_and_sent_again(review, sound) -> None:
    _, address = added(review)
    row = review.get("/api/v1/stories/the-bridge/alignments").json()["items"][0]["id"]
    review.post(f"/alignments/{row}/flags", data={"note": "hush"}, headers=SAME)
    review.post(address, data={"do": "test"}, headers=SAME)
    page = review.get(address).text
    sound(page)
    assert page.count('id="delivery-') == 2
    assert "hush" not in page
    store = review.app.state.holder.get()
    posting = store.webhooks.next_posting()
    store.webhooks.note_posting(posting, sent=False, answer="<b>503</b>")
    page = review.get(address).text
    assert "&lt;b&gt;503" in page
    assert "1 attempt" in page
    again = review.post(f"/deliveries/{posting.id}", data={"webhook": "1"}, headers=SAME)
    assert again.headers["location"] == f"{address}#delivery-{posting.id}"
    assert {store.webhooks.next_posting().id, store.webhooks.next_posting().id} == {posting.id, posting.id + 1}, (
        "both are due"
    )


def test_ended_only_by_who_ticks_the_box(review, sound) -> None:
    _, address = added(review)
    kept = review.post(address, data={"do": "end"}, headers=SAME)
    assert kept.status_code == 422
    sound(kept.text)
    review.post(address, data={"do": "end", "sure": "1"}, headers=SAME)
    page = review.get(address).text
    sound(page)
    assert "nothing is sent any more" in page
    assert 'value="rotate"' not in page
    assert review.post(address, data={"do": "test"}, headers=SAME).status_code == 409
    assert "<h2>Ended</h2>" in review.get("/webhooks").text


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"url": "ftp://chat.example"}, 422),
        ({"url": "https://user:pw@chat.example/"}, 422),
        ({"events": []}, 422),
        ({"name": ""}, 422),
        ({"name": "DESK"}, 409),
        ({"story": "none"}, 404),
    ],
    ids=str,
)
def test_what_cannot_be_added_keeps_what_was_typed(review, sound, change, status) -> None:
    added(review)
    answer = review.post("/webhooks", data={**FORM, "name": "other", **change}, headers=SAME)
    assert answer.status_code == status
    sound(answer.text)
    assert f'value="{change.get("url", FORM["url"])}"' in answer.text
    assert not SECRET.search(answer.text)


def test_the_same_over_the_api(review) -> None:
    body = {"name": "desk", "url": "https://chat.example/hook", "events": ["flag"], "story": "the-bridge"}
    made = review.post("/api/v1/webhooks", json=body)
    assert made.status_code == 201
    assert SECRET.fullmatch(made.json()["secret"])
    assert review.post("/api/v1/webhooks/1/secret", json={}).json()["secret"] != made.json()["secret"]
    assert review.post("/api/v1/webhooks/1/tests", json={}).json()["waiting"] == 1
    log = review.get(made.headers["location"]).json()
    assert json.loads(log["items"][0]["body"])["event"] == "test"
    assert review.post(f"/api/v1/deliveries/{log['items'][0]['id']}/attempts", json={}).status_code == 202
    assert review.request("DELETE", "/api/v1/webhooks/1").json()["ended_at"]
    assert review.post("/api/v1/webhooks/1/secret", json={}).status_code == 409
    assert review.get("/api/v1/webhooks/9/deliveries").status_code == 404
    for wrong in ({"events": ["weather"]}, {"events": []}, {"events": ["test"]}, {"secret": "mine"}):
        assert review.post("/api/v1/webhooks", json={**body, "name": "x", **wrong}).status_code == 422


def test_only_an_admin_connects_programs(filled, serving) -> None:
    store = filled()
    tokens = {role: store.people.add_person(role.value, role, by="test")[1] for role in (Role.EDITOR, Role.ADMIN)}
    client = serving(store)

    def page(role: Role, path: str):
        return client.get(path, headers={"authorization": f"Bearer {tokens[role]}"})

    assert page(Role.EDITOR, "/webhooks").status_code == 403
    assert "/webhooks" not in page(Role.EDITOR, "/").text
    assert page(Role.ADMIN, "/webhooks").status_code == 200
    assert 'href="/webhooks"' in page(Role.ADMIN, "/").text
    assert client.get("/webhooks").headers["location"].startswith("/sign-in?back=")


def typed_story(client, story: str):
    return client.post("/webhooks", data=FORM | {"name": f"desk {story}"[:60], "story": story}, headers=SAME)


@pytest.mark.parametrize("said", ["the-bridge", "The bridge", "  the   BRIDGE "])
def test_a_story_is_chosen_by_its_title_or_its_slug(review, said) -> None:
    assert '<option value="The bridge">the-bridge</option>' in review.get("/webhooks").text
    assert typed_story(review, said).status_code == 200
    assert review.get("/api/v1/webhooks").json()["items"][0]["story"] == "the-bridge"


def test_a_story_that_is_none_is_told_beside_its_field_and_nothing_is_lost(review, sound) -> None:
    answer = typed_story(review, "The brige")
    sound(answer.text)
    assert answer.status_code == 404
    assert "Did you mean “The bridge”?" in answer.text
    assert 'value="The brige"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert typed_story(review, "budget").status_code == 404


def test_two_stories_of_one_title_are_told_apart_by_slug_and_a_deleted_one_is_refused(review, made_report) -> None:
    store = review.app.state.holder.get()
    store.articles.keep_article(made_report(0, ["Monday."], url="https://x.example/1"), story_slug="another", story_title="The bridge")  # fmt: skip
    answer = typed_story(review, "The bridge")
    assert answer.status_code == 422
    assert "another, the-bridge" in answer.text
    assert typed_story(review, "another").status_code == 200
    store.corrections.delete_story("another", by="reader")
    assert typed_story(review, "another").status_code == 409
    assert typed_story(review, "The bridge").status_code == 200
    store.corrections.delete_story("the-bridge", by="reader")
    assert typed_story(review, "The bridge").status_code == 409, "by its title as by its slug"
