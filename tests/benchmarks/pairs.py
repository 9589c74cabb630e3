"""How many pairs of statements are scored a second once they are read, beside RapidFuzz and TF-IDF on the same pairs.

usage: python tests/benchmarks/pairs.py [--data sentences.jsonl] [--statements 300]

Statements are those of the labelled pairs of tests/quality in our own words, or the sentences of ECB+ where the file is
given (it is not part of the project). Reading is not counted: `parallax pairs` reads each distinct statement once. All
pairs of one story are asked; each time is the best of three on one core. Prints; asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # one core, also of what NumPy calls

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist
from sklearn.feature_extraction.text import TfidfVectorizer

from app.core.alignment import StatementPair, score_statements
from app.core.alignment.model import load_model
from app.core.alignment.score import StatementGroup
from app.core.claims import read_statements
from app.core.language import load_reader

OWN = Path(__file__).resolve().parents[1] / "quality" / "relations.jsonl"


def best(work: Callable[[], object]) -> float:
    """Seconds of one core, of the quickest of three: other work on the machine does not count."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def statements(path: Path, wanted: int) -> list[str]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return sorted({text for row in rows for text in (row.get("text"), row.get("a"), row.get("b")) if text})[:wanted]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=OWN)
    parser.add_argument("--statements", type=int, default=300)
    args = parser.parse_args()
    texts = statements(args.data, args.statements)
    read = list(read_statements(texts, load_reader()))
    ij = np.array(list(combinations(range(len(texts)), 2)), np.intp)
    asked = [StatementPair(k, read[i], read[j], "story") for k, (i, j) in enumerate(ij.tolist())]
    score_statements(asked[:10], {})  # warm
    vectors = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    left, right = ([texts[i] for i in side] for side in ij.T.tolist())
    ways: dict[str, Callable[[], object]] = {
        "score_statements, parts explained": lambda: score_statements(asked, {}),
        "bare scores of a group": lambda: StatementGroup(asked, {}).probabilities(load_model()),
        "RapidFuzz token_set_ratio": lambda: cpdist(left, right, scorer=fuzz.token_set_ratio),
        "TF-IDF cosine": lambda: vectors[ij[:, 0]].multiply(vectors[ij[:, 1]]).sum(1),
    }
    print(f"{len(texts)} statements, {len(asked):,} pairs")
    for name, work in ways.items():
        seconds = best(work)
        print(f"  {name:36} {seconds:7.3f} s  {len(asked) / seconds:10,.0f} pairs/s", flush=True)


if __name__ == "__main__":
    main()
