"""What is found unsound is put right, as far as that can be done from what is kept, while others read and write.

The store puts right what it can by itself: indexes, counts, guards, what is shown. What is wrong with claims is put right by
reading their articles anew, what is wrong with rows by comparing their stories anew. What people said is not touched by any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app import pipeline, rereading
from app.errors import BadInput, DatabaseUnready
from app.store import CheckAnswer, Store
from app.store.checks import CheckFault

__all__ = ["Mended", "mend", "offered"]


@dataclass(frozen=True, slots=True)
class Mended:
    """A question's answer before and after."""

    before: CheckAnswer
    after: CheckAnswer


def mend(store: Store) -> Iterator[Mended]:
    """Ask every question; put right what is wrong; ask again."""
    for answer in store.checks.questions():
        if not answer.faults:
            yield Mended(answer, answer)
            continue
        try:
            _put_right(store, answer)
        except DatabaseUnready as error:
            failed = replace(answer, faults=(*answer.faults, CheckFault(f"it could not be put right: {error.what}")))
            yield Mended(answer, failed)
        else:
            yield Mended(answer, store.checks.answer(answer.name))


def offered(store: Store) -> CheckAnswer:
    """Whether every story was compared by this version. No damage, and nothing that is done unasked."""
    try:
        slugs = rereading.outdated_stories(store)
        faults = tuple(
            CheckFault(f"another version compared {slug}; `parallax reread` compares it again") for slug in slugs
        )
    except BadInput as error:
        faults = (CheckFault(f"it cannot be told: {error}"),)
    return CheckAnswer("version", "every story was compared by this version", faults, harmless=True, mendable=False)


def _put_right(store: Store, answer: CheckAnswer) -> None:
    if answer.mendable:
        store.checks.repair(answer.name)
    articles = sorted({f.article for f in answer.faults if f.article is not None})
    if articles:
        rereading.reread(store, articles)
    if any(f.story for f in answer.faults):
        pipeline.heal(store)
