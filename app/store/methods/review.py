"""What people say of rows: flags and decisions, and what is learned from them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Literal

from app.store import deciding, deciding_alike, flagging, queue_work
from app.store.methods.base import Room
from app.store.read import alignments as read_alignments
from app.store.read import lines as read_lines
from app.store.read import remarks as read_said
from app.store.read import reviewed as read_reviewed
from app.store.views import CommentView, DecisionView, FlagView, LabelledPair, ReviewedView, RowSummary, WorkView

__all__ = ["DecisionKind", "FlagState", "Review", "WorkState"]

DecisionKind = Literal["confirm", "reject", "merge", "split", "relabel"]
FlagState = Literal["open", "confirmed", "dismissed"]
WorkState = Literal["open", "in work", "done"]


class Review(Room):
    def flag(self, alignment_id: int, *, by: str, note: str = "") -> FlagView:
        """Mark a row as conflicting, or a claim of one outlet as doubtful. One flag a person and row: again only changes the note."""
        with self.write() as session:
            flag_id = flagging.flag(session, alignment_id, by, note, self.now())
            session.flush()
            return read_alignments.flag(session.connection(), flag_id)

    def withdraw_flag(self, flag_id: int, *, by: str, whose: str | None = None) -> FlagView:
        """Take a flag back (undo). It goes from the row and stays in its history. `whose`: another person's is taken back only so."""
        with self.write() as session:
            flagging.withdraw_flag(session, flag_id, by, whose, self.now())
            session.flush()
            return read_alignments.flag(session.connection(), flag_id)

    def decide_flag(
        self, flag_id: int, state: FlagState, *, by: str, note: str | None = None, whose: str | None = None
    ) -> FlagView:
        """Confirm or dismiss a flag, or open it again (undo). Works on the machine's flags in the queue too.

        A confirmed flag makes the row a conflict, unless it holds one claim; when every flag of a conflict is dismissed the row shows as diverge.
        What another person said stays in force, and this stands beside it. Opening takes one's own word back; another
        person's only when it is said whose it is. Raises `NotYours` when it is not.
        """
        with self.write() as session:
            flagging.decide_flag(session, flag_id, state, by, note, self.now(), needs=self.deciders, whose=whose)
            session.flush()
            return read_alignments.flag(session.connection(), flag_id)

    def decide(
        self,
        alignment_id: int,
        kind: DecisionKind,
        *,
        by: str,
        value: str | None = None,
        note: str = "",
        claims: Sequence[int] = (),
    ) -> DecisionView:
        """Keep a person's change to a row beside the machine's value.

        confirm: the row is right. reject: its claims do not belong together, each stands alone. merge: into the row whose
        id is `value`. split: the claims with ids `claims` (or comma-separated in `value`) get a row of their own. relabel:
        `value` is the new label, or one of the statuses conflict, diverge, updated, agree to change the verdict.
        What differs from another person's decision in force is kept beside it and has no effect (`standing`); where
        decisions need two people it is proposed until another one decides the same, or agrees.
        Raises `NotFound`, `BadInput` for a value that does not fit, `Conflicting` for a row that no longer stands.
        """
        with self.write() as session:
            decision_id = deciding.decide(
                session, alignment_id, kind, by, value, note, claims, self.now(), needs=self.deciders
            )
            session.flush()
            return read_alignments.decision(session.connection(), decision_id)

    def agree(self, decision_id: int, *, by: str, note: str = "") -> DecisionView:
        """Decide the same as another person did. Raises `Conflicting` for one's own decision and for one undone."""
        with self.write() as session:
            agreed = deciding.agree(session, decision_id, by, note, self.now(), needs=self.deciders)
            session.flush()
            return read_alignments.decision(session.connection(), agreed)

    def undo_decision(self, decision_id: int, *, by: str, whose: str | None = None) -> DecisionView:
        """Take a decision back: the row shows as if it had never been. Undone decisions stay in the history.

        Another person's is undone only when it is said `whose` it is; raises `NotYours` when it is not.
        """
        with self.write() as session:
            deciding.undo_decision(session, decision_id, by, whose, self.now())
            session.flush()
            return read_alignments.decision(session.connection(), decision_id)

    # --- a run of rows

    def alike(self, alignment_id: int) -> tuple[RowSummary, ...]:
        """Rows of the same story, verdict and dimensions that nobody spoke of yet, what matters most first."""
        with self.read() as session:
            connection = session.connection()
            ids = deciding_alike.rows_alike(connection, alignment_id)
            found = read_lines.summaries(connection, ids)
            return tuple(found[i] for i in ids if i in found)

    def decide_alike(
        self, rows: Collection[int], *, by: str, verdict: str | None = None, note: str = ""
    ) -> tuple[DecisionView, ...]:
        """`decide` of each of these rows of one story: it is right, or its verdict is `verdict`. All are kept, or none."""
        with self.write() as session:
            made = deciding_alike.decide_alike(session, rows, verdict, by, note, self.now(), needs=self.deciders)
            session.flush()
            return tuple(read_alignments.decision(session.connection(), i) for i in made)

    def together(self, decision_id: int) -> tuple[int, ...]:
        """The decisions that were said in one go with this one, not undone, itself among them."""
        with self.read() as session:
            return tuple(deciding_alike.together(session.connection(), decision_id))

    def undo_together(self, decision_id: int, *, by: str, whose: str | None = None) -> DecisionView:
        """`undo_decision` of all that was said in one go with this one."""
        with self.write() as session:
            deciding_alike.undo_together(session, decision_id, by, whose, self.now())
            session.flush()
            return read_alignments.decision(session.connection(), decision_id)

    # --- the work on it

    def set_work(
        self,
        alignment_id: int,
        *,
        by: str,
        assigned: str | None = None,
        due: date | None = None,
        state: WorkState = "open",
    ) -> WorkView:
        """Say who looks into a row, until when, and how far that is; all of it at once."""
        with self.write() as session:
            row = queue_work.set_work(session, alignment_id, by, assigned, due, state, self.now())
            session.flush()
            return read_said.work_of(session.connection(), [row]).get(row, WorkView())

    def comment(self, alignment_id: int, *, by: str, text: str) -> CommentView:
        """Say something about a row, in plain text. It is kept for good."""
        with self.write() as session:
            made = queue_work.comment(session, alignment_id, by, text, self.now())
            session.flush()
            return read_alignments.comment(session.connection(), made)

    # --- what is learned from it

    def labelled_pairs(self) -> Iterator[LabelledPair]:
        """Pairs of claims with what reviewers said of them, for fitting anew; one line a pair and word in force."""
        with self.read() as session:
            yield from read_reviewed.labelled_pairs(session.connection())

    def reviewed(self) -> ReviewedView:
        """Precision as reviewed so far, by kind of relation; no share where nobody looked."""
        with self.read() as session:
            return read_reviewed.reviewed(session.connection())
