"""How right the rows of the five real articles are, by hand labels: precision, recall and F1 of aligned pairs.

usage: rows.py FOLDER [--strictness P] [--errors]

FOLDER holds the articles with their manifest.csv; rows_labels.json names the sentences that state one proposition by
digests of five words, so no sentence of theirs stands in the project. A pair is two sentences of different articles in
one row. Pairs that a person could judge either way are not counted. Two labelled differences inside one article and the
August decision against its November reversal are told apart below.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app import pipeline  # noqa: E402
from app.core.alignment import align  # noqa: E402
from app.core.encoder import load_encoder  # noqa: E402
from app.core.records import Alignment, Claim, Hints, Page, PublishedFrom, Reading  # noqa: E402
from app.core.text import fold  # noqa: E402

LABELS = Path(__file__).with_name("rows_labels.json")
WINDOW = 5

Sentence = tuple[int, str, int]  # article, where, start


def read_folder(folder: Path) -> list[Reading]:
    pages = []
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            hints = Hints(
                outlet=row["outlet"],
                published=date.fromisoformat(row["published"]),
                published_from=PublishedFrom.MANIFEST,
                story=row["story"],
            )
            pages.append(Page(row["file"], (folder / row["file"]).read_text("utf-8"), hints=hints))
    return [r for r in pipeline.read_pages(pages) if isinstance(r, Reading)]


class Labels:
    """The labelled sentences as they stand in these readings."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._data: dict[str, Any] = json.loads(LABELS.read_text("utf-8"))
        self.keys: dict[Sentence, set[str]] = defaultdict(set)
        for i, reading in enumerate(readings):
            for name, where, at in _places(reading):
                for claim in reading.claims:
                    if claim.where == where and covers(claim, at):
                        self.keys[sentence(i, claim)].add(name)
        known = {k for keys in self.keys.values() for k in keys}
        named = {k for group in self._data["same"].values() for k in group}
        self.missing = sorted(named - known)
        self.same: set[frozenset[str]] = set()
        for group in self._data["same"].values():
            self.same |= {frozenset(p) for p in combinations(group, 2) if _apart(*p)}
        before, after = self._data["updated"]
        self.updated = {frozenset(p) for p in product(before, after) if _apart(*p)}
        self.same |= self.updated
        self.inside = {frozenset(p) for p in self._data["inside"]}
        self.uncounted: set[frozenset[str]] = set()
        for a, b in self._data["uncounted"]["groups"]:
            self.uncounted |= {frozenset(p) for p in product(self._data["same"][a], self._data["same"][b])}
        for one, group in self._data["uncounted"]["sentences"]:
            self.uncounted |= {frozenset((one, other)) for other in self._data["same"].get(group, ())}

    def verdict(self, a: Sentence, b: Sentence) -> bool | None:
        """Whether both state one proposition; None if a person could judge either way."""
        found = {frozenset((x, y)) for x in self.keys.get(a, ()) for y in self.keys.get(b, ())}
        if found & self.same:
            return True
        return None if found & self.uncounted else False

    def wanted(self) -> set[frozenset[Sentence]]:
        where: dict[str, set[Sentence]] = defaultdict(set)
        for place, keys in self.keys.items():
            for key in keys:
                where[key].add(place)
        return {frozenset((a, b)) for x, y in map(tuple, self.same) for a in where[x] for b in where[y] if a[0] != b[0]}


def _apart(a: str, b: str) -> bool:
    return a.rsplit(" ", 1)[0] != b.rsplit(" ", 1)[0]


def covers(claim: Claim, at: int) -> bool:
    start, end = claim.sentence if claim.sentence != (0, 0) else (claim.start, claim.end)
    return min(start, claim.start) <= at < max(end, claim.end)


def sentence(article: int, claim: Claim) -> Sentence:
    start = claim.sentence[0] if claim.sentence != (0, 0) else claim.start
    return article, claim.where, start


def _places(reading: Reading) -> Iterator[tuple[str, str, int]]:
    article = reading.article
    outlet = (article.outlet or "").lower().removeprefix("the ")
    name = f"{outlet} {article.published.day}" if outlet == "afp" and article.published else outlet
    for where, text in (("headline", article.headline or ""), ("body", article.text)):
        words = [(fold(m.group()), m.start()) for m in re.finditer(r"[^\W_]+", text)]
        for k in range(len(words)):
            window = " ".join(w for w, _ in words[k : k + WINDOW])
            yield f"{name} {hashlib.sha256(window.encode()).hexdigest()[:12]}", where, words[k][1]


def measure(readings: Sequence[Reading], rows: Sequence[Alignment], *, errors: bool = False) -> dict[str, float]:
    labels = Labels(readings)
    claims = {(i, c.id): c for i, r in enumerate(readings) for c in r.claims}
    found: dict[frozenset[Sentence], tuple[Claim, Claim]] = {}
    inside: set[frozenset[str]] = set()
    updated = 0
    for row in rows:
        for a, b in combinations(row.claims, 2):
            x, y = claims[a.article, a.claim], claims[b.article, b.claim]
            one, two = sentence(a.article, x), sentence(b.article, y)
            if a.article != b.article:
                found.setdefault(frozenset((one, two)), (x, y))
            elif one != two:
                inside |= {frozenset((p, q)) for p in labels.keys.get(one, ()) for q in labels.keys.get(two, ())}
    wanted = labels.wanted()
    right = wrong = 0
    for pair, (x, y) in sorted(found.items(), key=lambda item: sorted(item[0])):
        a, b = sorted(pair)
        verdict = labels.verdict(a, b)
        right += verdict is True
        wrong += verdict is False
        crossed = {frozenset((p, q)) for p in labels.keys.get(a, ()) for q in labels.keys.get(b, ())}
        updated += bool(crossed & labels.updated)
        if errors and verdict is False:
            print("WRONG ", x.text[:110].replace("\n", " "), "||", y.text[:110].replace("\n", " "))
    if errors:
        text = {s: readings[s[0]].claims for s in labels.keys}
        for pair in sorted(wanted - set(found), key=sorted):
            said = [
                next(c.text for c in text[s] if sentence(s[0], c) == s)[:110].replace("\n", " ") for s in sorted(pair)
            ]
            print("MISSED", " || ".join(said))
    precision, recall = right / max(1, right + wrong), right / max(1, len(wanted))
    return {
        "pairs wanted": len(wanted),
        "pairs found": right + wrong,
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / max(1e-9, precision + recall),
        "updated pairs found": updated,
        "differences inside one article found": len(inside & labels.inside),
        "labels not located": len(labels.missing),
        "rows": len(rows),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--strictness", type=float)
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    readings = read_folder(args.folder)
    for name, value in measure(readings, align(readings, args.strictness, load_encoder()), errors=args.errors).items():
        print(f"{name:40} {value:.3f}" if isinstance(value, float) else f"{name:40} {value}")


if __name__ == "__main__":
    main()
