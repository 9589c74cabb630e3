"""Assigning, due days, comments and one's own queue, by plain forms and by the API."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

V1 = "/api/v1"
SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}


@pytest.fixture
def pair(filled, serving):
    """Ann, Bob, and a row of the queue."""
    store = filled()
    ann, bob = serving(store, reviewer="ann"), serving(store, reviewer="bob")
    return ann, bob, ann.get(f"{V1}/conflicts").json()["items"][0]["row"]["id"]


def send(client, row: int, what: str, **form):
    return client.post(f"/alignments/{row}/{what}", data={**form, "back": "/conflicts"}, headers=SAME)


def test_a_row_is_assigned_on_the_page_and_stands_in_that_queue(pair, sound):
    ann, bob, row = pair
    assert send(ann, row, "work", assigned="bob", due="2020-02-03", state="in work").status_code == 303
    html = bob.get("/conflicts?mine=1").text
    sound(html)
    assert ">1 row<" in html
    assert re.search(
        r"Assigned to <b>bob</b> · <b>in work</b> · due <time[^>]*>3 Feb 2020</time> <b class=\"overdue\">overdue</b>",
        html,
    )
    assert "Nothing here is assigned to ann." in ann.get("/conflicts?mine=1").text
    assert ">1 row<" in ann.get("/conflicts?assigned=bob").text
    page = ann.get(f"/alignments/{row}").text
    sound(page)
    assert "overdue" in page
    send(ann, row, "work", assigned="bob", due="2020-02-03", state="done")
    assert "overdue" not in bob.get("/conflicts?mine=1").text


def test_what_is_due_later_is_not_overdue(pair):
    ann, _, row = pair
    send(ann, row, "work", assigned="ann", due=(datetime.now(UTC).date() + timedelta(days=2)).isoformat(), state="open")
    assert "overdue" not in ann.get("/conflicts").text


def test_a_comment_is_plain_text_with_safe_links(pair, sound):
    ann, bob, row = pair
    text = "see https://a.example/x, and\r\n<script>alert(1)</script> https://good@evil.example/ javascript:alert(1)"
    assert send(ann, row, "comments", text=text).status_code == 303
    for path in ("/conflicts", f"/alignments/{row}"):
        html = bob.get(path).text
        sound(html)
        assert (
            '<a href="https://a.example/x" rel="nofollow ugc noopener noreferrer external">https://a.example/x</a>,'
            in html
        )
        assert "&lt;script&gt;" in html
        assert 'href="https://good@evil' not in html
        assert 'href="javascript' not in html
    assert [c["by"] for c in ann.get(f"{V1}/alignments/{row}").json()["comments"]] == ["ann"]


@pytest.mark.parametrize(
    ("what", "form"),
    [
        ("work", {"assigned": "ann", "due": "soon"}),
        ("work", {"assigned": "ann", "state": "later"}),
        ("work", {"assigned": "x" * 150}),
        ("work", {"who": "ann"}),
        ("comments", {"text": "  "}),
        ("comments", {"text": "x" * 4001}),
    ],
)
def test_what_a_form_cannot_say(pair, what, form):
    ann, _, row = pair
    answer = send(ann, row, what, **form)
    assert answer.status_code == 422
    assert ann.get(f"{V1}/alignments/{row}").json()["work"]["assigned"] is None


def test_the_api_does_the_same(pair):
    ann, bob, row = pair
    put = ann.request(
        "PUT", f"{V1}/alignments/{row}/work", json={"assigned": "bob", "due": "2031-05-06", "state": "open"}
    )
    assert put.status_code == 200
    assert (put.json()["assigned"], put.json()["due"], put.json()["by"]) == ("bob", "2031-05-06", "ann")
    said = bob.post(f"{V1}/alignments/{row}/comments", json={"text": "on it"})
    assert said.status_code == 201
    assert said.headers["location"] == f"{V1}/alignments/{row}"
    (item,) = bob.get(f"{V1}/conflicts?assigned=bob").json()["items"]
    assert (item["work"]["assigned"], item["comments"][0]["text"]) == ("bob", "on it")
    assert ann.get(f"{V1}/conflicts?work=done").json()["total"] == 0
    for path, body in (("work", {"state": "x"}), ("work", {"due": "x"}), ("comments", {"text": ""}), ("comments", {})):
        method = "PUT" if path == "work" else "POST"
        assert ann.request(method, f"{V1}/alignments/{row}/{path}", json=body).status_code == 422
    assert ann.request("PUT", f"{V1}/alignments/99999/work", json={}).status_code == 404
    assert ann.get(f"{V1}/conflicts?work=soon").status_code == 422


def test_where_nothing_may_be_written_it_is_read(filled, serving, sound):
    store = filled()
    row = store.rows.conflicts().items[0].row.id
    store.review.set_work(row, by="ann", assigned="bob")
    store.review.comment(row, by="ann", text="hm")
    closed = serving(store, writable=False)
    html = closed.get("/conflicts").text
    sound(html)
    assert "Assigned to <b>bob</b>" in html
    assert "/comments" not in html
    assert send(closed, row, "comments", text="x").status_code == 403
    assert closed.post(f"{V1}/alignments/{row}/comments", json={"text": "x"}).status_code == 403


def test_the_description_names_what_can_go_wrong(bridge):
    paths = bridge.get("/openapi.json").json()["paths"]
    for path, method in (("work", "put"), ("comments", "post")):
        told = paths[f"{V1}/alignments/{{alignment_id}}/{path}"][method]["responses"]
        assert {"403", "404", "409", "413", "422", "503", "507"} <= set(told)
