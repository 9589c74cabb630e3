"""A figure of growth: what was measured, at which sizes, what is wanted, and how noisy the machine was."""

from __future__ import annotations

import math
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Figure", "Spent", "printed", "spent"]

TIMES = 5


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds (or whatever is counted): the median and the range of some tries."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, tries: Iterable[float]) -> Spent:
        found = list(tries)
        return cls(statistics.median(found), min(found), max(found))


def spent(work: Callable[[], object], times: int = TIMES) -> Spent:
    """CPU seconds of this process and of those that it waited for."""
    tries = []
    for _ in range(times):
        start = _cpu()
        work()
        tries.append(_cpu() - start)
    return Spent.of(tries)


def _cpu() -> float:
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + theirs.ru_utime + theirs.ru_stime


@dataclass(frozen=True, slots=True)
class Figure:
    """`at`: by size, or by what it is compared with. `value` is held against `goal`: at most, or at least where `least`."""

    name: str
    at: Mapping[str, Spent]
    value: float
    goal: float
    unit: str = "x"
    exponent: float | None = None
    least: bool = False
    note: str = ""
    more: Mapping[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool:
        return self.value >= self.goal if self.least else self.value <= self.goal

    def record(self) -> dict[str, Any]:
        return {**asdict(self), "met": self.met}

    @classmethod
    def grown(cls, name: str, by_size: Mapping[int, Spent], goal: float, note: str = "") -> Figure:
        """How much more the largest costs than the smallest; the exponent of growth between them."""
        sizes = sorted(by_size)
        small, large = (max(by_size[s].median, 1e-9) for s in (sizes[0], sizes[-1]))
        bend = math.log(large / small) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else None
        return cls(name, {str(s): by_size[s] for s in sizes}, large / small, goal, exponent=bend, note=note)


def printed(figures: Iterable[Figure], sizes: Mapping[int, object]) -> str:
    """The table, with what falls short marked."""
    lines = [
        f"sizes: {', '.join(f'{s:,}' for s in sizes)} articles; {sys.platform}; CPU seconds, median of {TIMES} [range]"
    ]
    for f in figures:
        bend = f" exponent {f.exponent:5.2f}" if f.exponent is not None else ""
        sign = ">=" if f.least else "<="
        lines.append(
            f"{'ok   ' if f.met else 'SHORT'} {f.name:58} {f.value:8.2f} {f.unit:3} goal {sign} {f.goal:<6g}{bend}"
        )
        told = [f"{k}: {s.median:.4g} [{s.least:.4g}-{s.most:.4g}]" for k, s in f.at.items()]
        told += [f"{k}: {v:,.6g}" for k, v in f.more.items()]
        lines.append("        " + "   ".join([*told, *([f.note] if f.note else [])]))
    return "\n".join(lines)
