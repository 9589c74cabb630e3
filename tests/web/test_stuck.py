"""An article that takes for ever, sent over HTTP: it is given up with a clear error, nothing of it is kept, and others are answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from app.pipeline import Workers, bounds
from app.pipeline import reading as reading_stage
from app.settings import get_settings

V1 = "/api/v1"
BODY = {"text": "The council approved the harbour bridge on Monday, mayor Ana Ruiz said.", "outlet": "Harbour Gazette"}
STUCK = "def stuck(*_):\n    while True:\n        pass\n"


@pytest.fixture(scope="module")
def workers(tmp_path_factory) -> Iterator[Workers]:
    folder = tmp_path_factory.mktemp("stuck")
    (folder / "stuck_work.py").write_text(STUCK)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARALLAX_LANGUAGE_MODEL", "rules")
        patch.setenv("PYTHONPATH", str(folder))
        patch.syspath_prepend(str(folder))
        made = Workers()
        yield made
        made.close()
    get_settings.cache_clear()  # or whoever comes next goes by what these were told


def test_it_is_kept_by_other_hands_as_by_ones_own(new_store, serving, workers):
    client = serving(new_store(), hands=workers)
    kept = client.post(f"{V1}/articles", json=BODY)
    assert kept.status_code == 201, kept.text
    assert kept.json()["waiting"] == []
    assert client.get(f"{V1}/claims?q=bridge").json()["total"] == 1
    shown = client.post("/articles/preview", data={"text": BODY["text"]}, headers={"origin": "http://127.0.0.1:8000"})
    assert shown.status_code == 200
    refused = client.post(f"{V1}/articles", json={"html": "<html><body><nav>Home</nav></body></html>"})
    assert refused.status_code == 422


def test_it_is_given_up_and_others_are_answered_meanwhile(new_store, serving, workers, monkeypatch):
    import stuck_work

    monkeypatch.setattr(reading_stage, "read_all", stuck_work.stuck)
    monkeypatch.setattr(bounds, "LEAST_SECONDS", 2.0)
    client = serving(new_store(), hands=workers)
    answers: list = []
    sender = threading.Thread(target=lambda: answers.append(client.post(f"{V1}/articles", json=BODY)))
    sender.start()
    answered = 0
    while sender.is_alive():
        assert client.get("/healthz").status_code == 200
        answered += 1
        time.sleep(0.02)
    (answer,) = answers
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["title"] == "It takes too long to read"
    assert problem["mend"]
    assert answered > 3, "nobody waits until it is given up"
    assert client.get(f"{V1}/articles").json()["total"] == 0
    page = client.post("/articles/preview", data={"text": BODY["text"]}, headers={"origin": "http://127.0.0.1:8000"})
    assert page.status_code == 422
    assert "was given up" in page.text
