"""The web application: doors, health, API, pages, static files, in the order a request meets them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from anyio.to_thread import current_default_thread_limiter
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute

from app import pipeline
from app.errors import DatabaseUnready
from app.logs import get_log
from app.pipeline import Hands
from app.settings import Settings, get_settings
from app.store import Store
from app.store.store import utc_now
from app.version import software_version
from app.watching import Clockwork
from app.web import api, citations, downloads, feeds, health, oembed, openapi, problems, version_feeds
from app.web.access import AccessLog, Net
from app.web.alerts import Sender
from app.web.dates import ReaderLocale
from app.web.dependencies import StoreHolder
from app.web.doors import Doors, without_cell
from app.web.etag import ETag
from app.web.head import Head
from app.web.headers import SecurityHeaders
from app.web.healing import Healer
from app.web.importing import import_by
from app.web.jobs import Jobs
from app.web.limits import FORM_LIMITS, BodyLimits
from app.web.request_checks import exact, fields_known, understood
from app.web.slowing import Slowing
from app.web.spool import Spool
from app.web.static import STATIC, Static

if TYPE_CHECKING:
    from app.web.sign_on import SignOn

__all__ = ["create_app"]

log = get_log("parallax.web")
THREADS = 80
"""Threads that answer requests. Most of them wait, for the disk or for their turn to write, and some must be left to read."""
COPIES = 32
"""Pages fetched for a preview that are held until they are kept with what was read from them."""
STOP_SECONDS = 3.0
"""How long background work may take to end when the server does."""


def create_app(
    settings: Settings | None = None,
    store: Store | None = None,
    *,
    bound: str | None = None,
    hands: Hands | None = None,
) -> FastAPI:
    """A ready application.

    `store` is opened from `settings.place` when not given; if that cannot be done the app still starts, answers 503
    with the reason, and tries again at the next request. `bound` is the address that the server listens on. `hands` read and
    compare; programs beside this one when not given.
    """
    settings = settings or get_settings()
    holder = StoreHolder(settings, store)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            app.state.spool.resume(import_by(holder.get(), settings, app.state.hands))
        except DatabaseUnready as error:
            log.warning("database unready", reason=str(error))
        current_default_thread_limiter().total_tokens = THREADS
        app.state.healer.start()
        if settings.watch:
            app.state.clockwork.start()
        app.state.sender.start()
        yield
        app.state.jobs.ending.set()
        if hands is None:
            app.state.hands.close()  # whoever waits for them is told
        app.state.clockwork.stop(STOP_SECONDS)
        app.state.healer.stop(STOP_SECONDS)
        app.state.sender.stop(STOP_SECONDS)
        app.state.jobs.close()  # a job writes to the store: it ends first
        app.state.spool.close()
        holder.close()

    app = FastAPI(
        title="Parallax",
        summary="How news outlets report one event, side by side, claim by claim.",
        version=software_version(),
        docs_url=None,  # both load scripts from another host
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=_named,
        form_limits={**FORM_LIMITS, "max_part_size": settings.max_body_bytes},
        middleware=[
            Middleware(AccessLog),
            Middleware(SecurityHeaders),
            Middleware(Doors, settings=settings, bound=bound),
            Middleware(BodyLimits, max_bytes=settings.max_body_bytes),
            Middleware(Head),
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
            Middleware(ETag),
            Middleware(ReaderLocale),
            Middleware(Net),
        ],
    )
    app.state.jobs = Jobs()
    place = getattr(store, "place", settings.place)
    app.state.spool = Spool(place if isinstance(place, Path) else settings.database, app.state.jobs)
    if settings.metrics:
        _measure(app, holder)
    app.state.settings, app.state.holder, app.state.bound, app.state.error_page = settings, holder, bound, None
    app.state.slowing = Slowing()
    app.state.copies = pipeline.Copies(utc_now, most=COPIES)
    app.state.sign_on = _sign_on(settings)
    app.state.hands = hands or pipeline.workers()
    app.state.healer = Healer(holder.get, app.state.hands)
    app.state.clockwork = Clockwork(holder.get, settings, app.state.hands)
    app.state.sender = Sender(holder.get, settings)
    problems.install(app)
    app.openapi = lambda: openapi.document(app, api.TAGS)  # type: ignore[method-assign]
    _include_all(app)
    if lawless := without_cell(app):
        message = f"app/roles.py does not say who may {', '.join(lawless)}"
        raise RuntimeError(message)
    app.mount("/static", Static(directory=STATIC, check_dir=False), name="static")
    return app


def _measure(app: FastAPI, holder: StoreHolder) -> None:
    """Nobody loads or counts anything for figures that nobody asked for."""
    from app.web import metrics

    app.state.measures = metrics.Measures(holder.get, app.state.jobs)
    within = app.user_middleware
    within.insert(1, Middleware(metrics.Metered, measures=app.state.measures))  # within the log, which gives the state
    within.append(Middleware(metrics.RouteNoted))
    app.include_router(metrics.router)


def _sign_on(settings: Settings) -> SignOn | None:
    """Nobody loads what checks signatures for an issuer that nobody named. Raises `BadInput`."""
    if settings.oidc_issuer is None:
        return None
    from app.web.sign_on import SignOn

    return SignOn.of(settings)


def _named(route: APIRoute) -> str:
    return route.name


def _include_all(app: FastAPI) -> None:
    from app.web import pages

    app.router.routes.extend(_routes())
    app.state.error_page = pages.error_page


@cache
def _routes() -> tuple[BaseRoute, ...]:
    """Made once a process: what FastAPI works out of each when it is first asked for stays with them, whichever app asks."""
    from app.web import pages

    whole = APIRouter(generate_unique_id_function=_named)
    whole.include_router(health.router)
    for programs in (api.router, downloads.router, citations.router, feeds.router, version_feeds.router):
        whole.include_router(programs, dependencies=[Depends(exact)])
    whole.include_router(oembed.router)  # those who ask add parameters of their own
    checked = [Depends(understood), Depends(fields_known)]
    whole.include_router(pages.router, include_in_schema=False, dependencies=checked)
    return tuple(whole.routes)
