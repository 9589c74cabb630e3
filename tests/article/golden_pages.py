"""The golden pages in `pages/`: read, with what must come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.core.records import Hints, PublishedFrom

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Golden:
    name: str
    text: str
    bodies: tuple[tuple[str, ...], ...]  # the body lines of each report
    expected: dict[str, str]

    @property
    def hints(self) -> Hints:
        day = self.expected.get("hint-published")
        return Hints(
            outlet=self.expected.get("hint-outlet"),
            published=date.fromisoformat(day) if day else None,
            published_from=PublishedFrom.MANIFEST if day else None,
        )


def load(path: Path) -> Golden:
    expected: dict[str, str] = {}
    lines: list[str] = []
    bodies: dict[str, list[str]] = {"+": [], "2": []}
    for raw in path.read_text(encoding="utf-8").splitlines():
        if raw.startswith("#"):
            key, _, value = raw[1:].partition(":")
            expected[key.strip()] = value.strip()
            continue
        mark, text = raw[:1], raw[2:]
        lines.append(text)
        if mark in bodies and text.strip():
            bodies[mark].append(text.strip())
    return Golden(path.stem, "\n".join(lines), tuple(tuple(b) for b in bodies.values() if b), expected)


def all_pages() -> list[Golden]:
    return [load(path) for path in sorted(PAGES.glob("*.page"))]
