"""Saved searches and webhooks by command: the same that pages and API show."""

from __future__ import annotations

import json

import pytest
from running import parallax

from app.store import Store


def lines(*words: str) -> list[dict]:
    ran = parallax(*words)
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_a_search_is_saved_shown_renamed_and_taken_away(example_store: Store) -> None:
    assert parallax("searches", "save", "Pacts", "pact", "--outlet", "kbs").returncode == 0
    (saved,) = lines("searches", "list", "--json")
    assert (saved["name"], saved["query"]) == ("Pacts", {"q": "pact", "date_of": "event", "outlet": "kbs"})
    assert saved["total"] == len(lines("search", "pact", "--outlet", "kbs", "--json")) > 0
    assert saved["new"] == 0
    with example_store.write() as session:
        session.connection().exec_driver_sql("UPDATE saved_searches SET looked_at = '2000-01-01T00:00:00.000000+00:00'")
    assert len(lines("searches", "show", "pacts", "--json")) == saved["total"]
    assert parallax("searches", "show", "Pacts", "--seen").returncode == 0
    assert lines("searches", "show", "Pacts", "--json") == []
    assert parallax("searches", "rename", "Pacts", "Treaties").returncode == 0
    assert parallax("searches", "remove", "treaties").returncode == 0
    assert lines("searches", "list", "--json") == []
    assert [line.what for line in example_store.audit.page(kind="search").items] == ["removed", "renamed", "saved"]


def test_a_webhook_is_added_followed_and_ended(example_store: Store) -> None:
    added = parallax("webhooks", "add", "desk", "http://127.0.0.1:9/hook", "--event", "flag")
    assert added.stdout.startswith("whs_")
    assert len(added.stdout.split()) == 1
    row = example_store.rows.conflicts().items[0].row.id
    example_store.review.flag(row, by="ann")
    assert [d["state"] for d in lines("webhooks", "log", "desk", "--json")] == ["waiting"]
    sent = parallax("webhooks", "send")
    assert sent.returncode == 1
    assert "0 arrived, 1 did not" in sent.stderr
    (delivery,) = lines("webhooks", "log", "desk", "--json")
    assert (delivery["event"], delivery["attempts"]) == ("flag", 1)
    assert "80 and 443" in delivery["answer"]
    assert parallax("webhooks", "again", str(delivery["id"])).returncode == 0
    assert parallax("webhooks", "test", "DESK").returncode == 0
    assert parallax("webhooks", "rotate", "desk").stdout.strip() != added.stdout.strip()
    (hook,) = lines("webhooks", "list", "--json")
    assert (hook["waiting"], hook["events"]) == (2, ["flag"])
    assert added.stdout.strip() not in json.dumps(hook)
    assert parallax("webhooks", "end", "desk").returncode == 0
    assert parallax("webhooks", "send").returncode == 0
    assert "desk" in parallax("webhooks", "list").stdout
    assert parallax("webhooks", "log", "desk").returncode == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["searches", "show", "none"], "no search called"),
        (["searches", "save", "nothing"], "nothing is searched for"),
        (["webhooks", "test", "none"], "no webhook"),
        (["webhooks", "add", "desk", "file:///etc/passwd"], "no plain http"),
        (["webhooks", "again", "9"], "no delivery"),
    ],
    ids=lambda w: " ".join(w) if isinstance(w, list) else "",
)
def test_what_there_is_not_is_one_line(example_store: Store, words: list[str], told: str) -> None:
    ran = parallax(*words)
    assert ran.returncode == 1
    assert told in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
