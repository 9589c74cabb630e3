"""Frozen comparisons: cited by a permalink that never changes, exported whole, held against the living story."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from hashlib import sha256

import pytest

SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}


def freeze(client, note: str = "") -> str:
    answer = client.post("/stories/the-bridge/snapshots", data={"note": note}, headers=SAME)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def rows(client) -> list[dict]:
    return client.get("/api/v1/stories/the-bridge/alignments").json()["items"]


def test_a_frozen_comparison_can_be_cited_and_checked(review, sound):
    path = freeze(review, "for the <b>essay</b>")
    html = review.get(path).text
    sound(html)
    assert f"http://127.0.0.1:8000{path}" in html
    assert "reports compared claim by claim with Parallax" in html
    assert "for the &lt;b&gt;essay&lt;/b&gt;" in html
    assert "Nothing has changed since" in html
    assert "Proposition 0" in html
    assert 'method="post"' not in html
    digest = re.search(r'class="hash">([0-9a-f]{64})<', html)[1]
    record = review.get(f"{path}/record.json")
    assert sha256(record.content).hexdigest() == digest
    for article in review.get("/api/v1/articles").json()["items"]:
        text = review.get(f"/api/v1/articles/{article['id']}").json()["text"]
        assert sha256(text.encode()).hexdigest() in html


def test_every_word_leads_to_the_version_that_was_frozen(review, store):
    """And goes on doing so when the article has another one."""
    path = freeze(review)
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE article_revisions SET number = number + 4")
    texts = {t["article_id"]: t["revision"] for t in review.get(f"/api/v1{path}").json()["texts"]}
    links = re.findall(r'href="/articles/(\d+)([^"#]*)(#c\d+)?"', review.get(path).text)
    assert {anchor != "" for _, _, anchor in links} == {True, False}
    assert {(int(article), query) for article, query, _ in links} == {(a, f"?revision={n}") for a, n in texts.items()}
    living = re.findall(r'href="/articles/\d+([^"#]*)#c\d+"', review.get("/stories/the-bridge").text)
    assert set(living) == {""}


def test_what_changed_since_is_counted_and_the_frozen_one_stays(review, sound):
    path = freeze(review)
    before = re.sub(r'(?s)<div class="notice">.*?</div>|<p class="notice">.*?</p>', "", review.get(path).text)
    first, second, third, *_ = rows(review)
    for row, form in (
        (first, {"kind": "relabel", "value": "agree" if first["status"] != "agree" else "conflict"}),
        (second, {"kind": "relabel", "value": "Another wording"}),
        (third, {"kind": "confirm"}),
    ):
        assert review.post(f"/alignments/{row['id']}/decisions", data=form, headers=SAME).status_code == 303
    html = review.get(path).text
    sound(html)
    for line in ("1 row has another verdict", "1 row holds other words", "1 row was reviewed"):
        assert line in html
    assert re.sub(r'(?s)<div class="notice">.*?</div>|<p class="notice">.*?</p>', "", html) == before
    again = freeze(review)
    assert again != path
    assert path in review.get("/stories/the-bridge/snapshots").text
    assert path in review.get(again).text


def test_the_same_state_is_the_same_address(review):
    assert freeze(review, "a") == freeze(review, "b")


@pytest.mark.parametrize("kind", ["csv", "table.csv", "json", "md", "jsonld"])
def test_every_format_comes_from_the_frozen_state(review, kind):
    path = freeze(review)
    before = review.get(f"{path}/export.{kind}")
    assert before.status_code == 200
    assert before.content == review.get(f"/stories/the-bridge/export.{kind}").content
    review.post(
        f"/alignments/{rows(review)[0]['id']}/decisions", data={"kind": "relabel", "value": "New"}, headers=SAME
    )
    assert review.get(f"{path}/export.{kind}").content == before.content
    assert review.get(f"/stories/the-bridge/export.{kind}").content != before.content


def test_the_bundle_of_a_frozen_comparison_names_it_and_its_texts(review):
    path = freeze(review)
    answer = review.get(f"{path}/export.zip")
    assert answer.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    said = archive.read("the-bridge/README.md").decode()
    assert path.rsplit("/", 1)[1] in said
    assert len(re.findall(r"[0-9a-f]{64}", said)) == 5 + 1 + 3  # files, the record, the texts
    lines = list(csv.reader(io.StringIO(archive.read("the-bridge/the-bridge.csv").decode("utf-8-sig"), newline="")))
    assert len(lines) == 1 + 6 * 3
    assert review.get(f"{path}/export.zip").content == answer.content


def test_the_bundle_of_the_living_story_is_complete(bridge):
    archive = zipfile.ZipFile(io.BytesIO(bridge.get("/stories/the-bridge/export.zip").content))
    linked = json.loads(archive.read("the-bridge/the-bridge.jsonld"))["@graph"]
    assert sum(n["@type"] == "Claim" for n in linked) == len(
        json.loads(archive.read("the-bridge/the-bridge.json"))["rows"]
    )
    assert (
        "From the living story, http://127.0.0.1:8000/stories/the-bridge"
        in archive.read("the-bridge/README.md").decode()
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/stories/none/snapshots"),
        ("GET", "/stories/none/snapshots"),
        ("GET", "/stories/none/export.zip"),
        ("GET", "/snapshots/none"),
        ("GET", "/snapshots/none/export.zip"),
        ("GET", "/snapshots/none/export.csv"),
        ("GET", "/snapshots/none/record.json"),
    ],
)
def test_what_is_not_there(review, method, path):
    answer = review.request(method, path, headers={**SAME, "accept": "text/html"})
    assert answer.status_code == 404
    assert "content-disposition" not in answer.headers


def test_where_writing_is_not_allowed_nothing_is_frozen(filled, serving):
    store = filled()
    frozen = store.snapshots.freeze("the-bridge", by="Ida")
    client = serving(store, writable=False)
    assert client.get(f"/snapshots/{frozen.id}").status_code == 200
    assert client.post("/stories/the-bridge/snapshots", data={}, headers=SAME).status_code == 403
    assert "Freeze this comparison" not in client.get("/stories/the-bridge/snapshots").text


def test_a_long_one_has_pages(filled, serving, sound):
    store = filled(120, articles=1)
    frozen = store.snapshots.freeze("the-bridge", by="Ida")
    client = serving(store)
    first = client.get(f"/snapshots/{frozen.id}").text
    last = client.get(f"/snapshots/{frozen.id}?page=999").text
    for html in (first, last):
        sound(html)
    assert first.count("data-item") == 50
    assert last.count("data-item") == 20


def test_labelled_pairs_are_what_reviewers_said(review):
    assert review.get("/labelled.jsonl").text == ""
    row = next(r for r in rows(review) if r["status"] == "conflict")
    review.post(f"/alignments/{row['id']}/decisions", data={"kind": "confirm"}, headers=SAME)
    lines = [json.loads(line) for line in review.get("/labelled.jsonl").text.splitlines()]
    assert lines
    for line in lines:
        assert line["same"] is True
        assert line["by"] == "reader"
        assert {"id", "a", "b", "a_published", "a_outlet", "relation", "at"} <= line.keys()
    assert review.get("/labelled.jsonl?story=the-bridge").text.count("\n") == len(lines)
    assert review.get("/labelled.jsonl?story=none").status_code == 404
