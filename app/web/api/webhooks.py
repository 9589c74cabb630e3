from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from app.store.views import Delivery, Event, Webhook
from app.web.api.parameters import Cursor, Id, Limit, link_pages
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.schemas import Paged, SentBody

__all__ = ["router"]

router = APIRouter(tags=["webhooks"])


class NewWebhook(SentBody):
    """`events`: conflict, article, flag, decision. `story`: only what becomes of this one."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "desk", "url": "https://chat.example/hook", "events": ["conflict"]}]},
    )

    name: str = Field(min_length=1, max_length=60)
    url: str = Field(min_length=1, max_length=2048)
    events: tuple[Event, ...] = Field(min_length=1, max_length=10)
    story: str | None = Field(default=None, max_length=200, description="Slug of a story.")


class WithSecret(BaseModel):
    """`secret` is told this once: what is sent is signed with it."""

    webhook: Webhook
    secret: str


@router.get("/webhooks", summary="Who is told what happens here")
def list_webhooks(store: StoreOf) -> Paged[Webhook]:
    """By name, those that were ended last. No secret is told."""
    found = store.webhooks.webhooks()
    return Paged(items=found, total=len(found))


@router.post("/webhooks", status_code=201, summary="Add a webhook", dependencies=[Writable])
def add_webhook(response: Response, store: StoreOf, by: Reviewer, body: NewWebhook) -> WithSecret:
    made, secret = store.webhooks.add_webhook(body.name, body.url, body.events, by=by, story=body.story)
    response.headers["location"] = f"/api/v1/webhooks/{made.id}/deliveries"
    response.headers["cache-control"] = "no-store"
    return WithSecret(webhook=made, secret=secret)


@router.post("/webhooks/{webhook_id}/secret", summary="Give a webhook another secret", dependencies=[Writable])
def rotate_webhook(response: Response, store: StoreOf, by: Reviewer, webhook_id: Id) -> WithSecret:
    """Everything sent from now on is signed with it."""
    secret = store.webhooks.rotate_webhook(webhook_id, by=by)
    response.headers["cache-control"] = "no-store"
    return WithSecret(webhook=store.webhooks.webhook(webhook_id), secret=secret)


@router.post("/webhooks/{webhook_id}/tests", status_code=202, summary="Send a test", dependencies=[Writable])
def test_webhook(store: StoreOf, by: Reviewer, webhook_id: Id) -> Webhook:
    """It is sent with the others, within seconds."""
    store.webhooks.test_webhook(webhook_id, by=by)
    return store.webhooks.webhook(webhook_id)


@router.delete("/webhooks/{webhook_id}", summary="End a webhook, for good", dependencies=[Writable])
def end_webhook(store: StoreOf, by: Reviewer, webhook_id: Id) -> Webhook:
    """What waits is not sent any more; its log stays."""
    store.webhooks.end_webhook(webhook_id, by=by)
    return store.webhooks.webhook(webhook_id)


@router.get("/webhooks/{webhook_id}/deliveries", summary="What a webhook was told, the latest first")
def list_deliveries(
    request: Request, response: Response, store: StoreOf, webhook_id: Id, cursor: Cursor = None, limit: Limit = 50
) -> Paged[Delivery]:
    """`body` is what is sent, but for its number and the site before its address."""
    found = store.webhooks.deliveries(webhook_id, cursor=cursor, limit=limit)
    link_pages(request, response, found.next, found.previous)
    return Paged(items=tuple(found.items), total=found.total, next=found.next)


@router.post(
    "/deliveries/{delivery_id}/attempts",
    status_code=202,
    summary="Send a delivery that did not arrive again, at once",
    dependencies=[Writable],
)
def send_again(store: StoreOf, by: Reviewer, delivery_id: Id) -> None:
    """409 for one that arrived."""
    store.webhooks.send_again(delivery_id, by=by)
