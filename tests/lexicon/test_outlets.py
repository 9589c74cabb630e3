"""The declared outlets: sound, and found under every name they go by."""

from __future__ import annotations

import pytest

from app.core.lexicon.faults import DATA_FILES, check_file, delivered_text
from app.core.lexicon.outlets import Outlets, load_outlets
from app.core.records import Outlet


def test_the_register_is_sound_and_names_every_kind_of_house() -> None:
    files = [file for file in DATA_FILES if "outlets/" in file]
    assert files
    assert [fault for file in files for fault in check_file(file, delivered_text(file))] == []
    outlets = load_outlets()
    assert len(outlets) >= 200
    assert {o.key for o in outlets if o.agency} >= {"afp", "ap", "reuters", "yonhap", "kyodo", "xinhua"}
    assert {o.key for o in outlets if o.pictures} >= {"getty-images", "alamy"}


@pytest.mark.parametrize(
    ("added", "wrong"),
    [
        pytest.param('[bbc]\nname = "A 2"\ndomains = ["a.example"]', "'bbc' stands twice", id="a key twice"),
        pytest.param('[Bad_Key]\nname = "A"\ndomains = ["a.example"]', "lower case", id="a key in capitals"),
        pytest.param('[a]\nname = "A"\ncountry = "GBR"\ndomains = ["a.example"]', "two capitals", id="a country of three"),
        pytest.param('[a]\nname = "A"\ndomains = []', "'domains' is missing", id="no domain"),
        pytest.param('[a]\nname = "A"\ndomains = ["www.a.example"]', "bare domain", id="www"),
        pytest.param('[a]\nname = "A"\ndomains = ["bbc.co.uk"]', "'bbc.co.uk' belongs to", id="another's domain"),
        pytest.param('[a]\nname = "the bbc news"\ndomains = ["a.example"]', "'bbc news' belongs to", id="another's name"),
        pytest.param('[a]\nname = "A"\ndomains = ["a.example"]\nnames = [" "]', "blank", id="an empty name"),
        pytest.param('[a]\nname = "A"\ndomains = ["a.example"]\nweak = ["B"]', "no form", id="weak, but no form"),
        pytest.param('[a]\nname = "A"\ndomains = ["a.example"]\nstate = "Ruritania"', "unknown state", id="no state"),
    ],
)  # fmt: skip
def test_the_check_says_what_is_wrong(added: str, wrong: str) -> None:
    table = "lexicon/outlets/agencies.toml"
    if "country" not in added:
        added = added.replace("\ndomains", '\ncountry = "GB"\ndomains')
    faults = check_file(table, f"{delivered_text(table)}\n{added}\nagency = true\n")
    assert any(wrong in fault.what for fault in faults), faults


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
