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
LANE = 16.0
"""The height that a line takes which passes a column."""
TOP = 6.0

Lane = tuple[str, str, int]
"""Who reports, from whom, in which column their line passes."""


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


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Link:
    """From who reports to who it is had from: one for all claims between the two.

    `ways`: the stretches between two columns, from a point to a point. Where a column lies between, the line passes through
    it in a lane of its own, from the end of one stretch straight to the begin of the next: never through anybody's box.
    """

    reporter: NodeView
    source: NodeView
    edges: tuple[EdgeView, ...]
    ways: tuple[tuple[Point, Point], ...]

    @property
    def end(self) -> Point:
        return self.ways[-1][1]

    @property
    def back(self) -> bool:
        """Whether it comes to its source from the right: those who cite in a circle."""
        (x1, _), (x2, _) = self.ways[-1]
        return x2 <= x1

    @property
    def path(self) -> str:
        """As SVG draws it: out of each point and into the next one level."""
        (x, y), _ = self.ways[0]
        drawn = [f"M{x:.1f} {y:.1f}"]
        for n, ((x1, y1), (x2, y2)) in enumerate(self.ways):
            if n:
                drawn.append(f"H{x1:.1f}")
            bend1, bend2 = (x1 + BETWEEN / 2,) * 2 if x1 == x2 else ((x1 + x2) / 2,) * 2
            stop = x2 + (6 if self.back else -6) if n == len(self.ways) - 1 else x2
            drawn.append(f"C{bend1:.1f} {y1:.1f} {bend2:.1f} {y2:.1f} {stop:.1f} {y2:.1f}")
        return "".join(drawn)

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
    lanes = [(e.reporter, e.source, c) for e in dict.fromkeys(edges) for c in _between(column, e)]
    places: dict[str, Box] = {}
    y_of: dict[tuple[str, str, int], float] = {}
    x, bounds = 2.0, []
    for c in range(max(column.values()) + 1):
        nodes = [n for n in chain.nodes if column[n.key] == c]
        width = max((text_width(short(n.name, NAME)) for n in nodes), default=0.0) + 24
        y = TOP
        for item in _in_order(nodes, [k for k in dict.fromkeys(lanes) if k[2] == c], edges, places, y_of):
            if isinstance(item, NodeView):
                own = item.kind == "outlet" and item.key not in reporters and c == 0
                places[item.key] = Box(item, short(item.name, NAME), x, y, width, BOX, own)
                y += ROW
            else:
                y_of[item] = y + LANE / 2
                y += LANE
        bounds.append((x, x + width))
        x += width + BETWEEN
    links = _links(edges, known, places, column, bounds, y_of)
    looped = any(x1 == x2 for link in links for (x1, _), (x2, _) in link.ways)
    bottoms = [*(b.y + b.height for b in places.values()), *y_of.values()]
    return Chain(
        width=x - BETWEEN + (BETWEEN / 2 if looped else 4),
        height=max(bottoms) + TOP,
        boxes=tuple(places[n.key] for n in chain.nodes),
        links=links,
    )


def _between(column: Mapping[str, int], edge: EdgeView) -> range:
    """The columns that a line crosses."""
    a, b = sorted((column[edge.reporter], column[edge.source]))
    return range(a + 1, b)


def _columns(nodes: Sequence[NodeView], edges: Sequence[EdgeView]) -> dict[str, int]:
    """Each source one to the right of whoever reports it. Who cites in a circle stays where the count of nodes puts him."""
    column = {n.key: 0 for n in nodes}
    for _ in nodes:
        for e in edges:
            column[e.source] = min(len(nodes) - 1, max(column[e.source], column[e.reporter] + 1))
    order = {c: i for i, c in enumerate(sorted(set(column.values())))}
    return {key: order[c] for key, c in column.items()}


def _in_order(
    nodes: Sequence[NodeView],
    lanes: Sequence[Lane],
    edges: Sequence[EdgeView],
    places: Mapping[str, Box],
    y_of: Mapping[Lane, float],
) -> list[NodeView | Lane]:
    """Boxes and lanes of a column, beside those that lead there, so that few lines cross."""
    heights: dict[str | Lane, list[float]] = defaultdict(list)
    for e in edges:
        if e.reporter in places:
            heights[e.source].append(places[e.reporter].middle)
    for lane in lanes:
        reporter, source, c = lane
        before = y_of.get((reporter, source, c - 1))
        near = places.get(reporter) or places.get(source)
        heights[lane].append(before if before is not None else near.middle if near else 0.0)
    items: list[NodeView | Lane] = [*nodes, *lanes]
    keys: list[str | Lane] = [*(n.key for n in nodes), *lanes]
    rank = {key: (sum(heights[key]) / len(heights[key]) if heights[key] else 0.0, i) for i, key in enumerate(keys)}
    return [item for _, item in sorted(zip(keys, items, strict=True), key=lambda k: rank[k[0]])]


def _links(
    edges: Sequence[EdgeView],
    known: Mapping[str, NodeView],
    places: Mapping[str, Box],
    column: Mapping[str, int],
    bounds: Sequence[tuple[float, float]],
    y_of: Mapping[Lane, float],
) -> tuple[Link, ...]:
    between: dict[tuple[str, str], list[EdgeView]] = defaultdict(list)
    for e in edges:
        between[e.reporter, e.source].append(e)
    links = []
    for (reporter, source), found in between.items():
        a, b = places[reporter], places[source]
        step = 1 if column[source] > column[reporter] else -1
        out, into = (1, 0) if step > 0 else (0, 1)  # which edge of a column a line leaves and enters by
        at = (bounds[column[reporter]][out if column[source] != column[reporter] else 1], a.middle)
        ways = []
        for c in range(column[reporter] + step, column[source], step):
            y = y_of[reporter, source, c]
            ways.append((at, (bounds[c][into], y)))
            at = (bounds[c][out], y)
        ways.append((at, (bounds[column[source]][into], b.middle)))
        links.append(Link(known[reporter], known[source], tuple(found), tuple(ways)))
    return tuple(links)
