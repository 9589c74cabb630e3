"""The vectors of word pieces in 64 bytes each instead of 1,536, so that they can be kept: told by the ground of their story.

A vector, less the mean of the ground, is told along the axes in which the ground's vectors differ most by four bits each, and of
what these leave the sign in each of its dimensions is told. A story of which any are kept is compared so altogether, so that it plays
no part what was kept and what was worked out just now; one of which none are is compared by the vectors in full.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from app.core.alignment.ground import Ground
from app.core.alignment.kept_work import packed, unpacked
from app.core.alignment.tokens import Tokens, of_length_one
from app.core.encoder import Encoded, Encoder
from app.core.thresholds import CODED_AXES

__all__ = ["Axes", "StoryPieces"]

_STEP = 0.335
"""Width of a level in spreads: sixteen levels of it lose least of what is spread as errors are (Max 1960)."""
_SIGN = 0.798
"""The mean size, in spreads, of what a sign stands for."""
_AXES = (("<f4", 1), ("<f4", 1), ("<f4", 1), ("<f4", 1))
_CODED = (("<u2", 1), ("<u2", 1), ("<u2", 2), ("u1", 1))
_FARTHEST = 65535

Reals = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Axes:
    """What vectors of a story are told by: the mean, the axes [dimension, axis], the spread along each, and that of what is left."""

    mean: Reals
    axes: Reals
    spread: Reals
    left: Reals

    @classmethod
    def of(cls, encoded: Sequence[Encoded]) -> Axes:
        found = np.concatenate([e.vectors for e in encoded]).astype(np.float64)
        mean = found.mean(0)
        unit = of_length_one(found - mean).astype(np.float64)
        axes = np.linalg.eigh(unit.T @ unit)[1][:, ::-1][:, :CODED_AXES]
        along = unit @ axes
        left = unit - along @ axes.T
        spreads = (np.sqrt((x**2).mean(0)) + 1e-9 for x in (along, left))
        return cls(*(np.asarray(x, np.float32) for x in (mean, axes, *spreads)))

    def write(self) -> bytes:
        return packed(self.mean, self.axes.reshape(-1), self.spread, self.left)

    @classmethod
    def read(cls, value: bytes) -> Axes:
        mean, axes, spread, left = (np.asarray(x, np.float32) for x in unpacked(value, _AXES))
        return cls(mean, axes.reshape(len(mean), -1), spread, left)

    def codes(self, vectors: Reals) -> npt.NDArray[np.uint8]:
        """One row a vector."""
        unit = of_length_one(vectors - self.mean)
        along = unit @ self.axes
        levels = np.floor(along / self.spread / _STEP + 8).clip(0, 15).astype(np.uint8)
        signs = np.packbits(unit - along @ self.axes.T > 0, axis=1)
        return np.hstack([levels[:, ::2] << 4 | levels[:, 1::2], signs])

    def vectors(self, codes: npt.NDArray[np.uint8]) -> Reals:
        """What the codes tell, each of length 1."""
        half = CODED_AXES // 2
        levels = np.empty((len(codes), CODED_AXES), np.float32)
        levels[:, ::2], levels[:, 1::2] = codes[:, :half] >> 4, codes[:, :half] & 15
        along, left = (levels - np.float32(7.5)) * (np.float32(_STEP) * self.spread), np.float32(_SIGN) * self.left
        found = along @ self.axes.T - left
        found += np.unpackbits(codes[:, half:], axis=1, count=len(self.mean)) * (2 * left)
        found /= np.maximum(np.sqrt(np.einsum("ij,ij->i", found, found)), 1e-9)[:, None]
        return found


class StoryPieces:
    """The word pieces of the claims of a story, article by article: looked up, or read by the encoder and told by the ground."""

    def __init__(self, texts: Sequence[Sequence[str]], ground: Ground, encoder: Encoder) -> None:
        self._texts, self._ground, self._encoder = texts, ground, encoder

    def tokens(self) -> Tokens:
        if not self._ground.is_kept:
            return Tokens.of([e for n in range(len(self._texts)) for e in self._encoded(n)])
        parts = [
            unpacked(self._ground.of("pieces", n, make=partial(self._coded, n)), _CODED)
            for n in range(len(self._texts))
        ]
        sizes, pieces, spans, codes = (
            np.concatenate([np.asarray(p[k], np.intp if k < 3 else np.uint8) for p in parts]) for k in range(4)
        )
        seen = np.repeat(self._ground.has, [len(texts) for texts in self._texts])
        return Tokens(sizes, pieces, spans, self._axes.vectors(codes.reshape(len(pieces), -1)), seen)

    @cached_property
    def _axes(self) -> Axes:
        def make() -> bytes:
            return Axes.of([e for n in np.flatnonzero(self._ground.has).tolist() for e in self._encoded(n)]).write()

        return Axes.read(self._ground.of("axes", make=make))

    def _coded(self, n: int) -> bytes:
        encoded = self._encoded(n)
        sizes = np.array([len(e.pieces) for e in encoded], "<u2")
        pieces = np.array([p for e in encoded for p in e.pieces], "<u2")
        spans = np.array([s for e in encoded for s in e.spans]).reshape(-1, 2).clip(0, _FARTHEST).astype("<u2")
        none = np.zeros((0, len(self._axes.mean)), np.float32)
        codes = self._axes.codes(np.concatenate([none, *(e.vectors for e in encoded)]))
        return packed(sizes, pieces, spans, codes.reshape(-1))

    def _encoded(self, n: int) -> list[Encoded]:
        return self._encoder.encode(self._texts[n])
