"""Tables of what lines say: dates, datelines, bylines, captions, phrases."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.article.bylines import bylines_of, is_byline, names_in
from app.core.article.captions import credit_at_end, is_credit, reads_like_caption
from app.core.article.date_lines import printed_on
from app.core.article.datelines import dateline_of
from app.core.article.dates import check_hint, date_in_address, in_range, read_day, read_stamp
from app.core.article.phrases import load_phrases
from app.core.article.roles import LineRole
from app.core.article.shapes import is_link_list, is_marked_subhead, is_prose
from app.errors import BadInput


@pytest.mark.parametrize(
    ("line", "place", "agency", "day"),
    [
        ("Tokyo (AFP) Aug 23, 2019 -", "Tokyo", "AFP", "2019-08-23"),
        ("Washington (AFP) Aug 20, 2019", "Washington", "AFP", "2019-08-20"),
        ("SEOUL, Nov. 22, 2019 (Yonhap) -- The ministry said", "SEOUL", "Yonhap", "2019-11-22"),
        ("SEOUL, Nov. 22 (Yonhap) -- The ministry said", "SEOUL", "Yonhap", "11-22"),
        ("LONDON (Reuters) - Shares fell on Monday.", "LONDON", "Reuters", None),
        ("WASHINGTON (AP) — The court ruled on Monday.", "WASHINGTON", "AP", None),
        ("TOKYO/SEOUL -- South Korea said", "TOKYO/SEOUL", None, None),
        ("PARIS — January 12, 2025", "PARIS", None, None),
        ("Seoul, 22 August 2019 (AFP) - The ministry", "Seoul", "AFP", "2019-08-22"),
        ("NEW YORK, March 3 (Xinhua) -- Stocks rose.", "NEW YORK", "Xinhua", "03-03"),
        ("RIO DE JANEIRO (AFP) - A storm", "RIO DE JANEIRO", "AFP", None),
        ("AFP, Berlin — The chancellor", "Berlin", "AFP", None),
    ],
)
def test_datelines(line: str, place: str, agency: str | None, day: str | None) -> None:
    found = dateline_of(line)
    assert found is not None
    without_year = "{:02}-{:02}".format(*found.day_without_year) if found.day_without_year else None
    assert (found.place, found.agency) == (place, agency)
    assert (found.day.isoformat() if found.day else without_year) == day


@pytest.mark.parametrize(
    "line",
    [
        "The party (PPP) said on Monday that it would not vote.",
        "Kim Min-ho (left) shakes hands with the mayor.",
        "Seoul said it would not renew the pact.",
        "North Korea (DPRK) tested a missile.",
        "A long-awaited decision - and a surprising one.",
        "U.S. officials were not told.",
    ],
)
def test_no_dateline(line: str) -> None:
    assert dateline_of(line) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2019-11-28", "2019-11-28"),
        ("2019.11.28 14:20", "2019-11-28"),
        ("Published: Nov. 22, 2019 6:07 p.m. KST", "2019-11-22"),
        ("Posted : 2019-08-22 18:03 Updated : 2019-08-23 09:11", "2019-08-22"),
        ("Updated 3 March 2020", "2020-03-03"),
        ("Thursday, 22 August 2019", "2019-08-22"),
        ("Sept. 18, 2023 5:30 am ET", "2023-09-18"),
        ("2019年11月28日", "2019-11-28"),
        ("2019년 11월 28일", "2019-11-28"),
        ("28/11/2019", "2019-11-28"),
        ("11/28/2019 10:15", "2019-11-28"),
        ("04.05.2019", "2019-05-04"),  # dots are of those who put the day first
        ("04/05/2019", None),  # April or May: not guessed
        ("The pact was signed on Nov. 23, 2016 after years of talks", None),
        ("November 2019", None),
        ("Feb 30, 2019", None),
        ("2 hours ago", None),
        ("Posted 28th of March 2018", "2018-03-28"),
        ("Last updated on March 29, 2018. First published March 28, 2018.", "2018-03-28"),
        ("Updated: 2018-03-29 10:00 / Published: 2018-03-28 09:00", "2018-03-28"),
        ("2018-03-28 (updated 2018-03-29)", "2018-03-28"),
        ("This article was first published on 3 March 2024", "2024-03-03"),
        ("Nora Feld · March 5, 2024 · 4 min read", "2024-03-05"),
        ("Seoul, 22 August 2019", "2019-08-22"),
        ("Source: Xinhua| 2020-12-26 18:30:21|Editor: huaxia", "2020-12-26"),
        ("Mon, 25 Mar 24 05:57:31 +0100", "2024-03-25"),
        ("25-Mar-24", "2024-03-25"),
        ("25 Mar '24", "2024-03-25"),
        ("• 3 March 2024 •", "2024-03-03"),
        # a line with a verb is a sentence
        ("He died on March 1, 2024.", None),
        ("Talks resume on April 2, 2024.", None),
        ("The dam failed at 9:30 a.m. on June 3, 2023.", None),
        ("He was born on 2 May 1951.", None),
        ("The appeal begins June 3, 2023.", None),
        ("Polls close 8 p.m. June 5, 2023", None),
        ("It was last updated on March 3, 2024.", None),
        ("The report was published on March 3, 2024.", None),
        ("Voting ends November 5, 2024.", None),
        # facts of a list
        ("- Opened March 3, 2021", None),
        ("• The trial: June 3, 2023", None),
        ("Born: 2 May 1951", None),
    ],
)
def test_date_lines(line: str, day: str | None) -> None:
    found = printed_on(line)
    assert (found.day.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://paper.example/2019/11/22/world/a-story", "2019-11-22"),
        ("https://paper.example/world/20191122-a-story.html", "2019-11-22"),
        ("https://paper.example/2019-11-22/a", "2019-11-22"),
        ("https://paper.example/2019/nov/22/a", "2019-11-22"),
        ("https://paper.example/article/201913450000", None),
        ("https://paper.example/story?date=2019-11-22", None),
        ("https://2019-11-22.example/story", None),
        ("https://paper.example/world/dam-opens-2024-03-05/", "2024-03-05"),
        ("https://paper.example/2024-03-05-dam-opens", "2024-03-05"),
        ("https://paper.example/t20240305_12.html", "2024-03-05"),
        ("https://paper.example/2016/1/2/dam", "2016-01-02"),
        ("https://paper.example/news/timeline-2014-04-16-ferry-sinking", None),
        ("https://paper.example/news/the-20140416-ferry", None),
        ("https://paper.example/releases/tool-2016-1-2-beta", None),
        ("https://paper.example/id/20140416123", None),
        (None, None),
    ],
)
def test_dates_in_addresses(address: str | None, day: str | None) -> None:
    found = date_in_address(address)
    assert (found.isoformat() if found else None) == day


def test_day_without_year_stays_without() -> None:
    found = read_day("Nov. 22")
    assert found is not None
    assert (found.month, found.day, found.whole) == (11, 22, None)


@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2999, 1, 1), date(1899, 12, 31)])
def test_impossible_dates_by_hand_are_refused(day: date) -> None:
    with pytest.raises(BadInput, match=day.isoformat()) as caught:
        check_hint(day, date(2026, 1, 1), "form")
    assert caught.value.where == "form"
    assert caught.value.mend


def test_found_dates_out_of_range_are_ignored() -> None:
    today = date(2026, 1, 1)
    assert in_range(date(2026, 1, 2), today)  # east of the reader it is tomorrow already
    assert in_range(date(2026, 1, 3), today) is None
    assert in_range(date(1899, 1, 1), today) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Rosa Delmonte", ("Rosa Delmonte",)),
        ("By Do Min-su, Kim Ara", ("Do Min-su", "Kim Ara")),
        ("BY LENA OKAFOR AND TOM FIELD", ("LENA OKAFOR", "TOM FIELD")),
        ("By Lena Okafor, Nikkei staff writer", ("Lena Okafor",)),
        ("By Lena Okafor | AFP", ("Lena Okafor",)),
        ("Do Min-su minsu@paper.example", ("Do Min-su",)),
        ("Written by María de la Cruz", ("María de la Cruz",)),
        ("By Nora Feld in Ardby and Thomas Kapp in Lomond", ("Nora Feld", "Thomas Kapp")),
        (
            "By Nora Feld in Rio de Janeiro, Thomas Kapp in Washington, D.C., and Ana Ruiz",
            ("Nora Feld", "Thomas Kapp", "Ana Ruiz"),
        ),
        ("By Nora Feld, Thomas Kapp Jr., and Ana Ruiz", ("Nora Feld", "Thomas Kapp Jr.", "Ana Ruiz")),
        ("By Nora Feld, Thomas Kapp, Jr. and Ana Ruiz", ("Nora Feld", "Thomas Kapp Jr.", "Ana Ruiz")),
        ("By ABBY GOODWIN, THOMAS KAPP and ROBERT PEARSALL", ("ABBY GOODWIN", "THOMAS KAPP", "ROBERT PEARSALL")),
        ("By NORA FELD and ANA RUIZ Associated Press", ("NORA FELD", "ANA RUIZ")),
        ("By Nora Feld (Ardby) and Thomas Kapp (Lomond)", ("Nora Feld", "Thomas Kapp")),
        ("By Nora Feld of The Averil Post, political editor, and Ana Ruiz", ("Nora Feld", "Ana Ruiz")),
        ("By Nora Feld March 5, 2024", ("Nora Feld",)),
        ("By Nora Forbes", ("Nora Forbes",)),
        ("By Reuters Staff", ()),
        ("By the time they arrived", ()),
        ("By Monday the water had gone.", ()),
        ("Bystanders watched", ()),
    ],
)
def test_bylines(line: str, names: tuple[str, ...]) -> None:
    assert bylines_of(line) == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Nora Feld", ("Nora Feld",)),
        ("Nora Feld; Thomas Kapp & Ana Ruiz", ("Nora Feld", "Thomas Kapp", "Ana Ruiz")),
        ("Nora Feld | Reuters", ("Nora Feld",)),
        ("Nora Feld, Ph.D., Staff Writer", ("Nora Feld",)),
        ("Ministry of Works", ("Ministry of Works",)),
        ("문재인, 安倍晋三", ("문재인", "安倍晋三")),
        ("", ()),
    ],
)
def test_names_in_a_pages_data(words: str, names: tuple[str, ...]) -> None:
    assert names_in(words) == names


@pytest.mark.parametrize(
    "line",
    ["By law the mayor must resign within a week of the verdict.", "By law it must close", "By Monday all was quiet"],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2024-03-05T23:30:00-05:00", "2024-03-05"),
        ("20240305T0830", "2024-03-05"),
        (1709600000, "2024-03-05"),
        ("1709600000000", "2024-03-05"),
        ("2024/3/25 15:07:41", "2024-03-25"),
        ("Tuesday, March 5, 2024 - 10:00", "2024-03-05"),
        ("Mon, 25 Mar 2024 05:57:31 GMT", "2024-03-25"),
        ("03/04/2024", None),
        ("soon", None),
        (None, None),
        (True, None),
        (17, None),
    ],
)
def test_stamps_that_programs_write(said: object, day: str | None) -> None:
    found = read_stamp(said)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    "line",
    [
        "Reuters",
        "© YONHAP News",
        "David Becker/Getty Images",
        "Photo by Ana Ruiz AP",
        "AP Photo",
        "(Jan Kral / Evening Post)",
    ],
)
def test_credits(line: str) -> None:
    assert is_credit(line) or load_phrases().role_of(line) is LineRole.CREDIT


@pytest.mark.parametrize(
    "line",
    [
        "The minister announces the plan in Seoul, Thursday. Yonhap",
        "The bridge before it fell. (City montage/Reuters)",
        "The court in session (Photo: Ana Ruiz/EPA)",
        "Dancers greet the convoy. AFP/Getty Images",
    ],
)
def test_credits_at_the_end(line: str) -> None:
    assert credit_at_end(line)


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("FILE - In this March 2, 2019 file photo, trucks leave the quarry.", True),
        ("The mayor (left) and her deputy at the opening", True),
        ("Farmers walk past a burning barricade in Mesto on Saturday.", True),
        ("The mayor said on Saturday that she would resign.", False),
        ("The mayor (pictured left) at the opening", True),
        ("This undated photo provided by the court shows the hall.", True),
        ("Photo shows the hall before the fire.", True),
        ("The hall (pictured above) was built in 1987.", False),
        ("Ms Krag (pictured) said the hall was safe.", False),
        ("The mayor, left, and her deputy, right, had both voted for it.", False),
        ("The photo shows the barge under the pier, Lind said.", False),
        ("A picture released by police showed a man in a red coat.", False),
        ("In this picture of decline, the town has lost half its people.", False),
        ("Getty Images sued the firm on Monday.", False),
        ("Police found three photographs in the car, the judge was told.", False),
    ],
)
def test_captions(line: str, caption: bool) -> None:
    assert reads_like_caption(line) is caption


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("You have {{numberOfStories}} free stories left", LineRole.RESIDUE),
        ("Facebook share button", LineRole.SHARE),
        ("Related Links", LineRole.RELATED),
        ("Sponsored Content", LineRole.RELATED),
        ("ADVERTISEMENT", LineRole.ADVERT),
        ("Copyright 2019 Example Radio.", LineRole.END),
        ("© 2024 Example Media Ltd. All rights reserved.", LineRole.END),
        ("This website uses cookies to give you a better service.", LineRole.PROMO),
        ("Sign up for our newsletter.", LineRole.PROMO),
        ("Skip to main content", LineRole.MENU),
        ("Show More", LineRole.MENU),
        ("go top LETTER", LineRole.RESIDUE),
        ("Read the full story", LineRole.CUTOFF),
        ("jane.doe@paper.example", LineRole.CONTACT),
        ("Photo caption:", LineRole.CAPTION_LABEL),
        ("No.", None),
        ("The court said the site used cookies without asking.", None),
        (
            '"Sign up for our newsletter" is all the page said, according to the complaint filed in Oslo on Monday morning.',
            None,
        ),
        ("The president said the country would not sign.", None),
        ("Top officials met on Friday.", None),
    ],
)
def test_phrases(line: str, role: LineRole | None) -> None:
    assert load_phrases().role_of(line) is role


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("The decision came as a surprise.", True),
        ("As the broadcaster has reported:", True),
        ("He said: “We will not go.”", True),
        ("Mayor Quits Over Missing Bridge Funds", False),
        ("What happens next?", False),
        ("South Korea Says It Won’t Leave", False),
        ("Museums", False),
        ("Polls close Nov. 5, 2024.", True),
        ("시장은 목요일 기자회견에서 시민들에게 사과했다.", True),
        ("市長は木曜日の記者会見で市民に謝罪した。", True),
    ],
)
def test_prose(line: str, prose: bool) -> None:
    assert is_prose(line) is prose


def test_marked_subheads_and_link_lists() -> None:
    assert is_marked_subhead("– What happened? –")
    assert is_marked_subhead("– ‘Old dispute’ –")
    assert not is_marked_subhead("The pact — long planned — was signed.")
    assert is_link_list("News | Sport | Weather")
    assert not is_link_list("He said the and/or clause was void.")
