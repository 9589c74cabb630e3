"""Which articles of a story the others are seen against, and what was worked out in their light.

By the claims of the ground it is told what is rare and what is usual, and among them ranks are counted, so that a pair of claims
depends on the two and the ground, and not on what else stands in the story. Of articles that have to do with each other all are
ground, unless what was worked out of them is kept: then those are that were there when the ground was last taken, until there are
more than `GROUND_GROWTH` times as many, or one of them is gone or was changed, or rules and weights are others. So what rows are
made of depends on the story and its ground, and not on the order in which articles came after that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from app.core.alignment.kept_work import KeptWork, digest
from app.core.alignment.term_vectors import Bools
from app.core.thresholds import GROUND_GROWTH

__all__ = ["Ground", "ground_of"]


def ground_of(articles: Iterable[str], grounds: Iterable[frozenset[str]]) -> frozenset[str]:
    """The ground of related articles (digests of what was read in them) of a story, one of those that it had before or all of them."""
    here = frozenset(articles)
    standing = [g for g in grounds if g <= here and len(here) <= GROUND_GROWTH * len(g)]
    return max(standing, key=lambda g: (len(g), sorted(g)), default=here)


class Ground:
    """`has`: of each article, by number, whether it is ground; `is_kept`: whether what is worked out is kept with the story.

    `digests`: of each article all that its claims are compared by.
    """

    def __init__(self, digests: Sequence[str], has: Sequence[bool], work: KeptWork) -> None:
        self.work, self.name = work, digest(sorted(d for d, is_ground in zip(digests, has, strict=True) if is_ground))
        self.is_kept = True
        self.has: Bools = np.array(has, bool)
        self._digests = digests

    @classmethod
    def of_all(cls, articles: int) -> Ground:
        """All are ground, and nothing was kept, or will be."""
        digests = [str(n) for n in range(articles)]
        made = cls(digests, [True] * articles, KeptWork(""))
        made.is_kept = False
        return made

    def __len__(self) -> int:
        return len(self.has)

    def key(self, kind: str, *articles: int) -> str:
        """Of what depends on the ground and on these articles."""
        return self.work.key(kind, (self.name, *(self._digests[n] for n in articles)))

    def of(self, kind: str, *articles: int, make: Callable[[], bytes]) -> bytes:
        return self.work.at(self.key(kind, *articles), make)

    def hold(self) -> None:
        """What another article may ask for is kept on, asked for now or not."""
        for key in (self.key("axes"), *(self.key(kind, n) for n in range(len(self)) for kind in ("pieces", "bars"))):
            self.work.get(key)
