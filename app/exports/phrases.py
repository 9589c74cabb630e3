"""How flags, decisions and speakers are written where a format has one line of text for them."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.records import Status
from app.store.views import AliasView, AttributionView, ClaimView, CorrectionView, DecisionView, FlagView, RowView

__all__ = [
    "DECIDED",
    "NOT_COMPARED",
    "correction_line",
    "correction_told",
    "decision_line",
    "flag_line",
    "flagged_as",
    "name_line",
    "peoples_changes",
    "said_by",
    "speaker_name",
]

NOT_COMPARED = "Not compared yet: articles were added or changed since these rows were made."


DECIDED: Mapping[str, str] = {
    "confirm": "confirmed the row",
    "reject": "rejected the row",
    "merge": "merged it into row",
    "split": "split the row",
    "relabel": "changed the wording to",
    "verdict": "changed the verdict to",
}


def peoples_changes(row: RowView) -> tuple[str, ...]:
    """What people changed of a row and what they said of it, a sentence each, in order of time."""
    told = [(f.at, _flagged(f, row.status)) for f in row.flags] + [
        (d.at, _decided(d)) for d in row.decisions if not d.undone_at
    ]
    return tuple(say for _, say in sorted(told))


def name_line(added: AliasView) -> str:
    return f"{added.by} added “{added.text}” as a name of {added.actor.name}, {added.at:%Y-%m-%d %H:%M} UTC"


CORRECTED: Mapping[str, str] = {
    "headline": "headline",
    "outlet": "outlet",
    "bylines": "byline",
    "published": "date of publication",
    "url": "address",
    "title": "title",
    "speaker": "speaker",
    "date": "date",
    "span": "words",
}


def correction_told(c: CorrectionView) -> str:
    """What was done, as the rest of a sentence that begins with who did it."""
    into = f"“{c.into.title}”" if c.into else "another story"
    if c.untold and c.field in CORRECTED:
        return f"changed the {CORRECTED[c.field]} of what was deleted"
    match c.field:
        case "deleted":
            return "deleted the article" if c.kind == "article" else f"deleted the story{_named(c)}{_going(c)}"
        case "story":
            return f"moved the article{f' from “{c.story.title}”' if c.story else ''} to {into}"
        case "merged":
            return f"merged {f'“{c.story.title}”' if c.story else 'the story'} into {into}{_going(c)}"
        case "split":
            return f"split {into} off{_going(c)}"
        case "aside":
            return f"set the claim “{c.words}” aside" if c.words else "set a claim aside"
    of = f" of “{c.words}”" if c.words else ""
    was = f"from “{c.was}” " if c.was else ""
    return f"changed the {CORRECTED[c.field]}{of} {was}to {f'“{c.value}”' if c.value else 'nothing'}"


def _named(c: CorrectionView) -> str:
    return f" “{c.story.title}”" if c.story else ""


def _going(c: CorrectionView) -> str:
    return f", with {c.articles} article{'' if c.articles == 1 else 's'}" if c.articles else ""


def correction_line(c: CorrectionView) -> str:
    """A correction with who, when, and that it was undone, in one line."""
    about = f"article {c.article_id}: " if c.article_id is not None else f"{c.story.slug}: " if c.story else ""
    by = f" (undone by {c.undone_by}, {c.undone_at:%Y-%m-%d %H:%M} UTC)" if c.undone_at else ""
    return f"{about}{c.by} {correction_told(c)}, {c.at:%Y-%m-%d %H:%M} UTC{by}"


def flagged_as(status: Status) -> str:
    """What a flag says of a row: one claim that nobody else tells conflicts with nothing, and can be doubted."""
    return "as doubtful" if status is Status.SINGLE else "as a conflict"


def _flagged(flag: FlagView, status: Status) -> str:
    by = f" by {flag.decided_by}" if flag.decided_by and flag.state != "open" else ""
    opinions = "".join(f", {o.says} by {o.by}{_standing(o.standing)}" for o in flag.opinions)
    what = f"flagged it {flagged_as(status)}, {flag.at:%Y-%m-%d %H:%M} UTC, {flag.state}"
    return f"{flag.by} {what}{by}{_noted(flag.note)}{opinions}"


def _decided(decision: DecisionView) -> str:
    kind, value = decision.kind, decision.value
    verdict = kind == "relabel" and value in set(Status)
    what = DECIDED["verdict" if verdict else kind]
    said = f" “{value}”" if value and kind == "relabel" else f" {value}" if value and kind == "merge" else ""
    return f"{decision.by} {what}{said}, {decision.at:%Y-%m-%d %H:%M} UTC{_noted(decision.note)}{_standing(decision.standing)}"


def _noted(note: str) -> str:
    return f": “{note}”" if note else ""


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
