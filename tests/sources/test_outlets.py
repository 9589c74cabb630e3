"""The declared outlets: sound, and found under every name they go by."""

from __future__ import annotations

import pytest

from app.core.article import Outlets
from app.core.records import Outlet
from app.sources.outlets import declared, lint, load_outlets


def test_declarations_are_sound() -> None:
    outlets = list(declared())
    assert lint(outlets) == []
    assert len(outlets) >= 60


@pytest.mark.parametrize(
    ("outlet", "wrong"),
    [
        (Outlet("bbc", "BBC 2", "GB", ("bbc2.example",)), "declared twice"),
        (Outlet("Bad Key", "A", "GB", ("a.example",)), "lower-case"),
        (Outlet("a", "A", "GBR", ("a.example",)), "two capitals"),
        (Outlet("a", "A", "GB", ()), "no domain"),
        (Outlet("a", "A", "GB", ("www.a.example",)), "not a bare domain"),
        (Outlet("a", "A", "GB", ("bbc.co.uk",)), "also bbc's"),
        (Outlet("a", "the bbc news", "GB", ("a.example",)), "also bbc's"),
        (Outlet("a", "A", "GB", ("a.example",), (" ",)), "empty name"),
    ],
)
def test_lint_says_what_is_wrong(outlet: Outlet, wrong: str) -> None:
    assert any(wrong in line for line in lint([*declared(), outlet]))


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Korea Times", "korea-times"),
        ("The Korea Times", "korea-times"),
        ("KOREA TIMES", "korea-times"),
        ("Agence France-Presse", "afp"),
        ("Nikkei Asian Review", "nikkei"),
        ("연합뉴스", "yonhap"),
        ("Le Monde", "le-monde"),
        ("el pais", "el-pais"),
        ("nyt", "nyt"),
    ],
)
def test_by_name(name: str, key: str) -> None:
    found = load_outlets().by_name(name)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://asia.nikkei.com/Politics/x", "nikkei"),
        ("www.koreatimes.co.kr", "korea-times"),
        ("http://world.kbs.co.kr/service/x?id=1", "kbs"),
        ("https://www.npr.org:443/x", "npr"),
        ("https://notnpr.org/x", None),
        ("https://npr.org.example.com/", None),
        ("https://[bad/", None),
        ("", None),
    ],
)
def test_by_domain(address: str, key: str | None) -> None:
    found = load_outlets().by_domain(address)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("agency", "key"),
    [("AFP", "afp"), ("Yonhap", "yonhap"), ("Reuters Health", "reuters"), ("Nobody", None), ("", None)],
)
def test_by_dateline(agency: str, key: str | None) -> None:
    found = load_outlets().by_dateline(agency)
    assert (found.key if found else None) == key


def test_unknown_names_make_an_outlet_of_their_own() -> None:
    found = load_outlets().named(" The Averil Post ")
    assert (found.key, found.name) == ("the-averil-post", "The Averil Post")


def test_the_first_to_bear_a_name_keeps_it() -> None:
    outlets = Outlets([Outlet("a", "Post"), Outlet("b", "Post")])
    assert outlets.by_name("post") == Outlet("a", "Post")
    assert [o.key for o in outlets] == ["a", "b"]
