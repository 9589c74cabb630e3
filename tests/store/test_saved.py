"""Saved searches: kept under a name of one's own; what came since one looked is new, what is said again is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from clock import Clock
from made_up import the_readings

from app.core.records import Reading
from app.errors import BadInput, Conflicting, NotFound
from app.store import Store
from app.store.saved import MOST_SAVED
from app.store.views import Query


def another(sentence: str, number: int = 0) -> Reading:
    """A report of the made-up story's first outlet whose only words are these."""
    reading = the_readings()[0]
    claim = replace(
        reading.claims[0],
        start=0,
        end=len(sentence),
        text=sentence,
        sentence=(0, len(sentence)),
        attributions=(),
        actors=(),
        dates=(),
        numbers=(),
        actions=(),
        words=(),
    )
    article = replace(reading.article, text=sentence, headline=f"Report {number}", url=f"https://a.example/{number}")
    return Reading(article, (claim,), ())


def only(store: Store, owner: str = "ann"):
    (saved,) = store.searches.saved_searches(owner)
    return saved


QUERIES = {
    "words": Query("pact"),
    "all of it": Query(
        '"the pact" -zebra', "japan", date(2019, 1, 1), date(2020, 1, 1), "published", "alpha", "conflict", "pact"
    ),
    "an actor": Query(actor="japan"),
    "days": Query(since=date(2019, 11, 1)),
    "a verdict": Query(relation="single-source"),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_what_is_saved_is_what_is_searched_for(filled: Store, query: Query) -> None:
    saved = filled.searches.save_search("mine", query, by="ann")
    assert saved.query == query
    assert (saved.total, saved.fresh) == (filled.library.search(query).hits.total, 0)
    assert only(filled) == saved


def test_what_came_since_the_last_look_is_new(filled: Store, clock: Clock) -> None:
    saved = filled.searches.save_search("pacts", Query("pact"), by="ann")
    clock.tick()
    filled.articles.keep_article(another("A pact with the islands was praised.", 1), story_slug="elsewhere")
    filled.articles.keep_article(another("It rained on the harbour.", 2), story_slug="elsewhere")
    view = filled.searches.saved_search(saved.id, "ann")
    assert (view.saved.total, view.saved.fresh) == (saved.total + 1, 1)
    assert [hit.claim.text for hit in view.fresh.items] == ["A pact with the islands was praised."]
    filled.searches.note_look(saved.id, clock.at, owner="ann")
    assert only(filled).fresh == 0
    assert only(filled).total == saved.total + 1


def test_a_look_counts_up_to_what_was_shown(filled: Store, clock: Clock) -> None:
    """What came while the page lay open is new still; no look takes back another, and none lies ahead."""
    saved = filled.searches.save_search("pacts", Query("pact"), by="ann")
    shown = clock.at
    clock.tick()
    filled.articles.keep_article(another("A pact was praised.", 1), story_slug="elsewhere")
    filled.searches.note_look(saved.id, shown, owner="ann")
    assert only(filled).fresh == 1
    filled.searches.note_look(saved.id, clock.at, owner="ann")
    filled.searches.note_look(saved.id, shown, owner="ann")
    assert only(filled).fresh == 0
    filled.searches.note_look(saved.id, clock.at + timedelta(days=900), owner="ann")
    assert only(filled).looked_at == clock.at


def test_what_a_later_revision_says_again_is_not_new(filled: Store, clock: Clock) -> None:
    filled.articles.keep_article(another("A pact was praised.", 1), story_slug="elsewhere")
    clock.tick()
    saved = filled.searches.save_search("pacts", Query("pact"), by="ann")
    clock.tick()
    first = another("A pact was praised.", 1)
    later = "The pact was signed."
    text = f"{first.article.text} {later}"
    start = len(first.article.text) + 1
    span = (start, start + len(later))
    more = replace(first.claims[0], id="c9", start=span[0], end=span[1], text=later, sentence=span)
    revised = Reading(replace(first.article, text=text), (*first.claims, more), ())
    assert filled.articles.keep_article(revised).outcome == "revised"
    fresh = filled.searches.saved_search(saved.id, "ann").fresh
    assert [hit.claim.text for hit in fresh.items] == [later]
    assert filled.searches.came(Query("pact"), limit=2)[0].claim.text == later


def test_reading_anew_makes_nothing_new(filled: Store, clock: Clock) -> None:
    saved = filled.searches.save_search("pacts", Query("pact"), by="ann")
    clock.tick()
    for article_id, reading in filled.articles.readings_of("pact"):
        filled.articles.reread(article_id, reading)
    assert (only(filled).total, only(filled).fresh) == (saved.total, 0)


def test_what_came_is_told_the_latest_first(filled: Store, clock: Clock) -> None:
    for number in range(3):
        clock.tick()
        filled.articles.keep_article(another(f"Zebra number {number} was praised.", number), story_slug="elsewhere")
    told = filled.searches.came(Query("zebra"), limit=2)
    assert [c.claim.text[:14] for c in told] == ["Zebra number 2", "Zebra number 1"]
    assert told[0].came == clock.at
    assert told[0].came > told[1].came
    with pytest.raises(BadInput):
        filled.searches.came(Query("zebra"), limit=0)


def test_a_name_is_ones_own_while_it_is_kept(filled: Store) -> None:
    first = filled.searches.save_search("Pacts", Query("pact"), by="ann")
    assert filled.searches.save_search(" pacts ", Query("pact"), by="ann").id == first.id
    with pytest.raises(Conflicting, match="another search"):
        filled.searches.save_search("PACTS", Query("treaty"), by="ann")
    assert filled.searches.save_search("Pacts", Query("treaty"), by="bob").id != first.id
    filled.searches.rename_search(first.id, "Treaties", by="ann")
    filled.searches.save_search("Pacts", Query("treaty"), by="ann")
    with pytest.raises(Conflicting):
        filled.searches.rename_search(first.id, "pacts", by="ann")
    assert [s.name for s in filled.searches.saved_searches("ann")] == ["Pacts", "Treaties"]


def test_taken_away_and_had_back(filled: Store) -> None:
    saved = filled.searches.save_search("pacts", Query("pact"), by="ann")
    filled.searches.remove_search(saved.id, by="ann")
    filled.searches.remove_search(saved.id, by="ann")
    assert filled.searches.saved_searches("ann") == ()
    assert filled.searches.saved_search(saved.id, "ann").saved.removed
    with pytest.raises(Conflicting):
        filled.searches.rename_search(saved.id, "else", by="ann")
    other = filled.searches.save_search("pacts", Query("treaty"), by="ann")
    with pytest.raises(Conflicting):
        filled.searches.restore_search(saved.id, by="ann")
    filled.searches.rename_search(other.id, "treaties", by="ann")
    filled.searches.restore_search(saved.id, by="ann")
    assert [s.name for s in filled.searches.saved_searches("ann")] == ["pacts", "treaties"]


def test_anothers_search_is_not_there(filled: Store) -> None:
    theirs = filled.searches.save_search("pacts", Query("pact"), by="bob").id
    assert filled.searches.saved_searches("ann") == ()
    for act in (
        lambda: filled.searches.saved_search(theirs, "ann"),
        lambda: filled.searches.rename_search(theirs, "x", by="ann"),
        lambda: filled.searches.remove_search(theirs, by="ann"),
        lambda: filled.searches.restore_search(theirs, by="ann"),
        lambda: filled.searches.note_look(theirs, filled.now(), owner="ann"),
        lambda: filled.searches.saved_search_named("pacts", "ann"),
        lambda: filled.searches.saved_search(10**30, "ann"),
    ):
        with pytest.raises((NotFound, BadInput)):
            act()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("", Query("pact")),
        ("x" * 101, Query("pact")),
        ("two\x00names", Query("pact")),
        ("nothing", Query()),
        ("only signs of the kind of date", Query(date_of="published")),
        ("a verdict that is none", Query("pact", relation="perhaps")),
        ("too long", Query("x" * 501)),
        ("a date that is none", Query("pact", date_of="read")),
    ],
)
def test_what_cannot_be_saved(filled: Store, name: str, query: Query) -> None:
    with pytest.raises(BadInput):
        filled.searches.save_search(name, query, by="ann")
    assert filled.audit.page().total == 0


def test_there_is_an_end_to_it(filled: Store) -> None:
    for number in range(MOST_SAVED):
        filled.searches.save_search(f"search {number}", Query("pact"), by="ann")
    with pytest.raises(Conflicting, match="at most"):
        filled.searches.save_search("one more", Query("pact"), by="ann")
    filled.searches.save_search("search 0", Query("pact"), by="ann")
    filled.searches.save_search("one more", Query("pact"), by="bob")


def test_a_search_narrowed_to_a_story_follows_its_merge_and_its_undoing(filled: Store) -> None:
    filled.corrections.split_story("pact", [3], "The apology", by="bob")
    filled.corrections.split_story("pact", [2], "The leaving", by="bob")
    before = filled.searches.save_search("mine", Query(story="the-apology"), by="ann")
    first = filled.corrections.merge_stories("the-apology", "the-leaving", by="bob")
    second = filled.corrections.merge_stories("the-leaving", "pact", by="bob")
    now = only(filled)
    assert (now.query.story, now.names["story"]) == ("pact", "The pact")
    assert (
        now.total
        == filled.library.search(Query(story="pact")).hits.total
        == filled.library.search(before.query).hits.total
    )
    assert now.total > before.total > 0
    for merged in (second, first):
        filled.corrections.undo_correction(merged.corrections[0].id, by="bob")
    again = only(filled)
    assert (again.query, again.names, again.total) == (before.query, before.names, before.total)
