"""What read an article and what made a story's rows is known: by what a version grows old, and by what it does not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import grimp
import pytest

from app import pipeline
from app.core import digests
from app.own_weights import shipped_stage, write_own_weights
from app.settings import get_settings

COMPARES = ("app.core.alignment", "app.core.relation", "app.core.encoder")


def test_all_that_rows_depend_on_is_in_their_version() -> None:
    graph = grimp.build_graph("app", cache_dir=None)
    work = {m for place in COMPARES for m in (place, *graph.find_descendants(place))}
    for module in sorted(work):
        work |= graph.find_upstream_modules(module)
    paths = {m.removeprefix("app.core.").replace(".", "/") for m in work if m.startswith("app.core.")}
    places = {place.removesuffix(".py") for place in digests._ROWS}
    packages = {"article"}  # that says nothing of its own
    assert {p for p in paths - packages if not any(p == at or p.startswith(f"{at}/") for at in places)} == set()


@pytest.fixture
def core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The core as a copy that can be edited."""
    place = shutil.copytree(str(files("app.core")), tmp_path / "core", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(digests, "files", lambda _: Path(place))
    digests._digest.cache_clear()
    yield Path(place)
    digests._digest.cache_clear()


def versions() -> tuple[str, str]:
    digests._digest.cache_clear()
    return digests.reader_version("rules"), digests.comparer_version("words alone")


@pytest.mark.parametrize(
    ("file", "read", "compared"),
    [
        pytest.param("alignment/row_weights.json", False, True, id="weights of rows"),
        pytest.param("alignment/weights.json", False, True, id="weights of pairs"),
        pytest.param("alignment/background.json", False, True, id="how common words are"),
        pytest.param("relation/worth.json", False, True, id="what evidence is worth"),
        pytest.param("relation/stance.json", False, True, id="weights of a guard"),
        pytest.param("relation/verdict.py", False, True, id="a rule of verdicts"),
        pytest.param("thresholds/relation.py", False, True, id="a threshold of verdicts"),
        pytest.param("encoder.py", False, True, id="how words are encoded"),
        pytest.param("lexicon/cues.toml", True, True, id="a cue"),
        pytest.param("claims/weights.json", True, True, id="weights of reading"),
        pytest.param("text/words.py", True, True, id="the stemmer"),
        pytest.param("article/captions.py", False, False, id="what is taken off a page"),
    ],
)
def test_a_change_makes_old_what_depends_on_it(core: Path, file: str, read: bool, compared: bool) -> None:
    before = versions()
    with (core / file).open("a", encoding="utf-8") as edited:
        edited.write("\n")
    assert [was != now for was, now in zip(before, versions(), strict=True)] == [read, compared]


def test_a_version_is_sixteen_digits_and_line_ends_do_not_matter(core: Path) -> None:
    before = versions()
    assert all(len(v) == 16 and int(v, 16) >= 0 for v in before)
    (core / "notes.txt").write_text("no part of it")
    path = core / "relation/worth.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert versions() == before


def own_weights(name: str) -> Callable[[Path], dict[str, str]]:
    def made(folder: Path) -> dict[str, str]:
        stage = shipped_stage(name)
        moved = stage.moved(stage.bias + 0.5, dict(zip(stage.names, stage.weight.tolist(), strict=True)))
        write_own_weights(folder / "own.json", {name: moved}, {})
        return {"weights": str(folder / "own.json")}

    return made


def own_model(folder: Path) -> dict[str, str]:
    for name in ("model.onnx", "tokenizer.json"):
        (folder / name).write_text("a model's")
    return {"relation_model": str(folder)}


@pytest.mark.parametrize(
    ("chosen", "another"),
    [
        pytest.param(lambda _: {}, False, id="nothing"),
        pytest.param(lambda _: {"language_model": "rules"}, False, id="another reader"),
        pytest.param(lambda _: {"encoder": "off"}, True, id="no encoder"),
        pytest.param(own_weights("row"), True, id="own weights of rows"),
        pytest.param(own_weights("row_by_words"), False, id="own weights of rows by words, which do not run"),
        pytest.param(own_weights("statement"), False, id="own weights of pairs, by which no rows are made"),
        pytest.param(own_model, True, id="an own relation model"),
    ],
)
def test_what_the_settings_choose_makes_another_version(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: object,
    chosen: Callable[[Path], dict[str, str]],
    another: bool,
) -> None:
    usual = pipeline.comparer()
    if usual.name == "words alone":
        pytest.skip("the encoder is not installed")
    for name, value in chosen(tmp_path).items():
        monkeypatch.setenv(f"PARALLAX_{name.upper()}", value)
    get_settings.cache_clear()
    now = pipeline.comparer()
    assert (now.version != usual.version) is another
    assert now.name == ("words alone" if get_settings().encoder == "off" else usual.name)


def test_another_file_of_an_own_model_is_another_version(tmp_path: Path, monkeypatch, settings) -> None:
    monkeypatch.setenv("PARALLAX_RELATION_MODEL", own_model(tmp_path)["relation_model"])
    get_settings.cache_clear()
    before = pipeline.comparer()
    (tmp_path / "model.onnx").write_text("another model's")
    assert pipeline.comparer().version != before.version
