"""Commands without a database: `extract`, `compare`, `pairs`, `group`. JSON in and out, one line an answer."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import console, fail, json_line
from app.core.records import Article, Hints, PublishedFrom, Reading
from app.errors import BadInput

__all__ = ["add_to", "articles_by_id", "lines_in", "lines_of", "sorted_out", "tell"]


def add_to(app: typer.Typer) -> None:
    app.command(epilog='Example: parallax extract page.html --outlet "Daily Harbour" --published 2024-03-04')(extract)
    app.command(epilog="Example: parallax compare --json a.txt b.txt > rows.json")(compare)
    app.command(
        epilog='Example: echo \'{"id": 1, "a": "Japan apologised.", "b": "Japan never apologised."}\' | parallax pairs'
    )(pairs)
    app.command(epilog="Example: parallax group < articles.jsonl")(group)


def date_option(text: str | None) -> date | None:
    """A date option; usage error when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it as 2019-11-22") from None


def hints_of(outlet: str | None, published: str | None, url: str | None, story: str | None = None) -> Hints:
    found = date_option(published)
    return Hints(
        outlet=outlet,
        published=found,
        published_from=PublishedFrom.OPTION if found else None,
        url=url,
        story=story,
    )


def extract(
    file: Annotated[str | None, typer.Argument(help="A file, or - for standard input.")] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet, when the page does not say.")] = None,
    published: Annotated[str | None, typer.Option(help="Publication date, ISO: 2019-11-22.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the page comes from.")] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines {id, text|html, ...} from standard input.")
    ] = False,
    as_is: Annotated[
        bool, typer.Option("--as-is", help="With --jsonl: text is a body already, use it unchanged.")
    ] = False,
) -> None:
    """Read articles and print their claims: one JSON object a line, one line an article found."""
    from app import pipeline
    from app.core.claims import joined_utterances
    from app.wire import reading_json

    if jsonl == (file is not None):
        raise typer.BadParameter("give a FILE (or -), or --jsonl with lines on standard input")
    if as_is and not jsonl:
        raise typer.BadParameter("--as-is goes with --jsonl")
    failed = False
    if jsonl:
        sources: Iterator[Any] = pipeline.read_json_lines(lines_in(), as_is=as_is)
    else:
        sources = pipeline.read_targets([file or "-"], hints_of(outlet, published, url))
    for found in pipeline.read_pages(sources):
        if isinstance(found, Reading):
            json_line(reading_json(joined_utterances(found)))
        else:
            fail(str(found))
            failed = True
    if failed:
        raise typer.Exit(1)


def compare(
    files: Annotated[list[str], typer.Argument(help="Files, folders or addresses of articles about one event.")],
    manifest: Annotated[
        Path | None, typer.Option(help="CSV or JSON: file or url, outlet, published, story, headline.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print articles and rows as JSON.")] = False,
    strictness: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Least probability for two claims to share a row.")
    ] = None,
) -> None:
    """Put these articles side by side; nothing is kept."""
    from app import pipeline
    from app.wire import compare_json

    readings = []
    failed = False
    for found in pipeline.read_pages(pipeline.read_targets(files, Hints(), manifest)):
        if isinstance(found, Reading):
            readings.append(found)
        else:
            fail(str(found))
            failed = True
    compared = pipeline.compare(readings, strictness)
    if as_json:
        json_line(compare_json(readings, compared.rows, compared.comparer.name))
    elif readings:
        from app.cli.tables import rows_table

        console.print(rows_table(readings, compared.rows))
    if failed:
        raise typer.Exit(1)


def pairs(
    articles: Annotated[
        Path | None,
        typer.Option(help="JSON lines {id, text, headline?, published?, outlet?}: where the statements stand."),
    ] = None,
) -> None:
    """Score pairs of statements: lines {id, a, b, story?, ...} in, {id, score, aligned, relation, reasons} out."""
    from app import pipeline
    from app.wire import pair_json

    known, unknown = articles_by_id(articles)
    asked, faults = sorted_out(lines_in(), "standard input", lambda row: pipeline.check_pair(row, known))
    for answer in pipeline.answer_pairs(asked, known):
        json_line(pair_json(*answer))
    tell([*unknown, *faults])


def group() -> None:
    """Group articles by the event they report: lines {id, headline, text, published?, outlet?} in, {id, story} out."""
    from app import pipeline

    rows, faults = sorted_out(lines_in(), "standard input", article_of)
    labels = pipeline.group([article_of(row) for row in rows])
    for row, label in zip(rows, labels, strict=True):
        json_line({"id": row["id"], "story": rows[label]["id"]})
    tell(faults)


def lines_in() -> Iterable[str]:
    """The lines of standard input; a bad byte spoils its character, not the other lines."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return sys.stdin


def lines_of(path: Path) -> Iterator[str | BadInput]:
    """The lines of a file, read as `import` reads them. Raises `BadInput` when there is none."""
    from app.settings import get_settings
    from app.sources import read_lines

    return read_lines(path, get_settings())


def sorted_out(
    lines: Iterable[str | BadInput], where: str, check: Callable[[dict[str, Any]], object]
) -> tuple[list[dict[str, Any]], list[BadInput]]:
    """The objects of the lines that make sense, and what is wrong with each of the others: one bad line loses no good one."""
    good, faults = [], []
    for number, line in enumerate(lines, 1):
        if isinstance(line, BadInput):
            faults.append(line)
        elif line.strip():
            try:
                row = object_of(line, f"{where}:{number}")
                check(row)
                good.append(row)
            except BadInput as error:
                faults.append(error)
    return good, faults


def object_of(line: str, where: str) -> dict[str, Any]:
    from app.sources import read_json

    row = read_json(line, where, "Write one JSON object a line.")
    if not isinstance(row, dict) or "id" not in row:
        raise BadInput("an object with an id is expected", where=where)
    return row


def articles_by_id(path: Path | None) -> tuple[dict[str, Article], list[BadInput]]:
    """The articles of a file of lines by their ids, and what is wrong with its other lines. Raises `BadInput` when all are bad."""
    if path is None:
        return {}, []
    rows, faults = sorted_out(lines_of(path), str(path), article_of)
    if faults and not rows:
        raise faults[0]
    return {str(row["id"]): article_of(row) for row in rows}, faults


def tell(faults: Sequence[BadInput]) -> None:
    """Each fault on stderr; exit 1 when there is one."""
    for error in faults:
        fail(str(error))
    if faults:
        raise typer.Exit(1)


def article_of(row: dict[str, Any]) -> Article:
    """The article of a line {id, text, headline?, published?, outlet?, url?}. Raises `BadInput`."""
    from app.sources import field_text, hints_from

    where = f"id {row['id']}"
    text = field_text(row, "text", where)
    if text is None:
        raise BadInput("text is missing", where=where)
    said = hints_from(row, where, PublishedFrom.OPTION)
    return Article(
        id=str(row["id"]),
        text=text,
        headline=said.headline,
        outlet=said.outlet,
        published=said.published,
        published_from=said.published_from,
        url=said.url,
        origin=where,
    )
