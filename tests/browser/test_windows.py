"""The windows of these tests: whoever gets one that was used before finds nothing of it, and what goes wrong in one is told."""

from __future__ import annotations

KEPT = """() => [localStorage.length, sessionStorage.length, window.name, document.cookie, innerWidth,
    ...["(prefers-color-scheme: dark)", "(prefers-reduced-motion)", "(forced-colors: active)", "print"].map(q => matchMedia(q).matches)]"""
NEW = [0, 0, "", "", 1440, False, False, False, False]


def test_a_window_is_as_new_and_one_that_went_wrong_is_not_used_again(reading_site, browser, watched) -> None:
    free: dict = {}
    first, second, third = (type(watched)(browser, free) for _ in range(3))
    page = first.open({"width": 360, "height": 740}, "dark", "reduce", "active")
    page.goto(reading_site.url("/"))
    page.route("**/method", lambda route: route.abort())
    page.emulate_media(media="print")
    page.evaluate(
        "localStorage.a = sessionStorage.a = window.name = document.cookie = 'a=1'; window.open('about:blank')"
    )
    assert page.evaluate(KEPT) == [1, 1, "a=1", "a=1", 360, True, True, True, True]
    assert first.close() == []

    again = second.open()
    assert again is page
    assert again.context.pages == [page]
    again.goto(reading_site.url("/method"))
    assert again.evaluate(KEPT) == NEW
    again.evaluate("console.error('gone wrong')")
    assert second.close() == ["console: gone wrong"]

    other = third.open()
    assert other is not page
    assert third.close() == []
    other.context.close()
