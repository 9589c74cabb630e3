"""Webhooks are told of what happens, in the transaction in which it happens; one who sends has a delivery to themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.context import BaseContext
from typing import Any

import pytest
from behind import refusing
from clock import Clock
from made_up import fill, the_alignments, the_readings
from sqlalchemy.exc import IntegrityError

from app.errors import BadInput, Conflicting, NotFound
from app.places import Place
from app.store import Store, outbox
from app.store.views import EVENTS, Event

URL = "https://receiver.example/hook?token=hush"


def hook(store: Store, *events: Event, name: str = "desk", **more: Any) -> int:
    return store.webhooks.add_webhook(name, URL, events or EVENTS, by="ann", **more)[0].id


def told(store: Store, of: int) -> list[dict]:
    """The bodies, the oldest first."""
    return [json.loads(d.body) for d in reversed(store.webhooks.deliveries(of).items)]


HAPPENS: dict[str, tuple[Callable[[Store], object], list[tuple[str, str]]]] = {
    "flagged": (lambda s: s.review.flag(2, by="bob", note="hush"), [("flag", "flagged")]),
    "noted": (lambda s: s.review.decide_flag(1, "open", by="bob", note="hush"), [("flag", "noted")]),
    "dismissed": (lambda s: s.review.decide_flag(1, "dismissed", by="bob", note="hush"), [("flag", "dismissed")]),
    "decided": (
        lambda s: s.review.decide(1, "relabel", by="bob", value="agree", note="hush"),
        [("decision", "decided")],
    ),
    "made a conflict": (
        lambda s: s.review.decide(2, "relabel", by="bob", value="conflict"),
        [("conflict", "found"), ("decision", "decided")],
    ),
    "undone": (
        lambda s: s.review.undo_decision(s.review.decide(1, "confirm", by="bob").id, by="bob"),
        [("decision", "decided"), ("decision", "undid")],
    ),
}


@pytest.mark.parametrize(("act", "events"), HAPPENS.values(), ids=HAPPENS)
def test_what_happens_is_told(filled: Store, act: Callable[[Store], object], events: list[tuple[str, str]]) -> None:
    of = hook(filled)
    act(filled)
    found = told(filled, of)
    assert [(t["event"], t["what"]) for t in found] == events
    last = found[-1]
    assert last["by"] == "bob"
    assert last["story"]["slug"] == "pact"
    assert last["address"] == f"/alignments/{last['row']['id']}"
    assert "hush" not in json.dumps(found), "notes are not in it"


def test_a_new_article_and_the_conflicts_it_makes_are_told(store: Store) -> None:
    of = hook(store)
    fill(store)
    found = told(store, of)
    assert [t["event"] for t in found[:3]] == ["article"] * 3
    assert {t["article"]["outlet"] for t in found[:3]} == {a.outlet.name for a in store.library.articles().items}
    conflicts = [t for t in found if t["event"] == "conflict"]
    assert sorted(t["row"]["id"] for t in conflicts) == sorted(c.row.id for c in store.rows.changes())
    assert all(t["row"]["status"] == "conflict" and t["row"]["label"] for t in conflicts)
    before = len(found)
    fill(store)
    store.articles.keep_alignments("pact", the_alignments(the_readings()), [1, 2, 3])
    assert len(told(store, of)) == before, "what is there already is not new"


def test_what_was_not_asked_for_is_not_told(filled: Store) -> None:
    decisions, elsewhere = hook(filled, "decision"), hook(filled, "flag", "decision", name="x", story="pact")
    filled.articles.create_story("Another")
    other = hook(filled, name="y", story="another")
    filled.review.flag(2, by="bob")
    filled.review.decide(1, "confirm", by="bob")
    assert [t["event"] for t in told(filled, decisions)] == ["decision"]
    assert [t["event"] for t in told(filled, elsewhere)] == ["flag", "decision"]
    assert told(filled, other) == []
    filled.webhooks.end_webhook(decisions, by="ann")
    filled.review.decide(1, "relabel", by="bob", value="agree")
    assert len(told(filled, decisions)) == 1


def test_one_narrowed_to_a_story_follows_its_merge_and_its_undoing(filled: Store) -> None:
    filled.corrections.split_story("pact", [3], "The apology", by="ann")
    of = hook(filled, "flag", story="the-apology")
    row = next(r.id for r in filled.rows.every("pact"))
    filled.review.flag(row, by="bob")
    assert told(filled, of) == []
    merged = filled.corrections.merge_stories("the-apology", "pact", by="ann")
    filled.review.flag(row, by="eve")
    assert [t["story"]["slug"] for t in told(filled, of)] == ["pact"]
    assert filled.webhooks.webhook(of).story == "pact"
    filled.corrections.undo_correction(merged.corrections[0].id, by="ann")
    filled.review.flag(row, by="zoe")
    assert len(told(filled, of)) == 1
    assert filled.webhooks.webhook(of).story == "the-apology"


def test_what_is_not_kept_is_not_told(filled: Store) -> None:
    of = hook(filled)
    refusing(filled, "decisions")
    with pytest.raises(IntegrityError):
        filled.review.decide(1, "confirm", by="bob")
    assert told(filled, of) == []
    with pytest.raises(NotFound):
        filled.review.flag(99, by="bob")
    assert told(filled, of) == []


def test_what_cannot_be_told_is_not_done(filled: Store) -> None:
    """The delivery and the change that causes it are one: neither is kept without the other."""
    hook(filled)
    refusing(filled, "deliveries")
    before = filled.audit.page().total
    with pytest.raises(IntegrityError):
        filled.review.decide(1, "confirm", by="bob")
    assert filled.rows.alignment(1).row.decisions == ()
    assert filled.audit.page().total == before


def test_one_has_it_to_themselves_for_a_while(filled: Store, clock: Clock) -> None:
    hook(filled)
    filled.review.decide(1, "confirm", by="bob")
    first = filled.webhooks.next_posting()
    assert first
    assert (first.attempts, first.url, first.event) == (1, URL, "decision")
    assert filled.webhooks.next_posting() is None
    clock.tick(int(outbox.HELD.total_seconds()) + 1)
    again = filled.webhooks.next_posting()
    assert again
    assert (again.id, again.attempts) == (first.id, 2)
    filled.webhooks.note_posting(first, sent=True, answer="200 OK")
    assert filled.webhooks.deliveries(first.webhook_id).items[0].state == "waiting", "it is another's by now"
    filled.webhooks.note_posting(again, sent=True, answer="200 OK")
    delivery = filled.webhooks.deliveries(first.webhook_id).items[0]
    assert (delivery.state, delivery.answer, delivery.attempts) == ("sent", "200 OK", 2)
    assert filled.webhooks.next_posting() is None


def test_it_is_tried_again_later_and_later_and_given_up(filled: Store, clock: Clock) -> None:
    of = hook(filled)
    filled.review.decide(1, "confirm", by="bob")
    waited = []
    for attempt in range(outbox.ATTEMPTS):
        posting = filled.webhooks.next_posting()
        assert posting
        assert posting.attempts == attempt + 1
        filled.webhooks.note_posting(posting, sent=False, answer="503 Service Unavailable")
        assert filled.webhooks.next_posting() is None
        (delivery,) = filled.webhooks.deliveries(of).items
        waited.append(delivery.due - clock.at)
        clock.at = delivery.due
    assert waited == [*outbox.WAITS, timedelta()]
    assert delivery.state == "given up"
    assert filled.webhooks.webhook(of).given_up == 1
    clock.tick(10**6)
    assert filled.webhooks.next_posting() is None
    filled.webhooks.send_again(delivery.id, by="ann")
    posting = filled.webhooks.next_posting()
    assert posting
    assert posting.attempts == 1
    filled.webhooks.note_posting(posting, sent=True, answer="204 No Content")
    with pytest.raises(Conflicting):
        filled.webhooks.send_again(delivery.id, by="ann")


def test_one_that_takes_nothing_keeps_nobody_waiting(filled: Store) -> None:
    silent, other = hook(filled, name="silent"), hook(filled, name="other")
    filled.review.decide(1, "confirm", by="bob")
    first = filled.webhooks.next_posting()
    assert first
    assert first.webhook_id == silent
    second = filled.webhooks.next_posting(but=[silent])
    assert second
    assert second.webhook_id == other
    filled.webhooks.end_webhook(other, by="ann")
    filled.review.decide(2, "confirm", by="bob")
    third = filled.webhooks.next_posting()
    assert third
    assert third.webhook_id == silent


def test_secrets_are_shown_once_and_stand_nowhere_else(filled: Store) -> None:
    made, secret = filled.webhooks.add_webhook("desk", URL, ["flag"], by="ann")
    another = filled.webhooks.rotate_webhook(made.id, by="ann")
    assert secret != another
    assert secret.startswith("whs_")
    assert len(secret) > 40
    filled.review.flag(2, by="bob")
    posting = filled.webhooks.next_posting()
    assert posting
    assert posting.secret == another
    shown = f"{posting!r}{filled.webhooks.webhooks()}{filled.webhooks.deliveries(made.id)}{list(filled.audit.lines())}"
    assert another not in shown
    assert secret not in shown
    assert "token=hush" not in str(list(filled.audit.lines())), "the log tells the host alone"


@pytest.mark.parametrize(
    ("name", "url", "events", "more", "error"),
    [
        ("", URL, ["flag"], {}, BadInput),
        ("x" * 61, URL, ["flag"], {}, BadInput),
        ("desk", "ftp://a.example", ["flag"], {}, BadInput),
        ("desk", "https://user:pw@a.example/", ["flag"], {}, BadInput),
        ("desk", "javascript:alert(1)", ["flag"], {}, BadInput),
        ("desk", URL, [], {}, BadInput),
        ("desk", URL, ["flag", "weather"], {}, BadInput),
        ("desk", URL, ["test"], {}, BadInput),
        ("desk", URL, ["flag"], {"story": "none"}, NotFound),
        ("TAKEN", URL, ["flag"], {}, Conflicting),
    ],
)
def test_what_cannot_be_a_webhook(filled: Store, name, url, events, more, error) -> None:
    hook(filled, name="taken")
    with pytest.raises(error):
        filled.webhooks.add_webhook(name, url, events, by="ann", **more)
    assert len(filled.webhooks.webhooks()) == 1


def test_ended_it_stays_in_the_log_and_its_name_is_free(filled: Store) -> None:
    of = hook(filled)
    filled.review.decide(1, "confirm", by="bob")
    filled.webhooks.end_webhook(of, by="ann")
    filled.webhooks.end_webhook(of, by="ann")
    assert filled.webhooks.next_posting() is None
    assert filled.webhooks.deliveries(of).total == 1
    for act in (
        lambda: filled.webhooks.rotate_webhook(of, by="ann"),
        lambda: filled.webhooks.test_webhook(of, by="ann"),
        lambda: filled.webhooks.send_again(1, by="ann"),
    ):
        with pytest.raises(Conflicting):
            act()
    assert [w.ended_at is not None for w in (filled.webhooks.webhook(hook(filled)), filled.webhooks.webhook(of))] == [
        False,
        True,
    ]


def _take(place: Place, mine: Any) -> None:
    with Store(place) as store:
        while posting := store.webhooks.next_posting():
            mine.put(posting.id)
            store.webhooks.note_posting(posting, sent=True, answer="200 OK")


def test_two_processes_never_take_one_twice(filled: Store, others: BaseContext) -> None:
    of = hook(filled, "flag")
    for number in range(30):
        filled.review.flag(2, by=f"person {number}")
    filled.close()
    with Store(filled.place) as now:  # the fixture's clock stands still in another year
        taken = others.Queue()
        workers = [others.Process(target=_take, args=(filled.place, taken)) for _ in range(2)]
        for worker in workers:
            worker.start()
        ids = [taken.get(timeout=60) for _ in range(30)]
        for worker in workers:
            worker.join(60)
        assert [w.exitcode for w in workers] == [0, 0]
        assert len(set(ids)) == 30
        assert taken.empty()
        assert (now.webhooks.webhook(of).sent, now.webhooks.webhook(of).waiting) == (30, 0)


@pytest.mark.parametrize("deletion", [lambda s: s.corrections.delete_article(1, by="ann"), lambda s: s.corrections.delete_story("pact", by="ann")], ids=["article", "story"])  # fmt: skip
def test_what_was_deleted_before_it_was_sent_is_not_sent(store: Store, deletion: Callable[[Store], object]) -> None:
    of = hook(store, "article", "flag")
    fill(store)
    for row in [r.id for r in store.rows.story("pact", limit=100).rows.items]:
        store.review.flag(row, by="bob")
    words = [*(c.text for c in store.articles.reading_of(1).claims), store.library.article(1).article.headline]
    waited = store.webhooks.deliveries(of, limit=100).total
    deletion(store)
    sent = []
    while posting := store.webhooks.next_posting():
        sent.append(posting.body)
        store.webhooks.note_posting(posting, sent=True, answer="200 OK")
    assert not any(json.loads(b).get("article", json.loads(b).get("row", {})).get(k) in words for b in sent for k in ("headline", "label"))  # fmt: skip
    log = store.webhooks.deliveries(of, limit=100).items
    dropped = [d for d in log if d.state == "given up"]
    assert dropped
    assert len(sent) + len(dropped) == waited
    assert {d.answer for d in dropped} == {outbox.GONE}
    assert bool(sent) is bool(store.library.stories().total), "what stands is told still"
    assert all(json.loads(d.body).get("article", {}).get("id") != 1 for d in log if d.state == "sent")
