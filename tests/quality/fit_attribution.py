"""Fits the weights by which candidate frames are taken for attributions, documents held out when a figure is printed.

usage: fit_attribution.py DIR [--harness polnear.py] [--write]

DIR holds docs.jsonl {id, text} and attributions.jsonl {doc, source_span, cue_span, content_span} (PolNeAR 1.0,
development part). The texts are no part of the project; what is written (`app/core/claims/weights.json`) is one figure a
named feature. With --harness, the measuring script that prints found / end2end, the whole way from text to claim is
scored with each document judged by weights that never saw it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from app.core import claims
from app.core.claims import joined_utterances, weighing
from app.core.claims.attribution import following_of
from app.core.claims.frames import frames_of
from app.core.claims.sentences import ReadSentence, split_sentences
from app.core.language import Parsed, load_reader
from app.core.records import Article
from app.core.text import find_quotes, one_typography

SEEN_OFTEN = 4
"""Candidates in which a feature must occur to be kept."""
C = 0.3
"""Inverse strength of the L2 penalty; .1 to 1 differ by less than .003 in average precision."""
FOLDS = 7
THRESHOLD = -0.6
"""Log-odds; end2end F1 is flat from -.8 to -.4, precision rises from .77 to .79."""
WEIGHTS = Path(weighing.__file__).with_name("weights.json")


class Kept:
    """A reader that has read everything already: parses come from memory, so that folds cost nothing."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._inner = load_reader("auto")
        self.name = self._inner.name
        wanted = sorted(set(texts))
        self._parses: dict[str, Parsed] = dict(zip(wanted, self._inner.parse(wanted), strict=True))

    def parse(self, texts: Iterable[str]) -> Iterable[Parsed]:
        return (self._parses[t] for t in texts)


def characters(spans: Iterable[Sequence[int]]) -> set[int]:
    return {i for s, e in spans for i in range(s, e)}


def f1(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def candidates(texts: dict[str, str], gold: dict[str, list[dict[str, Any]]], reader: Kept):
    """Every candidate with its features and whether a labelled attribution bears it out (content F1 >= .5, same source)."""
    for doc in sorted(texts):
        text = texts[doc]
        quotes = find_quotes(text)
        cut = split_sentences(text)
        sentences = [
            ReadSentence(s, p) for s, p in zip(cut, reader.parse(one_typography(s.text) for s in cut), strict=True)
        ]
        labelled = [(characters(g["content_span"]), characters(g["source_span"])) for g in gold[doc]]
        for i, sentence in enumerate(sentences):
            if sentence.sentence.subhead:
                continue
            near = [q for q in quotes if q.start < sentence.end and q.end > sentence.start]
            frames = frames_of(sentence, near, following=following_of(sentences, quotes, i))
            for frame in frames:
                at = sentences[i + 1] if frame.kind == "colon-end" else sentence
                content, source = characters(frame.content), characters([frame.source] if frame.source else [])
                right = any(
                    f1(content, {k for k in c if at.start <= k < at.end}) >= 0.5
                    and (bool(source & s) if s else not source)
                    for c, s in labelled
                    if any(at.start <= k < at.end for k in c)
                )
                yield doc, weighing.features(sentence, frame, frames, near), right


def fit(rows: Sequence[tuple[str, tuple[str, ...], bool]]) -> dict[str, float]:
    seen = Counter(f for _, named, _ in rows for f in named)
    kept = {f for f, n in seen.items() if n >= SEEN_OFTEN}
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([{f: 1 for f in named if f in kept} for _, named, _ in rows])
    model = LogisticRegression(C=C, max_iter=2000).fit(matrix, [right for *_, right in rows])
    weights = dict(zip(vectors.feature_names_, map(float, model.coef_[0]), strict=True))
    weights[""] = float(model.intercept_[0])
    return weights


def placed(x: Any) -> list[list[int]]:
    return [[x.start, x.end]] if x is not None and x.end else []


def whole_way(texts: dict[str, str], gold: Any, held: dict[str, dict[str, float]], reader: Kept, harness: Path) -> None:
    """Text to claim with held-out weights, scored by the harness."""
    spec = importlib.util.spec_from_file_location("harness", harness)
    assert spec is not None
    assert spec.loader is not None
    measure = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(measure)
    guess: dict[str, list[dict[str, Any]]] = defaultdict(list)
    original = weighing._weights
    for doc, text in texts.items():
        weighing._weights = lambda w=held[doc]: (w, THRESHOLD)
        reading = joined_utterances(claims.read_claims(Article(text=text), reader))
        for claim in reading.claims:
            for a in claim.attributions[-1:]:
                guess[doc].append(
                    {
                        "source_span": placed(a.speaker),
                        "cue_span": placed(a.cue),
                        "content_span": [list(s) for s in a.content],
                    }
                )
    weighing._weights = original
    measure.evaluate(texts, gold, guess)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--harness", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    texts = {d["id"]: d["text"] for d in map(json.loads, (args.data / "docs.jsonl").open(encoding="utf-8"))}
    gold: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for g in map(json.loads, (args.data / "attributions.jsonl").open(encoding="utf-8")):
        gold[g["doc"]].append(g)
    reader = Kept(one_typography(s.text) for t in texts.values() for s in split_sentences(t))
    rows = list(candidates(texts, gold, reader))
    docs = sorted(texts)
    order = np.random.RandomState(0).permutation(len(docs))
    fold = {docs[j]: k % FOLDS for k, j in enumerate(order)}
    held: dict[str, dict[str, float]] = {}
    for k in range(FOLDS):
        weights = fit([r for r in rows if fold[r[0]] != k])
        held.update({d: weights for d in docs if fold[d] == k})
    scores = [weighing.probability_logit(named, held[doc]) for doc, named, _ in rows]
    ap = average_precision_score([right for *_, right in rows], scores)
    print(
        f"{len(rows)} candidates, {sum(r for *_, r in rows)} borne out; average precision {ap:.3f}, documents held out"
    )
    if args.harness:
        whole_way(texts, gold, held, reader, args.harness)
    if args.write:
        weights = {f: round(w, 4) for f, w in sorted(fit(rows).items()) if abs(w) >= 0.02}
        about = (
            f"Logistic regression (L2, C={C}) over named features of candidate frames on PolNeAR 1.0, development part "
            f"({len(texts)} articles, {len(rows)} candidates); average precision {ap:.3f} with documents held out in "
            f"{FOLDS} folds. Written by tests/quality/fit_attribution.py."
        )
        WEIGHTS.write_text(
            json.dumps({"provenance": about, "threshold": THRESHOLD, "weights": weights}, indent=0, ensure_ascii=False)
            + "\n",
            encoding="utf-8",
        )
        print("wrote", WEIGHTS.name, len(weights), "features")


if __name__ == "__main__":
    main()
