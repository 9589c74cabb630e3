"""Every data file is sound, and an edited copy's faults are told with file, line, what and how to mend."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.core.lexicon.faults import DATA_FILES, check_all, check_file, delivered_text
from app.core.lexicon.registry import named_forms


def test_every_data_file_is_sound() -> None:
    assert [str(fault) for fault in check_all()] == []
    assert len(DATA_FILES) >= 20


@pytest.mark.parametrize("file", DATA_FILES)
def test_every_data_file_says_what_its_fields_mean(file: str) -> None:
    assert delivered_text(file).startswith("# ")


# file, what is exchanged for what, words of the fault
FAULTS = {
    "no TOML": ("lexicon/regions.toml", "[[bare]]", "[[bare", "no TOML"),
    "no head": ("lexicon/cues.toml", "# Words", "\n# Words", "head is missing"),
    "unknown field": ("lexicon/regions.toml", "means = ", "meaning = ", "'meaning' is no field"),
    "another kind": ("lexicon/treaties.toml", "names = [", "names = 5 # [", "'names'"),
    "unknown state": ("lexicon/regions.toml", 'means = "South Korea"', 'means = "Southern Korea"', "'Southern Korea'"),
    "word twice": ("lexicon/speakers.toml", "man woman", "man man woman", "'man' stands twice"),
    "two families": ("lexicon/cues.toml", 'lemmas = """deny', 'lemmas = """say deny', "'say' belongs to"),
    "unknown stance": ("lexicon/cues.toml", 'stance = "denies"', 'stance = "refutes"', "'refutes'"),
    "unknown domain": ("lexicon/actions.toml", 'domain = "agreement"', 'domain = "pacts"', "'pacts'"),
    "a list": ("lexicon/nicknames.toml", '"angela angie", ', '"angela angie", "angela angie", ', "stands twice"),
}


@pytest.mark.parametrize(("file", "old", "new", "say"), FAULTS.values(), ids=FAULTS)
def test_faults_are_told(file: str, old: str, new: str, say: str) -> None:
    text = delivered_text(file)
    assert old in text
    faults = check_file(file, text.replace(old, new, 1))
    assert any(say in fault.what for fault in faults), [str(f) for f in faults]
    assert all(fault.mend for fault in faults)


def test_a_fault_names_its_line() -> None:
    text = delivered_text("lexicon/regions.toml").replace('means = "South Korea"', 'means = "Southern Korea"', 1)
    (fault, *_) = check_file("lexicon/regions.toml", text)
    assert fault.line > 0
    assert "Southern Korea" in "\n".join(text.splitlines()[fault.line - 1 : fault.line + 2])


def test_checking_a_copy_leaves_the_lexicon_as_it_is() -> None:
    before = named_forms()["Seoul"]
    check_file("lexicon/states.toml", delivered_text("lexicon/states.toml").replace("Seoul", "Sole"))
    assert named_forms()["Seoul"] == before


def test_the_command(tmp_path) -> None:
    run = CliRunner()
    assert run.invoke(app, ["lexicon", "check"]).exit_code == 0
    copy = tmp_path / "regions.toml"
    copy.write_text(delivered_text("lexicon/regions.toml"), encoding="utf-8")
    assert run.invoke(app, ["lexicon", "check", str(copy)]).exit_code == 0
    copy.write_text(delivered_text("lexicon/regions.toml").replace("means = ", "meaning = ", 1), encoding="utf-8")
    failed = run.invoke(app, ["lexicon", "check", str(copy)])
    assert failed.exit_code == 1
    assert "regions.toml:" in failed.output.replace("\n", "")
    stray = tmp_path / "no-such-list.toml"
    stray.write_text("", encoding="utf-8")
    assert run.invoke(app, ["lexicon", "check", str(stray)]).exit_code != 0
