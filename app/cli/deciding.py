"""`decide`: one word on a row, or on all rows alike to it; and taking it back."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from app.cli.keeping import opened
from app.cli.output import console, json_line
from app.settings import get_settings

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: parallax decide 12 --verdict diverge --alike --note 'two counts of one day'")(decide)


def decide(
    row: Annotated[int, typer.Argument(help="The row's number, as in its address.")],
    verdict: Annotated[Literal["conflict", "diverge", "updated", "agree"] | None, typer.Option()] = None,
    right: Annotated[bool, typer.Option("--right", help="It is right as it is.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what you decided of it last.")] = False,
    alike: Annotated[
        bool, typer.Option("--alike", help="Also the rows of its story with this verdict for the same reason.")
    ] = False,
    note: Annotated[str, typer.Option()] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a decision.")] = False,
) -> None:
    """Say that a row is right, or what its verdict is. Each row keeps a decision of its own, which can be undone."""
    from pydantic import TypeAdapter

    from app.exports.phrases import decision_line

    if sum(map(bool, (verdict, right, undo))) != 1:
        raise typer.BadParameter("give one of --verdict, --right, --undo")
    by = get_settings().reviewer
    with opened() as store:
        if undo:
            mine = [d for d in store.rows.alignment(row).row.decisions if d.by == by and not d.undone_at]
            if not mine:
                raise typer.BadParameter(f"you decided nothing of row {row}")
            last = max(mine, key=lambda d: (d.at, d.id))
            made = [(store.review.undo_together if alike else store.review.undo_decision)(last.id, by=by)]
        else:
            rows = {row, *(r.id for r in store.review.alike(row) if alike)}
            made = list(store.review.decide_alike(rows, by=by, verdict=verdict, note=note))
    for one in made:
        if as_json:
            json_line(TypeAdapter(type(one)).dump_python(one, mode="json"))
        else:
            console.print(f"{one.alignment_id}  {decision_line(one)}", highlight=False, markup=False, soft_wrap=True)
