"""The API: what each address gives, how lists are paged, what writes do and how they are undone."""

from __future__ import annotations

import re

import pytest

V1 = "/api/v1"
JSON_PROBLEM = "application/problem+json"

LISTS = {
    "stories": f"{V1}/stories",
    "alignments": f"{V1}/stories/the-bridge/alignments",
    "articles": f"{V1}/articles",
    "claims": f"{V1}/claims",
    "claims of a day": f"{V1}/claims?from=2024-05-01&to=2024-05-31",
    "claims published": f"{V1}/claims?from=2024-05-15&date_of=published",
    "claims with words": f"{V1}/claims?q=bridge",
    "actors": f"{V1}/actors",
    "conflicts": f"{V1}/conflicts",
}


@pytest.mark.parametrize("path", LISTS.values(), ids=LISTS.keys())
def test_every_list_has_items_total_next(bridge, path):
    answer = bridge.get(path)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert {"items", "total", "next"} <= set(found)
    assert found["items"]
    assert found["total"] >= len(found["items"])


@pytest.mark.parametrize("path", LISTS.values(), ids=LISTS.keys())
def test_pages_of_a_list_are_the_list(bridge, path):
    """Followed by the Link header, one at a time: everything once, in the same order."""
    whole = bridge.get(path + ("&" if "?" in path else "?") + "limit=200").json()
    address: str | None = path + ("&" if "?" in path else "?") + "limit=2"
    seen: list[dict] = []
    while address:
        answer = bridge.get(address)
        assert answer.status_code == 200, answer.text
        assert len(answer.json()["items"]) <= 2
        assert answer.json()["total"] == whole["total"]
        seen += answer.json()["items"]
        found = re.search(r'<([^>]*)>; rel="next"', answer.headers.get("link", ""))
        assert bool(found) == bool(answer.json()["next"])
        address = found[1] if found else None
        assert len(seen) <= whole["total"]
    assert seen == whole["items"]
    assert len(seen) == whole["total"]


def test_a_story_and_its_rows(bridge):
    story = bridge.get(f"{V1}/stories/the-bridge").json()
    assert story["story"] == {"slug": "the-bridge", "title": "The bridge"}
    assert len(story["columns"]) == 3
    assert "rows" not in story
    rows = bridge.get(f"{V1}/stories/the-bridge/alignments?status=conflict").json()
    assert {r["status"] for r in rows["items"]} == {"conflict"}
    assert rows["total"] == story["counts"]["conflict"] == 2
    assert [c["article_id"] for c in rows["items"][0]["cells"]] == [c["id"] for c in story["columns"]]


def test_an_alignment_with_everything_behind_it(bridge):
    [first, *_] = bridge.get(f"{V1}/stories/the-bridge/alignments?status=conflict").json()["items"]
    whole = bridge.get(f"{V1}/alignments/{first['id']}").json()
    assert whole["row"]["id"] == first["id"]
    assert whole["relations"][0]["kind"] == "conflict"
    assert whole["relations"][0]["reasons"][0]["say"] == "The days differ."
    assert whole["relations"][0]["parts"]


def test_rows_and_relations_say_how_probably_they_are_right(bridge, review):
    by_status = {r["status"]: r for r in bridge.get(f"{V1}/stories/the-bridge/alignments").json()["items"]}
    assert {s: r["probability"] for s, r in by_status.items() if r["probability"] < 1} == {
        "conflict": 0.813,
        "diverge": 0.97,
        "unsure": 0.456,
    }
    whole = bridge.get(f"{V1}/alignments/{by_status['unsure']['id']}").json()
    assert {(r["kind"], r["probability"]) for r in whole["relations"]} == {("unsure", 0.456)}
    assert {q["row"]["probability"] for q in bridge.get(f"{V1}/conflicts").json()["items"]} == {0.813}
    assert bridge.get(f"{V1}/claims?relation=unsure").json()["total"] == 3
    path = f"{V1}/alignments/{by_status['unsure']['id']}/decisions"
    assert review.post(path, json={"kind": "relabel", "value": "unsure"}).status_code == 422
    assert review.post(path, json={"kind": "relabel", "value": "conflict"}).json()["value"] == "conflict"


def test_the_schema_names_what_may_differ_and_the_probability(bridge):
    schemas = bridge.get("/openapi.json").json()["components"]["schemas"]
    order = ["conflict", "diverge", "updated", "unsure", "agree"]
    assert schemas["RelationKind"]["enum"] == order
    assert schemas["Status"]["enum"] == [*order, "single-source"]
    for name in ("RowView", "RowSummary", "RelationView"):
        assert schemas[name]["properties"]["probability"]["type"] == "number"


def test_an_article_whose_claims_slice_back(bridge):
    [first, *_] = bridge.get(f"{V1}/articles").json()["items"]
    article = bridge.get(f"{V1}/articles/{first['id']}").json()
    assert article["underlines"]
    for underline in article["underlines"]:
        claim = underline["claim"]
        assert article["text"][claim["start"] : claim["end"]] == claim["text"]


def test_an_actor(bridge):
    found = bridge.get(f"{V1}/actors?q=ruiz").json()["items"]
    assert [a["actor"]["key"] for a in found] == ["ana-ruiz"]
    actor = bridge.get(f"{V1}/actors/ana-ruiz?limit=2").json()
    assert actor["actor"]["name"] == "Ana Ruiz"
    assert actor["said"]["next"]
    assert len(actor["said"]["items"]) == 2


def test_claims_by_words_actor_and_date(bridge):
    found = bridge.get(f"{V1}/claims?q=point+3&actor=ana-ruiz&from=2024-05-13&to=2024-05-13").json()
    assert found["total"]
    assert all("point 3" in hit["claim"]["text"] for hit in found["items"][:3])
    assert found["outlets"]
    assert bridge.get(f"{V1}/claims?from=2031-01-01").json()["total"] == 0


@pytest.mark.parametrize(
    "path",
    [
        *("stories/none", "stories/none/alignments", "alignments/999999", "articles/999999", "actors/none", "nowhere"),
        *("alignments/99999999999999999999999", "articles/-1", "articles/one", "actors/" + "x" * 201),
    ],
)
def test_what_is_not_there(bridge, path):
    answer = bridge.get(f"{V1}/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == JSON_PROBLEM
    problem = answer.json()
    assert (problem["status"], problem["instance"], problem["title"]) == (404, f"{V1}/{path}", "Not found")
    assert problem["request_id"] == answer.headers["x-request-id"]


WRONG = {
    "page too large": "claims?limit=100000",
    "page too large for an int": "claims?limit=1" + "0" * 400,
    "no page": "claims?limit=0",
    "no number": "claims?limit=ten",
    "no date": "claims?from=yesterday",
    "a day that is not": "claims?from=2019-02-30",
    "days exchanged": "claims?from=2019-03-01&to=2019-02-01",
    "unknown relation": "claims?relation=maybe",
    "unknown kind of date": "claims?date_of=birth",
    "words without end": "claims?q=" + "x" * 501,
    "cursor without end": "claims?cursor=" + "x" * 501,
    "revision nought": "articles/1?revision=0",
    "unknown side": "actors/ana-ruiz?side=under",
    "unknown state": "conflicts?state=maybe",
}


@pytest.mark.parametrize("path", WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_asked(bridge, path):
    answer = bridge.get(f"{V1}/{path}")
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == JSON_PROBLEM
    assert answer.json()["detail"]


CURSORS = ["x", "e30", "bnVsbA==", "' OR 1=1 --", "%00", "WzFd", "eyJhIjoxfQ", "🂡", "-1", "9" * 400]


@pytest.mark.parametrize("path", LISTS.values(), ids=LISTS.keys())
def test_a_cursor_that_was_tampered_with(bridge, path):
    sep = "&" if "?" in path else "?"
    good = bridge.get(f"{path}{sep}limit=1").json()["next"] or "abc"
    for cursor in [*CURSORS, good[::-1], good[:-1], good + "A"]:
        answer = bridge.request("GET", path, params={**_query(path), "cursor": cursor})
        assert answer.status_code in {200, 422}, (cursor, answer.text)


@pytest.mark.parametrize("path", [f"{V1}/stories", "/", "/stories/the-bridge"])
def test_the_same_answer_is_not_sent_twice(bridge, path):
    first = bridge.get(path)
    again = bridge.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-security-policy" in again.headers
    assert bridge.get(path, headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_exports_and_errors_have_no_etag(bridge):
    assert "etag" not in bridge.get("/stories/the-bridge/export.csv").headers
    assert "etag" not in bridge.get(f"{V1}/stories/none").headers


def test_a_large_answer_is_compressed(bridge):
    answer = bridge.get(f"{V1}/stories/the-bridge/alignments", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json()["items"]


def test_head_is_get_without_body(bridge):
    got, head = bridge.get(f"{V1}/stories"), bridge.request("HEAD", f"{V1}/stories")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("DELETE", "/stories", "GET"),
        ("PUT", "/articles", "POST"),
        ("POST", "/claims", "GET"),
        ("GET", "/flags/1", "PATCH"),
    ],
)
def test_a_method_that_is_not_taken(bridge, method, path, allow):
    answer = bridge.request(method, V1 + path, headers={"content-type": "application/json"})
    assert answer.status_code == 405
    assert answer.headers["content-type"] == JSON_PROBLEM
    assert allow in answer.headers["allow"] or path == "/articles"


# --- writes --------------------------------------------------------------------------------------------------------


def first_row(client, status="agree") -> int:
    return client.get(f"{V1}/stories/the-bridge/alignments?status={status}").json()["items"][0]["id"]


def test_flag_confirm_reopen_dismiss_withdraw(review):
    row = first_row(review)
    made = review.post(f"{V1}/alignments/{row}/flags", json={"note": "look again"})
    assert made.status_code == 201, made.text
    flag = made.json()
    assert (flag["state"], flag["note"], flag["by"]) == ("open", "look again", "reader")
    assert made.headers["location"] == f"{V1}/flags/{flag['id']}"
    again = review.post(f"{V1}/alignments/{row}/flags", json={"note": "changed"}).json()
    assert (again["id"], again["note"]) == (flag["id"], "changed")
    address = f"{V1}/flags/{flag['id']}"
    for state in ("confirmed", "open", "dismissed"):
        changed = review.request("PATCH", address, json={"state": state})
        assert (changed.status_code, changed.json()["state"]) == (200, state)
    assert [f["id"] for f in review.get(f"{V1}/alignments/{row}").json()["row"]["flags"]] == [flag["id"]]
    assert review.request("DELETE", address).status_code == 200
    whole = review.get(f"{V1}/alignments/{row}").json()
    assert whole["row"]["flags"] == []
    assert whole["history"]


def test_a_flagged_row_stands_in_the_queue(review):
    row = first_row(review)
    before = review.get(f"{V1}/conflicts").json()["total"]
    review.post(f"{V1}/alignments/{row}/flags", json={})
    after = review.get(f"{V1}/conflicts").json()
    assert after["total"] == before + 1
    assert row in [c["row"]["id"] for c in after["items"]]


def test_relabel_and_undo(review):
    row = first_row(review)
    label = review.get(f"{V1}/alignments/{row}").json()["row"]["label"]
    made = review.post(f"{V1}/alignments/{row}/decisions", json={"kind": "relabel", "value": "Opening day"})
    assert made.status_code == 201, made.text
    assert review.get(f"{V1}/alignments/{row}").json()["row"]["label"] == "Opening day"
    undone = review.request("DELETE", f"{V1}/decisions/{made.json()['id']}")
    assert undone.json()["undone_at"]
    assert review.get(f"{V1}/alignments/{row}").json()["row"]["label"] == label


def test_a_verdict_by_a_person(review):
    row = first_row(review)
    review.post(f"{V1}/alignments/{row}/decisions", json={"kind": "relabel", "value": "diverge"})
    assert review.get(f"{V1}/alignments/{row}").json()["row"]["status"] == "diverge"


BAD_BODIES = {
    "no JSON": (b"{", 422),
    "a list": (b"[]", 422),
    "unknown field": (b'{"note": "x", "by": "someone else"}', 422),
    "a number": (b'{"note": 3}', 422),
    "endless note": (b'{"note": "' + b"x" * 3000 + b'"}', 422),
    "not UTF-8": (b'{"note": "\xff"}', 422),
    "deep": (b'{"note": ' + b"[" * 3000 + b"]" * 3000 + b"}", 422),
}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(b"\\ud800", "\ufffd"), (b"\\ud83c\\udf0a", "\U0001f30a"), (b"\\u0000\\u0007", "")],
    ids=["half a character", "two halves of one", "control characters"],
)
def test_a_text_is_cleaned_where_it_comes_in(review, sent, kept):
    path = f"{V1}/alignments/{first_row(review)}/flags"
    body = b'{"note": "The dam' + sent + b' held."}'
    answer = review.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["note"] == f"The dam{kept} held."


@pytest.mark.parametrize(("body", "status"), BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_a_body_that_cannot_be_used(bridge, body, status):
    path = f"{V1}/alignments/{first_row(bridge)}/flags"
    answer = bridge.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in {status, 400}, answer.text
    assert answer.headers["content-type"] == JSON_PROBLEM


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "perhaps"}, {422}),
        ({"kind": "merge", "value": "none"}, {404, 422}),
        ({"kind": "merge", "value": "99999999999999999999"}, {404, 422}),
        ({"kind": "merge", "value": "-1"}, {404, 422}),
        ({"kind": "split", "claims": [987654]}, {404, 409, 422}),
        ({"kind": "split", "claims": [10**30]}, {404, 409, 422}),
        ({"kind": "split"}, {422}),
        ({"kind": "relabel"}, {422}),
        ({"kind": "relabel", "value": "   "}, {422}),
    ],
    ids=repr,
)
def test_a_decision_that_does_not_fit(bridge, body, status):
    answer = bridge.post(f"{V1}/alignments/{first_row(bridge)}/decisions", json=body)
    assert answer.status_code in status, answer.text


@pytest.mark.parametrize(
    "path", ["alignments/999999/flags", "alignments/999999/decisions", "flags/999999", "decisions/999999"]
)
def test_a_write_to_what_is_not_there(bridge, path):
    method, body = ("POST", {}) if path.startswith("align") else ("DELETE", None)
    if path.endswith("decisions"):
        body = {"kind": "confirm"}
    assert bridge.request(method, f"{V1}/{path}", json=body).status_code == 404


def test_reading_only(filled, serving):
    closed = serving(filled(), writable=False)
    answer = closed.post(f"{V1}/alignments/1/flags", json={})
    assert answer.status_code == 403
    assert "PARALLAX_WRITABLE" in answer.json()["detail"]


def test_the_document_says_what_there_is(bridge):
    document = bridge.get("/openapi.json").json()
    paths = document["paths"]
    for path in ("/stories", "/alignments/{alignment_id}", "/claims", "/actors/{key}", "/conflicts", "/articles"):
        assert f"{V1}{path}" in paths
    assert not [p for p in paths if p.startswith("/static") or p == "/"]
    ids = [o["operationId"] for operations in paths.values() for o in operations.values()]
    assert len(ids) == len(set(ids))
    problem = paths[f"{V1}/claims"]["get"]["responses"]["422"]["content"]
    assert problem == {JSON_PROBLEM: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
    assert "HTTPValidationError" not in document["components"]["schemas"]
    refs = set(re.findall(r'"#/components/schemas/([^"]+)"', bridge.get("/openapi.json").text))
    assert refs <= set(document["components"]["schemas"])


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_loads_from_elsewhere(bridge, path):
    assert bridge.get(path).status_code == 404


def _query(path: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in path.partition("?")[2].split("&") if pair)


NOWHERE = {"story": "none", "actor": "none", "outlet": "none", "article": "987654", "url": "http://127.0.0.1:8000/alignments/987654", "format": "xml"}  # fmt: skip


def test_what_is_answered_is_in_the_description(bridge) -> None:
    """Of each address, asked in turn for everything under a name that nothing has, or in a form that is not spoken."""
    document = bridge.get("/openapi.json").json()
    named = {
        "slug": "the-bridge",
        "article_id": "1",
        "alignment_id": "1",
        "claim_id": "1",
        "key": "ana-ruiz",
        "other_id": "2",
    }
    untold = []
    for path, operations in document["paths"].items():
        if "get" not in operations:
            continue
        asked = {p["name"]: p for p in operations["get"].get("parameters", ()) if p["in"] == "query"}
        needed = {name: NOWHERE.get(name, "1") for name, p in asked.items() if p["required"]}
        for name in (*asked, None):
            query = needed | ({name: NOWHERE[name]} if name in NOWHERE else {})
            status = str(bridge.get(re.sub(r"{(\w+)}", lambda m: named.get(m[1], "1"), path), params=query).status_code)
            if status not in operations["get"]["responses"]:
                untold.append((path, name, status))
    assert untold == []
