"""Two reviewers on one store: both opinions are shown by name, and what undoes another's word asks first."""

from __future__ import annotations

import re

import pytest

V1 = "/api/v1"
SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}


@pytest.fixture
def pair(filled, serving):
    """Ann and Bob, and the first row in conflict."""
    store = filled()
    ann, bob = serving(store, reviewer="ann"), serving(store, reviewer="bob")
    return ann, bob, ann.get(f"{V1}/conflicts").json()["items"][0]


def decide(client, row: int, **body):
    return client.post(f"{V1}/alignments/{row}/decisions", json=body).json()


def test_both_opinions_are_shown_everywhere(pair, sound):
    ann, bob, item = pair
    row, slug = item["row"]["id"], item["row"]["story"]["slug"]
    decide(ann, row, kind="relabel", value="diverge")
    assert decide(bob, row, kind="relabel", value="updated", note="a week later")["standing"] == "beside"
    for path in (f"/alignments/{row}", f"/stories/{slug}"):
        html = ann.get(path).text
        sound(html)
        assert "two opinions" in html
        assert "kept beside, not in force" in html
        assert "<b>bob</b> changed the verdict to “updated”" in html
    view = ann.get(f"{V1}/alignments/{row}").json()["row"]
    assert (view["status"], view["two_opinions"]) == ("diverge", True)
    assert "relabel updated by bob" in ann.get(f"/stories/{slug}/export.csv").text
    assert "(beside another)" in ann.get(f"/stories/{slug}/export.csv").text


def test_both_opinions_on_a_flag_are_in_the_queue(pair, sound):
    ann, bob, item = pair
    flag = item["flag"]["id"]
    assert ann.post(f"/flags/{flag}", data={"do": "confirm"}, headers=SAME).status_code == 303
    html = bob.get("/conflicts").text
    assert "Say your own opinion" in html
    assert "Undo ann’s “confirmed”" in html
    assert bob.post(f"/flags/{flag}", data={"do": "dismiss", "note": "both may stand"}, headers=SAME).status_code == 303
    for client in (ann, bob):
        html = client.get("/conflicts").text
        sound(html)
        assert "two opinions" in html
        assert re.search(r"<b>bob</b>: dismissed.*kept beside, not in force", html)
        assert "both may stand" in html
    again = ann.get(f"{V1}/conflicts").json()["items"]
    told = next(i for i in again if i["row"]["id"] == item["row"]["id"])
    assert told["two_opinions"]
    assert [o["standing"] for o in told["flag"]["opinions"]] == ["in force", "beside"]


def test_undoing_anothers_decision_asks_first(pair, sound):
    ann, bob, item = pair
    row = item["row"]["id"]
    made = decide(ann, row, kind="relabel", value="diverge")
    assert "Undo ann’s decision" in bob.get(f"/alignments/{row}").text
    asked = bob.post(f"/decisions/{made['id']}", data={"do": "undo", "back": f"/alignments/{row}"}, headers=SAME)
    assert asked.status_code == 409
    sound(asked.text)
    assert "This decision is ann&#39;s, not bob&#39;s." in asked.text
    assert ann.get(f"{V1}/alignments/{row}").json()["row"]["status"] == "diverge"
    form = dict(re.findall(r'name="(back|whose)" value="([^"]*)"', asked.text))
    done = bob.post(f"/decisions/{made['id']}", data={"do": "undo", **form}, headers=SAME)
    assert (done.status_code, done.headers["location"]) == (303, f"/alignments/{row}")
    for client in (ann, bob):
        html = client.get(f"/alignments/{row}").text
        sound(html)
        assert "bob undid what ann had decided" in html
        assert "bob undid what ann had decided" in client.get("/conflicts").text


def test_undoing_anothers_word_on_a_flag_asks_first(pair, sound):
    ann, bob, item = pair
    flag = item["flag"]["id"]
    ann.post(f"/flags/{flag}", data={"do": "dismiss"}, headers=SAME)
    asked = bob.post(f"/flags/{flag}", data={"do": "reopen", "back": "//evil.example"}, headers=SAME)
    assert asked.status_code == 409
    assert "evil" not in asked.text
    sound(asked.text)
    done = bob.post(f"/flags/{flag}", data={"do": "reopen", "whose": "ann"}, headers=SAME)
    assert done.status_code == 303
    assert "undoing what ann said" in ann.get(f"/alignments/{item['row']['id']}").text


def test_the_api_asks_too(pair):
    ann, bob, item = pair
    row, flag = item["row"]["id"], item["flag"]["id"]
    made = decide(ann, row, kind="confirm")["id"]
    refused = bob.request("DELETE", f"{V1}/decisions/{made}")
    assert (refused.status_code, refused.json()["where"]) == (409, "whose")
    assert "ann" in refused.json()["detail"]
    gone = bob.request("DELETE", f"{V1}/decisions/{made}?whose=ann").json()
    assert (gone["by"], gone["undone_by"]) == ("ann", "bob")
    ann.request("PATCH", f"{V1}/flags/{flag}", json={"state": "confirmed"})
    assert bob.request("PATCH", f"{V1}/flags/{flag}", json={"state": "open"}).status_code == 409
    opened = bob.request("PATCH", f"{V1}/flags/{flag}", json={"state": "open", "whose": "ann"})
    assert opened.json()["state"] == "open"
    mine = ann.post(f"{V1}/alignments/{row}/flags", json={}).json()["id"]
    assert bob.request("DELETE", f"{V1}/flags/{mine}").status_code == 409
    assert bob.request("DELETE", f"{V1}/flags/{mine}?whose=ann").status_code == 200


@pytest.fixture
def four_eyes(filled, serving):
    store = filled()
    store.deciders = 2
    return serving(store, reviewer="ann"), serving(store, reviewer="bob")


def test_a_proposal_is_agreed_to(four_eyes, sound):
    ann, bob = four_eyes
    row = ann.get(f"{V1}/conflicts").json()["items"][0]["row"]["id"]
    made = decide(ann, row, kind="relabel", value="diverge")
    assert made["standing"] == "proposed"
    own = ann.get(f"/alignments/{row}").text
    sound(own)
    assert "proposed: takes force when a second person agrees" in own
    assert 'name="do" value="agree"' not in own, "nobody agrees with oneself"
    assert 'name="do" value="agree"' in bob.get(f"/alignments/{row}").text
    assert ann.post(f"{V1}/decisions/{made['id']}/agreements", json={}).status_code == 409
    assert bob.post(f"/decisions/{made['id']}", data={"do": "agree"}, headers=SAME).status_code == 303
    assert ann.get(f"{V1}/alignments/{row}").json()["row"]["status"] == "diverge"
    agreed = bob.post(f"{V1}/decisions/{made['id']}/agreements", json={"note": "yes"})
    assert agreed.status_code == 201


def test_agreeing_with_nothing(four_eyes):
    assert four_eyes[0].post(f"{V1}/decisions/99/agreements", json={}).status_code == 404


def test_the_setting_reaches_the_store(settings_of, filled):
    from app.web.dependencies import StoreHolder

    path = filled().path
    holder = StoreHolder(settings_of(database=path, deciders=2))
    assert holder.get().deciders == 2
    holder.close()
