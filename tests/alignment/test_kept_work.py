"""A story of many articles against a ground: what was kept changes nothing, and one article more is the work that it brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import numpy as np
import pytest
from pydantic import TypeAdapter

from app.core.alignment import Kept, KeptWork, Unified, align, ground, kept_rows
from app.core.alignment.codes import Axes
from app.core.alignment.ground import ground_of
from app.core.alignment.kept_work import packed, unpacked
from app.core.alignment.likenesses import Likenesses, better_in_group, rounded
from app.core.records import ActorKind, Reading
from app.core.relation import judge
from app.core.thresholds import ROW_SCORE_LOOSE

READING = TypeAdapter(Reading)
NAMES = ("ceasefire", "ferry", "strike", "verdict")


@pytest.fixture
def few(monkeypatch):
    """Of a story of two articles all is kept, and its ground stays whatever comes."""
    monkeypatch.setattr(kept_rows, "KEPT_LEAST", 2)
    monkeypatch.setattr(ground, "GROUND_GROWTH", 99)


def compared(readings, found, encoder=None):
    """The rows, what is kept afterwards, and how much of what was worked out."""
    known = Kept(KeptWork("a version", found), readings)
    made = align(known.story.readings, ROW_SCORE_LOOSE, encoder, kept=known)
    judged = judge(made, known.story.readings, encoder=encoder, kept=known)
    fresh, left = known.work.settled()
    return judged, {k: v for k, v in found.items() if k not in left} | fresh, known.work.made


def told(readings, judged):
    """Rows by what they hold, whatever the places of articles."""
    return sorted(
        (
            sorted((readings[c.article].article.outlet, c.claim) for c in row.claims),
            row.label,
            row.status.value,
            pytest.approx(row.score, abs=1e-4),
            pytest.approx(row.probability, abs=1e-4),
            sorted(
                (r.kind.value, sorted(readings[x.article].article.outlet for x in (r.a, r.b))) for r in row.relations
            ),
        )
        for row in judged
    )


@pytest.mark.parametrize(("name", "by"), [*((name, "words") for name in NAMES), ("ferry", "meaning")])
def test_articles_that_come_one_by_one_make_the_rows_that_they_make_at_once(few, readings, encoder, name, by):
    story, how = readings[name], encoder if by == "meaning" else None
    _, first, _ = compared(story[:2], {}, how)
    at_once, _, _ = compared(story, {"grounds": first["grounds"]}, how)
    for late in permutations(range(2, len(story))):
        found, order = first, [0, 1]
        for i in late:
            order.append(i)
            given = [story[k] for k in order]
            made, found, _ = compared(given, found, how)
        assert told(given, made) == told(story, at_once)


def test_what_is_kept_is_not_worked_out_again_and_what_is_left_is_dropped(few, readings):
    story = readings["ferry"]
    rows_, found, made = compared(story, {})
    again, same, nothing = compared(story, found)
    assert made["pairs scored"] > 0
    assert not nothing
    assert again == rows_
    assert same == found
    _, less, _ = compared(story[:3], found)
    assert not {key for key in found if key.startswith("bars")} & set(
        less
    )  # the ground is another, and so is all that was seen by it


def test_of_few_articles_nothing_is_kept(readings):
    _, found, made = compared(readings["ferry"], {})
    assert not found
    assert not made


def test_another_version_asks_for_nothing_that_was_kept(few, readings):
    _, found, _ = compared(readings["ferry"], {})
    work = KeptWork("another version", found)
    assert not work.grounds
    align(Unified(readings["ferry"]).readings, ROW_SCORE_LOOSE, kept=Kept(work, readings["ferry"]))
    assert work.settled()[1] == frozenset(found) - {"grounds"}


def crowd(story, size):
    """The same reports, cut short, by so many outlets, a day later each round."""
    return [
        replace(
            story[n % len(story)],
            claims=story[n % len(story)].claims[:6],
            article=replace(
                story[n % len(story)].article,
                outlet=f"Outlet {n:03}",
                published=story[n % len(story)].article.published + timedelta(days=n // len(story)),
            ),
        )
        for n in range(size)
    ]


@pytest.mark.parametrize("size", [20, 60])
def test_one_article_more_is_the_work_that_it_brings(readings, size):
    story = crowd(readings["strike"], size + 1)
    late = replace(story[-1], claims=story[-1].claims[:3])
    _, found, whole = compared(story[:-1], {})
    judged, _, made = compared([*story[:-1], late], found)
    touched = [row for row in judged if any(c.article == size for c in row.claims)]
    assert made["bars"] == made["inside"] == 1
    assert made["pairs"] == size
    assert made["pairs scored"] <= len(late.claims) * sum(len(r.claims) for r in story[:-1])
    assert made["pairs scored"] < 4 / size * whole["pairs scored"]
    assert made["row"] <= 2 * len(touched) + 2
    assert made["verdict"] <= 2 * len(touched) + 2
    assert made["found"] <= sum(size in {r.a.article, r.b.article} for row in touched for r in row.relations)
    assert len(touched) < len(judged)


def test_another_name_for_an_actor_leaves_the_ground_as_it_is(few, readings):
    """The last report prints the name in full that others have short: rows say it, and no likeness changes."""
    story = list(readings["verdict"])
    _, found, _ = compared(story[:3], {})
    named = next(a for a in story[0].actors if a.kind is ActorKind.PERSON)
    other = replace(named, name=f"{named.name} of Ten Names", key=f"{named.key}-of-ten-names")
    before, after = Unified(story[:3]), Unified([*story[:3], replace(story[3], actors=(*story[3].actors, other))])
    assert before.told == after.told[:3]
    assert KeptWork("a version", found).grounds[0] <= set(after.read)


@pytest.mark.parametrize("days", [-9, 9], ids=["before all", "after all"])
def test_where_an_article_is_put_by_its_date_plays_no_part_in_what_is_kept(few, readings, days):
    """It names somebody by another key than those that were there before."""
    story = list(readings["verdict"])
    _, found, _ = compared(story[:3], {})
    named = next(a for a in story[0].actors if a.kind is ActorKind.PERSON)
    first, last = named.name.split()
    as_read = READING.dump_json(story[3]).decode().replace(f'"{named.name}"', f'"{first} B. {last}"')
    late = READING.validate_json(as_read.replace(f'"{named.key}"', f'"{first}-b-{last}"'.lower()))
    day = story[0].article.published + timedelta(days)
    late = replace(late, article=replace(late.article, published=day))
    given = [late, *story[:3]] if days < 0 else [*story[:3], late]
    assert sum(key.endswith(f"-{last}".lower()) for key in Unified(given).first) == 1, "one actor"
    judged, _, made = compared(given, found)
    again, _, _ = compared(given, {"grounds": found["grounds"]})
    assert (made["pieces"], made["bars"], made["pairs"]) == (0, 1, 3)
    assert told(given, judged) == told(given, again)


@pytest.mark.parametrize(
    ("articles", "grounds", "is_ground"),
    [
        ("abcdefghijkl", [], "abcdefghijkl"),
        ("abcdefghijklmnopqr", ["abcdefghijkl"], "abcdefghijkl"),
        ("abcdefghijklmnopqrs", ["abcdefghijkl"], "abcdefghijklmnopqrs"),
        ("bcdefghijklm", ["abcdefghijkl"], "bcdefghijklm"),
        ("abcdefghijklmnopqr", ["abcdefghijkl", "abcdefghijklm"], "abcdefghijklm"),
    ],
    ids=["first", "stands", "outgrown", "one is gone", "the larger"],
)
def test_which_articles_are_ground(articles, grounds, is_ground):
    assert ground_of(articles, [frozenset(g) for g in grounds]) == frozenset(is_ground)


def test_codes_tell_what_vectors_tell():
    rng = np.random.default_rng(5)
    centres = rng.normal(size=(6, 384))
    vectors = (centres[rng.integers(0, 6, 300)] + rng.normal(size=(300, 384)) / 2).astype(np.float32)

    class Spoken:
        def __init__(self, v):
            self.vectors = v

    axes = Axes.read(Axes.of([Spoken(vectors)]).write())
    codes = axes.codes(vectors)
    unit = (vectors - vectors.mean(0)) / np.linalg.norm(vectors - vectors.mean(0), axis=1, keepdims=True)
    back = axes.vectors(codes)
    assert codes.shape == (300, 64)
    assert np.corrcoef((unit @ unit.T).ravel(), (back @ back.T).ravel())[0, 1] > 0.95


def test_a_likeness_is_ranked_among_those_with_the_ground():
    a, b = np.array([0, 0, 0, 1]), np.array([1, 2, 3, 3])
    values = rounded(np.array([0.9, 0.5, 0.7, 0.2]))
    seen = Likenesses(a, b, values, np.array([True, True, True, False]))
    assert seen.better(np.array([0, 0, 3, 3]), rounded(np.array([0.4, 0.5, 0.7, 0.1]))).tolist() == [2, 1, 0, 2]
    assert better_in_group(np.array([1, 1, 2, 1]), np.array([5, 7, 1, 7])).tolist() == [2, 0, 0, 0]


def test_arrays_come_back():
    given = np.array([[1, 2], [3, 4]], "<u2"), np.array([], "<f4"), np.array([-1, 7], "<i4")
    for one, two in zip(unpacked(packed(*given), (("<u2", 2), ("<f4", 1), ("<i4", 1))), given, strict=True):
        assert (one == two).all()
