"""Real stories with labelled rows: DATA/stories and labels/ of this folder; their texts are in DATA and no part of the project.

A label file names the articles (by their id in DATA's collections, with the SHA-256 of the body) and the rows: passages by
offset, core or loose, with the kinds that a careful reader would accept for each two of them. A claim stands for a labelled
passage when the two overlap by half of the shorter.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import pickle
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from app.core.records import Alignment, ClaimRef, Hints, Page, PublishedFrom, Reading  # noqa: E402

__all__ = ["DIFFER", "Measure", "Story", "load_stories", "read_stories"]

DIFFER = frozenset({"conflict", "diverge", "updated"})
Place = tuple[int, int, int]
"""Article, start and end in its labelled text."""


@dataclass
class Story:
    """One labelled story with its readings, and what its labels say of claims."""

    name: str
    ours: bool  # labelled by this project: to learn from, never to report on
    rows: list[dict[str, Any]]
    pages: list[Page]
    texts: list[str]
    readings: list[Reading] = field(default_factory=list)

    def place(self) -> None:
        """Find out which labelled passages each claim stands for."""
        self.held: dict[ClaimRef, list[tuple[int, int]]] = {}
        self.kinds = [{(min(i, j), max(i, j)): set(k) for i, j, k in row.get("pairs", ())} for row in self.rows]
        urls = [page.hints.url for page in self.pages]
        for number, reading in enumerate(self.readings):
            index = urls.index(reading.article.url)  # a page may hold two articles
            where = _offsets(reading.article.text, self.texts[index])
            headline = reading.article.headline or ""
            inside = headline and self.texts[index].lstrip().startswith(headline)
            shift = self.texts[index].find(headline) if inside else None
            for claim in reading.claims:
                part, start, end = claim.where, claim.start, claim.end
                if part == "headline" and shift is not None:
                    part, start, end = "body", start + shift, end + shift
                elif part == "body":
                    points = [where[i] for i in range(claim.start, claim.end) if i in where]
                    if not points:
                        continue
                    start, end = min(points), max(points) + 1
                self.held[ClaimRef(number, claim.id)] = [
                    (r, m)
                    for r, row in enumerate(self.rows)
                    for m, x in enumerate(row["members"])
                    if x["article"] == index and x.get("in", "body") == part and _overlap(start, end, x)
                ]

    def shared(self, a: ClaimRef, b: ClaimRef) -> list[tuple[int, int, int]]:
        """The labelled pairs (row, member, member) that two claims stand for."""
        return [(r, m, n) for r, m in self.held.get(a, ()) for q, n in self.held.get(b, ()) if q == r and m != n]

    def accepted(self, shared: Iterable[tuple[int, int, int]]) -> set[str]:
        return {k for r, m, n in shared for k in self.kinds[r].get((min(m, n), max(m, n)), {"agree"})}

    def core(self, r: int, *members: int) -> bool:
        row = self.rows[r]
        return row["strength"] == "core" and all(row["members"][m].get("strength") != "loose" for m in members)

    def verdict(self, a: ClaimRef, b: ClaimRef) -> bool | None:
        """Whether two claims state one proposition; None where that is arguable."""
        shared = self.shared(a, b)
        if not shared:
            return False
        return True if any(self.core(r, m, n) for r, m, n in shared) else None


def _overlap(start: int, end: int, member: dict[str, Any]) -> bool:
    shared = min(end, member["end"]) - max(start, member["start"])
    return shared > 0 and 2 * shared >= min(end - start, member["end"] - member["start"])


def _offsets(body: str, labelled: str) -> dict[int, int]:
    """Offset in a reading's body -> offset in the labelled text; blanks may differ, parts may be left out."""
    a = [(c, i) for i, c in enumerate(body) if not c.isspace()]
    b = [(c, i) for i, c in enumerate(labelled) if not c.isspace()]
    left, right = "".join(c for c, _ in a), "".join(c for c, _ in b)
    if left == right:
        return {i: j for (_, i), (_, j) in zip(a, b, strict=True)}
    at = right.find(left)
    if at >= 0:
        return {i: j for (_, i), (_, j) in zip(a, b[at : at + len(a)], strict=True)}
    blocks = difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return {a[i + k][1]: b[j + k][1] for i, j, size in blocks for k in range(size)}


@lru_cache(maxsize=2)
def _documents(data: Path) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for line in (data / "clusters/giveme5w1h.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        found[record["id"]] = record.get("title") or "", record["text"]
    for line in (data / "ecbplus/docs.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        found[record["doc"]] = "", "\n".join(s["text"] for s in record["sentences"])
    return found


def load_stories(data: Path, *, ours: bool = True) -> list[Story]:
    """The labelled stories of DATA, by name, then (unless `ours` is false) those that this project labelled."""
    paths = [(p, False) for p in sorted((data / "stories").glob("*.json"))]
    if ours:
        paths += [(p, True) for p in sorted((HERE / "labels").glob("*.json"))]
    return [_story(path, own, _documents(data)) for path, own in paths]


def _story(path: Path, ours: bool, documents: dict[str, tuple[str, str]]) -> Story:
    label = json.loads(path.read_text(encoding="utf-8"))
    pages, texts = [], []
    for article in label["articles"]:
        title, body = documents[article["id"]]
        body = body[: article["cut"]] if article.get("cut") else body
        if hashlib.sha256(body.encode()).hexdigest() != article["sha256"]:
            raise SystemExit(f"{path.name}: the body of {article['id']} is not the labelled one")
        if "headline" in article:
            title = body[slice(*article["headline"])]
        published = article.get("published")
        hints = Hints(
            headline=title or body.split("\n")[0],
            outlet=article["outlet"],
            url=f"https://{article['outlet']}/{article['id']}",
            published=_day(published) if published else None,
            published_from=PublishedFrom.MANIFEST if published else None,
        )
        pages.append(Page(origin=article["id"], text=body, hints=hints))
        texts.append(body)
    return Story(label["story"], ours, label["rows"], pages, texts)


def _day(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)


def read_stories(stories: Sequence[Story], cache: Path | None = None) -> None:
    """Read every article as `parallax compare` does; `cache` keeps the readings of one version of the reader."""
    from app.core.alignment import unified
    from app.core.digests import reader_version
    from app.pipeline.chosen import reader
    from app.pipeline.reading import read_pages

    version = reader_version(reader().name)
    for story in stories:
        kept = cache / version / f"{story.name}.pickle" if cache else None
        if kept and kept.is_file():
            story.readings = pickle.loads(kept.read_bytes())
        else:
            story.readings = [r for r in read_pages(story.pages) if isinstance(r, Reading)]
            if {r.article.url for r in story.readings} != {p.hints.url for p in story.pages}:
                raise SystemExit(f"{story.name}: a page gave no article")
            if kept:
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(pickle.dumps(story.readings))
        story.readings = list(unified(story.readings))
        story.place()


class Measure:
    """Counts over stories: pairs of claims in rows, labelled rows found, verdicts told and found."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.notes: list[tuple[str, str, str]] = []

    def add(self, story: Story, rows: Sequence[Alignment]) -> None:
        c, hit = self.count, set()
        found: dict[str, set[int]] = {"conflict": set(), "differ": set()}
        seen: set[tuple[ClaimRef, ClaimRef]] = set()
        for row in rows:
            hidden = False
            for a, b in combinations(row.claims, 2):
                shared = story.shared(a, b)
                if shared and story.accepted(shared) == {"conflict"}:
                    hidden = True
                if a.article == b.article:
                    continue
                hit |= {(r, min(m, n), max(m, n)) for r, m, n in shared}
                pair = (min(a, b), max(a, b))
                if pair in seen:
                    continue
                seen.add(pair)
                if not shared:
                    c["pair_false"] += 1
                elif any(story.core(r, m, n) for r, m, n in shared):
                    c["pair_right"] += 1
            if row.status.value == "agree" and hidden:
                c["hidden"] += 1
                self.notes.append((story.name, "hidden", row.label))
            c["unsure"] += row.status.value == "unsure"
            self._verdicts(story, row, found)
        self._labels(story, hit, found)

    def _verdicts(self, story: Story, row: Alignment, found: dict[str, set[int]]) -> None:
        told: dict[str, bool] = {}
        for relation in row.relations:
            shared = story.shared(relation.a, relation.b)
            accepted, kind = story.accepted(shared), relation.kind.value
            if kind != "unsure" and any(story.core(r, m, n) for r, m, n in shared):
                self.count["status_all"] += 1
                self.count["status_right"] += kind in accepted
            for name, group in (("conflict", {"conflict"}), ("differ", DIFFER)):
                if kind not in group:
                    continue
                told[name] = told.get(name, False) or bool(accepted & group)
                for r, m, n in shared:
                    if story.accepted([(r, m, n)]) & group:
                        found[name].add(r)
        for name, right in told.items():
            self.count[f"{name}_rows"] += 1
            self.count[f"{name}_right"] += right
            self.notes.append((story.name, f"{'right' if right else 'false'} {name}", row.label))

    def _labels(self, story: Story, hit: set[tuple[int, int, int]], found: dict[str, set[int]]) -> None:
        c = self.count
        for r, row in enumerate(story.rows):
            members = row["members"]
            cross = [
                (m, n)
                for m, n in combinations(range(len(members)), 2)
                if story.core(r, m, n) and members[m]["article"] != members[n]["article"]
            ]
            if cross:
                got = sum((r, m, n) in hit for m, n in cross)
                c["core_pairs"] += len(cross)
                c["core_pairs_found"] += got
                c["core_rows"] += 1
                c["core_rows_found"] += got > 0
                if not got:
                    self.notes.append((story.name, "missed row", row["note"]))
            if row["strength"] != "core" and row.get("verdict") != "core":
                continue
            first = {k for i, j, kinds in row.get("pairs", ()) for k in kinds[:1]}
            if row["status"][0] == "conflict" and "conflict" in first:
                c["conflict_labelled"] += 1
                c["conflict_found"] += r in found["conflict"]
                if r not in found["conflict"]:
                    self.notes.append((story.name, "missed conflict", row["note"]))
            if row["status"][0] in DIFFER and first & DIFFER:
                c["differ_labelled"] += 1
                c["differ_found"] += r in found["differ"]

    def figures(self) -> dict[str, float]:
        c = self.count

        def share(a: str, *b: str) -> float:
            return round(c[a] / max(1, sum(c[x] for x in b)), 3)

        p, r = share("pair_right", "pair_right", "pair_false"), share("core_pairs_found", "core_pairs")
        return {
            "pairs P": p,
            "pairs R": r,
            "pairs F1": round(2 * p * r / (p + r), 3) if p + r else 0.0,
            "core rows found": share("core_rows_found", "core_rows"),
            "conflict right": share("conflict_right", "conflict_rows"),
            "conflict found": share("conflict_found", "conflict_labelled"),
            "differ right": share("differ_right", "differ_rows"),
            "differ found": share("differ_found", "differ_labelled"),
            "contradictions shown as agree": c["hidden"],
            "left to the reader": c["unsure"],
            "status right": share("status_right", "status_all"),
            "conflict rows": c["conflict_rows"],
            "differ rows": c["differ_rows"],
        }
