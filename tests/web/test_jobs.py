"""Long work in the background: bounded, watched by its id, forgotten after a while, ended with the server."""

from __future__ import annotations

import threading
import time

import pytest

from app.errors import BadInput, Busy, NotFound
from app.web.jobs import KEPT_SECONDS, MOST_JOBS, MOST_REMEMBERED, Failure, Jobs


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def jobs(clock):
    made = Jobs(clock)
    yield made
    made.close()


def until(true, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.005)


def over(job) -> bool:
    return job.progress.over and job.ended is not None


def test_a_job_tells_how_far_it_is_and_gives_its_result(jobs):
    def work(job):
        job.tell(step="read", done=1, total=2, current="a")
        job.tell(failed=Failure("no", "b", "mend it"))
        return "result"

    job = jobs.start("two things", work)
    until(lambda: over(job))
    progress = job.progress
    assert (progress.state, progress.result, progress.current) == ("finished", "result", "")
    assert progress.failures == (Failure("no", "b", "mend it"),)
    assert progress.number == 4
    assert jobs.get(job.id) is job


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (BadInput("it is empty.", where="x.txt", mend="Fill it."), "it is empty."),
        (KeyError("secret"), "did not expect"),
    ],
    ids=["expected", "unexpected"],
)
def test_an_error_ends_the_job_and_says_so(jobs, error, what):
    def work(job):
        raise error

    job = jobs.start("one thing", work)
    until(lambda: over(job))
    [failure] = job.progress.failures
    assert job.progress.state == "finished"
    assert what in failure.what
    assert "secret" not in failure.what


def test_only_so_many_at_once_and_then_again(jobs):
    go = threading.Event()
    started = [jobs.start("waits", lambda job: go.wait(20)) for _ in range(MOST_JOBS)]
    with pytest.raises(Busy, match="Too many"):
        jobs.start("one too many", lambda job: None)
    go.set()
    until(lambda: all(over(j) for j in started))
    assert jobs.start("again", lambda job: None)


def test_a_finished_job_is_forgotten_after_a_while(jobs, clock):
    job = jobs.start("one", lambda job: 1)
    until(lambda: over(job))
    clock.now = KEPT_SECONDS - 1
    assert jobs.get(job.id)
    clock.now = KEPT_SECONDS + 1
    with pytest.raises(NotFound, match="not known any more"):
        jobs.get(job.id)


def test_no_more_than_so_many_are_remembered(jobs):
    first = jobs.start("first", lambda job: 1)
    until(lambda: over(first))
    for _ in range(MOST_REMEMBERED + 1):
        job = jobs.start("another", lambda job: 1)
        until(lambda job=job: over(job))
    jobs.start("last", lambda job: 1)
    with pytest.raises(NotFound):
        jobs.get(first.id)


def test_closing_ends_what_runs_and_begins_nothing_more(clock):
    jobs = Jobs(clock)
    running = [jobs.start("runs", lambda job: job.stop.wait(20)) for _ in range(2)]
    until(lambda: all(j.progress.state == "running" for j in running))
    waiting = jobs.start("waits", lambda job: 1)
    jobs.close()
    assert [j.progress.state for j in running] == ["stopped", "stopped"]
    assert waiting.progress.state == "waiting"
    with pytest.raises(Busy):
        jobs.start("too late", lambda job: 1)
    jobs.close()  # twice is once


def test_an_unknown_id_is_not_found(jobs):
    with pytest.raises(NotFound):
        jobs.get("no-such")
