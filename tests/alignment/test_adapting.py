"""Learning from reviewers: a step towards what they decided, small, the same in any order, judged on pairs not seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.alignment.adapting import ReviewedPairs, TooFewError, teach
from app.core.alignment.model import Stage, load_model, probability
from app.core.thresholds import TAUGHT_LEAST, TAUGHT_LEAST_OF_A_KIND, TAUGHT_START, TAUGHT_STEP

NAMES = ("words", "dates", "noise")
STAGE = Stage(NAMES, np.array([0.3, 0.1, 0.5]), np.array([2.0, 0.5, 0.0]), -0.8, np.array([0.2, 0.3, 0.2]))


def lessons(
    count: int, *, date_decides: bool = True, other: float = 1.0, seed: int = 1, each: int = 2
) -> ReviewedPairs:
    """Pairs that reviewers settle by the date, or as the stage would have it; `each` of them in one decision."""
    rng = np.random.RandomState(seed)
    columns = np.column_stack([rng.uniform(0, 1, count), rng.randint(0, 2, count), rng.uniform(0, 1, count)])
    if date_decides:
        same = columns[:, 1].copy()
    else:
        same = (rng.uniform(0, 1, count) < probability(STAGE.log_odds(columns))).astype(float)
    decisions = [f"decision {k // each}" for k in range(count)]
    return ReviewedPairs(columns, same, decisions, np.full(count, other), np.zeros(count))


def steps(taught: Stage) -> np.ndarray:
    return (taught.weight - STAGE.weight) * STAGE.spread


def test_many_decisions_teach_what_they_have_in_common() -> None:
    found = teach(STAGE, lessons(400))
    assert found.better
    assert found.after < 0.7 * found.before
    assert np.argmax(steps(found.stage)) == NAMES.index("dates")
    assert found.stage.weight[NAMES.index("dates")] > STAGE.weight[NAMES.index("dates")] + 1


def test_ten_decisions_wreck_nothing() -> None:
    found = teach(STAGE, lessons(20))
    assert np.abs(steps(found.stage)).max() < 4 * TAUGHT_STEP
    assert abs(found.stage.bias - STAGE.bias) < 2 * TAUGHT_START
    before, after = (probability(s.log_odds(lessons(200, seed=9).columns)) for s in (STAGE, found.stage))
    assert np.abs(before - after).mean() < 0.15


def test_decisions_as_the_stage_has_it_move_hardly_anything() -> None:
    found = teach(STAGE, lessons(2000, date_decides=False))
    assert np.abs(steps(found.stage)).max() < 0.15
    assert found.after == pytest.approx(found.before, abs=0.01)


@pytest.mark.parametrize(
    ("count", "same"),
    [
        pytest.param(TAUGHT_LEAST - 1, None, id="too few"),
        pytest.param(60, 1.0, id="all the same"),
        pytest.param(60, 0.0, id="none the same"),
    ],
)
def test_too_few_are_refused(count: int, same: float | None) -> None:
    given_ = lessons(count)
    if same is not None:
        given_.same[TAUGHT_LEAST_OF_A_KIND - 1 :] = same
        given_.same[: TAUGHT_LEAST_OF_A_KIND - 1] = 1 - same
    with pytest.raises(TooFewError, match="are needed"):
        teach(STAGE, given_)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(40)), st.sampled_from([0.3, 1.0]))
def test_the_order_of_the_pairs_does_not_matter(order: list[int], other: float) -> None:
    whole = lessons(40, other=other)
    shuffled = ReviewedPairs(
        whole.columns[order],
        whole.same[order],
        [whole.decision[k] for k in order],
        whole.other[order],
        whole.offset[order],
    )
    first, second = teach(STAGE, whole), teach(STAGE, shuffled)
    assert second.stage.weight == pytest.approx(first.stage.weight, abs=1e-6)
    assert second.after == pytest.approx(first.after, abs=1e-6)


@pytest.mark.parametrize("slope", [1.0, 1.4])
@pytest.mark.parametrize("other", [0.4, 1.0])
def test_the_slope_of_the_log_odds_is_theirs(slope: float, other: float) -> None:
    pairs = ReviewedPairs(**{**_fields(lessons(30, other=other)), "slope": slope})
    odds, growth = pairs.odds(STAGE)
    nudged, _ = pairs.odds(STAGE.moved(STAGE.bias + 1e-5, dict(zip(NAMES, STAGE.weight, strict=True))))
    assert (nudged - odds) / 1e-5 == pytest.approx(growth, abs=1e-3)


def test_pairs_of_one_decision_are_held_out_together() -> None:
    """A decision on forty pairs is one decision: what it says of its own pairs proves nothing."""
    one = lessons(40, each=20)
    assert teach(STAGE, one).decisions == 2


def test_shipped_stages_know_their_spread_and_tell_fits_apart() -> None:
    stages = load_model().stages
    for stage in stages.values():
        assert (stage.spread > 0).all()
    assert len({s.digest() for s in stages.values()}) == len(stages)
    stage = stages["statement"]
    same = stage.moved(stage.bias, dict(zip(stage.names, stage.weight.tolist(), strict=True)))
    assert same.digest() == stage.digest()
    assert stage.moved(stage.bias + 0.1, dict(zip(stage.names, stage.weight, strict=True))).digest() != stage.digest()


def _fields(pairs: ReviewedPairs) -> dict[str, object]:
    return {name: getattr(pairs, name) for name in ("columns", "same", "decision", "other", "offset", "slope")}
