"""The lexicon of reporting words holds together."""

import pytest

from app.core.claims import read_claims
from app.core.claims.cues import load_cues
from app.core.claims.weighing import explain
from app.core.language import load_reader
from app.core.lexicon.load import load
from app.core.records import Article, Stance

CONSTRUCTIONS = {"clause", "quote", "wh", "infinitive", "object-infinitive", "object", "predicate", "about"}


def test_every_family_says_stance_and_constructions():
    for family, entry in load("cues")["verb"].items():
        assert entry["stance"] in set(Stance), family
        assert set(entry["takes"]) <= CONSTRUCTIONS, family
        assert entry["lemmas"].split(), family


def test_each_word_stands_once():
    cues = load_cues()  # raises on a word in two families
    assert all(w == w.lower().strip() and w.isascii() for w in [*cues.verbs, *cues.nouns])


def test_prepositions_and_exceptions_name_known_verbs():
    raw, verbs = load("cues"), load_cues().verbs
    assert {w for w in raw["never"]["object"].split() if w not in verbs} == set()


NOT = {
    "believed": ("The mayor does not believe that the bridge is safe.", "denies"),
    "thought": ("Ana Holt did not think the vote was fair.", "denies"),
    "proved": ("The study does not prove that walking prevents dementia.", "denies"),
    "accepted": ("The union did not accept that the cuts were needed.", "denies"),
    "blamed": ("You can't blame Ana Holt for shouting when she saw the bill.", "declines"),
    "known": ("The clerk did not know how long the guard had worked there.", "declines"),
    "reported": ("The police have not reported how the two men died.", "declines"),
    "praised": ("Ana Holt never praised the plan to close the port.", "declines"),
}


@pytest.mark.parametrize(("text", "stance"), NOT.values(), ids=NOT)
def test_a_not_denies_only_what_a_verb_holds_true(text, stance):
    claims = read_claims(Article(text=text), load_reader()).claims
    assert {a.cue.stance for c in claims for a in c.attributions if a.cue} == {stance}


def test_what_is_held_true_is_known():
    assert {w for w, verb in load_cues().verbs.items() if verb.holds_true} >= {"think", "believe", "prove"}


def test_verbs_that_need_a_quotation_are_known_verbs():
    assert load_cues().quoted <= set(load_cues().verbs)


MANNER = {
    "shrugged": ("“Fine,” shrugged Tom Hale.", "shrugged"),
    "fumed, with a title": ("“Never,” fumed Senator Ana Holt.", "fumed"),
    "a pronoun before": ("“Never,” he shrugged.", "shrugged"),
    "single marks": ("‘Never,’ he shrugged.", "shrugged"),
    "an exclamation": ("“What a day!” beamed the mayor.", "beamed"),
    "a question": ("“Why me?” wailed the driver.", "wailed"),
    "in the middle": ("“We go on,” Ana Holt smiled, “until it is done.”", "smiled"),
    "before it, colon": ("He smiled: “Never.”", "smiled"),
    "before it, comma": ("Ana Holt beamed, “We won.”", "beamed"),
    "a thing": ("He shrugged his shoulders and left.", None),
    "a title of a song": ("The minister smiled as “Ode to Joy” was played.", None),
    "a name in marks": ("The mayor wept when the “Old Tower” fell.", None),
    "a clause": ("The crowd cheered that the war was over.", None),
    "shrugged off": ("Investors shrugged off the news that the firm had lost money.", None),
    "fire": ("The fire raged on, leaving “nothing” behind.", None),
}


@pytest.mark.parametrize(("text", "cue"), MANNER.values(), ids=MANNER)
def test_how_somebody_looks_says_something_only_beside_a_quotation(text, cue):
    claims = read_claims(Article(text=text), load_reader()).claims
    assert {a.cue.text for c in claims for a in c.attributions if a.cue} == ({cue} if cue else set())


def test_a_judgement_can_be_unfolded():
    parts = explain(["kind=clause", "family=say", "no such feature"])
    assert parts
    assert all(name != "no such feature" for name, _ in parts)
