"""Reviewers, tokens, sessions: kept as hashes, ended at once, known again in any spelling."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import Parameters, PasswordHasher, Type, extract_parameters
from clock import Clock
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from test_schema import as_of, sql

from app.errors import BadInput, Conflicting, NotFound
from app.roles import Role, Scope
from app.store import Store, open_store, people, tokens, upgrade
from app.store.tokens import named_by, new_token, proves


@pytest.fixture
def house(store: Store) -> Store:
    return store


def test_a_database_of_before_has_nobody_in_it_and_keeps_its_names(tmp_path: Path, example: Path) -> None:
    path = as_of(tmp_path / "old.sqlite3", example, "0008")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            'INSERT INTO decisions (alignment_id, kind, claims, note, "by", at)'
            " VALUES (1, 'confirm', '[]', '', 'ann', '2024-01-01T00:00:00.000000+00:00')"
        )
    upgrade(path)
    with open_store(path) as store:
        assert store.people.has_people() is False
        assert store.people.everybody() == ()
        store.people.add_person("Ben", Role.ADMIN, by="reader")
        assert store.people.has_people() is True
    assert sql(path, 'SELECT "by" FROM decisions') == [("ann",)]


@pytest.mark.sqlite_file
def test_no_secret_is_kept_anywhere_in_the_file(house: Store) -> None:
    ann, token = house.people.add_person("Ann", Role.ADMIN, by="reader")
    admitted = house.people.admitted_by_token(token)
    cookie = house.people.sign_in(admitted)
    other, more = house.people.make_token(ann.id, "laptop", Scope.ADD, by="Ann")
    _, rotated = house.people.rotate_token(other.id, by="Ann")
    house.close()
    kept = b"".join(p.read_bytes() for p in house.path.parent.glob(f"{house.path.name}*"))
    for secret in (token, more, rotated):
        assert secret.encode() not in kept
        assert secret.split("_", 2)[2].encode() not in kept  # a secret may hold "_" itself
        assert secret[15:].encode() not in kept
    assert cookie.encode() not in kept
    assert b"$argon2id$" in kept


def test_tokens_are_told_apart_and_hide_themselves() -> None:
    one, other = new_token(), new_token()
    assert one.text != other.text
    assert one.text not in repr(one)
    assert one.hash not in repr(one)
    assert proves(one.text, one.hash)
    assert not proves(one.text, other.hash)
    assert not proves(one.text, None)
    assert not proves(f"plx_{one.prefix}_{'A' * 43}", one.hash)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "plx_",
        "plx_aaaaaaaaaa_short",
        "x" * 5000,
        "plx_AAAAAAAAAA_" + "a" * 43,
        "\x00" * 60,
        "plx_ééé_" + "a" * 43,
    ],
)
def test_what_is_no_token_names_nothing_and_admits_nobody(house: Store, text: str) -> None:
    assert named_by(text) is None
    assert house.people.admitted_by_token(text) is None


@pytest.mark.parametrize("spelling", ["ann lee", "ANN  LEE", "Ａnn Lee", " Ann\tLee ", "Ann Lee"])
def test_a_name_is_given_once_in_whatever_spelling(house: Store, spelling: str) -> None:
    ann, _ = house.people.add_person("Ann Lee", Role.REVIEWER, by="reader")
    house.people.end_person(ann.id, by="reader", keep_admin=False)
    with pytest.raises(Conflicting, match="is, or was"):
        house.people.add_person(spelling, Role.ADMIN, by="reader")
    assert house.people.person_named(spelling).id == ann.id


@pytest.mark.parametrize(
    "name", ["", "  ", "Parallax", "PARALLAX", "a" * 61, "Ann\u202eeeL", "\u200b", "An\x00n", "---", "A\u2066B"]
)
def test_what_is_no_name_is_refused(house: Store, name: str) -> None:
    with pytest.raises(BadInput):
        house.people.add_person(name, Role.READER, by="reader")
    assert house.people.everybody() == ()


def test_two_who_are_added_at_once_under_one_name_are_one(house: Store) -> None:
    def add(_: int) -> str:
        try:
            house.people.add_person("Ann", Role.REVIEWER, by="reader")
        except Conflicting:
            return "refused"
        return "added"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(4))) == ["added", "refused", "refused", "refused"]


def signed_in(house: Store) -> tuple[int, int, str, str]:
    ann, token = house.people.add_person("Ann", Role.ADMIN, by="reader")
    cookie = house.people.sign_in(house.people.admitted_by_token(token))
    return ann.id, ann.tokens[0].id, token, cookie


ENDS = {
    "the token is revoked": lambda s, who, token, cookie: s.people.revoke_token(token, by="x"),
    "the token is rotated": lambda s, who, token, cookie: s.people.rotate_token(token, by="x"),
    "the person is ended": lambda s, who, token, cookie: s.people.end_person(who, by="x", keep_admin=False),
    "signing out": lambda s, who, token, cookie: s.people.sign_out(cookie),
    "signing in anew with the same browser": lambda s, who, token, cookie: s.people.sign_in(
        s.people.admitted_by_session(cookie), instead=cookie
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_session_ends_at_once(house: Store, name: str) -> None:
    who, token_id, token, cookie = signed_in(house)
    assert house.people.admitted_by_session(cookie).name == "Ann"
    ENDS[name](house, who, token_id, cookie)
    assert house.people.admitted_by_session(cookie) is None
    assert (house.people.admitted_by_token(token) is None) is (not name.startswith("signing"))


def test_a_session_ends_after_a_time(house: Store, clock: Clock) -> None:
    *_, cookie = signed_in(house)
    clock.at += people.IDLE - timedelta(minutes=1)
    assert house.people.admitted_by_session(cookie)
    for _ in range(20):
        clock.at += people.IDLE - timedelta(minutes=1)
        if house.people.admitted_by_session(cookie) is None:
            break
    else:
        pytest.fail("a session that is used for ever never ends")
    *_, other = (
        *house.people.everybody(),
        house.people.sign_in(house.people.admitted_by_token(house.people.make_token(1, "b", Scope.READ, by="x")[1])),
    )
    clock.at += people.IDLE + timedelta(minutes=1)
    assert house.people.admitted_by_session(other) is None


def test_a_role_counts_from_the_next_request_on(house: Store) -> None:
    who, _, token, cookie = signed_in(house)
    house.people.give_role(who, Role.READER, by="x", keep_admin=False)
    assert house.people.admitted_by_session(cookie).role is Role.READER
    assert house.people.admitted_by_token(token).role is Role.READER


def test_a_session_lends_no_more_than_its_token(house: Store) -> None:
    who, *_ = signed_in(house)
    _, narrow = house.people.make_token(who, "script", Scope.ADD, by="Ann")
    cookie = house.people.sign_in(house.people.admitted_by_token(narrow))
    assert house.people.admitted_by_session(cookie).scope is Scope.ADD


def test_of_those_who_rotate_one_token_at_once_one_wins(house: Store) -> None:
    _, token_id, token, _ = signed_in(house)

    def rotate(_: int) -> str | None:
        try:
            return house.people.rotate_token(token_id, by="Ann")[1]
        except Conflicting:
            return None

    with ThreadPoolExecutor(4) as pool:
        won = [text for text in pool.map(rotate, range(4)) if text]
    assert len(won) == 1
    assert house.people.admitted_by_token(won[0]).name == "Ann"
    assert house.people.admitted_by_token(token) is None
    assert len(house.people.person(1).tokens) == 1


def test_nobody_signs_in_by_a_token_that_ended_while_it_was_checked(house: Store) -> None:
    _, token_id, token, _ = signed_in(house)
    admitted = house.people.admitted_by_token(token)
    house.people.revoke_token(token_id, by="x")
    with pytest.raises(NotFound, match="not valid"):
        house.people.sign_in(admitted)


def test_anothers_token_is_no_token_of_ones_own(house: Store) -> None:
    _, token_id, token, _ = signed_in(house)
    ben, _ = house.people.add_person("Ben", Role.EDITOR, by="Ann")
    for act in (house.people.revoke_token, house.people.rotate_token):
        with pytest.raises(NotFound):
            act(token_id, by="Ben", owner=ben.id)
    assert house.people.admitted_by_token(token)


def test_there_is_always_an_admin_left_on_the_page_and_the_machine_may_do_all(house: Store) -> None:
    ann, _ = house.people.add_person("Ann", Role.ADMIN, by="reader")
    for act in (
        lambda **k: house.people.end_person(ann.id, by="Ann", **k),
        lambda **k: house.people.give_role(ann.id, Role.READER, by="Ann", **k),
    ):
        with pytest.raises(Conflicting, match="nobody else"):
            act()
    house.people.give_role(ann.id, Role.READER, by="reader", keep_admin=False)
    assert house.people.has_people() is True


def test_ending_everybody_does_not_open_the_house_again(house: Store) -> None:
    ann, _ = house.people.add_person("Ann", Role.ADMIN, by="reader")
    house.people.end_person(ann.id, by="reader", keep_admin=False)
    with open_store(house.place) as again:
        assert again.people.has_people() is True


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM reviewers",
        "UPDATE reviewers SET name = 'Eve'",
        "UPDATE reviewers SET ended_at = NULL",
        "INSERT INTO reviewers SELECT * FROM reviewers",
        "DELETE FROM tokens",
        "UPDATE tokens SET hash = 'x'",
        "UPDATE tokens SET scope = 'review'",
        "UPDATE tokens SET ended_at = NULL",
    ],
)
def test_the_schema_refuses_to_forget_or_change_anybody(house: Store, statement: str) -> None:
    ann, _ = house.people.add_person("Ann", Role.ADMIN, by="reader")
    house.people.end_person(ann.id, by="reader", keep_admin=False)
    with pytest.raises(IntegrityError, match=r"never (deleted|changed)"), house.write() as session:
        session.connection().execute(text(statement))


def test_a_token_that_nobody_has_is_checked_as_a_wrong_one_is(house: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """One check each, of as much work: the time tells nothing."""
    _, _, token, _ = signed_in(house)
    work: list[Parameters] = []

    class Noted(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002
            work.append(extract_parameters(str(hash)))
            return super().verify(hash, password)

    cheap = tokens._HASHER
    monkeypatch.setattr(tokens, "_HASHER", Noted.from_parameters(extract_parameters(cheap.hash("x"))))
    for said in (f"plx_{named_by(token)}_{'9' * 43}", new_token().text, "no token"):
        assert house.people.admitted_by_token(said) is None
    assert len(work) == 3
    assert len(set(map(repr, work))) == 1


def test_tokens_are_hashed_as_is_recommended_at_least(true_hasher: PasswordHasher) -> None:
    assert (true_hasher.time_cost, true_hasher.memory_cost, true_hasher.type) == (2, 19 * 1024, Type.ID)


def test_when_a_token_was_last_used_is_kept_and_costs_no_write_a_request(house: Store, clock: Clock) -> None:
    ann, token = house.people.add_person("Ann", Role.ADMIN, by="reader")
    assert house.people.person(ann.id).tokens[0].last_used is None
    house.people.admitted_by_token(token)
    first = house.people.person(ann.id).tokens[0].last_used
    assert first is not None
    clock.at += timedelta(minutes=1)
    house.people.admitted_by_token(token)
    assert house.people.person(ann.id).tokens[0].last_used == first
    clock.at += timedelta(minutes=10)
    house.people.admitted_by_token(token)
    assert house.people.person(ann.id).tokens[0].last_used > first
