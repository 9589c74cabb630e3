"""`/imports`: many articles as one job. Its page shows how far it is, live where there is script, and what came of it.

Without script the page loads itself again while the job runs. It can be closed: the job goes on, and its address shows it
for an hour after its end.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from app.core.records import Hints
from app.errors import BadInput, Busy
from app.store import Store
from app.web.dependencies import HandsOf, JobsOf, Reviewer, SettingsOf, SpoolOf, StoreOf, Writable
from app.web.importing import ImportAsked, Imported, addresses_of, import_by
from app.web.jobs import Job, Progress, Work
from app.web.limits import FORM_LIMITS
from app.web.pages.add.forms import long_text, value
from app.web.pages.add.page import Many, add_form
from app.web.pages.shell import shell_of
from app.web.pages.templates import Shell, render
from app.web.spool import Spool
from app.web.uploads import Upload
from app.web.words import WORDS

__all__ = ["ImportPage", "router"]

router = APIRouter()
LOOK_SECONDS = 0.25
"""How often a watcher looks whether the job has moved."""
STREAM_SECONDS = 20.0
"""How long one stream of events lasts; a browser opens the next one by itself."""


@dataclass(frozen=True, slots=True)
class ImportPage:
    shell: Shell
    id: str
    title: str
    progress: Progress
    say: str
    result: Imported


def job_of(jobs: JobsOf, job_id: Annotated[str, Path(min_length=1, max_length=40)]) -> Job:
    """Found before the answer begins, so that one that is not there is a 404 and no broken stream."""
    return jobs.get(job_id)


JobOf = Annotated[Job, Depends(job_of)]


@router.post("/imports", dependencies=[Writable])
async def start_import(
    request: Request, store: StoreOf, settings: SettingsOf, hands: HandsOf, spool: SpoolOf, by: Reviewer
) -> Response:
    async with request.form(**FORM_LIMITS, max_part_size=settings.max_body_bytes) as form:
        sent = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
        uploads = tuple([Upload(f.filename or "", await f.read()) for f in sent])
    return await run_in_threadpool(_start, request, store, import_by(store, settings, hands), spool, form, uploads, by)


def _start(
    request: Request,
    store: Store,
    importing: Callable[[ImportAsked], Work],
    spool: Spool,
    form: FormData,
    uploads: tuple[Upload, ...],
    by: str,
) -> Response:
    many = Many(
        addresses=long_text(form, "addresses")[:100_000],
        outlet=value(form, "outlet"),
        story=value(form, "story"),
        files=len(uploads),
    )
    try:
        asked = ImportAsked(
            uploads=uploads,
            addresses=addresses_of(many.addresses),
            hints=Hints(outlet=many.outlet or None, story=many.story or None),
            by=by,
        )
        job = spool.start(asked, importing(asked))
    except (BadInput, Busy) as error:
        answer = add_form(request, store, many=many, many_error=error, status=error.status)
        if error.retry_after is not None:
            answer.headers["retry-after"] = str(error.retry_after)
        return answer
    return RedirectResponse(f"/imports/{job.id}", status_code=303)


@router.get("/imports/{job_id}", response_class=HTMLResponse)  # noqa: FAST003  job_of takes it
def import_page(request: Request, job: JobOf) -> HTMLResponse:
    progress = job.progress
    result = progress.result if isinstance(progress.result, Imported) else Imported()
    page = ImportPage(
        shell_of(request, "Adding articles", noindex=True), job.id, job.title, progress, said(progress), result
    )
    answer = render("pages/import.html", page)
    answer.headers["cache-control"] = "no-store"
    return answer


@router.get("/imports/{job_id}/events", response_class=EventSourceResponse)  # noqa: FAST003
async def events(job: JobOf) -> AsyncIterator[ServerSentEvent]:
    """One event a change: `{state, say, done, total, failures}`. Ends with the job, with the server, or after a while."""
    seen, until = -1, asyncio.get_running_loop().time() + STREAM_SECONDS
    while True:
        progress = job.progress
        if progress.number != seen:
            seen = progress.number
            yield ServerSentEvent(data=_told(progress), id=str(seen), retry=1000)
        if progress.over or job.stop.is_set() or asyncio.get_running_loop().time() > until:
            return
        await asyncio.sleep(LOOK_SECONDS)


def said(progress: Progress) -> str:
    """Where it is, in a line: "Reading 2 of 5: Bridge opens"."""
    if progress.state in ("waiting", "stopped"):
        return WORDS.job_state[progress.state]
    if progress.over:
        return WORDS.job_state["finished"]
    counted = f" {progress.done + 1} of {progress.total}" if progress.total and progress.done < progress.total else ""
    return f"{WORDS.job_step.get(progress.step, '')}{counted}{f': {progress.current}' if progress.current else ''}"


def _told(progress: Progress) -> dict[str, object]:
    return {
        "state": progress.state,
        "say": said(progress),
        "done": progress.done,
        "total": progress.total,
        "failures": len(progress.failures),
    }
