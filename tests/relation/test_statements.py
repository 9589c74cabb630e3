"""Pairs of statements that someone asks about, as the product reads them: tables, and laws made from the lexicon."""

from __future__ import annotations

from itertools import product

import pytest

from app.core.claims import read_statements
from app.core.language import load_reader
from app.core.lexicon.actions import action_classes
from app.core.records import PairScore, Polarity, RelationKind
from app.core.relation import PairInContext, relate_all
from app.core.thresholds import RELATION_SCORE

OPPOSITES = sorted({tuple(sorted((name, row.opposite))) for name, row in action_classes().items() if row.opposite})
VERBS_A_CLASS = 4


def statements(texts):
    return read_statements(texts, load_reader("auto"), outlets=["Courier"] * len(texts))


def past(verb):
    """The simple past of an English verb of the lexicon, as far as it is regular; None where only a dictionary knows."""
    if "_" in verb or "-" in verb or verb in _IRREGULAR:
        return None
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    short = 3 <= len(verb) <= 4 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" and verb[-3] not in "aeiou"
    return verb + (verb[-1] if short else "") + "ed"


_IRREGULAR = frozenset(
    "break build buy catch choose come cut deal drive eat fall feed feel fight find fly forbid forget freeze get give go grow hang"
    " hear hide hit hold hurt keep know lay lead leave lend let lie lose make mean meet overthrow pay put quit read rise run say"
    " see sell send set shake shoot shrink shut sink sit slay sleep speak spend split spread stand steal stick strike swear swim"
    " take teach tear tell think throw undo upset wear win withdraw write arise awake bear beat become begin bend bet bid bind bite"
    " bleed blow breed bring broadcast burst cast cling creep dig draw dream forgive foresee outdo overcome oversee rebuild seek"
    " shed shine sing slide sow spill spin spit spring swing undergo understand uphold weep wind withhold withstand overturn".split()
)


def test_opposite_acts_conflict():
    """ "The council <verb> the plan." against the same with a verb of the class that undoes it, for all classes of the lexicon."""
    classes = action_classes()
    pairs = [
        (one, other, f"The council {past(x)} the plan.", f"The council {past(y)} the plan.")
        for one, other in OPPOSITES
        for x, y in product(*([v for v in classes[c].verbs if past(v)][:VERBS_A_CLASS] for c in (one, other)))
    ]
    texts = list(dict.fromkeys(t for *_, a, b in pairs for t in (a, b)))
    read = dict(zip(texts, statements(texts), strict=True))

    def reads_as(text, cls):
        acts = [act for claim in read[text].claims for act in claim.acts]
        return [(act.cls, act.polarity) for act in acts] == [(cls, Polarity.POSITIVE)]

    kept = [(a, b) for one, other, a, b in pairs if reads_as(a, one) and reads_as(b, other)]
    assert len({(a, b) for a, b in kept}) > 2 * len(OPPOSITES)
    asked = [PairInContext(read[a].claims[0], read[b].claims[0], read[a].article, read[b].article, PairScore(0.8, aligned=True)) for a, b in kept]  # fmt: skip
    missed = [
        pair for pair, (kind, *_) in zip(kept, relate_all(asked), strict=True) if kind is not RelationKind.CONFLICT
    ]
    assert len(missed) <= 0.1 * len(kept), missed


DONE = "attacked accused sued warned invited praised arrested defeated supported sanctioned visited blamed thanked criticised".split()


@pytest.mark.parametrize("verb", DONE)
@pytest.mark.parametrize(
    "other",
    [
        pytest.param("Japan {} China.", id="another subject"),
        pytest.param("Russia {} Japan.", id="another object"),
        pytest.param("China {} Russia.", id="exchanged"),
    ],
)
def test_changed_actors_never_agree(verb, other):
    texts = (f"Russia {verb} China.", other.format(verb))
    first, second = statements(texts)
    score = PairScore(0.8, aligned=True)
    ((kind, _, reasons),) = relate_all(
        [PairInContext(first.claims[0], second.claims[0], first.article, second.article, score)]
    )
    assert kind in {RelationKind.CONFLICT, RelationKind.DIVERGE}, reasons


@pytest.mark.parametrize(
    ("score", "aligned", "found"),
    [
        pytest.param(0.8, True, RelationKind.CONFLICT, id="aligned"),
        pytest.param(RELATION_SCORE, False, RelationKind.CONFLICT, id="almost aligned"),
        pytest.param(RELATION_SCORE - 0.01, False, None, id="not of one thing"),
    ],
)
def test_only_what_is_of_one_thing_is_told_as_a_difference(score, aligned, found):
    first, second = statements(("The council ended the pact.", "The council extended the pact."))
    asked = PairInContext(
        first.claims[0], second.claims[0], first.article, second.article, PairScore(score, aligned=aligned)
    )
    assert relate_all([asked])[0][0] is found


def test_what_is_almost_aligned_and_does_not_differ_has_no_relation():
    first, second = statements(("The council ended the pact.", "The council ended the pact on Monday."))
    asked = PairInContext(
        first.claims[0], second.claims[0], first.article, second.article, PairScore(0.4, aligned=False)
    )
    assert relate_all([asked])[0][0] is None


def test_nothing_asked_nothing_answered():
    assert relate_all([]) == []
