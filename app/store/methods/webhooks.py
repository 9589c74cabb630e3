"""Webhooks, their delivery log, and what is to be sent by whoever sends."""

from __future__ import annotations

from collections.abc import Collection

from app.store import hooks, outbox
from app.store.methods.base import Room
from app.store.read import hooks as read_hooks
from app.store.views import Delivery, Posting, Slice, Webhook

__all__ = ["Webhooks"]


class Webhooks(Room):
    def add_webhook(
        self, name: str, url: str, events: Collection[str], *, by: str, story: str | None = None
    ) -> tuple[Webhook, str]:
        """A new one and its secret, which is not told again. `story`: only what becomes of this one (its slug)."""
        with self.write() as session:
            made, secret = hooks.add_webhook(session, name, url, events, story, by, self.now())
            session.flush()
            return read_hooks.webhook(session.connection(), made), secret

    def rotate_webhook(self, webhook_id: int, *, by: str) -> str:
        """Another secret in the place of the one it had."""
        with self.write() as session:
            return hooks.rotate_webhook(session, webhook_id, by, self.now())

    def end_webhook(self, webhook_id: int, *, by: str) -> None:
        with self.write() as session:
            hooks.end_webhook(session, webhook_id, by, self.now())

    def test_webhook(self, webhook_id: int, *, by: str) -> None:
        """Have a delivery sent that tells of nothing."""
        with self.write() as session:
            hooks.send_test(session, webhook_id, by, self.now())

    def send_again(self, delivery_id: int, *, by: str) -> None:
        """Raises `Conflicting` for one that arrived."""
        with self.write() as session:
            hooks.send_again(session, delivery_id, by, self.now())

    def webhooks(self) -> tuple[Webhook, ...]:
        with self.read() as session:
            return read_hooks.webhooks(session.connection())

    def webhook(self, webhook_id: int) -> Webhook:
        with self.read() as session:
            return read_hooks.webhook(session.connection(), webhook_id)

    def deliveries(self, webhook_id: int, *, cursor: str | None = None, limit: int = 50) -> Slice[Delivery]:
        """What one was told or is to be told, the latest first. Raises `NotFound`."""
        with self.read() as session:
            read_hooks.webhook(session.connection(), webhook_id)
            return read_hooks.deliveries(session.connection(), webhook_id, cursor, limit)

    # --- for whoever sends

    def next_posting(self, *, but: Collection[int] = ()) -> Posting | None:
        """A delivery that is due, for the caller alone until `outbox.HELD` is over; of no webhook of `but`."""
        with self.read() as session:
            if not outbox.waiting(session.connection(), self.now()):
                return None
        with self.write() as session:
            return outbox.take_posting(session.connection(), self.now(), but)

    def note_posting(self, posting: Posting, *, sent: bool, answer: str) -> None:
        """What came of it: sent, to be tried again later, or given up after the last attempt."""
        with self.write() as session:
            outbox.noted(session.connection(), posting, self.now(), sent=sent, answer=answer)
