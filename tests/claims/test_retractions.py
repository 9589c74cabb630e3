"""What is taken back by nobody in particular, or by the sentence behind it, is told by nobody."""

import pytest

from app.core.claims import read_claims
from app.core.language import load_reader
from app.core.records import Article, Stance

# id, text, speaker, what is taken back or denied
UNDONE = [
    ("was wrong", "The report that she resigned was wrong.", None, "that she resigned"),
    ("were false", "The reports that the dam had failed were false.", None, "that the dam had failed"),
    ("was withdrawn", "The claim that the mayor fled has been withdrawn.", None, "that the mayor fled"),
    ("was denied", "A rumour that the mayor had died was denied.", None, "that the mayor had died"),
    ("wrongly reported", "It was wrongly reported that she was convicted.", None, "that she was convicted"),
    ("withdrawn behind it", "Lena Berg said the mill was safe. The statement was later withdrawn.", "Lena Berg", "the mill was safe"),
    ("wrong behind it", "The firm said the mill burned. The report was wrong.", "firm", "the mill burned"),
]  # fmt: skip

TOLD = [
    ("read by many", "Lena Berg said the mill was safe. The statement was read by many."),
    ("not wrong", "Lena Berg said the mill was safe. The report was not wrong."),
    ("of something else", "Lena Berg said the mill was safe. The report of the dam's fall was wrong."),
    ("another paragraph", "Lena Berg said the mill was safe.\n\nThe report was wrong."),
]


@pytest.mark.parametrize(("text", "speaker", "content"), [c[1:] for c in UNDONE], ids=[c[0] for c in UNDONE])
def test_what_is_undone(text, speaker, content):
    claim = next(c for c in read_claims(Article(text=text), load_reader()).claims if c.attributions)
    assert claim.attributions[-1].cue.undoes
    assert (claim.speaker.name if claim.speaker else None) == speaker
    assert [text[a:b] for a, b in claim.content] == [content]


@pytest.mark.parametrize("text", [c[1] for c in TOLD], ids=[c[0] for c in TOLD])
def test_what_stands(text):
    assert read_claims(Article(text=text), load_reader()).claims[0].attributions[-1].cue.stance is Stance.ASSERTS
