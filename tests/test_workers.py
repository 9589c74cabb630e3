"""Reading and comparing by programs beside this one: the same results, ended when they take too long, and nobody waits for ever."""

from __future__ import annotations

import operator
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import pipeline
from app.core.records import Hints, Reading
from app.errors import BadInput, Busy, TooHeavy, TooLarge, Unexpected
from app.pipeline import HERE, Workers, bounds
from app.pipeline import reading as reading_stage
from app.settings import get_settings

TEXTS = {
    "alpha": "The council approved the harbour bridge on Monday. Mayor Ana Ruiz said it would cost 40 million euros.",
    "beta": "The council approved the harbour bridge on Monday. It will cost 50 million euros in all, said mayor Ana Ruiz.",
}
SLOW = """
import time
from pathlib import Path
def asleep(begun):
    Path(begun).touch()
    time.sleep(300)
def stuck(*_):
    while True:
        pass
def stuck_on_beta(articles):
    from app.pipeline.reading import read_all
    if any("50 million" in a.text for a in articles):
        stuck()
    return read_all(articles)
"""


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    folder = tmp_path_factory.mktemp("slow")
    (folder / "slow_work.py").write_text(SLOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_LANGUAGE_MODEL", "rules")
        patch.setenv("PYTHONPATH", str(folder))
        patch.syspath_prepend(str(folder))
        made = Workers()
        yield made
        made.close()
    get_settings.cache_clear()  # or whoever comes next goes by what these were told


def pages() -> list:
    return [pipeline.paste(text, Hints(outlet=name), origin=f"{name}.txt") for name, text in TEXTS.items()]


def test_what_they_read_and_compare_is_what_is_read_here(workers: Workers, monkeypatch) -> None:
    monkeypatch.setenv("PARALLAX_LANGUAGE_MODEL", "rules")
    get_settings.cache_clear()
    there = list(pipeline.read_pages(pages(), hands=workers))
    here = list(pipeline.read_pages(pages(), hands=HERE))
    assert there == here
    assert workers.compare(60, pipeline.compare, there) == pipeline.compare(here)
    get_settings.cache_clear()


def test_errors_come_back_whole(workers: Workers) -> None:
    with pytest.raises(BadInput) as raised:
        workers.read(30, pipeline.paste, "   ", origin="blank.txt")
    assert raised.value.where == "blank.txt"
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        workers.read(30, operator.truediv, 1, 0)


def test_what_takes_too_long_is_ended_and_the_next_thing_is_done(workers: Workers) -> None:
    began = time.monotonic()
    with pytest.raises(TooHeavy, match="not read within 1 seconds"):
        workers.read(0.6, time.sleep, 60)
    assert time.monotonic() - began < 30
    assert workers.read(30, operator.add, 1, 2) == 3


def test_what_only_waits_for_its_turn_is_not_given_up(workers: Workers) -> None:
    """A machine that does other things meanwhile is no fault of the article: the processor's time counts."""
    assert workers.read(1.5, time.sleep, 1.6) is None


@pytest.mark.parametrize(
    ("work", "given"), [(os.abort, ()), (bytes, (10**12,))], ids=["it ends the program", "it takes all memory"]
)
def test_what_ends_the_program_or_takes_all_memory_is_named(workers: Workers, work, given) -> None:
    with pytest.raises(TooHeavy):
        workers.read(30, work, *given)
    assert workers.read(30, operator.add, 1, 2) == 3


def test_the_one_article_that_takes_for_ever_is_named_and_the_others_are_read(workers: Workers, monkeypatch) -> None:
    import slow_work  # type: ignore[import-not-found]

    monkeypatch.setattr(reading_stage, "read_all", slow_work.stuck_on_beta)
    seconds = lambda chars, a_second: 2.0 if a_second == bounds.READ_A_SECOND and chars != len(TEXTS["alpha"]) else 60.0  # noqa: E731
    monkeypatch.setattr(bounds, "seconds_for", seconds)  # whoever ends is given the time that a busy machine takes
    found = list(pipeline.read_pages(pages(), hands=workers))
    assert [type(f) for f in found] == [Reading, TooHeavy], [repr(getattr(f, "__cause__", f)) for f in found]
    assert found[1].where == "beta.txt"


def test_the_one_article_that_something_fails_at_is_named_and_the_others_go_on(store, monkeypatch) -> None:
    read, keep = reading_stage.read_all, store.articles.keep_article

    def failing(articles):
        if any("40 million" in a.text for a in articles):
            raise OverflowError("too large for a float")
        return read(articles)

    monkeypatch.setattr(reading_stage, "read_all", failing)
    found = list(pipeline.read_pages(pages()))
    assert [type(f) for f in found] == [Unexpected, Reading]
    assert found[0].where == "alpha.txt"
    monkeypatch.undo()

    def not_kept(reading, **how):
        if "50 million" in reading.article.text:
            raise OverflowError("too large for a column")
        return keep(reading, **how)

    monkeypatch.setattr(store.articles, "keep_article", not_kept)
    summary = pipeline.keep(store, pipeline.read_pages(pages()))
    assert summary.outcomes["new"] == 1
    assert [(type(e), e.where) for e in summary.failed] == [(Unexpected, "beta.txt")]
    assert store.articles.stale_stories() == ()


def test_other_threads_go_on_while_something_is_stuck(workers: Workers) -> None:
    """What is stuck holds up its own program; in this one it would hold the interpreter."""
    import slow_work

    workers.read(30, operator.add, 1, 2)
    ended: list[BaseException] = []

    def read() -> None:
        try:
            workers.read(2.0, slow_work.stuck)
        except TooHeavy as error:
            ended.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    turns = 0
    while thread.is_alive():
        time.sleep(0.005)
        turns += 1
    assert len(ended) == 1
    assert turns > 10, "one or two, if this program were held as well"


def begun(mark: Path) -> None:
    ends = time.monotonic() + 120
    while not mark.exists():
        assert time.monotonic() < ends, "it never began"
        time.sleep(0.005)


def test_a_long_comparison_holds_up_no_reading(workers: Workers, tmp_path: Path) -> None:
    import slow_work

    def compare() -> None:
        with pytest.raises(Busy):
            workers.compare(300, slow_work.asleep, str(tmp_path / "begun"))

    for lane in (workers.read, workers.compare):
        assert lane(30, operator.add, 1, 2) == 3
    thread = threading.Thread(target=compare)
    thread.start()
    begun(tmp_path / "begun")
    assert workers.read(30, operator.add, 1, 2) == 3
    assert thread.is_alive()
    workers.close()
    thread.join(60)
    assert not thread.is_alive()


def test_who_waits_when_the_server_ends_is_told(workers: Workers, tmp_path: Path) -> None:
    import slow_work

    said: list[str] = []

    def read() -> None:
        try:
            workers.read(300, slow_work.asleep, str(tmp_path / "begun"))
        except Busy as error:
            said.append(error.what)

    workers.read(30, operator.add, 1, 2)
    thread = threading.Thread(target=read)
    thread.start()
    begun(tmp_path / "begun")
    workers.close()
    thread.join(60)
    assert said == ["the server is ending."]


def test_the_program_ends_with_the_one_that_started_it(workers: Workers) -> None:
    workers.read(30, operator.add, 1, 2)
    reader = workers._readers.workers[0]
    process = reader._process
    assert process is not None
    assert reader._pipe is not None
    reader._pipe.close()  # as when this program is killed
    assert process.wait(60) == 0
    workers.close()


def test_an_article_that_is_too_large_is_refused_whoever_reads(monkeypatch) -> None:
    monkeypatch.setattr(bounds, "MOST_CHARS", 90)
    found = list(pipeline.read_pages(pages()))
    assert [type(f) for f in found] == [TooLarge, TooLarge]
    assert "at most 90 are read" in found[0].what
    assert found[0].where == "alpha.txt"


def test_settings_go_with_the_work(workers: Workers, monkeypatch) -> None:
    for model, name in (("rules", "rules"), ("no_such_model", None)):
        monkeypatch.setenv("PARALLAX_LANGUAGE_MODEL", model)
        get_settings.cache_clear()
        if name:
            assert workers.read(30, pipeline.reader_name).startswith(name)
        else:
            with pytest.raises(BadInput, match="no_such_model"):
                workers.read(30, pipeline.reader_name)
    get_settings.cache_clear()
