"""Names that people add to actors, and the same words read anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from clock import Clock
from made_up import ACTORS, reading, the_alignments, the_readings
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.errors import BadInput, Conflicting, Moved, NotFound
from app.store import Store
from app.store.actors import CLAIMS_OF
from app.store.views import Query

IDS = [1, 2, 3]


def test_a_name_is_found_at_once_and_says_who_added_it(filled: Store, clock: Clock) -> None:
    assert filled.library.search(Query(actor="the Gaimusho chief")).hits.total == 0
    added = filled.names.add_alias("toshimitsu-motegi", "the  Gaimusho chief ", by="ann")
    assert (added.text, added.by, added.at, added.actor.key) == (
        "the Gaimusho chief",
        "ann",
        clock.at,
        "toshimitsu-motegi",
    )
    assert [h.claim.id for h in filled.library.search(Query(actor="The gaimusho CHIEF")).hits.items] == [6]
    assert "the Gaimusho chief" in filled.library.actor("toshimitsu-motegi").aliases
    clock.tick()
    assert filled.names.add_alias("toshimitsu-motegi", "THE GAIMUSHO CHIEF", by="bob") == added, "twice is once"
    assert filled.names.aliases() == filled.names.aliases("toshimitsu-motegi") == (added,)
    assert filled.names.aliases("japan") == ()


def test_a_removed_name_is_found_no_more_and_stays_on_record(filled: Store, clock: Clock) -> None:
    added = filled.names.add_alias("japan", "열도", by="ann")
    assert filled.library.search(Query(actor="열도")).hits.total > 0
    clock.tick()
    removed = filled.names.remove_alias(added.id, by="bob")
    assert (removed.removed_by, removed.removed_at) == ("bob", clock.at)
    clock.tick()
    assert filled.names.remove_alias(added.id, by="eve") == removed
    assert filled.library.search(Query(actor="열도")).hits.total == 0
    assert filled.names.aliases() == ()
    again = filled.names.add_alias("south-korea", "열도", by="ann")
    assert again.id != added.id, "free again, for whomever it means"


@pytest.mark.parametrize("name", ["WHO", "US", "May", "the North", "安倍", "문재인"])
def test_a_name_that_looks_like_a_small_word_may_be_one(filled: Store, name: str) -> None:
    assert filled.names.add_alias("toshimitsu-motegi", name, by="ann", meant=True).text == name


def test_a_name_added_over_the_actor_s_own_leaves_it_findable(filled: Store) -> None:
    added = filled.names.add_alias("japan", "JAPAN", by="ann")
    filled.names.remove_alias(added.id, by="ann")
    assert filled.library.search(Query(actor="Japan")).hits.total > 0


@pytest.mark.parametrize(
    ("call", "error"),
    [
        pytest.param(lambda s: s.names.add_alias("nobody", "Nobody", by="ann"), NotFound, id="no such actor"),
        pytest.param(lambda s: s.names.add_alias("japan", "the", by="ann"), BadInput, id="a word of every sentence"),
        pytest.param(lambda s: s.names.add_alias("japan", "He", by="ann"), BadInput, id="a pronoun"),
        pytest.param(lambda s: s.names.add_alias("japan", "of it", by="ann"), BadInput, id="small words"),
        pytest.param(lambda s: s.names.add_alias("japan", " ", by="ann"), BadInput, id="no name"),
        pytest.param(lambda s: s.names.add_alias("japan", "7", by="ann"), BadInput, id="a digit"),
        pytest.param(lambda s: s.names.add_alias("japan", "1910", by="ann"), BadInput, id="digits"),
        pytest.param(lambda s: s.names.add_alias("japan", "x" * 121, by="ann"), BadInput, id="a long name"),
        pytest.param(lambda s: s.names.add_alias("japan", "\ud83d.", by="ann"), BadInput, id="half a character"),
        pytest.param(lambda s: s.names.add_alias("japan", "Nippon", by=""), BadInput, id="added by nobody"),
        pytest.param(
            lambda s: s.names.add_alias("japan", "South Korea", by="ann"), Conflicting, id="another's own name"
        ),
        pytest.param(lambda s: s.names.add_alias("japan", "Taken", by="ann"), Conflicting, id="added to another"),
        pytest.param(lambda s: s.names.remove_alias(99, by="ann"), NotFound, id="remove nothing"),
        pytest.param(lambda s: s.names.remove_alias(10**30, by="ann"), NotFound, id="remove thirty digits"),
        pytest.param(lambda s: s.names.articles_holding(" - "), BadInput, id="look for no word"),
    ],
)
def test_what_is_no_name(filled: Store, call: Callable[[Store], object], error: type) -> None:
    filled.names.add_alias("south-korea", "taken", by="ann")
    before = filled.names.aliases()
    with pytest.raises(error):
        call(filled)
    assert filled.names.aliases() == before


def test_the_schema_itself_keeps_a_name_to_one_actor(filled: Store) -> None:
    filled.names.add_alias("japan", "Nippon", by="ann")
    again = 'INSERT INTO added_aliases (actor_id, text, folded, "by", at) SELECT 1, text, folded, "by", at FROM added_aliases'
    with pytest.raises(IntegrityError), filled.write() as session:
        session.connection().execute(text(again))


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("the pact", [1, 2]),
        ("THE PACT", [1, 2]),
        ("서울", [3]),
        ("Pact to end", [1]),  # a headline
        ("labour court", [3]),
        ("labour’court", [3]),
        ("100%", []),
        ("no such words", []),
    ],
)
def test_articles_that_hold_words(filled: Store, words: str, wanted: list[int]) -> None:
    assert list(filled.names.articles_holding(words)) == wanted


# --- the same words read anew ----------------------------------------------------------------------------------------


def test_which_articles_another_reader_read(filled: Store) -> None:
    assert filled.names.outdated("v2") == (1, 2, 3)
    filled.articles.reread(2, the_readings()[1], reader_version="v2")
    assert filled.names.outdated("v2") == (1, 3)
    new = replace(
        the_readings()[0], article=replace(the_readings()[0].article, text="Other words.", url="https://x.example")
    )
    filled.articles.keep_article(replace(new, claims=()), reader_version="v2")
    assert filled.names.outdated("v2") == (1, 3)


def test_the_same_reading_again_changes_nothing_that_is_seen(filled: Store) -> None:
    filled.review.decide(1, "relabel", by="ann", value="Which day")
    filled.review.flag(2, by="ann", note="hm")
    before = filled.rows.story("pact"), filled.library.article(3), filled.library.search(Query("apologise"))
    for i, read in enumerate(the_readings(), 1):
        assert filled.articles.reread(i, read) == "pact"
    assert filled.articles.stale_stories() == ("pact",)
    filled.articles.keep_alignments("pact", the_alignments(the_readings()), IDS)
    assert (filled.rows.story("pact"), filled.library.article(3), filled.library.search(Query("apologise"))) == before
    assert [r for _, r in filled.articles.readings_of("pact")] == the_readings()


def test_statements_found_again_keep_their_ids_others_are_set_aside(filled: Store) -> None:
    one, two, three = the_readings()
    filled.review.flag(3, by="ann", note="both?")
    less = replace(three, claims=tuple(replace(c, id=f"x{i}") for i, c in enumerate(three.claims[1:])))
    filled.articles.reread(3, less, reader_version="v2")
    assert [u.claim.id for u in filled.library.article(3).underlines] == [6, 7, 8]
    assert filled.articles.reading_of(3) == less
    assert filled.library.search(Query("apology ")).hits.total == 1
    rows = the_alignments([one, two, three])
    filled.articles.keep_alignments("pact", rows[:2], IDS)
    assert sum(filled.rows.story("pact").counts.values()) == filled.rows.story("pact").rows.total
    assert filled.rows.alignment(3).row.flags[0].note == "both?", "what was said of its row still answers"
    filled.articles.reread(3, three)
    assert [u.claim.id for u in filled.library.article(3).underlines] == [5, 6, 7, 8], "found again it has its old id"
    filled.articles.keep_alignments("pact", rows, IDS)
    assert filled.rows.alignment(3).row.flags[0].note == "both?"
    assert not filled.rows.alignment(3).retired


def counted(store: Store) -> dict[str, tuple[int, int]]:
    """Claims of each actor as kept, and as they can be counted."""
    with store.read() as session:
        rows = session.connection().exec_driver_sql(f"SELECT key, claims, {CLAIMS_OF} FROM actors")
        return {key: (kept, found) for key, kept, found in rows}


def test_actors_have_as_many_claims_as_can_be_counted(filled: Store) -> None:
    """Also those that an article named before it was read anew, and names no more."""
    renamed = the_readings()[2]
    other = replace(ACTORS["Motegi"], key="taro-kono", name="Taro Kono")
    claims = []
    for claim in renamed.claims:
        said = [
            replace(a, speaker=replace(a.speaker, key=other.key, name=other.name))
            if a.speaker and a.speaker.key == "toshimitsu-motegi"
            else a
            for a in claim.attributions
        ]
        named = [replace(m, key=other.key) if m.key == "toshimitsu-motegi" else m for m in claim.actors]
        claims.append(replace(claim, attributions=tuple(said), actors=tuple(named)))
    before = counted(filled)
    filled.articles.reread(3, replace(renamed, claims=tuple(claims), actors=(other,)))
    after = counted(filled)
    assert before["toshimitsu-motegi"] == (1, 1)
    assert after["toshimitsu-motegi"] == (0, 0)
    assert after["taro-kono"] == (1, 1)
    filled.articles.reread(3, replace(renamed, claims=renamed.claims[:1]))
    filled.articles.keep_article(
        replace(renamed, claims=(), article=replace(renamed.article, text="Nothing of it is true."))
    )
    assert all(kept == found for kept, found in counted(filled).values())


def test_equal_statements_are_told_apart_by_their_order(store: Store) -> None:
    same = reading(
        "Alpha", "2020-01-02", "Twice", [("It ends today, they said.", {}), ("It ends today, they say.", {})]
    )
    twice = replace(same, claims=(same.claims[0], replace(same.claims[0], id="c9")))
    store.articles.keep_article(twice, story_slug="twice")
    store.articles.reread(1, twice)
    assert [c.id for c in store.articles.reading_of(1).claims] == ["c0", "c9"]


def test_other_words_are_no_other_reading(filled: Store) -> None:
    one = the_readings()[0]
    with pytest.raises(Moved):
        filled.articles.reread(1, replace(one, article=replace(one.article, text="Other.")))
    with pytest.raises(NotFound):
        filled.articles.reread(99, one)
    assert filled.articles.stale_stories() == ()
