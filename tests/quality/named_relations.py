"""The relations that a reader must find on the five real articles: is each there, of the right kind, with its reason?

usage: named_relations.py FOLDER [--all]

FOLDER holds the articles with their manifest.csv. Claims are found by outlet and a few telling words, so no sentence of
theirs stands here. `--all` prints every relation that joins claims of the two descriptions, not the first that fits.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.core.alignment import align
from app.core.encoder import load_encoder
from app.core.records import Alignment, Claim, ClaimRef, Reading, Relation
from app.core.relation import judge
from app.pipeline import read_pages, read_targets

FOLDER = Path(os.environ.get("PARALLAX_ARTICLES", Path(__file__).resolve().parents[3] / "shared" / "articles"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Two descriptions of claims (outlet pattern, words in any order) and what must hold between them."""

    name: str
    a: tuple[str, str]
    b: tuple[str, str]
    kinds: tuple[str, ...]
    between: str | None = None
    dimension: str | None = None


AUGUST = r"\b(?:scrap|terminat|end|not renew|cancel|leave)"
WANTED = (
    Wanted("apology against denial", ("KBS", r"offered an apology"), ("KBS", r"never apolog"), ("conflict",), "actors", "polarity"),
    Wanted("admission against complaint", ("KBS", r"admitted"), ("KBS", r"complaint"), ("conflict", "diverge"), "actors"),
    Wanted("date of the August announcement", ("Nikkei", r"Aug\. 23"), ("KBS|AFP|Korea Times", r"August 22|Thursday"), ("conflict",), "outlets", "date"),
    Wanted("dropping or suspending the WTO action", ("NPR", r"drop a World"), ("Nikkei", r"stop the process"), ("diverge",), None, "wording"),
    Wanted("August decision, November reversal", ("Nikkei|NPR", r"revers|stay in|won.t pull"), ("AFP|Korea Times", AUGUST), ("updated",), None, None),
    Wanted("yearly renewal", ("Nikkei", r"automatically renewed"), ("KBS|Korea Times|AFP", r"renewed"), ("agree",), None, None),
    Wanted("signing in 2016", ("Nikkei", r"signed Nov"), ("KBS|Korea Times|AFP", r"signed.*2016|2016.*sign"), ("agree",), None, None),
    Wanted("six hours", ("NPR", r"Six hours"), ("KBS", r"six hours"), ("agree",), None, None),
    Wanted("title of Kim You-geun", ("Nikkei", r"Kim You-geun"), ("NPR|Korea Times|AFP", r"Kim You-geun"), ("diverge",), None, "role"),
)  # fmt: skip


def read_folder(folder: Path) -> list[Reading]:
    files = sorted(str(p) for p in folder.glob("*.txt"))
    found = read_pages(read_targets(files, manifest=folder / "manifest.csv"))
    return [r for r in found if isinstance(r, Reading)]


def rows_of(readings: Sequence[Reading]) -> tuple[Alignment, ...]:
    encoder = load_encoder()
    return judge(align(readings, encoder=encoder), readings, encoder=encoder)


@dataclass(frozen=True, slots=True)
class Found:
    wanted: Wanted
    row: str | None  # id of a row in which both stand
    relation: Relation | None  # the first that fits, or the first there is
    fits: bool


def find(wanted: Wanted, rows: Sequence[Alignment], readings: Sequence[Reading]) -> list[Found]:
    """Every relation between claims of the two descriptions, those that fit first; one without relation when none is."""
    claims = {ClaimRef(i, c.id): (r, c) for i, r in enumerate(readings) for c in r.claims}

    def meets(ref: ClaimRef, described: tuple[str, str]) -> bool:
        reading, claim = claims[ref]
        return bool(re.search(described[0], reading.article.outlet or "") and re.search(described[1], claim.text))

    out = []
    for row in rows:
        for relation in row.relations:
            for x, y in ((relation.a, relation.b), (relation.b, relation.a)):
                if not (meets(x, wanted.a) and meets(y, wanted.b)):
                    continue
                fits = relation.kind.value in wanted.kinds
                fits = fits and wanted.between in (None, relation.between.value)
                against = [r.dimension.value for r in relation.reasons]
                fits = fits and (wanted.dimension is None or wanted.dimension in against)
                out.append(Found(wanted, row.id, relation, fits))
    if not out:
        together = next(
            (
                row.id
                for row in rows
                if any(meets(c, wanted.a) for c in row.claims) and any(meets(c, wanted.b) for c in row.claims)
            ),
            None,
        )
        out.append(Found(wanted, together, None, fits=False))
    return sorted(out, key=lambda f: not f.fits)


def text_of(ref: ClaimRef, readings: Sequence[Reading]) -> Claim:
    return next(c for c in readings[ref.article].claims if c.id == ref.claim)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--all", action="store_true")
    args = parser.parse_args()
    readings = read_folder(args.folder)
    rows = rows_of(readings)
    right = 0
    for wanted in WANTED:
        found = find(wanted, rows, readings)
        right += found[0].fits
        for f in found if args.all else found[:1]:
            print(
                f"{'yes' if f.fits else 'NO ':3} {wanted.name}: wanted {'/'.join(wanted.kinds)} {wanted.between or ''} {wanted.dimension or ''}"
            )
            if f.relation is None:
                print(f"      no relation; {'both stand in ' + f.row if f.row else 'in no row together'}")
                continue
            print(
                f"      {f.row}: {f.relation.kind.value} between {f.relation.between.value}, score {f.relation.score.score:.2f}"
            )
            for reason in f.relation.reasons:
                print(f"      {reason.dimension.value} {reason.outcome.value}: {reason.say}")
    print(f"{right} of {len(WANTED)} present; {len(rows)} rows")
    return 0 if right == len(WANTED) else 1


if __name__ == "__main__":
    sys.exit(main())
