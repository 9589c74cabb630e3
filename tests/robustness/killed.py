"""Kill every act at sixty points between statements and at twenty moments in between, and print what came of it.

python tests/robustness/killed.py [--points 60] [--moments 20] [--act "an import"]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from acts import ACTS
from killing import ground, killed, points_of, warm


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=60)
    parser.add_argument("--moments", type=int, default=20)
    parser.add_argument("--act", choices=ACTS, action="append")
    asked = parser.parse_args()
    wrong = 0
    print(f"{'act':<22}{'points':>7}{'killed':>8}{'by time':>8}{'acked':>7}{'waited':>7}{'wrong':>7}{'seconds':>9}")
    with warm() as process, tempfile.TemporaryDirectory(prefix="parallax-killed-") as folder:
        base = Path(folder) / "base"
        base.mkdir()
        assert process.order("prepare", base / "kept.sqlite3")["code"] == 0
        for act in asked.act or ACTS:
            began = time.monotonic()
            place = Path(folder) / act.replace(" ", "-")
            on = ground(process, act, base, place)
            trials = [killed(process, on, place / f"p{p}", point=p) for p in points_of(on, asked.points)]
            moments = [on.seconds * 0.9 * (i + 0.5) / asked.moments for i in range(asked.moments)]
            timed = [killed(process, on, place / f"t{i}", seconds=s) for i, s in enumerate(moments)]
            every = [*trials, *timed]
            bad = [(t.at, w) for t in every for w in t.wrong]
            wrong += len(bad)
            print(
                f"{act:<22}{on.points:>7}{sum(t.died for t in trials):>8}{sum(t.died for t in timed):>8}"
                f"{sum(t.acknowledged for t in every):>7}{sum(t.waiting for t in every):>7}{len(bad):>7}"
                f"{time.monotonic() - began:>9.1f}",
                flush=True,
            )
            for at, what in bad[:10]:
                print(f"    {at}: {what}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
