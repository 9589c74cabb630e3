"""Who changed what, as a page and as files: to be verified by whoever has them, harmless in a spreadsheet, not for everybody."""

from __future__ import annotations

import csv
import io
import json
from hashlib import sha256

import pytest

V1 = "/api/v1"
EVIL = '=HYPERLINK("http://evil.example","x")'


def verdict(client, row: int, value: str) -> None:
    assert client.post(f"{V1}/alignments/{row}/decisions", json={"kind": "relabel", "value": value}).status_code == 201


@pytest.fixture
def changed(review):
    """A reviewer who flagged a row, changed its verdict and gave it a label that a spreadsheet would run."""
    row = review.get(f"{V1}/stories/the-bridge/alignments").json()["items"][0]["id"]
    assert review.post(f"{V1}/alignments/{row}/flags", json={"note": "asked the <b>mayor</b>"}).status_code == 201
    verdict(review, row, "diverge")
    verdict(review, row, EVIL)
    return review


def test_the_page_shows_the_latest_first(changed, sound):
    html = changed.get("/audit").text
    sound(html)
    assert html.index("decision 2") < html.index("decision 1") < html.index("flag ")
    assert "mayor" not in html, "what was written is not in the log"
    assert "<b>reader</b> flagged" in html
    assert 'href="/audit"' in changed.get("/").text, "every page leads there"


def test_it_is_narrowed_by_person_and_kind(changed, sound):
    html = changed.get("/audit?by=reader&kind=decision").text
    sound(html)
    assert ">2 lines<" in html
    assert 'href="/audit.csv?by=reader&amp;kind=decision"' in html
    nobody = changed.get("/audit?by=nobody").text
    sound(nobody)
    assert "Nothing of this kind has been changed." in nobody


def test_many_lines_are_paged(changed, sound):
    for number in range(60):
        verdict(changed, 1, f"Label {number}")
    html = changed.get("/audit").text
    assert "More lines" in html
    sound(html)


def test_the_lines_verify(changed):
    answer = changed.get("/audit.jsonl")
    assert answer.headers["content-type"].startswith("application/jsonl")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["id"] for line in lines] == [1, 2, 3]
    previous = "0" * 64
    for line in lines:
        told = {k: v for k, v in line.items() if k not in ("previous", "hash")}
        plain = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert line["previous"] == previous
        previous = sha256((previous + plain).encode()).hexdigest()
        assert line["hash"] == previous
    assert previous in changed.get("/audit").text


def test_no_cell_is_a_formula(changed):
    answer = changed.get("/audit.csv?kind=decision")
    found = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(found) == 2
    assert json.loads(found[1]["after"])["value"] == EVIL, "inside JSON it is no formula"
    assert not [c for line in found for c in line.values() if c[:1] in "=+-@\t\r" and c]


@pytest.mark.parametrize("name", ["=1+1", "@sum", "+1", "-1", "\uff1d1"])
def test_no_name_is_a_formula(filled, serving, name):
    client = serving(filled(), reviewer=name)
    verdict(client, 1, "diverge")
    found = list(csv.DictReader(io.StringIO(client.get("/audit.csv").text.removeprefix("\ufeff"))))
    assert found[0]["by"] == f"'{name}"


@pytest.mark.parametrize("path", ["/audit", "/audit.csv", "/audit.jsonl"])
def test_not_everybody_sees_it(filled, serving, path):
    """From another machine; under a public name."""
    for client in (
        serving(filled(), peer="192.0.2.7"),
        serving(filled(), allowed_hosts="127.0.0.1,news.example"),
    ):
        assert client.get(path).status_code == 403
        assert 'href="/audit"' not in client.get("/").text


@pytest.mark.parametrize("path", ["/audit.csv", "/audit.jsonl"])
def test_what_cannot_be_asked_is_refused(review, path):
    assert review.get(f"{path}?who=ann").status_code == 422
    assert review.get(f"{path}?by=ann&kind=nothing").status_code == 200


def test_the_description_says_who_may_see_it(bridge):
    paths = bridge.get("/openapi.json").json()["paths"]
    for path in ("/audit.csv", "/audit.jsonl"):
        assert {"200", "403", "422", "503"} <= set(paths[path]["get"]["responses"])


def test_an_empty_log_says_so(review, sound):
    html = review.get("/audit").text
    sound(html)
    assert "Nobody has changed anything yet." in html


def test_an_article_is_added_in_the_name_of_the_reviewer(review):
    added = review.post(
        f"{V1}/articles",
        json={"text": "Ferry stops\n\nThe ferry stopped on Monday, the mayor said.", "outlet": "Gazette"},
    )
    assert added.status_code == 201
    last = json.loads(review.get("/audit.jsonl").text.splitlines()[-1])
    assert (last["by"], last["what"], last["kind"]) == ("reader", "added", "article")
    assert last["subject"] == str(added.json()["articles"][0])
    assert last["after"] == {"story": added.json()["stories"][0], "outlet": "gazette", "revision": 1}
