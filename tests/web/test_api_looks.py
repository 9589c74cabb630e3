"""The API of the reading room: a reader's own look, frozen comparisons, positions, chains, changes, what was reviewed."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

import pytest

V1 = "/api/v1"
STORY = f"{V1}/stories/the-bridge"


def test_a_look_of_its_own_adds_up(bridge):
    usual = bridge.get(STORY).json()
    assert 0 <= usual["strictness_least"] <= usual["strictness_usual"] == usual["strictness"]
    assert usual["chosen"] == []
    for look in (
        "strictness=1",
        "strictness=0",
        "outlets=river-times",
        "outlets=harbour-gazette&outlets=island-herald",
    ):
        story = bridge.get(f"{STORY}?{look}").json()
        rows = bridge.get(f"{STORY}/alignments?{look}&limit=200").json()
        assert sum(story["counts"].values()) == rows["total"] == len(rows["items"])
        ids = [c["id"] for c in story["columns"]]
        assert all([c["article_id"] for c in r["cells"]] == ids for r in rows["items"])


def test_outlets_stand_side_by_side_in_the_order_asked_for(bridge):
    look = "outlets=river-times&outlets=harbour-gazette"
    assert [o["key"] for o in bridge.get(f"{STORY}?{look}").json()["chosen"]] == ["river-times", "harbour-gazette"]
    for row in bridge.get(f"{STORY}/alignments?{look}").json()["items"]:
        assert [s["outlet"]["key"] for s in row["sides"]] == ["river-times", "harbour-gazette"]
        assert all(bool(s["claims"]) == (s["silence"] is None) for s in row["sides"])


def test_a_row_says_where_it_comes_from(bridge):
    row = bridge.get(f"{STORY}/alignments").json()["items"][0]
    assert {o["reason"] for o in row["origins"]} <= {"agency", "overlap", "citing", "own"}
    assert sorted(a for o in row["origins"] for a in o["articles"]) == sorted(
        c["article_id"] for c in row["cells"] if c["claims"]
    )
    whole = bridge.get(f"{V1}/alignments/{row['id']}").json()
    assert whole["row"]["utterances"] == []
    keys = {n["key"] for n in whole["chain"]["nodes"]}
    assert keys >= {e["source"] for e in whole["chain"]["edges"]}


@pytest.mark.parametrize(
    "query",
    ["strictness=2", "strictness=-1", "strictness=nan", "strictness=x", "outlets=nobody", "outlets=%00"],
)
def test_a_look_that_is_none_is_refused(bridge, query):
    for path in (STORY, f"{STORY}/alignments"):
        answer = bridge.get(f"{path}?{query}")
        assert answer.status_code == 422, query
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_frozen_comparison_is_made_cited_and_checked(review):
    made = review.post(f"{STORY}/snapshots", json={"note": "for the record"})
    assert made.status_code == 201
    card = made.json()
    assert made.headers["location"] == f"{V1}/snapshots/{card['id']}"
    assert review.post(f"{STORY}/snapshots", json={}).json() == card, "the same state is the same snapshot"
    assert review.get(f"{STORY}/snapshots").json() == {"items": [card], "total": 1, "next": None}
    whole = review.get(f"{V1}/snapshots/{card['id']}").json()
    assert whole["view"]["rows"]["items"] == review.get(f"{STORY}/alignments?limit=200").json()["items"]
    assert (whole["note"], whole["digest"]) == ("for the record", card["digest"])
    assert datetime.fromisoformat(whole["at"]).tzinfo
    record = review.get(f"{V1}/snapshots/{card['id']}/record")
    assert record.headers["content-type"] == "application/json"
    assert hashlib.sha256(record.content).hexdigest() == card["digest"]
    assert json.loads(record.content)["texts"] == whole["texts"]
    review.post(f"{V1}/alignments/1/decisions", json={"kind": "confirm"})
    assert review.post(f"{STORY}/snapshots", json={}).json()["id"] != card["id"]
    assert review.get(f"{V1}/snapshots/{card['id']}").json() == whole


def test_freezing_needs_the_right_to_write_and_a_story(filled, serving, bridge):
    assert serving(filled(), writable=False).post(f"{STORY}/snapshots", json={}).status_code == 403
    assert bridge.post(f"{V1}/stories/none/snapshots", json={}).status_code == 404
    assert bridge.post(f"{STORY}/snapshots", json={"by": "me"}).status_code == 422
    assert bridge.request("DELETE", f"{V1}/snapshots/abc", json={}).status_code == 405


def test_positions_chain_and_changes(bridge):
    found = bridge.get(f"{V1}/actors/ana-ruiz/positions").json()
    assert found["total"] == len(found["items"]) > 0
    assert {p["stance"] for p in found["items"]} <= {"affirms", "denies", "declines", "unclear"}
    chain = bridge.get(f"{V1}/claims/{found['items'][0]['claim']['id']}/chain").json()
    assert [n["kind"] for n in chain["nodes"]] == ["outlet", "person"]
    changes = bridge.get(f"{V1}/changes?story=the-bridge").json()["items"]
    assert [c["row"]["status"] for c in changes] == ["conflict"] * len(changes)
    assert bridge.get(f"{V1}/changes?actor=ana-ruiz&limit=1").json()["total"] == 1
    assert bridge.get(f"{V1}/reviewed").json()["rows"] == 0


@pytest.mark.parametrize(
    "path",
    ["snapshots/none", "snapshots/none/record", "actors/none/positions", "claims/99999/chain", "changes?story=none"],
)
def test_what_is_not_there(bridge, path):
    assert bridge.get(f"{V1}/{path}").status_code == 404


def test_what_reviewers_said_is_counted(review):
    review.post(f"{V1}/alignments/1/decisions", json={"kind": "confirm"})
    found = review.get(f"{V1}/reviewed").json()
    assert found["rows"] == 1
    (kind,) = [k for k in found["kinds"] if k["confirmed"]]
    assert kind["share"] == 1.0
    assert 0 < kind["low"] < 1
