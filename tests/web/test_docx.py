"""The source sheet as a Word document, opened again; the same on paper."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from typer.testing import CliRunner

from app.cli import app
from app.exports.as_docx import DOCX_TYPE, sheet_of, write_docx

SAME = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
NAMES = "문재인 Þórður محمد 🌉"


def lines(data: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(data)).paragraphs]


@pytest.fixture
def changed(filled, serving):
    """A story of which people changed something: a verdict, a wording, a flag, a name."""
    client = serving(filled())
    first, second, *_ = client.get("/api/v1/stories/the-bridge/alignments").json()["items"]
    for path, form in (
        (f"/alignments/{first['id']}/decisions", {"kind": "relabel", "value": "agree", "note": "read both"}),
        (f"/alignments/{second['id']}/decisions", {"kind": "relabel", "value": "When it opens"}),
        (f"/alignments/{second['id']}/flags", {"note": "look again"}),
        ("/actors/ana-ruiz/names", {"name": "Bridgewoman Ruiz"}),
    ):
        assert client.post(path, data=form, headers=SAME).status_code == 303
    return client


SAID = (
    "reader changed the verdict to “agree”, ",
    ": “read both”",
    "reader changed the wording to “When it opens”, ",
    "reader flagged it as a conflict, ",
    "reader added “Bridgewoman Ruiz” as a name of Ana Ruiz, ",
)


def test_the_sheet_says_all_of_it(changed):
    answer = changed.get("/stories/the-bridge/export.docx")
    assert answer.headers["content-type"] == DOCX_TYPE
    said = "\n".join(lines(answer.content))
    for words in (
        "The bridge",
        "Harbour Gazette, 2024-05-14: Bridge, report 0. https://0.example.org/bridge. SHA-256 of the text",
        "Monday: point 0 of the bridge, said Ruiz, stands in version 0.” (Ana Ruiz)",
        "Reason: The days differ.",
        "http://127.0.0.1:8000/stories/the-bridge",
        *SAID,
    ):
        assert words in said
    styles = {p.style.name for p in Document(io.BytesIO(answer.content)).paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "List Number", "List Bullet"} <= styles


def test_the_printed_sheet_says_what_a_person_changed(changed, sound):
    page = changed.get("/stories/the-bridge/print").text
    sound(page)
    for words in SAID:
        assert words in page


def test_what_was_undone_is_not_told(changed):
    row = changed.get("/api/v1/stories/the-bridge/alignments").json()["items"]
    decided = next(d for r in row for d in r["decisions"] if d["value"] == "When it opens")
    assert changed.post(f"/decisions/{decided['id']}", data={"do": "undo"}, headers=SAME).status_code == 303
    said = "\n".join(lines(changed.get("/stories/the-bridge/export.docx").content))
    assert "When it opens" not in said
    assert "read both" in said


def test_the_same_story_is_the_same_file(filled, monkeypatch):
    store, now = filled(), time.time
    first = sheet_of(store, "the-bridge", "")
    monkeypatch.setattr(time, "time", lambda: now() + 60)
    assert sheet_of(store, "the-bridge", "") == first
    assert {i.date_time for i in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_frozen_one_stays_and_names_its_moment(review):
    path = review.post("/stories/the-bridge/snapshots", data={"note": ""}, headers=SAME).headers["location"]
    before = review.get(f"{path}/export.docx").content
    row = review.get("/api/v1/stories/the-bridge/alignments").json()["items"][0]["id"]
    review.post(f"/alignments/{row}/decisions", data={"kind": "relabel", "value": "New words"}, headers=SAME)
    assert review.get(f"{path}/export.docx").content == before
    assert f"/snapshots/{path.rsplit('/', 1)[1]}" in "\n".join(lines(before))
    assert Document(io.BytesIO(before)).core_properties.created.year >= 2024


def test_filters_choose_its_rows(bridge):
    said = lines(bridge.get("/stories/the-bridge/export.docx?status=conflict").content)
    assert "Only rows chosen by status=conflict." in said
    assert sum(line.startswith("Proposition") for line in said) == 2


@pytest.mark.parametrize(
    "words",
    [
        "a\0b",
        "a\x0bb\x0c\x1f",
        "half \ud800 a character",
        "\ufffe\uffff",
        "<w:p>&amp;]]>",
        "line\nbreak\ttab\u2028and more",
        NAMES,
        "",
    ],
    ids=ascii,
)
def test_whatever_is_said_the_document_opens(filled, words):
    store = filled()
    view, rows = store.rows.story("the-bridge", limit=1), tuple(store.rows.every("the-bridge"))
    cell = rows[0].cells[0]
    claim = replace(cell.claims[0], text=words)
    row = replace(rows[0], label=words, summary=words, cells=(replace(cell, claims=(claim,)), *rows[0].cells[1:]))
    head = replace(
        view,
        story=replace(view.story, title=words),
        columns=(replace(view.columns[0], headline=words), *view.columns[1:]),
    )
    said = "\n".join(lines(write_docx(head, [row], words, {})))
    assert "Proposition" not in said
    if words in (NAMES, "<w:p>&amp;]]>"):
        assert f"“{words}”" in said


def test_the_command_writes_it(example_store, tmp_path):
    story = example_store.library.stories().items[0].story.slug
    target = tmp_path / "sheet.docx"
    assert CliRunner().invoke(app, ["export", story, "-f", "docx", "-o", str(target)]).exit_code == 0
    assert lines(target.read_bytes())[0] == example_store.library.stories().items[0].story.title


CORRECTED = (
    "editor changed the headline from “Bridge, report 0” to “Bridge approved”, ",
    "editor changed the speaker of “Monday: point 0 of the bridge, said Ruiz, stands in version 0.” ",
    "editor changed the title from “The bridge” to “The old bridge”, ",
    "editor moved the article",
)


def test_the_sheets_list_what_an_editor_corrected_and_not_what_was_undone(filled, serving, sound):
    store = filled()
    claim = next(u.claim.id for u in store.library.article(1).underlines if "point 0" in u.claim.text)
    store.corrections.correct_claim(claim, {"speaker": {"name": "Bo Chan"}}, by="editor")
    store.corrections.correct_article(1, {"headline": "Bridge approved"}, by="editor")
    undone = store.corrections.correct_article(2, {"headline": "A slip"}, by="editor").corrections[0]
    store.corrections.undo_correction(undone.id, by="editor")
    store.corrections.rename_story("the-bridge", "The old bridge", by="editor")
    store.corrections.move_article(3, title="Another matter", by="editor")
    client = serving(store)
    page = client.get("/stories/the-bridge/print").text
    sound(page)
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE stories SET stale = 0")  # as when its rows were made anew
    frozen = f"/snapshots/{store.snapshots.freeze('the-bridge', by='editor').id}"
    store.corrections.rename_story("the-bridge", "Another title, given later", by="editor")
    alone, kept = client.get(f"{frozen}/export.html").text, client.get(frozen).text
    sound(kept)
    sheets = [client.get(f"{at}/export.docx").content for at in ("/stories/the-bridge", frozen)]
    for said in (page, alone, kept, *("\n".join(lines(sheet)) for sheet in sheets)):
        assert "What people corrected" in said
        for words in CORRECTED:
            assert words in said
        assert "A slip" not in said
        assert ("given later" in said) == (said == "\n".join(lines(sheets[0])))
    assert "What people corrected" not in serving(filled()).get("/stories/the-bridge/print").text
