"""How it is put: strength, condition and framing of one matter. Never a conflict: both wordings can stand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from app.core.records import Claim, Dimension, Modality, Outcome, Reason
from app.core.relation.context import Context
from app.core.relation.evidence import between_names, reason, where
from app.core.relation.scan import scan
from app.core.relation.wordlists import phrases

__all__ = ["compare_wording"]


@dataclass(frozen=True, slots=True)
class Scale:
    name: str
    say: str
    steps: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _scales() -> tuple[Scale, ...]:
    text = resources.files("app.core.relation").joinpath("data", "strength.toml").read_text(encoding="utf-8")
    return tuple(
        Scale(s["name"], s["say"], tuple(phrases(step) for step in s["steps"])) for s in tomllib.loads(text)["scale"]
    )


@lru_cache(maxsize=8192)
def _steps(text: str) -> tuple[tuple[str, int, int, int], ...]:
    """(scale, step, start, end) of every scaled word; the strongest step of a scale last."""
    read = scan(text)
    lower = read.text.casefold()
    found = []
    for scale in _scales():
        for step, pattern in enumerate(scale.steps):
            found += [(scale.name, step, m.start(), m.end()) for m in pattern.finditer(lower)]
    return tuple(found)


def compare_wording(a: Claim, b: Claim, context: Context) -> Reason | None:
    """DIFFERS when one is stronger on a scale, or sets a condition that the other leaves out."""
    return _condition(a, b, context) or _strength(a, b, context)


def _condition(a: Claim, b: Claim, context: Context) -> Reason | None:
    first, second = scan(a.text).conditional, scan(b.text).conditional
    if bool(first) == bool(second):
        return None
    axes = {(p.axis) for p in scan(a.text).predicates} & {(p.axis) for p in scan(b.text).predicates}
    scales = {s[0] for s in _steps(a.text)} & {s[0] for s in _steps(b.text)}
    if not axes and "ending" not in scales:
        return None
    names = between_names(a, b, context)
    having, lacking = (names[0], names[1]) if first else (names[1], names[0])
    claim, span = (a, first) if first else (b, second)
    assert span is not None
    words = claim.text[span[0] : span[1]]
    return reason(
        Dimension.WORDING, Outcome.DIFFERS, a, b,
        where(a, *first) if first else None, where(b, *second) if second else None,
        f"{having} sets a condition (“{words}”); {lacking} none.",
    )  # fmt: skip


def _strength(a: Claim, b: Claim, context: Context) -> Reason | None:
    first, second = _top(a.text), _top(b.text)
    best: tuple[int, str] | None = None
    for name in sorted(first.keys() & second.keys()):
        gap = abs(first[name][0] - second[name][0])
        if gap and (best is None or gap > best[0]):
            best = (gap, name)
    names = between_names(a, b, context)
    if best:
        p, q = first[best[1]], second[best[1]]
        say = next(s.say for s in _scales() if s.name == best[1])
        words = a.text[p[1] : p[2]], b.text[q[1] : q[2]]
        return reason(
            Dimension.WORDING, Outcome.DIFFERS, a, b, where(a, p[1], p[2]), where(b, q[1], q[2]),
            f"They differ in {say}: “{words[0]}” ({names[0]}), “{words[1]}” ({names[1]}).",
        )  # fmt: skip
    return _certainty(a, b, names)


def _certainty(a: Claim, b: Claim, names: tuple[str, str]) -> Reason | None:
    """One says that it is so, the other that it may be."""
    sure = (Modality.FACT, Modality.FUTURE)
    for p in scan(a.text).predicates:
        for q in scan(b.text).predicates:
            if p.axis != q.axis or p.sign != q.sign:
                continue
            if (p.modality is Modality.POSSIBLE and q.modality in sure) or (
                q.modality is Modality.POSSIBLE and p.modality in sure
            ):
                weak = names[0] if p.modality is Modality.POSSIBLE else names[1]
                return reason(
                    Dimension.WORDING, Outcome.DIFFERS, a, b, where(a, p.start, p.end), where(b, q.start, q.end),
                    f"{weak} calls it possible; the other states it.",
                )  # fmt: skip
    return None


def _top(text: str) -> dict[str, tuple[int, int, int]]:
    """The strongest step of each scale in a text, with its place in the source."""
    read = scan(text)
    out: dict[str, tuple[int, int, int]] = {}
    for name, step, start, end in _steps(text):
        if name not in out or step > out[name][0]:
            out[name] = (step, *read.source_span(start, end))
    return out
