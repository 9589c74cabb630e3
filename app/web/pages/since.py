"""What has become of a story since it was frozen, counted: for the line a frozen comparison begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.store.row_fingerprint import RowFingerprint
from app.store.views import FrozenText

__all__ = ["Since", "since"]


@dataclass(frozen=True, slots=True)
class Since:
    """Rows are told apart by their lasting ids, articles by theirs, texts by their hashes."""

    articles_new: int = 0
    articles_gone: int = 0
    texts_changed: int = 0
    rows_new: int = 0
    rows_gone: int = 0
    verdicts_changed: int = 0
    rows_changed: int = 0  # other statements or another wording, under the same verdict
    reviewed: int = 0  # rows where only what people said of them changed

    @property
    def nothing(self) -> bool:
        return self == Since()


def since(
    was: Mapping[int, RowFingerprint],
    read: Sequence[FrozenText],
    now: Mapping[int, RowFingerprint],
    texts: Mapping[int, str],
) -> Since:
    """The frozen story (rows by id, texts) against the one as it is now (rows by id, texts' hashes by article).

    Each row counts once, by its weightiest change.
    """
    verdicts = others = said = 0
    for one in was.keys() & now.keys():
        a, b = was[one], now[one]
        if a.status != b.status:
            verdicts += 1
        elif a.told != b.told:
            others += 1
        elif a.said != b.said:
            said += 1
    old = {t.article_id: t.sha256 for t in read}
    return Since(
        articles_new=len(texts.keys() - old.keys()),
        articles_gone=len(old.keys() - texts.keys()),
        texts_changed=sum(old[i] != texts[i] for i in old.keys() & texts.keys()),
        rows_new=len(now.keys() - was.keys()),
        rows_gone=len(was.keys() - now.keys()),
        verdicts_changed=verdicts,
        rows_changed=others,
        reviewed=said,
    )
