"""Fit every file of weights anew, in the order in which they need each other, and say what moved.

usage: fit_all.py DATA [--date YYYY-MM-DD] [--write]

    fit.py              same incident? same statement? which story?     app/core/alignment/weights.json, app/reliability.json
    fit_few.py          stories of a handful of articles                app/core/alignment/weights.json
    fit_rows.py         which claims share a row                        app/core/alignment/row_weights.json
    fit_attribution.py  which frames are attributions                   app/core/claims/weights.json
    fit_verdicts.py     what guards' evidence is worth                  app/core/relation/worth.json, app/reliability.json
    fit_stance.py       does one claim back or weaken the other?        app/core/relation/stance.json

DATA as for evaluate.py; none of it is part of the project. Without --write the figures are printed and
nothing changes. What moved is told feature by feature, steps under a hundredth left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
CORE = ROOT / "app" / "core"
WEIGHTS = (
    CORE / "alignment" / "weights.json",
    CORE / "alignment" / "row_weights.json",
    CORE / "claims" / "weights.json",
    CORE / "relation" / "worth.json",
    CORE / "relation" / "stance.json",
)
TOLD_FROM = 0.01


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a file of weights by its path; provenance is none of the weights."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield path, float(value)
    elif isinstance(value, dict):
        for key in sorted(value):
            if key != "provenance":
                yield from numbers(value[key], f"{path}/{key}")
    elif isinstance(value, list):
        for k, item in enumerate(value):
            yield from numbers(item, f"{path}/{k}")


def kept() -> dict[Path, dict[str, float]]:
    return {path: dict(numbers(json.loads(path.read_text("utf-8")))) for path in WEIGHTS}


def moved(before: dict[str, float], after: dict[str, float]) -> list[str]:
    """One line a weight that is new, gone or another, the widest step first."""
    steps = [
        (abs(after[k] - before[k]), k) for k in before.keys() & after.keys() if abs(after[k] - before[k]) >= TOLD_FROM
    ]
    lines = [f"{k}: {before[k]:.3f} -> {after[k]:.3f}" for _, k in sorted(steps, key=lambda s: (-s[0], s[1]))]
    return [
        *lines,
        *(f"{k}: new" for k in sorted(after.keys() - before.keys())),
        *(f"{k}: gone" for k in sorted(before.keys() - after.keys())),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--date", default=datetime.now(UTC).date().isoformat(), help="written into the provenance")
    args = parser.parse_args()
    dated = ["--date", args.date]
    steps = {
        "fit.py": [args.data, *dated],
        "fit_few.py": [args.data, *dated],
        "fit_rows.py": [args.data, *dated],
        "fit_attribution.py": [args.data / "polnear"],
        "fit_verdicts.py": [args.data, *dated],
        "fit_stance.py": [args.data / "claimdiff" / "pairs.jsonl", *dated],
    }
    before = kept()
    for script, words in steps.items():
        print(f"--- {script}", flush=True)
        command = [sys.executable, str(HERE / script), *map(str, words), *(["--write"] if args.write else [])]
        if subprocess.run(command, check=False, cwd=ROOT).returncode:
            print(f"{script} failed: nothing after it is fitted", file=sys.stderr)
            return 1
    for path, now in kept().items():
        lines = moved(before[path], now)
        print(f"--- {path.relative_to(ROOT)}: {len(lines)} moved")
        for line in lines:
            print("  ", line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
