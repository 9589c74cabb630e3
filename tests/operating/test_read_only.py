"""In a world that can only be read, as a user without rights: all that may be written is the folder of the database.

So it is in the container of `deploy/compose.yaml` and under `deploy/parallax.service`. Here the system gives us a room of mounts of
our own, in which everything but that folder is made read only.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from ports import free_port

from app.settings import PROJECT
from app.store import open_store

USER = 10001
READ_ONLY = rf"""
data=$1; shift
mount --make-rprivate / && mount --bind "$data" "$data" || exit 90
cut -d ' ' -f 2 /proc/self/mounts | sort -u | while read -r place; do
    case "$place" in "$data"|/proc*|/sys*|/dev*) ;; *) mount -o remount,bind,ro "$place" 2>/dev/null;; esac
done
cd "$data" && exec setpriv --reuid={USER} --regid={USER} --clear-groups --no-new-privs \
    --inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search --bounding-set=-all,+dac_read_search "$@"
"""


def inside(data: Path, *words: str) -> list[str]:
    """The command in that world. It may read whatever there is, so that it finds the Python that runs these tests."""
    return ["unshare", "--mount", "sh", "-c", READ_ONLY, "sh", str(data), *words]


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A folder that is that user's, at a place that anybody may come to."""
    with tempfile.TemporaryDirectory(prefix="parallax-", dir="/var/tmp") as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "data"
        folder.mkdir()
        made_theirs(folder)
        yield folder


def made_theirs(folder: Path) -> None:
    if os.getuid() != 0 or not all(map(shutil.which, ("unshare", "setpriv"))):
        pytest.skip("such a world cannot be made here")
    os.chown(folder, USER, USER)
    probe = "touch mine && ! touch /tmp/x 2>/dev/null && ! touch /x 2>/dev/null && id -u"
    ran = subprocess.run(inside(folder, "sh", "-c", probe), capture_output=True, text=True, check=False)
    if ran.returncode or ran.stdout.strip() != str(USER):
        pytest.skip(f"such a world cannot be made here: {ran.stderr or ran.stdout}")


ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "PYTHONPATH": str(PROJECT),
    "PYTHONDONTWRITEBYTECODE": "1",
    "PARALLAX_LANGUAGE_MODEL": "rules",
    "OPENBLAS_NUM_THREADS": "1",
}


def command(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    own = {**ENVIRONMENT, "PARALLAX_DATABASE": str(data / "parallax.sqlite3")}
    ran = subprocess.run(
        inside(data, sys.executable, "-m", "app", *words), capture_output=True, text=True, check=False, env=own
    )
    assert ran.returncode == 0, ran.stderr
    return ran


@contextmanager
def serving(data: Path) -> Iterator[str]:
    port = free_port()
    own = {**ENVIRONMENT, "PARALLAX_DATABASE": str(data / "parallax.sqlite3"), "PARALLAX_LOG_FORMAT": "json"}
    words = inside(data, sys.executable, "-m", "app", "serve", "--port", str(port))
    with (data.parent / "log").open("w") as log:
        server = subprocess.Popen(words, env=own, stderr=log)
    site = f"http://127.0.0.1:{port}"
    try:
        ends = time.monotonic() + 180
        while True:
            try:
                httpx.get(f"{site}/healthz", timeout=5)
                break
            except httpx.TransportError:
                assert server.poll() is None, (data.parent / "log").read_text()
                assert time.monotonic() < ends, "it never answered"
                time.sleep(0.1)
        yield site
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
    assert '"level": "error"' not in (data.parent / "log").read_text()


def test_everything_works_where_only_its_folder_can_be_written(data: Path) -> None:
    command(data, "example")
    with serving(data) as site, httpx.Client(base_url=site, timeout=120) as client:
        ready = client.get("/readyz")
        assert ready.status_code == 200, ready.text
        assert ready.json()["writing"] == "ready"
        for page in ("/", "/search?q=GSOMIA", "/conflicts", "/method", "/stories/gsomia-south-korea-and-japan"):
            assert client.get(page).status_code == 200, page
        text = "The council of Harbour approved the bridge on Monday 13 May 2024, mayor Ana Ruiz said. "
        client.cookies.clear()  # a program's change that carries cookies must name its origin
        kept = client.post("/api/v1/articles", json={"text": text, "outlet": "Gazette", "story": "harbour"})
        assert kept.status_code == 201, kept.text
        large = ("\n\n".join(f"{n}. {text}" for n in range(2500))).encode()  # more than is kept in memory as it arrives
        sent = client.post(
            "/imports",
            files={"files": ("large.txt", large, "text/plain"), "outlet": (None, "Herald")},
            headers={"origin": site},
        )
        assert sent.status_code == 303, sent.text
    command(data, "backup", str(data / "copy.sqlite3"))
    command(data, "check")
    with open_store(data / "copy.sqlite3") as copy:
        assert copy.library.articles(limit=1).total >= 7
