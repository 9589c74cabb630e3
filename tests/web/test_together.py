"""Many at once: readers and writers over one database, none turned away, none overwriting another."""

from __future__ import annotations

import anyio

V1 = "/api/v1"


def test_readers_and_writers_at_once(review):
    rows = [r["id"] for r in review.get(f"{V1}/stories/the-bridge/alignments").json()["items"]]
    seen: list[int] = []

    async def send(method: str, path: str, body: dict | None = None) -> None:
        answer = await review.inner.request(method, path, json=body)
        seen.append(answer.status_code)

    async def all_of_them() -> None:
        async with anyio.create_task_group() as tasks:
            for n in range(6):
                for row in rows:
                    tasks.start_soon(send, "POST", f"{V1}/alignments/{row}/flags", {"note": f"note {n}"})
                    tasks.start_soon(send, "GET", f"{V1}/alignments/{row}")
                tasks.start_soon(send, "GET", "/stories/the-bridge")
                tasks.start_soon(send, "GET", "/stories/the-bridge/export.csv")

    review.portal.call(all_of_them)
    assert set(seen) == {200, 201}
    flags = [f for r in rows for f in review.get(f"{V1}/alignments/{r}").json()["row"]["flags"]]
    assert sorted(f["alignment_id"] for f in flags) == sorted(rows)
