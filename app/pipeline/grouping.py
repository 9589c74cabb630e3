"""New articles into stories: each block is held against the kept articles that it may be of one event with, never against all.

Articles kept before never move: a story's members change only by new articles and by people. One that came with the same import
and is still alone may.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from app.core.alignment import group_articles
from app.core.records import Article
from app.pipeline.aligning import COMPARING_SECONDS
from app.pipeline.hands import Hands
from app.store import KeptArticle, Store

__all__ = ["BLOCK", "into_stories"]

BLOCK = 512
"""New articles that are grouped together."""
ROOM = 512
"""Articles that are looked at with them: by so many it is known what is rare."""
MOST = 4096
"""Articles that are held against each other at once, those included: where more are near a block, it is grouped in parts."""


def into_stories(
    store: Store, fresh: Mapping[int, Article], with_them: Collection[int], hands: Hands
) -> dict[int, str]:
    """Give each new article the story of the kept articles it is grouped with; the moves made, article id -> slug.

    `with_them`: ids of what came with the same import, these included.
    """
    moves: dict[int, str] = {}
    for ids, found, others in store.articles.related_to(fresh, ROOM, MOST):
        moves |= _moves(store, found, others, {i: fresh[i] for i in ids}, with_them, hands)
    return moves


def _moves(
    store: Store,
    found: tuple[KeptArticle, ...],
    others: Collection[int],
    fresh: Mapping[int, Article],
    with_them: Collection[int],
    hands: Hands,
) -> dict[int, str]:
    context = [i for i, kept in enumerate(found) if kept.article_id in others]
    labels = hands.compare(COMPARING_SECONDS, group_articles, [kept.article for kept in found], None, context)
    groups: dict[int, list[KeptArticle]] = defaultdict(list)
    for kept, label in zip(found, labels, strict=True):
        groups[label].append(kept)
    moves: dict[int, str] = {}
    for group in groups.values():
        loose = [k for k in group if k.article_id in fresh or (k.alone and k.article_id in with_them)]
        settled = [k for k in group if k.article_id not in with_them] or [k for k in group if k not in loose]
        stories = Counter(k.story_slug for k in settled)
        home = max(stories, key=lambda slug: (stories[slug], slug)) if stories else group[0].story_slug
        for kept in loose:
            if kept.story_slug != home:
                moves[kept.article_id] = store.articles.assign_story(kept.article_id, home).slug
    return moves
