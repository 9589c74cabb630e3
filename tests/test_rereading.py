"""Kept articles read anew: by added names, by a later reader; what people decided stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app import mending, pipeline, rereading
from app.cli import app
from app.core.records import Comparer, Hints
from app.core.thresholds import ROW_SCORE_LOOSE
from app.correcting import follow, typed_changes
from app.errors import BadInput, Conflicting, NotFound, TooHeavy
from app.pipeline import aligning
from app.settings import get_settings
from app.store import Store
from app.store.views import AliasView, CorrectedView
from app.web import healing
from app.web.healing import Healer

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
    return alias, rereading.reread(store, store.names.articles_holding(alias.text))


def add_name(store: Store, key: str, name: str, *, meant: bool = False) -> tuple[AliasView, rereading.Reread]:
    return read_again(store, store.names.add_alias(key, name, by="Ann", meant=meant))


def speakers(store: Store) -> set[str]:
    return {
        a.speaker.key
        for _, reading in store.articles.readings_of("canal")
        for claim in reading.claims
        for a in claim.attributions
        if a.speaker
    }


def test_an_added_name_is_read_and_taken_back(two: Store) -> None:
    before = [reading for _, reading in two.articles.readings_of("canal")]
    added, done = add_name(two, "switzerland", "the harbour seat")
    assert (added.by, added.text, len(done.changed), done.stories) == ("Ann", "the harbour seat", 1, {"canal"})
    assert speakers(two) == {"switzerland"}
    assert "the harbour seat" in two.library.actor("switzerland").aliases
    removed, done = read_again(two, two.names.remove_alias(added.id, by="Bob"))
    assert (removed.removed_by, len(done.changed)) == ("Bob", 1)
    assert [reading for _, reading in two.articles.readings_of("canal")] == before
    assert "the harbour seat" not in two.library.actor("switzerland").aliases


def test_what_was_to_be_read_with_a_name_and_was_not_is_known(two: Store) -> None:
    assert rereading.outdated(two) == ()
    alias = two.names.add_alias(
        "switzerland", "the harbour seat", by="Ann"
    )  # and whoever was to read them is cut short
    (article,) = rereading.outdated(two)
    assert CliRunner().invoke(app, ["reread"]).exit_code == 0
    assert speakers(two) == {"switzerland"}
    assert rereading.outdated(two) == ()
    two.names.remove_alias(alias.id, by="Ann")
    assert rereading.outdated(two) == (article,)


def test_decisions_survive(two: Store) -> None:
    row = next(r for r in two.rows.every("canal") if "close the canal" in r.label)
    two.review.decide(row.id, "relabel", by="Ann", value="The canal is closed")
    flag = two.review.flag(row.id, by="Bob", note="really?")
    add_name(two, "switzerland", "the harbour seat")
    kept = two.rows.alignment(row.id).row
    assert kept.label == "The canal is closed"
    assert [f.id for f in kept.flags] == [flag.id]


def test_an_article_that_comes_later_is_read_with_it(two: Store) -> None:
    add_name(two, "switzerland", "the harbour seat")
    text = "The harbour seat insisted on Friday that the canal would stay shut for ships of all sizes."
    pipeline.keep(two, pipeline.read_pages([pipeline.paste(text, Hints(outlet="AFP", story="canal"))]))
    (late,) = [r for _, r in two.articles.readings_of("canal") if r.article.outlet == "AFP"]
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
    before = two.articles.readings_of("canal")
    with pytest.raises(error):
        add_name(two, key, name)
    assert two.names.aliases() == ()
    assert two.articles.readings_of("canal") == before


def test_anothers_name_can_be_meant(two: Store) -> None:
    with pytest.raises(Conflicting, match="France"):
        add_name(two, "switzerland", "France")
    add_name(two, "switzerland", "France", meant=True)
    assert "france" not in {m.key for _, r in two.articles.readings_of("canal") for c in r.claims for m in c.actors}


def test_reading_anew_is_idempotent(two: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rereading.outdated(two) == ()
    monkeypatch.setattr(rereading, "reader_version", lambda _: "a later one")
    old = rereading.outdated(two, "canal")
    assert len(old) == 2
    rows = [(r.id, r.label) for r in two.rows.every("canal")]
    first = rereading.reread(two, old)
    assert (first.articles, first.changed) == (2, [])
    assert rereading.outdated(two) == ()
    assert rereading.reread(two, old).stories == set()
    assert [(r.id, r.label) for r in two.rows.every("canal")] == rows


def test_the_command_reads_what_is_old_once(two: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = CliRunner()
    assert json.loads(run.invoke(app, ["reread", "--json"]).stdout) == {"articles": 0, "changed": 0, "stories": []}
    monkeypatch.setattr(rereading, "reader_version", lambda _: "a later one")
    told = json.loads(run.invoke(app, ["reread", "--story", "canal", "--json"]).stdout)
    assert told == {"articles": 2, "changed": 0, "stories": ["canal"]}
    assert json.loads(run.invoke(app, ["reread", "--all", "--json"]).stdout)["stories"] == []
    assert run.invoke(app, ["reread", "--story", "nowhere"]).exit_code != 0


# --- stories that another version compared ---------------------------------------------------------------------------


@pytest.fixture
def aged(example_store: Store) -> Store:
    """The example, told as compared by another version, with a flag, a decision, a merged row and a frozen comparison."""
    slug = example_store.library.stories().items[0].story.slug
    now = example_store.articles.to_compare(slug)
    rows = pipeline.compare(now.readings, ROW_SCORE_LOOSE).rows
    example_store.articles.keep_alignments(slug, rows, now.article_ids, comparer=Comparer("words alone", "another"))
    first = list(example_store.rows.every(slug))
    example_store.review.flag(first[0].id, by="Ann", note="really?")
    example_store.review.decide(first[1].id, "relabel", by="Ann", value="Named by hand")
    example_store.review.decide(first[2].id, "merge", by="Bob", value=str(first[3].id))
    example_store.snapshots.freeze(slug, by="Ann")
    return example_store


def said(store: Store) -> list[object]:
    """What people said and froze, and where it stands."""
    slug = store.library.stories().items[0].story.slug
    rows = [
        (r.id, r.label, r.status, [(f.by, f.note, f.state) for f in r.flags], [(d.kind, d.by) for d in r.decisions])
        for r in store.rows.every(slug)
        if r.flags or r.decisions
    ]
    frozen = [(s.id, store.snapshots.snapshot(s.id).record) for s in store.snapshots.snapshots()]
    return [rows, frozen]


def test_the_command_compares_again_what_another_version_compared(aged: Store) -> None:
    (slug,) = rereading.outdated_stories(aged)
    before = said(aged)
    done = CliRunner().invoke(app, ["reread"])
    assert "rules, words or weights had made: 1" in done.stderr
    assert rereading.outdated_stories(aged) == ()
    assert aged.rows.story(slug).compared_with == pipeline.comparer().name
    assert said(aged) == before
    revision = aged.articles.to_compare(slug)
    again = CliRunner().invoke(app, ["reread", "--json"])
    assert json.loads(again.stdout)["stories"] == []
    assert aged.articles.to_compare(slug) == revision
    assert [a.faults for a in aged.checks.questions() if a.faults] == []


def test_decisions_stay_when_the_rows_come_out_otherwise(aged: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """By words alone other weights apply: what was said stays with the claims it was said of."""
    (slug,) = rereading.outdated_stories(aged)
    before = said(aged)
    monkeypatch.setenv("PARALLAX_ENCODER", "off")
    get_settings.cache_clear()
    assert pipeline.compare_anew(aged, rereading.outdated_stories(aged)) == (slug,)
    assert aged.rows.story(slug).compared_with == "words alone"
    heard = said(aged)
    assert sorted(str(r[3:]) for r in heard[0]) == sorted(str(r[3:]) for r in before[0])
    assert heard[1] == before[1], "what was frozen is as it was frozen"


def test_only_of_the_story_that_was_asked_for(aged: Store, two: Store) -> None:
    two.articles.keep_alignments("canal", (), two.articles.to_compare("canal").article_ids)
    old = rereading.outdated_stories(two)
    assert set(old) > {"canal"}
    assert json.loads(CliRunner().invoke(app, ["reread", "--story", "canal", "--json"]).stdout)["stories"] == ["canal"]
    assert set(rereading.outdated_stories(two)) == set(old) - {"canal"}


def test_one_story_too_heavy_does_not_keep_the_others(aged: Store, two: Store, monkeypatch) -> None:
    two.articles.keep_alignments("canal", (), two.articles.to_compare("canal").article_ids)
    compare = aligning.compare

    def heavy(readings, *rest):
        if len(readings) != 2:
            raise TooHeavy.of_seconds(1)
        return compare(readings, *rest)

    monkeypatch.setattr(aligning, "compare", heavy)
    with pytest.raises(TooHeavy):
        pipeline.compare_anew(aged, rereading.outdated_stories(aged))
    assert "canal" not in rereading.outdated_stories(aged)


@pytest.mark.parametrize("words", [["check"], ["check", "--repair"]], ids=" ".join)
def test_check_says_how_many_and_does_nothing_unasked(aged: Store, words: list[str]) -> None:
    (slug,) = rereading.outdated_stories(aged)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, "no damage"
    assert "version: 1 to do" in done.stdout
    assert "`parallax reread`" in done.stderr
    told = [json.loads(line) for line in CliRunner().invoke(app, [*words, "--json"]).stdout.splitlines()]
    assert [t["found"] for t in told if t["question"] == "version"] == [1]
    assert rereading.outdated_stories(aged) == (slug,)
    CliRunner().invoke(app, ["reread"])
    assert "version: nothing to do" in CliRunner().invoke(app, words).stdout


def test_check_says_so_when_it_cannot_be_told(two: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PARALLAX_WEIGHTS", str(tmp_path / "gone.json"))
    get_settings.cache_clear()
    assert "cannot be told" in mending.offered(two).faults[0].say
    assert CliRunner().invoke(app, ["check"]).exit_code == 0


# --- since they were corrected

LATER = PORT + " On Saturday the locks were opened again."


def days(store: Store, words: str) -> list[str]:
    return [d.value for c in store.articles.reading_of(1).claims if words in c.text for d in c.dates]


def revised(store: Store) -> None:
    hints = Hints(outlet="NPR", headline="NPR on the canal", published=date(2024, 5, 6), url=CANAL)
    done = pipeline.keep(store, pipeline.read_pages([pipeline.paste(LATER, hints)]))
    assert done.outcomes == {"revised": 1}


CANAL = "https://npr.example/canal"


@pytest.fixture
def dated(store: Store) -> Store:
    hints = Hints(outlet="NPR", headline="NPR on the canal", published=date(2024, 5, 6), url=CANAL)
    pipeline.keep(store, pipeline.read_pages([pipeline.paste(PORT, hints)]))
    return store


def corrected(store: Store, **changes: str) -> CorrectedView:
    return store.corrections.correct_article(1, typed_changes(changes), by="Ann")


WAITING: dict[str, Callable[[Store], object]] = {
    "a new revision": lambda s: (follow(s, corrected(s, **OTHERWISE)), revised(s)),
    "cut short": lambda s: (revised(s), corrected(s, **OTHERWISE)),
    "only the date": lambda s: (revised(s), corrected(s, published=OTHERWISE["published"])),
}
OTHERWISE = {"headline": "The locks are open", "published": "2024-03-12"}


@pytest.mark.parametrize("how", WAITING)
def test_a_server_reads_anew_what_was_corrected(dated: Store, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    monkeypatch.setattr(healing, "QUIET", timedelta(0))
    WAITING[how](dated)
    pipeline.heal(dated)
    assert Healer(lambda: dated).once() == (dated.library.article(1).article.story_slug,)
    assert days(dated, "Saturday") == ["2024-03-09"], "reckoned from the corrected date"
    headlines = [c.text for c in dated.articles.reading_of(1).claims if c.where == "headline"]
    assert all(h in dated.library.article(1).article.headline for h in headlines)
    assert [a.name for a in dated.checks.questions() if a.faults] == []
    assert rereading.outdated(dated) == ()
    assert Healer(lambda: dated).once() == (), "once"


def test_a_server_reads_anew_what_was_corrected_and_undone(dated: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(healing, "QUIET", timedelta(0))
    revised(dated)
    before = dated.articles.reading_of(1)
    made = corrected(dated, **OTHERWISE)
    Healer(lambda: dated).once()
    assert dated.articles.reading_of(1) != before
    for one in made.corrections:
        dated.corrections.undo_correction(one.id, by="Ann")
    Healer(lambda: dated).once()
    assert dated.articles.reading_of(1) == before


def test_a_revision_of_what_was_corrected_otherwise_is_not_read_twice(dated: Store) -> None:
    follow(dated, corrected(dated, bylines="Ann Lee"))
    revised(dated)
    assert rereading.outdated(dated) == ()
