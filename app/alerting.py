"""What webhooks wait to be told is sent, signed, one delivery after the other.

Each is taken from the store for a while (`Store.webhooks.next_posting`), so two that send at once, in one process or in two, never send
the same one at the same time. Whoever dies between sending and noting it leaves it to be sent again: a receiver knows it by
its number. A webhook that did not take one is left alone until the next run, so that it keeps nobody waiting.

The signature is HMAC-SHA256, in hexadecimal, over the moment of sending (seconds since 1970, as decimal digits), a full stop and the
body's bytes, by the secret's characters as it was shown. README says how a receiver checks it.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.sources.posting import Poster
from app.store import Store
from app.store.views import Posting
from app.version import software_version

__all__ = ["MOST", "DeliveryCount", "delivery_body", "headers_of", "send_due", "signature"]

MOST: Final = 200
"""Deliveries of one run: what is left waits for the next."""


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    """How many deliveries arrived, and how many did not."""

    arrived: int = 0
    failed: int = 0


def send_due(
    store: Store,
    now: Callable[[], datetime],
    post: Poster,
    *,
    site: str = "",
    stop: Callable[[], bool] = lambda: False,
) -> DeliveryCount:
    """Send what is due. `site` stands before addresses; `stop` is asked before each."""
    arrived, failed = 0, 0
    silent: set[int] = set()
    while arrived + failed < MOST and not stop():
        posting = store.webhooks.next_posting(but=silent)
        if posting is None:
            break
        body = delivery_body(posting, site)
        answer = post(posting.url, body, headers_of(posting, body, now()))
        store.webhooks.note_posting(posting, sent=answer.sent, answer=answer.answer)
        if answer.sent:
            arrived += 1
        else:
            failed += 1
            silent.add(posting.webhook_id)
    return DeliveryCount(arrived, failed)


def delivery_body(posting: Posting, site: str) -> bytes:
    told = json.loads(posting.body)
    whole = {"id": posting.id, **told, "address": f"{site}{told['address']}"}
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace")


def headers_of(posting: Posting, body: bytes, at: datetime) -> dict[str, str]:
    moment = str(int(at.timestamp()))
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": f"Parallax/{software_version()} (webhook)",
        "Parallax-Delivery": str(posting.id),
        "Parallax-Event": posting.event,
        "Parallax-Timestamp": moment,
        "Parallax-Signature": f"sha256={signature(posting.secret, moment, body)}",
    }


def signature(secret: str, moment: str, body: bytes) -> str:
    """As the receiver computes it.

    >>> signature("whs_x", "1700000000", b"{}")[:16]
    '0e18abd4bf7647e1'
    """
    return hmac.new(secret.encode(), moment.encode() + b"." + body, "sha256").hexdigest()
