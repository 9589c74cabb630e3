"""When the disk is full or only readable, the file damaged, or too many write at once: the answer says which, and reading goes on."""

from __future__ import annotations

import shutil
import threading

import pytest
from sqlalchemy import event

from app.errors import Busy, Damaged, DiskFull, OnlyReadable
from app.store import upgrade

V1 = "/api/v1"
FLAG = f"{V1}/alignments/1/flags"
FORM = {"origin": "http://127.0.0.1:8000"}


def full(store):
    event.listen(store._writers, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count = 1"))
    return {"note": "x" * 1900}, 507, DiskFull


def only_readable(store):
    event.listen(store._writers, "connect", lambda c, _: c.execute("PRAGMA query_only = ON"))
    return {"note": "x"}, 503, OnlyReadable


@pytest.mark.parametrize("broken", [full, only_readable])
def test_a_disk_that_refuses(filled, serving, broken):
    """Small notes may still fit into the file as it is; sooner or later one does not."""
    store = filled()
    client = serving(store)
    body, status, kind = broken(store)
    what, mend = kind.usual

    def refused(path: str, **sent):
        for number in range(60):
            answer = client.post(path.format(number % 5 + 1), **sent)
            if answer.status_code >= 400:
                return answer
            store.review.withdraw_flag(store.rows.alignment(number % 5 + 1).row.flags[0].id, by="reader")
        raise AssertionError("the disk never was full")

    answer = refused("/api/v1/alignments/{}/flags", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["title"], problem["detail"].casefold(), problem["mend"]) == (kind.title, what, mend)
    assert str(store.path.parent) not in answer.text
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["title"], ready.json()["part"]) == (status, kind.title, "disk")
    page = refused("/alignments/{}/flags", data={**body, "back": "/"}, headers=FORM)
    assert page.status_code == status
    assert mend.partition(".")[0] in page.text
    assert client.get("/stories/the-bridge").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_server_that_nobody_may_write_to_is_ready_though_its_disk_is_full(filled, serving, monkeypatch):
    monkeypatch.setattr("app.store.troubles._free", lambda _: 0)
    store = filled()
    assert serving(store).get("/readyz").status_code == 507
    assert serving(store, writable=False).get("/readyz").json()["writing"] == "off"
    assert serving(store, bound="192.0.2.1").get("/readyz").status_code == 200


def test_damaged_pages(filled, serving, tmp_path):
    store = filled()
    path = tmp_path / "damaged.sqlite3"
    with store.read() as session:
        connection = session.connection()
        root = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'reasons'").scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    store.close()
    upgrade(store.path)
    shutil.copy(store.path, path)
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\x99" * size)
    client = serving(database=path)
    assert client.get(f"{V1}/articles").status_code == 200
    page = client.get("/stories/the-bridge", headers={"accept": "text/html"})
    assert page.status_code == 503
    assert "parallax restore" in page.text
    assert client.get(f"{V1}/articles").status_code == 200, "what is whole is shown"
    ready = client.get("/readyz").json()
    assert (ready["title"], ready["part"]) == (Damaged.title, "database")


def test_too_many_writers_are_told_when_to_come_again(filled, serving):
    store = filled()
    store.patience = 0.05
    client = serving(store)
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with store.write():
            inside.set()
            done.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait(20)
    try:
        answer = client.post(FLAG, json={})
        page = client.post("/alignments/1/flags", data={"back": "/"}, headers=FORM)
        read = client.get("/stories/the-bridge")
    finally:
        done.set()
        holder.join()
    for refused in (answer, page):
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == str(Busy.retry_after)
    assert "locked" not in answer.text
    assert read.status_code == 200
    assert client.post(FLAG, json={}).status_code == 201


def test_a_file_that_was_replaced_is_read_anew(filled, new_store, serving, tmp_path):
    path = tmp_path / "served.sqlite3"
    store = filled()
    store.close()
    upgrade(store.path)
    shutil.copy(store.path, path)
    client = serving(database=path)
    assert client.get(f"{V1}/stories").json()["total"] == 1
    empty = new_store()
    empty.close()
    upgrade(empty.path)
    other = tmp_path / "other.sqlite3"
    shutil.copy(empty.path, other)
    other.replace(path)
    assert client.get(f"{V1}/stories").json()["total"] == 0
    path.unlink()
    assert client.get("/readyz").status_code == 503
