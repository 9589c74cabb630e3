"""Measure everything anew, as the product runs, and print the table: one command for every figure of app/measured.json.

usage: evaluate.py DATA [--articles FOLDER] [--harness FOLDER] [--only WORD] [--write] [--date YYYY-MM-DD]

DATA holds the public collections (ecbplus/, clusters/, stories/, claimdiff/, polnear/, five_w/), `--articles` the five real articles
with their manifest, `--harness` the scripts that print plain baselines beside ours; none of it is part of the project.
Each figure comes from the script that measured.json names for it, run anew, topics or documents held out where it says so.
What is not there is left as it was and named. --write puts the figures into app/measured.json.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from app.measured import Figure, load_measured

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Places:
    data: Path
    articles: Path
    harness: Path


@dataclass(frozen=True, slots=True)
class Step:
    """One script, what it needs, and where in its output the figures stand: (words of question and data) -> pattern."""

    script: str
    arguments: Callable[[Places], list[Path | str]]
    found: dict[tuple[str, str, str], str]  # stage, words of the question, words of the data -> pattern of one figure


ECB = r"AP {} {}, {}\s+([\d.]+)"
STEPS = (
    Step(
        "bodies.py",
        lambda p: [p.articles],
        {
            ("reading", "Body sentences lost", "five real"): r"(?s)flat\n.*?\nall\s+\d+\s+(\d+)",
            ("reading", "Menus, captions", "five real"): r"(?s)flat\n.*?\nall\s+\d+\s+\d+\s+(\d+)",
            ("reading", "Bodies of HTML", "golden"): r"as one heap of divisions\s+([\d.]+)",
            ("reading", "Bodies of HTML", "34 pages"): r"shapes of real sites \S+\s+([\d.]+)",
        },
    ),
    Step(
        "fit_attribution.py",
        lambda p: [p.data / "polnear", "--harness", p.harness / "polnear.py"],
        {("claims", "Who is reported", "PolNeAR"): r"end2end\s+P [\d.]+ R [\d.]+ F1 ([\d.]+)"},
    ),
    Step(
        "speakers.py",
        lambda p: [p.articles],
        {("claims", "right speaker", "five real"): r"speakers right\s+\d+ of \d+ = ([\d.]+%)"},
    ),
    Step(
        "dates.py",
        lambda p: [p.articles, p.data / "five_w" / "docs.jsonl"],
        {
            ("claims", "Dates", "five real"): r"(?m)^all(?:\s+\d+){4}\s+([\d.]+)",
            ("claims", "Dates", "own"): r"(?m)^held out(?:\s+\d+){4}\s+([\d.]+)",
        },
    ),
    Step(
        "fit.py",
        lambda p: [p.data],
        {
            ("alignment", "With their articles", "any event"): ECB.format("topic", "any", "with articles"),
            ("alignment", "sentences alone", "any event"): ECB.format("topic", "any", "sentences alone"),
            ("alignment", "With their articles", "half of"): ECB.format("subtopic", "half", "with articles"),
            ("alignment", "sentences alone", "half of"): ECB.format("subtopic", "half", "sentences alone"),
            ("stories", "same event", "news clusters"): r"stories B3 F1\s+([\d.]+)",
        },
    ),
    Step(
        "fit_rows.py",
        lambda p: [p.data],
        {("alignment", "By words alone", "32 real stories"): r"by_words .*?'pairs F1': ([\d.]+)"},
    ),
    Step(
        "fit_verdicts.py",
        lambda p: [p.data],
        {
            ("alignment", "Which statements stand", "32 real stories"): r'"pairs F1": ([\d.]+)',
            ("alignment", "how many should", "32 real stories"): r'"pairs P": ([\d.]+)',
            ("alignment", "labelled rows", "32 real stories"): r'"core rows found": ([\d.]+)',
            ("relation", "rows called conflict", "32 real stories"): r'"conflict right": ([\d.]+)',
            ("relation", "labelled conflicts", "32 real stories"): r'"conflict found": ([\d.]+)',
            ("relation", "rows called different", "32 real stories"): r'"differ right": ([\d.]+)',
            ("relation", "labelled differences", "32 real stories"): r'"differ found": ([\d.]+)',
            ("relation", "relation of two claims", "32 real stories"): r'"status right": ([\d.]+)',
            ("relation", "said to agree or to differ", "32 real stories"): r'"told right": ([\d.]+)',
            ("relation", "Contradictions that stand", "32 real stories"): r'"contradictions shown as agree": ([\d.]+)',
        },
    ),
    Step(
        "fit_stance.py",
        lambda p: [p.data / "claimdiff" / "pairs.jsonl"],
        {("relation", "agree, differ", "ClaimDiff"): r"macro F1 ([\d.]+) on the mean"},
    ),
)


def value(text: str) -> float:
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def measure(step: Step, places: Places) -> str | None:
    """What the script prints; None when what it needs is not there."""
    words = step.arguments(places)
    missing = [w for w in words if isinstance(w, Path) and not w.exists()]
    if missing:
        print(f"{step.script}: {', '.join(map(str, missing))} not here; left as it was", file=sys.stderr)
        return None
    print(f"{step.script} ...", file=sys.stderr, flush=True)
    command = [sys.executable, str(HERE / step.script), *map(str, words)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if not ran.stdout:
        print(f"{step.script}: {ran.stderr.strip().splitlines()[-1:]}; left as it was", file=sys.stderr)
        return None
    return ran.stdout


def taken(step: Step, printed: str, figures: list[Figure], when: str) -> list[Figure]:
    """The figures, those of this step as printed. A pattern that is not found is named."""
    out = list(figures)
    for (stage, question, data), pattern in step.found.items():
        found = re.search(pattern, printed)
        mine = [k for k, f in enumerate(out) if f.stage == stage and question in f.question and data in f.data]
        if found is None or not mine:
            print(f"{step.script}: nothing found for {question!r} on {data!r}", file=sys.stderr)
        for k in mine if found else []:
            now = value(found[1])
            if now != out[k].ours:
                print(f"  {out[k].question}: {out[k].ours:.3f} -> {now:.3f}")
            out[k] = replace(out[k], ours=now, date=when)
    return out


def write(figures: list[Figure]) -> None:
    rows = ",\n".join("  " + json.dumps(asdict(f), ensure_ascii=False) for f in figures)
    (ROOT / "app" / "measured.json").write_text(f"[\n{rows}\n]\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--articles", type=Path, help="the five real articles (default: DATA/../articles)")
    parser.add_argument("--harness", type=Path, help="the measuring scripts (default: DATA/../eval)")
    parser.add_argument("--only", default="", help="only scripts whose name holds this")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date", default=datetime.now(UTC).date().isoformat(), help="written beside each new figure")
    args = parser.parse_args()
    places = Places(
        args.data, args.articles or args.data.parent / "articles", args.harness or args.data.parent / "eval"
    )
    figures = list(load_measured())
    for step in STEPS:
        if args.only in step.script and (printed := measure(step, places)) is not None:
            figures = taken(step, printed, figures, args.date)
    if args.write:
        write(figures)
    from app.cli.output import console
    from app.cli.tables import measured_table

    console.print(measured_table(figures))
    short = [f for f in figures if f.falls_short]
    for f in short:
        print(f"short: {f.question} ({f.data}): {f.ours:.3f}, wanted {f.wanted:.2f}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
