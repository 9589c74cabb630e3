"""Weights of the user's own: the shipped ones moved towards what reviewers decided (`parallax fit --pairs`), in a file.

    {"made_for": {"statement": "digest of the shipped stage", "row": "..."}, "provenance": {...},
     "statement": {"bias": -0.79, "weights": {"words": 2.8, ...}}, "row": {...}}

A file holds the moved stages only. It fits the weights it was made from and no others: after an update that ships other
weights it is refused, because a step from elsewhere would lead somewhere else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core.alignment.model import Model, Stage, load_model
from app.core.alignment.row_model import RowModel, load_row_model
from app.errors import BadInput

__all__ = ["OwnWeights", "load_own_weights", "shipped_stage", "stage_name", "write_own_weights"]

PAIRS, ROWS = "statement", "row"
"""The stages that can be taught: "same statement?" of `parallax pairs`, and what rows are made by; either with the encoder, or
by words alone (`stage_name`)."""
_BY_WORDS = "_by_words"

_MEND = "Make it again with parallax fit --pairs, or unset PARALLAX_WEIGHTS."


@dataclass(frozen=True, slots=True)
class OwnWeights:
    """What pairs are scored by and what rows are made by; a stage that the file does not hold is as shipped."""

    pairs: Model
    rows: RowModel
    provenance: Mapping[str, Any]


def stage_name(what: str, *, encoder: bool) -> str:
    """Under which name a file holds what is taught of pairs or rows."""
    return what if encoder else what + _BY_WORDS


def shipped_stage(name: str) -> Stage:
    """The stage of that name as it ships. Raises `KeyError` for a name that is none."""
    what, encoder = name.removesuffix(_BY_WORDS), not name.endswith(_BY_WORDS)
    if what not in {PAIRS, ROWS}:
        raise KeyError(name)
    return load_row_model().stage(encoder=encoder) if what == ROWS else load_model().statement(encoder=encoder)


def load_own_weights(path: Path) -> OwnWeights:
    """The shipped weights with the stages of this file. Raises `BadInput` when it is missing, broken or made for others."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", where=f"PARALLAX_WEIGHTS {path}", mend=_MEND) from None


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> OwnWeights:
    where = f"PARALLAX_WEIGHTS {path}"
    try:
        data = json.loads(path.read_text("utf-8"))
        made_for: Mapping[str, str] = data["made_for"]
        if any(shipped_stage(name).digest() != digest for name, digest in made_for.items()):
            raise BadInput("was made for other weights than these", where=where, mend=_MEND)
        stages = {name: _stage(shipped_stage(name), data[name]) for name in made_for}
        provenance = dict(data["provenance"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"is no file of weights ({error!r})", where=where, mend=_MEND) from None
    pairs, rows = load_model(), load_row_model()
    for name, stage in stages.items():
        if name.startswith(ROWS):
            rows = rows.taught(stage, encoder=not name.endswith(_BY_WORDS))
        else:
            pairs = replace(pairs, stages={**pairs.stages, name: stage})
    return OwnWeights(pairs, rows, provenance)


def _stage(shipped: Stage, data: Mapping[str, Any]) -> Stage:
    return shipped.moved(float(data["bias"]), {name: float(w) for name, w in data["weights"].items()})


def write_own_weights(path: Path, stages: Mapping[str, Stage], provenance: Mapping[str, Any]) -> None:
    """Write moved stages; `load_own_weights` reads them. A broken write leaves what stood there before."""
    data: dict[str, Any] = {
        "made_for": {name: shipped_stage(name).digest() for name in sorted(stages)},
        "provenance": dict(provenance),
    }
    for name, stage in sorted(stages.items()):
        weights = zip(stage.names, stage.weight.tolist(), strict=True)
        data[name] = {"bias": round(stage.bias, 6), "weights": {n: round(w, 6) for n, w in weights}}
    whole = path.with_name(path.name + ".part")
    whole.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")
    whole.replace(path)
