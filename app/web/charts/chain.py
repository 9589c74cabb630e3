"""Who reports it from whom: outlets at the left, who they have it from to their right, the speakers at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.store.views import ChainView, EdgeView, NodeView
from app.web.charts.scale import short, text_width

__all__ = ["Box", "Chain", "Link", "draw_chain"]

NAME = 28
"""Longest name in the picture, in characters."""
BOX = 26.0
ROW = 38.0
BETWEEN = 76.0
"""Between two columns: room for the arrows."""
TOP = 6.0


@dataclass(frozen=True, slots=True)
class Box:
    node: NodeView
    text: str
    x: float
    y: float
    width: float
    height: float
    own: bool  # an outlet that has it from nobody: it says so itself

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Link:
    """From who reports (right side of its box) to who it is had from (left side). One for all claims between the two."""

    reporter: NodeView
    source: NodeView
    edges: tuple[EdgeView, ...]
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def quoted(self) -> bool:
        """In quotation marks at least once."""
        return any(e.quoted for e in self.edges)

    @property
    def cues(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e.cue for e in self.edges if e.cue))


@dataclass(frozen=True, slots=True)
class Chain:
    width: float
    height: float
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]

    @property
    def alone(self) -> tuple[Box, ...]:
        return tuple(b for b in self.boxes if b.own)


def draw_chain(chain: ChainView) -> Chain | None:
    """Columns by the longest way from an outlet; None when nobody has it from anybody."""
    known = {n.key: n for n in chain.nodes}
    edges = [e for e in chain.edges if e.reporter in known and e.source in known and e.reporter != e.source]
    if not edges:
        return None
    column = _columns(chain.nodes, edges)
    reporters = {e.reporter for e in edges}
    places: dict[str, Box] = {}
    x = 2.0
    for c in range(max(column.values()) + 1):
        nodes = _in_order([n for n in chain.nodes if column[n.key] == c], edges, places)
        width = max((text_width(short(n.name, NAME)) for n in nodes), default=0.0) + 24
        for i, n in enumerate(nodes):
            own = n.kind == "outlet" and n.key not in reporters and c == 0
            places[n.key] = Box(n, short(n.name, NAME), x, TOP + i * ROW, width, BOX, own)
        x += width + BETWEEN
    return Chain(
        width=x - BETWEEN + 4,
        height=max(b.y + b.height for b in places.values()) + TOP,
        boxes=tuple(places[n.key] for n in chain.nodes),
        links=_links(edges, known, places),
    )


def _columns(nodes: Sequence[NodeView], edges: Sequence[EdgeView]) -> dict[str, int]:
    """Each source one to the right of whoever reports it. Who cites in a circle stays where the count of nodes puts him."""
    column = {n.key: 0 for n in nodes}
    for _ in nodes:
        for e in edges:
            column[e.source] = min(len(nodes) - 1, max(column[e.source], column[e.reporter] + 1))
    order = {c: i for i, c in enumerate(sorted(set(column.values())))}
    return {key: order[c] for key, c in column.items()}


def _in_order(nodes: Sequence[NodeView], edges: Sequence[EdgeView], places: Mapping[str, Box]) -> list[NodeView]:
    """Beside those that report them, so that few arrows cross."""
    heights: dict[str, list[float]] = defaultdict(list)
    for e in edges:
        if e.reporter in places:
            heights[e.source].append(places[e.reporter].y)
    first = {n.key: i for i, n in enumerate(nodes)}
    return sorted(
        nodes,
        key=lambda n: (sum(heights[n.key]) / len(heights[n.key]) if heights[n.key] else 0.0, first[n.key]),
    )


def _links(edges: Sequence[EdgeView], known: Mapping[str, NodeView], places: Mapping[str, Box]) -> tuple[Link, ...]:
    between: dict[tuple[str, str], list[EdgeView]] = defaultdict(list)
    for e in edges:
        between[e.reporter, e.source].append(e)
    links = []
    for (reporter, source), found in between.items():
        a, b = places[reporter], places[source]
        back = b.x <= a.x  # in a circle: from the left side round to the right one
        x1, x2 = (a.x, b.x + b.width) if back else (a.x + a.width, b.x)
        links.append(Link(known[reporter], known[source], tuple(found), x1, a.middle, x2, b.middle))
    return tuple(links)
