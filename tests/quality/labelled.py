"""The labelled pairs of our own, and how the product judges them.

`relations.jsonl` holds pairs of statements in our own words about invented events: {id, story, domain, split, a, b,
relation (agree | diverge | conflict | updated | none), dimension?, between?, a_published, b_published, note?}. Stories
are dealt in turn to `dev` (rules may be tuned on it) and `held-out` (only reported).

    python tests/quality/labelled.py [--split dev] [--errors]     prints the table
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FILE = Path(__file__).with_name("relations.jsonl")
KINDS = ("conflict", "diverge", "updated", "agree", "none")
DIMENSIONS = ("date", "number", "polarity", "role", "speaker", "place", "wording")
OUTLETS = ("Courier", "Herald")


@dataclass(frozen=True, slots=True)
class Pair:
    id: str
    story: str
    domain: str
    split: str
    a: str
    b: str
    relation: str
    a_published: str
    b_published: str
    dimension: str | None = None
    between: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    pair: Pair
    kind: str
    between: str
    dimensions: tuple[str, ...]  # of the reasons that are against agreement
    says: tuple[str, ...]
    score: float
    aligned: bool


def load_pairs(path: Path = FILE) -> list[Pair]:
    return [Pair(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def digest(path: Path = FILE) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def judge_pairs(pairs: Iterable[Pair]) -> list[Answer]:
    """What `parallax pairs` answers to them: the same functions, in process."""
    from app.core.alignment import StatementPair, score_statements
    from app.core.claims import read_statements
    from app.core.language import load_reader
    from app.core.relation import relate

    pairs = list(pairs)
    reader = load_reader("auto")
    texts = [t for p in pairs for t in (p.a, p.b)]
    days = [date.fromisoformat(d) for p in pairs for d in (p.a_published, p.b_published)]
    readings = read_statements(texts, reader, published=days, outlets=[*OUTLETS] * len(pairs))
    asked = [StatementPair(p.id, readings[2 * i], readings[2 * i + 1], story=p.story) for i, p in enumerate(pairs)]
    scores = score_statements(asked, ())
    answers = []
    for i, pair in enumerate(pairs):
        first, second = readings[2 * i], readings[2 * i + 1]
        kind, between, reasons = relate(main_claim(first), main_claim(second), first.article, second.article, scores[i])
        against = [r for r in reasons if r.outcome.value in ("excludes", "differs", "later")]
        answers.append(
            Answer(
                pair=pair,
                kind=kind.value if kind else "none",
                between=between.value,
                dimensions=tuple(r.dimension.value for r in against),
                says=tuple(f"{r.dimension.value} {r.outcome.value}: {r.say}" for r in reasons),
                score=scores[i].score,
                aligned=scores[i].aligned,
            )
        )
    return answers


def main_claim(reading):
    """The claim that stands for a bare sentence: the widest one."""
    return max(reading.claims, key=lambda c: (c.end - c.start, -c.start))


@dataclass(frozen=True, slots=True)
class Figures:
    precision: float
    recall: float
    count: int

    @property
    def f1(self) -> float:
        return (
            2 * self.precision * self.recall / (self.precision + self.recall) if self.precision + self.recall else 0.0
        )


def by_kind(answers: list[Answer]) -> dict[str, Figures]:
    """Precision and recall of each relation."""
    out = {}
    for kind in KINDS:
        hit = sum(a.kind == kind == a.pair.relation for a in answers)
        said = sum(a.kind == kind for a in answers)
        real = sum(a.pair.relation == kind for a in answers)
        out[kind] = Figures(hit / said if said else 0.0, hit / real if real else 0.0, real)
    return out


def by_dimension(answers: list[Answer]) -> dict[str, Figures]:
    """Of pairs that differ in one dimension: how often a reason names it, and how often a named one is right."""
    out = {}
    for dimension in DIMENSIONS:
        differing = [a for a in answers if a.pair.relation in ("conflict", "diverge", "updated")]
        real = [a for a in differing if a.pair.dimension == dimension]
        said = [a for a in answers if a.kind in ("conflict", "diverge", "updated") and a.dimensions[:1] == (dimension,)]
        hit = sum(dimension in a.dimensions and a.kind != "none" for a in real)
        right = sum(a in differing and a.pair.dimension == dimension for a in said)
        out[dimension] = Figures(right / len(said) if said else 0.0, hit / len(real) if real else 0.0, len(real))
    return out


def macro_f1(answers: list[Answer]) -> float:
    figures = by_kind(answers).values()
    return sum(f.f1 for f in figures) / len(figures)


def between_right(answers: list[Answer]) -> float:
    """Share of recognised conflicts whose "between" is right."""
    told = [a for a in answers if a.kind == a.pair.relation == "conflict"]
    return sum(a.between == a.pair.between for a in told) / len(told) if told else 0.0


def report(answers: list[Answer], title: str) -> None:
    print(
        f"\n{title}: {len(answers)} pairs, macro F1 {macro_f1(answers):.3f}, between right {between_right(answers):.3f}"
    )
    for name, figures in (*by_kind(answers).items(), *by_dimension(answers).items()):
        print(f"  {name:10} P {figures.precision:.3f}  R {figures.recall:.3f}  F1 {figures.f1:.3f}  of {figures.count}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "held-out"))
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    pairs = load_pairs()
    answers = judge_pairs(pairs)
    for split in (args.split,) if args.split else ("dev", "held-out"):
        part = [a for a in answers if a.pair.split == split]
        report(part, split)
        if args.errors:
            for a in part:
                if a.kind != a.pair.relation:
                    print(f"\n{a.pair.id}: {a.pair.relation}/{a.pair.dimension} -> {a.kind} {a.score:.2f} {a.aligned}")
                    print(f"  A {a.pair.a}\n  B {a.pair.b}")
                    for say in a.says:
                        print("   ", say)
    print(
        "\nconfusions", Counter((a.pair.relation, a.kind) for a in answers if a.kind != a.pair.relation).most_common(12)
    )
    print("digest", digest())
    return 0


if __name__ == "__main__":
    sys.exit(main())
