"""`/metrics` in Prometheus' words, where `PARALLAX_METRICS=true` asks for it: how busy the server is, how long answers take, what is kept.

Nobody finds it unasked, and one who comes through a proxy does not either: it is for a collector on the same machine or in the same
house. A label holds nothing that a client can make up: routes are named by their template, methods and statuses by their kind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import DatabaseUnready, NotFound
from app.store import Store
from app.web.jobs import Jobs
from app.web.security import SAFE_METHODS, came_by_proxy

__all__ = ["Measures", "Metered", "RouteNoted", "route_of", "router"]

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Bounds of the histogram: a page takes some hundredths of a second, reading an article some seconds."""
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
NOWHERE = "none"
"""The route of a request that met none, or was refused at the door."""

router = APIRouter(tags=["health"])


class Measures:
    """What one application counts, in a registry of its own."""

    def __init__(self, store: Callable[[], Store], jobs: Jobs) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "parallax_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "parallax_request_seconds",
            "Seconds from a request's head to the end of its answer.",
            ("route",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.answering = Gauge("parallax_requests_in_flight", "Requests being answered now.", registry=self.registry)
        self.registry.register(_Kept(store, jobs))
        ProcessCollector(registry=self.registry)


class _Kept:
    """What is kept and what is under way, looked up whenever it is asked for."""

    def __init__(self, store: Callable[[], Store], jobs: Jobs) -> None:
        self._store, self._jobs = store, jobs

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: what there is depends on the database, which is not asked before somebody wants to know."""
        yield from ()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("parallax_jobs", "Imports that wait or are under way.", labels=("state",))
        for state, number in self._jobs.unfinished().items():
            jobs.add_metric([state], number)
        yield jobs
        try:
            store = self._store()
            counts, trouble = asdict(store.checks.counts()), store.ailing()
        except DatabaseUnready:
            yield GaugeMetricFamily("parallax_database_up", "Whether the database can be read.", 0)
            return
        yield GaugeMetricFamily("parallax_database_up", "Whether the database can be read.", 1)
        yield GaugeMetricFamily("parallax_database_writable", "Whether it can be written.", int(trouble is None))
        for what, number in counts.items():
            yield GaugeMetricFamily(f"parallax_{what}", f"{what.capitalize().replace('_', ' ')} kept.", number)


class Metered:
    """Counts and times every request, those that are refused too."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        self.app, self.measures = app, measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            with self.measures.answering.track_inprogress():
                await self.app(scope, receive, noting)
        finally:
            route = scope.get("state", {}).get("route", NOWHERE)
            method = scope["method"] if scope["method"] in SAFE_METHODS | _WRITES else "other"
            self.measures.requests.labels(method, route, f"{status // 100}xx").inc()
            self.measures.seconds.labels(route).observe(time.perf_counter() - began)


class RouteNoted:
    """Innermost: which route it was is known here, and handed out by the state that all copies of a scope share."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        finally:
            if scope["type"] == "http":
                scope.setdefault("state", {})["route"] = route_of(scope)


def route_of(scope: Scope) -> str:
    """The template of the route that answered, with what it was included under: `/api/v1/stories/{slug}`."""
    template = getattr(scope.get("route"), "path", None)
    if template is None:
        return f"{scope['root_path']}/" if scope.get("root_path") == "/static" else NOWHERE
    parts, own = scope["path"].split("/"), template.split("/")[1:]
    return "/".join([*parts[: len(parts) - len(own)], *own])


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """Only where `PARALLAX_METRICS=true`, and not through a proxy (404)."""
    if came_by_proxy(request.scope):
        raise NotFound("there is nothing at this address.")
    measures: Measures = request.app.state.measures
    return Response(
        generate_latest(measures.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"}
    )
