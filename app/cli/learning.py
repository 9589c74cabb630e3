"""How right it is, and what it learns from reviewers: `evaluate`, `fit`."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.keeping import opened
from app.cli.output import console, fail, json_line, say
from app.core.records import Reading
from app.settings import get_settings

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command()(evaluate)
    app.command(epilog="Example: parallax export --labelled | parallax fit --pairs - --output own.json")(fit)


def evaluate(
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Print the whole reliability tables, or give them as JSON.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="Print examples of errors, by cause.")] = False,
) -> None:
    """Print the measured error rates: what was to beat, what was wanted, what is reached, and whether scores are probabilities.

    tests/quality/evaluate.py measures them anew where the data are.
    """
    from rich.markup import escape

    from app.cli.tables import bins_table, errors_table, measured_table, reliability_table
    from app.core.encoder import encoder_name
    from app.measured import load_measured, load_reliability, load_shortfalls

    figures, reliability = load_measured(), load_reliability()
    if errors:
        shortfalls = load_shortfalls()
        if as_json:
            json_line([asdict(found) for found in shortfalls])
        else:
            console.print(errors_table(shortfalls))
        return
    if not as_json and (own := get_settings().relation_model):
        console.print(
            f"a relation model of your own is set ({own}); the figures were measured without it", highlight=False
        )
    if not as_json:
        console.print(f"statements are compared here by {encoder_name(get_settings().encoder)}", highlight=False)
    if as_json:
        json_line([asdict(found) for found in (reliability if calibration else figures)])
        return
    if not calibration:
        console.print(measured_table(figures))
        short = [f for f in figures if f.falls_short]
        for f in short:
            console.print(
                f"[bold]short[/] {f.question} ({f.data}): {f.ours:.3f}, wanted {f.wanted:.2f}", highlight=False
            )
        if not short:
            console.print("nothing wanted is missed")
    console.print(reliability_table(reliability))
    for one in reliability if calibration else ():
        console.print(f"\n[bold]{escape(one.question)}[/] ({escape(one.data)})", highlight=False)
        console.print(bins_table(one))


def fit(
    pairs: Annotated[
        str,
        typer.Option(
            help="Reviewed pairs, JSON lines with `same`, as `parallax export --labelled` writes them; - for standard input."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the weights.")] = Path(
        "var/weights.json"
    ),
    articles: Annotated[
        Path | None, typer.Option(help="JSON lines {id, text, ...}: the articles that the statements stand in.")
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Write the weights even if they do no better.")] = False,
) -> None:
    """Move the weights a small step towards what reviewers decided: of pairs, and of rows whose story the database holds.

    The shipped weights are where the step starts from, whatever was learned before. Serve with PARALLAX_WEIGHTS=FILE to
    use the result. Exit 1 when there are too few pairs, when pairs not learned from are scored no better by it, or when a
    line could not be used; the others are learned from all the same.
    """
    from app.cli.streams import articles_by_id, lines_in, lines_of, sorted_out
    from app.cli.tables import moved_table
    from app.learning import check_reviewed, learn
    from app.own_weights import write_own_weights

    known, unknown = articles_by_id(articles)
    lines, where = (lines_in(), "standard input") if pairs == "-" else (lines_of(Path(pairs)), pairs)
    rows, faults = sorted_out(lines, where, lambda row: check_reviewed(row, known))
    for fault in (*unknown, *faults):
        fail(str(fault))
    found = learn(rows, known, _stories({str(row["story"]) for row in rows if row.get("story")}))
    about: dict[str, object] = {"command": "parallax fit --pairs", "date": datetime.now(UTC).date().isoformat()}
    for learned in found:
        taught = learned.taught
        say(f"{learned.name}: {taught.pairs} pairs of {taught.decisions} decisions")
        say(f"log loss {taught.before:.4f} as shipped, {taught.after:.4f} learned from the other decisions")
        console.print(moved_table(learned.moved, learned.start))
        about[learned.name] = {
            "pairs": taught.pairs,
            "decisions": taught.decisions,
            "log loss before": round(taught.before, 4),
            "log loss after, decisions held out": round(taught.after, 4),
        }
    kept = {learned.name: learned.taught.stage for learned in found if learned.taught.better or anyway}
    if not kept:
        fail("pairs not learned from are scored no better; nothing is written (--anyway writes)")
        raise typer.Exit(1)
    output.parent.mkdir(parents=True, exist_ok=True)
    write_own_weights(output, kept, about)
    say(f"{' and '.join(kept)} written to {output}; use it with PARALLAX_WEIGHTS={output}")
    if unknown or faults:
        raise typer.Exit(1)


def _stories(slugs: set[str]) -> dict[str, list[tuple[str, Reading]]]:
    """Those of these stories that the database holds, as they were read."""
    from app.errors import NotFound
    from app.store import is_blank

    out: dict[str, list[tuple[str, Reading]]] = {}
    if not slugs or is_blank(get_settings().place):
        return out
    with opened() as store:
        for slug in sorted(slugs):
            with suppress(NotFound):
                out[slug] = [(str(article_id), reading) for article_id, reading in store.articles.readings_of(slug)]
    return out
