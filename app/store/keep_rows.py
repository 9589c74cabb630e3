"""The machine's rows of a story are replaced, and what people said of the old ones goes over to the new.

Which old row a new one continues: the one with the very same claims; else, greedily from the most, the one it shares most
with. A claim that the machine had put in the old row counts one, and once more when readers found it there (no decision had
moved it); of equals a standing row goes before a retired one, and one that people spoke of before one they did not. Claims
are known again by article and fingerprint, so that a new revision of an article does not tear rows apart. A row made by hand
is only taken over by a new row that holds nothing from elsewhere: otherwise the machine's old opinion would swallow a split.

A row that people spoke of, and an article of which was deleted or put into another story, goes on only as all that is left of
it and nothing else, if that is two claims or more. Else it is retired with the claims it had, and stands again by them when the
article comes back: what was said of claims is not said of others that one of them stands with meanwhile. A row that people
spoke of goes before one they did not where it is two claims or more, and all of it is in the new one.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text
from sqlmodel import Session

from app.core.records import Alignment, ClaimRef, Comparer, Status, Utterance
from app.core.thresholds import ROW_SCORE_SHOWN
from app.errors import BadInput, Moved
from app.store.derive import derive
from app.store.guards import SPOKEN_OF
from app.store.keep_work import keep_work
from app.store.sql import ids_in, tuples, writes_of
from app.store.stories import remove_if_empty, story_named
from app.store.terms import stamp
from app.store.write_rows import ClaimFact, Key, NewRow, OldRow, clause_in, into_claim, let_go, write_rows

__all__ = ["NO_WORK", "Prepared", "Work", "keep_rows", "prepare"]

Work = tuple[Mapping[str, bytes], Collection[str]]
"""What was worked out for the rows and is new, and the keys of what nobody asks for any more (`keep_work.py`)."""
NO_WORK: Work = ({}, ())

_LABEL_CHARS = 140
_WHOLE = 1_000_000  # goes before any number of shared claims
_THE_SAME = 1_000 * _WHOLE


@dataclass(frozen=True, slots=True)
class Prepared:
    """The machine's rows of a story, ready to be written while the story's `basis` is this one."""

    slug: str
    basis: int
    comparer: Comparer
    rows: list[NewRow]
    work: Work = NO_WORK


def prepare(
    session: Session,
    story_slug: str,
    alignments: Sequence[Alignment],
    article_ids: Sequence[int],
    basis: int | None,
    comparer: Comparer,
    work: Work = NO_WORK,
) -> Prepared:
    """What can be made ready before the write lock is held. Raises `Moved` when the story's basis is not that one."""
    story = story_named(session, story_slug)
    prepared = Prepared(story_slug, story.basis, comparer, [], work)
    _refuse_other(prepared, basis)
    prepared.rows.extend(_new_rows(alignments, article_ids, _claims_of(session.connection(), story.id or 0)))
    return prepared


def _refuse_other(prepared: Prepared, basis: int | None) -> None:
    if basis not in (None, prepared.basis):
        where = prepared.slug
        raise Moved("its articles changed while they were compared.", where=where, mend="Compare them again.")


def keep_rows(session: Session, prepared: Prepared, now: datetime) -> None:
    """See `Store.articles.keep_alignments`. One transaction of the caller's; the same alignments again change nothing."""
    story = story_named(session, prepared.slug)
    _refuse_other(prepared, story.basis)
    story_id, new = story.id or 0, prepared.rows
    connection = session.connection()
    before = writes_of(connection)
    old = _old_rows(connection, story_id)
    _take_over(new, old)
    changed = write_rows(connection, story_id, new, old, now)
    taken = {n.id for n in new}
    let_go(connection, story_id, [o for o in old if o.id not in taken], now)
    for left in sorted({o.story_id for o in old} - {story_id}):
        remove_if_empty(session, left)
    _tell(connection, story_id, prepared.comparer)
    keep_work(connection, story_id, *prepared.work)
    derive(session, story_id, now)
    connection.execute(
        text(
            "UPDATE stories SET stale = 0, changed_at = CASE WHEN :changed = 1 THEN :now ELSE changed_at END,"
            " revision = revision + :written WHERE id = :id"
        ),
        {
            "id": story_id,
            "changed": changed,
            "now": stamp(now),
            "written": writes_of(connection) > before,
        },
    )


def _tell(connection: Connection, story_id: int, comparer: Comparer) -> None:
    """Keep what made the rows. By another version than before, rows that people put together are to be judged anew as well."""
    values = {"id": story_id, "name": comparer.name, "version": comparer.version}
    told = "UPDATE stories SET compared_with = :name, compared_by = :version WHERE id = :id AND (compared_with, compared_by) <> (:name, :version)"
    if connection.execute(text(told), values).rowcount:
        again = "UPDATE alignments SET judged_for = 'another version' WHERE story_id = :id AND judged_for <> ''"
        connection.execute(text(again), {"id": story_id})


def _claims_of(connection: Connection, story_id: int) -> dict[tuple[int, str], ClaimFact]:
    """The story's current claims by article and local id."""
    rows = tuples(
        connection,
        """
        SELECT claims.id, claims.article_id, claims.local_id, claims.fingerprint, claims.position, claims.start, claims.text
        FROM articles JOIN claims ON claims.article_id = articles.id AND claims.current
        WHERE articles.story_id = :story
        ORDER BY claims.article_id, claims.position
        """,
        story=story_id,
    )
    return {
        (article, local): ClaimFact(i, (article, print_), article, position, start, words)
        for i, article, local, print_, position, start, words in rows
    }


def _new_rows(
    alignments: Sequence[Alignment], article_ids: Sequence[int], claims: dict[tuple[int, str], ClaimFact]
) -> list[NewRow]:
    """The machine's rows in an order of their content, and for each claim a row of its own.

    A claim's own row stands when no row that is strict enough has the claim; else it waits for a reader who is stricter.
    """

    def find(ref: ClaimRef) -> ClaimFact:
        try:
            return claims[article_ids[ref.article], ref.claim]
        except (IndexError, KeyError):
            raise BadInput(
                f"the alignment names claim {ref.claim} of article {ref.article}, which is not kept."
            ) from None

    rows = []
    for a in alignments:
        members = tuple(sorted({find(r) for r in a.claims}, key=lambda c: (c.article_id, c.position)))
        relations = sorted(
            ((find(r.a), find(r.b), r) for r in a.relations), key=lambda x: (x[0].article_id, x[0].position, x[1].id)
        )
        lone = len(members) == 1 and not relations
        standing = lone or a.score >= ROW_SCORE_SHOWN
        said = _utterances(a.utterances, find)
        row = NewRow(a.label or _label(members[0]), a.status, members, tuple(relations), score=a.score, lone=lone)
        row.standing, row.utterances, row.probability = standing, said, a.probability
        spans = ((find(r), span) for r, span in zip(a.claims, a.clauses, strict=bool(a.clauses)))
        row.clauses = {c.id: clause for c, span in spans if (clause := clause_in(span, c))}
        rows.append(row)
    placed = {c.id for row in rows for c in row.claims if row.standing}
    alone = {row.claims[0].id for row in rows if row.lone}
    rows += (
        NewRow(_label(c), Status.SINGLE, (c,), lone=True, standing=c.id not in placed)
        for c in claims.values()
        if c.id not in alone
    )
    rows.sort(key=lambda n: (not n.standing, [(c.article_id, c.position) for c in n.claims], n.status, n.label))
    for row in rows:
        row.digest = _digest(row)
    return rows


def _utterances(said: Sequence[Utterance], find: Callable[[ClaimRef], ClaimFact]) -> str:
    """As JSON; wordings name their claims by id, and count from the claim's start."""
    kept = []
    for u in said:
        wordings: list[list[object]] = []
        for w in u.wordings:
            claim = find(w.claim)
            span = into_claim((w.start, w.end), w.text, claim)
            if span is not None:
                wordings.append([claim.id, w.text, *span, w.quoted])
        if len(wordings) > 1:
            kept.append(
                {"speaker": u.speaker, "name": u.name, "wordings": wordings, "why": u.why, "likeness": u.likeness}
            )
    return json.dumps(kept, ensure_ascii=False)


def _label(claim: ClaimFact) -> str:
    plain = " ".join(claim.text.split())
    return plain if len(plain) <= _LABEL_CHARS else plain[:_LABEL_CHARS].rsplit(" ", 1)[0] + " …"


def _digest(row: NewRow) -> str:
    content: list[object] = [
        row.label,
        row.status,
        row.probability,
        [(c.id, row.clauses[c.id]) if c.id in row.clauses else c.id for c in row.claims],
        row.score,
        row.utterances,
    ]
    for a, b, r in row.relations:
        content += [a.id, b.id, r.kind, r.probability, r.between, r.score.score, r.score.shared]
        content += [(p.name, p.value, p.weight, p.say) for p in r.score.parts]
        content += [(w.dimension, w.outcome, w.a, w.b, w.say, w.a_span, w.b_span) for w in r.reasons]
    return hashlib.blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()


_OLD_ROWS = f"""
    SELECT alignments.id, alignments.by_hand, alignments.digest, alignments.story_id, alignments.machine_score,
        alignments.shown,
        alignments.retired_at IS NOT NULL AS retired,
        {SPOKEN_OF} AS spoken_of
    FROM alignments
    WHERE alignments.story_id = :story OR alignments.id IN (
        SELECT alignment_members.alignment_id
        FROM articles
        JOIN claims ON claims.article_id = articles.id
        JOIN alignment_members ON alignment_members.claim_id = claims.id
        WHERE articles.story_id = :story
    ) AND NOT EXISTS (
        SELECT 1
        FROM alignment_members
        JOIN claims ON claims.id = alignment_members.claim_id
        JOIN articles ON articles.id = claims.article_id
        WHERE alignment_members.alignment_id = alignments.id AND articles.story_id <> :story
    )
    ORDER BY alignments.id
"""  # noqa: S608 - constants only
"""The story's own rows, and those of other stories all of whose articles have moved here."""


def _old_rows(connection: Connection, story_id: int) -> list[OldRow]:
    rows = connection.execute(text(_OLD_ROWS), {"story": story_id}).all()
    seen = {r.id for r in rows if r.shown or r.retired}
    machine: dict[int, set[Key]] = defaultdict(set)
    shown: dict[int, set[Key]] = defaultdict(set)
    away: dict[int, set[Key]] = defaultdict(set)
    for m in connection.execute(
        ids_in(
            """
            SELECT alignment_id, by_machine, alignment_members.shown, article_id, fingerprint,
                standing_articles.id IS NULL AS away
            FROM alignment_members JOIN claims ON claims.id = claim_id
            LEFT JOIN standing_articles ON standing_articles.id = article_id AND story_id = :story
            WHERE alignment_id IN (SELECT value FROM ids_of(:ids))
            """,
            [r.id for r in rows],
            story=story_id,
        )
    ):
        if m.by_machine:
            machine[m.alignment_id].add((m.article_id, m.fingerprint))
        if m.shown and m.alignment_id in seen:
            shown[m.alignment_id].add((m.article_id, m.fingerprint))
        if m.away:
            away[m.alignment_id].add((m.article_id, m.fingerprint))
    return [
        OldRow(
            r.id,
            bool(r.by_hand),
            r.digest,
            machine[r.id],
            shown[r.id],
            bool(r.spoken_of or r.by_hand),
            bool(r.retired),
            r.story_id,
            hidden=not (r.shown or r.retired or r.spoken_of or r.by_hand),
            score=r.machine_score,
            away=away[r.id],
        )
        for r in rows
    ]


def _take_over(new: Sequence[NewRow], old: Sequence[OldRow]) -> None:
    """Give new rows the ids of the old ones they continue.

    Rows that stand go on those that stood. A row that is not strict enough goes on one that was not either; a claim's own
    row that waits takes what is left of such rows.
    """
    _match([n for n in new if n.standing], [o for o in old if not o.hidden and o.score >= ROW_SCORE_SHOWN])
    left = _left(new, old)
    _match([n for n in new if n.id is None and not n.lone], [o for o in left if not o.hidden or len(o.machine) > 1])
    _match([n for n in new if n.id is None], _left(new, old), only_same=True)


def _left(new: Sequence[NewRow], old: Sequence[OldRow]) -> list[OldRow]:
    taken = {n.id for n in new}
    return [o for o in old if o.id not in taken]


def _match(new: Sequence[NewRow], old: Sequence[OldRow], *, only_same: bool = False) -> None:
    """Greedily from the most in common; `only_same`: the very same claims."""
    by_key: dict[Key, list[OldRow]] = defaultdict(list)
    for o in old:
        for key in o.machine or o.shown:
            by_key[key].append(o)
    shown_somewhere = {key: o.id for o in old if not o.retired for key in o.shown}
    pairs: list[tuple[int, bool, bool, int, int]] = []
    for i, n in enumerate(new):
        keys = {c.key for c in n.claims}
        for o in {o.id: o for key in keys for o in by_key[key]}.values():
            if not o.machine and any(shown_somewhere.get(k, o.id) != o.id for k in keys):
                continue
            own = o.machine or o.shown
            if only_same and keys != own:
                continue
            if o.spoken_of and own & o.away and not (len(keys) > 1 and keys == own - o.away):
                continue
            weight = len(keys & own) + len(keys & own & o.shown) if keys != o.machine else _THE_SAME
            if o.spoken_of and len(own) > 1 and own < keys:
                weight += _WHOLE
            pairs.append((-weight, o.retired, not o.spoken_of, o.id, i))
    taken: set[int] = set()
    for _weight, _retired, _silent, old_id, i in sorted(pairs):
        if new[i].id is None and old_id not in taken:
            new[i].id = old_id
            taken.add(old_id)
