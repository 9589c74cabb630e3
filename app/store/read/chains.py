"""Who reports it from whom: outlet <- agency or outlet cited <- speaker, over the claims of a row or one claim."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from app.core.records import ActorKind
from app.store.read.search import one_claim
from app.store.views import ChainView, ClaimView, EdgeView, NodeKind, NodeView

__all__ = ["chain", "chain_of"]


def chain(connection: Connection, claim_id: int) -> ChainView:
    return chain_of([one_claim(connection, claim_id)])


def chain_of(claims: Iterable[ClaimView]) -> ChainView:
    """Each claim leads from its outlet inwards, through every speaker in turn. An outlet that is quoted is one node,
    whether it reports itself or is cited.
    """
    from app.core.relation.press import press_name  # what judges takes a second to load

    nodes: dict[str, NodeView] = {}
    edges: dict[tuple[str, str, int], EdgeView] = {}
    for c in claims:
        outlet = c.article.outlet
        here = NodeView(f"outlet:{outlet.key}", "outlet", outlet.name, None, outlet.key)
        nodes[here.key] = here
        for a in c.attributions:
            if a.speaker is None:
                continue
            name = press_name(a.speaker.name) or press_name(a.text)
            if name is not None:
                there = NodeView(f"outlet:{name.key}", "agency", name.name, a.speaker.key, None)
            else:
                there = NodeView(f"actor:{a.speaker.key}", _kind(a.speaker.kind), a.speaker.name, a.speaker.key)
            there = nodes.setdefault(there.key, there)
            if there.key != here.key:
                edges.setdefault(
                    (here.key, there.key, c.id), EdgeView(here.key, there.key, a.cue or "", c.id, quoted=a.quoted)
                )
            here = there
    order = {"outlet": 0, "agency": 1}
    return ChainView(
        tuple(sorted(nodes.values(), key=lambda n: (order.get(n.kind, 2), n.name, n.key))), tuple(edges.values())
    )


def _kind(kind: ActorKind) -> NodeKind:
    return kind.value
