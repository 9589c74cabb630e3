"""Who may do what, cell by cell: every route of the application, by every role and by nobody, in every kind of house."""

from __future__ import annotations

import re

import pytest
import typer.main
from fastapi import FastAPI

from app.cli import app as command
from app.roles import LOCAL, TABLE, Act, Role, Scope, allows
from app.settings import Settings
from app.web.app import create_app
from app.web.doors import act_of, routes_of, without_cell

ROUTES = tuple(dict.fromkeys(routes_of(create_app(Settings(_env_file=None)))))
WRITES = tuple((m, p) for m, p in ROUTES if m not in {"GET", "HEAD"})
CLOSED = tuple((m, p) for m, p in ROUTES if m == "GET" and act_of(m, p) not in (Act.READ, Act.OPEN))
READS = tuple((m, p) for m, p in ROUTES if m == "GET" and act_of(m, p) is Act.READ)
ASKING = {"nobody": None, "local": None} | {r.value: r for r in Role}
MAY = {
    # act: who may, written out once more by hand, so that a slip in the table is seen here
    Act.OPEN: {"nobody", "local", "reader", "reviewer", "editor", "admin"},
    Act.READ: {"local", "reader", "reviewer", "editor", "admin"},
    Act.ACCOUNT: {"local", "reader", "reviewer", "editor", "admin"},
    Act.MARK: {"local", "reader", "reviewer", "editor", "admin"},
    Act.ADD: {"local", "reviewer", "editor", "admin"},
    Act.REVIEW: {"local", "reviewer", "editor", "admin"},
    Act.CORRECT: {"local", "editor", "admin"},
    Act.WATCH: {"local", "editor", "admin"},
    Act.CONNECT: {"local", "admin"},
    Act.AUDIT: {"local", "admin"},
    Act.ADMIN: {"admin"},
}
LENDS = {
    Scope.READ: {Act.OPEN, Act.READ, Act.ACCOUNT},
    Scope.ADD: {Act.OPEN, Act.READ, Act.ACCOUNT, Act.ADD},
    Scope.REVIEW: set(Act),
}


def told(cell: tuple[str, str]) -> str:
    return " ".join(cell)


def filled_in(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "999999", path)


@pytest.fixture(scope="module")
def house(new_store):
    """A store with a reviewer of every role, and their tokens."""
    store = new_store()
    return store, {r.value: store.people.add_person(f"A {r.value}", r, by="test")[1] for r in Role}


@pytest.fixture(scope="module")
def far(house, serving):
    return serving(house[0], peer="192.0.2.7")


@pytest.fixture(scope="module")
def near(house, serving):
    return serving(house[0])


@pytest.fixture(scope="module")
def off(house, serving):
    return serving(house[0], writable=False)


@pytest.fixture(scope="module")
def nobody_yet(new_store, serving):
    """Before there is a reviewer: from this machine, and from elsewhere."""
    store = new_store()
    return serving(store), serving(store, peer="192.0.2.7")


@pytest.fixture(scope="module")
def shut(house, serving):
    return serving(house[0], peer="192.0.2.7", reading="signed-in")


def test_every_act_and_every_role_has_its_cell():
    assert set(TABLE) == set(MAY) == set(Act)
    for act, names in MAY.items():
        for name, role in ASKING.items():
            by = act in LOCAL if name == "local" else allows(act, role)
            assert by is (name in names), (act, name)


@pytest.mark.parametrize("scope", Scope)
def test_what_a_token_lends(scope):
    assert {act for act in Act if allows(act, Role.ADMIN, scope)} == LENDS[scope]


def test_every_route_that_changes_something_has_a_cell_and_every_cell_a_route():
    assert WRITES
    known = [cell for right in TABLE.values() for cell in right.routes]
    assert len(known) == len(set(known))
    there = {told(r) for r in ROUTES} | {"GET /static/{path:path}"}
    assert set(known) <= there
    assert {told(w) for w in WRITES} <= set(known)


def test_an_application_with_a_route_that_nobody_spoke_of_does_not_start(monkeypatch):
    app = FastAPI()
    app.add_api_route("/api/v1/new-thing", lambda: None, methods=["POST"])
    assert without_cell(app) == ("POST /api/v1/new-thing",)
    monkeypatch.setattr("app.web.app.without_cell", lambda _: ("POST /api/v1/new-thing",))
    with pytest.raises(RuntimeError, match="does not say who may"):
        create_app(Settings(_env_file=None))


@pytest.mark.parametrize("cell", ROUTES, ids=told)
def test_a_route_is_found_again_under_any_address_of_it(cell):
    method, path = cell
    cells = {c: act for act, right in TABLE.items() for c in right.routes}
    assert act_of(method, filled_in(path)) is cells.get(told(cell), Act.READ)


@pytest.mark.parametrize("who", [*(r.value for r in Role), "nobody"])
@pytest.mark.parametrize("cell", [*WRITES, *CLOSED], ids=told)
def test_cell_by_cell(far, house, cell, who):
    """A refusal is 401 or 403 before anything of the request is looked at; whoever may gets an answer of the route itself."""
    method, path = cell
    act = act_of(method, path)
    headers = {"authorization": f"Bearer {house[1][who]}"} if who != "nobody" else {}
    if (act is Act.ADMIN and path.endswith(("/end", "/role", "/revoke"))) or path.endswith(("/rotate", "/revoke")):
        headers |= {"content-type": "application/x-www-form-urlencoded", "origin": "http://127.0.0.1:8000"}
        answer = far.request(method, filled_in(path), headers=headers, content=b"")
    else:
        answer = far.request(method, filled_in(path), headers=headers, json={} if method != "GET" else None)
    allowed = who in MAY[act]
    if allowed:
        assert answer.status_code not in (401, 403) or path == "/sign-in", answer.text
    elif who == "nobody" and method == "GET" and not path.startswith("/api/"):
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in?back=")
    else:
        assert answer.status_code == (401 if who == "nobody" else 403), answer.text
        if "json" in answer.headers["content-type"]:
            assert "Needs the role" in answer.json()["detail"]


@pytest.mark.parametrize("cell", WRITES, ids=told)
def test_the_local_user_and_those_elsewhere_while_there_is_nobody(nobody_yet, cell):
    method, path = cell
    act = act_of(method, path)
    here = nobody_yet[0].request(method, filled_in(path), json={})
    assert (here.status_code in (401, 403)) is ("local" not in MAY[act] or act is Act.ACCOUNT or path == "/sign-in"), (
        here.text
    )
    there = nobody_yet[1].request(method, filled_in(path), json={})
    assert (there.status_code in (401, 403)) is (act is not Act.OPEN or path == "/sign-in")


@pytest.mark.parametrize("cell", WRITES, ids=told)
def test_once_there_is_a_reviewer_this_machine_is_nobody_either(near, cell):
    method, path = cell
    if act_of(method, path) is Act.OPEN:
        return
    assert near.request(method, filled_in(path), json={}).status_code == 401


@pytest.mark.parametrize("cell", READS, ids=told)
def test_reading_is_open_or_closed_as_a_whole(far, shut, house, cell):
    path = filled_in(cell[1])
    assert far.get(path).status_code not in (401, 403)
    answer = shut.get(path)
    if path.startswith("/api/") or path == "/openapi.json":
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in?back=/")
    assert shut.request("HEAD", path).status_code in (303, 401)
    signed = shut.get(path, headers={"authorization": f"Bearer {house[1]['reader']}"})
    assert signed.status_code not in (401, 403)
    assert not signed.headers.get("location", "").startswith("/sign-in")


@pytest.mark.parametrize(
    "path", ["/nowhere", "/static/../stories", "//", "/API/v1/stories", "/stories/", "/stories/x%0a"]
)
def test_what_is_nowhere_is_closed_too(shut, path):
    assert shut.get(path).status_code in (303, 401)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/sign-in", "/static/css/base.css"])
def test_what_stays_open_in_a_closed_house(shut, path):
    assert shut.get(path).status_code == 200


def test_a_closed_house_names_no_stories_to_strangers(filled, serving):
    store = filled()
    store.people.add_person("Ann", Role.ADMIN, by="test")
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE stories SET stale = 1")
    assert serving(store).get("/readyz").json()["waiting"] == ["the-bridge"]
    assert serving(store, reading="signed-in").get("/readyz").json()["waiting"] == []


@pytest.mark.parametrize("cell", WRITES, ids=told)
def test_switched_off_is_off_for_an_admin_too(house, off, cell):
    method, path = cell
    right = TABLE[act_of(method, path)]
    answer = off.request(method, filled_in(path), json={}, headers={"authorization": f"Bearer {house[1]['admin']}"})
    assert ("PARALLAX_WRITABLE is off" in answer.text) is right.changes


def test_without_a_database_nobody_is_let_in(serving):
    assert serving().post("/api/v1/articles/preview", json={"text": "x"}).status_code == 503


# --- commands and the description


def commands(group, words: str = "") -> list[str]:
    found = []
    for name, one in group.commands.items():
        inner = getattr(one, "commands", None)
        found += commands(one, f"{words}{name} ") if inner else [f"{words}{name}"]
    return found


def test_every_command_stands_in_the_table_once():
    stands = [name for right in TABLE.values() for name in right.commands]
    assert len(stands) == len(set(stands))
    assert sorted(stands) == sorted(commands(typer.main.get_command(command)))


def test_the_description_says_which_role_each_operation_needs(far):
    described = far.get("/openapi.json").json()
    scheme = described["components"]["securitySchemes"]["token"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            act = act_of(method.upper(), path)
            if act is Act.OPEN:
                continue
            assert operation["x-parallax-role"] == TABLE[act].role
            assert {"token": []} in operation["security"]
            assert "application/problem+json" in operation["responses"]["401"]["content"]
            if method != "get":
                assert f"role {TABLE[act].role.value}" in operation["description"]
                assert "application/problem+json" in operation["responses"]["403"]["content"]
