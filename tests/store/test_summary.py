"""The line that says what differs in a row, made from its relations alone."""

from __future__ import annotations

import pytest

from app.core.records import Between, Dimension, Outcome, RelationKind, Status
from app.store.row_facts import Fact, Tie, Why
from app.store.summary import summarise

FACTS = {
    i: Fact(i, i, str(i), 0, f"2024-05-0{i}", i, outlet, outlet.lower(), speaker, None, None, None)
    for i, outlet, speaker in ((1, "Alpha", "Ann"), (2, "Beta", "Bo"), (3, "Gamma", None))
}


def tie(a: int, b: int, dimension: Dimension, words: tuple[str, str], say: str) -> Tie:
    why = Why(dimension, Outcome.EXCLUDES, *words, say, None, None)
    return Tie(a * 10 + b, 1, a, b, RelationKind.CONFLICT, Between.OUTLETS, 0.8, 0.9, None, (why,))


@pytest.mark.parametrize(
    ("ties", "line"),
    [
        pytest.param(
            [tie(1, 2, Dimension.POLARITY, ("spoke", "spoken"), "Alpha: “spoke”; Beta: not “spoken”.")],
            "Alpha: “spoke”; Beta: not “spoken”.",
            id="of yes or no: the saying, which holds the not",
        ),
        pytest.param(
            [tie(1, 2, Dimension.POLARITY, ("admitted the error", "there was no error"), "Beta disputes Alpha.")],
            "admitted the error (Alpha) / there was no error (Beta)",
            id="whole phrases speak for themselves",
        ),
        pytest.param(
            [
                tie(1, 3, Dimension.NUMBER, ("14", "23"), "Alpha counts 14; Gamma 23."),
                tie(2, 3, Dimension.NUMBER, ("14", "23"), "Beta counts 14; Gamma 23."),
            ],
            "23 (Gamma) / 14 (2 outlets)",
            id="of values: the rarer first, with who has it",
        ),
    ],
)
def test_what_differs_is_said_in_one_line(ties: list[Tie], line: str) -> None:
    assert summarise(ties, FACTS, Status.CONFLICT, Between.OUTLETS) == line
