"""Contrast AA in both themes, computed from the tokens themselves."""

from __future__ import annotations

import re

import pytest

from app.web.static import STATIC

LIGHT, DARK = (STATIC / "css" / "tokens.css").read_text("utf-8").split("@media (prefers-color-scheme: dark)")
KINDS = ("conflict", "diverge", "updated", "unsure", "agree", "single")
TEXT = [("ink", "paper"), ("ink", "paper-low"), ("ink-soft", "paper"), ("ink-soft", "paper-low"), ("link", "paper"), ("link", "paper-low"), ("danger", "paper")]  # fmt: skip
TEXT += [(k, "paper") for k in KINDS] + [(k, f"{k}-tint") for k in KINDS] + [("ink", f"{k}-tint") for k in KINDS]
TEXT += [("ink-soft", f"{k}-tint") for k in KINDS]
EDGES = [("line-strong", "paper"), ("focus", "paper"), ("focus", "paper-low")]


def colours(theme: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", theme))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_is_readable(theme, front, back) -> None:
    known = colours(theme)
    assert contrast(known[front], known[back]) >= 4.5


@pytest.mark.parametrize("theme", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_of_controls_are_seen(theme, front, back) -> None:
    known = colours(theme)
    assert contrast(known[front], known[back]) >= 3


def test_nothing_is_loaded_from_elsewhere() -> None:
    for file in STATIC.rglob("*"):
        if file.suffix in {".css", ".js", ".svg"}:
            assert not re.search(r"(?:https?:)?//(?!www\.w3\.org/2000/svg)[\w.-]+\.\w", file.read_text("utf-8")), file


def test_place_among_siblings_colours_nothing() -> None:
    """The first of a kind stands for all of them where contrast is looked at in a browser (`tests/browser/alike.js`)."""
    by_place = re.compile(r"[^{};]*:(?:nth-|first-|last-|only-)[^{}]*\{([^{}]*)")
    found = [rule for sheet in (STATIC / "css").rglob("*.css") for rule in by_place.findall(sheet.read_text("utf-8"))]
    assert found
    painted = {
        said
        for rule in found
        for said in re.findall(r"(?:\w+-)?(?:color|background|opacity|filter)[\w-]*: [^;]*", rule)
    }
    assert painted <= {"background: var(--paper)"}, "what stands still while others pass beneath it is opaque"
