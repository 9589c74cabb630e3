"""Two reports of one matter that nothing but one slot tells apart, as the product reads, aligns and judges them."""

from datetime import date

import pytest

from app.core.alignment import align, unified
from app.core.claims import read_claims
from app.core.encoder import load_encoder
from app.core.language import load_reader
from app.core.records import Article
from app.core.relation import judge

# id, one report, the other, what the row is called ("" where there is no row), days of publication
CASES = [
    ("acquitted and convicted", "A court in Dorvale acquitted Jon Lund of theft on Friday.", "A court in Dorvale convicted Jon Lund of theft on Friday.", "conflict", ()),
    ("guilty and not", "The jury found the nurse guilty of murder.", "The jury found the nurse not guilty of murder.", "conflict", ()),
    ("upheld and overturned", "The court upheld the ban on the party.", "The court overturned the ban on the party.", "conflict", ()),
    ("cleared twice", "The court cleared her of theft on Friday.", "The court acquitted her of theft on Friday.", "agree", ()),
    ("said and denied", "The minister said she took money from the builder Harlow.", "The minister denied taking money from the builder Harlow.", "conflict", ()),
    ("denied it", "The mayor said the bridge was safe on Monday. The engineers denied it.", "The mayor said the bridge was safe on Monday.", "conflict", ()),
    ("denied by two", "The mayor denied that the bridge was safe.", "The engineers denied that the bridge was safe.", "agree", ()),
    ("accused and told", "Lund is accused of taking 2.4 million crowns from the pension fund.", "Lund took 2.4 million crowns from the pension fund.", "unsure", ()),
    ("suspected and told", "The nurse is suspected of murdering four patients in Harrowmere.", "The nurse murdered four patients in Harrowmere.", "unsure", ()),
    ("allegedly and told", "The driver allegedly fled the scene after the crash in Sellay.", "The driver fled the scene after the crash in Sellay.", "unsure", ()),
    ("charged and told", "Two brothers were charged with setting fire to the town hall.", "Two brothers set fire to the town hall.", "unsure", ()),
    ("accused by somebody and told", "Prosecutors accuse the mayor of selling building permits to a friend.", "The mayor sold building permits to a friend.", "unsure", ()),
    ("accused twice", "The driver is accused of fleeing the scene after the crash in Sellay.", "The driver is suspected of fleeing the scene after the crash in Sellay.", "agree", ()),
    ("charges in a shop", "The shop charges 5 euros for a loaf of bread with seeds.", "A loaf of bread with seeds costs 5 euros in the shop.", "agree", ()),
    ("not eleven", "Ten people, not eleven, died in the ferry fire off Harrowmere.", "Eleven people died in the ferry fire off Harrowmere.", "conflict", ()),
    ("corrected later", "Eleven people died in the ferry fire off Harrowmere.", "Ten people, not eleven, died in the ferry fire off Harrowmere.", "updated", ("2025-03-10", "2025-03-14")),
    ("toll of one day", "The toll in the ferry fire has risen to nine, the coastguard said.", "The toll in the ferry fire has risen to eleven, the coastguard said.", "conflict", ()),
    ("toll of two days", "The toll in the ferry fire has risen to nine, the coastguard said.", "The toll in the ferry fire has risen to eleven, the coastguard said.", "updated", ("2025-03-10", "2025-03-12")),
    ("share prices of two days", "Shares in Alder rose 1 percent to $39.20 in early trading.", "Shares in Alder jumped 22 percent to $41.30 in early trading.", "updated", ("2025-03-10", "2025-03-12")),
    ("share prices of one day", "Shares in Alder rose 1 percent to $39.20 in early trading.", "Shares in Alder jumped 22 percent to $41.30 in early trading.", "conflict", ()),
    ("prices of two days", "The ticket costs 5 euros.", "The ticket costs 7 euros.", "conflict", ("2025-03-10", "2025-03-12")),
    ("one victim and nine dead", "Nine people died in the ferry fire off Harrowmere.", "One victim of the ferry fire off Harrowmere was counted twice.", "unsure", ()),
    ("two names of kin", "The sisters were allowed to board the All Harrow Airways flight, though only one of them was booked on it.", "The sisters were allowed to board the All Harrow Airlines flight, though only one of them was booked on it.", "agree", ()),
    ("opposed and done", "Norvia opposes the missile launch of Estmark over the strait.", "Estmark launched a missile over the strait.", "unsure", ()),
    ("not only", "The union said it had 300 members in Harrowmere and not only in Sellay.", "The union said it had 300 members in Harrowmere.", "agree", ()),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "status", "days"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_what_a_row_is_called(one, other, status, days) -> None:
    published = [date.fromisoformat(d) for d in days or ("2025-03-10",) * 2]
    articles = [
        Article(t, outlet=o, published=d) for t, o, d in zip((one, other), ("Post", "Ledger"), published, strict=True)
    ]
    readings = unified([read_claims(a, load_reader("auto")) for a in articles])
    encoder = load_encoder()
    rows = judge(align(readings, encoder=encoder), readings, encoder=encoder)
    assert [row.status.value for row in rows if len({c.article for c in row.claims}) > 1] == (
        [status] if status else []
    )
