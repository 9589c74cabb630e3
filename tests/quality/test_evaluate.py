"""The one command that measures everything: every figure has its step, and each pattern finds what its script prints."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import evaluate
import fit_all

from app.measured import load_measured

PRINTED = {
    "bodies.py": "Labelled real pages, flat\n  sentences\nafp.txt 57 0 0 29\nall   182     3      4    111\n"
    "Golden pages as HTML\nas one heap of divisions      0.873    0.807\n"
    "shapes of real sites (tests/article/html)   0.989   0.939\n",
    "fit_attribution.py": "  found80   P 0.700 R 0.6 F1 0.65\n  end2end   P 0.700 R 0.640 F1 0.670\n",
    "speakers.py": "speakers right     95 of 96 = 99.0% (reader)\n",
    "dates.py": "mended on 106 106 103 106 1.000\nheld out   97  98  95  95  0.974\n\nall   52  52  52  52  1.000\n",
    "fit.py": "AP topic any, with articles  0.862\nAP topic any, sentences alone 0.749\nAP subtopic half, with articles 0.646\n"
    "AP subtopic half, sentences alone 0.639\nstories B3 F1  0.948\n",
    "fit_rows.py": "with_encoder {'pairs P': 0.805, 'pairs R': 0.429, 'pairs F1': 0.56} 18.1 rows a story\n"
    "by_words {'pairs P': 0.785, 'pairs R': 0.404, 'pairs F1': 0.533} 16.1 rows a story\n",
    "fit_verdicts.py": '{"pairs P": 0.794, "pairs R": 0.436, "pairs F1": 0.563, "core rows found": 0.748, "conflict right": 0.5, '
    '"conflict found": 0.01, "differ right": 0.571, "differ found": 0.027, "contradictions shown as agree": 3, "status right": 0.958, "told right": 0.85}\n',
    "fit_stance.py": "macro F1 0.480 with topics held out, partition 0\nmacro F1 0.486 on the mean of 3 partitions\n",
}


def test_every_figure_is_measured_by_one_step() -> None:
    for f in load_measured():
        steps = [
            step.script
            for step in evaluate.STEPS
            for stage, question, data in step.found
            if f.stage == stage and question in f.question and data in f.data
        ]
        assert len(steps) == 1, f.question
        assert steps[0] in f.command


@pytest.mark.parametrize("step", evaluate.STEPS, ids=lambda s: s.script)
def test_a_step_takes_its_figures_from_what_is_printed(step: evaluate.Step, capsys) -> None:
    figures = list(load_measured())
    found = evaluate.taken(step, PRINTED[step.script], figures, "2030-01-02")
    assert capsys.readouterr().err == ""
    dated = [f for f in found if f.date == "2030-01-02"]
    assert len(dated) == len(step.found)
    assert all(step.script in f.command for f in dated)
    assert [f.question for f in found] == [f.question for f in figures]


def test_what_is_not_printed_stays_and_is_named(capsys) -> None:
    figures = list(load_measured())
    assert evaluate.taken(evaluate.STEPS[0], "nothing here", figures, "2030-01-02") == figures
    assert "nothing found" in capsys.readouterr().err


def test_data_that_is_not_there_is_named(tmp_path: Path, capsys) -> None:
    places = evaluate.Places(tmp_path / "data", tmp_path / "articles", tmp_path / "eval")
    step = next(s for s in evaluate.STEPS if s.script == "fit.py")
    assert evaluate.measure(step, places) is None
    assert "left as it was" in capsys.readouterr().err


def test_what_moved_is_told_widest_first() -> None:
    before = dict(fit_all.numbers({"provenance": {"pairs": 3}, "bias": 1.0, "features": {"a": 0.5, "b": [1, 2]}}))
    after = dict(fit_all.numbers({"provenance": {"pairs": 9}, "bias": 1.2, "features": {"a": 1.5, "b": [1]}}))
    assert fit_all.moved(before, after) == [
        "/features/a: 0.500 -> 1.500",
        "/bias: 1.000 -> 1.200",
        "/features/b/1: gone",
    ]
    assert fit_all.moved(before, before) == []
    assert set(fit_all.kept()) == set(fit_all.WEIGHTS)
