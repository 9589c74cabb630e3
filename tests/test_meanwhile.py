"""Two at work on one story: what one made from a state that the other changed meanwhile is never kept, but made again.

"Meanwhile" is made certain: the other works while the first compares, or reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app import pipeline, rereading
from app.core.records import Hints, Reading
from app.errors import Moved
from app.pipeline import aligning
from app.store import Store, open_store

FIRST = "The council approved the harbour bridge on Monday. Mayor Ana Ruiz said the bridge would cost 40 million euros."
SECOND = "The council approved the harbour bridge on Monday. It will cost 50 million euros, said mayor Ana Ruiz."
CHANGED = "The council rejected the harbour bridge on Tuesday. Nothing was said of its cost, said mayor Ana Ruiz."
LATE = "The council approved the harbour bridge on Monday, and Ana Ruiz said that ships would pass under it."


def article(outlet: str, text: str) -> Reading:
    hints = Hints(outlet=outlet, headline=f"{outlet} on the bridge", story="bridge", url=f"https://{outlet}.example/b")
    (found,) = pipeline.read_pages([pipeline.paste(text, hints)])
    assert isinstance(found, Reading)
    return found


@pytest.fixture
def bridge(store: Store) -> Store:
    pipeline.keep(store, [article("alpha", FIRST), article("beta", SECOND)])
    return store


def shown(store: Store) -> list[tuple]:
    """The rows as a reader sees them, whatever their ids."""
    return sorted(
        (r.label, r.status.value, r.summary, tuple(tuple(c.text for c in cell.claims) for cell in r.cells))
        for r in store.rows.every("bridge")
    )


def once(act: Callable[[], object], then: Callable) -> Callable:
    """`then`, but the first time somebody else acts before it is done."""
    left = [act]

    def done(*given, **named):
        made = then(*given, **named)
        if left:
            left.pop()()
        return made

    return done


MEANWHILE = {
    "a revision": lambda s: s.articles.keep_article(article("alpha", CHANGED)),
    "another article": lambda s: s.articles.keep_article(article("gamma", LATE)),
    "an article that leaves": lambda s: s.articles.assign_story(2, "elsewhere", title="Elsewhere"),
    "an article that comes": lambda s: s.articles.assign_story(
        s.articles.keep_article(replace_story(article("gamma", LATE), "other")).article_id, "bridge"
    ),
    "a reading anew": lambda s: s.articles.reread(
        1, replace(s.articles.reading_of(1), claims=s.articles.reading_of(1).claims[:1])
    ),
}


def replace_story(found: Reading, slug: str) -> Reading:
    return replace(found, article=replace(found.article, story=slug))


@pytest.mark.parametrize("act", MEANWHILE.values(), ids=MEANWHILE.keys())
def test_rows_are_those_of_the_articles_that_are_kept(bridge: Store, monkeypatch, act) -> None:
    with open_store(bridge.path) as other:
        monkeypatch.setattr(aligning, "compare", once(lambda: act(other), aligning.compare))
        assert pipeline.realign(bridge, "bridge")
    monkeypatch.undo()
    after = shown(bridge)
    assert "bridge" not in bridge.articles.stale_stories()
    pipeline.realign(bridge, "bridge")
    assert shown(bridge) == after, "what stands is what the kept articles give"


def test_the_store_itself_refuses_rows_of_another_state(bridge: Store) -> None:
    old = bridge.articles.to_compare("bridge")
    rows = pipeline.compare(old.readings).rows
    bridge.articles.keep_article(article("alpha", CHANGED))
    before = shown(bridge)
    with pytest.raises(Moved):
        bridge.articles.keep_alignments("bridge", rows, old.article_ids, basis=old.basis)
    assert shown(bridge) == before
    assert bridge.articles.stale_stories() == ("bridge",)


def test_what_people_say_meanwhile_does_not_stop_it(bridge: Store, monkeypatch) -> None:
    compared = []
    compare = aligning.compare
    monkeypatch.setattr(aligning, "compare", lambda *a: compared.append(1) or compare(*a))
    row = next(iter(bridge.rows.every("bridge"))).id
    monkeypatch.setattr(
        aligning, "compare", once(lambda: bridge.review.flag(row, by="Ann", note="hm"), aligning.compare)
    )
    assert pipeline.realign(bridge, "bridge")
    assert len(compared) == 1
    assert [f.note for r in bridge.rows.every("bridge") for f in r.flags] == ["hm"]


def test_a_story_that_changes_every_time_waits_for_whoever_changes_it(bridge: Store, monkeypatch) -> None:
    compare, number = aligning.compare, iter(range(100))

    def restless(*given):
        rows = compare(*given)
        bridge.articles.keep_article(article("alpha", f"{CHANGED} It was vote {next(number)}."))
        return rows

    monkeypatch.setattr(aligning, "compare", restless)
    summary = pipeline.keep(bridge, [article("gamma", LATE)])
    assert summary.waiting == {"bridge"}
    assert bridge.articles.stale_stories() == ("bridge",)
    monkeypatch.undo()
    assert pipeline.realign(bridge, "bridge")


def test_a_story_that_was_emptied_meanwhile_is_nobodys_trouble(bridge: Store, monkeypatch) -> None:
    def empty() -> None:
        for i in (1, 2):
            bridge.articles.assign_story(i, "elsewhere", title="Elsewhere")

    monkeypatch.setattr(aligning, "compare", once(empty, aligning.compare))
    assert pipeline.realign(bridge, "bridge")
    assert bridge.articles.stale_stories() == ("elsewhere",)


# --- names added while an article is read ------------------------------------------------------------------------

SEAT = "The harbour seat said on Monday that it would close the canal. Ships waited outside."
SWISS = "Switzerland said it would close the canal on Monday."


def mentions(store: Store, article_id: int) -> set[str]:
    return {m.key for c in store.articles.reading_of(article_id).claims for m in c.actors}


def test_a_name_added_during_an_import_is_known_in_what_comes_after(bridge: Store) -> None:
    bridge.articles.keep_article(article("swiss", SWISS))

    def found():
        yield article("before", SEAT.replace("Monday", "Tuesday"))
        bridge.names.add_alias("switzerland", "the harbour seat", by="Ann")
        yield article("after", SEAT)

    summary = pipeline.keep(bridge, found())
    assert "switzerland" in mentions(bridge, summary.articles[1])


@pytest.mark.parametrize("removed", [False, True], ids=["added", "removed"])
def test_a_name_that_moves_while_an_article_is_read_anew(bridge: Store, monkeypatch, removed: bool) -> None:
    bridge.articles.keep_article(article("swiss", SWISS))
    kept = bridge.articles.keep_article(article("seat", SEAT)).article_id
    alias = bridge.names.add_alias("switzerland", "the harbour seat", by="Ann") if removed else None
    monkeypatch.setattr(rereading, "reader_version", lambda _: "a later one")

    def other() -> None:
        if alias:
            bridge.names.remove_alias(alias.id, by="Ann")
        else:
            bridge.names.add_alias("switzerland", "the harbour seat", by="Ann")

    monkeypatch.setattr(pipeline, "read_anew", once(other, pipeline.read_anew))
    done = rereading.reread(bridge, [kept])
    assert ("switzerland" in mentions(bridge, kept)) is not removed
    assert done.articles == 1


def test_an_article_revised_while_it_is_read_anew_keeps_its_new_words(bridge: Store, monkeypatch) -> None:
    monkeypatch.setattr(rereading, "reader_version", lambda _: "a later one")
    revise = lambda: bridge.articles.keep_article(article("alpha", CHANGED))  # noqa: E731
    monkeypatch.setattr(pipeline, "read_anew", once(revise, pipeline.read_anew))
    done = rereading.reread(bridge, [1, 2])
    assert done.articles == 2
    assert bridge.articles.reading_of(1).article.text.startswith("The council rejected")
    assert bridge.articles.stale_stories() == ()
