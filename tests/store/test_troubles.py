"""A full disk, a file that can only be read, damaged pages: one true sentence with the mend, and reading goes on."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from made_up import fill, reading
from sqlalchemy import event

from app.errors import (
    BadInput,
    Busy,
    Damaged,
    DatabaseUnready,
    DiskFailing,
    DiskFull,
    NoMoreAllowed,
    OnlyReadable,
    of_system,
)
from app.settings import PROJECT
from app.store import Store, backup, check_ready, open_store, upgrade
from app.store.troubles import ailing, trouble_of

LONG = reading(
    "Delta", "2020-01-02", "Long", [(f"The hearing number {i} came to nothing at all.", {}) for i in range(400)]
)

pytestmark = pytest.mark.sqlite_file


@pytest.fixture
def full(filled: Store) -> Store:
    """A store whose file may not grow: SQLite then says what it says of a full disk."""
    event.listen(
        filled._writers, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1")
    )  # it is never less than the file has
    return filled


def test_a_full_disk_is_told_and_nothing_is_half_kept(full: Store) -> None:
    before = full.rows.story("pact"), full.library.articles().total
    for _ in range(2):
        with pytest.raises(DiskFull, match=r"the disk is full\. Free some space"):
            full.articles.keep_article(LONG)
    assert (full.rows.story("pact"), full.library.articles().total) == before, "and reading goes on"


def test_what_keeps_it_from_writing_is_known_until_it_is_over(full: Store, monkeypatch) -> None:
    assert full.ailing() is None
    with pytest.raises(DiskFull):
        full.articles.keep_article(LONG)
    assert isinstance(full.ailing(), DiskFull)
    monkeypatch.setattr("app.store.methods.base.TROUBLE_SECONDS", 0.0)
    event.listen(full._writers, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count = 100000"))
    assert full.ailing() is None, "it was tried again"
    assert full.articles.keep_article(LONG).outcome == "new"


def asked(*words: str) -> int:
    """The exit code of a command of the system."""
    return subprocess.run(words, capture_output=True, check=False).returncode if shutil.which(words[0]) else 127


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of some megabytes, where the system lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    if asked("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)):
        pytest.skip("nothing can be mounted here")
    yield place
    asked("umount", "-l", str(place))


def fill_disk(place: Path) -> Path:
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    return filler


def test_a_disk_that_fills_up_while_it_is_written_and_is_emptied_again(small_disk: Path) -> None:
    path = small_disk / "kept.sqlite3"
    upgrade(path)
    with open_store(path) as store:
        fill(store)
        filler = fill_disk(small_disk)
        with pytest.raises(DiskFull):
            store.articles.keep_article(LONG)
        assert isinstance(store.ailing(), DiskFull)
        assert store.rows.story("pact").rows.total == 5
        with pytest.raises(DiskFull) as raised:
            backup(path, small_disk / "copy.sqlite3")
        assert str(raised.value.where).endswith("copy.sqlite3")
        assert not [p for p in small_disk.iterdir() if "copy" in p.name]
        filler.unlink()
        store.articles.keep_article(LONG)
        with store.read() as session:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_a_disk_that_can_only_be_read(small_disk: Path) -> None:
    path = small_disk / "kept.sqlite3"
    upgrade(path)
    with open_store(path) as store:
        fill(store)
    upgrade(path)  # folds the log in
    assert asked("mount", "-o", "remount,ro", str(small_disk)) == 0
    with open_store(path) as store:
        assert store.rows.story("pact").rows.total == 5
        assert isinstance(store.ailing(), OnlyReadable)
        with pytest.raises(OnlyReadable, match="can only be read"):
            store.review.flag(1, by="ann")
        assert store.rows.story("pact").rows.total == 5


AS_ONE_WITHOUT_RIGHTS = """
import sys
from pathlib import Path
from app.errors import OnlyReadable
from app.store import open_store
with open_store(Path(sys.argv[1])) as store:
    print(store.rows.story("pact").rows.total, type(store.ailing()).__name__)
    try:
        store.review.flag(1, by="ann")
    except OnlyReadable as error:
        print(error.what)
    print(store.rows.story("pact").rows.total)
"""


@pytest.mark.parametrize(
    ("file", "folder"), [(0o444, 0o555), (0o644, 0o555), (0o444, 0o755)], ids=["both", "folder", "file"]
)
def test_a_file_or_folder_that_may_only_be_read(filled: Store, tmp_path: Path, file: int, folder: int) -> None:
    """Without the right of a root to write anyway."""
    place = tmp_path / "others"
    path = place / "kept.sqlite3"
    backup(filled.path, path)
    path.chmod(file)
    place.chmod(folder)
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []
    if drop and asked(*drop, "true"):
        pytest.skip("rights cannot be dropped here")
    command = [*drop, sys.executable, "-c", AS_ONE_WITHOUT_RIGHTS, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    place.chmod(0o755)
    told = "nothing can be written: the file, its folder or its disk can only be read."
    assert ran.stdout.splitlines() == ["5 OnlyReadable", told, "5"], ran.stderr


UNDER_A_LIMIT = """
import resource, sys
from pathlib import Path
from app.errors import ParallaxError
from app.store import backup, open_store
path, limit = Path(sys.argv[1]), sys.argv[2]

def tried(act):
    try:
        act()
    except ParallaxError as error:
        print(type(error).__name__, error.status, error.what)

def grow():
    with store.write() as session:
        session.connection().exec_driver_sql("CREATE TABLE large AS SELECT randomblob(9000000) AS a")

with open_store(path) as store:
    rows = store.rows.story("pact").rows.total
    if limit == "size":
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 70000,) * 2)
        tried(grow)
        print(type(store.ailing()).__name__)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000,) * 2)
        tried(lambda: backup(path, path.with_name("copy.sqlite3")))
        print(sorted(p.name for p in path.parent.iterdir() if "copy" in p.name))
        print(store.rows.story("pact").rows.total == rows)
    else:
        store.close()
        taken = [open("/dev/null") for _ in range(20)]
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(f.fileno() for f in taken) + 1,) * 2)
        tried(lambda: store.library.articles())
        del taken[:]
        print(store.rows.story("pact").rows.total == rows)
"""
NO_MORE = "NoMoreAllowed 507 nothing more can be written: a limit of the system on disk space or on the size of files is reached."


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("size", [NO_MORE, "NoMoreAllowed", NO_MORE, "[]", "True"]),
        ("files", ["Busy 503 too many files are open at once.", "True"]),
    ],
)
def test_a_limit_of_the_system_is_told_as_what_it_is(filled: Store, limit: str, said: list[str]) -> None:
    """And not as a disk that fails: the driver says the same of both."""
    command = [sys.executable, "-c", UNDER_A_LIMIT, str(filled.path), limit]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    assert ran.stdout.splitlines() == said, ran.stderr


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, NoMoreAllowed),
        (errno.EFBIG, NoMoreAllowed),
        (errno.EROFS, OnlyReadable),
        (errno.EIO, DiskFailing),
        (errno.EMFILE, Busy),
        (errno.ENOENT, type(None)),
    ],
    ids=lambda v: errno.errorcode.get(v, v) if isinstance(v, int) else v.__name__,
)
def test_what_the_system_refuses(refused: int, kind: type) -> None:
    assert type(of_system(OSError(refused, os.strerror(refused), "kept.sqlite3"))) is kind


def damage(path: Path, table: str) -> None:
    """Overwrite the root page of a table."""
    with closing(sqlite3.connect(path)) as connection:
        root, size = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\x99" * size)


def test_damaged_pages_are_told_and_what_is_whole_is_shown(filled: Store) -> None:
    path = filled.path
    filled.close()
    upgrade(path)
    damage(path, "reasons")
    with open_store(path) as store:
        assert store.library.articles().total == 3
        with pytest.raises(Damaged, match="`parallax check`"):
            store.rows.story("pact")
        assert isinstance(store.ailing(), Damaged)
        assert store.library.articles().total == 3


@pytest.mark.parametrize("size", [100, 4096], ids=["its head", "its first page"])
def test_a_file_whose_beginning_is_damaged(filled: Store, size: int) -> None:
    path = filled.path
    filled.close()
    upgrade(path)
    with path.open("r+b") as file:
        file.write(b"\x99" * size)
    for look in (check_ready, open_store, upgrade):
        with pytest.raises(DatabaseUnready, match="parallax restore"):
            look(path)


def test_a_mistake_of_ours_is_no_trouble_with_the_file(filled: Store) -> None:
    with closing(sqlite3.connect(filled.path)) as connection:
        for statement in ("SELECT nothing", "INSERT INTO stories (id) VALUES (1)"):
            with pytest.raises(sqlite3.Error) as raised:
                connection.execute(statement)
            assert trouble_of(raised.value, filled.path) is None
    assert trouble_of(ValueError(), filled.path) is None
    with pytest.raises(BadInput):
        filled.review.flag(1, by="")
    assert filled.ailing() is None


def test_a_frozen_comparison_that_was_tampered_with_is_no_trouble_with_the_disk(filled: Store) -> None:
    frozen = filled.snapshots.freeze("pact", by="ann")
    with filled.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER snapshots_refuse_update")
        connection.exec_driver_sql("UPDATE snapshots SET record = replace(record, 'pact', 'tact')")
    with pytest.raises(DatabaseUnready, match="tampered"):
        filled.snapshots.snapshot(frozen.id)
    assert filled.ailing() is None


def test_free_space_and_rights_are_looked_at(filled: Store, monkeypatch) -> None:
    assert ailing(filled.path) is None
    monkeypatch.setattr("app.store.troubles._free", lambda _: 1000)
    assert isinstance(filled.ailing(), DiskFull)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert isinstance(filled.ailing(), OnlyReadable)
