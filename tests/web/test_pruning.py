"""What may go because it is old: an admin is told first, then it is deleted, and the audit log says so."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.roles import Role
from app.store import Store

OLD = "2001-01-01T00:00:00.000000+00:00"
PATH = "/api/v1/prunings"
WHOLE = {"older_than": 400, "versions": 2, "sure": "1"}


def an_old_session(store: Store) -> None:
    with store.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO sessions (hash, reviewer_id, made, seen, ended_at) SELECT 'a hash', id, ?, ?, ? FROM reviewers",
            (OLD, OLD, OLD),
        )


@pytest.fixture
def admin(new_store, serving):
    store = new_store()
    _, token = store.people.add_person("Ann", Role.ADMIN, by="test")
    an_old_session(store)
    return serving(store), {"authorization": f"Bearer {token}"}


def test_it_is_said_before_and_told_after(admin) -> None:
    client, as_ann = admin
    said = client.get(f"{PATH}?older_than=400", headers=as_ann).json()
    assert {k["name"]: k["many"] for k in said["items"] if k["many"]} == {"sessions": 1}
    done = client.post(PATH, json={"older_than": 400, "versions": 2}, headers=as_ann)
    assert done.json() == said
    assert not any(k["many"] for k in client.get(PATH, headers=as_ann).json()["items"])
    assert "pruned" in client.get("/audit.jsonl", headers=as_ann).text.splitlines()[-1]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="nothing said"),
        pytest.param({"older_than": 400}, id="half of it"),
        pytest.param({"older_than": 3, "versions": 1}, id="what is young"),
        pytest.param({"older_than": 400, "versions": 0}, id="no version left"),
        pytest.param({"older_than": 10**9, "versions": 1}, id="before there was time"),
        pytest.param({"older_than": 400, "versions": 1, "by": "bo"}, id="in another name"),
    ],
)
def test_what_is_not_wholly_said_deletes_nothing(admin, body) -> None:
    client, as_ann = admin
    assert client.post(PATH, json=body, headers=as_ann).status_code == 422
    assert any(k["many"] for k in client.get(PATH, headers=as_ann).json()["items"])


def test_nobody_else_may(admin) -> None:
    client, _ = admin
    assert client.get(PATH).status_code == 401
    assert client.post(PATH, json={"older_than": 400, "versions": 1}).status_code == 401


@pytest.fixture
def browser(admin):
    """The same admin in a browser: what it is shown, and what it sends."""
    client, as_ann = admin
    own = {"origin": "http://127.0.0.1:8000"}
    token = as_ann["authorization"].removeprefix("Bearer ")
    signed = client.post("/sign-in", data={"token": token}, headers=own).headers["set-cookie"].partition(";")[0]
    an_old_session(client.app.state.holder.get())  # signing in forgets those there were
    return SimpleNamespace(
        show=lambda path: client.get(path, headers={"cookie": signed}).text,
        send=lambda **fields: client.post("/prunings", data=WHOLE | fields, headers={**own, "cookie": signed}),
        old=lambda: {k["name"]: k["many"] for k in client.get(PATH, headers=as_ann).json()["items"] if k["many"]},
    )


def test_the_page_says_it_and_deletes_it_after_a_yes(browser) -> None:
    assert 'href="/prunings"' in browser.show("/")
    assert "Sessions of browsers that ended or ran out" in browser.show("/prunings?older_than=400")
    unsure = browser.send(sure="")
    assert (unsure.status_code, "Nothing was deleted" in unsure.text) == (422, True)
    assert browser.old() == {"sessions": 1}
    done = browser.send().text
    assert "<b>Deleted.</b>" in done
    assert "Nothing that is older than 400 days may go" in done
    assert browser.old() == {}
    assert "There was nothing to delete" in browser.send().text
    assert "pruned" in browser.show("/audit.jsonl").splitlines()[-1]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"older_than": 3}, id="what is young"),
        pytest.param({"versions": 0}, id="no version left"),
        pytest.param({"older_than": ""}, id="no days"),
        pytest.param({"by": "bo"}, id="in another name"),
    ],
)
def test_a_form_that_is_not_ours_deletes_nothing(browser, fields) -> None:
    assert browser.send(**fields).status_code == 422
    assert browser.old() == {"sessions": 1}


def test_the_page_is_for_admins_alone(admin) -> None:
    client, _ = admin
    assert "/prunings" not in client.get("/").text
    shut = client.get("/prunings")
    assert (shut.status_code, shut.headers["location"].startswith("/sign-in")) == (303, True)
    assert client.post("/prunings", data=WHOLE).status_code in (401, 403)
