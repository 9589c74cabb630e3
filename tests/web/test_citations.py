"""Citations: the same bytes for the same day, every name as it is written, nothing that breaks a BibTeX file."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from app.cli import app
from app.exports.citations import CITATIONS, claim_cited, row_cited, story_cited
from app.store.views import StoryRef
from app.web.pages import samples

SITE = "https://parallax.example"
DAY = date(2024, 5, 20)
SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def public(filled, serving):
    return serving(filled(), public_url=SITE)


@pytest.fixture(scope="module")
def things(public):
    row = public.get("/api/v1/stories/the-bridge/alignments").json()["items"][0]
    claim = row["cells"][0]["claims"][0]
    frozen = public.post("/stories/the-bridge/snapshots", data={"note": ""}, headers=SAME).headers["location"]
    return {
        "story": ("/stories/the-bridge", "/stories/the-bridge"),
        "row": (f"/alignments/{row['id']}", f"/alignments/{row['id']}"),
        "claim": (f"/claims/{claim['id']}", f"/articles/{claim['article']['id']}#c{claim['id']}"),
        "frozen": (frozen, frozen),
    }


@pytest.mark.parametrize("form", CITATIONS)
@pytest.mark.parametrize("thing", ["story", "row", "claim", "frozen"])
def test_each_names_the_public_address_and_is_the_same_twice(public, things, thing, form):
    base, address = things[thing]
    query = "" if thing == "frozen" else "?accessed=2024-05-20"
    first, again = (public.get(f"{base}/cite.{form}{query}") for _ in range(2))
    assert first.status_code == 200, first.text
    assert first.content == again.content
    assert SITE + address in first.text
    assert (query == "") or "2024-05-20" in first.text or '"date-parts": [\n' in first.text
    if form == "json":
        (item,) = first.json()
        assert item["URL"] == SITE + address
        if query:
            assert item["accessed"] == {"date-parts": [[2024, 5, 20]]}
        else:
            assert item["accessed"] == item["issued"]


@pytest.mark.parametrize("thing", ["story", "row", "claim"])
def test_without_a_day_none_is_made_up(public, things, thing):
    base, _ = things[thing]
    assert "Accessed" not in public.get(f"{base}/cite.txt").text
    assert "urldate" not in public.get(f"{base}/cite.bib").text
    assert "accessed" not in public.get(f"{base}/cite.json").json()[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stories/none/cite.txt", 404),
        ("/alignments/99999/cite.bib", 404),
        ("/claims/99999/cite.json", 404),
        ("/snapshots/none/cite.txt", 404),
        ("/stories/the-bridge/cite.ris", 404),
        ("/stories/the-bridge/cite.txt?accessed=yesterday", 422),
        ("/stories/the-bridge/cite.txt?when=2024-05-20", 422),
        ("{frozen}/cite.txt?accessed=2024-05-20", 422),
    ],
)
def test_what_is_not_there_is_not_cited(public, things, path, status):
    path = path.format(frozen=things["frozen"][0])
    assert public.get(path, headers={"accept": "application/json"}).status_code == status


def test_pages_lead_to_them(public, things):
    for thing in ("story", "row", "frozen"):
        page = public.get(things[thing][0]).text
        links = re.findall(r'href="([^"]*/cite\.(?:txt|bib|json)[^"]*)"', page)
        assert len(links) >= 3
        assert all(public.get(link).status_code == 200 for link in links)
        assert ("accessed=" in links[0]) == (thing != "frozen")


def test_a_claim_is_its_outlet_s(public, things):
    said = public.get(f"{things['claim'][0]}/cite.txt?accessed=2024-05-20").text
    assert said.startswith("Harbour Gazette, “Bridge, report 0”, 2024-05-14: “")
    assert "said by Ana Ruiz" in said
    assert "https://0.example.org/bridge" in said
    assert said.endswith("Accessed 2024-05-20.\n")


NAMES = ["문재인", "Þórður Ægisson", "محمد", "Ελλάδα", "Łódź & Co.", "O’Brien", "北海道", "Dvořák"]


@pytest.mark.parametrize("name", NAMES)
def test_names_stay_as_they_are_written(name):
    story = story_cited(StoryRef("x", name), "1.0", SITE, DAY)
    for form in ("txt", "json"):
        assert name in CITATIONS[form](story)
    assert name.replace("&", "\\&") in CITATIONS["bib"](story)


def fields(text: str) -> dict[str, str]:
    """The fields of one entry as BibTeX reads them: values end where their braces do."""
    assert text.startswith("@misc{")
    found, at = {}, text.index(",") + 1
    while m := re.compile(r"\s*(\w+) = \{").match(text, at):
        depth, end = 1, m.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found[m[1]] = text[m.end() : end - 1]
        at = end + (text[end] == ",")
    assert text[at:].strip() == "}"
    return found


def untex(text: str) -> str:
    for sign, word in (("\\", "textbackslash"), ("{", "textbraceleft"), ("}", "textbraceright"), ("~", "textasciitilde"), ("^", "textasciicircum")):  # fmt: skip
        text = text.replace(f"\\{word}{{}}", f"\0{ord(sign)}\0")
    text = re.sub(r"\\([&%$#_])", r"\1", text)
    return re.sub(r"\0(\d+)\0", lambda m: chr(int(m[1])), text)


@given(st.text(max_size=60))
def test_no_title_breaks_an_entry(title):
    story = story_cited(StoryRef("x", title), "1.0", SITE, DAY)
    read = fields(CITATIONS["bib"](story))
    assert untex(read["title"].removeprefix("{").removesuffix("}")) == story.title
    assert CITATIONS["txt"](story).count("\n") == 1
    assert json.loads(CITATIONS["json"](story))[0].get("title", "") == story.title


@pytest.mark.parametrize(
    "sign", [*"&%$#_{}~^\\@\"'<>", "\n", "}}\n@misc{evil,", "%\n", "\\input{/etc/passwd}"], ids=repr
)
def test_every_sign_of_bibtex_is_harmless(sign):
    entry = CITATIONS["bib"](story_cited(StoryRef("x", f"a {sign} b"), "1.0", SITE, DAY))
    assert entry.count("\n@") == 0
    assert untex(fields(entry)["title"]) == "{" + " ".join(f"a {sign} b".split()) + "}"


def test_a_key_is_plain_and_each_has_its_own():
    keys = [
        story_cited(StoryRef(slug, "x"), "1", SITE, DAY).key for slug in ("다리", "교량", "the-bridge", "a b", "a{b}")
    ]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", key) for key in keys)


def test_what_we_wrote_ourselves_is_no_outlet_s_words():
    claim = samples.ALIGNMENT.row.cells[0].claims[0]
    own = replace(claim, article=replace(claim.article, own_words=True, url="https://outlet.example/a"))
    said = CITATIONS["txt"](claim_cited(own, "1.0", SITE, DAY))
    assert "not an outlet's words" in said
    assert "outlet.example" not in said


def test_without_a_public_address_none_is_given():
    row = row_cited(samples.ALIGNMENT, "1.0", "", DAY)
    assert "url =" not in CITATIONS["bib"](row)
    assert "URL" not in json.loads(CITATIONS["json"](row))[0]


def test_the_command_says_the_same(example_store):
    story = example_store.library.stories().items[0].story.slug
    row = next(example_store.rows.every(story))
    claim = next(c for cell in row.cells for c in cell.claims)
    frozen = example_store.snapshots.freeze(story, by="Ida")
    run = CliRunner()
    for asked in ([story], ["--row", str(row.id)], ["--claim", str(claim.id)]):
        said = run.invoke(app, ["cite", *asked, "--accessed", "2024-05-20"]).stdout
        assert "Accessed 2024-05-20." in said
    assert json.loads(run.invoke(app, ["cite", "--snapshot", frozen.id, "-f", "json"]).stdout)[0]["id"].endswith(
        frozen.id
    )
    for wrong in ([], [story, "--row", "1"], ["--snapshot", frozen.id, "--accessed", "2024-05-20"]):
        assert run.invoke(app, ["cite", *wrong]).exit_code == 2
