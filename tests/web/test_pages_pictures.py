"""An actor's positions and a row's chain: what the pictures say is what the data say, whatever the data."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.views import ChainView, EdgeView, NodeView, OutletView, PositionView
from app.web.charts import draw_chain, draw_positions
from app.web.charts.positions import MOST
from app.web.pages import environment, samples

HOSTILE = '<script>alert("x")</script>'
STANCES = ("affirms", "denies", "declines", "unclear")


def macro(name: str, *given: object) -> str:
    module = environment.get_template(f"blocks/charts/{name}.html").make_module()
    return str(getattr(module, name)(*given))


def rows(html: str) -> list[list[str]]:
    body = re.search(r"(?s)<tbody>(.*)</tbody>", html)[1]
    return [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>", row)
        ]
        for row in re.findall(r"(?s)<tr>(.*?)</tr>", body)
    ]


def names(html: str) -> list[str]:
    return re.findall(r'<svg[^>]*role="img" aria-label="([^"]*)"', html)


def position(stance: str, day: date | None, outlet: int = 0, matter: str = "row 1", **more: object) -> PositionView:
    plain = PositionView(
        matter=matter,
        label=f"On {matter}",
        action="apologise",
        stance=stance,  # type: ignore[arg-type]
        day=day,
        day_from="claim" if day else None,
        outlet=OutletView(f"o{outlet}", f"Outlet {outlet}"),
        claim=samples.DENIAL,
        alignment_id=2,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


NOVEMBER = date(2019, 11, 26)


# --- positions --------------------------------------------------------------------------------------------------------


def test_nothing_said_is_no_picture() -> None:
    assert draw_positions(()) is None


def test_a_change_of_position_is_told_by_mark_word_and_table() -> None:
    held = (
        position("denies", NOVEMBER),
        position("affirms", date(2019, 11, 28), 1, changed=True, before="denies"),
    )
    html = macro("positions", draw_positions(held), "Toshimitsu Motegi")
    assert names(html) == [
        "Toshimitsu Motegi on “On row 1”: 26 Nov 2019, Outlet 0: denies; 28 Nov 2019, Outlet 1: affirms (before: denies)."
    ]
    assert "1 change of position" in re.sub(r"<[^>]+>|\s+", " ", html).replace("  ", " ")
    assert rows(html) == [
        ["On row 1", "26 Nov 2019 said on this day", "Outlet 0", "denies", samples.DENIAL.text],
        ["On row 1", "28 Nov 2019 said on this day", "Outlet 1", "affirms (changed; before: denies)", samples.DENIAL.text],
    ]  # fmt: skip
    assert html.count('class="chart-change"') == 2  # one in the legend


def test_each_stance_has_a_shape_of_its_own() -> None:
    drawn = [macro("positions", draw_positions([position(s, NOVEMBER)]), "A") for s in STANCES]
    shapes = [re.search(r"(?s)<g><title>.*?</title>(.*?)</g>", html)[1] for html in drawn]
    assert len({re.sub(r"[\d. ]+", "", shape) for shape in shapes}) == 4


def test_told_once_is_drawn_only_when_nothing_is_told_twice() -> None:
    once = [position("affirms", NOVEMBER, matter=f"m{i}") for i in range(2)]
    alone = draw_positions(once)
    beside = draw_positions([*once, *(position("denies", NOVEMBER, i) for i in range(2))])
    assert alone is not None
    assert beside is not None
    assert (len(alone.matters), alone.others) == (2, 0)
    assert ([m.label for m in beside.matters], beside.others) == (["On row 1"], 2)
    assert len(rows(macro("positions", beside, "A"))) == 4


def test_of_many_matters_those_with_a_change_are_drawn() -> None:
    held = [position("affirms", NOVEMBER + timedelta(i), matter=f"m{m:02}") for m in range(30) for i in range(2)]
    held[-1] = replace(held[-1], changed=True, before="denies")
    drawn = draw_positions(held)
    assert drawn is not None
    assert (len(drawn.matters), drawn.others, drawn.changes) == (MOST, 30 - MOST, 1)
    assert drawn.matters[-1].label == "On m29"
    assert len(rows(macro("positions", drawn, "A"))) == 60


def test_undated_ones_stand_at_the_end_and_say_so() -> None:
    html = macro("positions", draw_positions([position("denies", NOVEMBER), position("affirms", None, 1)]), "A")
    assert ">undated</text>" in html
    assert rows(html)[1][1] == "undated"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(STANCES),
            st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1))),
            st.integers(0, 39),
        ),
        min_size=1,
        max_size=45,
    )
)
def test_marks_stand_inside_the_frame_each_in_its_outlet_s_line(found) -> None:
    drawn = draw_positions([position(s, d, o) for s, d, o in found])
    assert drawn is not None
    (matter,) = drawn.matters
    assert len(matter.marks) == len(found)
    assert len({(m.x, m.y) for m in matter.marks}) == len(found)
    for m in matter.marks:
        assert matter.start <= m.x <= matter.width - 10
        assert m.y < matter.axis
    by_day = [m for m in matter.marks if m.position.day]
    for a, b in combinations(by_day, 2):
        if a.y == b.y and a.position.day < b.position.day and len({m.x for m in by_day if m.y == a.y}) == 2:
            assert a.x < b.x


# --- chain ------------------------------------------------------------------------------------------------------------

KBS = NodeView("outlet:kbs", "outlet", "KBS", None, "kbs")
NPR = NodeView("outlet:npr", "outlet", "NPR", None, "npr")
AFP = NodeView("outlet:afp", "outlet", "AFP", None, "afp")
YONHAP = NodeView("outlet:yonhap", "agency", "Yonhap", "yonhap")
AIDE = NodeView("actor:aide", "unnamed", "an aide", "aide")
MOTEGI = NodeView("actor:motegi", "person", "Toshimitsu Motegi", "toshimitsu-motegi")
CHAIN = ChainView(
    (AFP, KBS, NPR, YONHAP, MOTEGI, AIDE),
    (
        EdgeView("outlet:kbs", "actor:motegi", "said", 14, quoted=True),
        EdgeView("outlet:npr", "outlet:yonhap", "according to", 15),
        EdgeView("outlet:yonhap", "actor:aide", "", 15),
    ),
)


def test_the_words_and_the_table_of_a_chain_tell_its_links() -> None:
    html = macro("chain", draw_chain(CHAIN), {14: samples.DENIAL, 15: samples.DROP})
    assert names(html)[0].split("; ") == [
        "KBS has it from Toshimitsu Motegi in quotation marks",
        "NPR has it from Yonhap",
        "Yonhap has it from an aide. AFP says it in its own voice: from whom is not known.",
    ]
    assert rows(html) == [
        ["KBS", "Toshimitsu Motegi person", "quoted: “said”", "KBS"],
        ["NPR", "Yonhap agency or outlet cited", "in the reporter's words: “according to”", "NPR"],
        ["Yonhap", "an aide unnamed source", "in the reporter's words", "NPR"],
        ["AFP", "not known", "in the outlet's own voice", ""],
    ]
    assert 'href="/actors/toshimitsu-motegi"' in html
    assert "/actors/aide" not in html


def test_a_chain_runs_from_left_to_right() -> None:
    drawn = draw_chain(CHAIN)
    assert drawn is not None
    x = {b.node.key: b.x for b in drawn.boxes}
    assert x["outlet:npr"] < x["outlet:yonhap"] < x["actor:aide"]
    assert all(x1 < x2 for link in drawn.links for (x1, _), (x2, _) in link.ways)
    assert not any(link.back for link in drawn.links)


@pytest.mark.parametrize("chain", [ChainView((), ()), ChainView((KBS, NPR), ()), ChainView((KBS,), (EdgeView("outlet:kbs", "outlet:kbs", "", 1),))], ids=["nobody", "own voices", "itself"])  # fmt: skip
def test_where_nobody_has_it_from_anybody_there_is_no_picture(chain) -> None:
    assert draw_chain(chain) is None


def test_names_stay_text() -> None:
    chain = replace(CHAIN, nodes=tuple(replace(n, name=HOSTILE) for n in CHAIN.nodes))
    assert "<script" not in macro("chain", draw_chain(chain), {})
    held = [position("denies", NOVEMBER, label=HOSTILE, outlet=OutletView("x", HOSTILE))]
    assert "<script" not in macro("positions", draw_positions(held), HOSTILE)


keys = st.integers(0, 45)


@given(st.lists(st.tuples(keys, keys), max_size=60))
def test_boxes_do_not_touch_and_circles_end(pairs) -> None:
    nodes = tuple(NodeView(f"n{i}", "outlet", f"Outlet number {i}") for i in range(46))
    drawn = draw_chain(ChainView(nodes, tuple(EdgeView(f"n{a}", f"n{b}", "said", 1) for a, b in pairs)))
    if drawn is None:
        assert all(a == b for a, b in pairs)
        return
    assert {b.node.key for b in drawn.boxes} == {n.key for n in nodes}
    assert {(k.reporter.key, k.source.key) for k in drawn.links} == {(f"n{a}", f"n{b}") for a, b in pairs if a != b}
    for b in drawn.boxes:
        assert 0 <= b.x <= b.x + b.width <= drawn.width
        assert 0 <= b.y <= b.y + b.height <= drawn.height
    for a, b in combinations(drawn.boxes, 2):
        assert a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=30))
def test_no_line_runs_through_anybodys_box(pairs) -> None:
    """Between columns there are no boxes; inside one a line keeps to its lane."""
    nodes = tuple(NodeView(f"n{i}", "outlet", f"Outlet number {i}") for i in range(13))
    drawn = draw_chain(ChainView(nodes, tuple(EdgeView(f"n{a}", f"n{b}", "said", 1) for a, b in pairs)))
    if drawn is None:
        return
    places = {b.node.key: b for b in drawn.boxes}
    columns = {(b.x, b.x + b.width) for b in drawn.boxes}
    for link in drawn.links:
        assert link.ways[0][0][1] == places[link.reporter.key].middle
        assert link.end[1] == places[link.source.key].middle
        for (x1, _), (x2, _) in link.ways:
            low, high = sorted((x1, x2))
            assert all(high <= left or right <= low for left, right in columns)
        for (_, (x1, y1)), ((x2, y2), _) in zip(link.ways, link.ways[1:], strict=False):
            low, high = sorted((x1, x2))
            assert y1 == y2
            assert all(high <= b.x or b.x + b.width <= low or y1 < b.y or b.y + b.height < y1 for b in drawn.boxes)
    assert all(0 <= y <= drawn.height for link in drawn.links for way in link.ways for _, y in way)


def test_who_cites_over_two_steps_passes_beside_the_one_between() -> None:
    direct = EdgeView("outlet:npr", "actor:aide", "said", 16)
    drawn = draw_chain(replace(CHAIN, edges=(*CHAIN.edges, direct)))
    assert drawn is not None
    link = next(k for k in drawn.links if (k.reporter.key, k.source.key) == ("outlet:npr", "actor:aide"))
    yonhap = next(b for b in drawn.boxes if b.node.key == "outlet:yonhap")
    assert len(link.ways) == 2
    assert not yonhap.y <= link.ways[0][1][1] <= yonhap.y + yonhap.height


def test_those_who_cite_each_other_are_joined_both_ways() -> None:
    edges = (EdgeView("outlet:kbs", "outlet:npr", "", 1), EdgeView("outlet:npr", "outlet:kbs", "", 2))
    drawn = draw_chain(ChainView((KBS, NPR), edges))
    assert drawn is not None
    assert len(drawn.links) == 2
    assert len({link.path for link in drawn.links}) == 2
