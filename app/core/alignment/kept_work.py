"""What was worked out before, by a digest of all that it depends on: what is asked for again is looked up, and nothing else changes.

One principle for every stage. The bytes under a key are a function of what the key is made of, so whoever has kept them saves
work and never changes a result; what nobody asked for any more is not kept on. Keys begin with what they are of ("pairs", "row"
...), and hold the version of all rules and weights: what another version worked out is never asked for.

The one thing that is a choice and no function are the grounds: which articles the others of a story are seen against (`ground.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter

from app.core.records import Claim, Reading

__all__ = ["KeptWork", "claim_digest", "digest", "packed", "reading_digest", "unpacked"]

_GROUNDS = "grounds"


class KeptWork:
    """`found` is what was kept of a story; `kept` is what is to be kept of it from now on, `fresh` what of it is new.

    `made` counts what had to be worked out, by kind: where everything is kept it is empty.
    """

    def __init__(self, version: str, found: Mapping[str, bytes] | None = None) -> None:
        self._version = version
        self._found = dict(found or {})
        self._used: set[str] = set()
        self.fresh: dict[str, bytes] = {}
        self.made: Counter[str] = Counter()
        self.grounds = self._grounds_found()
        self._grounds_now: set[frozenset[str]] = set()

    def of(self, kind: str, of_what: object, make: Callable[[], bytes]) -> bytes:
        """What is kept under a kind and a digest of `of_what`, made where it is not."""
        return self.at(self.key(kind, of_what), make)

    def at(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The same by its key."""
        value = self.get(key)
        if value is None:
            self.made[key.partition(":")[0]] += 1
            value = make()
            self.put(key, value)
        return value

    def key(self, kind: str, of_what: object) -> str:
        return f"{kind}:{digest(self._version, of_what)}"

    def get(self, key: str) -> bytes | None:
        value = self._found.get(key)
        if value is not None:
            self._used.add(key)
            return value
        return self.fresh.get(key)

    def put(self, key: str, value: bytes) -> None:
        self.fresh[key] = value

    def grounded(self, ground: frozenset[str]) -> None:
        """These articles are a ground of the story from now on."""
        self._grounds_now.add(ground)

    def settled(self) -> tuple[dict[str, bytes], frozenset[str]]:
        """What is to be added to what was kept, and the keys of what is to be dropped."""
        fresh = dict(self.fresh)
        if self._grounds_now:
            told = json.dumps([self._version, *sorted(sorted(g) for g in self._grounds_now)]).encode()
            if self._found.get(_GROUNDS) != told:
                fresh[_GROUNDS] = told
            self._used.add(_GROUNDS)
        return fresh, frozenset(self._found.keys() - self._used - fresh.keys())

    def _grounds_found(self) -> tuple[frozenset[str], ...]:
        version, *grounds = json.loads(self._found.get(_GROUNDS, b'[""]'))
        return tuple(frozenset(g) for g in grounds) if version == self._version else ()


_READING, _CLAIM = TypeAdapter(Reading), TypeAdapter(Claim)


def reading_digest(reading: Reading) -> str:
    """Of all that was read in an article."""
    return hashlib.blake2b(_READING.dump_json(reading), digest_size=16).hexdigest()


def claim_digest(claim: Claim) -> str:
    """Of all that was read in a claim."""
    return hashlib.blake2b(_CLAIM.dump_json(claim), digest_size=16).hexdigest()


def digest(*what: object) -> str:
    """32 hexadecimal digits for text, numbers and sequences of them."""
    return hashlib.blake2b(json.dumps(what).encode(), digest_size=16).hexdigest()


def packed(*arrays: npt.NDArray[Any]) -> bytes:
    """Arrays of known kinds, one after the other, their lengths first."""
    lengths = np.array([len(a) for a in arrays], "<u4")
    return b"".join((lengths.tobytes(), *(np.ascontiguousarray(a).tobytes() for a in arrays)))


def unpacked(value: bytes, kinds: Sequence[tuple[str, int]]) -> list[npt.NDArray[Any]]:
    """The arrays again: of each its kind and its width (1 for a plain row of numbers)."""
    at, out = 4 * len(kinds), []
    for length, (kind, width) in zip(np.frombuffer(value, "<u4", len(kinds)).tolist(), kinds, strict=True):
        one = np.frombuffer(value, kind, length * width, at)
        out.append(one.reshape(-1, width) if width > 1 else one)
        at += one.nbytes
    return out
