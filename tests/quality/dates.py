"""How often dates are found and rightly resolved: run `python tests/quality/dates.py [ARTICLES] [FIVE_W]`.

Three sets:
- sentences in our own words (dates_news.jsonl), 144 of them with 200 expressions and traps, each resolved against a day of
  publication. Every second sentence is held out: the rules were mended on the others only;
- the five real articles (default ../shared/articles), labelled in dates.json as offsets into the files with the
  value that a reader of that day would give (drafted by the finder, then read against the text word by word, misses
  included); the rules were made with these articles in view, so 100 % is no proof. Not part of the project;
- the "when" answers of news articles (default ../shared/data/five_w/docs.jsonl): the words a coder marked for the day
  of the event, and that day. Coders marked the event's day, not always the words' (a "Sunday" coded as a Monday), so
  words and value are counted apart, and again on those labels only whose weekday fits their day. Not part of the project.

A value counts when it is equal at its grain; of a day with a time of day the day counts.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from app.core.claims.dates import find_dates
from app.core.records import DateMention

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted) if found + wanted else 0.0


def news(path: Path, *, misses: bool = False) -> dict[str, tuple[int, int, int, int]]:
    """For each half (wanted, found, words found to the letter, value right); the numbers of a gate and of a table."""
    halves = {"mended on": [0, 0, 0, 0], "held out": [0, 0, 0, 0]}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row: dict[str, Any] = json.loads(line)
        found = find_dates(row["text"], date.fromisoformat(row["published"]))
        wanted = [tuple(w) for w in row["dates"]]
        spans = {(d.start, d.end) for d in found} & {w[:2] for w in wanted}
        right = [w for w in wanted if any(d.start < w[1] and w[0] < d.end and same_value(d, w) for d in found)]
        half = "held out" if number % 2 else "mended on"
        counts = (len(wanted), len(found), len(spans), len(right))
        halves[half] = [a + b for a, b in zip(halves[half], counts, strict=True)]
        if misses and half == "mended on" and (len(right) < len(wanted) or len(found) > len(wanted)):
            print(row["id"], row["published"], row["text"], [(d.text, d.value, d.upto) for d in found], wanted)
    return {name: (c[0], c[1], c[2], c[3]) for name, c in halves.items()}


def same_value(found: DateMention, wanted: tuple[Any, ...]) -> bool:
    return (found.value[:10], found.upto) == (str(wanted[2])[:10], wanted[3])


def print_news() -> None:
    print(f"{'our own sentences':<18}{'wanted':>8}{'found':>8}{'span':>8}{'value':>8}{'value F1':>10}")
    for name, counts in news(HERE / "dates_news.jsonl", misses="--misses" in sys.argv).items():
        print(f"{name:<18}" + "".join(f"{c:>8}" for c in counts) + f"{f1(counts[3], counts[1], counts[0]):>10.3f}")
    print()


def articles(folder: Path) -> None:
    totals = [0, 0, 0, 0]
    print(f"{'five articles':<18}{'wanted':>8}{'found':>8}{'span':>8}{'value':>8}{'value F1':>10}")
    for row in json.loads((HERE / "dates.json").read_text(encoding="utf-8")):
        raw = (folder / row["file"]).read_text(encoding="utf-8")
        if hashlib.sha256(raw.encode()).hexdigest()[:16] != row["digest"]:
            print(f"{row['file']}: another version than the labelled one, left out")
            continue
        start, end = row["body"]
        found = find_dates(raw[start:end], date.fromisoformat(row["published"]), offset=start)
        wanted = [tuple(w) for w in row["dates"]]
        spans = {(d.start, d.end) for d in found} & {w[:2] for w in wanted}
        values = {(d.start, d.end, d.value, d.upto) for d in found} & set(wanted)
        counts = (len(wanted), len(found), len(spans), len(values))
        totals = [t + c for t, c in zip(totals, counts, strict=True)]
        print(
            f"{row['file']:<18}" + "".join(f"{c:>8}" for c in counts) + f"{f1(counts[3], counts[1], counts[0]):>10.3f}"
        )
    print(f"{'all':<18}" + "".join(f"{c:>8}" for c in totals) + f"{f1(totals[3], totals[1], totals[0]):>10.3f}")


def answers(path: Path) -> None:
    said = covered = right = fair = fair_right = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        doc: dict[str, Any] = json.loads(line)
        if doc["date"] in {None, "None"}:
            continue
        published = date.fromisoformat(doc["date"])
        found = find_dates(doc["text"], published)
        misses = "--misses" in sys.argv
        for answer in doc["answers"].get("when") or []:
            words, day = (answer["text"] or "").strip(), answer["parsed"]
            at = doc["text"].find(words) if words and day and is_date(words) else -1
            if at < 0:
                continue
            said += 1
            hits = [d for d in found if d.start < at + len(words) and at < d.end]
            covered += bool(hits)
            good = any(holds(d, day) for d in hits)
            right += good
            if misses and not good:
                print(doc["date"], repr(words), day, [(d.text, d.value) for d in hits], fits(words, day, published))
            if fits(words, day, published):
                fair += 1
                fair_right += good
    print(f"\nwhen-answers: {said} with date words; words found {covered / said:.3f}; value right {right / said:.3f}")
    print(f"of the {fair} whose own weekday or date fits the label: value right {fair_right / fair:.3f}")


def is_date(words: str) -> bool:
    """Whether the marked words hold a date expression at all (not "lap 48" nor "the race")."""
    return bool(
        re.search(
            r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\bNov|\btoday|\bOct|\bthis (?:morning|afternoon)|\d ?[ap]\.?m",
            words,
        )
    )


def holds(found: DateMention, day: str) -> bool:
    return found.value[:10] <= day <= (found.upto or found.value)[:10] if found.upto else found.value[:10] == day


def fits(words: str, day: str, published: date) -> bool:
    """Whether the label's day is one that its words can mean, within a week of publication."""
    labelled = date.fromisoformat(day)
    if abs((labelled - published).days) > 7:
        return False
    named = [w for w in WEEKDAYS if w in words.lower()]
    if named:
        return labelled.weekday() == WEEKDAYS.index(named[0])
    number = re.search(r"Nov(?:ember|\.)? 0?(\d{1,2})", words)
    if number:
        return labelled.day == int(number.group(1))
    return labelled == published


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] != "--misses" else SHARED / "articles"
    five_w = Path(sys.argv[2]) if len(sys.argv) > 2 else SHARED / "data" / "five_w" / "docs.jsonl"
    print_news()
    if folder.exists():
        articles(folder)
    if five_w.exists():
        answers(five_w)
