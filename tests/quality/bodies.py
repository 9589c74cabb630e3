"""How well bodies are found: `python tests/quality/bodies.py [FOLDER]` (FOLDER: the five labelled pages, if you have them).

Prints, for the labelled real pages and for the golden pages in our own words, the body sentences kept and lost and the
boilerplate lines left, beside keeping everything; then 4-word shingles F1 on HTML made of the golden pages, beside
trafilatura alone. Exit 1 when a body sentence is lost or a boilerplate line left on the flat pages.
"""

from __future__ import annotations

import hashlib
import html as markup
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parents[1] / "article")]

from golden_pages import Golden, all_pages  # noqa: E402
from html_pages import all_html_pages  # noqa: E402
from shingles import f1  # noqa: E402

from app.core.article import articles_of  # noqa: E402
from app.core.claims.sentences import split_sentences  # noqa: E402
from app.core.lexicon.outlets import load_outlets  # noqa: E402
from app.core.records import Hints, Page  # noqa: E402
from app.errors import NotAnArticle  # noqa: E402
from app.sources import page_from_html  # noqa: E402

LABELS = HERE.parents[1] / "article" / "labels" / "articles.json"
TODAY = date(2026, 1, 1)


@dataclass
class Count:
    kept: int = 0
    lost: int = 0
    left: int = 0
    boilerplate: int = 0  # lines of it on the page

    def __add__(self, other: Count) -> Count:
        return Count(
            self.kept + other.kept, self.lost + other.lost, self.left + other.left, self.boilerplate + other.boilerplate
        )


def sentences(line: str) -> int:
    return max(1, len(split_sentences(line)))


def flat(name: str, text: str, wanted: list[list[str]], hints: Hints = Hints()) -> Count:
    """Lines of the page against the reports found in it, in order."""
    try:
        found = [
            article.text.splitlines() for article in articles_of(Page(name, text, hints=hints), load_outlets(), TODAY)
        ]
    except NotAnArticle:
        found = []
    count = Count()
    for i, body in enumerate(wanted):
        got = set(found[i]) if i < len(found) else set()
        for line in body:
            kept = line in got
            count.kept += sentences(line) if kept else 0
            count.lost += 0 if kept else sentences(line)
    everything = {line for body in wanted for line in body}
    count.left = sum(bool(line.strip()) and line not in everything for body in found for line in body)
    count.boilerplate = sum(bool(line.strip()) and line.strip() not in everything for line in text.splitlines())
    return count


def real(folder: Path) -> dict[str, Count]:
    counts: dict[str, Count] = {}
    for name, label in json.loads(LABELS.read_text(encoding="utf-8")).items():
        path = folder / name
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != label["sha256"]:
            continue
        text = path.read_text(encoding="utf-8")
        lines = [line.strip() for line in text.splitlines()]
        wanted = [[lines[n - 1] for n in sorted(r["body"] + r["subheads"])] for r in label["reports"]]
        counts[name] = flat(name, text, wanted)
    return counts


def as_html(page: Golden, *, semantic: bool) -> str:
    """The golden page as HTML: with the tags that say what is what, or as one heap of divisions."""
    body = {line for report in page.bodies for line in report}
    out = []
    for raw in page.text.splitlines():
        line = raw.strip()
        if not line:
            continue
        text = markup.escape(line)
        if line == page.expected.get("headline"):
            out.append(f"<h1>{text}</h1>")
        elif not semantic:
            out.append(f"<div><div>{text}</div></div>" if len(line) < 60 else f"<div><p>{text}</p></div>")
        else:
            out.append(f"<p>{text}</p>" if line in body else f"<aside><p>{text}</p></aside>")
    inner = "\n".join(out)
    wrapped = f"<main><article>{inner}</article></main>" if semantic else inner
    title = markup.escape(page.expected.get("headline", ""))
    return f"<!doctype html><html lang=en><head><title>{title}</title></head><body>{wrapped}</body></html>"


def in_html(*, semantic: bool) -> tuple[float, float]:
    """Mean F1 of ours and of trafilatura alone over the golden pages with one report."""
    import trafilatura

    ours, theirs = [], []
    for page in all_pages():
        if len(page.bodies) != 1:
            continue
        source, wanted = as_html(page, semantic=semantic), "\n".join(page.bodies[0])
        try:
            found = articles_of(page_from_html(source), load_outlets(), TODAY)[0].text
        except NotAnArticle:
            found = ""
        ours.append(f1(found, wanted))
        theirs.append(f1(trafilatura.extract(source, include_comments=False) or "", wanted))
    return sum(ours) / len(ours), sum(theirs) / len(theirs)


def in_shapes() -> tuple[float, float]:
    """The same over the shapes of real sites in `html/` that hold an article."""
    import trafilatura

    ours, theirs = [], []
    for page in all_html_pages():
        if not page.body:
            continue
        wanted = "\n".join(page.body)
        ours.append(f1(articles_of(page_from_html(page.html), load_outlets(), TODAY)[0].text, wanted))
        theirs.append(f1(trafilatura.extract(page.html, include_comments=False) or "", wanted))
    return sum(ours) / len(ours), sum(theirs) / len(theirs)


def show(title: str, counts: dict[str, Count]) -> Count:
    print(f"\n{title}\n{'':38}{'sentences':>10}{'lost':>6}{'boilerplate left':>18}{'keeping all':>13}")
    total = sum(counts.values(), Count())
    for name, c in [*counts.items(), ("all", total)]:
        print(f"{name:38}{c.kept + c.lost:>10}{c.lost:>6}{c.left:>18}{c.boilerplate:>13}")
    return total


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[3] / "shared" / "articles"
    totals = []
    if folder.is_dir():
        totals.append(show("Labelled real pages, flat", real(folder)))
    golden = {p.name: flat(p.name, p.text, [list(b) for b in p.bodies], p.hints) for p in all_pages()}
    totals.append(show("Golden pages, flat", golden))
    print("\nGolden pages as HTML, mean 4-word shingles F1        ours   trafilatura alone")
    for semantic, name in ((True, "with the tags that say what is what"), (False, "as one heap of divisions")):
        ours, theirs = in_html(semantic=semantic)
        print(f"{name:50}{ours:>7.3f}{theirs:>20.3f}")
    ours, theirs = in_shapes()
    print(f"{'shapes of real sites (tests/article/html)':50}{ours:>7.3f}{theirs:>20.3f}")
    return int(any(t.lost or t.left for t in totals))


if __name__ == "__main__":
    sys.exit(main())
