"""Updated or conflict: what the days of publication and the times that statements tell of make of one difference."""

from __future__ import annotations

import pytest

from app.core.records import RelationKind
from app.core.relation import relate

K = RelationKind
D1, D2, D4, D90 = "2020-01-01", "2020-01-02", "2020-01-04", "2020-03-31"
TOLL = "The blast killed {number %d person:%d people}"


@pytest.mark.parametrize(
    ("a", "b", "days", "kind"),
    [
        pytest.param(TOLL % (31, 31), TOLL % (47, 47), (D1, D1), K.CONFLICT, id="a toll, same day"),
        pytest.param(TOLL % (31, 31), TOLL % (47, 47), (D1, D4), K.UPDATED, id="a toll that grew"),
        pytest.param(TOLL % (47, 47), TOLL % (31, 31), (D1, D4), K.CONFLICT, id="a toll that shrank"),
        pytest.param(TOLL % (47, 47), TOLL % (31, 31) + ", a number since corrected", (D1, D4), K.UPDATED, id="a toll corrected"),
        pytest.param("Arvan will terminate the pact", "Arvan will keep the pact", (D1, D1), K.CONFLICT, id="a plan, same day"),
        pytest.param("Arvan will terminate the pact", "Arvan will keep the pact", (D1, D2), K.CONFLICT, id="a plan, next day"),
        pytest.param("Arvan will terminate the pact", "Arvan will keep the pact", (D1, D90), K.UPDATED, id="a plan that changed"),
        pytest.param("Arvan will terminate the pact", "Arvan has now decided to keep the pact", (D1, D2), K.UPDATED, id="next day, and says so itself"),
        pytest.param("Arvan had planned to terminate the pact", "Arvan will keep the pact", (D1, D1), K.UPDATED, id="what was planned once"),
        pytest.param("Arvan apologised for the raid", "Arvan never apologised for the raid", (D1, D90), K.CONFLICT, id="what happened has happened"),
        pytest.param("Arvan has not apologised for the raid", "Arvan apologised for the raid", (D1, D90), K.UPDATED, id="not yet, then"),
        pytest.param("Arvan apologised for the raid", "Arvan has not apologised for the raid", (D1, D90), K.CONFLICT, id="then cannot become not yet"),
        pytest.param("The jury found the banker guilty of fraud", "The jury found the banker not guilty of fraud", (D1, D90), K.CONFLICT, id="a verdict"),
        pytest.param("The opera house is closed", "The opera house has reopened", (D1, D90), K.UPDATED, id="closed, reopened"),
        pytest.param("The summit opens on {date 2020-05-03:May 3} in Lund, hosts agreed", "The summit opens on {date 2020-05-09:May 9} in Lund, hosts agreed", (D1, D1), K.CONFLICT, id="another day for one thing"),
        pytest.param("Arvan said on {date 2019-08-22:Aug. 22} that it would end the pact", "Arvan said on {date 2019-11-22:Nov. 22} that it would extend the pact", ("2019-08-22", "2019-11-22"), K.UPDATED, id="another day of another decision is part of the change"),
        pytest.param("Arvan will terminate the pact", "Arvan will keep the pact", (None, None), K.CONFLICT, id="undated"),
    ],
)  # fmt: skip
def test_updated_or_conflict(pair, a, b, days, kind):
    first, second, context = pair(a, b, *days)
    there = relate(first, second, context.a_article, context.b_article, context.score)
    assert there[0] is kind, there[2]
    back = relate(second, first, context.b_article, context.a_article, context.score)
    assert back[0] is kind, back[2]
