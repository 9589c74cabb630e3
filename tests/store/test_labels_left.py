"""A row never bears words that are gone: set aside, corrected away, deleted or moved, before its story is compared again."""

from __future__ import annotations

import pytest
from made_up import reading

from app.core.records import Alignment, ClaimRef, Status
from app.store import Store

FIRST = "South Korea announced the end of the pact on 22 August."
OTHER = "Seoul made known that it leaves the treaty."
LABEL = "South Korea announced the end of the pact"
STAYS = "Seoul made known that it leaves the treaty"


@pytest.fixture
def pact(store: Store) -> Store:
    for outlet, words in (("AFP", FIRST), ("KBS", OTHER)):
        store.articles.keep_article(
            reading(outlet, "2019-08-22", f"{outlet} on it", [(words, {})], url=f"https://{outlet}.example/1"),
            story_slug="pact",
            story_title="The pact",
        )
    order = [i for i, _ in store.articles.readings_of("pact")]
    rows = (Alignment("r0", LABEL, Status.AGREE, (ClaimRef(0, "c0"), ClaimRef(1, "c0")), (), probability=1.0),)
    store.articles.keep_alignments("pact", rows, order)
    return store


def called(store: Store, row: int) -> set[str]:
    """What the row is called on its own page and wherever it is named."""
    return {store.rows.alignment(row).row.label, *(r.label for r in store.rows.every("pact") if r.id == row)}


def row_of(store: Store) -> int:
    return next(r.id for r in store.rows.every("pact") if r.label == LABEL)


GONE = {
    "set aside": lambda s: s.corrections.correct_claim(first_claim(s), {"aside": True}, by="ann"),
    "deleted": lambda s: s.corrections.delete_article(1, by="ann"),
    "moved": lambda s: s.corrections.move_article(1, title="Another matter", by="ann"),
}


def first_claim(store: Store) -> int:
    return next(u.claim.id for u in store.library.article(1).underlines if u.claim.text == FIRST)


@pytest.mark.parametrize("go", GONE.values(), ids=GONE)
def test_a_row_is_called_by_a_claim_that_stays(pact: Store, go) -> None:
    row = row_of(pact)
    go(pact)
    assert pact.articles.stale_stories(), "it is not compared again yet"
    assert called(pact, row) == {STAYS}


def test_a_label_of_words_that_stay_is_left_alone(pact: Store) -> None:
    row = row_of(pact)
    pact.corrections.delete_article(2, by="ann")
    assert called(pact, row) == {LABEL}


def test_a_word_that_both_have_is_no_word_that_is_gone(pact: Store) -> None:
    """Fewer words of the first claim, all that the label needs among them."""
    row = row_of(pact)
    pact.corrections.correct_claim(first_claim(pact), {"span": FIRST.removesuffix(" on 22 August.")}, by="ann")
    assert called(pact, row) == {LABEL}


def test_what_a_person_called_it_stays(pact: Store) -> None:
    row = row_of(pact)
    pact.review.decide(row, "relabel", by="ann", value="When South Korea announced it")
    pact.corrections.delete_article(1, by="ann")
    assert called(pact, row) == {"When South Korea announced it"}


def test_comparing_again_gives_the_machine_its_label_back(pact: Store) -> None:
    row = row_of(pact)
    done = pact.corrections.delete_article(1, by="ann")
    pact.corrections.undo_correction(done.corrections[0].id, by="ann")
    rows = (Alignment("r0", LABEL, Status.AGREE, (ClaimRef(0, "c0"), ClaimRef(1, "c0")), (), probability=1.0),)
    pact.articles.keep_alignments("pact", rows, [i for i, _ in pact.articles.readings_of("pact")])
    assert called(pact, row) == {LABEL}
