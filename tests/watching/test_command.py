"""`parallax watch`, in process: added, listed, read once, ended; what vanished and what fails is told; pages as WARC."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from site_of_ours import Site, article
from typer.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from app.cli import app
from app.errors import BadAddress, NotFound
from app.pipeline import HERE
from app.settings import get_settings
from app.store import open_store

Parallax = Callable[..., Result]


@pytest.fixture
def parallax(tmp_path: Path, blank: Path, monkeypatch: pytest.MonkeyPatch) -> Parallax:
    """The command, on a database of its own, reading by itself; loopback may be fetched."""
    path = tmp_path / "commanded.sqlite3"
    path.write_bytes(blank.read_bytes())
    monkeypatch.setenv("PARALLAX_DATABASE", str(path))
    monkeypatch.setenv("PARALLAX_FETCH_PRIVATE", "true")
    monkeypatch.setattr("app.pipeline.workers", lambda _=1: HERE)
    monkeypatch.setattr("app.sources.polite.APART_SECONDS", 0.0)
    get_settings.cache_clear()
    runner = CliRunner()
    return lambda *words: runner.invoke(app, ["watch", *words])


def told(result: Result) -> dict[str, object]:
    return json.loads(result.stdout)


def test_from_added_to_ended(parallax: Parallax, site: Site) -> None:
    site.put("/a", article("Old bridge of Averil to close"))
    url = site.feed("/a")
    assert parallax("add", url, "--outlet", "Averil Post", "--every", "60").exit_code == 0
    assert told(parallax("list", "--json"))["every"] == 60
    first = told(parallax("run", "--json"))
    assert (first["read"], first["new"], first["failed"]) == (1, 1, 0)
    assert told(parallax("run", "--json"))["read"] == 0, "nothing is due"
    assert told(parallax("run", "--all", "--json"))["unchanged"] == 1
    assert "127.0.0.1" in "".join(parallax("list").stdout.split())
    assert parallax("remove", url).exit_code == 0
    assert parallax("list", "--json").stdout == ""
    with pytest.raises(NotFound, match="not watched"):
        raise parallax("remove", url).exception  # type: ignore[misc]


def test_what_fails_is_told_and_ends_with_one(parallax: Parallax, site: Site) -> None:
    parallax("add", site.put("/a", status=500))
    done = parallax("run")
    assert done.exit_code == 1
    assert "answered 500" in done.stderr
    assert told(parallax("list", "--json"))["failures"] == 1


def test_an_address_that_is_not_fetched_is_not_added(parallax: Parallax, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARALLAX_FETCH_PRIVATE", "false")
    get_settings.cache_clear()
    assert isinstance(parallax("add", "http://127.0.0.1/feed").exception, BadAddress)
    assert parallax("add", "http://127.0.0.1/feed", "--every", "1").exit_code == 2
    assert parallax("list", "--json").stdout == ""


def test_another_process_that_reads_is_told(parallax: Parallax, site: Site) -> None:
    parallax("add", site.put("/a", article("Old bridge of Averil to close")))
    with open_store(get_settings().database) as store:
        store.sources.take_lease("the other", 600)
    assert told(parallax("run", "--json"))["elsewhere"] is True
    assert site.asked.total() == 0


def test_rules_are_named_with_what_is_stale_of_them(
    parallax: Parallax, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    monkeypatch.setenv("PARALLAX_RULES", str(tmp_path / "own"))
    get_settings.cache_clear()
    (tmp_path / "own" / "old.toml").write_text(
        "name = 'Old Post'\ndomains = ['old-post.example']\n[find]\nbody = '//p'\n"
        "[sample]\nfile = 'old.html'\ntaken = 2020-01-01\nbegins = 'Now.'\n",
        encoding="utf-8",
    )
    (tmp_path / "own" / "old.html").write_text("<html><body><p>Then.</p></body></html>", encoding="utf-8")
    done = parallax("rules")
    assert done.exit_code == 1
    assert "Old Post (old-post.example): stale" in done.stdout
    said = " ".join(done.stderr.split())
    assert "2020-01-01" in said
    assert "'Now.'" in said


def test_the_fetched_pages_of_a_story_as_warc(parallax: Parallax, site: Site, tmp_path: Path) -> None:
    html = article("Old bridge of Averil to close")
    parallax("add", site.put("/a", html), "--story", "the bridge")
    text = tmp_path / "pasted.txt"
    text.write_text("Ferry sails\n\nThe ferry sailed on Monday, the mayor said.", encoding="utf-8")
    CliRunner().invoke(app, ["import", str(text), "--story", "pasted"])
    assert isinstance(CliRunner().invoke(app, ["export", "pasted", "-f", "warc"]).exception, NotFound)
    parallax("run")
    target = tmp_path / "pages.warc.gz"
    done = CliRunner().invoke(app, ["export", "the-bridge", "-f", "warc", "-o", str(target)])
    assert done.exit_code == 0, done.output
    found = [
        (r.rec_headers.get_header("WARC-Target-URI"), r.content_stream().read())
        for r in ArchiveIterator(io.BytesIO(target.read_bytes()))
        if r.rec_type == "response"
    ]
    assert found == [(site.url("/a"), html.encode())]


def test_an_address_that_is_imported_is_kept_as_it_was(parallax: Parallax, site: Site) -> None:
    html = article("Old bridge of Averil to close")
    site.put("/a", html)
    assert CliRunner().invoke(app, ["import", site.url("/a")]).exit_code == 0
    with open_store(get_settings().database) as store:
        (kept,) = store.library.articles().items
        assert store.library.page_copy(kept.id).body == html.encode()
