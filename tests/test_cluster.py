"""Import by a Dask cluster of two: the same rows to the letter, whoever is killed; and what is no cluster of ours is refused."""

from __future__ import annotations

import operator
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from ports import free_port
from test_importing import digest, kept, lines, pages

from app import pipeline
from app.errors import BadInput, Busy, NotReading, ParallaxError, TooHeavy
from app.pipeline import HERE, Cluster
from app.pipeline import reading as reading_stage
from app.pipeline.elsewhere import Refused
from app.store import open_store, upgrade

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="the extra dask is not installed")

QUIET = {"PARALLAX_LANGUAGE_MODEL": "rules", "PARALLAX_ENCODER": "off"}
PROJECT = str(Path(__file__).parents[1])


DYING = """
import os, signal, time
def read_and_die(mark, articles):
    from app.pipeline.reading import read_all
    found = read_all(articles)
    with open(mark, "a") as file:
        file.write(f"{len(found)}\\n")
    if open(mark).read().count("\\n") == 1:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    return found
"""


@pytest.fixture(scope="module")
def quiet() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in QUIET.items():
            patch.setenv(name, value)
        pipeline.chosen.get_settings.cache_clear()
        yield
    pipeline.chosen.get_settings.cache_clear()


@pytest.fixture(scope="module")
def two(quiet: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("dying")
    (folder / "dying_work.py").write_text(DYING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        patch.syspath_prepend(str(folder))
        made = pipeline.cluster("local", 2)
        yield made
        made.close()


def workers_of(cluster: Cluster) -> list[int]:
    """The processes of its workers."""
    return list(cluster._client.run(os.getpid).values())


def test_a_worker_that_is_there_is_found_whatever_the_client_wrote_down(
    two: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client writes down anew what it knows of the scheduler, without its workers, while we wait."""
    at = next(iter(two._client.nthreads()))
    monkeypatch.setattr(two._client, "scheduler_info", lambda **_: {"workers": {}})
    two._look(two._client.submit(os.getpid, pure=False), at)


def test_two_give_what_one_gives_and_workers_that_are_killed_lose_and_double_nothing(
    two: Cluster, tmp_path: Path, monkeypatch
) -> None:
    """One when it had read its batch and could not say so yet: another reads it again. One of them at any time."""
    import dying_work  # type: ignore[import-not-found]

    made, killed, mark = [], None, tmp_path / "mark"
    assert two.many == 2
    for name, hands in (("here", HERE), ("there", two)):
        path = tmp_path / f"{name}.sqlite3"
        upgrade(path)
        if hands is two:
            monkeypatch.setattr(reading_stage, "read_all", partial(dying_work.read_and_die, str(mark)))
        with open_store(path) as store:
            found = []
            for reading in pipeline.read_new(store, pages(34), hands=hands):
                found.append(reading)
                if hands is two and killed is None:
                    killed = workers_of(two)[0]
                    os.kill(killed, signal.SIGKILL)
            summary = pipeline.keep(store, found, hands=hands)
        assert (summary.outcomes, summary.failed, summary.waiting) == ({"new": 34}, [], set())
        made.append(digest(path))
    assert killed
    assert len(mark.read_text().splitlines()) > 3, "batches, one of them read twice"
    assert made[0] == made[1]


def test_errors_come_back_whole_and_what_takes_too_long_is_ended(two: Cluster) -> None:
    with pytest.raises(BadInput) as raised:
        two.read(30, pipeline.paste, "   ", origin="blank.txt")
    assert raised.value.where == "blank.txt"
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        two.read(30, operator.truediv, 1, 0)
    with pytest.raises(TooHeavy, match="not read within 1 seconds"):
        two.read(0.6, time.sleep, 60)
    assert two.compare(60, operator.add, 1, 2) == 3


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param("Parallax", "0.1.0 (another)", "Parallax .* there, 0.1.0", id="another version"),
        pytest.param("spacy", "2.0", "spacy .* there, 2.0 here", id="another library"),
        pytest.param(
            "the language model", "en_core_web_md 3.8.0", "the language model rules there", id="another model"
        ),
        pytest.param("what compares", "words alone (0123)", "what compares words alone", id="other weights"),
    ],
)
def test_a_worker_that_would_give_something_else_is_refused(
    two: Cluster, monkeypatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setattr(two, "_made_here", {**two._made_here, name: value})
    with pytest.raises(Refused, match=said) as raised:
        two.read(60, operator.add, 1, 2)
    assert raised.value.where
    with pytest.raises(Refused):
        two._ask_workers()


def test_a_worker_that_ends_when_it_is_asked_is_not_waited_for(two: Cluster) -> None:
    """One in whose Python there is no Parallax cannot read what it is sent, and gives up."""
    with pytest.raises(NotReading, match="ended when it was asked") as raised:
        two._answer(two._send("read", 60, time.sleep, (3,), {}), at="tls://127.0.0.1:1")
    assert raised.value.where == "tls://127.0.0.1:1"


def test_weights_that_are_not_there_are_refused(two: Cluster, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PARALLAX_WEIGHTS", str(tmp_path / "mine.json"))
    pipeline.chosen.get_settings.cache_clear()
    with pytest.raises(Refused, match="has not what the settings name"):
        two.read(60, operator.add, 1, 2)
    monkeypatch.delenv("PARALLAX_WEIGHTS")
    pipeline.chosen.get_settings.cache_clear()
    assert two.read(60, operator.add, 1, 2) == 3


def test_who_waits_when_it_ends_is_told_and_nothing_is_left(quiet: None) -> None:
    one = pipeline.cluster("local", 1)
    pids = workers_of(one)
    said: list[ParallaxError] = []

    def read() -> None:
        try:
            one.read(300, time.sleep, 200)
        except Busy as error:
            said.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    while not one._client.processing() or not any(one._client.processing().values()):
        assert thread.is_alive()
    one.close()
    thread.join(60)
    assert not thread.is_alive()
    assert len(said) == 1
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    with pytest.raises(NotReading):
        one.read(60, operator.add, 1, 2)


@pytest.mark.parametrize(
    ("address", "error", "said"),
    [
        pytest.param("tcp://127.0.0.1:{port}", NotReading, "no Dask scheduler answers there", id="nobody answers"),
        pytest.param("nowhere at all", BadInput, "no address of a Dask scheduler", id="no address"),
        pytest.param("127.0.0.1:8786", BadInput, "no address of a Dask scheduler", id="half an address"),
    ],
)
def test_what_is_no_cluster_is_said(monkeypatch, address: str, error: type[ParallaxError], said: str) -> None:
    monkeypatch.setattr(sys.modules[Cluster.__module__], "CONNECTING_SECONDS", 0.5)
    with pytest.raises(error, match=said) as raised:
        pipeline.cluster(address.format(port=free_port()), 2)
    assert "its scheduler prints" in (raised.value.mend or "")


def test_without_the_library_it_says_how_to_install_it(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BadInput, match="not installed") as raised:
        pipeline.cluster("local", 2)
    assert 'pip install "parallax[dask]"' in (raised.value.mend or "")


MANY = 24
"""Two batches, and it then waits for one more article, which nobody tells it: whenever it is ended, it is not done."""


@pytest.fixture(scope="module")
def uncut(quiet: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A file of articles, and what there is when nothing cuts its import short."""
    folder = tmp_path_factory.mktemp("uncut")
    read = lines(folder / "lines.jsonl", MANY)
    return read, taken_up(read, folder / "whole.sqlite3")


def taken_up(read: Path, database: Path) -> str:
    upgrade(database)
    with open_store(database) as store:
        pipeline.keep(store, pipeline.read_new(store, pipeline.read_targets([str(read)])))
    return digest(database)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "Ctrl-C"])
def test_an_import_that_was_cut_short_is_taken_up_and_leaves_nobody_behind(
    uncut: tuple[Path, str], tmp_path: Path, how: signal.Signals
) -> None:
    read, whole = uncut
    cut = tmp_path / "cut.sqlite3"
    upgrade(cut)
    command = subprocess.Popen(
        [sys.executable, "-m", "app", "import", str(read), "-", "--dask", "local", "--jobs", "1"],
        env={**os.environ, **QUIET, "PARALLAX_DATABASE": str(cut), "PYTHONPATH": PROJECT},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # where the tests themselves are run in the background, Ctrl-C is ignored, and so by what they start
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - nothing else runs in this thread
    )
    ends = time.monotonic() + 180
    while not kept(cut):
        assert command.poll() is None, command.communicate()
        assert time.monotonic() < ends
        time.sleep(0.01)
    assert command.poll() is None
    os.killpg(command.pid, how) if how == signal.SIGINT else os.kill(command.pid, how)
    assert command.wait(120) != 0
    _, err = command.communicate()
    assert kept(cut)
    if how == signal.SIGINT:
        assert "stopped; what was read is kept" in err
        assert "Traceback" not in err
    ends = time.monotonic() + 60
    while any(_is_of_group(entry, command.pid) for entry in Path("/proc").iterdir()):
        assert time.monotonic() < ends, "a worker is left"
        time.sleep(0.05)
    assert taken_up(read, cut) == whole


def _is_of_group(entry: Path, group: int) -> bool:
    try:
        return os.getpgid(int(entry.name)) == group and "Z" not in (entry / "stat").read_text().rsplit(")", 1)[1][:3]
    except (ValueError, OSError):
        return False
