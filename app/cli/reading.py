"""Commands on how articles are read: `reread` after the reader changed, `lexicon check` before an edited file is used."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.keeping import opened
from app.cli.named import story_named
from app.cli.output import bar, fail, json_line, say

__all__ = ["add_to"]

lexicon = typer.Typer(help="The reviewed words that articles are read and compared with.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(reread)
    app.add_typer(lexicon, name="lexicon")


def reread(
    story: Annotated[str | None, typer.Option(help="Only the articles of this story (its slug).")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that this version read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Read kept articles anew after an update, and compare stories again. Flags, decisions and frozen comparisons stay.

    Without --all only what another version of the reader read; doing it again changes nothing. Stories are compared whose rows
    other rules, words or weights made than would now; those that wait to be compared, because an import was cut short, in any case.
    """
    from app import pipeline, rereading

    with opened() as store:
        if story:
            story_named(store, story)
        wanted = rereading.kept(store, story) if every else rereading.outdated(store, story)
        with bar("reading anew", total=len(wanted)) as progress:
            done = rereading.reread(store, wanted, advance=lambda: progress.advance(progress.task_ids[0]))
        healed = set(pipeline.heal(store)) - done.stories
        old = rereading.outdated_stories(store, story)
        with bar("comparing again", total=len(old)) as progress:
            again = set(pipeline.compare_anew(store, old, advance=lambda: progress.advance(progress.task_ids[0])))
        done.stories |= healed | again
    if as_json:
        json_line({"articles": done.articles, "changed": len(done.changed), "stories": sorted(done.stories)})
        return
    for error in done.failed:
        fail(str(error))
    if healed:
        say(f"compared, because it was still to be done: {', '.join(sorted(healed))}")
    if again:
        say(f"stories compared again, whose rows other rules, words or weights had made: {len(again)}")
    if not done.articles:
        say("every article was read by this version already")
        return
    say(
        f"{done.articles} articles read anew, {len(done.changed)} of them differently; {len(done.stories)} stories compared again"
    )


@lexicon.command()
def check(
    file: Annotated[
        Path | None, typer.Argument(help="An edited copy of one of the files, under the same name; all when left out.")
    ] = None,
) -> None:
    """Say what is wrong with the words' files: which file and line, what, and how to mend it. Exit 1 when anything is."""
    from app.core.lexicon.faults import DATA_FILES, check_all, check_file
    from app.errors import BadInput

    if file is None:
        faults, checked = check_all(), f"{len(DATA_FILES)} files"
    else:
        name = _meant(file, DATA_FILES)
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput("the file cannot be read.", where=str(file), mend="Give a text file in UTF-8.") from error
        faults, checked = check_file(name, text), str(file)
    for fault in faults:
        fail(str(fault))
    if faults:
        raise typer.Exit(1)
    say(f"{checked}: nothing wrong")


def _meant(file: Path, known: tuple[str, ...]) -> str:
    """The data file that a copy is of, by its name; of two with one name the folder decides, then the lexicon's."""
    from app.errors import BadInput

    same = [k for k in known if k.rsplit("/", 1)[1] == file.name]
    if not same:
        raise BadInput(
            f"there is no file of words called {file.name}.",
            where=str(file),
            mend="Name it as the one it was copied from: " + ", ".join(k.rsplit("/", 1)[1] for k in known) + ".",
        )
    inside = [k for k in same if file.resolve().as_posix().endswith(k)]
    return (inside or sorted(same))[0]
