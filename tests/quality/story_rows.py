"""How right rows are on made-up stories in our own words: half to develop with, half held out.

usage: story_rows.py [--half development|"held out"] [--errors] [--strictness P] [--reliability]

stories/*.toml holds one story each: articles whose every sentence names the propositions that it states. A pair is two
sentences of different articles in one row; it is wanted when they share a proposition. `split` counts propositions told
by two articles or more whose sentences stand in more rows than one. `either` in a story names two propositions that a person
may put in one row or in two (a decision, and its reversal in time): such pairs are not counted. Nothing may be fitted or
tuned on the held-out half.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.core.alignment import align  # noqa: E402
from app.core.claims import read_many  # noqa: E402
from app.core.language import load_reader  # noqa: E402
from app.core.records import Alignment, Article, Claim, Reading  # noqa: E402
from app.core.thresholds import ROW_SCORE_LOOSE  # noqa: E402

STORIES = Path(__file__).with_name("stories")
HALVES = ("development", "held out")
EDGES = (0.0, 0.3, 0.5, 0.7, 0.85, 1.0)
Sentence = tuple[int, str, int]  # article, where, start


@dataclass(frozen=True)
class Story:
    name: str
    half: str
    readings: tuple[Reading, ...]
    keys: dict[Sentence, frozenset[str]]
    either: frozenset[frozenset[str]] = frozenset()

    def verdict(self, a: Sentence, b: Sentence) -> bool | None:
        """Whether both state one proposition; None if a person could judge either way."""
        x, y = self.keys.get(a, frozenset()), self.keys.get(b, frozenset())
        if not x.isdisjoint(y):
            return True
        return None if any(frozenset((p, q)) in self.either for p in x for q in y) else False

    def wanted(self) -> set[frozenset[Sentence]]:
        return {frozenset((a, b)) for a, b in combinations(self.keys, 2) if a[0] != b[0] and self.verdict(a, b)}

    def sentence(self, article: int, claim: Claim) -> Sentence:
        """The labelled sentence that a claim stands in."""
        starts = [s for i, where, s in self.keys if i == article and where == claim.where and s <= claim.start]
        return article, claim.where, max(starts, default=0)


@lru_cache(maxsize=1)
def stories() -> tuple[Story, ...]:
    """All stories, read. One parse for everything."""
    names, halves, articles, keys, either = [], [], [], [], {}
    for path in sorted(STORIES.glob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        either[path.stem] = frozenset(frozenset(pair) for pair in data.get("either", ()))
        for k, row in enumerate(data["articles"]):
            found, text = {("headline", 0): frozenset(row["headline"][0].split())}, ""
            for n, (told, sentence) in enumerate(row["body"]):
                text += ("" if not n else "\n\n" if n % 2 == 0 else " ") + sentence
                found["body", len(text) - len(sentence)] = frozenset(told.split())
            articles.append(
                Article(text, outlet=row["outlet"], headline=row["headline"][1], published=row["published"])
            )
            keys.append({(k, where, start): said for (where, start), said in found.items()})
            names.append(path.stem)
            halves.append(data["half"])
    readings = list(read_many(articles, load_reader()))
    out = []
    for name in dict.fromkeys(names):
        own = [i for i, n in enumerate(names) if n == name]
        told = {place: said for i in own for place, said in keys[i].items()}
        out.append(Story(name, halves[own[0]], tuple(readings[i] for i in own), told, either[name]))
    return tuple(out)


@dataclass
class Figures:
    wanted: int = 0
    found: int = 0
    right: int = 0
    told: int = 0  # propositions of two articles or more
    split: int = 0  # of these, in more rows than one
    rows: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, n) + getattr(other, n) for n in self.__dataclass_fields__))


def measure(story: Story, rows: Sequence[Alignment], *, errors: bool = False) -> Figures:
    claims = {(i, c.id): c for i, r in enumerate(story.readings) for c in r.claims}
    found: set[frozenset[Sentence]] = set()
    places: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        at = [story.sentence(c.article, claims[c.article, c.claim]) for c in row.claims]
        found |= {frozenset((a, b)) for a, b in combinations(at, 2) if a[0] != b[0]}
        shared = [k for k, n in Counter(k for s in at for k in story.keys[s]).items() if n > 1]
        for key in shared:
            places[key][row.id] += 1
    wanted = story.wanted()
    found = {pair for pair in found if story.verdict(*pair) is not None}
    if errors:
        text = {
            s: next((c.text for c in story.readings[s[0]].claims if story.sentence(s[0], c) == s), "?")
            for s in story.keys
        }
        for kind, pairs in (("WRONG ", found - wanted), ("MISSED", wanted - found)):
            for pair in sorted(pairs, key=sorted):
                print(f"{kind} {story.name}:", " || ".join(text[s][:100] for s in sorted(pair)))
    told = {k for pair in wanted for k in frozenset.intersection(*(story.keys[s] for s in pair))}
    split = sum(len(places[k]) > 1 for k in told)
    return Figures(len(wanted), len(found), len(found & wanted), len(told), split, len(rows))


def reliability(half: str) -> dict[str, Any]:
    """Of the pairs in rows of a score, how many are right: bins as app/reliability.json has them."""
    found: list[tuple[float, bool]] = []
    for story in stories():
        if story.half == half:
            claims = {(i, c.id): c for i, r in enumerate(story.readings) for c in r.claims}
            for row in align(story.readings, ROW_SCORE_LOOSE):
                at = [story.sentence(c.article, claims[c.article, c.claim]) for c in row.claims]
                verdicts = [story.verdict(a, b) for a, b in combinations(at, 2) if a[0] != b[0]]
                found += [(row.score, v) for v in verdicts if v is not None]
    bins, error = [], 0.0
    for low, high in pairwise(EDGES):
        some = [(p, v) for p, v in found if low <= p < high or p == high == 1.0]
        if some:
            said, seen = (sum(x[k] for x in some) / len(some) for k in (0, 1))
            bins.append(
                {"low": low, "high": high, "said": round(said, 3), "observed": round(seen, 3), "pairs": len(some)}
            )
            error += abs(said - seen) * len(some) / len(found)
    return {"bins": bins, "error": round(error, 4), "pairs": len(found)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--strictness", type=float)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--reliability", action="store_true", help="print the table of app/reliability.json")
    args = parser.parse_args()
    if args.reliability:
        print(json.dumps(reliability(args.half or "held out"), indent=1))
        return
    print(f"{'story':24} {'P':>5} {'R':>5} {'F1':>5}  right/found/wanted  split/told  rows")
    for half in HALVES if args.half is None else (args.half,):
        total = Figures()
        for story in stories():
            if story.half == half:
                one = measure(story, align(story.readings, args.strictness), errors=args.errors)
                total += one
                show(story.name, one)
        show(half.upper(), total)


def show(name: str, f: Figures) -> None:
    print(
        f"{name:24} {f.precision:.3f} {f.recall:.3f} {f.f1:.3f}  {f.right:4}/{f.found:4}/{f.wanted:4}"
        f"  {f.split:4}/{f.told:4}  {f.rows:4}"
    )


if __name__ == "__main__":
    main()
