"""Fit what each guard's evidence is worth, and say how good verdicts are on stories that nothing was fitted on.

usage: fit_verdicts.py DATA [--cache DIR] [--write] [--date YYYY-MM-DD] [--without GUARD,...]

Rows of every story are made by weights that have not seen it (as `fit_rows.py` does), and what guards find in their pairs is
learned from the labels: is a conflict, is a difference of any kind an answer that a careful reader accepts? And how likely do two
claims agree that nothing parts? Figures are of the stories of DATA, each judged by weights of rows, of evidence and of agreement
fitted without it; those that this project labelled are only learned from. Nothing is random.

Stretching the weights of evidence by what stories left out say (Platt), and choosing their strength so, were tried: slopes came out
at .7 to .96, and fewer true differences were told.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from fit_rows import FEATURES, WAYS, Labelled, fitted, labelled, model_of, names
from fitting import ROOT, fit
from measures import reliability
from real_stories import DIFFER, Measure, Story, load_stories, read_stories

from app.core.alignment.rows import align
from app.core.encoder import load_encoder
from app.core.records import Alignment, RelationKind
from app.core.relation.found import Found, Signs, found_between
from app.core.relation.rows import Judging, judge
from app.core.relation.sides import Evidence
from app.core.relation.verdict import GUARDS
from app.core.relation.worth import Worth
from app.core.thresholds import ROW_SCORE_SHOWN

FOLDS = 10
INNER = 5  # folds inside what is learned from
KINDS = ("conflict", "differ")
STRENGTH_AGREE = 0.1
STRENGTH = 0.01  # inverse regularisation: few findings of each guard
LEAST = 60  # findings of a guard below which nothing is learned of it
TARGET = ROOT / "app" / "core" / "relation" / "worth.json"
NOTHING = Worth({}, {}, {})


@dataclass
class Finding:
    """One piece of evidence between two claims of a row, and whether readers call these a conflict, or different at all."""

    story: str
    evidence: Evidence
    signs: Signs
    conflict: bool
    differ: bool


@dataclass
class Seen:
    """Two claims of a row with what guards find between them. `agree`: whether readers say so; None where that is arguable."""

    story: str
    row: float
    score: float
    between: Found
    agree: bool | None
    found: list[Finding]


def held_out_rows(stories: list[Story], cache: Path | None) -> dict[str, tuple[Alignment, ...]]:
    """The rows of every story by weights fitted on the others, at the loosest setting."""
    kept = cache / "held_out_rows.pickle" if cache else None
    if kept and kept.is_file():
        found: dict[str, tuple[Alignment, ...]] = pickle.loads(kept.read_bytes())
        return found
    encoder, use = load_encoder(), frozenset(names(FEATURES))
    data: list[Labelled] = [labelled(s, encoder) for s in stories]
    out: dict[str, tuple[Alignment, ...]] = {}
    for k in range(FOLDS):
        stage = fitted([d for n, d in enumerate(data) if n % FOLDS != k], FEATURES, use)
        model = model_of(dict.fromkeys(WAYS, stage))
        for story in stories[k::FOLDS]:
            out[story.name] = align(story.readings, 0.0, encoder, model)
    if kept:
        kept.write_bytes(pickle.dumps(out))
    return out


def seen(story: Story, rows: tuple[Alignment, ...], without: frozenset[str] = frozenset()) -> Iterator[Seen]:
    """The pairs of these rows, with what guards find in them, each piece once."""
    judging = Judging(story.readings, NOTHING, rows, encoder=load_encoder())
    for row in rows:
        for pair in row.pairs:
            between = found_between(judging.sides(pair), GUARDS, judging.slots)
            shared = story.shared(pair.a, pair.b)
            accepted = story.accepted(shared) if shared else set()
            known = story.verdict(pair.a, pair.b) is not None
            yield Seen(
                story.name,
                row.score,
                pair.score.score,
                between,
                "agree" in accepted if known else None,
                [
                    Finding(
                        story.name,
                        evidence,
                        signs,
                        "conflict" in accepted,
                        bool(accepted & DIFFER),
                    )
                    for evidence, signs in between.in_row(pair.score.score)
                    if evidence.guard and evidence.guard not in without
                ],
            )


def learned(pairs: list[Seen]) -> dict[str, Any]:
    """All weights: of each guard's evidence, and of agreement, for which the evidence is weighed by folds that have not seen it."""
    names = sorted({x.story for x in pairs})
    part = {name: n % INNER for n, name in enumerate(names)}
    inner = [as_worth(worth_of([f for x in pairs if part[x.story] != k for f in x.found])) for k in range(INNER)]
    known = [x for x in pairs if x.agree is not None]
    rows = [x.between.agreeing(x.score, x.row, strongest(inner[part[x.story]], x)) for x in known]
    weight = story_weights([x.story for x in known])
    columns = tuple(rows[0])
    agree = fit(
        columns,
        np.array([[r[c] for c in columns] for r in rows]),
        np.array([float(bool(x.agree)) for x in known]),
        STRENGTH_AGREE,
        weight,
    )
    return {"guards": worth_of([f for x in pairs for f in x.found]), "agree": agree}


def as_worth(guards: dict[str, Any]) -> Worth:
    return Worth.from_json({"provenance": {}, "guards": guards})


def strongest(worth: Worth, pair: Seen) -> float:
    return max((worth.weigh(f.evidence, f.signs).differ for f in pair.found), default=0.0)


def story_weights(stories: Sequence[str]) -> np.ndarray:
    """A story counts by the square root of what is found in it, so that none decides."""
    count = Counter(stories)
    weight = np.array([1 / np.sqrt(count[s]) for s in stories])
    return np.asarray(weight / weight.mean())


def worth_of(found: list[Finding]) -> dict[str, Any]:
    """Two regressions a guard."""
    guards: dict[str, Any] = {}
    by_guard: dict[str, list[Finding]] = defaultdict(list)
    for f in found:
        by_guard[f.evidence.guard].append(f)
    for guard, some in sorted(by_guard.items()):
        if len(some) < LEAST:
            continue
        columns = tuple(some[0].signs)
        x = np.array([[f.signs[c] for c in columns] for f in some])
        weight = story_weights([f.story for f in some])
        guards[guard] = {
            kind: fit(columns, x, np.array([float(getattr(f, kind)) for f in some]), STRENGTH, weight) for kind in KINDS
        }
    return guards


class Said:
    """Whether scores of rows and probabilities of verdicts are probabilities, on stories that nothing was fitted on."""

    def __init__(self) -> None:
        self.rows: list[tuple[float, bool]] = []
        self.verdicts: list[tuple[float, bool]] = []

    def add(self, story: Story, rows: Sequence[Alignment]) -> None:
        for row in rows:
            for a, b in combinations(row.claims, 2):
                right = story.verdict(a, b) if a.article != b.article else None
                if right is not None:
                    self.rows.append((row.score, right))
            for relation in row.relations:
                known = story.verdict(relation.a, relation.b) is not None
                if known and relation.kind is not RelationKind.UNSURE:
                    shared = story.shared(relation.a, relation.b)
                    right = bool(shared) and relation.kind.value in story.accepted(shared)
                    self.verdicts.append((relation.probability, right))

    def right(self) -> float:
        """Share of the relations told that a careful reader would tell too, pairs that are no pair counted as wrong."""
        return float(np.mean([right for _, right in self.verdicts]))

    def tables(self, when: str) -> list[dict[str, Any]]:
        asked = (
            ("Two claims of different articles in one row: do they state one proposition?", self.rows),
            ("A relation told of two claims in one row: would a careful reader say so?", self.verdicts),
        )
        return [
            {
                "question": question,
                "data": "32 real stories",
                **reliability(np.array([p for p, _ in made]), np.array([right for _, right in made])),
                "held_out": True,
                "command": "python tests/quality/fit_verdicts.py DATA",
                "date": when,
                "note": "weights of rows and of evidence held out by story",
            }
            for question, made in asked
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, help="keep readings and rows here, to fit again quickly")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date", default="")
    parser.add_argument("--without", default="", help="guards left out")
    parser.add_argument("--notes", action="store_true", help="print what is wrong and what is missed")
    args = parser.parse_args()
    stories = load_stories(args.data)
    read_stories(stories, args.cache)
    rows = held_out_rows(stories, args.cache)
    out = frozenset(filter(None, args.without.split(",")))
    pairs = [x for s in stories for x in seen(s, rows[s.name], out)]
    place = {s.name: n for n, s in enumerate(stories)}
    measure, said = Measure(), Said()
    for k in range(FOLDS):
        worth = Worth.from_json({"provenance": {}, **learned([x for x in pairs if place[x.story] % FOLDS != k])})
        for s in stories[k::FOLDS]:
            if not s.ours:
                judged = judge(rows[s.name], s.readings, worth=worth, encoder=load_encoder())
                measure.add(s, [r for r in judged if r.score >= ROW_SCORE_SHOWN])
                said.add(s, judged)
    figures = {**measure.figures(), "told right": round(said.right(), 3)}
    print(json.dumps(figures))
    if args.notes:
        for note in sorted(measure.notes, key=lambda n: (n[1], n[0])):
            print(*note, sep=" | ")
    for one in said.tables(args.date):
        print(f"{one['question']}  expected calibration error {one['error']:.3f}")
        for b in one["bins"]:
            print(f"  said {b['said']:.2f}  true {b['observed']:.2f}  pairs {b['pairs']}")
    if args.write:
        path = ROOT / "app" / "reliability.json"
        others = [t for t in json.loads(path.read_text("utf-8")) if "fit_verdicts.py" not in t["command"]]
        lines = ",\n".join("  " + json.dumps(t, ensure_ascii=False) for t in [*others, *said.tables(args.date)])
        path.write_text(f"[\n{lines}\n]\n", "utf-8")
        provenance = {
            "data": f"rows of {len(stories)} real stories labelled by careful reading",
            "date": args.date,
            "command": "python tests/quality/fit_verdicts.py DATA --write",
            "held out": f"{FOLDS} folds of stories, for rows and evidence alike",
            "figures": figures,
        }
        TARGET.write_text(json.dumps({"provenance": provenance, **learned(pairs)}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
