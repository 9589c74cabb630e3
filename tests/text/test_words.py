"""One stem for all forms, whoever asks at the same time."""

import sys
import threading

import pytest

from app.core.text import stem

WORDS = [
    f"{prefix}{root}{ending}"
    for prefix in ("", "re", "un", "over", "mis")
    for root in ("connect", "relat", "nation", "argu", "organis", "form", "cover", "state", "hope", "marri")
    for ending in ("ing", "ed", "ation", "ational", "iveness", "fulness", "s", "ly", "ement", "ies")
]


@pytest.mark.parametrize(
    ("forms", "root"),
    [
        (("agreement's", "Agreements", "agreement"), "agreement"),
        (("Koreans’", "koreans"), "korean"),
        (("決定",), "決定"),
    ],
    ids=["possessive", "plural-possessive", "han"],
)
def test_forms_meet(forms, root):
    assert {stem(form) for form in forms} == {root}


def test_threads_do_not_get_each_others_stems():
    """Each thread asks for all words in an order of its own; a stemmer that they shared would mix their words up."""
    wanted = {word: stem.__wrapped__(word) for word in WORDS}
    wrong: list[tuple[str, str]] = []

    def ask(turn: int) -> None:
        for _ in range(4):
            for word in WORDS[turn:] + WORDS[:turn]:
                found = stem.__wrapped__(word)
                if found != wanted[word]:
                    wrong.append((word, found))

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=ask, args=(turn,)) for turn in (0, 130, 260, 390)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert not wrong
