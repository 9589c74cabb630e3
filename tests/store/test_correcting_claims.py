"""What people correct of claims: laid over every later reading, known again by the words, taken back by undoing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up import ENDS_22, SIGNED, SORRY, the_alignments, the_readings

from app.errors import BadInput, Conflicting, NotFound
from app.store import Store
from app.store.views import ClaimView, Query


def claim_of(store: Store, words: str) -> int:
    """The id of the claim with these words, as it is read now."""
    for article in (1, 2, 3):
        for u in store.library.article(article).underlines:
            if words in u.claim.text:
                return u.claim.id
    raise AssertionError(words)


def shown(store: Store, claim: int) -> ClaimView:
    return store.library.claim(claim)


def compare(store: Store) -> None:
    rows = the_alignments(the_readings())
    there = {(i, c.id) for i, r in store.articles.readings_of("pact") for c in r.claims}
    kept = [row for row in rows if all((c.article + 1, c.claim) in there for c in row.claims)]
    for slug in store.articles.stale_stories():
        store.articles.keep_alignments(slug, kept, [1, 2, 3])


def sound(store: Store) -> None:
    compare(store)
    for answer in store.checks.questions():
        assert answer.faults == (), answer.name


def said(store: Store, claim: int) -> str | None:
    chain = shown(store, claim).attributions
    return chain[-1].speaker.name if chain and chain[-1].speaker else None


SPEAKERS = {
    "by key": (SORRY, {"name": "toshimitsu-motegi"}, "Toshimitsu Motegi"),
    "by name": (SORRY, {"name": "Toshimitsu Motegi"}, "Toshimitsu Motegi"),
    "by last name": (SORRY, {"name": "Motegi"}, "Toshimitsu Motegi"),
    "somebody new": (SORRY, {"name": "Ann Lee", "kind": "person"}, "Ann Lee"),
    "of the outlet's own": (ENDS_22, {"name": "Chung"}, "Chung Eui-yong"),
    "the outlet's own voice": (SORRY, None, None),
}


@pytest.mark.parametrize(("words", "value", "name"), SPEAKERS.values(), ids=SPEAKERS.keys())
def test_a_speaker_is_corrected_and_undone(filled: Store, words: str, value: object, name: str | None) -> None:
    claim = claim_of(filled, words)
    before = shown(filled, claim)
    done = filled.corrections.correct_claim(claim, {"speaker": value}, by="ann")
    assert said(filled, claim) == name
    assert done.stories == ("pact",)
    told = next(c for _, r in filled.articles.readings_of("pact") for c in r.claims if c.text == words)
    assert (told.speaker.name if told.speaker else None) == name, "what is compared says it too"
    sound(filled)
    assert filled.corrections.correct_claim(claim, {"speaker": value}, by="bob").corrections == ()
    filled.corrections.undo_correction(done.corrections[0].id, by="ann")
    compare(filled)
    assert shown(filled, claim) == before
    sound(filled)


@pytest.mark.parametrize(
    ("value", "told"),
    [("2019-08-20", ["2019-08-20"]), ("2019-08", ["2019-08"]), ("2019", ["2019"]), (None, [])],
    ids=str,
)
def test_a_date_is_corrected(filled: Store, value: str | None, told: list[str]) -> None:
    claim = claim_of(filled, ENDS_22)
    filled.corrections.correct_claim(claim, {"date": value}, by="ann")
    assert [d.value for d in shown(filled, claim).dates] == told
    sound(filled)


def test_its_words_are_cut_and_widened(filled: Store) -> None:
    claim = claim_of(filled, ENDS_22)
    filled.corrections.correct_claim(claim, {"span": "the end of the pact on 22 August"}, by="ann")
    assert shown(filled, claim).text == "the end of the pact on 22 August"
    assert [d.value for d in shown(filled, claim).dates] == ["2019-08-22"]
    sound(filled)
    filled.corrections.correct_claim(claim, {"span": f"{ENDS_22}\n\n{SIGNED}"}, by="ann")
    assert len(shown(filled, claim).dates) == 2
    sound(filled)


def test_a_claim_is_set_aside_and_brought_back(filled: Store) -> None:
    claim = claim_of(filled, ENDS_22)
    actors = {a.actor.key: a.claims for a in filled.library.actors().items}
    rows = [(r.id, r.status) for r in filled.rows.story("pact", limit=100).rows.items]
    done = filled.corrections.correct_claim(claim, {"aside": True}, by="ann")
    compare(filled)
    held = {c.id for r in filled.rows.story("pact", limit=100).rows.items for cell in r.cells for c in cell.claims}
    assert claim not in held
    assert all(u.claim.id != claim for u in filled.library.article(1).underlines)
    assert all(h.claim.id != claim for h in filled.library.search(Query(q="announced")).hits.items)
    assert ENDS_22 in filled.library.article(1).text
    sound(filled)
    filled.corrections.undo_correction(done.corrections[0].id, by="ann")
    compare(filled)
    assert {a.actor.key: a.claims for a in filled.library.actors().items} == actors
    assert [status for _, status in rows] == [r.status for r in filled.rows.story("pact", limit=100).rows.items]
    sound(filled)


def test_corrections_of_claims_survive_reading_importing_and_another_version(filled: Store) -> None:
    dated, aside = claim_of(filled, ENDS_22), claim_of(filled, SIGNED)
    filled.corrections.correct_claim(dated, {"date": "2019-08-20", "speaker": {"name": "Chung"}}, by="ann")
    filled.corrections.correct_claim(aside, {"aside": True}, by="ann")
    filled.articles.reread(1, filled.articles.reading_of(1), reader_version="another")
    assert filled.articles.reading_of(1).claims == the_readings()[0].claims, "what was read is kept as it was read"
    assert filled.articles.keep_article(the_readings()[0]).outcome == "same"
    read = the_readings()[0]
    article = replace(read.article, text=read.article.text + "\n\nIt rained.")
    filled.articles.keep_article(replace(read, article=article))
    again = claim_of(filled, ENDS_22)
    assert again != dated
    assert (said(filled, again), [d.value for d in shown(filled, again).dates]) == ("Chung Eui-yong", ["2019-08-20"])
    with pytest.raises(AssertionError):
        claim_of(filled, "Both sides signed")
    sound(filled)


def test_a_later_reader_that_cuts_it_otherwise_finds_it_by_its_sentence(filled: Store) -> None:
    claim = claim_of(filled, ENDS_22)
    filled.corrections.correct_claim(claim, {"date": "2019-08-20"}, by="ann")
    read = filled.articles.reading_of(1)
    first, *rest = read.claims
    shorter = replace(first, end=first.end - 1, text=first.text[:-1] if first.text.endswith(".") else first.text[:-2])
    other = replace(shorter, text=ENDS_22[:30], end=first.start + 30, dates=())
    filled.articles.reread(1, replace(read, claims=(other, *rest)), reader_version="another")
    assert [d.value for d in shown(filled, claim_of(filled, ENDS_22[:30])).dates] == ["2019-08-20"]


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "no date": ({"date": "Monday"}, "not a date"),
    "no day": ({"date": "2019-02-30"}, "not a date"),
    "other words": ({"span": "The sun shone."}, "do not stand"),
    "no words": ({"span": " "}, "do not stand"),
    "words of elsewhere": ({"span": SIGNED}, "elsewhere"),
    "no kind": ({"speaker": {"name": "Nobody Yet", "kind": "ghost"}}, "no kind"),
    "no name": ({"speaker": {"name": "?!"}}, "no name"),
}


@pytest.mark.parametrize(("changes", "say"), WRONG.values(), ids=WRONG.keys())
def test_what_does_not_fit_is_refused_and_nothing_kept(filled: Store, changes: dict[str, object], say: str) -> None:
    with pytest.raises(BadInput, match=say):
        filled.corrections.correct_claim(claim_of(filled, ENDS_22), {"aside": True} | changes, by="ann")
    assert filled.corrections.corrections().total == 0


def test_a_claim_of_an_older_reading_is_not_corrected(filled: Store) -> None:
    claim = claim_of(filled, ENDS_22)
    read = filled.articles.reading_of(1)
    filled.articles.reread(1, replace(read, claims=read.claims[1:]), reader_version="another")
    with pytest.raises(Conflicting):
        filled.corrections.correct_claim(claim, {"aside": True}, by="ann")
    with pytest.raises(NotFound):
        filled.corrections.correct_claim(9999, {"aside": True}, by="ann")


def test_what_was_set_aside_teaches_nothing(filled: Store) -> None:
    filled.review.decide(2, "confirm", by="ann")
    before = len(list(filled.review.labelled_pairs()))
    assert before == 1
    filled.corrections.correct_claim(claim_of(filled, SIGNED), {"aside": True}, by="ann")
    assert list(filled.review.labelled_pairs()) == []
