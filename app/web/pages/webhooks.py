"""`/webhooks`: which other programs are told what happens here, and what they were told. A secret is shown once, on the page that made it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.errors import BadInput, Conflicting, NotFound, ParallaxError
from app.store import Store
from app.store.views import EVENTS, Delivery, Event, Slice, Webhook
from app.web.api.parameters import Id
from app.web.dependencies import Reviewer, StoreOf, Writable
from app.web.pages.fields import Said
from app.web.pages.links import Pages, pages_of
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render

__all__ = ["WebhookPage", "WebhooksPage", "router"]

router = APIRouter()


@dataclass(frozen=True, slots=True)
class TypedWebhook:
    """The form for a new one, as it was filled in."""

    name: str = ""
    url: str = ""
    events: Sequence[str] = EVENTS
    story: str = ""


@dataclass(frozen=True, slots=True)
class WebhooksPage:
    shell: Shell
    hooks: tuple[Webhook, ...]
    ended: tuple[Webhook, ...]
    kinds: tuple[Event, ...]
    typed: TypedWebhook
    error: str
    mend: str


@dataclass(frozen=True, slots=True)
class WebhookPage:
    """`fresh`: its secret, shown this once."""

    shell: Shell
    hook: Webhook
    log: Slice[Delivery]
    links: Pages
    fresh: str
    error: str


@router.get("/webhooks", response_class=HTMLResponse)
def webhooks(request: Request, store: StoreOf) -> HTMLResponse:
    return _list(request, store)


@router.post("/webhooks", response_class=HTMLResponse, dependencies=[Writable])
def add_webhook(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    name: Annotated[Said, Form(max_length=200)] = "",
    url: Annotated[Said, Form(max_length=2048)] = "",
    events: Annotated[list[str], Form(max_length=10)] = [],  # noqa: B006 - read by the framework
    story: Annotated[Said, Form(max_length=200)] = "",
) -> HTMLResponse:
    try:
        made, secret = store.webhooks.add_webhook(name, url, events, by=by, story=story.strip() or None)
    except (BadInput, Conflicting, NotFound) as error:
        return _list(request, store, typed=TypedWebhook(name, url, events, story), error=error)
    return _one(request, store, made.id, fresh=secret)


@router.get("/webhooks/{webhook_id}", response_class=HTMLResponse)
def webhook(request: Request, store: StoreOf, webhook_id: Id, cursor: str | None = None) -> HTMLResponse:
    return _one(request, store, webhook_id, cursor)


@router.post("/webhooks/{webhook_id}", dependencies=[Writable])
def change_webhook(
    request: Request,
    store: StoreOf,
    by: Reviewer,
    webhook_id: Id,
    do: Annotated[Literal["rotate", "test", "end"], Form()],
    sure: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Ending is for good, so its form has a box to tick."""
    try:
        match do:
            case "rotate":
                return _one(request, store, webhook_id, fresh=store.webhooks.rotate_webhook(webhook_id, by=by))
            case "test":
                store.webhooks.test_webhook(webhook_id, by=by)
            case "end":
                if not sure:
                    raise BadInput("it was not ended.", mend="Tick “for good” first: there is no way back.")  # noqa: TRY301
                store.webhooks.end_webhook(webhook_id, by=by)
    except (BadInput, Conflicting) as error:
        return _one(request, store, webhook_id, error=error)
    return RedirectResponse(f"/webhooks/{webhook_id}", status_code=303)


@router.post("/deliveries/{delivery_id}", dependencies=[Writable])
def send_again(store: StoreOf, by: Reviewer, delivery_id: Id, webhook: Annotated[int, Form(ge=1)]) -> RedirectResponse:
    store.webhooks.send_again(delivery_id, by=by)
    return RedirectResponse(f"/webhooks/{webhook}#delivery-{delivery_id}", status_code=303)


def _list(
    request: Request, store: Store, *, typed: TypedWebhook = TypedWebhook(), error: ParallaxError | None = None
) -> HTMLResponse:
    found = store.webhooks.webhooks()
    page = WebhooksPage(
        shell=shell_of(request, "Webhooks", "webhooks", noindex=True),
        hooks=tuple(h for h in found if h.ended_at is None),
        ended=tuple(h for h in found if h.ended_at is not None),
        kinds=EVENTS,
        typed=typed,
        error=error.what if error else "",
        mend=(error.mend or "") if error else "",
    )
    return render("pages/webhooks.html", page, status_code=error.status if error else 200)


def _one(
    request: Request,
    store: Store,
    webhook_id: int,
    cursor: str | None = None,
    *,
    fresh: str = "",
    error: ParallaxError | None = None,
) -> HTMLResponse:
    hook, log = store.webhooks.webhook(webhook_id), store.webhooks.deliveries(webhook_id, cursor=cursor, limit=30)
    page = WebhookPage(
        shell=shell_of(request, hook.name, "webhooks", noindex=True),
        hook=hook,
        log=log,
        links=pages_of(request, log),
        fresh=fresh,
        error=f"{error.what} {error.mend or ''}".strip() if error else "",
    )
    answer = render("pages/webhook.html", page, status_code=error.status if error else 200)
    answer.headers["cache-control"] = "no-store"
    return answer
