"""What people correct of articles and stories: laid over what was read, undone, never lost, hidden everywhere when deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from clock import Clock
from made_up import ENDS_22, fill, the_alignments, the_readings
from sqlalchemy import text

from app.core.records import Alignment, ClaimRef, Outlet, PublishedFrom, Status
from app.errors import BadInput, Conflicting, NotFound, NotYours
from app.exports.phrases import correction_line
from app.store import Store
from app.store.read.listing import ListWanted
from app.store.views import CorrectedView, Query

OTHER = {"key": "other-daily", "name": "Other Daily", "country": None}
CHANGES: dict[str, object] = {
    "headline": "Another headline",
    "outlet": OTHER,
    "bylines": ["Ann Lee"],
    "published": "2019-08-24",
    "url": "https://example.org/other",
}


def told(store: Store, article_id: int = 1) -> dict[str, object]:
    view = store.library.article(article_id)
    ref = view.article
    return {
        "headline": ref.headline,
        "outlet": {"key": ref.outlet.key, "name": ref.outlet.name, "country": ref.outlet.country},
        "bylines": list(view.bylines),
        "published": ref.published.isoformat() if ref.published else None,
        "url": ref.url,
    }


def compared(store: Store) -> None:
    """Every story that waits, compared as the made-up one was: with rows of the articles that stand in it."""
    for slug in store.articles.stale_stories():
        store.articles.keep_alignments(slug, [], [i for i, _ in store.articles.readings_of(slug)])


def sound(store: Store) -> None:
    compared(store)
    for answer in store.checks.questions():
        assert answer.faults == (), answer.name


def shape(store: Store) -> object:
    """All that a reader is shown."""
    stories = store.library.stories(limit=100)
    return (
        [(c.story, c.articles, c.outlets, dict(c.counts)) for c in stories.items],
        list(store.library.articles(limit=100).items),
        [(o.outlet, o.articles, o.stories) for o in store.library.outlet_list(ListWanted(order="name")).outlets.items],
        [(a.actor, a.claims) for a in store.library.actor_list(ListWanted(order="name")).actors.items],
        [h.claim.id for h in store.library.search(Query(q="pact")).hits.items],
    )


@pytest.mark.parametrize("name", CHANGES)
def test_a_field_is_corrected_and_undone(filled: Store, name: str) -> None:
    before, as_read = told(filled), filled.articles.reading_of(1)
    done = filled.corrections.correct_article(1, {name: CHANGES[name]}, by="ann")
    assert [(c.field, c.by) for c in done.corrections] == [(name, "ann")]
    assert done.stories == ("pact",)
    assert told(filled) == before | {name: CHANGES[name]}
    assert filled.articles.stale_stories() == ("pact",), "it is compared again, and says so until then"
    if name == "published":
        assert filled.library.article(1).article.published_from is PublishedFrom.CORRECTED
        assert filled.articles.readings_of("pact")[0][1].article.published is not None
    assert filled.corrections.undo_correction(done.corrections[0].id, by="ann").stories == ("pact",)
    assert told(filled) == before
    assert filled.articles.reading_of(1) == as_read
    sound(filled)


def test_what_is_so_already_changes_nothing(filled: Store) -> None:
    filled.corrections.correct_article(1, CHANGES, by="ann")
    lines = filled.audit.page().total
    assert filled.corrections.correct_article(1, CHANGES, by="bob").corrections == ()
    assert filled.audit.page().total == lines


def test_the_later_of_two_counts_and_undoing_it_gives_the_earlier(filled: Store) -> None:
    first = filled.corrections.correct_article(1, {"headline": "One"}, by="ann").corrections[0]
    second = filled.corrections.correct_article(1, {"headline": "Two"}, by="ann").corrections[0]
    assert (second.was, told(filled)["headline"]) == ("One", "Two")
    filled.corrections.undo_correction(second.id, by="ann")
    assert told(filled)["headline"] == "One"
    filled.corrections.undo_correction(first.id, by="ann")
    assert told(filled)["headline"] == "Pact to end"
    assert [bool(c.undone_at) for c in filled.corrections.corrections(article=1).items] == [True, True]


def test_corrections_survive_reading_importing_and_another_version(filled: Store) -> None:
    filled.corrections.correct_article(1, CHANGES, by="ann")
    assert filled.articles.keep_article(the_readings()[0]).outcome == "same"
    filled.articles.reread(1, filled.articles.reading_of(1), reader_version="another")
    assert told(filled) == CHANGES
    changed = the_readings()[0]
    article = replace(changed.article, text=changed.article.text + "\n\nIt rained.", published=date(2020, 1, 1))
    kept = filled.articles.keep_article(replace(changed, article=article))
    assert (kept.article_id, kept.outcome) == (1, "revised")
    assert told(filled) == CHANGES
    sound(filled)


def test_it_is_known_again_by_what_it_was_and_by_what_it_is(filled: Store) -> None:
    filled.corrections.correct_article(1, {"url": CHANGES["url"], "outlet": OTHER}, by="ann")
    read = the_readings()[0]
    assert filled.articles.keep_article(read).article_id == 1
    corrected = replace(read.article, url="https://www.example.org/other?utm_source=x", outlet="Other Daily")
    assert (
        filled.articles.keep_article(
            replace(read, article=replace(corrected, text="Other words."), claims=())
        ).article_id
        == 1
    )


def test_words_of_another_are_undone_only_by_name(filled: Store) -> None:
    made = filled.corrections.correct_article(1, {"headline": "One"}, by="ann").corrections[0]
    with pytest.raises(NotYours):
        filled.corrections.undo_correction(made.id, by="bob")
    filled.corrections.undo_correction(made.id, by="bob", whose="ann")
    again = filled.audit.page().total
    filled.corrections.undo_correction(made.id, by="bob")
    assert filled.audit.page().total == again, "undoing twice is undoing once"
    with pytest.raises(NotFound):
        filled.corrections.undo_correction(99, by="ann")


DELETIONS: dict[str, Callable[[Store], CorrectedView]] = {
    "an article": lambda s: s.corrections.delete_article(1, by="ann"),
    "a story": lambda s: s.corrections.delete_story("pact", by="ann"),
}


@pytest.mark.parametrize("what", DELETIONS)
def test_what_is_deleted_is_hidden_everywhere_and_comes_back_whole(filled: Store, what: str) -> None:
    filled.review.flag(2, by="ann", note="look")
    filled.review.decide(1, "confirm", by="ann")
    fill_again(filled)
    before, rows = shape(filled), [(r.id, r.status) for r in filled.rows.story("pact", limit=100).rows.items]
    done = DELETIONS[what](filled)
    fill_again(filled)
    with pytest.raises(NotFound, match="deleted"):
        filled.library.article(1)
    assert all(a.id != 1 for a in filled.library.articles(limit=100).items)
    assert all(h.claim.article.id != 1 for h in filled.library.search(Query(q="pact")).hits.items)
    assert all(i != 1 for i, _ in filled.articles.readings_of("pact"))
    assert 1 not in filled.articles.article_ids()
    assert 1 not in filled.names.outdated("?")
    assert ENDS_22 not in str(filled.rows.conflicts())
    if what == "a story":
        assert filled.library.stories().total == 0
        with pytest.raises(NotFound):
            filled.rows.story("pact")
    else:
        assert ENDS_22 not in str(filled.rows.story("pact", limit=100))
    assert filled.articles.keep_article(the_readings()[0]).outcome == "deleted", (
        "importing it again does not bring it back"
    )
    sound_but_rows(filled)
    filled.corrections.undo_correction(done.corrections[0].id, by="ann")
    fill_again(filled)
    assert shape(filled) == before
    assert [(r.id, r.status) for r in filled.rows.story("pact", limit=100).rows.items] == rows
    assert filled.rows.alignment(2).row.flags[0].note == "look"
    assert filled.rows.alignment(1).row.decisions[0].kind == "confirm"


LEFT: dict[str, Callable[[Store], CorrectedView]] = {
    "deleted": lambda s: s.corrections.delete_article(1, by="ann"),
    "split off": lambda s: s.corrections.split_story("pact", [1], "The first days", by="ann"),
    "moved": lambda s: s.corrections.move_article(1, title="The first days", by="ann"),
}


@pytest.mark.parametrize("kind", ["reject", "confirm"])
@pytest.mark.parametrize("how", LEFT)
def test_what_was_said_of_a_row_stays_with_its_claims_when_an_article_leaves_and_comes_back(
    filled: Store, how: str, kind: str
) -> None:
    """Meanwhile what is left of it stands with a claim that nobody spoke of."""
    filled.review.decide(1, kind, by="ann")
    fill_again(filled)
    before, was = shape(filled), members_of(filled, 1)
    done = LEFT[how](filled)
    other = Alignment("x", "Another", Status.AGREE, (ClaimRef(1, "c0"), ClaimRef(2, "c0")))
    for slug in filled.articles.stale_stories():
        filled.articles.keep_alignments(slug, [other] if slug == "pact" else [], [1, 2, 3])
    assert members_of(filled, 1) == was
    if how == "deleted":
        with pytest.raises(NotFound, match="deleted"):
            filled.rows.alignment(1)
    else:
        assert filled.rows.alignment(1).retired
    sound_but_rows(filled)
    filled.corrections.undo_correction(done.corrections[0].id, by="ann")
    fill_again(filled)
    assert members_of(filled, 1) == was
    assert shape(filled) == before
    assert [d.kind for d in filled.rows.alignment(1).row.decisions] == [kind]
    sound_but_rows(filled)


def test_a_row_goes_on_without_an_article_where_nothing_else_joins_it_and_has_it_back(filled: Store) -> None:
    three = Alignment("x", "Three", Status.AGREE, (ClaimRef(0, "c0"), ClaimRef(1, "c0"), ClaimRef(2, "c0")))
    filled.articles.keep_alignments("pact", [three], [1, 2, 3])
    with filled.read() as session:
        (row,) = session.connection().execute(text(_ROW_OF_THREE)).one()
    filled.review.flag(row, by="ann", note="look")
    was = members_of(filled, row)
    done = filled.corrections.delete_article(1, by="ann")
    filled.articles.keep_alignments("pact", [replace(three, claims=three.claims[1:])], [1, 2, 3])
    assert members_of(filled, row) == was[1:]
    filled.corrections.undo_correction(done.corrections[0].id, by="ann")
    filled.articles.keep_alignments("pact", [three], [1, 2, 3])
    assert members_of(filled, row) == was
    assert filled.rows.alignment(row).row.flags[0].note == "look"
    sound_but_rows(filled)


_ROW_OF_THREE = "SELECT alignment_id FROM alignment_members GROUP BY alignment_id HAVING count(*) = 3"


def members_of(store: Store, row: int) -> list[int]:
    """The claims that the machine put into a row."""
    asked = "SELECT claim_id FROM alignment_members WHERE by_machine = 1 AND alignment_id = :row ORDER BY 1"
    with store.read() as session:
        return list(session.connection().execute(text(asked), {"row": row}).scalars())


def fill_again(store: Store) -> None:
    """The made-up rows, as far as their articles stand."""
    for slug in store.articles.stale_stories():
        ids = [i for i, _ in store.articles.readings_of(slug)]
        every = [1, 2, 3]
        rows = the_alignments(the_readings())
        kept = [row for row in rows if all(every[c.article] in ids for c in row.claims)]
        store.articles.keep_alignments(slug, kept, every)


def sound_but_rows(store: Store) -> None:
    for answer in store.checks.questions():
        assert answer.faults == (), answer.name


def test_a_deleted_twin_takes_no_update_from_the_one_that_stands(filled: Store) -> None:
    first, second = filled.library.article(1).article, filled.library.article(2).article
    filled.corrections.delete_article(1, by="ann")
    outlet = {"key": first.outlet.key, "name": first.outlet.name, "country": first.outlet.country}
    filled.corrections.correct_article(2, {"url": first.url, "outlet": outlet}, by="ann")
    page = the_readings()[0]
    later = replace(page, article=replace(page.article, text=page.article.text + "\n\nMore was told later."))
    done = filled.articles.keep_article(later, outlet=Outlet(first.outlet.key, first.outlet.name))
    assert (done.article_id, done.outcome) == (second.id, "revised")


def test_deleting_twice_is_deleting_once(filled: Store) -> None:
    filled.corrections.delete_article(1, by="ann")
    assert filled.corrections.delete_article(1, by="bob").corrections == ()
    with pytest.raises(Conflicting):
        filled.corrections.correct_article(1, {"headline": "One"}, by="ann")


def test_an_article_moves_and_comes_back(filled: Store) -> None:
    done = filled.corrections.move_article(1, title="A story of its own", by="ann")
    assert done.corrections[0].into is not None
    assert done.corrections[0].into.slug == "a-story-of-its-own"
    assert set(done.stories) == {"a-story-of-its-own", "pact"}
    assert filled.library.article(1).article.story_slug == "a-story-of-its-own"
    assert filled.articles.assign_story(1, "pact").slug == "a-story-of-its-own", "what a person placed no machine moves"
    assert filled.articles.keep_article(the_readings()[0]).story_slug == "a-story-of-its-own"
    sound(filled)
    filled.corrections.undo_correction(done.corrections[0].id, by="ann")
    assert filled.library.article(1).article.story_slug == "pact"
    assert [c.story.slug for c in filled.library.stories().items] == ["pact"]
    assert filled.corrections.merged_into("a-story-of-its-own") == "pact"
    sound(filled)


def test_a_move_cannot_be_undone_when_it_moved_on(filled: Store) -> None:
    first = filled.corrections.move_article(1, title="One", by="ann").corrections[0]
    filled.corrections.move_article(1, title="Two", by="ann")
    with pytest.raises(Conflicting, match="moved on"):
        filled.corrections.undo_correction(first.id, by="ann")


AWAY: dict[str, Callable[[Store, str], CorrectedView]] = {
    "merged": lambda s, into: s.corrections.merge_stories("first", into, by="ann"),
    "moved": lambda s, into: s.corrections.move_article(1, story=into, by="ann"),
}


@pytest.mark.parametrize("how", AWAY)
def test_moves_undone_in_any_order_leave_an_article_where_those_in_force_say(
    filled: Store, clock: Clock, how: str
) -> None:
    """From `first` into the pact, from there split off: undone in the order in which they were made."""
    filled.corrections.split_story("pact", [1, 2], "First", by="ann")
    clock.tick(1)
    into = AWAY[how](filled, "pact")
    clock.tick(1)
    on = filled.corrections.move_article(1, title="Further", by="ann") if how == "merged" else None
    on = on or filled.corrections.split_story("pact", [1], "Further", by="ann")
    clock.tick(1)
    if how == "merged":
        filled.corrections.undo_correction(into.corrections[0].id, by="ann")
        assert filled.library.article(2).article.story_slug == "first"
        assert filled.library.article(1).article.story_slug == "further"
        clock.tick(1)
        filled.corrections.undo_correction(on.corrections[0].id, by="ann")
        assert filled.library.article(1).article.story_slug == "first"
    else:
        filled.corrections.undo_correction(on.corrections[0].id, by="ann")
        assert filled.library.article(1).article.story_slug == "pact", "the move into it is in force"
        clock.tick(1)
        filled.corrections.undo_correction(into.corrections[0].id, by="ann")
        assert filled.library.article(1).article.story_slug == "first"
    sound(filled)


def test_a_story_is_renamed_and_keeps_its_address(filled: Store) -> None:
    made = filled.corrections.rename_story("pact", "  What became of the pact ", by="ann").corrections[0]
    assert filled.rows.story("pact").story.title == "What became of the pact"
    assert (made.value, made.was) == ("What became of the pact", "The pact")
    assert filled.corrections.rename_story("pact", "What became of the pact", by="bob").corrections == ()
    filled.corrections.undo_correction(made.id, by="ann")
    assert filled.rows.story("pact").story.title == "The pact"
    with pytest.raises(BadInput):
        filled.corrections.rename_story("pact", " ", by="ann")


def test_stories_are_split_and_merged_with_what_people_said(filled: Store) -> None:
    filled.review.flag(2, by="ann", note="look")
    split = filled.corrections.split_story("pact", [1, 2], "The first days", by="ann")
    assert filled.corrections.split_story("pact", [2, 1], "The first days", by="ann").corrections == split.corrections
    assert {c.story.slug: c.articles for c in filled.library.stories().items} == {"pact": 1, "the-first-days": 2}
    sound(filled)
    merged = filled.corrections.merge_stories("the-first-days", "pact", by="ann")
    fill_again(filled)
    assert filled.corrections.merged_into("the-first-days") == "pact"
    with pytest.raises(NotFound):
        filled.rows.story("the-first-days")
    assert filled.rows.alignment(2).row.flags[0].note == "look"
    sound_but_rows(filled)
    filled.corrections.undo_correction(merged.corrections[0].id, by="ann")
    assert {c.story.slug: c.articles for c in filled.library.stories().items} == {"pact": 1, "the-first-days": 2}
    filled.corrections.undo_correction(split.corrections[0].id, by="ann")
    assert {c.story.slug: c.articles for c in filled.library.stories().items} == {"pact": 3}
    fill_again(filled)
    assert filled.rows.alignment(2).row.flags[0].note == "look"
    sound_but_rows(filled)


@pytest.mark.parametrize(
    ("articles", "say"), [([9], "only articles"), ([], "only articles"), ([1, 2, 3], "must stay")], ids=str
)
def test_a_split_that_is_none(filled: Store, articles: list[int], say: str) -> None:
    with pytest.raises(BadInput, match=say):
        filled.corrections.split_story("pact", articles, "x", by="ann")


def test_a_new_article_of_a_deleted_story_brings_only_itself(store: Store) -> None:
    fill(store)
    store.corrections.delete_story("pact", by="ann")
    fresh = the_readings()[0]
    article = replace(
        fresh.article, headline="Quite another", published=date(2019, 9, 1), text="Other words.", url=None
    )
    store.articles.keep_article(replace(fresh, article=article, claims=()), story_slug="pact")
    assert [c.articles for c in store.library.stories().items] == [1]
    assert Clock


def test_a_row_that_a_deleted_article_stands_in_is_read_without_it(filled: Store) -> None:
    """Before the story is compared anew, and of rows that people spoke of for good."""
    rows = [r.id for r in filled.rows.story("pact", limit=100).rows.items]
    filled.review.flag(1, by="ann")
    filled.corrections.delete_article(1, by="ann")
    for row in rows:
        try:
            view = filled.rows.alignment(row)
        except NotFound:
            continue
        assert all(1 not in (r.a.article.id, r.b.article.id) for r in view.relations)
        assert sum(view.relation_counts.values()) == len(view.relations)


def test_a_row_of_what_is_deleted_is_neither_listed_nor_shown(filled: Store) -> None:
    ids = {r.id for r in filled.rows.story("pact", limit=100).rows.items}
    for row in ids:
        filled.review.flag(row, by="ann")
    done = [c.id for i in (1, 2) for c in filled.corrections.delete_article(i, by="ann").corrections]
    fill_again(filled)
    gone = ids - {r.id for r in filled.rows.story("pact", limit=100).rows.items}
    assert gone
    assert {r.id for r in filled.library.front().flagged} == ids - gone
    assert not gone & {c.row.id for c in filled.rows.conflicts(limit=100).items}
    for row in gone:
        with pytest.raises(NotFound, match="deleted"):
            filled.rows.alignment(row)
    for correction in done:
        filled.corrections.undo_correction(correction, by="ann")
    fill_again(filled)
    assert {r.id for r in filled.library.front().flagged} == ids
    assert {filled.rows.alignment(row).row.id for row in gone} == gone


def test_a_row_of_which_something_stands_is_listed_until_it_is_compared(filled: Store) -> None:
    rows = filled.rows.story("pact", limit=100).rows.items
    for row in rows:
        filled.review.flag(row.id, by="ann")
    filled.corrections.delete_article(1, by="ann")
    left = {r.id for r in rows if any(c.claims for c in r.cells if c.article_id != 1)}
    assert {r.id for r in filled.library.front().flagged} == left


@pytest.mark.parametrize("what", DELETIONS)
def test_corrections_of_what_is_deleted_are_told_without_its_words(filled: Store, what: str) -> None:
    filled.corrections.correct_article(1, {"headline": "A name in it"}, by="ann")
    filled.corrections.correct_article(2, {"headline": "Another one"}, by="ann")
    filled.corrections.rename_story("pact", "A title in it", by="ann")
    done = DELETIONS[what](filled).corrections[0]
    bare = filled.corrections.corrections(every_word=False).items
    assert [(c.id, c.by, c.at) for c in bare] == [(c.id, c.by, c.at) for c in filled.corrections.corrections().items]
    told = " ".join(correction_line(c) for c in bare) + str(bare)
    assert "A name in it" not in told
    assert ("Another one" in told, "A title in it" in told) == (what == "an article",) * 2
    assert next(c for c in bare if c.id == done.id).untold
    assert "A name in it" in str(filled.corrections.corrections())
    filled.corrections.undo_correction(done.id, by="ann")
    assert "A name in it" in str(filled.corrections.corrections(every_word=False))
