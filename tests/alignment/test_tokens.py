"""Soft token alignment: how much of one statement is found in another."""

from __future__ import annotations

import numpy as np
import pytest

from app.core.alignment.tokens import Tokens
from app.core.encoder import Encoded

AXES = np.eye(8, dtype=np.float32)


def text(*pieces: int) -> Encoded:
    """A text of these word pieces; the like of piece k is piece 10 + k."""
    vectors = np.array([AXES[p % 10] for p in pieces], np.float32).reshape(-1, 8)
    return Encoded(tuple(pieces), tuple((k, k + 1) for k in range(len(pieces))), vectors)


def aligned(a: Encoded, b: Encoded, *others: Encoded) -> tuple[float, float]:
    tokens = Tokens.of([a, b, *others])
    there, back = tokens.alignment(tokens.segments[[0]], tokens.segments[[1]])
    return float(there[0]), float(back[0])


REST = (text(4, 5), text(5, 6), text(6, 4))


@pytest.mark.parametrize(
    ("a", "b", "there", "back"),
    [
        pytest.param(text(0, 1), text(0, 1), 1.0, 1.0, id="the same words"),
        pytest.param(text(0, 1), text(10, 11), 1.0, 1.0, id="other words of the same meaning"),
        pytest.param(text(0, 1), text(1, 0), 1.0, 1.0, id="another order"),
        pytest.param(text(0), text(0, 1), 1.0, 0.5, id="one says more"),
        pytest.param(text(0, 1), text(2, 3), 0.0, 0.0, id="nothing in common"),
        pytest.param(text(0, 1), text(), 0.0, 0.0, id="an empty one"),
    ],
)
def test_how_much_of_one_is_in_the_other(a, b, there, back):
    found = aligned(a, b, *REST)
    assert found == pytest.approx((there, back), abs=0.12)
    assert aligned(b, a, *REST) == pytest.approx(found[::-1], abs=1e-6)
    assert all(0 <= x <= 1 + 1e-6 for x in found)


def test_a_rare_piece_counts_for_more():
    shared, own = 0, 1
    crowd = [text(shared, k) for k in range(2, 7)]
    by_common, _ = aligned(text(shared, own), text(shared, 7), *crowd)
    by_rare, _ = aligned(text(shared, own), text(own, 7), *crowd)
    assert by_rare > by_common


def test_many_pairs_at_once_are_each_as_alone():
    texts = [text(0, 1), text(1, 2, 3), text(), text(3), text(10, 2)]
    tokens = Tokens.of(texts)
    a, b = (np.array(x, np.intp) for x in zip(*[(i, j) for i in range(5) for j in range(5)], strict=True))
    there, back = tokens.alignment(tokens.segments[a], tokens.segments[b])
    for k in range(len(a)):
        one, other = tokens.alignment(tokens.segments[a[[k]]], tokens.segments[b[[k]]])
        assert (there[k], back[k]) == pytest.approx((one[0], other[0]), abs=1e-6)


def test_no_texts():
    assert Tokens.of([]).segments.shape == (0, 2)
