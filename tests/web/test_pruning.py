"""What may go because it is old: an admin is told first, then it is deleted, and the audit log says so."""

from __future__ import annotations

import pytest

from app.roles import Role

OLD = "2001-01-01T00:00:00.000000+00:00"
PATH = "/api/v1/prunings"


@pytest.fixture
def admin(new_store, serving):
    store = new_store()
    _, token = store.people.add_person("Ann", Role.ADMIN, by="test")
    with store.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO sessions (hash, reviewer_id, made, seen, ended_at) SELECT 'a hash', id, ?, ?, ? FROM reviewers",
            (OLD, OLD, OLD),
        )
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
