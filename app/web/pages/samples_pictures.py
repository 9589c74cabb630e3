"""Samples of an actor's positions and of a row's chain: each stance, a change, an undated one; each kind of who reports and speaks."""

from __future__ import annotations

from datetime import date
from typing import Literal

from app.store.views import ChainView, EdgeView, NodeView, OutletView, PositionView
from app.web.pages import samples

__all__ = ["CHAIN", "POSITIONS"]


def _held(
    outlet: OutletView,
    stance: Literal["affirms", "denies", "declines", "unclear"],
    day: int | None,
    before: str | None = None,
) -> PositionView:
    return PositionView(
        matter="row 2",
        label="Whether Tokyo apologised",
        action="apologise",
        stance=stance,
        day=date(2019, 11, day) if day else None,
        day_from="claim" if day else None,
        outlet=outlet,
        claim=samples.DENIAL,
        alignment_id=2,
        changed=before is not None,
        before=before,
    )


POSITIONS = (
    _held(samples.NIKKEI, "declines", 22),
    _held(samples.KBS, "denies", 26, "declines"),
    _held(samples.NPR, "unclear", 26),
    _held(samples.KBS, "affirms", 28, "denies"),
    _held(samples.NPR, "denies", None),
)
CHAIN = ChainView(
    nodes=(
        NodeView("outlet:kbs", "outlet", "KBS", None, "kbs"),
        NodeView("outlet:nikkei", "outlet", "Nikkei", None, "nikkei"),
        NodeView("outlet:npr", "outlet", "NPR", None, "npr"),
        NodeView("outlet:kyodo", "agency", "Kyodo News", "kyodo"),
        NodeView("actor:toshimitsu-motegi", "person", "Toshimitsu Motegi", "toshimitsu-motegi"),
        NodeView("actor:unnamed-aide", "unnamed", "an aide", "unnamed-aide"),
    ),
    edges=(
        EdgeView("outlet:kbs", "actor:toshimitsu-motegi", "said", 14, quoted=True),
        EdgeView("outlet:npr", "outlet:kyodo", "according to", 15),
        EdgeView("outlet:kyodo", "actor:unnamed-aide", "", 15),
    ),
)
