"""A relation model of the user's own: a tiny one, made here, from the file to the row."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from app import pipeline
from app.core.records import (
    AlignedPair,
    Alignment,
    ClaimRef,
    Dimension,
    Outcome,
    PairScore,
    Reading,
    RelationKind,
    Status,
)
from app.core.relation import Opinion, PairInContext, judge, relate_all
from app.core.relation.opinion import guard_of
from app.core.relation.verdict import verdict
from app.core.relation.worth import load_worth
from app.core.thresholds import SILENT_WORTH
from app.errors import BadInput
from app.own_model import load_own_model
from app.settings import get_settings

onnx = pytest.importorskip("onnx")
tokenizers = pytest.importorskip("tokenizers")
pytest.importorskip("onnxruntime")

# each word adds to the three logits: agree, neutral, contradict
WORDS = {
    "[UNK]": (0, 0, 0),
    "[CLS]": (0, 1, 0),
    "[SEP]": (0, 0, 0),
    "never": (0, 0, 6),
    "hardly": (0, 0, 2.0),
    "indeed": (6, 0, 0),
}
LABELS = {"0": "entailment", "1": "neutral", "2": "contradiction"}


def make_model(folder, *, words=WORDS, labels=None, inputs=("input_ids", "attention_mask"), answers=3):
    """A folder with a cross-encoder that adds up a row a word."""
    from onnx import TensorProto, helper, numpy_helper
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    folder.mkdir(exist_ok=True)
    table = np.array([list(row)[:answers] for row in words.values()], np.float32)
    nodes = [
        helper.make_node("Gather", ["table", inputs[0]], ["rows"], axis=0),
        helper.make_node("ReduceSum", ["rows", "axes"], ["logits"], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["pairs", "tokens"]) for name in inputs],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["pairs", answers])],
        [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([1], np.int64), "axes")],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(made, str(folder / "model.onnx"))
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    if labels is not None:
        (folder / "config.json").write_text(json.dumps({"id2label": labels}), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_model(tmp_path_factory.mktemp("models") / "tiny-nli")


PLAIN, NEVER, HARDLY, INDEED = "It rains", "It never rains", "It hardly rains", "It indeed rains"


def test_an_opinion_is_three_probabilities(folder):
    model = load_own_model(folder)
    assert model.name == "tiny-nli"
    plain, against, support = model.opinions([(PLAIN, PLAIN), (PLAIN, NEVER), (INDEED, PLAIN)])
    assert plain.neutral > max(plain.agree, plain.contradict)
    assert against.contradict > 0.95
    assert support.agree > 0.95
    assert sum((against.agree, against.neutral, against.contradict)) == pytest.approx(1, abs=1e-3)


def test_what_else_is_asked_changes_no_opinion(folder):
    model = load_own_model(folder)
    pairs = [(PLAIN, NEVER), (PLAIN, "It rains in the whole of the long valley"), (INDEED, NEVER)] * 30
    together = model.opinions(pairs)
    assert together == [model.opinions([pair])[0] for pair in pairs]
    assert model.opinions(pairs[::-1]) == together[::-1]
    assert model.opinions([]) == []


@pytest.mark.parametrize(
    ("labels", "word"),
    [
        pytest.param(LABELS, "never", id="as by default"),
        pytest.param({"0": "CONTRADICTION", "1": "NEUTRAL", "2": "ENTAILMENT"}, "indeed", id="the other way round"),
        pytest.param({"0": "neutral", "1": "contradict", "2": "agree"}, "[CLS]", id="other names"),
    ],
)
def test_the_order_of_labels_is_read_from_the_config(tmp_path, labels, word):
    model = load_own_model(make_model(tmp_path / "named", labels=labels))
    weights = {"never": NEVER, "indeed": INDEED, "[CLS]": PLAIN}
    (opinion,) = model.opinions([(weights[word], PLAIN)])
    assert opinion.contradict == max(opinion.contradict, opinion.agree, opinion.neutral)


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        pytest.param(lambda f: (f / "model.onnx").unlink(), "there is no model.onnx", id="no model"),
        pytest.param(lambda f: (f / "tokenizer.json").unlink(), "there is no tokenizer.json", id="no tokenizer"),
        pytest.param(lambda f: (f / "model.onnx").write_bytes(b"not a model"), "model.onnx does not fit: it cannot be read", id="damaged model"),
        pytest.param(lambda f: (f / "tokenizer.json").write_text("{}"), "tokenizer.json does not fit", id="damaged tokenizer"),
        pytest.param(lambda f: (f / "config.json").write_text("{"), "config.json does not fit", id="damaged config"),
        pytest.param(lambda f: (f / "config.json").write_text('{"id2label": {"0": "LABEL_0", "1": "LABEL_1"}}'), "id2label is LABEL_0, LABEL_1", id="unknown labels"),
        pytest.param(lambda f: make_model(f, answers=2), "values of shape (1, 2)", id="two answers"),
        pytest.param(lambda f: make_model(f, inputs=("input_ids", "pixels")), "wants an input 'pixels'", id="another input"),
        pytest.param(lambda f: make_model(f, words=dict(list(WORDS.items())[:1])) and big_vocabulary(f), "does not run", id="tokenizer of another model"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_how_to_mend_it(tmp_path, spoil, what):
    folder = make_model(tmp_path / "spoilt")
    spoil(folder)
    with pytest.raises(BadInput) as caught:
        load_own_model(folder)
    assert what in str(caught.value)
    assert "PARALLAX_RELATION_MODEL" in (caught.value.where or "")
    assert caught.value.mend


def big_vocabulary(folder):
    """A tokenizer that knows more words than the model beside it."""
    given = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    given["model"]["vocab"] = {"[UNK]": 70, "[CLS]": 71, "[SEP]": 72}
    (folder / "tokenizer.json").write_text(json.dumps(given), encoding="utf-8")


@pytest.mark.parametrize(
    ("a", "b", "outcome", "kind"),
    [
        pytest.param(PLAIN, NEVER, Outcome.EXCLUDES, RelationKind.CONFLICT, id="sure of a contradiction"),
        pytest.param(PLAIN, HARDLY, Outcome.EXCLUDES, RelationKind.UNSURE, id="leans to one"),
        pytest.param(PLAIN, INDEED, Outcome.SAME, RelationKind.AGREE, id="agreement"),
        pytest.param(PLAIN, "It snows", None, RelationKind.AGREE, id="neither"),
    ],
)
def test_the_guard_says_which_model_spoke_and_its_probability_is_what_it_is_worth(folder, pair, a, b, outcome, kind):
    sides = pair(a, b)
    guard = guard_of(load_own_model(folder), [(sides.a, sides.b)])
    found, back = guard(sides), guard(sides.turned)
    assert [(e.outcome, e.say, e.a, e.b) for e in back] == [(e.outcome, e.say, e.b, e.a) for e in found]
    assert [e.outcome for e in found] == [outcome] * bool(outcome)
    judged = verdict(sides, load_worth(), (guard,))
    assert judged.kind is kind
    for evidence in found:
        assert evidence.dimension is Dimension.WORDING
        assert "tiny-nli" in evidence.say
        assert "probability 0." in evidence.say
        contradict = evidence.signs["contradict"]
        assert judged.probability == (min(SILENT_WORTH, 1 - contradict) if kind is RelationKind.AGREE else contradict)
    assert guard_of(load_own_model(folder), [])(sides) == []


class Recorder:
    """A model that writes down what it was asked."""

    name = "recorder"

    def __init__(self):
        self.asked = []

    def opinions(self, pairs):
        self.asked.append(list(pairs))
        return [Opinion(0.0, 0.05, 0.95) for _ in pairs]


def test_only_pairs_inside_rows_are_asked_and_in_one_go(pair):
    texts = ("The bridge opened in May", "The bridge opened in spring", "A mill burnt down")
    claims = [pair(text, "nothing").a for text in texts]
    article = pair(texts[0], texts[1]).a_report.article
    readings = [Reading(replace(article, outlet=name), (claim,), ()) for name, claim in zip("abc", claims, strict=True)]
    refs = [ClaimRef(i, "c1") for i in range(3)]
    rows = [
        Alignment("bridge", "bridge", Status.AGREE, (refs[0], refs[1]), pairs=(AlignedPair(refs[0], refs[1], PairScore(0.8, aligned=True)),)),
        Alignment("mill", "mill", Status.SINGLE, (refs[2],)),
    ]  # fmt: skip
    recorder = Recorder()
    judged = judge(rows, readings, model=recorder)
    assert recorder.asked == [sorted([(texts[0], texts[1]), (texts[1], texts[0])])]
    assert [r.status for r in judged if r.id == "bridge"] == [Status.CONFLICT]
    assert [r.status for r in judge(rows, readings) if r.id == "bridge"] == [Status.AGREE]


def test_bare_pairs_are_asked_when_the_score_aligns_them(pair):
    asked = []
    for other, score in (("The bridge opened in spring", 0.8), ("A window was shut", 0.1)):
        x = pair("The bridge opened in May", other)
        given = PairScore(score, aligned=score > 0.5)
        asked.append(PairInContext(x.a, x.b, x.a_report.article, x.b_report.article, given))
    recorder = Recorder()
    (aligned, _, reasons), (apart, _, silent) = relate_all(asked, recorder)
    assert aligned is RelationKind.CONFLICT
    assert "recorder" in reasons[0].say
    assert apart is None
    assert silent == ()
    assert [len(batch) for batch in recorder.asked] == [2]


def test_the_setting_reaches_rows_and_pairs(folder, monkeypatch):
    rows = [{"id": 1, "a": "Arvan said it will open the bridge", "b": "Arvan said it will never again open the bridge"}]
    monkeypatch.setenv("PARALLAX_RELATION_MODEL", str(folder))
    get_settings.cache_clear()
    try:
        assert pipeline.own_model().name == "tiny-nli"
        ((_, score, _, _, reasons),) = pipeline.answer_pairs(rows, {})
        assert any("tiny-nli" in r.say for r in reasons) is score.aligned
        monkeypatch.setenv("PARALLAX_RELATION_MODEL", "")
        get_settings.cache_clear()
        assert pipeline.own_model() is None
    finally:
        monkeypatch.undo()
        get_settings.cache_clear()
