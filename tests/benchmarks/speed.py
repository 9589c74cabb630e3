"""How long reading, aligning and pages take: on the bundled example and on 300 articles, beside a peer in the same run.

usage: python tests/benchmarks/speed.py [--data giveme5w1h.jsonl] [--articles 300]

Machines differ and are noisy, so each time is printed with a ratio against a peer measured moments before on the same
texts: reading against the bare language model over the same sentences, aligning against RapidFuzz's token_set_ratio over
all cross-article pairs of claims, pages against `/healthz`. Without the data file (it is not part of the project) only the
example is measured. Prints; asserts nothing.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient
from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app import pipeline
from app.core.records import Article, PublishedFrom, Reading
from app.pipeline import HERE
from app.settings import Settings
from app.store import open_store, upgrade
from app.web.app import create_app

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "clusters" / "giveme5w1h.jsonl"


def timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def row(what: str, seconds: float, amount: str, peer: float | None, peer_name: str) -> None:
    ratio = f"{seconds / peer:6.2f} x {peer_name} ({peer:.3f} s)" if peer else ""
    print(f"  {what:34} {seconds:8.3f} s  {amount:28} {ratio}", flush=True)


def measure(name: str, articles: list[Article]) -> None:
    print(f"{name}: {len(articles)} articles, {sum(len(a.text) for a in articles):,} characters")
    reader = pipeline.reader()
    bare, _ = timed(lambda: list(reader.parse([a.text for a in articles])))
    spent, found = timed(lambda: list(pipeline.read_articles(articles)))
    readings: list[Reading] = found  # type: ignore[assignment]
    claims = sum(len(r.claims) for r in readings)
    row("reading", spent, f"{claims} claims, {claims / spent:.0f}/s", bare, "the bare language model")

    spent, labels = timed(lambda: pipeline.group([r.article for r in readings]))
    row("grouping into stories", spent, f"{len(set(labels))} stories", None, "")  # type: ignore[call-overload]
    stories: dict[int, list[Reading]] = {}
    for reading, label in zip(readings, labels, strict=True):  # type: ignore[call-overload]
        stories.setdefault(label, []).append(reading)

    def fuzzy() -> None:
        for story in stories.values():
            texts = [[c.text for c in r.claims] for r in story]
            for i, a in enumerate(texts):
                for b in texts[i + 1 :]:
                    cdist(a, b, scorer=fuzz.token_set_ratio)

    peer, _ = timed(fuzzy)
    spent, rows = timed(lambda: [pipeline.compare(story).rows for story in stories.values()])
    row("aligning and judging", spent, f"{sum(len(r) for r in rows)} rows", peer, "RapidFuzz over all pairs")  # type: ignore[attr-defined]
    pages(readings)


def pages(readings: list[Reading]) -> None:
    """Import into a fresh database, then each page's median of seven and how many statements it ran."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.sqlite3"
        upgrade(path)
        with open_store(path) as store:
            spent, _ = timed(lambda: pipeline.keep(store, readings))
            row("keeping and aligning", spent, f"{path.stat().st_size / 1e6:.1f} MB", None, "")
            largest = max(store.library.stories(limit=100).items, key=lambda card: card.articles).story.slug
            statements: list[str] = []
            event.listen(Engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
            with TestClient(
                create_app(Settings(database=path), store, hands=HERE), base_url="http://localhost"
            ) as client:
                first = store.library.articles(limit=1).items[0].id
                base = median(client, "/healthz")
                for url in (
                    "/",
                    f"/stories/{largest}",
                    f"/articles/{first}",
                    "/search?q=said",
                    "/conflicts",
                    "/method",
                    f"/api/v1/stories/{largest}/alignments",
                ):
                    client.get(url)
                    statements.clear()
                    size = len(client.get(url).content)
                    ran = len(statements)
                    row(
                        f"page {url[:28]}",
                        median(client, url),
                        f"{ran} statements, {size / 1000:.0f} kB",
                        base,
                        "/healthz",
                    )


def median(client: TestClient, url: str) -> float:
    return statistics.median(timed(lambda: client.get(url).raise_for_status())[0] for _ in range(7))


def example() -> list[Article]:
    found = pipeline.read_pages(pipeline.read_targets([], manifest=pipeline.EXAMPLE))
    return [r.article for r in found if isinstance(r, Reading)]


def clusters(path: Path, wanted: int) -> list[Article]:
    out = []
    for line in path.read_text(encoding="utf-8").splitlines()[:wanted]:
        row_ = json.loads(line)
        when = date.fromisoformat(row_["date"][:10]) if row_.get("date") else None
        out.append(
            Article(
                id=row_["id"],
                text=row_["text"],
                headline=row_.get("title"),
                outlet=row_.get("outlet"),
                published=when,
                published_from=PublishedFrom.MANIFEST if when else None,
                url=row_.get("url"),
                origin=row_["id"],
            )
        )
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--articles", type=int, default=300)
    args = parser.parse_args()
    measure("example", example())
    if args.data.exists():
        measure(args.data.name, clusters(args.data, args.articles))
    else:
        print(f"{args.data} is not here: only the example was measured", file=sys.stderr)


if __name__ == "__main__":
    main()
