"""How flags, decisions and speakers are written where a format has one line of text for them."""

from __future__ import annotations

from app.store.views import AttributionView, ClaimView, DecisionView, FlagView

__all__ = ["NOT_COMPARED", "decision_line", "flag_line", "said_by", "speaker_name"]

NOT_COMPARED = "Not compared yet: articles were added or changed since these rows were made."


def flag_line(flag: FlagView) -> str:
    """The flag with every opinion on it; one that is not in force says so."""
    opinions = "".join(f", {o.says} by {o.by}{_standing(o.standing)}" for o in flag.opinions)
    return f"{flag.state} by {flag.by} {flag.at:%Y-%m-%d %H:%M}{f' ({flag.note})' if flag.note else ''}{opinions}"


def decision_line(decision: DecisionView) -> str:
    by = f" by {decision.undone_by}" if decision.undone_by else ""
    undone = f" (undone{by})" if decision.undone_at else ""
    value = f" {decision.value}" if decision.value else ""
    note = f" ({decision.note})" if decision.note else ""
    return f"{decision.kind}{value} by {decision.by} {decision.at:%Y-%m-%d %H:%M}{note}{_standing(decision.standing)}{undone}"


def _standing(standing: str) -> str:
    return "" if standing == "in force" else " (beside another)" if standing == "beside" else " (proposed)"


def speaker_name(attribution: AttributionView) -> str:
    return attribution.speaker.name if attribution.speaker else attribution.text


def said_by(claim: ClaimView) -> str:
    """The chain of speakers, the outermost first; empty for the outlet's own voice."""
    return " <- ".join(speaker_name(a) for a in claim.attributions)
