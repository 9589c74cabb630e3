"""Independent origins: what makes two reports one, and what does not."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.relation.origins import OriginClaim, OriginReport, origins, overlap
from app.core.relation.press import Press, agency_line, cited_in, press_name

AFP = Press("afp", "AFP", agency=True)
LONG = "the harbour will be closed for two weeks while divers look for the wreck of a ferry that sank last month"
OTHER = "work in the port stops until the middle of June so that a sunken ship can be found and lifted"


def report(number: int, outlet: str, *claims: str | OriginClaim, line: Press | None = None) -> OriginReport:
    said = tuple(
        c if isinstance(c, OriginClaim) else OriginClaim(c) for c in claims or (f"{outlet} says a thing of its own",)
    )
    return OriginReport(number, outlet.lower().replace(" ", "-"), outlet, said, line)


@pytest.mark.parametrize(
    ("reports", "wanted"),
    [
        pytest.param([report(1, "Post")], [("own", ("post",))], id="one outlet"),
        pytest.param([report(1, "Post"), report(2, "Times")], [("own", ("post",)), ("own", ("times",))], id="two"),
        pytest.param([report(1, "Post"), report(2, "Post")], [("own", ("post",))], id="two articles of one outlet"),
        pytest.param(
            [report(1, "Post", line=AFP), report(2, "Times", line=AFP), report(3, "Echo")],
            [("agency", ("post", "times")), ("own", ("echo",))],
            id="one agency's line",
        ),
        pytest.param(
            [report(1, "AFP"), report(2, "Times", line=AFP)], [("agency", ("afp", "times"))], id="the agency itself"
        ),
        pytest.param(
            [report(1, "Post", "Yonhap reported the end."), report(2, "Times", "It is over, according to Yonhap.")],
            [("citing", ("post", "times"))],
            id="both cite one agency",
        ),
        pytest.param(
            [report(1, "Post", "Yonhap reported the end."), report(2, "Times", "It is over, KBS said.")],
            [("citing", ("post",)), ("citing", ("times",))],
            id="each cites another",
        ),
        pytest.param(
            [report(1, "KBS", "It ends."), report(2, "Times", "It is over, KBS reported.")],
            [("citing", ("kbs", "times"))],
            id="one cites the other",
        ),
        pytest.param(
            [report(1, "Post", "It ends, Yonhap said.", "It ends."), report(2, "Times", "It ends, Yonhap said.")],
            [("own", ("post",)), ("citing", ("times",))],
            id="cites and also reports it itself",
        ),
        pytest.param(
            [
                report(1, "Post", OriginClaim("It ends, an aide was quoted.", ("Yonhap News Agency", "the aide"))),
                report(2, "Times", OriginClaim("It ends, an aide said.", ("the aide",))),
            ],
            [("citing", ("post",)), ("own", ("times",))],
            id="a chain of speakers leads to an agency",
        ),
        pytest.param(
            [
                report(1, "Post", OriginClaim("It ends, the minister said.", ("the minister",))),
                report(2, "Times", OriginClaim("It ends, the minister said.", ("the minister",))),
            ],
            [("own", ("post",)), ("own", ("times",))],
            id="two that quote one official are independent",
        ),
        pytest.param(
            [report(1, "Post", LONG), report(2, "Times", "Officials say " + LONG)],
            [("overlap", ("post", "times"))],
            id="the same words",
        ),
        pytest.param([report(1, "Post", LONG), report(2, "Times", OTHER)], [("own", ("post",)), ("own", ("times",))], id="the same matter"),
        pytest.param(
            [report(1, "Post", f'He said: "{LONG}".'), report(2, "Times", f'"{LONG}", he told the press.')],
            [("own", ("post",)), ("own", ("times",))],
            id="the same quotation is no copying",
        ),
        pytest.param(
            [report(1, "Post", LONG), report(2, "Times", LONG), report(3, "Echo", "Yonhap said it."), report(4, "Post", "Yonhap said it.")],
            [("citing", ("echo", "post", "times"))],
            id="copied from one that cites",
        ),
        pytest.param([], [], id="no report"),
    ],
)  # fmt: skip
def test_origins(reports: list[OriginReport], wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    found = origins(reports)
    assert sorted((o.reason, o.outlets) for o in found) == sorted(wanted)
    assert sorted(a for o in found for a in o.articles) == [r.article for r in reports]
    assert all(o.say.endswith(".") for o in found)
    for other in permutations(reports):
        assert origins(other) == found


def test_a_sentence_says_why() -> None:
    def say(*reports: OriginReport) -> str:
        return origins(reports)[0].say

    assert say(report(1, "Post")) == "Post cites no other outlet here."
    assert say(report(1, "Post", line=AFP), report(2, "Times", line=AFP)) == (
        "Post and Times carry AFP under the agency's line."
    )
    assert say(report(1, "Post", "Yonhap said so.")) == "Post has it from Yonhap."
    assert say(report(1, "Post", LONG), report(2, "Times", LONG)) == (
        "Post and Times use the same words beyond what the matter needs."
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The pact ends, Yonhap news agency reported.", "yonhap"),
        ("According to the public broadcaster KBS, it ends.", "kbs"),
        ("an official told the AFP news agency", "afp"),
        ("The New York Times has reported it first.", "nyt"),
        ("Citing the Associated Press, he left.", "ap"),
        ("He watched KBS at home.", None),
        ("The KBS building was closed.", None),
        ("연합뉴스", None),
        ("", None),
    ],
)
def test_what_a_sentence_cites(text: str, wanted: str | None) -> None:
    found = cited_in(text)
    assert (found.key if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "bylines", "wanted"),
    [
        ("Tokyo (AFP) Aug 23, 2019 - The pact ends.", (), "afp"),
        ("SEOUL, Nov. 22 (Yonhap) -- The pact ends.", (), "yonhap"),
        ("The pact ends. (Reuters)", (), "reuters"),
        ("The pact ends.", ("Ana Ruiz, Reuters",), "reuters"),
        ("The pact ends.", ("Kyodo News",), "kyodo"),
        ("The pact ends.", ("Ana Ruiz",), None),
        ("The pact ends, he told (BBC)", (), None),
        ("", (), None),
    ],
)
def test_whose_line_an_article_bears(text: str, bylines: tuple[str, ...], wanted: str | None) -> None:
    found = agency_line(text, bylines)
    assert (found.key if found else None) == wanted


def test_a_name_is_read_with_and_without_its_article() -> None:
    assert press_name("The Associated Press") == press_name("Associated Press") == press_name("AP")
    assert press_name("Motegi") is None


words = st.lists(st.sampled_from("the harbour will be closed for two weeks and divers look on".split()), max_size=30)


@given(words, words)
def test_overlap_is_a_share_and_symmetric(a: list[str], b: list[str]) -> None:
    first, second = " ".join(a), " ".join(b)
    assert 0 <= overlap(first, second) <= 1
    assert overlap(first, second) == overlap(second, first)


@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from([LONG, OTHER, "Yonhap said so.", "It ends."])), max_size=6)
)
def test_every_article_has_one_origin_and_more_reports_never_part_two(drawn: list[tuple[int, str]]) -> None:
    reports = [report(n, f"Outlet {outlet}", text) for n, (outlet, text) in enumerate(drawn)]
    found = origins(reports)
    assert sorted(a for o in found for a in o.articles) == list(range(len(reports)))
    keys = [key for o in found for key in o.outlets]
    assert len(keys) == len(set(keys)), "an outlet is in one origin"
    more = origins([*reports, replace(report(99, "Outlet 9"), line=AFP)])
    assert {o.articles for o in found} <= {o.articles for o in more}
