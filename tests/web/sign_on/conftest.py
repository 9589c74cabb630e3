"""An issuer that a test may change, and a Parallax that trusts it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.roles import Role

sys.path.insert(0, str(Path(__file__).parent))

from sign_on_issuer import Browser, FakeIssuer


@pytest.fixture
def issuer():
    one = FakeIssuer()
    yield one
    one.close()


@pytest.fixture
def at(issuer, new_store, serving):
    """`at(**settings)`: a browser there; Ann is an editor by her address, Zoe has left."""

    def make(**settings) -> Browser:
        store = new_store()
        store.people.add_person("ann@example.org", Role.EDITOR, by="test")
        zoe, _ = store.people.add_person("Zoe", Role.ADMIN, by="test")
        store.people.end_person(zoe.id, by="test", keep_admin=False)
        return Browser(issuer, store, serving, **settings)

    return make
