"""A relation model of the user's own: a folder with an ONNX cross-encoder and its tokenizer (`PARALLAX_RELATION_MODEL`).

    model.onnx       input_ids (and attention_mask, token_type_ids where it has them) -> one row of three logits a pair
    tokenizer.json   as the `tokenizers` library writes it
    config.json      optional: `id2label` names the three logits; without it they are agree, neutral, contradict

Runs offline on one thread, through `onnxruntime` and `tokenizers`, imported only when asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from app.core import thresholds
from app.core.relation.opinion import Opinion
from app.errors import BadInput

__all__ = ["OnnxModel", "load_own_model", "own_model_digest"]

ORDER = ("agree", "neutral", "contradict")
_NAMES = {
    "agree": "agree", "agreement": "agree", "entailment": "agree", "entail": "agree", "support": "agree", "supports": "agree",
    "neutral": "neutral", "neither": "neutral", "unrelated": "neutral",
    "contradict": "contradict", "contradiction": "contradict", "refute": "contradict", "refutes": "contradict",
}  # fmt: skip
_FILES = ("model.onnx", "tokenizer.json", "config.json")
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class OnnxModel:
    """A cross-encoder with its tokenizer. Pairs of one length go together, so that no padding changes an answer."""

    def __init__(self, folder: Path, session: Any, tokenizer: Any, labels: Sequence[str]) -> None:
        self.folder, self._session, self._tokenizer = folder, session, tokenizer
        self._columns = [labels.index(answer) for answer in ORDER]
        self._inputs = [i.name for i in session.get_inputs()]

    @property
    def name(self) -> str:
        return self.folder.name

    def opinions(self, pairs: Sequence[tuple[str, str]]) -> list[Opinion]:
        """One opinion a pair, in order. Raises `BadInput` when the model does not run on what it is given."""
        encoded = self._tokenizer.encode_batch(list(pairs))
        by_length: dict[int, list[int]] = {}
        for k, one in enumerate(encoded):
            by_length.setdefault(len(one.ids), []).append(k)
        out: list[Opinion | None] = [None] * len(encoded)
        for _, members in sorted(by_length.items()):
            for start in range(0, len(members), thresholds.OWN_MODEL_BATCH):
                some = members[start : start + thresholds.OWN_MODEL_BATCH]
                for k, row in zip(some, self._probabilities([encoded[k] for k in some]), strict=True):
                    out[k] = Opinion(*(round(float(row[c]), 4) for c in self._columns))
        return [opinion for opinion in out if opinion is not None]

    def _probabilities(self, encoded: Sequence[Any]) -> Any:
        values = {
            "input_ids": [e.ids for e in encoded],
            "attention_mask": [e.attention_mask for e in encoded],
            "token_type_ids": [e.type_ids for e in encoded],
        }
        feed = {name: np.array(values[name], np.int64) for name in self._inputs}
        try:
            logits = np.asarray(self._session.run(None, feed)[0], float)
        except Exception as error:  # noqa: BLE001 - whatever the runtime raises, the file is what does not fit
            raise _unfit(self.folder / "model.onnx", f"the model does not run: {_first_line(error)}") from None
        if logits.shape != (len(encoded), len(ORDER)):
            raise _unfit(
                self.folder / "model.onnx", f"it gives values of shape {logits.shape} for {len(encoded)} pairs"
            )
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)


@lru_cache(maxsize=2)
def load_own_model(folder: Path) -> OnnxModel:
    """The model in a folder, tried out on one pair. Raises `BadInput`: what is missing or does not fit, and how to mend it."""
    import onnxruntime  # type: ignore[import-untyped, unused-ignore]
    import tokenizers

    for name in _FILES[:2]:
        if not (folder / name).is_file():
            raise BadInput(
                f"there is no {name} in {folder}",
                where="PARALLAX_RELATION_MODEL",
                mend="Name a folder that holds model.onnx and tokenizer.json.",
            )
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # noqa: BLE001 - the library raises bare exceptions
        raise _unfit(folder / "tokenizer.json", f"it is no tokenizer: {_first_line(error)}") from None
    tokenizer.no_padding()
    tokenizer.enable_truncation(thresholds.OWN_MODEL_TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - damaged, not ONNX, or of a newer kind than the runtime knows
        raise _unfit(folder / "model.onnx", f"it cannot be read: {_first_line(error)}") from None
    unknown = [i.name for i in session.get_inputs() if i.name not in _INPUTS]
    if unknown:
        raise _unfit(folder / "model.onnx", f"it wants an input {unknown[0]!r}; known are {', '.join(_INPUTS)}")
    model = OnnxModel(folder, session, tokenizer, _labels(folder / "config.json"))
    model.opinions([("One statement.", "Another statement.")])
    return model


def own_model_digest(folder: Path) -> str:
    """Tells one model from another, by its name and its files, without loading it."""
    there = [folder / name for name in _FILES if (folder / name).is_file()]
    return _digest(folder.name, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in there))


@lru_cache(maxsize=2)
def _digest(name: str, there: tuple[tuple[Path, int, int], ...]) -> str:
    found = hashlib.sha256(name.encode())
    for path, _, size in there:
        found.update(f"\n{path.name}\n{size}\n".encode())
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()


def _labels(path: Path) -> tuple[str, ...]:
    """The answers in the order of the logits."""
    if not path.is_file():
        return ORDER
    try:
        named = json.loads(path.read_text(encoding="utf-8")).get("id2label")
        if named is None:
            return ORDER
        given = [str(named[key]) for key in sorted(named, key=int)]
    except (ValueError, AttributeError, TypeError):
        raise _unfit(path, "its id2label cannot be read") from None
    labels = tuple(_NAMES.get(label.lower(), "") for label in given)
    if sorted(labels) != sorted(ORDER):
        raise _unfit(
            path,
            f"id2label is {', '.join(given)}; wanted are agree, neutral, contradict (or entailment, neutral, contradiction)",
        )
    return labels


def _unfit(path: Path, what: str) -> BadInput:
    return BadInput(
        f"{path.name} does not fit: {what}",
        where=f"PARALLAX_RELATION_MODEL={path.parent}",
        mend="Give a cross-encoder of two texts with three answers, exported to ONNX, with its own tokenizer.json.",
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
