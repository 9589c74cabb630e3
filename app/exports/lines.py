"""Rows with a place for each outlet: what pages, tables and documents lay out. Pure: read models in, values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.store.views import ArticleRef, ClaimView, OutletView, RowView, Silence, StoryView

__all__ = ["Column", "Place", "RowLine", "columns_for", "columns_of", "row_line"]

_LOUDEST = (
    Silence.NOT_COMPARED,
    Silence.NOT_MENTIONED,
    Silence.EXCERPT_ONLY,
    Silence.PUBLISHED_BEFORE,
    Silence.NO_ARTICLE,
)
"""Of several silent articles of one outlet the one that says most about the outlet: it could have told, and did not."""


@dataclass(frozen=True, slots=True)
class Column:
    """An outlet with its articles in the story, in order of publication; none when it was asked for and has none."""

    outlet: OutletView
    articles: tuple[ArticleRef, ...]

    @property
    def several(self) -> bool:
        return len(self.articles) > 1


@dataclass(frozen=True, slots=True)
class Place:
    """An outlet's place in a row: its claims, or why there is none."""

    column: Column
    claims: tuple[ClaimView, ...]
    silence: Silence | None

    @property
    def marked(self) -> bool:
        return any(c.marks for c in self.claims)


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row with a place for each outlet."""

    row: RowView
    places: tuple[Place, ...]

    @property
    def silent(self) -> dict[Silence, list[str]]:
        """Outlets that say nothing, by why."""
        found: dict[Silence, list[str]] = {}
        for place in self.places:
            if place.silence:
                found.setdefault(place.silence, []).append(place.column.outlet.name)
        return found


def columns_of(view: StoryView) -> tuple[Column, ...]:
    return columns_for(view.columns, view.chosen)


def columns_for(articles: Sequence[ArticleRef], chosen: Sequence[OutletView] = ()) -> tuple[Column, ...]:
    """A column an outlet: those chosen, else all in the order of their first article."""
    outlets = chosen or tuple(dict.fromkeys(a.outlet for a in articles))
    return tuple(Column(o, tuple(a for a in articles if a.outlet.key == o.key)) for o in outlets)


def row_line(row: RowView, columns: Sequence[Column]) -> RowLine:
    return RowLine(row, _places(row, columns))


def _places(row: RowView, columns: Sequence[Column]) -> tuple[Place, ...]:
    cells = {c.article_id: c for c in row.cells}
    sides = {s.outlet.key: s for s in row.sides}
    places = []
    for column in columns:
        if column.outlet.key in sides:
            side = sides[column.outlet.key]
            places.append(Place(column, side.claims, side.silence))
            continue
        held = [cells[a.id] for a in column.articles if a.id in cells]
        claims = tuple(claim for cell in held for claim in cell.claims)
        places.append(Place(column, claims, None if claims else _silence([c.silence for c in held])))
    return tuple(places)


def _silence(silences: Sequence[Silence | None]) -> Silence:
    """Why an outlet says nothing, from why each of its articles does."""
    rank: Mapping[Silence | None, int] = {s: i for i, s in enumerate(_LOUDEST)}
    return min((s for s in silences if s), key=lambda s: rank[s], default=Silence.NO_ARTICLE)
