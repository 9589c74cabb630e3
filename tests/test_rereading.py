"""Kept articles read anew: by added names, by a later reader; what people decided stays."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from app import pipeline, rereading
from app.cli import app
from app.core.records import Hints
from app.errors import BadInput, Conflicting, NotFound
from app.store import Store
from app.store.views import AliasView

PORT = (
    "The harbour seat said on Monday that it would close the canal. Ships waited outside. France protested on Tuesday."
)
OTHER = "Switzerland said it would close the canal on Monday. Ships waited outside the locks."


@pytest.fixture
def two(store: Store) -> Store:
    pages = [
        pipeline.paste(text, Hints(outlet=outlet, headline=f"{outlet} on the canal", story="canal"))
        for outlet, text in (("NPR", PORT), ("KBS", OTHER))
    ]
    pipeline.keep(store, pipeline.read_pages(pages))
    return store


def read_again(store: Store, alias: AliasView) -> tuple[AliasView, rereading.Reread]:
    return alias, rereading.reread(store, store.articles_holding(alias.text))


def add_name(store: Store, key: str, name: str, *, meant: bool = False) -> tuple[AliasView, rereading.Reread]:
    return read_again(store, store.add_alias(key, name, by="Ann", meant=meant))


def speakers(store: Store) -> set[str]:
    return {
        a.speaker.key
        for _, reading in store.readings_of("canal")
        for claim in reading.claims
        for a in claim.attributions
        if a.speaker
    }


def test_an_added_name_is_read_and_taken_back(two: Store) -> None:
    before = [reading for _, reading in two.readings_of("canal")]
    added, done = add_name(two, "switzerland", "the harbour seat")
    assert (added.by, added.text, len(done.changed), done.stories) == ("Ann", "the harbour seat", 1, {"canal"})
    assert speakers(two) == {"switzerland"}
    assert "the harbour seat" in two.actor("switzerland").aliases
    removed, done = read_again(two, two.remove_alias(added.id, by="Bob"))
    assert (removed.removed_by, len(done.changed)) == ("Bob", 1)
    assert [reading for _, reading in two.readings_of("canal")] == before
    assert "the harbour seat" not in two.actor("switzerland").aliases


def test_what_was_to_be_read_with_a_name_and_was_not_is_known(two: Store) -> None:
    assert rereading.outdated(two) == ()
    alias = two.add_alias("switzerland", "the harbour seat", by="Ann")  # and whoever was to read them is cut short
    (article,) = rereading.outdated(two)
    assert CliRunner().invoke(app, ["reread"]).exit_code == 0
    assert speakers(two) == {"switzerland"}
    assert rereading.outdated(two) == ()
    two.remove_alias(alias.id, by="Ann")
    assert rereading.outdated(two) == (article,)


def test_decisions_survive(two: Store) -> None:
    row = next(r for r in two.rows("canal") if "close the canal" in r.label)
    two.decide(row.id, "relabel", by="Ann", value="The canal is closed")
    flag = two.flag(row.id, by="Bob", note="really?")
    add_name(two, "switzerland", "the harbour seat")
    kept = two.alignment(row.id).row
    assert kept.label == "The canal is closed"
    assert [f.id for f in kept.flags] == [flag.id]


def test_an_article_that_comes_later_is_read_with_it(two: Store) -> None:
    add_name(two, "switzerland", "the harbour seat")
    text = "The harbour seat insisted on Friday that the canal would stay shut for ships of all sizes."
    pipeline.keep(two, pipeline.read_pages([pipeline.paste(text, Hints(outlet="AFP", story="canal"))]))
    (late,) = [r for _, r in two.readings_of("canal") if r.article.outlet == "AFP"]
    assert {m.key for c in late.claims for m in c.actors} == {"switzerland"}


@pytest.mark.parametrize(
    ("key", "name", "error"),
    [
        ("switzerland", " ", BadInput),
        ("switzerland", "x" * 500, BadInput),
        ("nobody", "the seat", NotFound),
        ("switzerland", "France", Conflicting),
    ],
    ids=["empty", "too long", "no such actor", "another's"],
)
def test_bad_names_change_nothing(two: Store, key: str, name: str, error: type[Exception]) -> None:
    before = two.readings_of("canal")
    with pytest.raises(error):
        add_name(two, key, name)
    assert two.aliases() == ()
    assert two.readings_of("canal") == before


def test_anothers_name_can_be_meant(two: Store) -> None:
    with pytest.raises(Conflicting, match="France"):
        add_name(two, "switzerland", "France")
    add_name(two, "switzerland", "France", meant=True)
    assert "france" not in {m.key for _, r in two.readings_of("canal") for c in r.claims for m in c.actors}


def test_reading_anew_is_idempotent(two: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rereading.outdated(two) == ()
    monkeypatch.setattr(rereading, "reader_version", lambda _: "a later one")
    old = rereading.outdated(two, "canal")
    assert len(old) == 2
    rows = [(r.id, r.label) for r in two.rows("canal")]
    first = rereading.reread(two, old)
    assert (first.articles, first.changed) == (2, [])
    assert rereading.outdated(two) == ()
    assert rereading.reread(two, old).stories == set()
    assert [(r.id, r.label) for r in two.rows("canal")] == rows


def test_the_command_reads_what_is_old_once(two: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = CliRunner()
    assert json.loads(run.invoke(app, ["reread", "--json"]).stdout) == {"articles": 0, "changed": 0, "stories": []}
    monkeypatch.setattr(rereading, "reader_version", lambda _: "a later one")
    told = json.loads(run.invoke(app, ["reread", "--story", "canal", "--json"]).stdout)
    assert told == {"articles": 2, "changed": 0, "stories": ["canal"]}
    assert json.loads(run.invoke(app, ["reread", "--all", "--json"]).stdout)["stories"] == []
    assert run.invoke(app, ["reread", "--story", "nowhere"]).exit_code != 0
