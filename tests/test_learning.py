"""`parallax fit --pairs` from end to end: reviewed pairs in, weights of one's own out, used, refused when they do not fit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from app import pipeline
from app.cli import app
from app.core.alignment.model import load_model
from app.core.alignment.row_model import load_row_model
from app.core.records import Status
from app.errors import BadInput
from app.exports import write_labelled
from app.learning import learn
from app.own_weights import load_own_weights, write_own_weights
from app.settings import get_settings
from app.store import Store

LABELLED = Path(__file__).with_name("quality") / "relations.jsonl"
run = CliRunner().invoke


def reviewed(count: int = 60) -> list[dict[str, object]]:
    """Pairs of our own as reviewers would have judged them."""
    found = []
    for line in LABELLED.read_text("utf-8").splitlines():
        row = json.loads(line)
        if "relation" in row and row.get("a"):
            same = row["relation"] != "none"
            found.append({"id": f"decision {row['id']} 0", **{k: row[k] for k in ("a", "b", "story")}, "same": same})
    return [r for r in found if r["same"]][: count // 2] + [r for r in found if not r["same"]][: count // 2]


@pytest.fixture(scope="module")
def pairs_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pairs") / "labelled.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in reviewed()), encoding="utf-8")
    return path


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch):
    """Set PARALLAX_WEIGHTS for the test."""

    def use(path: Path | None) -> None:
        monkeypatch.setenv("PARALLAX_WEIGHTS", str(path or ""))
        get_settings.cache_clear()

    yield use
    get_settings.cache_clear()


def test_what_is_learned_is_written_and_used(pairs_file: Path, tmp_path: Path, own) -> None:
    target = tmp_path / "deep" / "weights.json"
    ran = run(app, ["fit", "--pairs", str(pairs_file), "--output", str(target), "--anyway"])
    assert ran.exit_code == 0, ran.output
    data = json.loads(target.read_text("utf-8"))
    assert data["provenance"]["statement"]["pairs"] == 60
    assert set(data["statement"]["weights"]) == set(load_model().stages["statement"].names)
    asked = [{k: r[k] for k in ("id", "a", "b", "story")} for r in reviewed(8)]
    before = [score.score for _, score, *_ in pipeline.answer_pairs(asked, {})]
    own(target)
    after = [score.score for _, score, *_ in pipeline.answer_pairs(asked, {})]
    wanted = [1.0 if r["same"] else 0.0 for r in reviewed(8)]
    off = [np.abs(np.subtract(scores, wanted)).mean() for scores in (before, after)]
    assert off[1] < off[0]
    assert np.abs(np.subtract(after, before)).mean() < 0.35  # a step
    assert load_own_weights(target).provenance == data["provenance"]


def test_learning_says_what_moved_and_never_writes_when_it_does_not_help(tmp_path: Path) -> None:
    """Verdicts drawn without looking at the pairs teach nothing that holds for others."""
    path, target = tmp_path / "noise.jsonl", tmp_path / "weights.json"
    noise = [dict(r, same=k % 2 == 0) for k, r in enumerate(reviewed(40))]
    path.write_text("".join(json.dumps(r) + "\n" for r in noise), encoding="utf-8")
    ran = run(app, ["fit", "--pairs", str(path), "--output", str(target)])
    assert "log loss" in ran.stderr
    assert "start" in ran.stdout
    assert target.exists() == (ran.exit_code == 0)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([], "too few", id="none"),
        pytest.param(reviewed(8), "too few", id="eight"),
        pytest.param(
            [{k: v for k, v in r.items() if k != "same"} for r in reviewed(20)], "same is missing", id="no verdict"
        ),
        pytest.param([dict(r, same="yes") for r in reviewed(20)], "same is missing", id="a word for a verdict"),
        pytest.param([dict(r, a=None) for r in reviewed(20)], "a is missing", id="no statement"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(rows: list[dict[str, object]], message: str) -> None:
    with pytest.raises(BadInput, match=message):
        learn(rows)


def test_pairs_from_standard_input_and_a_missing_file(tmp_path: Path) -> None:
    lines = "".join(json.dumps(r) + "\n" for r in reviewed(8))
    ran = run(app, ["fit", "--pairs", "-", "--output", str(tmp_path / "w.json")], input=lines)
    assert isinstance(ran.exception, BadInput)
    ran = run(app, ["fit", "--pairs", str(tmp_path / "nowhere.jsonl"), "--output", str(tmp_path / "w.json")])
    assert "There is no such file" in str(ran.exception)
    assert not (tmp_path / "w.json").exists()


def test_a_bad_line_is_named_and_the_others_are_learned_from(pairs_file: Path, tmp_path: Path) -> None:
    path, target = tmp_path / "some.jsonl", tmp_path / "weights.json"
    path.write_text('{"id": 1, "a": "x", "b": "y"}\nno JSON\n' + pairs_file.read_text("utf-8"), encoding="utf-8")
    ran = run(app, ["fit", "--pairs", str(path), "--output", str(target), "--anyway"])
    assert ran.exit_code == 1
    assert "id 1: same is missing" in ran.stderr
    assert f"{path}:2: This is no JSON" in ran.stderr
    assert json.loads(target.read_text("utf-8"))["provenance"]["statement"]["pairs"] == 60


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    shipped = load_model().stages["statement"]
    moved = shipped.moved(shipped.bias + 0.5, {n: w + 0.25 for n, w in zip(shipped.names, shipped.weight, strict=True)})
    write_own_weights(tmp_path / "w.json", {"statement": moved}, {"pairs": 12})
    back = load_own_weights(tmp_path / "w.json")
    assert back.pairs.stages["statement"].weight == pytest.approx(moved.weight, abs=1e-5)
    assert back.pairs.stages["article"] == load_model().stages["article"]
    assert back.pairs.aligned == load_model().aligned
    assert back.rows == load_row_model()


def test_rows_learn_from_what_was_decided_in_the_database(example_store: Store, tmp_path: Path, own) -> None:
    """Every other row confirmed, the rest rejected: what rows are made by moves, and realigning uses it."""
    slug = example_store.library.stories(limit=1).items[0].story.slug
    for number, row in enumerate(list(example_store.rows.every(slug))):
        if row.status is not Status.SINGLE:
            example_store.review.decide(row.id, "reject" if number % 2 else "confirm", by="tester")
    path, target = tmp_path / "labelled.jsonl", tmp_path / "weights.json"
    path.write_text("".join(write_labelled(example_store.review.labelled_pairs())), encoding="utf-8")
    ran = run(app, ["fit", "--pairs", str(path), "--output", str(target), "--anyway"])
    assert ran.exit_code == 0, ran.output
    assert "row and statement" in ran.stderr or "statement and row" in ran.stderr
    own(target)
    found = pipeline.weights()
    assert found is not None
    assert not np.allclose(found.rows.with_encoder.weight, load_row_model().with_encoder.weight)
    assert np.allclose(found.rows.by_words.weight, load_row_model().by_words.weight)
    readings = [reading for _, reading in example_store.articles.readings_of(slug)]
    learned = pipeline.compare(readings, 0.0).rows
    own(None)
    assert [r.score for r in learned] != [r.score for r in pipeline.compare(readings, 0.0).rows]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(None, "cannot be read", id="missing"),
        pytest.param("{", "no file of weights", id="not JSON"),
        pytest.param("[]", "no file of weights", id="a list"),
        pytest.param('{"made_for": {}}', "no file of weights", id="no provenance"),
        pytest.param(
            '{"made_for": {"statement": "0"}, "provenance": {}}', "made for other weights", id="other weights"
        ),
        pytest.param('{"made_for": {"nonsense": "0"}, "provenance": {}}', "no file of weights", id="an unknown stage"),
    ],
)
def test_weights_that_do_not_fit_are_refused_with_what_to_do(
    tmp_path: Path, own, text: str | None, message: str
) -> None:
    path = tmp_path / "weights.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    own(path)
    with pytest.raises(BadInput, match=message) as raised:
        pipeline.weights()
    assert "PARALLAX_WEIGHTS" in str(raised.value)


def test_without_the_setting_the_shipped_weights_are_used(own, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_WEIGHTS", "")
    get_settings.cache_clear()
    assert pipeline.weights() is None


@pytest.mark.parametrize("words", [[], ["--calibration"]], ids=["figures", "reliability tables"])
def test_evaluate_prints_tables_and_json(words: list[str]) -> None:
    shown = run(app, ["evaluate", *words])
    assert shown.exit_code == 0
    assert "probabilities" in shown.stdout
    found = json.loads(run(app, ["evaluate", "--json", *words]).stdout)
    assert found
    assert all("bins" in f if words else "wanted" in f for f in found)
